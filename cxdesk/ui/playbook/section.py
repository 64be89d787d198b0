"""What every section of a play is made of: its name at the left, its content at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.labels import label

LABEL, GAP, SIDE, TOP = 96, 16, 24, 12
WIDTH = 720
"""Pixels of label and content together; beyond that a line is too long to read."""
_SIGN = 14
_LINE = 22


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, its sign in a colour of the theme, and what the sign means."""

    icon: str
    token: str
    words: str
    meaning: str


class Section(QFrame):
    """Hidden, with the line below it, while there is nothing to say."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{name}, {hint}")
        self.content = QVBoxLayout()
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(8)
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, TOP, SIDE, TOP)
        row.setSpacing(GAP)
        row.addWidget(_name(name, hint), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_within(self.content), 1)
        row.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(line())


def _name(name: str, hint: str) -> QWidget:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(name, "heading"))
    column.addWidget(label(hint, "meta muted", wraps=True))
    made = QWidget()
    made.setLayout(column)
    made.setFixedWidth(LABEL)
    return made


def _within(content: QVBoxLayout) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(content)
    column.addStretch(1)
    made.setMaximumWidth(WIDTH - LABEL - GAP)
    return made


def line() -> QFrame:
    """The line between two sections."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, at once out of sight."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


class SignedLine(QWidget):
    """A sentence behind a sign that says of what kind it is."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = label("", "body", wraps=True)
        sign = QWidget()
        sign.setFixedSize(_SIGN, _LINE)
        self._icon = IconLabel("check", _SIGN, parent=sign)
        self._icon.move(0, (_LINE - _SIGN) // 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._sentence, 1)

    def show_line(self, line: Line) -> None:
        self._icon.show_icon(line.icon, line.token)
        self._sentence.setText(line.words)
        self._sentence.setAccessibleName(f"{line.meaning}: {line.words}")


class SignedLines(QWidget):
    """As many of them as there are lines; those there already are used again."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[SignedLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; nothing at all takes no room."""
        while len(self._rows) < len(lines):
            self._rows.append(SignedLine())
            self._column.addWidget(self._rows[-1])
        for row, line in zip(self._rows, lines, strict=False):
            row.show_line(line)
            row.show()
        for row in self._rows[len(lines) :]:
            row.hide()
        self.setVisible(bool(lines))
