"""The search field above the list: results while typing, Escape goes back."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cxdesk.ui import icons, theme

PAUSE = 80
"""Milliseconds after the last key before a search is asked for."""


class SearchField(QLineEdit):
    """Asks for a search once typing pauses; an empty text asks at once, to show the list again."""

    asked = Signal(str)
    left = Signal()
    """Escape: the text is cleared and the list wanted back."""
    entered = Signal()
    """Down or Enter: on into the results."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._last = ""
        self._key = "/"
        self.setPlaceholderText("Search all messages")
        self.setAccessibleName("Search all messages")
        self.setToolTip(
            "Words, “phrases”, from:maria, level:angry, signal:blame, state:open, before:2026-11-01"
        )
        leading = QLineEdit.ActionPosition.LeadingPosition
        self._lens = self.addAction(icons.icon("search", size=16), leading)
        self._clear = self.addAction(
            icons.icon("x", size=16), QLineEdit.ActionPosition.TrailingPosition
        )
        self._clear.setToolTip("Clear the search (Esc)")
        self._clear.setVisible(False)
        self._clear.triggered.connect(self._leave)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(self._wait)
        theme.signals().changed.connect(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        self._lens.setIcon(icons.icon("search", color=theme.tokens().muted, size=16))

    def _wait(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.setInterval(PAUSE if text.strip() else 0)
        self._pause.start()

    def _ask(self) -> None:
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.asked.emit(text)

    def set_key(self, key: str) -> None:
        """Show this key in the empty field."""
        self._key = key
        self.update()

    def show_query(self, text: str) -> None:
        """Show the search that is on, without asking for it."""
        self._last = text.strip()
        if self.text().strip() != self._last:
            self.setText(text)
        self._pause.stop()

    def _leave(self) -> None:
        self.clear()
        self._pause.stop()
        self._ask()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self._ask()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        painter = QPainter(self)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.tokens().muted)
        right = QRect(self.width() - 32, 0, 24, self.height())
        painter.drawText(
            right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._key
        )
