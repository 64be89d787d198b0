"""What no rule has words for: where the trained network points at words of a draft.

The rules come first. They know their words, they rewrite, and they hold a reply until a second key
press; but what hurts has more shapes than anybody lists. The network has read drafts that hurt and
drafts that do not, each beside what the customer said. It is believed where it is surer than a
limit that was fitted on drafts kept apart, in sentences where no rule has said the same already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from cxdesk.model import ReviewRequest, Severity
from cxdesk.nlp.estimate import pieces_of
from cxdesk.nlp.review.hits import Hit
from cxdesk.nlp.review.page import Line, Page
from cxdesk.nlp.review.reader import Reading, Settings
from cxdesk.nlp.review.rulebook import MODEL
from cxdesk.nlp.rules import RuleMatcher

BLAME = "blame_customer"
WHOLE_CODES = frozenset(("missing_next_step", "ignored_question"))  # of no words in particular
_SHORTEST = 3  # words; "Noted." by itself hurts nobody
_MOST = 6000  # characters of a draft, some 1,000 words
_EVEN = 0.5  # from here on it rather has a code than not
_PIECE = 700  # characters that are read at once; a change to one leaves the others as they were


Advice = tuple[str, int]  # a code, and the number of the sentence it was found in


class Reads(Protocol):
    """The network, as `reader.DraftReader` has it."""

    @property
    def settings(self) -> Settings: ...

    def read(self, request: ReviewRequest, text: str) -> Reading: ...


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the draft that was read at once, and where it begins."""

    start: int
    text: str
    reading: Reading


class Pointer:
    """Finds words that the network takes for one of its codes.

    It remembers what it pointed at in the draft before: while the agent types, a sentence that
    stands as it stood keeps its mark until the draft is read again.
    """

    def __init__(self, reader: Reads, harmless: RuleMatcher) -> None:
        """`harmless` finds wordings that blame nobody. Loads nothing yet."""
        self._reader = reader
        self._harmless = harmless
        self._before: Mapping[str, Sequence[Hit]] = {}
        self._cleared: frozenset[tuple[str, str]] = frozenset()

    def hits(self, page: Page, spoken: Collection[Advice]) -> Iterator[Hit]:
        """Where it points at, and at what; `spoken` are codes and the numbers of the sentences in
        which the rules have said them."""
        pieces = self._pieces(page)
        said = {code for code, _ in spoken}
        found = [hit for piece in pieces for hit in self._in_piece(page, piece)]
        self._before = _by_sentence(page, found)
        yield from (each for each in found if (code_of(each), _at(page, each)) not in spoken)
        for code in WHOLE_CODES - said:
            if pieces and self._holds_for_all(code, pieces):
                last = page.lines[-1]
                yield Hit(MODEL + code, last.start, last.end)

    def clears(self, page: Page, found: Sequence[Advice], *, quick: bool) -> list[Advice]:
        """What of the rules' advice to leave alone, for it is most likely wrong here.

        `found` are codes with the numbers of their sentences. A quick answer repeats the last one
        for the sentences that stand as they stood.
        """
        if quick:
            return [each for each in found if self._key(page, each) in self._cleared]
        pieces = self._pieces(page)
        cleared = [each for each in found if self._is_wrong(page, each, pieces)]
        self._cleared = frozenset(self._key(page, each) for each in cleared)
        return cleared

    def _is_wrong(self, page: Page, advice: Advice, pieces: Sequence[_Piece]) -> bool:
        """Not where the sentence shows it alone: "Please calm down" may pass beside worse."""
        code, number = advice
        line, clears = page.lines[number], self._reader.settings.clears
        around = [each for each in pieces if each.start <= line.start < each.start + len(each.text)]
        if not around or any(each.reading.chances.get(code, 1.0) >= clears for each in around):
            return False
        return len(page.lines) == 1 or self._alone(page, line, code) < _EVEN

    @staticmethod
    def _key(page: Page, advice: Advice) -> tuple[str, str]:
        return advice[0], _said(page, page.lines[advice[1]])

    def remembered(self, page: Page, spoken: Collection[Advice]) -> Iterator[Hit]:
        """What it pointed at before, in the sentences that stand as they stood."""
        for line in page.lines:
            for each in self._before.get(_said(page, line), ()):
                moved = replace(each, start=each.start + line.start, end=each.end + line.start)
                if (code_of(moved), line.number) not in spoken:
                    yield moved

    def finds(self, code: str, request: ReviewRequest, text: str) -> bool:
        """Whether it would point at some words of a text for a code."""
        return self._chance(code, self._reader.read(request, text)) >= self._least(code)

    def _pieces(self, page: Page) -> list[_Piece]:
        """What it reads of a draft, in order; nothing where it does not know the language."""
        if not page.lines or not page.is_english:
            return []
        parts = pieces_of(page.text[:_MOST], _PIECE)
        texts = [(start, page.text[start:end]) for start, end in parts]
        return [_Piece(at, text, self._reader.read(page.request, text)) for at, text in texts]

    def _in_piece(self, page: Page, piece: _Piece) -> Iterator[Hit]:
        for code in self._reader.settings.least:
            chance = self._chance(code, piece.reading)
            if code in WHOLE_CODES or chance < self._least(code):
                continue
            harmless = self._harmless_lines(page) if code == BLAME else ()
            severity = self._severity(code, chance)
            for line, start, end in _by_line(page, piece, piece.reading.words[code]):
                if line.number in harmless:
                    continue
                if self._alone(page, line, code) >= self._least(code):
                    yield Hit(MODEL + code, start, end, severity=severity)

    def _harmless_lines(self, page: Page) -> frozenset[int]:
        return frozenset(each.sentence for each in self._harmless.find_in(page.reading))

    def _alone(self, page: Page, line: Line, code: str) -> float:
        """The chance of a sentence if it stood alone: what its neighbours do is not its doing."""
        if len(page.lines) == 1:
            return 1.0
        return self._chance(code, self._reader.read(page.request, _said(page, line)))

    def _severity(self, code: str, chance: float) -> Severity:
        """What stops a reply must be surer than what advises."""
        is_sure = code == BLAME and chance >= self._reader.settings.sure
        return Severity.BLAME if is_sure else Severity.ADVICE

    def _holds_for_all(self, code: str, pieces: Sequence[_Piece]) -> bool:
        return all(self._chance(code, each.reading) >= self._least(code) for each in pieces)

    def _least(self, code: str) -> float:
        return self._reader.settings.least.get(code, 2.0)

    @staticmethod
    def _chance(code: str, reading: Reading) -> float:
        return reading.chances.get(code, 0.0)


def code_of(hit: Hit) -> str:
    """The code that a hit of the network is of."""
    return hit.rule.removeprefix(MODEL)


def _by_line(
    page: Page, piece: _Piece, spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[Line, int, int]]:
    """In each sentence from the first to the last of the words, as far as they are the agent's."""
    for line in page.lines:
        if len(line.text.split()) < _SHORTEST and len(page.lines) > 1:
            continue
        inside = [
            (max(line.start, piece.start + start), min(line.end, piece.start + end))
            for start, end in spans
            if piece.start + start < line.end and line.start < piece.start + end
        ]
        if inside:
            start, end = inside[0][0], inside[-1][1]
            if not any(start < last and first < end for first, last in page.quoted):
                yield line, start, end


def _by_sentence(page: Page, hits: Sequence[Hit]) -> Mapping[str, Sequence[Hit]]:
    """Hits by the words of their sentence, with offsets in it."""
    found: dict[str, list[Hit]] = {}
    for each in hits:
        line = page.line_at(each.start)
        inside = replace(each, start=each.start - line.start, end=each.end - line.start)
        found.setdefault(_said(page, line), []).append(inside)
    return found


def _at(page: Page, hit: Hit) -> int:
    return page.line_at(hit.start).number


def _said(page: Page, line: Line) -> str:
    return page.text[line.start : line.end]
