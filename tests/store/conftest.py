"""Fixtures and builders of the store: a fixed time, a store on a real file, messages to put in."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cxdesk.model import (
    Analysis,
    BlameTarget,
    Confidence,
    Cue,
    Incoming,
    Level,
    Role,
)
from cxdesk.store import Store

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@pytest.fixture
def now() -> datetime:
    """The time it is in every test of the store."""
    return NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store's file is."""
    return tmp_path / "desk.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store on a real file."""
    with Store.open(path, clock=lambda: NOW) as store:
        yield store


Builder = Callable[..., Incoming]


@pytest.fixture
def a_message() -> Builder:
    """Builds a message of Maria's to our desk; `ago` is in minutes, `thread` ties messages."""
    return build_message


@pytest.fixture
def an_analysis() -> Callable[..., Analysis]:
    """Builds a verdict with one cue on the first word."""
    return build_analysis


def build_message(
    text: str = "Where is my parcel?",
    *,
    thread: str = "",
    ago: float | None = 60,
    role: Role | None = Role.CUSTOMER,
    name: str = "Maria Lopez",
    address: str = "maria@example.org",
    **other: Any,
) -> Incoming:
    own_id = other.pop("id", None) or f"<{next(_numbers)}@mail.example>"
    values: dict[str, Any] = {
        "source": "mail",
        "external_id": own_id,
        "thread_keys": (own_id, *([thread] if thread else [])),
        "role": role,
        "author_name": name,
        "author_address": address,
        "recipients": ("help@shop.example",),
        "text": text,
        "sent_at": None if ago is None else NOW - timedelta(minutes=ago),
        "channel": "email",
        "subject": "My parcel",
    }
    return Incoming(**values | other)


def build_analysis(level: Level = Level.ANGRY, **other: Any) -> Analysis:
    cue = Cue("repetition", 0, 5, "Where", 2.0, "repetition.nth-time", "They had to come back.")
    values: dict[str, Any] = {
        "level": level,
        "frustration": 0.8,
        "frustrated": level >= Level.FRUSTRATED,
        "blame_target": BlameTarget.COMPANY,
        "flags": ("churn",),
        "cues": (cue,),
        "confidence": Confidence.HIGH,
    }
    return Analysis(**values | other)


@pytest.fixture
def add(store: Store) -> Callable[..., int]:
    """Stores a message built from the same arguments; gives its conversation's id."""

    def add_one(*args: Any, **values: Any) -> int:
        (conversation_id,) = store.add([build_message(*args, **values)]).conversations
        return conversation_id

    return add_one
