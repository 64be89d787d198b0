"""Soft view: insults and swear words stand as "(insult)", everything that tells of the case stays.

Only what is shown changes, never what is stored. A threat is not hidden: somebody must read it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cxdesk.model import Cue, Message, Role
from cxdesk.nlp.mood import DANGER

NAMES = {"abuse": "(insult)", "profanity": "(swear word)"}
"""What stands for words of a code."""

# Who is meant is a fact, and so is every number: "You (insult), the driver of 20931 …".
_PLAIN = frozenset(
    {"a", "all", "an", "and", "is", "it", "just", "of", "so", "such", "that", "the", "these"}
    | {"this", "those", "was", "were", "what", "we", "i", "am", "are", "re", "s", "be", "being"}
    | {"you", "u", "your", "youre", "yall"}
)
_PEOPLE = frozenset(
    {"agent", "agents", "company", "driver", "drivers", "employee", "employees", "lot", "man"}
    | {"people", "person", "rep", "reps", "staff", "woman", "worker", "workers"}
)
_WORD = re.compile(r"[^\W_]+(?:[*’'-]+[^\W_]*)*|\*+")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that are not shown: [start, end) of the text as it was written, and their name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class SoftText:
    """A text as the soft view shows it, with the way between its places and the original's."""

    original: str
    text: str
    hidden: tuple[Hidden, ...]
    places: tuple[tuple[int, int], ...]
    """Where each name stands in `text`."""

    def to_soft(self, place: int, *, is_end: bool = False) -> int:
        """The place in `text` of a place in the original; from within hidden words, their edge."""
        number = bisect_right([each.start for each in self.hidden], place) - 1
        if number < 0:
            return place
        gone, (start, end) = self.hidden[number], self.places[number]
        if place < gone.end:
            return end if is_end and place > gone.start else start
        return end + place - gone.end

    def to_original(self, place: int, *, is_end: bool = False) -> int:
        """The place in the original of a place in `text`; from within a name, the words' edge."""
        number = bisect_right([start for start, _ in self.places], place) - 1
        if number < 0:
            return place
        gone, (start, end) = self.hidden[number], self.places[number]
        if place < end:
            return gone.end if is_end and place > start else gone.start
        return gone.end + place - end


def soften(text: str, cues: Iterable[Cue]) -> SoftText:
    """The text without its insults and swear words; offsets of `cues` are into it."""
    hidden = tuple(_merged(text, sorted(_found(text, tuple(cues)), key=lambda each: each.start)))
    shown, places, done = "", [], 0
    for each in hidden:
        shown += text[done : each.start]
        places.append((len(shown), len(shown) + len(each.name)))
        shown += each.name
        done = each.end
    return SoftText(text, shown + text[done:], hidden, tuple(places))


def softened(message: Message) -> SoftText | None:
    """The soft text of a customer's message; None where there is nothing to hide."""
    if message.role is not Role.CUSTOMER or message.analysis is None:
        return None
    soft = soften(message.text, message.analysis.cues)
    return soft if soft.hidden else None


@dataclass(frozen=True, slots=True)
class Softener:
    """Takes the insults of some cues out of other texts that quote them: snippets, reasons."""

    words: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, messages: Iterable[tuple[str, Iterable[Cue]]]) -> Softener:
        """From texts with their cues."""
        found = {
            " ".join(text[each.start : each.end].split()).lower(): each.name
            for text, cues in messages
            for each in soften(text, cues).hidden
        }
        return cls(tuple(sorted(found.items(), key=lambda pair: -len(pair[0]))))

    def __call__(self, text: str) -> str:
        """The text with each of the words by its name, as far as it was not cut within one."""
        for words, name in self.words:
            pattern = r"\s+".join(map(re.escape, words.split()))
            text = re.sub(rf"(?<!\w){pattern}(?!\w)", name, text, flags=re.IGNORECASE)
            text = _without_cut(text, words, name)
        return text


def _without_cut(text: str, words: str, name: str) -> str:
    """A shortened text may end within the words: what is left of them goes too."""
    if not text.endswith("…"):
        return text
    for length in range(len(words) - 1, 2, -1):
        begun = words[:length].rstrip()
        if re.search(rf"(?<!\w){re.escape(begun)}…$", text, re.IGNORECASE):
            return f"{text[: -len(begun) - 1]}{name}…"
    return text


def _found(text: str, cues: tuple[Cue, ...]) -> Iterator[Hidden]:
    grave = [cue for cue in cues if cue.code in DANGER]
    for cue in cues:
        if cue.code in NAMES and not any(_overlap(cue, other) for other in grave):
            for start, end in _insulting(text, cue.start, cue.end):
                yield Hidden(start, end, NAMES[cue.code])


def _overlap(one: Cue, other: Cue) -> bool:
    return one.start < other.end and other.start < one.end


def _insulting(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a cue's words that tell nothing of the case."""
    run: list[tuple[int, int]] = []
    for word in _WORD.finditer(text, start, end):
        if _is_fact(word[0]):
            yield from _trimmed(text, run)
            run = []
        else:
            run.append(word.span())
    yield from _trimmed(text, run)


def _is_fact(word: str) -> bool:
    return word.lower() in _PEOPLE or any(letter.isdigit() for letter in word)


def _trimmed(text: str, run: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A run of words without the plain ones at its ends; "you are" may stand."""
    telling = [n for n, (start, end) in enumerate(run) if text[start:end].lower() not in _PLAIN]
    if telling:
        yield run[telling[0]][0], run[telling[-1]][1]


def _merged(text: str, found: Iterable[Hidden]) -> Iterator[Hidden]:
    """Hidden words with none within another, and neighbours as one; an insult is the worse name."""
    last: Hidden | None = None
    for each in found:
        if last is not None and not text[last.end : each.start].strip():
            name = NAMES["abuse"] if NAMES["abuse"] in (last.name, each.name) else each.name
            last = Hidden(last.start, max(last.end, each.end), name)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last
