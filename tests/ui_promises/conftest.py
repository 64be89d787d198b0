"""A desk at noon on a Friday with promises in it, and what joins it to Qt without processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from cxdesk.desk import Desk, Sent
from cxdesk.model import Draft, FoundPromise, Incoming, Promise, Review, Role
from cxdesk.paths import Profile
from cxdesk.ui import theme
from cxdesk.ui.promises.deeds import PromiseDeeds

NOON = datetime(2026, 11, 20, 12, 0).astimezone()  # a Friday, in this computer's zone
HOUR = timedelta(hours=1)
NAMES = ("Maria Lopez", "Aiko Tanaka", "Devon Clarke")


class Clock:
    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time.astimezone(UTC)


class Controller(QObject):
    """The desk and the two signals of the real one."""

    changed = Signal(object)
    ticked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk


@dataclass
class Hand:
    """Makes promises as an agent does: by sending a reply and agreeing to what was found in it."""

    desk: Desk
    clock: Clock

    def send(self, text: str, conversation: int = 1) -> Sent:
        return self.desk.send(
            self.desk.store.thread(conversation), Draft(conversation, text), Review()
        )

    def promise(
        self, text: str, due: datetime | None, conversation: int = 1, ago: timedelta = 48 * HOUR
    ) -> Promise:
        """A promise kept in mind, said so long ago."""
        now, self.clock.time = self.clock.time, self.clock.time - ago
        reply = f"Thank you for writing. {text}. Sorry for the delay."
        sent = self.send(reply, conversation)
        self.clock.time = now
        start = reply.index(text)
        found = FoundPromise(start, start + len(text), text, text, due)
        return self.desk.keep_promise(sent.message, found)


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> None:
    """The application in the light theme."""
    if theme.tokens().name != "light" or not qapp.styleSheet():
        theme.apply("light")


@pytest.fixture
def clock() -> Clock:
    """Stands at noon on a Friday until a test moves it."""
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A desk with three conversations, each waiting for an hour."""
    opened = Desk.open(Profile(tmp_path / "profile"), clock)
    opened.take_in([_mail(number, name) for number, name in enumerate(NAMES, start=1)])
    yield opened
    opened.close()


@pytest.fixture
def hand(desk: Desk, clock: Clock) -> Hand:
    """Sends replies and keeps promises."""
    return Hand(desk, clock)


@pytest.fixture
def controller(desk: Desk) -> Controller:
    """The desk with its signals."""
    return Controller(desk)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """An empty window for what floats over one."""
    made = QMainWindow()
    made.resize(1280, 800)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def told() -> list[tuple[str, Callable[[], object] | None]]:
    """What the agent was told, each with its way back."""
    return []


@pytest.fixture
def deeds(
    controller: Controller,
    window: QMainWindow,
    told: list[tuple[str, Callable[[], object] | None]],
) -> PromiseDeeds:
    """The deeds on promises, their words kept in `told`."""
    made = PromiseDeeds(controller, window)  # type: ignore[arg-type]
    made.told.connect(lambda words, undo: told.append((words, undo)))
    return made


def _mail(number: int, name: str) -> Incoming:
    own = f"<{number}@example.com>"
    return Incoming(
        source="mail",
        external_id=own,
        thread_keys=(own,),
        role=Role.CUSTOMER,
        author_name=name,
        author_address=f"{number}@example.com",
        recipients=("help@shop.example",),
        text="Where is my lamp?",
        sent_at=NOON - 72 * HOUR,
        channel="email",
        subject=f"Order {number}",
    )
