"""How well review sees that an agent's draft blames the customer.

A draft is judged by itself, without its conversation; `scripts/evaluate_review.py` judges all codes
of review, with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from labelled import Labelled

from cxdesk.model import Finding, Review
from evaluation import figures
from evaluation.figures import Row, measured

CODE = "blame_customer"
Both = tuple[Labelled, Review]


def by_review(both: Sequence[Both]) -> Row:
    """The figures of one source; of drafts that all are fine, the share that was flagged."""
    answers = [(bool(one.blames), bool(blaming(it))) for one, it in both]
    if not any(wanted for wanted, _ in answers):
        return {"false alarms": measured(figures.share, [(found,) for _, found in answers])}
    words = [
        figures.characters(one.spans, ((each.start, each.end) for each in blaming(it)))
        for one, it in both
        if one.blames and one.spans
    ]
    return {
        "F1": measured(figures.f1, answers),
        "precision": measured(figures.precision, answers),
        "recall": measured(figures.recall, answers),
        "words": measured(figures.overlap, words),
    }


def blaming(review: Review) -> list[Finding]:
    """What review found to blame the customer."""
    return [each for each in review.findings if each.code == CODE]


def errors(both: Sequence[Both], count: int) -> list[str]:
    """Drafts that were flagged wrongly or passed wrongly, with the words."""
    wrong = [(one, it) for one, it in both if bool(one.blames) != bool(blaming(it))]
    return [_error(one, it) for one, it in wrong[:count]]


def _error(one: Labelled, it: Review) -> str:
    words = [one.text[start:end] for start, end in one.spans or ()]
    return "\n".join(
        (
            f"{one.id}: {figures.one_line(one.text)}",
            f"  labelled  {'blames' if one.blames else 'does not blame'} {words}",
            *(f"    {each.rule}: {each.text}" for each in blaming(it)),
        )
    )
