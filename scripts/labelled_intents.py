"""The labelled messages that intents are learned from and measured with.

Two thirds of `intents_dev.jsonl` may be written and trained against, by a hash of the id; the last
third is only ever counted. Our own messages lie in `resources/training/intents.jsonl`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labelled import OURS, lines

MEASURED = "intents_dev.jsonl"


@dataclass(frozen=True, slots=True)
class Message:
    """A message with what it is about, and its slot values as they stand in it."""

    id: str
    text: str
    intents: frozenset[str]
    slots: Mapping[str, str] = field(default_factory=dict)


def is_kept_apart(message: str) -> bool:
    """Whether a message of intents_dev is for measuring only."""
    return int(hashlib.sha256(message.encode()).hexdigest()[:8], 16) % 3 == 0


def measured(folder: Path, *, apart: bool) -> list[Message]:
    """The third of intents_dev that is kept apart, or the other two."""
    found = _messages(lines(folder / MEASURED))
    return [each for each in found if is_kept_apart(each.id) == apart]


def ours() -> list[Message]:
    """The messages that were written for training."""
    return _messages(lines(OURS / "intents.jsonl"))


def _messages(records: Iterable[Mapping[str, Any]]) -> list[Message]:
    return [
        Message(each["id"], each["text"], frozenset(each["intents"]), each.get("slots", {}))
        for each in records
    ]
