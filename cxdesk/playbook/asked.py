"""Whether our question had its answer already: asking again is no first step (GUIDANCE 3)."""

from __future__ import annotations

import re

from cxdesk.model import Thread
from cxdesk.playbook.intents import asks
from cxdesk.playbook.turns import by_customer, text_of, turns

_WORD = re.compile(r"[a-z]{3,}|\d\w*")
_EMPTY = re.compile(
    r"(?:and|are|can|could|did|does|for|from|has|have|how|kindly|let|may|please|send|tell|that|the"
    r"|their|then|there|this|was|were|what|when|where|which|who|will|with|would|you|your|again|also"
    r"|give|happen|happened|know|need|able|get|got|like|want|wish|change|help|look)"
)
_REQUEST = re.compile(r"[^.!?\n]*\bplease (?:tell|send|give|provide|state)\b[^.!?\n]*\.", re.I)
_MOST_OF_IT = 0.6
"""Share of a question's words that the customer had used. By judgement, on our own examples."""


def asked_again(thread: Thread, place: int) -> bool:
    """True when the turn at `place` asks only for what the customer had told us before."""
    found = turns(thread)
    text = text_of(found[place])
    questions = [*asks(text), *_REQUEST.findall(text)]
    told = _words("\n".join(text_of(turn) for turn in found[:place] if by_customer(turn)))
    return bool(questions) and all(_is_answered(question, told) for question in questions)


def _is_answered(question: str, told: frozenset[str]) -> bool:
    wanted = _words(question)
    return len(wanted) > 1 and len(wanted & told) >= _MOST_OF_IT * len(wanted)


def _words(text: str) -> frozenset[str]:
    """The words that carry a text, each by its first letters: "photos" and "photo" are one."""
    return frozenset(word[:5] for word in _WORD.findall(text.lower()) if not _EMPTY.fullmatch(word))
