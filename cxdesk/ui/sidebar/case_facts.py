"""The case card as rows: what it is about, who writes, why it matters, in the customer's words."""

from __future__ import annotations

from collections.abc import Iterable

from cxdesk.model import Case, CasePart
from cxdesk.ui.sidebar.fact import LONGEST_QUESTION, Fact, shortened

_NAMED = ("order_ref", "case_ref", "item", "amount", "waiting_time")
"""What tells one case from another, in the order in which people look for it."""
_PREFIX = {"waiting_time": "waiting "}
_LONGEST_TITLE = 44


def case_facts(case: Case) -> tuple[Fact, ...]:
    """What, who and why; a part that the conversation does not say is left out."""
    return tuple(fact for fact in (_what(case), _who(case), _why(case)) if fact)


def case_title(case: Case) -> str:
    """The case on one line: "Case: AB-20931, 80 euros"."""
    named = _named(case)
    return shortened(f"Case: {named}" if named else "Case", _LONGEST_TITLE)


def _named(case: Case) -> str:
    """The number, the thing, the sum, the wait: "AB-20931, the lamp, waiting six days"."""
    found = [part for code in _NAMED for part in case.facts if part.code == code]
    return ", ".join(_PREFIX.get(part.code, "") + part.words for part in found)


def _what(case: Case) -> Fact | None:
    lines = [_quoted(case.issue)] if case.issue else []
    if named := _named(case):
        lines.append(named)
    parts = ([case.issue] if case.issue else []) + [*case.intents, *case.facts]
    return Fact("What", "\n".join(lines), origin=_origins(parts)) if lines else None


def _who(case: Case) -> Fact | None:
    words = ", ".join(part.words for part in case.who)
    return Fact("Who", words, origin=_origins(case.who)) if words else None


def _why(case: Case) -> Fact | None:
    words = "\n".join(map(_quoted, case.why))
    return Fact("Why", words, origin=_origins(case.why)) if words else None


def _quoted(part: CasePart) -> str:
    return f"“{shortened(' '.join(part.words.split()), LONGEST_QUESTION)}”"


def _origins(parts: Iterable[CasePart]) -> str:
    """Where each part comes from, a line each: "amount “80 euros”: from their message of …"."""
    found = (f"{part.code.replace('_', ' ')} “{part.words}”: {part.origin}" for part in parts)
    return "\n".join(dict.fromkeys(found))
