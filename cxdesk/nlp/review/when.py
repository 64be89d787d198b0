"""When a rule counts: what the conversation must be like, and where in the draft it may stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cxdesk.model import Fault, Phase, ReviewRequest
from cxdesk.nlp.review.page import Line, Page

_OPEN = (Phase.OPENING, Phase.PROBLEM_SOLVING)


@dataclass(frozen=True, slots=True)
class When:
    """The `when:` of a rule. Without any field a rule counts everywhere.

    Of the conversation: `fault`, `phase`, `min_level`, `open` (problem unsolved), `open_or_level`
    (unsolved, or at least this level), `customer_without` (words that mean they asked for it).
    Of the place: `sentence: first`, `capitals` (an abbreviation), `not_said` (not the customer's
    own word), `named` (somebody is named in the sentence), `unrepaired` (no other sentence says
    what is done).
    """

    fault: frozenset[Fault] = frozenset()
    phase: frozenset[Phase] = frozenset()
    min_level: int = 0
    open: bool = False
    open_or_level: int | None = None
    customer_without: tuple[str, ...] = ()
    first: bool = False
    capitals: bool = False
    not_said: bool = False
    named: bool = False
    unrepaired: bool = False

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> When:
        return cls(
            fault=frozenset(Fault(each) for each in data.get("fault", ())),
            phase=frozenset(Phase(each) for each in data.get("phase", ())),
            min_level=int(data.get("min_level", 0)),
            open=bool(data.get("open")),
            open_or_level=data.get("open_or_level"),
            customer_without=tuple(str(each) for each in data.get("customer_without", ())),
            first=data.get("sentence") == "first",
            capitals=bool(data.get("capitals")),
            not_said=bool(data.get("not_said")),
            named=bool(data.get("named")),
            unrepaired=bool(data.get("unrepaired")),
        )

    def holds(self, request: ReviewRequest) -> bool:
        """Whether drafts of this conversation are judged at all."""
        if self.fault and request.fault not in self.fault:
            return False
        if self.phase and request.phase not in self.phase:
            return False
        return (
            request.level >= self.min_level and self._unsolved(request) and self._unasked(request)
        )

    def fits(self, page: Page, line: Line, start: int, end: int) -> bool:
        """Whether a match may count at its place in the draft."""
        text = page.text[start:end]
        if self.first and line.number != page.first:
            return False
        if self.capitals and not text.isupper():
            return False
        if self.not_said and text.lower() in page.customer.lower():
            return False
        return not self.named or page.names_somebody(line)

    def _unsolved(self, request: ReviewRequest) -> bool:
        if not self.open and self.open_or_level is None:
            return True
        if not request.customer_text:
            return False
        hot = self.open_or_level is not None and request.level >= self.open_or_level
        return hot or is_open(request)

    def _unasked(self, request: ReviewRequest) -> bool:
        said = request.customer_text.lower()
        return not any(re.search(rf"\b{re.escape(each)}", said) for each in self.customer_without)


def is_open(request: ReviewRequest) -> bool:
    """Whether the customer's problem is still open."""
    return not request.solved and request.phase in _OPEN
