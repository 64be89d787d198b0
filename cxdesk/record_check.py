"""What is wrong with a record of the command line, said before anything is done with it.

Fields nobody reads may hold anything; `null` is as good as absent wherever a field may be absent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cxdesk.channels.records import parse_time
from cxdesk.model import Fault, Phase, Role, Trend

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a field holds when it is right, and that in words."""

    fits: Callable[[Any], bool]
    words: str


def of_analyze(record: Json) -> str:
    """What keeps a record from being analysed, or ""."""
    return next(_faults(record, "", {"text": _TEXT}, needed={"text"}), "")


def of_review(record: Json) -> str:
    """What keeps a draft from being reviewed, or ""."""
    return next(_of_review(record), "")


def of_suggest(record: Json) -> str:
    """What keeps a conversation from being advised on, or ""."""
    return next(_of_suggest(record), "")


def of_promises(record: Json) -> str:
    """What keeps a reply's promises from being found, or ""."""
    return next(_faults(record, "", {"text": _TEXT, "now": _TIME}, needed={"text", "now"}), "")


def _of_review(record: Json) -> Iterator[str]:
    yield from _faults(record, "", {"text": _TEXT, "context": _OBJECT}, needed={"text"})
    if record.get("conversation"):
        yield from _of_conversation(record["conversation"])
    yield from _faults(record.get("context") or {}, "context.", _CONTEXT)


def _of_suggest(record: Json) -> Iterator[str]:
    yield from _faults(
        record, "", {"conversation": _OBJECT, "state": _OBJECT}, needed={"conversation"}
    )
    yield from _of_conversation(record["conversation"])
    state = record.get("state") or {}
    yield from _faults(state, "state.", _STATE)
    known = state.get("known") or {}
    yield from _faults(known, "state.known.", dict.fromkeys(known, _VALUE))


def _of_conversation(conversation: Any) -> Iterator[str]:
    if not isinstance(conversation, Mapping):
        yield "conversation is not an object"
        return
    yield from _faults(conversation, "conversation.", _CONVERSATION, needed={"messages"})
    customer = conversation.get("customer")
    if isinstance(customer, Mapping):
        yield from _faults(customer, "conversation.customer.", {"name": _TEXT})
    for number, message in enumerate(conversation["messages"]):
        where = f"conversation.messages[{number}]"
        if not isinstance(message, Mapping):
            yield f"{where} is not an object"
            return
        yield from _faults(message, f"{where}.", _MESSAGE, needed={"text", "role"})


def _faults(
    holder: Json, where: str, kinds: Mapping[str, _Kind], needed: Set[str] = frozenset()
) -> Iterator[str]:
    for name, kind in kinds.items():
        value = holder.get(name)
        if value is None:
            if name in needed:
                yield f"{where}{name} is missing"
        elif not kind.fits(value):
            yield f"{where}{name} is not {kind.words}"


# ------------------------------------------------------------------ kinds of values


def _one_of(words: type[StrEnum]) -> _Kind:
    known = [each.value for each in words]
    return _Kind(lambda value: value in known, f"one of {', '.join(known)}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_whole(value: Any) -> bool:
    return _is_number(value) and value == int(value)


_TEXT = _Kind(lambda value: isinstance(value, str), "a string")
_VALUE = _Kind(lambda value: isinstance(value, str) or _is_number(value), "a string or a number")
_TEXTS = _Kind(
    lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    "a list of strings",
)
_TRUTH = _Kind(lambda value: isinstance(value, bool), "true or false")
_TIME = _Kind(lambda value: parse_time(value) is not None, "an ISO time")
_OBJECT = _Kind(lambda value: isinstance(value, Mapping), "an object")
_LIST = _Kind(lambda value: isinstance(value, list), "a list")
_LEVEL = _Kind(lambda value: _is_whole(value) and 0 <= value <= 4, "a whole number from 0 to 4")
_COUNT = _Kind(lambda value: _is_whole(value) and value >= 0, "a whole number from 0 on")
_AMOUNT = _Kind(lambda value: _is_number(value) and value >= 0, "a number from 0 on")
_PERSON = _Kind(lambda value: isinstance(value, str | Mapping), "an object or a name")

_CONTEXT = {
    "fault": _one_of(Fault),
    "level": _LEVEL,
    "phase": _one_of(Phase),
    "channel": _TEXT,
    "solved": _TRUTH,
    "legal_threat": _TRUTH,
    "limit": _AMOUNT,
    "prior_apologies": _COUNT,
    "customer": _TEXT,
    "customer_name": _TEXT,
    "earlier_messages": _TEXTS,
    "earlier_replies": _TEXTS,
}
_STATE = {
    "fault": _one_of(Fault),
    "failures": _COUNT,
    "apologies": _COUNT,
    "trend": _one_of(Trend),
    "solved": _TRUTH,
    "safe": _TRUTH,
    "now": _TIME,
    "known": _OBJECT,
}
_CONVERSATION = {"messages": _LIST, "customer": _PERSON, "channel": _TEXT, "subject": _TEXT}
_MESSAGE = {"text": _TEXT, "role": _one_of(Role)}
