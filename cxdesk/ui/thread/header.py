"""The thread's header: who it is, how they are, and what can be done with the conversation."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Thread, Trend
from cxdesk.ui import icons, marks, people, theme
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.key_words import with_key
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.labels import as_written, label
from cxdesk.ui.thread import words

HEIGHT = 72
NARROW = 440
"""Below this width the trend is said in its short word."""
_BUTTONS = (
    ("snooze", "clock", "Snooze"),
    ("done", "check", "Done"),
)
_MORE = (
    ("turn", "Go to where it turned"),
    ("correct", "Correct the level"),
    ("note", "Add a note"),
    ("assign_me", "Assign to me"),
)


class ElidedLabel(QLabel):
    """A label that gives way: its text ends in an ellipsis where there is no room."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)


class ThreadHeader(QFrame):
    """72 pixels: the customer's name above, spark, level, trend, channel and contact below."""

    command = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel("title")
        self._spark = marks.Spark()
        self._level = marks.LevelMark()
        self._trend = marks.TrendMark()
        self._about = ElidedLabel("meta muted")
        self._safety = _signed("shield", "safety")
        self._soft = _signed("eye", "soft view")
        self._shown: Thread | None = None
        self._keymap = Keymap()
        self._buttons: dict[str, QToolButton] = {}
        self._build()

    def _build(self) -> None:
        self.setProperty("role", "surface")
        self.setFixedHeight(HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 17, 0)
        column.setSpacing(0)
        column.addLayout(self._build_name())
        column.addSpacing(4)
        column.addLayout(self._build_mood())
        column.addStretch(1)

    def _build_name(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._name, 1)
        for action, icon, name in _BUTTONS:
            button = self._buttons[action] = self._button(icon, name)
            button.clicked.connect(lambda _on=False, it=action: self.command.emit(it))
            row.addWidget(button)
        more = self._button("dots", "More")
        more.clicked.connect(lambda: self._offer(more))
        row.addWidget(more)
        return row

    def set_keymap(self, keymap: Keymap) -> None:
        """Name these keys in the tooltips and in the menu."""
        self._keymap = keymap
        for action, _, name in _BUTTONS:
            self._buttons[action].setToolTip(with_key(name, action, keymap))

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "iconbutton")
        button.setIcon(icons.icon(icon, size=18))
        button.setIconSize(QSize(18, 18))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def _build_mood(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._safety)
        row.addWidget(self._spark, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._level)
        row.addWidget(self._trend)
        row.addWidget(self._about, 1)
        row.addWidget(self._soft)
        for part in (self._safety, self._soft):
            part.hide()
        return row

    def show_safety(self, on: bool) -> None:
        """Say that somebody may come to harm, in words and with a sign."""
        self._safety.setVisible(on)

    def show_soft(self, on: bool) -> None:
        """Say that insults are hidden, and by which key they come back."""
        self._soft.setVisible(on)
        self._soft.setToolTip(with_key("Show what is hidden", "soft_view", self._keymap))

    def show_thread(self, thread: Thread, now: datetime) -> None:
        """Show who and how; the mood is left out while no message has been analysed."""
        self._shown = thread
        self._name.setText(people.full_name(thread.customer))
        self._name.setToolTip(as_written(thread.customer.address))
        read = bool(thread.mood.readings)
        self._spark.set_readings(thread.mood.readings)
        self._level.set_level(thread.mood.level if read else None)
        self._trend.setVisible(read and thread.mood.trend is not Trend.STEADY)
        about = words.about(thread, now)
        self._about.setText(f"· {about}" if read else about)
        self._about.setToolTip(as_written(thread.subject))
        self._fit_trend()

    def _fit_trend(self) -> None:
        if self._shown:
            mood = self._shown.mood
            self._trend.set_trend(mood.trend, mood.level, short=self.width() < NARROW)

    def _offer(self, below: QToolButton) -> None:
        menu = QMenu(self)
        for action, text in _MORE:
            item = menu.addAction(f"{text}\t{self._keymap.text(action)}")
            item.triggered.connect(lambda _on=False, it=action: self.command.emit(it))
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_trend()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(0, HEIGHT - 1, self.width(), 1, theme.tokens().line)


def _signed(icon: str, words: str) -> QWidget:
    """A sign and its word, both in the text's colour: said, not painted."""
    part = QWidget()
    part.setAccessibleName(words)
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(IconLabel(icon, 14, "text"))
    row.addWidget(label(words, "meta strong"))
    return part
