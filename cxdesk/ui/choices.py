"""A few choices, each one key away: how long to snooze, what a message really is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui import waits
from cxdesk.ui.overlay import MARGIN, Overlay
from cxdesk.ui.waits import parse_wait

__all__ = ["Choice", "ChoicePopup", "parse_wait", "snooze_times"]

WIDTH, TOP = 400, 120
MORE_MS = 400  # a digit may begin "2h30m": so long it waits for the next sign


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a popup: the key that takes it, its words, what it stands for."""

    key: str
    text: str
    value: object
    detail: str = ""


def snooze_times(now: datetime) -> list[Choice]:
    """The times to snooze until, in the person's own time zone; None is "until a reply"."""
    offered = (
        ("1", "Later today", waits.later_today(now)),
        ("2", "Tomorrow", waits.tomorrow(now)),
        ("3", "This weekend" if now.weekday() < 5 else "Next weekend", waits.weekend(now)),
        ("4", "Next week", waits.next_week(now)),
    )
    times = [Choice(key, text, at, _clock(at, now)) for key, text, at in offered if at]
    return [*times, Choice("5", "Until the customer replies", None)]


def _clock(moment: datetime, now: datetime) -> str:
    return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%a %d %b, %H:%M}"


class ChoicePopup(Overlay):
    """Asks once and goes: `chosen` brings a choice's value, `typed` what was written instead.

    `free_text` is an example of what may be written; `preview` says in words what a text means,
    "" for one that means nothing, which then is not taken. With free text a digit's choice is
    taken when no other sign follows, so that "2h30m" can be written straight away.
    """

    chosen = Signal(object)
    typed = Signal(str)

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        parent: QWidget,
        free_text: str = "",
        preview: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(parent, width=WIDTH, top=TOP, name=title)
        self._title = title
        self._choices = tuple(choices)
        self._free_text, self._preview = free_text, preview
        self._over: QWidget | None = None
        self._begun: Choice | None = None
        self._pause = QTimer(self, singleShot=True, interval=MORE_MS)
        self._pause.timeout.connect(self._take_begun)
        self._build()
        self.closed.connect(self.deleteLater)

    def open_over(self, pane: QWidget) -> None:
        """Show in the middle of a pane, the first choice ready for Enter."""
        self._over = pane
        self.open()
        self._buttons[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        super().place()
        if self._over is not None:
            rect = self.panel.geometry()
            middle = self._over.mapTo(self._window, QPoint(self._over.width() // 2, 0)).x()
            farthest = self.width() - rect.width() - MARGIN
            rect.moveLeft(max(MARGIN, min(middle - rect.width() // 2, farthest)))
            self.panel.setGeometry(rect)

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(5, 5, 5, 5)
        layout.setSpacing(0)
        title = QLabel(self._title)
        title.setProperty("role", "strong")
        title.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(title)
        self._buttons = [self._row(choice) for choice in self._choices]
        for button in self._buttons:
            layout.addWidget(button)
        if self._free_text:
            layout.addWidget(self._field_row())

    def _row(self, choice: Choice) -> QPushButton:
        button = _Row()
        button.setProperty("role", "choice")
        detail = f", {choice.detail}" if choice.detail else ""
        button.setAccessibleName(f"{choice.text}{detail}, key {choice.key}")
        button.clicked.connect(lambda: self._choose(choice))
        row = QHBoxLayout(button)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(12)
        row.addWidget(_label(choice.key, "keybox"))
        row.addWidget(_label(choice.text, "body"), 1)
        row.addWidget(_label(choice.detail, "meta muted"))
        return button

    def _field_row(self) -> QWidget:
        row = QFrame()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(8, 6, 8, 4)
        layout.setSpacing(12)
        self._field = QLineEdit(placeholderText=f"or write {self._free_text}")
        self._field.setProperty("role", "compact")
        self._field.setAccessibleName(f"Or write, for example {self._free_text}")
        self._field.textChanged.connect(self._show_meaning)
        self._meaning = _label("", "meta muted")
        self._meaning.hide()
        layout.addWidget(_label("Tab", "keybox"))
        layout.addWidget(self._field, 1)
        layout.addWidget(self._meaning)
        return row

    # ------------------------------------------------------------ choose

    def _choose(self, choice: Choice) -> None:
        self.close()
        self.chosen.emit(choice.value)

    def _take_text(self) -> None:
        text = self._field.text().strip()
        if text and (self._preview is None or self._preview(text)):
            self.close()
            self.typed.emit(text)

    def _show_meaning(self, text: str) -> None:
        wanted = text.strip()
        if self._preview is not None and wanted:
            self._meaning.setText(self._preview(wanted) or "not understood")
        self._meaning.setVisible(self._preview is not None and bool(wanted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        writing = bool(self._free_text) and self._field.hasFocus()
        if step:
            self._walk(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(writing)
        elif writing or not self._take_sign(event.text()):
            super().keyPressEvent(event)

    def _take_sign(self, sign: str) -> bool:
        choice = self._with_key(sign)
        if self._begun or (self._free_text and sign.isalnum() and not choice):
            return self._write(sign)
        if choice and self._free_text and sign.isdecimal():
            self._begun = choice
            self._pause.start()
        elif choice:
            self._choose(choice)
        return choice is not None

    def _write(self, sign: str) -> bool:
        """Go on in the field with what was begun as the key of a choice."""
        if not sign.isprintable() or not sign:
            return False
        begun = self._begun.key if self._begun else ""
        self._begun = None
        self._pause.stop()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.setText(begun + sign)
        return True

    def _take_begun(self) -> None:
        if self._begun and self.isVisible():
            self._choose(self._begun)

    def _enter(self, writing: bool) -> None:
        if self._begun:
            self._take_begun()
            return
        if writing:
            self._take_text()
            return
        focused = [each for each in self._buttons if each.hasFocus()]
        for button in focused:
            button.click()

    def _with_key(self, key: str) -> Choice | None:
        return next(
            (each for each in self._choices if key and each.key.lower() == key.lower()), None
        )

    def _walk(self, step: int) -> None:
        """The arrows walk choices and field alike."""
        stops: list[QWidget] = [*self._buttons, *([self._field] if self._free_text else [])]
        here = next((at for at, each in enumerate(stops) if each.hasFocus()), 0)
        stops[(here + step) % len(stops)].setFocus(Qt.FocusReason.OtherFocusReason)

    def focusable(self) -> list[QWidget]:
        """Tab leads from the choices to the field and back; without a field it walks them."""
        if not self._free_text:
            return list(self._buttons)
        here = next((each for each in self._buttons if each.hasFocus()), self._buttons[0])
        return [here, self._field]


class _Row(QPushButton):
    """A choice. Its arrows belong to the popup, which Qt would else take for Tab."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
