"""The times of a sentence, each joined from its pieces ("Friday", "at 8 am"), and when it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cxdesk.nlp.promises.days import Calendar
from cxdesk.nlp.promises.moments import moment_of
from cxdesk.nlp.promises.patterns import compiled
from cxdesk.nlp.promises.time_readers import EXACTLY, NEAR, Piece
from cxdesk.nlp.promises.times import pieces


@dataclass(frozen=True, slots=True)
class Due:
    """A time as it is said, [start, end) with its preposition, and the moment it means.

    `moment` is None for a time that hangs on an event or has passed. `is_latest` marks the outer
    limit, which counts before any other time ("Wednesday at the latest").
    """

    start: int
    end: int
    moment: datetime | None
    preposition: str = ""
    is_latest: bool = False


_SMALL = (
    r"(?:at|on|in|by|before|the|of|this|around|about|roughly|say|from|until|till|between|during|for"
    r"|latest|no later than|not later than|my|your|our|local|time|sometime|some|point|or so|so"
    r"|i\.e\.|and no later than|early|late|sharp|coming|after|next|later|hopefully|probably|ideally"
    r"|exactly|any time|anytime)"
)
_GLUE = compiled(rf"\s*[,()–—-]*\s*(?:{_SMALL}\b[\s,]*)*")
_OR_LATER = compiled(r"\s*(?:or|to|-|–|until|through|or on|or in the|or by)\s*")
_BOTH = compiled(r" and ")
_PREPOSITION = compiled(
    r"\b(?P<word>no later than|not later than|(?:at the )?latest(?: by| on)?|by|before|ahead of|on"
    r"|at|in|within|inside|until|till|from|after|since|for|to|of|around|about|between|over|during"
    r"|as of|every|each|than|^come|give (?:me|us)) (?:(?:about|around|the|this|coming|some ?time"
    r"|some point|early|late|latest|every|each|on|in|at|by) )*$"
)
_LATEST = compiled(r"\s*,?\s*(?:at (?:the )?(?:very )?latest|latest|tops|at (?:the )?most)\b")
_TAIL = compiled(
    r"\s*(?:or (?:so|thereabouts|earlier|sooner|before|less)|sharp|(?:local|your|our|uk) time|gmt"
    r"|cet|bst|on the dot)\b"
)
_REACH = 60  # characters that a preposition and its small words may take


def times(text: str, calendar: Calendar) -> list[Due]:
    """Every time that a text says, in order, each with the moment it means."""
    groups: list[list[Piece]] = []
    for piece in pieces(text, calendar):
        if groups and _joins(text, groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_due(text, _window_end(text, group), calendar) for group in groups]


def _joins(text: str, group: Sequence[Piece], piece: Piece) -> bool:
    between = text[group[-1].end : piece.start]
    if piece.means_nothing or any(each.means_nothing for each in group):
        return False
    if _is_window(text, group, between):
        return True
    return bool(_GLUE.fullmatch(between)) and not _clashes(group, piece)


def _is_window(text: str, group: Sequence[Piece], between: str) -> bool:
    """ "Tuesday or Wednesday", "between Monday and Thursday"."""
    if _OR_LATER.fullmatch(between):
        return True
    opened = text[: group[0].start].lower().rstrip().endswith("between")
    return opened and bool(_BOTH.fullmatch(between))


def _clashes(group: Sequence[Piece], piece: Piece) -> bool:
    """Whether both say the same thing, so that two times stand side by side."""
    if piece.moment or any(each.moment for each in group):
        return True
    if piece.clock and any(each.clock for each in group):
        return True
    days = [each for each in group if each.day]
    return bool(piece.day and days) and not _is_one_day([*days, piece])


def _is_one_day(found: Sequence[Piece]) -> bool:
    if any(each.week for each in found) and any(each.weekday is not None for each in found):
        return True
    if any(each.month for each in found) and any(each.monthday for each in found):
        return True
    closest = max(found, key=lambda each: each.rank)
    return all(_agrees(each, closest) for each in found)


def _agrees(piece: Piece, closest: Piece) -> bool:
    """Whether it may be the same day said once more: "today, Tuesday", "in May, on 8 May"."""
    if piece.day == closest.day:
        return True
    if closest.rank == EXACTLY:
        return piece.rank < NEAR
    return closest.day is not None and piece.weekday == closest.day.weekday()


def _window_end(text: str, group: Sequence[Piece]) -> list[Piece]:
    """The pieces that count: of "Monday or Tuesday morning" the later day."""
    kept: list[Piece] = []
    for piece in group:
        if kept and _is_window(text, kept[:1], text[kept[-1].end : piece.start]):
            kept = [each for each in kept if _says_other(each, piece)]
        kept.append(piece)
    return [replace(kept[0], start=group[0].start), *kept[1:]]


def _says_other(earlier: Piece, later: Piece) -> bool:
    return not (
        (earlier.day and later.day)
        or (earlier.clock and later.clock)
        or (earlier.part and later.part)
        or (earlier.moment and later.moment)
    )


def _due(text: str, group: Sequence[Piece], calendar: Calendar) -> Due:
    start, end = group[0].start, group[-1].end
    before = _PREPOSITION.search(text, max(0, start - _REACH), start)
    word = " ".join(before["word"].lower().split()) if before else _own_preposition(text, group[0])
    if any(each.clock and each.clock.opening for each in group):
        word = "between"  # "from 9 to 11", which is no beginning alone
    latest = _LATEST.match(text, end)
    tail = latest or _TAIL.match(text, end)
    return Due(
        start=before.start() if before else start,
        end=tail.end() if tail else end,
        moment=moment_of(group, word, calendar),
        preposition=word,
        is_latest=bool(latest) or "late" in word,
    )


def _own_preposition(text: str, piece: Piece) -> str:
    """The preposition that is part of the piece itself, as in "within two days"."""
    return text[piece.start : piece.end].split(maxsplit=1)[0].lower()
