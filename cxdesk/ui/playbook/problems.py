"""What of the playbook could not be read, so that a person can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from cxdesk.model import Problem
from cxdesk.ui.labels import label
from cxdesk.ui.playbook.play_view import Page
from cxdesk.ui.playbook.section import SIDE, TOP, WIDTH, clear, line

_PLACE = 56
_READ_AGAIN = "All other plays work. The files are read again at the next start."


class ProblemsView(Page):
    """File by file, with line, field and what is wrong there."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What could not be read")

    def show_problems(self, title: str, problems: Sequence[Problem]) -> None:
        self.title.setText(title)
        self.lead.setText(_READ_AGAIN)
        clear(self.parts)
        ordered = sorted(problems, key=lambda each: (each.file, each.line is None, each.line or 0))
        for file, found in groupby(ordered, key=lambda each: each.file):
            self.parts.addWidget(_file(file, list(found)))
        self.parts.addStretch(1)
        self.to_top()


def _file(name: str, problems: Sequence[Problem]) -> QFrame:
    readable = QWidget()
    readable.setMaximumWidth(WIDTH + 2 * SIDE)
    rows = QGridLayout(readable)
    rows.setContentsMargins(SIDE, TOP, SIDE, TOP)
    rows.setHorizontalSpacing(8)
    rows.setVerticalSpacing(4)
    rows.setColumnStretch(1, 1)
    rows.addWidget(_selectable(name, "heading"), 0, 0, 1, 2)
    for row, problem in enumerate(problems, start=1):
        place = f"line {problem.line}" if problem.line else ""
        rows.addWidget(_place(place), row, 0, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(_what(problem, place), row, 1)
    made = QFrame()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(readable)
    column.addWidget(line())
    return made


def _place(words: str) -> QLabel:
    made = label(words, "meta muted")
    made.setFixedSize(_PLACE, 18)
    return made


def _what(problem: Problem, place: str) -> QLabel:
    words = f"{problem.field}: {problem.message}" if problem.field else problem.message
    made = _selectable(words, "body")
    made.setAccessibleName(f"{place}, {words}" if place else words)
    return made


def _selectable(words: str, role: str) -> QLabel:
    made = label(words, role, wraps=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
