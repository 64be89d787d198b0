"""The playbook as agents see it: every play by family, found by typing, read on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from cxdesk.model import Problem
from cxdesk.playbook import Play, Playbook
from cxdesk.ui.playbook import Finder, PlayView, ProblemsView
from cxdesk.ui.playbook.tree_view import is_letter
from cxdesk.ui.playbook.words import unread


class PlaybookPage(QWidget):
    """Only to be read: agents see what is published. The focus goes to the search field."""

    def __init__(self, book: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._build()
        self._connect()
        self.setFocusProxy(self.finder)
        self.finder.begin()

    def _build(self) -> None:
        self.finder = Finder(self._book)
        self.view, self.problems = PlayView(self._book), ProblemsView()
        self._right = QStackedWidget()
        self._right.addWidget(self.view)
        self._right.addWidget(self.problems)
        line = QFrame()
        line.setProperty("role", "vline")
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.finder)
        whole.addWidget(line)
        whole.addWidget(self._right, 1)

    def _connect(self) -> None:
        self.finder.chosen.connect(self._show)
        self.finder.copy_asked.connect(self.copy)
        self.finder.problems_asked.connect(self._turn_to_problems)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.activated.connect(self.copy)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say how many files could not be read, with a way to each line that is wrong."""
        title = unread(problems, self._book)
        self.problems.show_problems(title, problems)
        self.finder.show_problems(title)
        if not title:
            self._right.setCurrentWidget(self.view)

    def copy(self) -> None:
        """Copy the wording on screen, its open fields in brackets."""
        if self._right.currentWidget() is self.view:
            self.view.wording.copy()

    # ------------------------------------------------------------ Qt's own

    def event(self, event: QEvent) -> bool:
        """Keep letters from the window's keys: here they would act on a conversation not in sight.

        What has the focus is asked first and passes on what it has no use for.
        """
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and is_letter(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter typed anywhere goes on in the search."""
        if is_letter(event):
            self.finder.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.finder.field.insert(event.text())
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ what is read

    def _turn_to_problems(self) -> None:
        """Show the problems; asked again, the play that was read."""
        is_play = self._right.currentWidget() is self.view
        self._right.setCurrentWidget(self.problems if is_play else self.view)

    def _show(self, play: Play) -> None:
        self.view.show_play(play)
        self._right.setCurrentWidget(self.view)
