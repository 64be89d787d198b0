"""What stands behind a small button: the quoted part of a mail, its signature. Never dropped."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cxdesk.ui import icons, theme
from cxdesk.ui.thread import words
from cxdesk.ui.thread.cue_text import CueText


class Disclosure(QWidget):
    """A 24-pixel button "Quoted: 14 lines"; the text is laid out when it is first asked for."""

    def __init__(self, what: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self._shown: CueText | None = None
        self.button = QPushButton(f"{what}: {words.lines(len(text.splitlines()))}")
        self.button.setProperty("role", "small meta muted")
        self.button.setCheckable(True)
        self.button.setIconSize(QSize(12, 12))
        self.button.toggled.connect(self._toggle)
        theme.signals().changed.connect(self._retheme)
        self._retheme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _retheme(self) -> None:
        name = "chevron-down" if self.button.isChecked() else "chevron-right"
        self.button.setIcon(icons.icon(name, color=theme.tokens().muted, size=12))

    def _toggle(self, on: bool) -> None:
        self._retheme()
        if self._shown is None:
            self._shown = CueText(self._text, "body", 20, muted=True, parent=self)
            self._shown.setAccessibleName(self.button.text())
            column = self.layout()
            assert column is not None
            column.addWidget(self._shown)
        self._shown.setVisible(on)
