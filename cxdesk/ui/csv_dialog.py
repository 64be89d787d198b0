"""Which column of a table is what: the step before a table is imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

NONE = "not in this table"
SHOWN = 320  # characters of the sample message
PARTS = (
    ("text", "Message"),
    ("customer", "Customer’s name"),
    ("address", "Customer’s address"),
    ("time", "Time"),
    ("subject", "Subject"),
    ("conversation", "Conversation"),
    ("role", "Who wrote it"),
)
DAY_FIRST = (("as the column shows", None), ("day first", True), ("month first", False))


class CsvDialog(QDialog):
    """Shows the first row as it will come in. `chosen` brings the mapping: part to column.

    `guess` has an attribute for each part, as a `CsvMapping` has, or is None.
    """

    chosen = Signal(dict)

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        guess: object | None,
        *,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._rows = tuple(columns), rows
        self.setWindowTitle(title)
        self.setMinimumWidth(640)
        self._build(title)
        self._fill(guess)
        self._connect()
        self._show_sample()

    def mapping(self) -> dict[str, Any]:
        """The mapping as it is chosen now: "" for a part the table does not have."""
        chosen: dict[str, Any] = {
            part: str(combo.currentData()) for part, combo in self._combos.items()
        }
        chosen["agent_value"] = self._agent.text().strip()
        chosen["day_first"] = self._order.currentData()
        return chosen

    # ------------------------------------------------------------ build

    def _build(self, title: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(_label("Which column is what?", "title"))
        layout.addWidget(
            _label(f"{title}: {len(self._columns)} columns. Only the message is needed.", "muted")
        )
        layout.addLayout(self._form())
        layout.addWidget(_label("The first message as it will come in", "meta muted"))
        layout.addWidget(self._sample_card(), 1)
        layout.addLayout(self._foot())

    def _form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        self._combos = {part: self._combo(part, words) for part, words in PARTS}
        for row, (part, words) in enumerate(PARTS):
            form.addWidget(_label(words, "body"), row, 0)
            form.addWidget(self._combos[part], row, 1)
        self._agent = QLineEdit(placeholderText="value of our own messages")
        self._agent.setAccessibleName("What the column holds for our own messages")
        self._order = QComboBox()
        self._order.setAccessibleName("Order of day and month")
        for words, value in DAY_FIRST:
            self._order.addItem(words, value)
        form.addWidget(self._order, [part for part, _ in PARTS].index("time"), 2)
        form.addWidget(self._agent, [part for part, _ in PARTS].index("role"), 2)
        return form

    def _combo(self, part: str, words: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(words)
        combo.addItem("choose…" if part == "text" else NONE, "")
        for column in self._columns:
            combo.addItem(column, column)
        return combo

    def _sample_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        self._who, self._words = _label("", "strong"), _label("", "heading-text")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(self._who)
        layout.addWidget(self._words)
        layout.addStretch(1)
        return card

    def _foot(self) -> QHBoxLayout:
        self._reason = _label("", "meta muted")
        cancel, self._import = QPushButton("Cancel"), QPushButton("Import")
        self._import.setProperty("role", "primary")
        self._import.setDefault(True)
        cancel.clicked.connect(self.reject)
        self._import.clicked.connect(self._choose)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._reason, 1, Qt.AlignmentFlag.AlignRight)
        foot.addWidget(cancel)
        foot.addWidget(self._import)
        return foot

    def _fill(self, guess: object | None) -> None:
        for part, combo in self._combos.items():
            combo.setCurrentIndex(max(0, combo.findData(getattr(guess, part, ""))))
        self._agent.setText(getattr(guess, "agent_value", "agent"))
        self._order.setCurrentIndex(max(0, self._order.findData(getattr(guess, "day_first", None))))

    def _connect(self) -> None:
        for combo in self._combos.values():
            combo.currentIndexChanged.connect(self._show_sample)
        self._agent.textChanged.connect(self._show_sample)

    # ------------------------------------------------------------ show and choose

    def _show_sample(self) -> None:
        """Show the first row by the mapping as it is, and whether that can be imported."""
        mapping = self.mapping()
        self._order.setVisible(bool(mapping["time"]))
        self._agent.setVisible(bool(mapping["role"]))
        self._import.setEnabled(bool(mapping["text"]))
        self._reason.setText("" if mapping["text"] else "Choose the column with the messages.")
        text = self._cell(mapping["text"])
        self._words.setText(text[:SHOWN] + ("…" if len(text) > SHOWN else ""))
        parts = ("customer", "address", "subject", "time")
        known = [cell for part in parts if (cell := self._cell(mapping[part]))]
        role, ours = self._cell(mapping["role"]), mapping["agent_value"]
        written = "our own" if role and role.lower() == ours.lower() else "from the customer"
        self._who.setText(" · ".join([*known, *([written] if text else [])]))

    def _cell(self, column: str) -> str:
        if not column or not self._rows:
            return ""
        return str(self._rows[0][self._columns.index(column)]).strip()

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self.mapping())


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)  # cells may hold anything
    label.setProperty("role", role)
    return label
