"""What is going on, in two columns: the level first, then the customer's own words for it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLabel, QWidget

from cxdesk.model import Level, Trend
from cxdesk.ui import marks, theme
from cxdesk.ui.labels import as_written
from cxdesk.ui.sidebar.words import Fact
from cxdesk.ui.slot_text import SlotText

LABEL_WIDTH = 64
_SHORT = ("Because",)
_DROP = 3.5
_WAVE_ROOM = 2


class WaveText(SlotText):
    """Words with the wave of blame under them."""

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width) + _WAVE_ROOM

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.tokens().blame, marks.STROKE))
        for rect, baseline in self.parts(0, len(self.text())):
            path = marks.wave_path(rect.left(), rect.right(), baseline + _DROP, length=8)
            painter.drawPath(path)


class KeyBox(QAbstractButton):
    """A key that can also be pressed with the mouse."""

    def __init__(self, key: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(key)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(24, 24)

    def sizeHint(self) -> QSize:
        return QSize(24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        painter.setPen(QPen(tokens.accent if focus else tokens.line, 2 if focus else 1))
        painter.setBrush(tokens.hover if self.underMouse() else tokens.window)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(2.5, 2.5, -2.5, -2.5), 4, 4)
        painter.setPen(tokens.muted)
        painter.setFont(theme.font("meta"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class FactsGrid(QWidget):
    """The level with its trend and the key that corrects it, then one row per fact."""

    correct_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self._narrow = False
        self.level, self.trend = marks.LevelMark(), marks.TrendMark()
        self.correct = KeyBox("C", "Correct the level")
        self.correct.clicked.connect(self.correct_requested)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._level_label = _label("Level")
        self._add_level()

    def _add_level(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.level)
        row.addWidget(self.trend)
        row.addStretch(1)
        row.addWidget(self.correct)
        self._grid.addWidget(self._level_label, 0, 0)
        self._grid.addLayout(row, 0, 1)

    def show_mood(self, level: Level, trend: Trend) -> None:
        self.level.set_level(level)
        self.trend.set_trend(trend, level)

    def show_facts(self, facts: Iterable[Fact]) -> None:
        """Replace the rows below the level."""
        wanted = tuple(facts)
        if wanted != self._facts:
            self._facts = wanted
            self._fill()

    def set_narrow(self, on: bool) -> None:
        """In a narrow sidebar only the level and the words stay, without labels."""
        if on != self._narrow:
            self._narrow = on
            self._level_label.setVisible(not on)
            self._grid.setHorizontalSpacing(0 if on else 8)
            self._fill()

    def texts(self) -> list[str]:
        """The rows as a screen reader says them."""
        return [f"{fact.label}: {fact.words}" for fact in self._shown()]

    def _shown(self) -> tuple[Fact, ...]:
        return tuple(f for f in self._facts if f.label in _SHORT) if self._narrow else self._facts

    def _fill(self) -> None:
        while self._grid.count() > 2:
            item = self._grid.takeAt(2)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        for row, fact in enumerate(self._shown(), start=1):
            if not self._narrow:
                self._grid.addWidget(_label(fact.label), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_value(fact), row, 1)


def _label(words: str) -> QLabel:
    label = QLabel(words, wordWrap=True)
    label.setProperty("role", "meta muted")
    label.setFixedWidth(LABEL_WIDTH)
    label.setMinimumHeight(19)
    return label


def _value(fact: Fact) -> SlotText:
    value = WaveText() if fact.is_blame else SlotText(muted=fact.is_muted)
    value.set_text(fact.words)
    value.setAccessibleName(f"{fact.label}: {fact.words}")
    value.setToolTip(as_written(fact.origin))
    return value
