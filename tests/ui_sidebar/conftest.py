"""What the sidebar's tests share: Maria, angry for the third time, and guidance for her."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cxdesk.model import (
    Analysis,
    BlameTarget,
    Cue,
    Customer,
    Fault,
    Filled,
    Guidance,
    HeldBack,
    Level,
    Message,
    Moment,
    Mood,
    OpenSlot,
    PastContact,
    Phase,
    Role,
    State,
    Suggestion,
    Thread,
    Trend,
)
from cxdesk.ui import theme
from cxdesk.ui.sidebar import SidebarPane

NOW = datetime(2026, 3, 12, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    """Every widget is seen in the light theme."""
    if theme.tokens().name != "light" or not qapp.styleSheet():
        theme.apply("light")


def a_cue(code: str, text: str, weight: float = 2) -> Cue:
    return Cue(code, 0, len(text), text, weight, f"{code}.rule", "why")


CUES = (
    a_cue("repetition", "third time"),
    a_cue("broken_promise", "You promised Wednesday", 3),
    a_cue("ignored", "nobody called"),
    a_cue("affect", "fed up", 1),
    a_cue("blame_agent", "Your driver lost it", 3),
)


@pytest.fixture
def thread() -> Thread:
    """An angry customer's thread with one earlier conversation."""
    analysis = Analysis(Level.ANGRY, 0.9, True, BlameTarget.AGENT, (), CUES)
    return Thread(
        id=1,
        subject="PX-48213",
        channel="email",
        state=State.OPEN,
        customer=Customer(1, "Maria Lopez", since=datetime(2021, 3, 4, tzinfo=UTC)),
        messages=(Message(1, 1, Role.CUSTOMER, "Maria", "text", NOW, analysis=analysis),),
        mood=Mood(Level.ANGRY, Trend.RISING),
        contact_number=3,
        history=(PastContact(7, NOW, "email", "Where is it?", Level.ANNOYED, State.SOLVED),),
    )


@pytest.fixture
def moment() -> Moment:
    """The moment of that thread: fault and phase proposed, one question, one promise."""
    return Moment(
        Phase.PROBLEM_SOLVING,
        Level.ANGRY,
        Trend.RISING,
        Fault.COMPANY,
        "email",
        cues=CUES,
        asks=("Where is my parcel?",),
        known={"promise": Filled("promise", "delivery on Wednesday", "their words, Thu 18:05")},
    )


@pytest.fixture
def guidance() -> Guidance:
    """An apology and an ownership play; the extra mile is held back."""
    text = "I'll call the depot now."
    slot = OpenSlot("partner", "depot", text.index("depot"), text.index("depot") + 5)
    because = ("“third time”: repeated contact", "second failure of ours (D8)")
    return Guidance(
        "D8",
        (
            Suggestion("a", "apology", "apology", "Own it", "I'm sorry.", because),
            Suggestion("o", "ownership", "ownership", "Take it over", text, because, (slot,)),
        ),
        (HeldBack("extra_mile", "no next step yet", "it is done"),),
    )


@pytest.fixture
def pane(qtbot: QtBot) -> SidebarPane:
    """A sidebar of 340 by 800, shown and empty."""
    window = QWidget()
    window.resize(340, 800)
    qtbot.addWidget(window)
    pane = SidebarPane(window)
    pane.resize(340, 800)
    with qtbot.waitExposed(window):
        window.show()
    pane.test_window = window  # keeps the window as long as the pane
    return pane
