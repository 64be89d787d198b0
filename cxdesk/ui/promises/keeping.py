"""Promises across the whole window: proposed after Send, reminded of, counted on the rail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cxdesk.desk import Sent
from cxdesk.model import Changes, Draft
from cxdesk.ui.actions import Actions
from cxdesk.ui.controller import DeskController
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.promises.deeds import PromiseDeeds
from cxdesk.ui.promises.proposals import Proposals
from cxdesk.ui.promises.reminders import Reminders
from cxdesk.ui.promises.toast import ProposalToast, ReminderToast

_NO_PROPOSAL = "no promise waits for your word"


class PromiseKeeping(QObject):
    """Owns the notes about promises, and what is done with them; asked things by the window."""

    def __init__(self, controller: DeskController, window: QWidget, table: Actions) -> None:
        super().__init__(window)
        self._table = table
        self._last_sent: Sent | None = None
        self.deeds = PromiseDeeds(controller, window)
        self.proposal_toast = ProposalToast(window)
        self.reminder_toast = ReminderToast(window)
        self.proposals = Proposals(self.deeds, self.proposal_toast)
        self.reminders = Reminders(self.deeds, self.reminder_toast)
        self._bind()
        controller.changed.connect(self._changed)
        controller.ticked.connect(self.reminders.check)

    def _bind(self) -> None:
        bind = self._table.bind
        bind("keep_promise", self.proposals.keep)
        bind("promise_when", self.proposals.ask_time)
        bind("not_a_promise", self.proposals.drop)
        self.proposals.changed.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        waits = self.proposals.current is not None
        for action in ("keep_promise", "promise_when", "not_a_promise"):
            self._table.enable(action, waits, _NO_PROPOSAL)

    def _changed(self, changes: Changes) -> None:
        if changes.everything or changes.conversations:
            self.reminders.check()

    # ------------------------------------------------------------ what happened

    def sent(self, sent: Sent, customer: str) -> None:
        """A reply is on its way: propose what it promises."""
        self._last_sent = sent
        self.proposals.offer(sent, customer)

    def taken_back(self, _draft: Draft) -> None:
        """The last reply did not go out; what was kept of it the store has let go."""
        if self._last_sent is not None:
            self.proposals.take_back(self._last_sent.message)

    def take_focus(self) -> bool:
        """Go to the note that waits, if there is one."""
        for toast in (self.proposal_toast, self.reminder_toast):
            if toast.isVisible():
                toast.take_focus()
                return True
        return False

    def set_keymap(self, keymap: Keymap) -> None:
        """Show these keys on the notes."""
        toast = self.proposal_toast
        toast.keep.set_key(keymap.text("keep_promise"))
        toast.time.set_key(keymap.text("promise_when"))
        toast.drop.set_key(keymap.text("not_a_promise"))

    def set_room(self, room: Callable[[], int]) -> None:
        """How many pixels the notes may take beside the thread."""
        for toast in (self.proposal_toast, self.reminder_toast):
            toast.room = room
