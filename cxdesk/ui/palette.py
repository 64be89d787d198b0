"""Every command by typing a few letters of it (Ctrl+K)."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.actions import Actions, Command
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.overlay import Overlay, announce
from cxdesk.ui.palette_list import COMMAND, RANKED, ROW, PaletteDelegate, PaletteModel, spoken

WIDTH, TOP = 584, 88
ROWS = 9
RECENT = 5  # commands remembered for an empty field
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS,
    Qt.Key.Key_PageUp: -ROWS,
}


class Palette(Overlay):
    """Finds commands while typing and runs the chosen one through `Actions`."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window, width=WIDTH, top=TOP, name="Command palette")
        self._actions = actions
        self._recent: deque[str] = deque(maxlen=RECENT)
        self._build()
        self._connect()

    def open(self, text: str = "") -> None:
        """Show with `text` in the field; the commands as they stand at this moment."""
        self._model.take(self._offered(), tuple(self._recent))
        self._field.setText(text)
        self._find(text)
        super().open()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _offered(self) -> tuple[Command, ...]:
        """All but the palette itself and what only a field can do (Tab, Esc)."""
        return tuple(
            each
            for each in self._actions.commands()
            if not each.spec.fixed and each.spec.id != "palette"
        )

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(_line())
        layout.addWidget(self._rows())
        layout.addWidget(_line())
        layout.addWidget(_foot())

    def _head(self) -> QWidget:
        self._field = QLineEdit(placeholderText="Type a command")
        self._field.setProperty("role", "bare heading-size")
        self._field.setAccessibleName("Find a command")
        self._count = QLabel()
        self._count.setProperty("role", "meta muted")
        head = QWidget()
        head.setFixedHeight(47)  # 48 with the panel's border
        layout = QHBoxLayout(head)
        layout.setContentsMargins(17, 0, 16, 0)
        layout.setSpacing(12)
        layout.addWidget(IconLabel("search", 16))
        layout.addWidget(self._field, 1)
        layout.addWidget(self._count)
        return head

    def _rows(self) -> QListView:
        self._model = PaletteModel()
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(PaletteDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFixedHeight(ROWS * ROW + 8)
        self._list.setViewportMargins(4, 4, 4, 4)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("Commands")
        return self._list

    def _connect(self) -> None:
        self._field.textEdited.connect(self._find)
        self._field.installEventFilter(self)
        self._list.clicked.connect(self._run)
        self._actions.ran.connect(self._remember)

    # ------------------------------------------------------------ find and run

    def _find(self, text: str) -> None:
        self._model.find(text)
        self._count.setText(f"{self._model.rowCount()} of {len(self._offered())} commands")
        self._choose(0)

    def _choose(self, row: int) -> None:
        last = self._model.rowCount() - 1
        index = self._model.index(max(0, min(row, last)), 0)
        self._list.setCurrentIndex(index)
        if index.isValid():
            announce(self._list, spoken(index.data(COMMAND)))

    def _run(self, index: QModelIndex) -> None:
        """Run a row's command; one that cannot run stays, with its reason in sight."""
        if not index.isValid():
            return
        command: Command = index.data(COMMAND)
        if not command.enabled:
            announce(self._list, spoken(command))
            return
        argument = index.data(RANKED).argument
        self.close()
        self._actions.trigger(command.spec.id, argument)

    def _remember(self, action: str) -> None:
        if action == "palette":
            return
        if action in self._recent:
            self._recent.remove(action)
        self._recent.appendleft(action)

    def _add_words(self) -> None:
        """Tab: the chosen command's name in the field, ready for the words that follow it."""
        index = self._list.currentIndex()
        if index.isValid():
            spec = index.data(COMMAND).spec
            start = spec.argument.split()[0] + " " if spec.argument else spec.text
            self._field.setText(start)
            self._find(start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if self._key(event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether a key in the field was for the list."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._choose(self._list.currentIndex().row() + _STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentIndex())
        elif key == Qt.Key.Key_Tab:
            self._add_words()
        elif key == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.close()
        else:
            return False
        return True


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line


def _foot() -> QWidget:
    """The four keys of the palette itself."""
    foot = QWidget()
    foot.setFixedHeight(36)
    layout = QHBoxLayout(foot)
    layout.setContentsMargins(16, 0, 16, 0)
    layout.setSpacing(8)
    for keys, words in (
        (("↑", "↓"), "choose"),
        (("Enter",), "run"),
        (("Tab",), "add words, as in “snooze 2h”"),
        (("Esc",), "close"),
    ):
        if words == "close":
            layout.addStretch(1)
        for key in keys:
            layout.addWidget(_label(key, "keybox"))
        layout.addWidget(_label(words, "meta muted"))
        layout.addSpacing(8 if words != "close" else 0)
    return foot


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
