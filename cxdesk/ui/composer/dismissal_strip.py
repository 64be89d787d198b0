"""The ways to overrule a finding: four scopes to put it aside, and the trainer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from cxdesk.ui import theme
from cxdesk.ui.composer.choice_row import SIDE

HEIGHT = 32
_LINK_SIDES = 8  # padding and border of the style sheet's links
SCOPES = (
    ("once", "once", "O"),
    ("this sentence", "sentence", "S"),
    ("this conversation", "conversation", "C"),
    ("for me", "me", "M"),
)
"""What is said, the scope as it is kept, and the key while the fixes are open."""
_MEANS = {
    "once": "in this draft",
    "sentence": "wherever you write this sentence",
    "conversation": "in this whole conversation",
    "me": "in everything you write",
}
_SHORT = {"sentence": "sentence", "conversation": "here"}


class DismissalStrip(QWidget):
    """One line of links at the foot of the fixes."""

    dismissed = Signal(str)
    trainer_told = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._links: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SIDE, 0, SIDE - 4, 0)
        self._row.setSpacing(2)
        self._label = QLabel("Dismiss")
        self._label.setProperty("role", "meta muted")
        self._row.addWidget(self._label)
        for words, scope, key in SCOPES:
            self._links[scope] = link(words, f"Dismiss {words}", self._teller(scope))
            self._links[scope].setToolTip(f"Keep quiet about it {_MEANS[scope]} ({key})")
            self._row.addWidget(self._links[scope])
        self._row.addStretch(1)
        self._ask = link(
            "Ask trainer", "Ask the trainer about this finding", self.trainer_told.emit
        )
        self._ask.setToolTip("Keep it for the trainer to look at (T or Ctrl+Shift+.)")
        self._row.addWidget(self._ask)

    def _teller(self, scope: str) -> Callable[[], None]:
        return lambda: self.dismissed.emit(scope)

    def fit(self, width: int) -> None:
        """Say less where there is little room."""
        self._label.show()
        for words, scope, _key in SCOPES:
            say(self._links[scope], words)
        for scope, words in _SHORT.items():
            if self._needed() > width:
                say(self._links[scope], words)
        self._label.setVisible(self._needed() <= width)

    def _needed(self) -> int:
        self._row.invalidate()
        return self._row.sizeHint().width()

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on the letter of a scope, or T; False for any other key."""
        pressed = event.text().upper()
        for _words, scope, key in SCOPES:
            if pressed == key:
                self.dismissed.emit(scope)
                return True
        if pressed == "T":
            self.trainer_told.emit()
        return pressed == "T"


def link(words: str, name: str, act: Callable[[], None]) -> QPushButton:
    """A button that looks like a link of 12 pixels."""
    button = QPushButton()
    button.setProperty("role", "link meta")
    say(button, words)
    button.setAccessibleName(name)
    button.clicked.connect(lambda: act())
    return button


def say(button: QPushButton, words: str) -> None:
    """Give a link its words and the width they need; Qt's style makes no button as narrow."""
    button.setText(words)
    button.setFixedWidth(QFontMetrics(theme.font("meta")).horizontalAdvance(words) + _LINK_SIDES)
