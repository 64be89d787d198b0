"""The language work, in the process that calls: analysis of messages, review of drafts, cards.

Importing this module imports spaCy; the window talks to it through `cxdesk.nlp.worker`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cxdesk import paths
from cxdesk.model import (
    Analysis,
    BlameTarget,
    Confidence,
    Level,
    Problem,
    Review,
    ReviewRequest,
    RuleCard,
    Tier,
)
from cxdesk.nlp.company_words import CompanyWords
from cxdesk.nlp.estimate import Estimate
from cxdesk.nlp.hearing import Heard, Hearing
from cxdesk.nlp.language import language_of
from cxdesk.nlp.pipeline import blank_pipeline
from cxdesk.nlp.review.reader import DraftReader
from cxdesk.nlp.tiers import Tiers
from cxdesk.nlp.verdict import MODEL, judged

if TYPE_CHECKING:
    from cxdesk.nlp.review import Reviewer

LONGEST = 200_000  # characters of one message that are read; nobody writes so much by hand
BY_MODEL = "The trained model points at these words, no rule does (resources/model/README.md)"
TROUBLED = 0.3  # from which chance of trouble the fast tier asks the rules about threats
WORDS_KEPT = 1_000_000  # different words; then the pipeline is made anew


class Engine:
    """Analyses customers' messages and reviews agents' drafts. Not thread-safe.

    `words` are the company's harmless words; they may be changed at any time. `model` is a folder
    that `scripts/train.py` made; by default the one that ships, loaded when it is first needed.
    """

    def __init__(self, words: CompanyWords | None = None, model: Path | None = None) -> None:
        self.words = words or CompanyWords()
        self._tiers = Tiers(model or paths.resources() / "model")
        self._reader = DraftReader(paths.resources() / "reader")
        self._load()

    @property
    def problems(self) -> list[Problem]:
        """What could not be read of the shipped rules."""
        return self._hearing.problems

    def analyze(self, texts: Sequence[str], tier: Tier = Tier.DEEP) -> list[Analysis]:
        """The verdict on each message, in order. Any text is fine; none raises."""
        self._forget()
        neutral = [self.words.neutral(text[:LONGEST]) for text in texts]
        found = [_silent(language_of(text)) for text in neutral]
        read = [at for at, text in enumerate(neutral) if found[at].language == "en" and _says(text)]
        estimates = self._tiers.estimate([neutral[at] for at in read], tier)
        weights = self._tiers.weights(tier)
        for at, estimate in zip(read, estimates, strict=True):
            heard = self._heard(neutral[at], estimate, tier)
            verdict = judged(neutral[at], heard, estimate, weights, self._hearing.why)
            if self.words.phrases:
                verdict = replace(verdict, cues=self.words.whole(verdict.cues, texts[at]))
            found[at] = verdict
        return found

    def review(self, request: ReviewRequest, *, quick: bool = False) -> Review:
        """What helps and hurts in a draft, and why Send is held; quickly by the rules alone."""
        return self._reviewer.review(request, quick=quick)

    def explain(self, rule_id: str) -> RuleCard | None:
        """A rule in words with its examples, of messages or of drafts; None when unknown."""
        if rule_id.startswith(MODEL):
            about = self._hearing.about(rule_id.removeprefix(MODEL))
            if about is None:
                return self._reviewer.card(rule_id)
            return replace(about, rule=rule_id, source=BY_MODEL)
        return self._hearing.card(rule_id) or self._reviewer.card(rule_id)

    @cached_property
    def _reviewer(self) -> Reviewer:
        from cxdesk.nlp.review import Reviewer

        return Reviewer(self._nlp, reader=self._reader)

    def _heard(self, text: str, estimate: Estimate, tier: Tier) -> Heard:
        """The rules' word; on the fast tier only on threats and insults, where there is trouble.

        Of danger they speak on every message: a model may find a quiet one calm.
        """
        if tier is Tier.DEEP:
            return self._hearing.hear(text)
        if max(estimate.frustrated, estimate.blames_us) < TROUBLED:
            return self._hearing.hear_danger(text)
        return self._hearing.hear_alarms(text)

    def _load(self) -> None:
        self._nlp = blank_pipeline()
        self._hearing = Hearing(self._nlp)

    def _forget(self) -> None:
        """Make the pipeline anew: spaCy keeps every word it saw, so an import would fill memory."""
        if len(self._nlp.vocab.strings) > WORDS_KEPT:
            self.__dict__.pop("_reviewer", None)
            self._load()


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _silent(language: str) -> Analysis:
    confidence = Confidence.HIGH if language == "en" else Confidence.LOW
    return Analysis(Level.CALM, 0.0, False, BlameTarget.NONE, (), (), confidence, language)
