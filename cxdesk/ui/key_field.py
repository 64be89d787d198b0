"""Fields that take a pressed key instead of typed letters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from cxdesk.ui.keymap import normal, shown

_ALONE = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_unknown,
)
_ERASE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


def key_of(event: QKeyEvent) -> str:
    """The pressed key in the keymap's spelling; "" while only modifiers are down."""
    if Qt.Key(event.key()) in _ALONE:
        return ""
    combination = event.keyCombination()
    sign = event.text().strip()
    if event.modifiers() == Qt.KeyboardModifier.ShiftModifier and sign and not sign.isalnum():
        return normal(sign)  # "?" needs Shift on one keyboard and not on another
    return normal(QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText))


class KeyField(QLineEdit):
    """Takes the next key as a command's new key. Backspace takes none; Esc changes nothing."""

    pressed = Signal(str)
    given_up = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText("press a key")
        self.setProperty("role", "cell")
        self.setAccessibleName(f"Press the new key for {name}. Esc keeps the old one.")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # a key that is in use is exactly what may be pressed here
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key in _ERASE and not event.modifiers():
            self.pressed.emit("")
        elif found := key_of(event):
            self.setText(shown(found))
            self.pressed.emit(found)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.text():
            self.given_up.emit()


class CommandFinder(QLineEdit):
    """Finds by typed letters, and by a pressed key with Ctrl or Alt, or a function key."""

    key_pressed = Signal(str)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._is_command(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_command(event):
            key = key_of(event)
            self.setText(shown(key))
            self.key_pressed.emit(key)
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _is_command(event: QEvent) -> bool:
        """A key no text field would take; copying and pasting stay what they are."""
        if not isinstance(event, QKeyEvent) or not key_of(event):
            return False
        function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F24
        with_modifier = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        edits = any(
            event.matches(each)
            for each in (
                QKeySequence.StandardKey.Copy,
                QKeySequence.StandardKey.Paste,
                QKeySequence.StandardKey.Cut,
                QKeySequence.StandardKey.SelectAll,
                QKeySequence.StandardKey.Undo,
                QKeySequence.StandardKey.Redo,
            )
        )
        return (function or bool(with_modifier)) and not edits
