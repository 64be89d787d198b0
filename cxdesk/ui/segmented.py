"""One of a few, all in sight: the segmented choice of the settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from cxdesk.ui import theme

PADDING = 13  # the style sheet's, with the border


class Segmented(QWidget):
    """A row of joined buttons of which one is chosen. `chosen` brings its value."""

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[object, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for number, (value, words) in enumerate(options):
            button = self._button(name, value, words)
            ends = {0: " leading", len(options) - 1: " trailing"}
            button.setProperty("role", "segment" + ends.get(number, ""))
            layout.addWidget(button)
        layout.addStretch(1)

    def _button(self, name: str, value: object, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setCheckable(True)
        strong = QFontMetrics(theme.font("body", strong=True)).horizontalAdvance(words)
        button.setMinimumWidth(strong + 2 * PADDING)  # the chosen one is strong, and nothing moves
        button.setAccessibleName(f"{name}: {words}")
        button.clicked.connect(lambda: self.chosen.emit(value))
        self._group.addButton(button)
        self._buttons[value] = button
        return button

    def choose(self, value: object) -> None:
        """Mark a value as chosen, without telling anybody; an unknown one marks none."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)
