"""What the composer's tests share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from cxdesk.model import (
    Customer,
    Draft,
    Finding,
    Level,
    Mood,
    OpenSlot,
    Severity,
    State,
    Suggestion,
    Thread,
    Trend,
)
from cxdesk.ui import theme
from cxdesk.ui.composer.editor import DraftEditor

TEXT = "Hi Maria, nobody came on Wednesday. You should have told us about the gate."


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    """Every widget is seen in the light theme."""
    if qapp.style().name() != "fusion" or theme.tokens().name != "light":
        theme.apply("light")


@pytest.fixture
def editor(qtbot) -> DraftEditor:
    """An empty editor that is shown and has the focus."""
    editor = DraftEditor()
    editor.resize(400, 200)
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.show_draft("", (), 0)
    editor.setFocus()
    return editor


@pytest.fixture
def ownership() -> Suggestion:
    """A play with two open fields: "depot" and "11:00"."""
    text = "I'll call the depot now and write to you by 11:00."
    return Suggestion(
        "own-i-have-it",
        "ownership",
        "ownership",
        "Take it over",
        text,
        ("“Nobody came”",),
        (
            OpenSlot("partner", "depot", text.index("depot"), text.index("depot") + 5),
            OpenSlot("time_by", "11:00", text.index("11:00"), text.index("11:00") + 5),
        ),
    )


@pytest.fixture
def blame() -> Finding:
    """The finding "You should have" of `TEXT`, with three fixes of its sentence."""
    start = TEXT.index("You should have")
    return Finding(
        "blame_customer",
        start,
        start + len("You should have"),
        "You should have",
        "It's my fault, then.",
        ("The side gate wasn't on the driver's sheet.", "We didn't ask about a gate.", ""),
        "blame_customer.should-have",
        Severity.BLAME,
        "Blames the customer",
        "The order form has no field for it. Make the form the doer.",
        replace_start=start,
        replace_end=len(TEXT),
    )


@pytest.fixture
def thread() -> Thread:
    """An angry e-mail conversation with Maria Lopez, without a draft."""
    return a_thread()


def a_thread(number: int = 1, name: str = "Maria Lopez", draft: Draft | None = None) -> Thread:
    return Thread(
        id=number,
        subject="PX-48213",
        channel="email",
        state=State.OPEN,
        customer=Customer(number, name, since=datetime(2021, 3, 4, tzinfo=UTC)),
        messages=(),
        mood=Mood(Level.ANGRY, Trend.RISING),
        draft=draft,
    )
