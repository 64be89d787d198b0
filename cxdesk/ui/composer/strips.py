"""What stands between the agent and Send, said in a strip above the draft: never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cxdesk.model import Message
from cxdesk.ui import icons, marks, theme
from cxdesk.ui.composer.buttons import KeyedButton
from cxdesk.ui.overlay import announce

MOST_WORDS = 280
"""Characters of the customer's new message shown; the thread has all of it."""


class NoticeStrip(QFrame):
    """One sentence about why Send waits, with one way to go on."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warning")
        self._icon = QLabel()
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton()
        self._button.setProperty("role", "link")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 6, 24, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._button)
        self._button.clicked.connect(self.acted)
        self.hide()

    def set_side(self, side: int) -> None:
        """The padding left and right, in pixels."""
        self._row.setContentsMargins(side, 6, side, 6)

    def say(self, words: str, button: str, *, error: bool) -> None:
        """Show `words`; an error holds Send, a warning asks once more."""
        theme.set_role(self, "error" if error else "warning")
        level = theme.tokens().levels[3 if error else 1]
        name = "pause" if error else "warning"
        self._icon.setPixmap(icons.pixmap(name, 16, level, self.devicePixelRatioF()))
        self._words.setText(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(words)
        self.show()
        announce(self, words)

    def words(self) -> str:
        """What is said; empty when nothing is."""
        return "" if self.isHidden() else self._words.text()


class HoldStrip(QFrame):
    """The customer wrote meanwhile: their words, and the choice to read on or send anyway."""

    reviewed = Signal()
    sent_anyway = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "info")
        self._heading = QLabel()
        self._heading.setProperty("role", "strong")
        self._words = QLabel(wordWrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.review_button = KeyedButton("Review my reply", "Enter")
        self.send_button = KeyedButton("Send anyway", "Ctrl+Enter")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 10, 24, 10)
        self._column.setSpacing(6)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._words)
        self._column.addLayout(self._buttons())
        self.hide()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.review_button)
        row.addWidget(self.send_button)
        row.addStretch(1)
        self.review_button.clicked.connect(self.reviewed)
        self.send_button.clicked.connect(self.sent_anyway)
        return row

    def set_side(self, side: int) -> None:
        """The padding left and right, in pixels."""
        self._column.setContentsMargins(side, 10, side, 10)

    def show_message(self, message: Message, name: str) -> None:
        """Show their new words and take the focus, so that Enter reviews."""
        said = " ".join(message.text.split())
        words = said if len(said) <= MOST_WORDS else said[: MOST_WORDS - 1].rstrip() + "…"
        self._heading.setText(f"{name} wrote meanwhile, at {message.sent_at.astimezone():%H:%M}")
        self._heading.setToolTip(marks.full_time(message.sent_at))
        self._words.setText(f"“{words}”")
        self.setAccessibleName(f"{self._heading.text()}: {words}")
        self.show()
        self.review_button.setFocus()
        announce(self, self.accessibleName())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control or self.send_button.hasFocus():
                self.sent_anyway.emit()
            else:
                self.reviewed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.reviewed.emit()
        else:
            super().keyPressEvent(event)
