"""The composer at rest: one field that opens it, and Done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cxdesk.ui.composer.buttons import FieldButton, KeyedButton

HEIGHT = 56


class ClosedBar(QWidget):
    """56 pixels: "Reply to Sam  R" and "Done  E"."""

    opened = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.field = FieldButton("R")
        self._done = KeyedButton("Done", "E", role="tall", icon="check")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.field, 1)
        self._row.addWidget(self._done)
        self.field.clicked.connect(self.opened)
        self._done.clicked.connect(self.done)

    def set_side(self, side: int) -> None:
        """The padding left and right, in pixels."""
        self._row.setContentsMargins(side, 0, side, 0)

    def set_words(self, words: str, *, solved: bool) -> None:
        """What the field opens ("Reply to Sam"), and whether Done would open the case again."""
        self.field.setText(words)
        self.field.setAccessibleName(words)
        self._done.set_name("Open again" if solved else "Done")

    def set_keys(self, reply: str, done: str) -> None:
        self.field.key = reply
        self.field.update()
        self._done.set_key(done)
