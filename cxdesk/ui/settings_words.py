"""The settings' page of company words: what they are for, the list, one more, one less."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Problem
from cxdesk.ui.labels import label

WHAT = "Terms and names that sound bad but are harmless in your trade. Verdicts leave them out."
EXAMPLE = "kill process, dead pixel, the name of a product"
NOTHING = "Nothing is listed yet. You can also right-click marked words in a conversation."
ROW, FEWEST, MOST = 32, 4, 12  # pixels of a row; rows that the list is high at least and at most


class CompanyWordsSection(QWidget):
    """Shows the list; `add_asked` and `remove_asked` bring what a trainer wants of it."""

    add_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._build()
        self._connect()
        self.show_words((), ())

    def show_words(self, phrases: Sequence[str], problems: Sequence[Problem]) -> None:
        """Show the words of the file, and what is wrong in it."""
        here = self._list.currentRow()
        self._list.clear()
        for phrase in phrases:
            QListWidgetItem(phrase, self._list).setSizeHint(QSize(0, ROW))
        self._list.setCurrentRow(min(max(here, 0), len(phrases) - 1))
        rows = min(max(len(phrases), FEWEST), MOST)
        self._list.setFixedHeight(rows * ROW + 10)
        self._list.setVisible(bool(phrases))
        self._remove.setVisible(bool(phrases))
        self._nothing.setVisible(not phrases)
        self._problems.setText("\n".join(map(str, problems)))
        self._problems.setVisible(bool(problems))

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        self._problems = label("", "level1", wraps=True)
        self._problems.setAccessibleName("What is wrong in the file of company words")
        self._nothing = label(NOTHING, "muted", wraps=True)
        self._list = _WordTable()
        self._remove = QPushButton("Remove")
        self._remove.setAccessibleName("Remove the chosen word")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(label(WHAT, "body", wraps=True))
        layout.addLayout(self._build_field())
        layout.addWidget(self._problems)
        layout.addWidget(self._nothing)
        layout.addWidget(self._list)
        layout.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_field(self) -> QHBoxLayout:
        self._field = QLineEdit(placeholderText=EXAMPLE)
        self._field.setAccessibleName("A word or phrase that is harmless here")
        self._add = QPushButton("Add")
        self._add.setProperty("role", "tall")
        self._add.setAccessibleName("Add this word")
        self._add.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._add)
        return row

    def _connect(self) -> None:
        self._field.textChanged.connect(lambda text: self._add.setEnabled(bool(text.strip())))
        self._field.returnPressed.connect(self._ask_add)
        self._add.clicked.connect(self._ask_add)
        self._remove.clicked.connect(self._ask_remove)
        self._list.remove_asked.connect(self._ask_remove)

    # ------------------------------------------------------------ ask

    def _ask_add(self) -> None:
        """The field is emptied first: the answer may be a warning that says what was typed."""
        phrase = self._field.text().strip()
        if phrase:
            self._field.clear()
            self._field.setFocus()
            self.add_asked.emit(phrase)

    def _ask_remove(self) -> None:
        chosen = self._list.currentItem()
        if chosen is not None:
            self.remove_asked.emit(chosen.text())
            (self._list if self._list.count() else self._field).setFocus()


class _WordTable(QListWidget):
    """The words; Delete takes out the chosen one."""

    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "words")
        self.setAccessibleName("Company words")
        self.setAccessibleDescription("Delete removes the chosen word.")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)
