"""Words that are harmless in this company's trade: "kill process", "dead pixel", names.

A trainer keeps the list. Each listed phrase is replaced by a neutral noun before anything reads a
message, so that rules and models alike see "I need to thing         4". The text keeps its length:
what is found in it points at the same characters of what the customer wrote.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from cxdesk.model import Cue
from cxdesk.nlp.casing import lower

LONGEST = 80  # characters of a phrase
SHORTEST = 2  # there is no neutral noun of one letter
_APOSTROPHES = "'’‘ʼ`´"
_MOSTLY = 0.9  # a text with more capitals than this share of its letters is written in capitals


@dataclass(frozen=True, slots=True)
class CompanyWords:
    """The listed phrases, ready to be taken out of texts.

    A phrase is found in any case, as whole words, with a plural -s, with straight or curly
    apostrophes, and with any white space between its words. Of two that begin at the same place
    the longer one counts. Phrases of one character or of more than 80 are left out.
    """

    phrases: tuple[str, ...] = ()
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "phrases", _tidied(self.phrases))
        object.__setattr__(self, "_pattern", _pattern(self.phrases))

    def neutral(self, text: str) -> str:
        """The text with a neutral noun and spaces in place of each phrase; of the same length."""
        spans = self.spans(text)
        if not spans:
            return text
        pieces: list[str] = []
        end = 0
        for start, stop in spans:
            pieces += (text[end:start], _noun(text[start:stop], text))
            end = stop
        return "".join((*pieces, text[end:]))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the phrases stand in a text, as offsets in order."""
        if self._pattern is None:
            return []
        return [found.span() for found in self._pattern.finditer(lower(text))]

    def whole(self, cues: Iterable[Cue], text: str) -> tuple[Cue, ...]:
        """Cues found in the neutral text, as those of `text`: none cuts a phrase in two."""
        spans = self.spans(text)
        if not spans:
            return tuple(cues)
        return tuple(_widened(each, spans, text) for each in cues)


def tidy(phrase: str) -> str:
    """A phrase as it is listed: one space between its words and none around them."""
    return " ".join(phrase.split())


def same(phrase: str) -> str:
    """What two phrases have in common that find the same words."""
    straight = re.sub(f"[{_APOSTROPHES}]", "'", tidy(phrase))
    return lower(straight)


def _tidied(phrases: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for each in map(tidy, phrases):
        if SHORTEST <= len(each) <= LONGEST:
            kept.setdefault(same(each), each)
    return tuple(kept.values())


def _pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all phrases, those of the same first letter together.

    So a word is compared with few of them: with 500 phrases that makes reading a message five
    times as fast as one long list of alternatives.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(map(same, phrases), key=len, reverse=True):
        groups[phrase[0]].append(phrase[1:])
    if not groups:
        return None
    choices = "|".join(
        f"{_piece(first)}(?:{'|'.join(map(_written, rests))})" for first, rests in groups.items()
    )
    return re.compile(rf"(?<!\w)(?:{choices})s?(?!\w)")


def _written(phrase: str) -> str:
    return "".join(map(_piece, phrase))


def _piece(character: str) -> str:
    if character == " ":
        return r"\s+"
    return f"[{_APOSTROPHES}]" if character == "'" else re.escape(character)


def _widened(cue: Cue, spans: Sequence[tuple[int, int]], text: str) -> Cue:
    start, _ = _around(cue.start, spans)
    _, end = _around(cue.end, spans)
    return replace(cue, start=start, end=end, text=text[start:end])


def _around(at: int, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The span that has `at` inside it, or nothing but `at`."""
    before = bisect_left(spans, (at, 0)) - 1
    if before >= 0 and at < spans[before][1]:
        return spans[before]
    return at, at


def _noun(phrase: str, text: str) -> str:
    """What stands for a phrase: padded, and in capitals where all of the text is."""
    noun = "thing" if len(phrase) >= len("thing") else "it"
    if phrase.isupper() and _in_capitals(text):
        noun = noun.upper()
    return noun.ljust(len(phrase))


def _in_capitals(text: str) -> bool:
    letters = [each for each in text if each.isalpha()]
    return sum(map(str.isupper, letters)) >= _MOSTLY * len(letters)
