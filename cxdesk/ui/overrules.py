"""What the agent says of a conversation against the app: taken at once, with the way back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from cxdesk.desk import Desk
from cxdesk.model import Thread, Trend
from cxdesk.ui.marks import TREND_WORDS


class Overrules(QObject):
    """Sets one field of `Overruled` at a time; `changed` brings what must be shown anew, `told`
    what was done and how it is undone."""

    changed = Signal(object)
    told = Signal(str, object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def set(self, thread: Thread, name: str, value: Any) -> None:
        """Let the agent's word hold for one thing; None leaves it to the app again."""
        self._tell_and_set(thread, name, value, _words(name, value))

    def call_safe(self, thread: Thread) -> None:
        """Say that nobody is in danger by anything that is written so far."""
        last = max(each.id for each in thread.messages)
        words = "No danger here. New words of danger show the procedure again."
        self._tell_and_set(thread, "safe_until", last, words)

    def call_unsafe(self, thread: Thread) -> None:
        """Take that back."""
        self._tell_and_set(thread, "safe_until", None, "The procedure is shown again.")

    def _tell_and_set(self, thread: Thread, name: str, value: Any, words: str) -> None:
        before = getattr(thread.overruled, name)
        self._set(thread.id, name, value)
        self.told.emit(words, partial(self._set, thread.id, name, before))

    def _set(self, conversation: int, name: str, value: Any) -> None:
        said = replace(self._desk.overruled(conversation), **{name: value})
        self.changed.emit(self._desk.overrule(conversation, said))


def _words(name: str, value: object) -> str:
    """What was set, as a notice says it: "Failures: 3, set by you."."""
    if value is None:
        return f"{name.capitalize()}: as counted again."
    if isinstance(value, bool):
        words = "yes" if value else "no"
    else:
        words = TREND_WORDS[value] if isinstance(value, Trend) else str(value)
    return f"{name.capitalize()}: {words}, set by you."
