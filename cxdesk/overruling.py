"""What an agent has put aside: taken out of a review, and no longer counted by its score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cxdesk.model import Fault, Finding, Moment, Review, Severity
from cxdesk.nlp.review.coverage import coverage
from cxdesk.nlp.review.score import CAPS, RESPECT, Case, score
from cxdesk.said import apologies_too_many
from cxdesk.store import BlameChoice, Dismissal

QUIET = frozenset({"missing_next_step", "ignored_question"})
"""What a tick and a line under the draft say already: an underline as well would nag."""
UNANSWERED = "ignored_question.no-word"
"""What a person puts aside who does not want to see what is not answered yet: the name of the rule
that would underline it, which is wrong too often to be on for everybody."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A draft scores `most` points at most because of this finding, however good the rest is."""

    most: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review as the agent sees it. `counted` is without what they have put aside, its score and
    ticks likewise; `unanswered` are the customer's questions the draft has no word for."""

    counted: Review
    put_aside: tuple[Finding, ...] = ()
    cap: Cap | None = None
    unanswered: tuple[str, ...] = ()

    @property
    def marked(self) -> Review:
        """What is underlined in the draft."""
        kept = tuple(each for each in self.counted.findings if each.code not in QUIET)
        return replace(self.counted, findings=kept)


def sentence_of(finding: Finding, text: str) -> str:
    """What a fix of this finding would replace, on one line: what "this sentence" means."""
    return " ".join(text[finding.replace_start : finding.replace_end].split())


def reviewed(
    review: Review, dismissals: Sequence[Dismissal], text: str, moment: Moment
) -> Reviewed:
    """The review without the findings that these dismissals of the conversation put aside."""
    rules = {each.rule for each in dismissals if each.scope in ("me", "conversation")}
    sentences = {
        (each.rule, " ".join(each.sentence.split()))
        for each in dismissals
        if each.scope in ("once", "sentence")
    }
    aside = tuple(
        each
        for each in review.findings
        if each.rule in rules or (each.rule, sentence_of(each, text)) in sentences
    )
    counted = _counted_anew(review, aside, moment) if aside else review
    return Reviewed(counted, aside, _cap(counted))


def blame_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those for which Send wants a second press."""
    return tuple(each for each in findings if each.severity is Severity.BLAME)


def hurting(review: Review) -> tuple[str, ...]:
    """The words of a draft that take points for respect, the gravest first."""
    found = [each for each in review.findings if each.code in RESPECT and _counts(each)]
    found.sort(key=lambda each: -RESPECT[each.code])
    return tuple(each.text for each in found)


def choices(held: Iterable[tuple[str, str]], sent: Reviewed) -> tuple[BlameChoice, ...]:
    """What was done about blame in a reply. `held` are the rules and words that held it once;
    `sent` is its last review."""
    still = [(each.rule, each.text) for each in blame_in(sent.counted.findings)]
    aside = [(each.rule, each.text) for each in blame_in(sent.put_aside)]
    mended = [each for each in held if each not in still and each not in aside]
    made = {"sent": still, "put aside": aside, "mended": mended}
    return tuple(
        BlameChoice(rule, words, choice)
        for choice, found in made.items()
        for rule, words in dict.fromkeys(found)
    )


def _counted_anew(review: Review, aside: Collection[Finding], moment: Moment) -> Review:
    kept = tuple(each for each in review.findings if each not in aside)
    bad = [each.code for each in kept if _counts(each)]
    words = _words(review)
    due = moment.fault is Fault.COMPANY and not apologies_too_many(moment)
    result = score(bad, words, Case(moment.phase, moment.level, due), words)
    return replace(
        review,
        findings=kept,
        coverage=coverage(words, bad),
        score=result.total,
        parts=result.parts,
        advice=result.advice,
    )


def _counts(finding: Finding) -> bool:
    """A guess of the model alone, blame drawn as advice, takes no points."""
    return finding.code != "blame_customer" or finding.severity is Severity.BLAME


def _words(review: Review) -> Mapping[str, tuple[str, ...]]:
    words: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for each in review.good:
        words[each.code] += (each.text,)
    return words


def _cap(review: Review) -> Cap | None:
    """The lowest cap, where it takes points away."""
    capping = [each for each in review.findings if each.code in CAPS and _counts(each)]
    lowest = min(capping, key=lambda each: CAPS[each.code], default=None)
    if lowest is None or review.score < CAPS[lowest.code]:
        return None
    earned = sum(part.points for part in review.parts)
    return Cap(review.score, lowest) if earned > review.score + 0.5 else None
