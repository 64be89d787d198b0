"""The thread pane: header and messages. It shows and asks; it never talks to Desk itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Outcome, Role, RuleCard, Thread
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.labels import as_written
from cxdesk.ui.softening import NAMES
from cxdesk.ui.thread.column import MessageColumn
from cxdesk.ui.thread.header import ElidedLabel, ThreadHeader
from cxdesk.ui.thread.plan import last_customer_message, turn_index
from cxdesk.ui.thread.rule_card import RuleCardPopup

REMINDER = 28


class ThreadPane(QFrame):
    """The middle pane, above the composer. Shows one conversation, or says how to open one."""

    command = Signal(str)
    correct_requested = Signal(int)
    """The level of this message is to be corrected."""
    harmless_requested = Signal(str)
    """These words of a customer are harmless in this trade."""
    rule_asked = Signal(str, QPoint)
    """The rule behind a mark is wanted, to be shown at this point of the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thread: Thread | None = None
        self._own_name = ""
        self._is_soft = False
        self._build()

    def _build(self) -> None:
        self.setProperty("role", "window")
        self.setAccessibleName("Conversation")
        self._header = ThreadHeader()
        self._header.command.connect(self.command)
        self._messages = MessageColumn()
        self._messages.why_asked.connect(self.why)
        self._messages.harmless_asked.connect(self.harmless_requested)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._build_reminder())
        column.addWidget(self._messages, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_nothing())
        self._pages.addWidget(shown)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.set_keymap(Keymap())

    def _build_reminder(self) -> QWidget:
        """One line between header and messages: why the conversation is here again."""
        self._why_back = ElidedLabel("meta")
        self._reminder = QFrame()
        self._reminder.setFixedHeight(REMINDER)
        self._reminder.setProperty("role", "info")
        row = QHBoxLayout(self._reminder)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel("flag", 14, "text"))
        row.addWidget(self._why_back, 1)
        self._reminder.hide()
        return self._reminder

    def _build_nothing(self) -> QWidget:
        self._nothing = QLabel()
        self._nothing.setProperty("role", "body muted")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(24, 24, 24, 24)
        return self._nothing

    # -------------------------------------------------------------- showing

    def set_keymap(self, keymap: Keymap) -> None:
        """Name these keys in hints and tooltips."""
        self._header.set_keymap(keymap)
        keys = [keymap.text(each) for each in ("next_conversation", "previous_conversation")]
        named = f" {keys[0]} and {keys[1]} go through the list." if all(keys) else ""
        self._nothing.setText(f"Choose a conversation.{named} Enter comes here.")

    def set_own_name(self, name: str) -> None:
        """The agent's name: replies under it are headed "You"."""
        self._own_name = name

    def show_thread(self, thread: Thread, now: datetime) -> None:
        """Open a conversation at the message that changed the mood."""
        self._thread = thread
        self._header.show_thread(thread, now)
        self._pages.setCurrentIndex(1)
        self._messages.show_thread(thread, now, self._own_name)

    def update_thread(self, thread: Thread, now: datetime) -> None:
        """Bring the open conversation up to date, keeping what is folded and where the eye is."""
        if self._thread is None or self._thread.id != thread.id:
            self.show_thread(thread, now)
            return
        self._thread = thread
        self._header.show_thread(thread, now)
        self._messages.update_thread(thread, now, self._own_name)

    def show_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Tell what our replies did, as it was measured."""
        self._messages.show_outcomes(outcomes)

    def show_set_aside(self, messages: frozenset[int]) -> None:
        """Say at these messages that the language engine could not read them."""
        self._messages.show_set_aside(messages)

    def show_why_back(self, words: str) -> None:
        """Say why the conversation is in the list again, or will be; "" for no reason."""
        self._why_back.setText(words)
        self._why_back.setToolTip(as_written(words))
        self._reminder.setAccessibleName(words)
        self._reminder.setVisible(bool(words))

    def show_safety(self, on: bool) -> None:
        """Say at the customer's name that somebody may come to harm."""
        self._header.show_safety(on)

    def set_soft(self, on: bool) -> None:
        """Soft view: hide the customers' insults and swear words; facts stay."""
        self._is_soft = on
        self._header.show_soft(on)
        self._messages.set_soft(on)

    def show_end(self) -> None:
        """Bring the newest message into view: the answer that was waited for."""
        self._messages.to_end()

    def clear(self) -> None:
        """Show no conversation."""
        self._thread = None
        self._messages.clear()
        self._pages.setCurrentIndex(0)

    def thread_id(self) -> int | None:
        """The conversation shown, None when there is none."""
        return self._thread.id if self._thread else None

    # -------------------------------------------------------------- commands

    def turn_message_id(self) -> int | None:
        """The message that changed the mood, None when none did."""
        turn = turn_index(self._thread) if self._thread else None
        return self._thread.messages[turn].id if self._thread and turn is not None else None

    def jump_to_turn(self) -> None:
        """Go to the message that changed the mood (without one, to the customer's latest)."""
        self._messages.to_turn()
        target = self.turn_message_id() or self._latest()
        if target is not None:
            self._messages.focus_message(target)

    def next_message(self) -> None:
        """Put the keyboard on the next message."""
        self._messages.step(1)

    def previous_message(self) -> None:
        """Put the keyboard on the message before."""
        self._messages.step(-1)

    def take_focus(self) -> None:
        """Put the keyboard into the pane: on the message it was opened at."""
        self._messages.step(0)

    def correct(self) -> None:
        """Ask to correct the level of the message that `message_to_correct` names."""
        if (target := self.message_to_correct()) is not None:
            self.correct_requested.emit(target)

    def message_to_correct(self) -> int | None:
        """The customer's message that has the keyboard, else their latest."""
        focused = self._messages.focused()
        if focused is not None and focused.message.role is Role.CUSTOMER:
            return focused.message.id
        return self._latest()

    def why(self) -> bool:
        """Ask for the rule behind the mark that is pointed at; False when nothing is marked."""
        text = self._messages.text_at() or self._messages.first_marked()
        if text is None:
            return False
        mark = text.current_mark() or text.marks[0]
        self.rule_asked.emit(mark.cue.rule, text.below(mark))
        return True

    def points_at_mark(self) -> bool:
        """True while the keyboard or the mouse is at a mark."""
        return self._messages.text_at() is not None

    def words_meant(self) -> str:
        """The words selected in a customer's message, else those of a mark; "" for none."""
        return self._messages.words_meant()

    def show_rule(self, card: RuleCard, at: QPoint) -> RuleCardPopup:
        """Show a rule's card at a point of the screen; it closes with Escape.

        In soft view a rule of insults shows none of its examples either.
        """
        if self._is_soft and card.code in NAMES:
            card = replace(card, flag=(), leave=())
        popup = RuleCardPopup(card, self)
        popup.open_at(at)
        return popup

    def _latest(self) -> int | None:
        message = last_customer_message(self._thread) if self._thread else None
        return message.id if message else None
