"""Which commands the words in the palette mean, best first, in fixed tiers nobody has to learn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

Spans = tuple[tuple[int, int], ...]


class Tier(IntEnum):
    """How a command was meant; a lower tier always comes first, order of the table within."""

    EXACT = 0
    PREFIX = 1
    INITIALS = 2
    INSIDE = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A command's name, the other words it answers to, and whether words may follow those."""

    text: str
    words: tuple[str, ...] = ()
    takes_argument: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate that was meant. `spans` are the letters of its text that matched."""

    index: int
    tier: Tier
    spans: Spans = ()
    argument: str = ""


def rank(query: str, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Those that match, best first; every candidate in its order for an empty query."""
    wanted = " ".join(query.lower().split())
    if not wanted:
        return [Ranked(index, Tier.INSIDE) for index in range(len(candidates))]
    found = (_match(wanted, index, each) for index, each in enumerate(candidates))
    return sorted((each for each in found if each), key=lambda each: each.tier)


def _match(query: str, index: int, candidate: Candidate) -> Ranked | None:
    text = candidate.text.lower()
    names = (text, *(word.lower() for word in candidate.words))
    if query in names:
        return Ranked(index, Tier.EXACT, ((0, len(text)),) if query == text else ())
    if candidate.takes_argument and (argument := _argument(query, names)):
        return Ranked(index, Tier.EXACT, argument=argument)
    if text.startswith(query):
        return Ranked(index, Tier.PREFIX, ((0, len(query)),))
    if spans := _initials(query, text):
        return Ranked(index, Tier.INITIALS, spans)
    if (inside := _inside(query, text)) or any(name.startswith(query) for name in names):
        return Ranked(index, Tier.INSIDE, inside)
    return None


def _argument(query: str, names: Iterable[str]) -> str:
    """What follows a name: "2h" in "snooze 2h"."""
    starts = (query.removeprefix(f"{name} ") for name in names)
    return next((rest for rest in starts if rest != query), "")


def _initials(query: str, text: str) -> Spans:
    """The first letters of words, in order and beginning with the first: "jtp", "sn"."""
    starts = [at for at, letter in enumerate(text) if letter.isalnum() and _begins(text, at)]
    if len(query) < 2 or not starts or text[starts[0]] != query[0]:
        return ()
    spans = []
    for letter in query:
        while starts and text[starts[0]] != letter:
            starts.pop(0)
        if not starts:
            return ()
        at = starts.pop(0)
        spans.append((at, at + 1))
    return tuple(spans)


def _begins(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _inside(query: str, text: str) -> Spans:
    """Where the query stands in the text; else where each of its words does, all or none."""
    if query in text:
        at = text.index(query)
        return ((at, at + len(query)),)
    words = query.split()
    if not all(word in text for word in words):
        return ()
    return tuple(sorted({(text.index(word), text.index(word) + len(word)) for word in words}))
