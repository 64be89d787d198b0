"""At most three plays for a moment, one for each need, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cxdesk.model import Guidance, HeldBack, Moment, Suggestion
from cxdesk.playbook.because import because
from cxdesk.playbook.play import NEEDS, Play, Playbook
from cxdesk.playbook.rendering import Rendered, render
from cxdesk.playbook.table import Row, Table, is_resolved, shipped_table

# A card is a paragraph to set among the agent's own words, in an e-mail too: the short wording.
# The whole e-mail is found by searching the playbook.
CARD_WORDING = "chat"

_TICK = {
    "acknowledge": "heard",
    "apology": "heard",
    "deescalate": "heard",
    "ownership": "owned",
    "next_step": "next_step",
    "expectation": "next_step",
    "clarify": "next_step",
    "say_no": "next_step",
    "extra_mile": "extra_mile",
    "thank_feedback": "extra_mile",
}
"""Which tick of the composer a family earns: the card of what the draft already says sinks."""

_INTENT, _SIGNAL, _OPEN_SLOT = 2.5, 1.0, 0.15
"""What a fitting intent and signal add, and an open slot takes. An intent is more special than a
signal, so `apo-billing` goes before `apo-full` when money is the matter. By judgement."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    play: Play
    need: str
    place: int
    fit: float
    rendered: Rendered
    is_covered: bool
    is_said: bool

    @property
    def rank(self) -> tuple[bool, int, float]:
        """Lower is better: not said before, the row's order, the closest fit."""
        return self.is_said, self.place, -self.fit


def suggest(book: Playbook, moment: Moment, table: Table | None = None) -> Guidance:
    """What the sidebar shows: at most one play for each need, in the order they help now.

    The first row of the table that holds and has a play decides what is offered. The fixed limits,
    and the rows passed over on the way, take away what must not be said now. A need without a play
    says why, and what would open it.
    """
    table = table or shipped_table()
    held, rows = table.limits_on(moment), table.rows_for(moment)
    for row in rows:
        if row.silence:
            return Guidance(row.id, silence=row.silence)
        if best := _best(_candidates(book, moment, row, held)):
            suggestions = tuple(_suggestion(one, row, moment, book) for one in best)
            return Guidance(row.id, suggestions, _held_back(best, (row, *held)))
        held.append(row)
    return Guidance(rows[0].id, (), _held_back([], held), "No play of the playbook fits now.")


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


def closeness(play: Play, moment: Moment) -> float:
    """How closely the customer's words fit a play; 0 when none of them calls for it."""
    intents = len(play.when.intents & moment.intents)
    signals = len(play.when.signals & moment.signals)
    return _INTENT * intents + _SIGNAL * signals


def _candidates(
    book: Playbook, moment: Moment, row: Row, held: Iterable[Row]
) -> Iterator[_Candidate]:
    holding = (row, *held)
    for play in book.plays:
        place = row.place(play)
        if place is None or not fits(play, moment) or any(one.withholds(play) for one in holding):
            continue
        close = closeness(play, moment)
        if not close and not row.brings(play):
            continue
        rendered = render(play, CARD_WORDING, moment.known, book.slots)
        yield _Candidate(
            play=play,
            need=book.need(play),
            place=place,
            fit=close - _OPEN_SLOT * len(rendered.open_slots),
            rendered=rendered,
            is_covered=_TICK.get(play.family) in moment.covered,
            is_said=play.id in moment.said_plays,
        )


def _best(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """The best of each need; a need that the draft already answers comes last.

    What the draft says moves a card and never changes its text: the agent has read it, and inserts
    it by a key.
    """
    best: dict[str, _Candidate] = {}
    for one in sorted(candidates, key=lambda candidate: candidate.rank):
        best.setdefault(one.need, one)
    return sorted(best.values(), key=lambda candidate: candidate.is_covered)


def _held_back(best: list[_Candidate], sources: Iterable[Row]) -> tuple[HeldBack, ...]:
    """Each need without a play that one of these speaks of; the first one's word counts."""
    filled = {one.need for one in best}
    found: dict[str, HeldBack] = {}
    for source in sources:
        for need, hold in source.held.items():
            if need not in filled:
                found.setdefault(need, HeldBack(need, hold.because, hold.opens_when))
    return tuple(found[need] for need in NEEDS if need in found)


def _suggestion(one: _Candidate, row: Row, moment: Moment, book: Playbook) -> Suggestion:
    return offered(one.play, one.rendered, because(one.play, row, moment, book), book)


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
    )
