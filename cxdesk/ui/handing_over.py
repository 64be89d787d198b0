"""Giving the open conversation to the lead: asks why, writes it down, and can be undone."""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from cxdesk.desk import View
from cxdesk.model import HANDED_OVER, Changes, Message, Role, State, Thread
from cxdesk.ui import waits
from cxdesk.ui.choices import Choice, ChoicePopup

if TYPE_CHECKING:
    from cxdesk.ui.main_window import MainWindow

_EXAMPLE = "why, in your own words"
_REASONS = (
    "they want to speak to somebody who decides",
    "more than I may grant",
    "insulted again after the boundary was set",
    "legal steps are threatened",
)
_DANGER = "somebody may be in danger"


class HandingOver:
    """The command, its question and its way back."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._desk = window.controller.desk

    def ask(self, words: str = "") -> None:
        """Hand over with these words as the reason; without any, ask for one."""
        view = self._window.page.view
        if view is None:
            return
        if words.strip():
            self._hand_over(words)
            return
        title = "Hand over to the lead: why?"
        popup = ChoicePopup(title, reasons(view), parent=self._window, free_text=_EXAMPLE)
        popup.chosen.connect(self._hand_over)
        popup.typed.connect(self._hand_over)
        popup.open_over(self._window.page.thread_pane)

    def _hand_over(self, reason: str) -> None:
        view = self._window.page.view
        if view is None:
            return
        self._window.page.sending.finish()  # two ways back at once would cross
        tomorrow = waits.tomorrow(self._desk.now().astimezone())
        note = self._desk.hand_over(view.thread.id, reason, tomorrow)
        self._show(Changes(frozenset({view.thread.id})))
        words = f"Handed over to the lead. Back {tomorrow:%a %H:%M}, or when the customer writes."
        self._window.notice.tell(words, button="Undo", action=partial(self._undo, note))

    def _undo(self, note: Message) -> None:
        self._show(self._desk.undo_hand_over(note))

    def _show(self, changes: Changes) -> None:
        self._window.controller.changed.emit(changes)


def is_with_lead(thread: Thread) -> bool:
    """True while a conversation sleeps because the lead has it."""
    notes = takewhile(lambda message: message.role is Role.NOTE, reversed(thread.messages))
    asleep = thread.state is State.SNOOZED
    return asleep and any(note.text.startswith(HANDED_OVER) for note in notes)


def reasons(view: View) -> list[Choice]:
    """Why a case goes to the lead; where somebody may come to harm, that first."""
    danger = (_DANGER,) if view.guidance.procedure else ()
    words = enumerate((*danger, *_REASONS), start=1)
    return [Choice(str(number), each, each) for number, each in words]
