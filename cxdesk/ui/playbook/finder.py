"""The left side of the playbook: a field that filters while one types, and the plays below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.playbook import Play, Playbook
from cxdesk.ui import icons, theme
from cxdesk.ui.composer.buttons import KeyedButton
from cxdesk.ui.inbox.empty_page import TeachingBlock
from cxdesk.ui.inbox.teaching import Teaching
from cxdesk.ui.labels import label
from cxdesk.ui.overlay import announce
from cxdesk.ui.playbook import words
from cxdesk.ui.playbook.searching import PlayIndex
from cxdesk.ui.playbook.section import clear, line
from cxdesk.ui.playbook.tree_model import PlayTreeModel
from cxdesk.ui.playbook.tree_view import PlayTree

WIDTH = 320
HEAD = 72
"""Pixels down to the line below field and count; the header of a play ends there too."""
_LONGEST = 40


class FindField(QLineEdit):
    """Keys that are for the plays go on to them: Down, Enter, Ctrl+C when nothing is selected."""

    down_pressed = Signal()
    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__(placeholderText="Find a play", clearButtonEnabled=False)
        self.setAccessibleName("Find a play")
        leading = QLineEdit.ActionPosition.LeadingPosition
        trailing = QLineEdit.ActionPosition.TrailingPosition
        self._lens = self.addAction(icons.icon("search", size=16), leading)
        self._clear = self.addAction(icons.icon("x", size=16), trailing)
        self._clear.setToolTip("Clear (Esc)")
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        theme.signals().changed.connect(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        self._lens.setIcon(icons.icon("search", color=theme.tokens().muted, size=16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self._copies_play(event):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)

    def _copies_play(self, event: QKeyEvent) -> bool:
        return event.matches(QKeySequence.StandardKey.Copy) and not self.hasSelectedText()


class Finder(QFrame):
    """Tells which play is chosen, and that its text is to be copied."""

    chosen = Signal(object)
    copy_asked = Signal()
    problems_asked = Signal()

    def __init__(self, book: Playbook) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self._index = PlayIndex(book)
        self._read: Play | None = None
        self._build()
        self._connect()
        self.setFocusProxy(self.field)

    def begin(self) -> None:
        """Show all plays and choose the first."""
        self._find("")

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        self.setFixedWidth(WIDTH)
        self.field = FindField()
        self._count = label("", "meta muted")
        self.tree = PlayTree(PlayTreeModel(self))
        self._nothing = QWidget()
        self._nothing_rows = QVBoxLayout(self._nothing)
        self._nothing_rows.setContentsMargins(0, 0, 0, 0)
        self._found = QStackedWidget()
        self._found.addWidget(self.tree)
        self._found.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(line())
        column.addWidget(self._found, 1)
        column.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(HEAD - 1)
        rows = QVBoxLayout(head)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(6)
        rows.addWidget(self.field)
        rows.addWidget(self._count)
        return head

    def _foot(self) -> QWidget:
        """What could not be read, with the way to it; only there when there is something."""
        self._foot_part = QWidget()
        self._problems = KeyedButton("", "", icon="warning")
        rows = QVBoxLayout(self._foot_part)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 10, 12, 10)
        inner.addWidget(self._problems, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(line())
        rows.addLayout(inner)
        self._foot_part.hide()
        return self._foot_part

    def _connect(self) -> None:
        self.field.textChanged.connect(self._find)
        self.field.down_pressed.connect(self._go_to_plays)
        self.field.copy_asked.connect(self._ask_for_copy)
        self.tree.copy_asked.connect(self.copy_asked)
        self.tree.chosen.connect(self._tell)
        self._problems.clicked.connect(self.problems_asked)

    # ------------------------------------------------------------ find

    def show_problems(self, title: str) -> None:
        """Offer the way to the problems; none for ""."""
        self._problems.set_name(title)
        self._foot_part.setVisible(bool(title))

    def _find(self, query: str) -> None:
        plays = self._index.find(query)
        searching = bool(query.strip())
        all_of_them = words.count(len(self._index), "play")
        self._count.setText(f"{len(plays)} of {all_of_them}" if searching else all_of_them)
        self.tree.show_found(plays, searching=searching)
        self._found.setCurrentWidget(self.tree if plays else self._nothing)
        if play := self._to_read(query, plays):
            self.tree.choose(play)
        else:
            self._teach(query.strip())
        if searching:
            announce(self.field, self._count.text())

    def _to_read(self, query: str, found: Sequence[Play]) -> Play | None:
        """The nearest; with the search over, the one that is being read."""
        stays = self._read in found and not query.strip()
        return self._read if stays else self._index.nearest(query, found)

    def _tell(self, play: Play) -> None:
        self._read = play
        self.chosen.emit(play)

    def _teach(self, query: str) -> None:
        clear(self._nothing_rows)
        block = TeachingBlock(_nothing_found(query) if len(self._index) else _EMPTY)
        block.command.connect(self._start_over)
        self._nothing_rows.addWidget(block)
        self._nothing_rows.addStretch(1)

    def _start_over(self) -> None:
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_plays(self) -> None:
        if self.tree.currentIndex().isValid():
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_for_copy(self) -> None:
        if self.tree.currentIndex().isValid():
            self.copy_asked.emit()


_EMPTY = Teaching(
    "book",
    "The playbook has no plays",
    "A play is a file below plays/, in the folder of your playbook.",
    end="Every file that can be read is shown here.",
)


def _nothing_found(query: str) -> Teaching:
    shown = query if len(query) <= _LONGEST else query[: _LONGEST - 1] + "…"
    return Teaching(
        "search",
        f"No play has “{shown}”",
        "Every word you type must stand in one play: in its title, its text, its situation, "
        "or in what it answers, such as “late delivery” or “blames us”.",
        end="Fewer or shorter words find more.",
        action="clear",
        action_words="Show all plays",
    )
