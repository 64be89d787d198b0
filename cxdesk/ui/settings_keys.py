"""The settings' table of keys: found, changed and freed of clashes in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cxdesk.ui.action_table import ActionSpec
from cxdesk.ui.key_field import CommandFinder
from cxdesk.ui.keymap import Keymap, normal, shown
from cxdesk.ui.settings_key_rows import TWICE, ClashRow, KeyRow, header, label


class KeysSection(QWidget):
    """Shows a keymap and tells when a person changed it."""

    changed = Signal(object)
    single_keys_chosen = Signal(bool)

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self._editing = ""
        self._build()
        self.show_keymap(keymap)

    def show_keymap(self, keymap: Keymap) -> None:
        """Show the keys in force, without telling anybody."""
        self._keymap = keymap
        self._end_edit()
        for action, row in self._rows.items():
            row.show_key(keymap.text(action), self._remark(action))

    def show_single_keys(self, on: bool) -> None:
        self._single.setChecked(on)

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        layout.addWidget(self._table())
        self._single = QCheckBox("Single-letter keys outside text fields")
        self._single.clicked.connect(self.single_keys_chosen)
        layout.addWidget(self._single)

    def _head(self) -> QHBoxLayout:
        self._finder = CommandFinder(placeholderText="Find a command, or press a key")
        self._finder.setAccessibleName("Find a command, or press a key")
        self._finder.textChanged.connect(self._find)
        self._finder.key_pressed.connect(self._find_key)
        reset = QPushButton("Reset all")
        reset.setProperty("role", "tall")
        reset.clicked.connect(lambda: self._put(Keymap(specs=self._keymap.specs)))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._finder, 1)
        head.addWidget(reset)
        return head

    def _table(self) -> QFrame:
        table = QFrame()
        table.setProperty("role", "card")
        self._lines = QVBoxLayout(table)
        self._lines.setContentsMargins(1, 1, 1, 1)
        self._lines.setSpacing(0)
        self._lines.addWidget(header())
        self._clash = ClashRow()
        self._clash.given.connect(self._give)
        self._clash.kept.connect(self._end_edit)
        self._rows = {spec.id: self._row(spec) for spec in self._keymap.specs}
        self._nothing = label("No command has these words or this key.", "muted")
        self._nothing.setContentsMargins(12, 8, 12, 8)
        for widget in (*self._rows.values(), self._clash, self._nothing):
            self._lines.addWidget(widget)
        self._nothing.hide()
        return table

    def _row(self, spec: ActionSpec) -> KeyRow:
        row = KeyRow(spec)
        row.clicked.connect(lambda: self._edit(spec.id))
        row.pressed_key.connect(lambda key: self._take(spec.id, key))
        row.given_up.connect(self._give_up)
        row.reset_asked.connect(lambda: self._put(self._keymap.reset(spec.id)))
        return row

    # ------------------------------------------------------------ find

    def _find(self, text: str) -> None:
        wanted = text.strip().lower()
        self._filter(lambda row: wanted in row.searched() or shown(row.key).lower() == wanted)

    def _find_key(self, key: str) -> None:
        self._filter(lambda row: normal(row.key) == key)

    def _filter(self, keep: Callable[[KeyRow], bool]) -> None:
        self._end_edit()
        kept = [row for row in self._rows.values() if keep(row)]
        for row in self._rows.values():
            row.setVisible(row in kept)
        self._nothing.setVisible(not kept)

    # ------------------------------------------------------------ change

    def _edit(self, action: str) -> None:
        self._end_edit()
        self._editing = action
        self._rows[action].begin_edit()

    def _take(self, action: str, key: str) -> None:
        """Put a pressed key in force, or show under its row why not."""
        objection = self._keymap.objection(action, key) if key else ""
        clash = self._keymap.clash(action, key) if key and not objection else ""
        if not objection and not clash:
            self._put(self._keymap.changed(action, key))
            self._rows[action].setFocus()
            return
        row = self._rows[action]
        self._lines.insertWidget(self._lines.indexOf(row) + 1, self._clash)
        self._clash.ask(row.spec.text, objection or clash, can_give=not objection, key=key)
        for conflict in self._keymap.changed(action, key).conflicts_of(action):
            if other := self._rows.get(conflict.other(action)):
                other.warn(TWICE)

    def _give(self) -> None:
        action = self._editing
        self._put(self._keymap.given(action, self._clash.key))
        self._rows[action].setFocus()

    def _give_up(self) -> None:
        action = self._editing
        if self._clash.isHidden():
            self._end_edit()
            if action:
                self._rows[action].setFocus()

    def _put(self, keymap: Keymap) -> None:
        self.show_keymap(keymap)
        self.changed.emit(keymap)

    def _end_edit(self) -> None:
        self._editing = ""
        self._clash.hide()
        for action, row in self._rows.items():
            row.end_edit(self._remark(action))

    def _remark(self, action: str) -> str:
        spec = self._rows[action].spec
        if spec.fixed:
            return "belongs to the field"
        if not self._keymap.is_changed(action):
            return ""
        before = shown(normal(spec.keys[0])) if spec.keys else "none"
        return f"changed, was {before}"
