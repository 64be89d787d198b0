"""The line under the tabs: in which order the rows stand, and what arrived out of sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.inbox.row_words import CARE_FORMULA
from cxdesk.ui.labels import label

HEIGHT = 32
_BY_CARE = ("Care order: waiting × level", CARE_FORMULA)
_NEWEST = ("Newest first", "By the last message, newest first.")
_ORDERS = {
    "needs_care": _BY_CARE,
    "waiting": _BY_CARE,
    "snoozed": ("Next to wake first", "By the time at which a conversation comes back."),
}


class OrderLine(QWidget):
    """Says the order of the rows, its formula in the tooltip, and "3 new" above the first one."""

    to_top = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", "meta muted")
        self._fresh = QPushButton()
        self._unseen = 0
        self._build()

    def _build(self) -> None:
        self._fresh.setProperty("role", "link meta")
        self._fresh.setToolTip("Above the first row on the screen: go to the top")
        self._fresh.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fresh.clicked.connect(self.to_top)
        self._fresh.hide()
        line = QFrame()
        line.setProperty("role", "line")
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(IconLabel("sort", 14))
        row.addWidget(self._words, 1)
        row.addWidget(self._fresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(line)
        self.setFixedHeight(HEIGHT)

    def show_order(self, split_id: str) -> None:
        """Say in which order this split stands; a search (no id) is newest first."""
        words, formula = _ORDERS.get(split_id, _NEWEST)
        self._words.setText(words)
        self.setToolTip(formula)
        self.setAccessibleDescription(formula)
        self.set_unseen(0)

    def set_unseen(self, count: int) -> None:
        """Say how many rows came in above the first one on the screen."""
        self._unseen = count
        self._fresh.setText(f"{count} new")
        self._fresh.setVisible(count > 0)

    @property
    def unseen(self) -> int:
        """How many rows came in above, as shown."""
        return self._unseen
