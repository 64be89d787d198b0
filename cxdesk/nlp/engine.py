"""The language work, in the process that calls: analysis of messages, review of drafts, cards.

Importing this module imports spaCy; the window talks to it through `cxdesk.nlp.worker`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from cxdesk.model import (
    Analysis,
    BlameTarget,
    Confidence,
    Level,
    Problem,
    Review,
    ReviewRequest,
    RuleCard,
)
from cxdesk.nlp.blame import blamed
from cxdesk.nlp.company_words import CompanyWords
from cxdesk.nlp.language import language_of
from cxdesk.nlp.level import judge
from cxdesk.nlp.lexicon import Evidence, Lexicon
from cxdesk.nlp.marking import marked
from cxdesk.nlp.pipeline import blank_pipeline

if TYPE_CHECKING:
    from cxdesk.nlp.review import Reviewer

LONGEST = 200_000  # characters of one message that are read; nobody writes so much by hand
WORDS_KEPT = 1_000_000  # different words; then the pipeline is made anew


class Engine:
    """Analyses customers' messages and reviews agents' drafts. Not thread-safe.

    `words` are the company's harmless words; they may be changed at any time.
    """

    def __init__(self, words: CompanyWords | None = None) -> None:
        self.words = words or CompanyWords()
        self._load()

    @property
    def problems(self) -> list[Problem]:
        """What could not be read of the shipped rules."""
        return self._lexicon.problems

    def analyze(self, texts: Sequence[str]) -> list[Analysis]:
        """The verdict on each message, in order. Any text is fine; none raises."""
        self._forget()
        return [self._analyze(text) for text in texts]

    def review(self, request: ReviewRequest) -> Review:
        """What helps and hurts in a draft, and why Send is held."""
        return self._reviewer.review(request)

    def explain(self, rule_id: str) -> RuleCard | None:
        """A rule in words with its examples, of messages or of drafts; None when unknown."""
        return self._lexicon.card(rule_id) or self._reviewer.card(rule_id)

    @cached_property
    def _reviewer(self) -> Reviewer:
        from cxdesk.nlp.review import Reviewer

        return Reviewer(self._nlp)

    def _analyze(self, text: str) -> Analysis:
        language = language_of(text)
        if language != "en":
            return _silent(language)
        text = text[:LONGEST]
        neutral = self.words.neutral(text)
        reading = self._lexicon.read(neutral)
        if not reading.words:
            return _silent("en")
        target, evidence = blamed(self._lexicon.evidence(neutral, reading), reading)
        verdict = judge(evidence, reading)
        evidence = [marked(each, reading) for each in evidence]
        return Analysis(
            level=verdict.level,
            frustration=verdict.frustration,
            frustrated=verdict.frustrated,
            blame_target=target,
            flags=_flags(evidence),
            cues=self.words.whole((each.cue(text) for each in evidence), text),
            confidence=verdict.confidence,
        )

    def _load(self) -> None:
        self._nlp = blank_pipeline()
        self._lexicon = Lexicon(self._nlp)

    def _forget(self) -> None:
        """Make the pipeline anew: spaCy keeps every word it saw, so an import would fill memory."""
        if len(self._nlp.vocab.strings) > WORDS_KEPT:
            self.__dict__.pop("_reviewer", None)
            self._load()


def _flags(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """What the decision table asks for by name: flags of rules, in order of appearance."""
    found = (flag for each in evidence for flag in each.rule.extra.get("flags", ()))
    return tuple(dict.fromkeys(found))


def _silent(language: str) -> Analysis:
    confidence = Confidence.HIGH if language == "en" else Confidence.LOW
    return Analysis(Level.CALM, 0.0, False, BlameTarget.NONE, (), (), confidence, language)
