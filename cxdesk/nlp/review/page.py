"""A draft as review reads it: its words, sentences and quotations, and what is known around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cxdesk.model import ReviewRequest
from cxdesk.nlp.language import language_of
from cxdesk.nlp.reading import Reading

# One character for one character, so that offsets hold in the text as typed.
_STRAIGHT = str.maketrans("’‘‛ʼ`´“”„«»\u00a0\u202f\t", "''''''\"\"\"\"\"   ")
_QUOTED = re.compile(r'"[^"\n]{1,300}"')
_QUOTED_LINE = re.compile(r"(?m)^>.*$")
_NAMED = re.compile(
    r"(?<=[\w,;:] )(?!(?:I|OK|PDF|USB)\b)[A-Z][a-z]+|\b(?:colleague|team lead|supervisor"
    r"|surveyor|fitter)\b"
    r"|^(?:She|He|They)\b"
)
_GREETING = re.compile(
    r"(?i)^(hi|hello|hey|hiya|dear|good (morning|afternoon|evening|day)|hallo|salaam|morning)\b"
)


def straight(text: str) -> str:
    """The text with straight quotes and plain spaces, every character in its place."""
    return text.translate(_STRAIGHT)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a draft: character offsets, its straight text, its place in the draft."""

    start: int
    end: int
    text: str
    number: int

    @property
    def asks(self) -> bool:
        return self.text.rstrip("\"') ").endswith("?")

    @property
    def greets(self) -> bool:
        return len(self.text.split()) <= 4 and _GREETING.match(self.text) is not None


class Page:
    """A draft read once, shared by every part of the review."""

    def __init__(self, request: ReviewRequest, reading: Reading) -> None:
        self.request = request
        self.reading = reading
        self.text = request.text
        self.straight = straight(request.text)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The sentences, without the blank space around them."""
        return tuple(self._lines())

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Words of others: between double quotes, and lines that begin with >."""
        found = [*_QUOTED.finditer(self.straight), *_QUOTED_LINE.finditer(self.straight)]
        return tuple(each.span() for each in found)

    @cached_property
    def customer(self) -> str:
        """The customer's last message with straight quotes."""
        return straight(self.request.customer_text)

    @cached_property
    def is_english(self) -> bool:
        """Whether it is in the language that the network knows."""
        return language_of(self.text) == "en"

    @cached_property
    def first(self) -> int:
        """The number of the first sentence that is not a greeting."""
        return next((each.number for each in self.lines if not each.greets), 0)

    def line_at(self, place: int) -> Line:
        """The sentence that holds a character, or the one before it."""
        found = self.lines[0]
        for each in self.lines:
            if each.start > place:
                break
            found = each
        return found

    def names_somebody(self, line: Line) -> bool:
        """Whether a sentence holds a name or a team, not counting its first word."""
        return _NAMED.search(line.text) is not None

    def is_quoted(self, start: int, end: int) -> bool:
        return any(a <= start and end <= b for a, b in self.quoted)

    def _lines(self) -> Iterator[Line]:
        for number, each in enumerate(self.reading.sentences):
            start, end = self.reading.span(each.start, each.stop)
            yield Line(start, end, self.straight[start:end], number)
