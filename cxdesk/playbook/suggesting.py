"""At most three plays for a moment, one for each need, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cxdesk.model import Guidance, HeldBack, Moment, Suggestion
from cxdesk.playbook.because import because
from cxdesk.playbook.limits import Lead, spent
from cxdesk.playbook.play import NEEDS, Play, Playbook
from cxdesk.playbook.procedures import procedure_for
from cxdesk.playbook.ranking import Rank, Said, closeness, is_covered, rank, reasons
from cxdesk.playbook.ranking import turn as turn_of
from cxdesk.playbook.rendering import Rendered, render
from cxdesk.playbook.table import Row, Table, is_resolved, shipped_table

# A card is a paragraph to set among the agent's own words, in an e-mail too: the short wording.
# The whole e-mail is found by searching the playbook.
CARD_WORDING = "chat"


@dataclass(frozen=True, slots=True)
class _Candidate:
    play: Play
    need: str
    rank: Rank
    rendered: Rendered
    is_covered: bool
    spent: HeldBack | None

    @property
    def order(self) -> tuple[bool, bool, int, float]:
        """Where its need stands: what the draft lacks first, what was said here last."""
        rank = self.rank
        return self.is_covered, rank.said is Said.HERE, rank.place, rank.closeness


def suggest(book: Playbook, moment: Moment, table: Table | None = None) -> Guidance:
    """What the sidebar shows: at most one play for each need, in the order they help now.

    The first row of the table that holds and has a play decides what is offered. The fixed limits,
    and the rows passed over on the way, take away what must not be said now. A need without a play
    says why, and what would open it.
    """
    table = table or shipped_table()
    held, rows = table.limits_on(moment), table.rows_for(moment)
    given: list[HeldBack] = []
    for row in rows:
        if row.silence:
            return Guidance(row.id, silence=row.silence, procedure=procedure_for(book, moment))
        found = list(_candidates(book, moment, row, held))
        given += [one.spent for one in found if one.spent]
        if best := _best(one for one in found if not one.spent):
            suggestions = tuple(_suggestion(one, row, moment, book) for one in best)
            return Guidance(row.id, suggestions, _held_back(best, given, (row, *held)))
        held.append(row)
    return Guidance(
        rows[0].id, (), _held_back([], given, held), "No play of the playbook fits now."
    )


def fits(play: Play, moment: Moment) -> bool:
    """True when phase, level, requirements and avoided signals all allow the play."""
    when = play.when
    return (
        moment.phase in when.phases
        and when.levels[0] <= moment.level <= when.levels[1]
        and (not when.faults or moment.fault in when.faults)
        and when.resolved in (None, is_resolved(moment))
        and moment.failures >= when.min_failures
        and (when.max_apologies is None or moment.apologies <= when.max_apologies)
        and not play.avoid_signals & moment.signals
    )


def _candidates(
    book: Playbook, moment: Moment, row: Row, held: Iterable[Row]
) -> Iterator[_Candidate]:
    holding = (row, *held)
    for play in book.plays:
        place = row.place(play)
        if place is None or not fits(play, moment) or any(one.withholds(play) for one in holding):
            continue
        if not closeness(play, moment) and not row.brings(play):
            continue
        turn = turn_of(play, moment)
        rendered = render(play, CARD_WORDING, moment.known, book.slots, turn)
        yield _Candidate(
            play=play,
            need=book.need(play),
            rank=rank(play, moment, place, len(rendered.open_slots)),
            rendered=rendered,
            is_covered=is_covered(play, moment),
            spent=spent(play.id, book.need(play), play.limit, moment),
        )


def _best(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """The best of each need; a need that the draft already answers comes last.

    What the draft says moves a card and never changes its text: the agent has read it, and inserts
    it by a key.
    """
    best: dict[str, _Candidate] = {}
    for one in sorted(candidates, key=lambda candidate: candidate.rank):
        best.setdefault(one.need, one)
    return sorted(best.values(), key=lambda candidate: candidate.order)


def _held_back(
    best: list[_Candidate], spent: Iterable[HeldBack], sources: Iterable[Row]
) -> tuple[HeldBack, ...]:
    """Each need without a play that one of these speaks of; the first one's word counts.

    A play that would be offered if it were not spent says more than its row does.
    """
    filled = {one.need for one in best}
    found = {one.need: one for one in spent if one.need not in filled}
    for source in sources:
        for need, hold in source.held.items():
            if need not in filled:
                found.setdefault(need, HeldBack(need, hold.because, hold.opens_when))
    return tuple(found[need] for need in NEEDS if need in found)


def _suggestion(one: _Candidate, row: Row, moment: Moment, book: Playbook) -> Suggestion:
    lines = (*because(one.play, row, moment, book), *reasons(one.play, moment))
    return offered(one.play, one.rendered, lines, book)


def offered(play: Play, rendered: Rendered, lines: tuple[str, ...], book: Playbook) -> Suggestion:
    """A play as the window shows and inserts it."""
    return Suggestion(
        play=play.id,
        family=play.family,
        need=book.need(play),
        title=play.title,
        text=rendered.text,
        because=lines,
        open_slots=rendered.open_slots,
        filled=rendered.filled,
        limit=play.limit.text,
        follow_up=_afterwards(play, book),
        needs_lead=play.limit.needs_lead is Lead.ALWAYS,
    )


def _afterwards(play: Play, book: Playbook) -> str:
    """What is left to do, and when: "take a short break (now)"; "" for nothing."""
    if play.follow_up in ("", "none"):
        return ""
    slot = book.slots.get(play.follow_up_due)
    due = slot.label if slot else play.follow_up_due
    return f"{play.follow_up} ({due})" if due not in ("", "none") else play.follow_up
