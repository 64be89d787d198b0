"""What can be done with a promise, wherever it is shown, and what the agent is told then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cxdesk.desk import Desk
from cxdesk.model import Changes, FoundPromise, Message, Promise, PromiseState
from cxdesk.ui.choices import ChoicePopup
from cxdesk.ui.controller import DeskController
from cxdesk.ui.promises import when, words

_TOLD = {
    PromiseState.KEPT: "Promise kept",
    PromiseState.BROKEN: "Promise broken",
    PromiseState.OPEN: "Promise open again",
}


class PromiseDeeds(QObject):
    """Each deed is done at once and can be taken back; `told` says so, with the way back or None.

    `moved` names a promise whose time the agent has just set: they need no reminder of it now.
    """

    told = Signal(str, object)
    moved = Signal(object)

    def __init__(self, controller: DeskController, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._window = window

    @property
    def desk(self) -> Desk:
        return self._controller.desk

    def keep(self, message: Message, found: FoundPromise) -> None:
        """Take over a promise of a sent reply."""
        promise = self.desk.keep_promise(message, found)
        self.moved.emit(promise)
        self._show(Changes(frozenset({promise.conversation_id})))
        due = words.moment(promise.due) if promise.due else "open, no time"
        self.told.emit(f"Promise to {words.first_name(promise)} kept in mind: {due}.", None)

    def settle(self, promise: Promise, state: PromiseState) -> None:
        """Say what became of a promise; OPEN takes that back."""
        self._show(self.desk.settle_promise(promise.id, state))
        undo = partial(self._settle_back, promise)
        self.told.emit(f"{_TOLD[state]}: {words.quoted(promise)}", undo)

    def _settle_back(self, promise: Promise) -> None:
        self._show(self.desk.settle_promise(promise.id, promise.state))

    def move(self, promise: Promise, due: datetime | None) -> None:
        """Give a promise another time, or none."""
        self._set_due(promise, due)
        new = f"due {words.moment(due)}" if due else "open, no time"
        undo = partial(self._set_due, promise, promise.due)
        self.told.emit(f"Promise to {words.first_name(promise)}: {new}.", undo)

    def _set_due(self, promise: Promise, due: datetime | None) -> None:
        changes = self.desk.move_promise(promise.id, due)
        self.moved.emit(self.desk.store.promise(promise.id))
        self._show(changes)

    def ask_time(
        self, title: str, take: Callable[[datetime | None], object], over: QWidget | None = None
    ) -> None:
        """Let the agent choose or write a time; Esc leaves everything as it is."""
        now = self.desk.now().astimezone()
        popup = ChoicePopup(
            title,
            when.offered(now, self.desk.settings.hours),
            parent=self._window,
            free_text=when.EXAMPLE,
            preview=self._meaning,
        )
        popup.chosen.connect(take)
        popup.typed.connect(lambda text: take(self._read(text)))
        popup.open_over(over or self._window)

    def _read(self, text: str) -> datetime | None:
        return when.read(text, self.desk.now().astimezone(), self.desk.found_promises)

    def _meaning(self, text: str) -> str:
        due = self._read(text)
        return words.moment(due) if due else ""

    def _show(self, changes: Changes) -> None:
        self._controller.changed.emit(changes)
