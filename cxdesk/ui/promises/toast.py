"""The notes about promises: one is proposed after Send, one is due. Neither takes the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from cxdesk.ui import icons
from cxdesk.ui.composer.buttons import KeyedButton
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.labels import label
from cxdesk.ui.toasts import Toast

_NARROW = 280
"""Below this width buttons leave out their keys, which their tooltips keep."""


class PromiseToast(Toast):
    """A heading with a sign, what is asked or told, the promised words, and rows of buttons."""

    def __init__(
        self, window: QWidget, name: str, icon: str, rows: Sequence[Sequence[KeyedButton]]
    ) -> None:
        super().__init__(window, name)
        self._buttons = [button for row in rows for button in row]
        self._sign = IconLabel(icon, 16, "accent")
        self._title = label("", "strong", wraps=True)
        self._count = label("", "meta muted")
        self._asked = label("", "body", wraps=True)
        self._said = label("", "body", wraps=True)
        self._remark = label("", "meta muted", wraps=True)
        self._build(rows)

    def _build(self, rows: Sequence[Sequence[KeyedButton]]) -> None:
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        for widget, stretch in ((self._sign, 0), (self._title, 1), (self._count, 0)):
            self.top.addWidget(widget, stretch)
        below = QVBoxLayout()
        below.setContentsMargins(24, 0, 4, 0)
        below.setSpacing(4)
        for each in (self._asked, self._said, self._remark):
            below.addWidget(each)
        below.addSpacing(4)
        for row in rows:
            below.addLayout(self._row(row))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 12)
        column.setSpacing(4)
        column.addLayout(self.top)
        column.addLayout(below)

    @staticmethod
    def _row(buttons: Sequence[KeyedButton]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def say(self, title: str, asked: str, said: str, *, remark: str = "", count: str = "") -> None:
        """Show these words; what was there before is forgotten."""
        for part, text in (
            (self._title, title),
            (self._count, count),
            (self._asked, asked),
            (self._said, said),
            (self._remark, remark),
        ):
            part.setText(text)
            part.setVisible(bool(text))
        keys = ", ".join(f"{b.accessibleName()} {b.key}".strip() for b in self._buttons)
        self.setAccessibleDescription(" ".join((title, asked, said, remark)))
        self.appear(f"{title}. {asked} {said} {keys}")

    def words(self) -> str:
        """What is said, empty when nothing is."""
        parts = (self._title, self._asked, self._said, self._remark)
        return "" if self.isHidden() else " ".join(each.text() for each in parts if each.text())

    def take_focus(self) -> None:
        """The keyboard's way to the buttons."""
        if self.isVisible():
            self.focus_on(next(each for each in self._buttons if not each.isHidden()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button in self._buttons:
            button.show_key(event.size().width() >= _NARROW)


class ProposalToast(PromiseToast):
    """A promise was found in the reply that was just sent: keep it, or not."""

    order = 2

    def __init__(self, window: QWidget) -> None:
        self.keep = KeyedButton("Keep", "P", role="primary")
        self.time = KeyedButton("Change time", "W")
        self.drop = KeyedButton("Not a promise", "D")
        rows = ((self.keep, self.time), (self.drop,))
        super().__init__(window, "Promise found", "flag", rows)


class ReminderToast(PromiseToast):
    """A promise is due, or several are: stays until it is acted on or closed."""

    order = 3
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        self.open = KeyedButton("Open", "", role="primary")
        self.kept = KeyedButton("Kept", "")
        super().__init__(window, "Promise due", "clock", ((self.open, self.kept),))
        close = QToolButton()
        close.setIcon(icons.icon("x"))
        close.setProperty("role", "iconbutton")
        close.setAccessibleName("Close this reminder")
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.closed)
        self.top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
