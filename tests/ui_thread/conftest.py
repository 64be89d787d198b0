"""Messages and conversations for the tests of the thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from cxdesk.model import (
    Analysis,
    BlameTarget,
    Confidence,
    Cue,
    Customer,
    Level,
    Message,
    Mood,
    Role,
    State,
    Thread,
    Trend,
)
from cxdesk.ui import theme

NOW = datetime(2026, 3, 13, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> None:
    """The light theme."""
    if not qapp.styleSheet():
        theme.apply("light")


@pytest.fixture(autouse=True)
def no_qt_warning(qtlog) -> Iterator[None]:
    """A test fails when Qt warned about what it did."""
    yield
    said = [record.message for record in qtlog.records if record.type_name != "QtDebugMsg"]
    assert not [each for each in said if "This plugin does not support" not in each]


@pytest.fixture
def now() -> datetime:
    """The moment at which all these tests play."""
    return NOW


def _cue(text: str, code: str, words: str) -> Cue:
    start = text.index(words)
    return Cue(code, start, start + len(words), words, 2.0, f"r-{code}", "Why it stands.")


@pytest.fixture
def verdict() -> Callable[..., Analysis]:
    """Builds a verdict on a text: its level, and (code, words) for each cue."""

    def build(text: str, level: Level, *found: tuple[str, str], **known: object) -> Analysis:
        cues = tuple(
            Cue(
                code,
                text.index(words),
                text.index(words) + len(words),
                words,
                2.0,
                f"r-{code}",
                "w",
            )
            for code, words in found
        )
        verdict = Analysis(
            level, 0.5, level >= Level.FRUSTRATED, BlameTarget.NONE, (), cues, Confidence.HIGH
        )
        return replace(verdict, **known)

    return build


@pytest.fixture
def a_message() -> Callable[..., Message]:
    """Builds a message; a later id is a later message."""

    def build(message_id: int, role: str, text: str = "Where is it?", **known: object) -> Message:
        author = {"customer": "Maria Lopez", "agent": "Priya", "note": "Priya"}[role]
        sent_at = NOW - timedelta(hours=600 - message_id)
        return replace(
            Message(message_id, 1, Role(role), author, text, sent_at),
            **known,
        )

    return build


@pytest.fixture
def a_thread() -> Callable[..., Thread]:
    """Builds a conversation of these messages."""

    def build(*messages: Message, **known: object) -> Thread:
        levels = tuple(each.level for each in messages if each.level is not None)
        thread = Thread(
            1,
            "Where is PX-48213?",
            "email",
            State.OPEN,
            Customer(1, "Maria Lopez"),
            messages,
            Mood(levels[-1] if levels else Level.CALM, Trend.STEADY, levels),
        )
        return replace(thread, **known)

    return build


@pytest.fixture
def turned(a_message, a_thread, verdict) -> Thread:
    """Maria's conversation: annoyed, answered, then angry with two marks, then written again."""
    angry = "This is the third time. Your driver lost it and now it is in my house?\n" * 3
    return a_thread(
        a_message(1, "customer", "Where is PX-48213?", analysis=verdict("", Level.ANNOYED)),
        a_message(2, "agent", "It is on the van."),
        a_message(
            3,
            "customer",
            angry,
            analysis=verdict(
                angry,
                Level.ANGRY,
                ("repetition", "third time"),
                ("blame_company", "Your driver lost it"),
            ),
            quoted="> It is on the van.\n> Priya",
        ),
        a_message(4, "customer", "Still no answer.", analysis=verdict("", Level.FRUSTRATED)),
        mood=Mood(
            Level.ANGRY,
            Trend.RISING,
            (Level.ANNOYED, Level.ANGRY, Level.FRUSTRATED),
            turned_at=2,
            turned_from=Level.ANNOYED,
        ),
    )
