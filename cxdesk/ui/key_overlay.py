"""Every key on one page (`?`), from the table of commands and the keys in force."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from cxdesk.ui.actions import Actions, Command, Where
from cxdesk.ui.overlay import Overlay

WIDTH, TOP = 944, 64
COLUMNS = (
    (Where.LIST, Where.THREAD, Where.PROMISES),
    (Where.COMPOSER, Where.AFTER_SEND),
    (Where.EVERYWHERE,),
)


class KeyOverlay(Overlay):
    """Lists the keys by place; made anew each time, so that it is never out of date."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window, width=WIDTH, top=TOP, name="All keys")
        self._actions = actions
        self._area = QScrollArea(widgetResizable=True)
        self._area.setAccessibleName("All keys")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(24, 16, 8, 16)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(self._area)

    def open(self) -> None:
        """Show the keys that are in force now."""
        self._finder.setText(self._actions.keymap.text("palette"))
        page = self._page(self._actions.commands())
        self._area.setWidget(page)
        self._area.setMinimumHeight(min(page.sizeHint().height(), self._window.height() - 160))
        super().open()
        self._area.setFocus(Qt.FocusReason.PopupFocusReason)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(_label("Keys", "title"))
        head.addStretch(1)
        self._finder = _label("", "keybox")
        for key, words in (
            (self._finder, "finds any command"),
            (_label("Esc", "keybox"), "closes this"),
        ):
            head.addWidget(key)
            head.addWidget(_label(words, "meta muted"))
            head.addSpacing(8)
        return head

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?":  # the key that opened it
            self.close()
        else:
            super().keyPressEvent(event)

    def _page(self, commands: tuple[Command, ...]) -> QWidget:
        page = QWidget()
        page.setProperty("role", "sheet")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 16, 0)
        columns.setSpacing(32)
        for places in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(16)
            for place in places:
                here = [each for each in commands if each.spec.where == place and each.key]
                if here:  # what is on another page has no keys now
                    column.addLayout(_group(place, here))
            column.addStretch(1)
            columns.addLayout(column, 1)
        return page


def _group(place: Where, commands: Sequence[Command]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    grid.addWidget(_label(place.words, "heading"), 0, 0, 1, 2)
    for row, command in enumerate(commands, start=1):
        grid.addWidget(_label(command.spec.text, "body"), row, 0)
        grid.addWidget(_label(command.key, "keybox"), row, 1, Qt.AlignmentFlag.AlignRight)
    return grid


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
