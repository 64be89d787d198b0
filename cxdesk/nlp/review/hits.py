"""What passes between the parts of a review: a rule's place, and what is known by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.model import GoodWord, Severity
from cxdesk.nlp.review.sorry import Sorry


@dataclass(frozen=True, slots=True)
class Hit:
    """A place a rule was found at.

    `said` is a quotation for the explanation; `severity` where it is not always that of the rule.
    """

    rule: str
    start: int
    end: int
    said: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What other parts found in the draft.

    `spoiled` are the sentences that a rule speaks against: a question that doubts is no step
    forward. `against` are the codes of what patterns found.
    """

    sorries: Sequence[Sorry] = ()
    good: Sequence[GoodWord] = ()
    spoiled: frozenset[int] = frozenset()
    against: frozenset[str] = frozenset()

    def shows(self, *codes: str) -> bool:
        return any(each.code in codes for each in self.good)
