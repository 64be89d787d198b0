"""What the sidebar has no room for at first sight, behind one button."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cxdesk.ui import icons, theme
from cxdesk.ui.sidebar.fact import Fact
from cxdesk.ui.sidebar.facts import FactRows

MORE, LESS = "More", "Less"


class More(QWidget):
    """A 24-pixel button; below it, once it is open, facts and a choice. It stays as it was left."""

    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = MORE
        self.button = QPushButton()
        self.button.setProperty("role", "small meta muted")
        self.button.setCheckable(True)
        self.button.setIconSize(QSize(12, 12))
        self.button.toggled.connect(self._show)
        self.rows = FactRows()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.rows)
        theme.signals().changed.connect(self._retheme)
        self._show(False)

    @property
    def is_open(self) -> bool:
        return self.button.isChecked()

    def take(self, choice: QWidget) -> None:
        """Have this choice stand below the button."""
        self._column.insertWidget(1, choice)

    def show_facts(self, facts: Iterable[Fact], title: str = MORE) -> None:
        """What there is to show; nothing is shown of it before the button is pressed."""
        self.rows.show_facts(facts)
        self.rows.setVisible(self.is_open)
        self._title = title
        self._name()

    def _name(self) -> None:
        """A title keeps its words while it is open; "More" would be a lie."""
        self.button.setText(LESS if self.is_open and self._title == MORE else self._title)
        state = "shown" if self.is_open else "folded"
        self.button.setAccessibleName(f"{self._title} of what is going on, {state}")

    def _show(self, on: bool) -> None:
        self._name()
        self.rows.setVisible(on)
        self._retheme()
        self.toggled.emit()

    def _retheme(self) -> None:
        name = "chevron-down" if self.is_open else "chevron-right"
        self.button.setIcon(icons.icon(name, color=theme.tokens().muted, size=12))
