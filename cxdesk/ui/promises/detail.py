"""One promise: the facts, where it was said, what to write if it slips, and what can be done."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cxdesk.desk import View
from cxdesk.model import Message, Promise, PromiseState, Suggestion
from cxdesk.ui import marks, theme
from cxdesk.ui.composer.buttons import KeyedButton
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.labels import label
from cxdesk.ui.promises import words
from cxdesk.ui.promises.said import SaidText, around
from cxdesk.ui.sidebar.card import PlayCard

PADDING, LABEL = 16, 64
_SHORT = 700  # below this height there is only room for the promise itself
FOOT = (
    "Promises are found in the replies you send and set only when you agree. “Shortly” has no "
    "time, so it waits under Later."
)


class PromiseDetail(QFrame):
    """The right panel. It shows and asks; `command` brings the id of an action."""

    command = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "window")
        self.setAccessibleName("The chosen promise")
        self._keymap = Keymap()
        self._card: PlayCard | None = None
        self._build()
        self.clear()

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        self._title = label("", "heading", wraps=True)
        self._facts = _Facts()
        self._said = _SaidCard()
        self._play = QVBoxLayout()
        self._buttons = {
            "promise_tell": KeyedButton("Reply now", "R", role="tall primary"),
            "promise_time": KeyedButton("New time", "H", role="tall"),
            "promise_kept": KeyedButton("Kept", "E", role="tall"),
            "promise_broken": KeyedButton("Broken", "B", role="tall"),
        }
        for action, button in self._buttons.items():
            button.clicked.connect(lambda _on=False, it=action: self.command.emit(it))
        self._body = QWidget()
        self._body.setProperty("role", "page")
        rows = QVBoxLayout(self._body)
        rows.setContentsMargins(PADDING, 12, PADDING, 12)
        rows.setSpacing(12)
        for part in (self._title, self._facts, self._said):
            rows.addWidget(part)
        rows.addLayout(self._play)
        rows.addLayout(self._actions())
        rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_scrolled(self._body), 1)
        self._foot = _foot()
        column.addWidget(self._foot)

    def _actions(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.setColumnStretch(2, 1)
        for place, button in enumerate(self._buttons.values()):
            grid.addWidget(button, place // 2, place % 2)
        return grid

    # ------------------------------------------------------------ fill

    def clear(self) -> None:
        """No promise is chosen."""
        self._body.hide()

    def show_promise(
        self, promise: Promise, view: View | None, play: Suggestion | None, now: datetime
    ) -> None:
        """Show a promise; without its conversation only what is known of the promise itself."""
        self._title.setText(f"Promised to {words.first_name(promise)}")
        said_in = _message(promise, view)
        self._facts.show_promise(promise, view, said_in, now)
        self._said.show_message(promise, said_in, now)
        self._show_play(play)
        is_open = promise.state is PromiseState.OPEN
        for action, button in self._buttons.items():
            button.setVisible(is_open or action == "promise_kept")
        self._buttons["promise_kept"].set_name("Kept" if is_open else "Open again")
        self._body.show()

    def _show_play(self, play: Suggestion | None) -> None:
        """The same again changes nothing, so that nothing flickers."""
        if self._card is not None and self._card.suggestion == play:
            return
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        if play is not None:
            self._card = PlayCard(play, self._keymap.text("promise_tell"), learner=False)
            self._card.clicked.connect(lambda: self.command.emit("promise_tell"))
            self._play.addWidget(self._card)
            self._card.show()  # now, not with a later event

    def set_keymap(self, keymap: Keymap) -> None:
        """Show these keys beside what they do."""
        self._keymap = keymap
        for action, button in self._buttons.items():
            button.set_key(keymap.text(action))
        if self._card is not None:
            play = self._card.suggestion
            self._show_play(None)
            self._show_play(play)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._foot.setVisible(event.size().height() >= _SHORT)

    def take_focus(self) -> None:
        """The keyboard's way to what can be done."""
        shown = [each for each in self._buttons.values() if each.isVisible()]
        if shown:
            shown[0].setFocus(Qt.FocusReason.ShortcutFocusReason)


class _Facts(QWidget):
    """Due, said, since then, mood: two columns as in the sidebar."""

    def __init__(self) -> None:
        super().__init__()
        self._mood, self._spark = marks.LevelMark(), marks.Spark()
        self._values = {
            name: label("", "body", wraps=True) for name in ("Due", "Said", "Since then")
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._names: dict[str, QWidget] = {}
        for row, (name, value) in enumerate(self._values.items()):
            self._add(grid, row, name, value)
        self._add(grid, len(self._values), "Mood", self._mood_line())

    def _add(self, grid: QGridLayout, row: int, name: str, value: QWidget) -> None:
        self._names[name] = label(name, "meta muted")
        self._names[name].setFixedWidth(LABEL)
        grid.addWidget(self._names[name], row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1)

    def _mood_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for mark in (self._spark, self._mood):
            row.addWidget(mark)
        row.addStretch(1)
        return line

    def show_promise(
        self, promise: Promise, view: View | None, said_in: Message | None, now: datetime
    ) -> None:
        self._say("Due", _due_words(promise, now))
        late = words.is_late(promise, now)
        theme.set_role(self._values["Due"], "body strong level3" if late else "body")
        author = said_in.author if said_in else "you"
        self._say("Said", f"{author}, {marks.short_time(promise.said_at, now)}")
        self._say("Since then", words.since_then(promise, view.thread) if view else "")
        self._mood.set_level(promise.level)
        self._spark.set_readings(view.thread.mood.readings if view else ())
        self._names["Mood"].setVisible(promise.level is not None)

    def _say(self, name: str, text: str) -> None:
        self._values[name].setText(text)
        self._values[name].setAccessibleName(f"{name}: {text}")
        for part in (self._names[name], self._values[name]):
            part.setVisible(bool(text))


class _SaidCard(QFrame):
    """The reply it was made in: who, when, and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._author, self._time = label("", "strong meta"), label("", "meta muted")
        self._text = SaidText()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._author, 1)
        head.addWidget(self._time)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._text)

    def show_message(self, promise: Promise, message: Message | None, now: datetime) -> None:
        self.setVisible(message is not None)
        if message is None:
            return
        self._author.setText(message.author)
        self._time.setText(marks.short_time(message.sent_at, now))
        self._time.setToolTip(marks.full_time(message.sent_at))
        self._text.set_said(*around(message.text, promise.text))


def _due_words(promise: Promise, now: datetime) -> str:
    if promise.state is not PromiseState.OPEN:
        state, at = words.settled(promise, now)
        return f"{state} {at}"
    if promise.due is None:
        return "no time was said"
    local = promise.due.astimezone()
    time = f"{local:%a} {local.day} {local:%B}, {local:%H:%M}"
    return f"{time} ({words.distance(promise.due, now)})"


def _message(promise: Promise, view: View | None) -> Message | None:
    messages = view.thread.messages if view else ()
    return next((each for each in messages if each.id == promise.message_id), None)


def _scrolled(body: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    return area


def _foot() -> QWidget:
    foot = QWidget()
    column = QVBoxLayout(foot)
    column.setContentsMargins(PADDING, 0, PADDING, 16)
    column.setSpacing(12)
    line = QFrame()
    line.setProperty("role", "line")
    column.addWidget(line)
    column.addWidget(label(FOOT, "meta muted", wraps=True))
    return foot
