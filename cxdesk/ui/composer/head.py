"""The composer's 36-pixel head: what is written, reply or note, and when it was last kept."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cxdesk.model import Role
from cxdesk.ui import marks
from cxdesk.ui.composer.buttons import HeadTab

HEIGHT = 36


class Head(QWidget):
    """Two tabs, "Reply to Maria" and "Note", and "Draft kept 09:12"."""

    chosen = Signal(Role)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.tabs = {Role.AGENT: HeadTab("Reply"), Role.NOTE: HeadTab("Note")}
        self._kept = QLabel()
        self._kept.setProperty("role", "meta muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(16)
        for role, tab in self.tabs.items():
            self._row.addWidget(tab)
            tab.clicked.connect(lambda _checked=False, role=role: self.chosen.emit(role))
        self._row.addStretch(1)
        self._row.addWidget(self._kept)

    def set_side(self, side: int) -> None:
        """The padding left and right, in pixels."""
        self._row.setContentsMargins(side, 0, side, 0)

    def show_kind(self, kind: Role, name: str) -> None:
        """Mark the chosen tab; `name` is the customer's first name."""
        reply = self.tabs[Role.AGENT]
        reply.setText(f"Reply to {name}" if name else "Reply")
        reply.updateGeometry()
        self.tabs[kind].setChecked(True)

    def show_kept(self, at: datetime | None) -> None:
        """Say when the draft was last kept; nothing for a draft that never was."""
        self._kept.setText(f"Draft kept {at.astimezone():%H:%M}" if at else "")
        self._kept.setToolTip(marks.full_time(at) if at else "")
