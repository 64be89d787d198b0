"""Blame that no rule has words for: where the trained model points at a sentence of a draft.

The rules come first. They know their words, they rewrite, and they hold a reply until a second key
press; but blame has more shapes than anybody lists. The deep tier has read drafts that blame and
drafts that do not, and is asked about each sentence in which the rules are silent. It is believed
only where the sentence blames by itself and among its neighbours, and where no rule knows the
wording as harmless.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from spacy.language import Language

from cxdesk.model import Severity, Tier
from cxdesk.nlp.estimate import PIECE, Estimate, Kind, pieces_of
from cxdesk.nlp.language import language_of
from cxdesk.nlp.review.hits import Hit
from cxdesk.nlp.review.page import Line, Page
from cxdesk.nlp.rules import Rule, RuleMatcher, Words
from cxdesk.nlp.weights import EVEN, Weights

RULE = "model.blame_customer"
_SHORTEST = 3  # words; "Noted." by itself blames nobody
_REMEMBERED = 500  # texts: typing changes one sentence, the others are not read again
_MOST = 4000  # characters of a draft, some 700 words: a fifth of a second, the first time


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure the model has to be, as a probability that was fitted on drafts kept apart.

    From `least` its words are shown as advice, and change neither score nor ticks: the lowest limit
    from which 95 of 100 were right on the 270 drafts that it was not trained on and that anybody
    may read (`scripts/evaluate_review.py --limits`). From `sure` they count like blame that a rule
    found, and ask for a second key press: what stops a reply must be surer than what advises.
    """

    least: float = 0.8
    sure: float = 0.9


class Trained(Protocol):
    """The trained tiers, as `nlp.tiers` has them."""

    def estimate(self, texts: Sequence[str], tier: Tier) -> list[Estimate]: ...

    def weights(self, tier: Tier) -> Weights: ...


class Pointer:
    """Finds sentences that the trained model takes for blame, with its words."""

    def __init__(self, trained: Trained, limits: Limits, look_alikes: RuleMatcher) -> None:
        """`look_alikes` finds the wordings to leave alone (`look_alikes_of`). Loads nothing yet."""
        self._trained = trained
        self._limits = limits
        self._look_alikes = look_alikes
        self._estimate = lru_cache(_REMEMBERED)(self._asked)

    def hits(self, page: Page, spoken: Collection[int]) -> Iterator[Hit]:
        """Where it points at, outside the sentences (by number) in which rules have spoken."""
        if language_of(page.text) != "en":
            return
        for start, end in _pieces(page.text[:_MOST]):
            suspects = [
                each
                for each in _within(page, start, end)
                if each.number not in spoken and self._doubts(_said(page, each))
            ]
            cleared = self._cleared(page) if suspects else ()
            rest = (each for each in suspects if each.number not in cleared)
            yield from filter(None, (self._hit(page, each, page.text[start:end]) for each in rest))

    def blames(self, text: str) -> bool:
        """Whether a sentence would be pointed at if it stood alone."""
        return self._doubts(text.strip())

    def _doubts(self, text: str) -> bool:
        return self._chance(text) >= self._limits.least

    def _hit(self, page: Page, line: Line, around: str) -> Hit | None:
        """A sentence that blames by itself, if it does so among its neighbours as well."""
        text = _said(page, line)
        chance = min(self._chance(text), self._chance(around))
        words = self._words(text)
        if chance < self._limits.least or words is None:
            return None
        first, last = line.start + words[0], line.start + words[1]
        severity = Severity.BLAME if chance >= self._limits.sure else Severity.ADVICE
        if any(first < end and start < last for start, end in page.quoted):
            return None
        return Hit(RULE, first, last, severity=severity)

    def _cleared(self, page: Page) -> frozenset[int]:
        """Sentences whose wording the rules know, and know as harmless."""
        return frozenset(each.sentence for each in self._look_alikes.find_in(page.reading))

    def _words(self, sentence: str) -> tuple[int, int] | None:
        """From the first to the last of the words that it rests on."""
        found = self._estimate(sentence).of(Kind.BLAME_CUSTOMER)
        if not found:
            return None
        return min(each.start for each in found), max(each.end for each in found)

    def _chance(self, text: str) -> float:
        weight = self._trained.weights(Tier.DEEP).blames_customer
        return weight.chance(self._estimate(text).blames_customer, EVEN) if text else 0.0

    def _asked(self, text: str) -> Estimate:
        return self._trained.estimate([text], Tier.DEEP)[0]


def look_alikes_of(nlp: Language, rules: Sequence[Rule], words: Words) -> RuleMatcher:
    """Finds what rules of blame would find without their exceptions, so also what they excuse."""
    return RuleMatcher(nlp, [_without_exceptions(each) for each in rules], words)


def _without_exceptions(rule: Rule) -> Rule:
    """A rule that finds its look-alikes as well; one that has no patterns finds only them."""
    patterns = rule.patterns or rule.unless_sentence
    return replace(rule, patterns=patterns, unless=(), unless_sentence=())


def _pieces(text: str) -> list[tuple[int, int]]:
    """What is read at once: the whole draft, or of a longer one its paragraphs.

    So a change to one paragraph leaves the pieces of the others as they were.
    """
    if len(text) <= PIECE:
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.splitlines(keepends=True):
        found += [(start + first, start + last) for first, last in pieces_of(paragraph)]
        start += len(paragraph)
    return found


def _said(page: Page, line: Line) -> str:
    return page.text[line.start : line.end]


def _within(page: Page, start: int, end: int) -> list[Line]:
    """The sentences that begin in a piece and say enough to be judged."""
    return [
        each
        for each in page.lines
        if start <= each.start < end and len(each.text.split()) >= _SHORTEST
    ]
