"""What stays in sight of a false alarm: that the agent said so, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.labels import label

CALLED_SAFE = "No danger, set by you"


class SafetyLine(QWidget):
    """A shield, the agent's word, and a button that takes it back."""

    taken_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton("Take back")
        self.button.setProperty("role", "link meta")
        self.button.setAccessibleName("No danger, set by you. Take it back")
        self.button.setToolTip("Show the company’s procedure again")
        self.button.clicked.connect(self.taken_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 6)
        row.setSpacing(6)
        row.addWidget(IconLabel("shield", 14), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label(CALLED_SAFE, "meta muted", wraps=True), 1)
        row.addWidget(self.button)
