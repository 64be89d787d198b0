"""What is going on, in two columns: the level first, then the customer's own words for it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Level, Trend
from cxdesk.ui import icons, marks, theme
from cxdesk.ui.labels import as_written
from cxdesk.ui.sidebar.fact import Fact
from cxdesk.ui.slot_text import SlotText

LABEL_WIDTH = 64
GAP = 8
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


class FactRows(QWidget):
    """One row per fact: a label of 64 pixels and the words; without labels where it is narrow."""

    correct_requested = Signal()
    """The button of a fact that can be set right was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self._has_labels = True
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Iterable[Fact], *, labels: bool = True) -> None:
        """Replace the rows; the same again changes nothing."""
        wanted = tuple(facts)
        if (wanted, labels) != (self._facts, self._has_labels):
            self._facts, self._has_labels = wanted, labels
            self._fill()
        self.setVisible(bool(wanted))

    def texts(self) -> list[str]:
        """The rows as a screen reader says them."""
        return [f"{fact.label}: {fact.words}" for fact in self._facts]

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._grid.setHorizontalSpacing(GAP if self._has_labels else 0)
        for row, fact in enumerate(self._facts):
            if self._has_labels:
                self._grid.addWidget(_label(fact.label), row, 0, Qt.AlignmentFlag.AlignTop)
            if not fact.corrects:
                self._grid.addWidget(_value(fact), row, 1, 1, 2)
                continue
            self._grid.addWidget(_value(fact), row, 1)
            self._grid.addWidget(self._pencil(fact), row, 2, Qt.AlignmentFlag.AlignTop)

    def _pencil(self, fact: Fact) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "iconbutton small")
        button.setIcon(icons.icon("pencil", size=14))
        button.setAccessibleName(f"{fact.corrects}: {fact.words}")
        button.setToolTip(fact.corrects)
        button.clicked.connect(self.correct_requested)
        return button


class LevelLine(QWidget):
    """The level with its trend, and the key that corrects it."""

    correct_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level, self.trend = marks.LevelMark(), marks.TrendMark()
        self.correct = KeyBox("C", "Correct the level")
        self.correct.clicked.connect(self.correct_requested)
        self.label = _label("Level")
        marked = QHBoxLayout()
        marked.setSpacing(10)
        for part in (self.level, self.trend):
            marked.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.label)
        row.addLayout(marked)
        row.addStretch(1)
        row.addWidget(self.correct)

    def show_mood(self, level: Level, trend: Trend) -> None:
        self.level.set_level(level)
        self.trend.set_trend(trend, level)


class FactsGrid(QWidget):
    """The level first, then the facts: all of them, or where it is narrow those of first rank."""

    correct_requested = Signal()
    counts_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self._narrow = False
        self.line, self.rows = LevelLine(), FactRows()
        self.line.correct_requested.connect(self.correct_requested)
        self.rows.correct_requested.connect(self.counts_requested)
        self.correct = self.line.correct
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self.rows)

    def show_mood(self, level: Level, trend: Trend) -> None:
        self.line.show_mood(level, trend)

    def show_facts(self, facts: Iterable[Fact]) -> None:
        """Replace the rows below the level."""
        self._facts = tuple(facts)
        first = tuple(fact for fact in self._facts if fact.is_first)
        self.rows.show_facts(first if self._narrow else self._facts, labels=not self._narrow)

    def left_out(self) -> tuple[Fact, ...]:
        """The facts that have no room here."""
        return tuple(f for f in self._facts if not f.is_first) if self._narrow else ()

    def set_narrow(self, on: bool) -> None:
        """In a narrow sidebar only the level and the words stay, without labels."""
        self._narrow = on
        self.line.label.setVisible(not on)
        self.show_facts(self._facts)

    def texts(self) -> list[str]:
        """The rows as a screen reader says them."""
        return self.rows.texts()


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
    value.setAccessibleDescription(fact.origin)
    return value
