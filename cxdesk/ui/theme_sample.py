"""A row, a blamed sentence and a play in small, so that a choice of theme shows what it does."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.model import BlameTarget, Level, OpenSlot, Trend
from cxdesk.ui.inbox.empty_page import PointSign
from cxdesk.ui.labels import label
from cxdesk.ui.marks import LevelMark, TrendMark, blame_words
from cxdesk.ui.sidebar.facts import WaveText
from cxdesk.ui.slot_text import SlotText

WIDTH = 360
_BLAME = "You should have told us sooner."
_PLAY = "I’ll call the depot myself and write to you by time."


class ThemeSample(QFrame):
    """Made of the marks themselves, so that it can show nothing else than the window does."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("How it looks")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 10, 1, 12)
        column.setSpacing(10)
        column.addLayout(_padded(_customer(self)))
        column.addWidget(_line())
        column.addLayout(_padded(_reply()))


def _customer(parent: QWidget) -> QVBoxLayout:
    """A row as the inbox has it."""
    name = QHBoxLayout()
    name.addWidget(label("Maria Lopez", "strong"), 1)
    name.addWidget(label("42m", "meta muted"))
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addLayout(name)
    column.addLayout(_mood(parent))
    column.addWidget(label("“This is the third time I’m writing.”", "body"))
    return column


def _mood(parent: QWidget) -> QHBoxLayout:
    # A mark that shows itself before it has a parent would be a window of its own.
    level, trend = LevelMark(parent), TrendMark(parent)
    level.set_level(Level.ANGRY)
    trend.set_trend(Trend.RISING, Level.ANGRY, short=True)
    row = QHBoxLayout()
    row.setSpacing(3)
    row.addWidget(level)
    row.addSpacing(5)
    row.addWidget(trend)
    row.addSpacing(5)
    row.addWidget(PointSign("wave"))
    row.addWidget(label(blame_words(BlameTarget.COMPANY), "meta blame"), 1)
    return row


def _reply() -> QVBoxLayout:
    """A sentence that may read as blame, and one with open fields."""
    blame, play = WaveText(), SlotText()
    blame.set_text(_BLAME)
    play.set_text(_PLAY, [_slot("the depot"), _slot("time")])
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(blame)
    column.addWidget(play)
    return column


def _slot(words: str) -> OpenSlot:
    start = _PLAY.index(words)
    return OpenSlot(words, words, start, start + len(words))


def _padded(inner: QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(12, 0, 12, 0)
    row.addLayout(inner)
    return row


def _line() -> QFrame:
    made = QFrame()
    made.setProperty("role", "line")
    return made
