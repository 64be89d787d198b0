"""Makes the commands of the table act: keys, buttons and the palette all come through here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from cxdesk.ui import icons
from cxdesk.ui.action_table import ACTIONS, ActionSpec, Where
from cxdesk.ui.keymap import Keymap, is_single

__all__ = ["ACTIONS", "ActionSpec", "Actions", "Command", "Where"]

PAGE = "page"  # property of a shortcut: the page of the rail that it acts on
HOLDS_KEYS = "holdsKeys"  # property of an overlay: while the focus is in it, the window's keys rest


@dataclass(frozen=True, slots=True)
class Command:
    """A command as the palette and the key page show it now."""

    spec: ActionSpec
    key: str
    enabled: bool
    detail: str


class Actions(QObject):
    """The window's QActions and their keys.

    `ran` says which command was run; `refused` says why a command that cannot run now did not.
    """

    ran = Signal(str)
    refused = Signal(str)

    def __init__(self, window: QWidget, keymap: Keymap | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._keymap = keymap or Keymap()
        self._single_keys = True
        self._page = "inbox"
        self._specs = {spec.id: spec for spec in ACTIONS}
        self._actions = {spec.id: self._make(spec) for spec in ACTIONS}
        self._slots: dict[str, Callable[..., object]] = {}
        self._details: dict[str, str] = {}
        self._places: dict[Where, QWidget] = {}
        self._shortcuts: list[QShortcut] = []
        self._make_shortcuts()
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(icons.icon(spec.icon), spec.text, self)
        action.setObjectName(spec.id)
        action.triggered.connect(lambda: self.trigger(spec.id))
        return action

    # ------------------------------------------------------------ what a command does

    def bind(self, action: str, slot: Callable[..., object]) -> None:
        """Say what a command does; a command with an argument gets it as one text ("" for none)."""
        self._slots[self._specs[action].id] = slot

    def unbound(self) -> tuple[str, ...]:
        """Commands that nothing answers to yet: empty in a finished window."""
        return tuple(
            each for each, spec in self._specs.items() if not spec.fixed and each not in self._slots
        )

    def enable(self, action: str, on: bool, reason: str = "") -> None:
        """Let a command run or not, and the reason that is shown where it cannot."""
        self._actions[action].setEnabled(on)
        self.detail(action, "" if on else reason)

    def detail(self, action: str, text: str) -> None:
        """What the palette says beside a command now: "we failed twice"."""
        self._details[action] = text
        self._actions[action].setStatusTip(text)

    def trigger(self, action: str, argument: str = "") -> bool:
        """Run a command; False, and `refused`, where it cannot run now."""
        if not self._actions[action].isEnabled():
            text = self._specs[action].text
            self.refused.emit(f"{text}: {self._details.get(action) or 'not possible here'}.")
            return False
        slot = self._slots.get(action)
        if slot is None:
            return False
        self.ran.emit(action)
        slot(argument) if self._specs[action].argument else slot()
        return True

    def action(self, action: str) -> QAction:
        """The QAction, for buttons and menus."""
        return self._actions[action]

    def commands(self) -> tuple[Command, ...]:
        """Every command as it stands now, in the order of the table."""
        return tuple(
            Command(
                spec,
                self._keymap.text(spec.id),
                self._actions[spec.id].isEnabled(),
                self._details.get(spec.id, ""),
            )
            for spec in ACTIONS
            if self._actions[spec.id].isVisible()
        )

    # ------------------------------------------------------------ keys

    @property
    def keymap(self) -> Keymap:
        return self._keymap

    def use(self, keymap: Keymap, *, single_keys: bool = True) -> None:
        """Put other keys in force; `single_keys` False rests all keys that are one letter."""
        self._keymap, self._single_keys = keymap, single_keys
        self._make_shortcuts()

    def show_page(self, page: str) -> None:
        """Say which page of the rail is seen, "" for none: keys and commands of the others rest,
        so that no letter acts on a conversation nobody is looking at."""
        self._page = page
        for spec in self._specs.values():
            self._actions[spec.id].setVisible(spec.where.page in ("", page))
        self._focus_changed(None, QApplication.focusWidget())

    def attach(self, where: Where, place: QWidget) -> None:
        """Say which widget is the list, the thread or the composer, for keys that act inside."""
        self._places[where] = place
        self._make_shortcuts()

    def _make_shortcuts(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = [
            self._shortcut(spec, key)
            for spec in ACTIONS
            if not spec.fixed and (not spec.inside or spec.where in self._places)
            for key in self._keymap.keys(spec.id)
        ]
        self._focus_changed(None, QApplication.focusWidget())

    def _shortcut(self, spec: ActionSpec, key: str) -> QShortcut:
        shortcut = QShortcut(self._places[spec.where] if spec.inside else self._window)
        shortcut.setKeys(_sequences(key))
        shortcut.setObjectName(key)
        shortcut.setProperty(PAGE, spec.where.page)
        if spec.inside:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.trigger(spec.id))
        return shortcut

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Rest letters while a text is typed, and all keys while an overlay has the focus."""
        held, typing = holds_keys(new), takes_text(new)
        for shortcut in self._shortcuts:
            single = is_single(shortcut.objectName())
            hidden = shortcut.property(PAGE) not in ("", self._page)
            rests = hidden or (single and (typing or not self._single_keys))
            shortcut.setEnabled(not held and not rests)


def _sequences(key: str) -> list[QKeySequence]:
    """The ways a keyboard may tell one key.

    Enter has two keys on most keyboards (Qt calls the large one Return). A sign such as "?" needs
    no second spelling with Shift: Qt itself tries what a key means without it, and where "?" is
    Shift+/ a "Shift+/" for the search would make both ambiguous, and neither would run.
    """
    spelled = [key]
    if key.endswith("Enter"):
        spelled.append(key.removesuffix("Enter") + "Return")
    return [QKeySequence(each) for each in spelled]


def takes_text(widget: QWidget | None) -> bool:
    """Whether letters typed now belong to this widget: a text field, or a list found by letters."""
    if isinstance(widget, (QPlainTextEdit, QTextEdit, QLineEdit)):
        return not widget.isReadOnly()
    return isinstance(widget, (QComboBox, QAbstractSpinBox))


def holds_keys(widget: QWidget | None) -> bool:
    """Whether this widget is in an overlay that keeps the window's keys for itself."""
    while widget is not None:
        if widget.property(HOLDS_KEYS):
            return True
        widget = widget.parentWidget()
    return False
