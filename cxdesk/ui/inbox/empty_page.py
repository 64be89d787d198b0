"""The page of an empty split: one block that teaches, then the next split goes on below it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Level, Split, Trend
from cxdesk.ui import marks, theme
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.inbox.list_view import ConversationList
from cxdesk.ui.inbox.teaching import Point, Teaching
from cxdesk.ui.labels import label

PADDING = 12


class PointSign(QWidget):
    """The mark rows use for a reason, painted as they paint it."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.signals().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(16, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.tokens(), QPainter(self)
        if self._sign == "wave":
            marks.paint_wave(painter, self.rect(), tokens.blame)
        elif self._sign == "trend":
            marks.paint_trend(painter, self.rect(), Trend.RISING, tokens.levels[Level.ANGRY])
        else:
            level = Level.FRUSTRATED
            marks.paint_level(painter, self.rect(), level, tokens.levels[level])


class TeachingBlock(QWidget):
    """A Teaching in one block, left-aligned with the rows' text."""

    command = Signal(str)

    def __init__(self, teaching: Teaching) -> None:
        super().__init__()
        self._build(teaching)

    def _build(self, teaching: Teaching) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, 24, PADDING, 20)
        column.setSpacing(5)
        column.addWidget(IconLabel(teaching.icon, 24))
        column.addSpacing(4)
        column.addWidget(label(teaching.title, "heading", wraps=True))
        column.addWidget(label(teaching.lead, "body muted", wraps=True))
        for point in teaching.points:
            column.addLayout(self._point(point))
        if teaching.end:
            column.addWidget(label(teaching.end, "body muted", wraps=True))
        if teaching.action:
            column.addWidget(self._link(teaching), 0, Qt.AlignmentFlag.AlignLeft)

    def _point(self, point: Point) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if point.sign in ("level", "trend", "wave"):
            row.addWidget(PointSign(point.sign), 0, Qt.AlignmentFlag.AlignTop)
        else:
            key = label(point.sign, "meta muted")
            key.setFixedWidth(44)
            row.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(point.words, "body", wraps=True), 1)
        return row

    def _link(self, teaching: Teaching) -> QPushButton:
        button = QPushButton(teaching.action_words)
        button.clicked.connect(lambda: self.command.emit(teaching.action))
        return button


class NextHeader(QFrame):
    """ "Next in Mine": where the rows below the block come from, and the key that goes there."""

    def __init__(self, title: str, key: str) -> None:
        super().__init__()
        self.setFixedHeight(33)
        row = QHBoxLayout()
        row.setContentsMargins(PADDING, 0, PADDING, 0)
        row.addWidget(label(f"Next in {title}", "meta muted strong"), 1)
        row.addWidget(label(key, "meta muted"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._line(), row, self._line()):
            if isinstance(part, QHBoxLayout):
                column.addLayout(part, 1)
            else:
                column.addWidget(part)

    @staticmethod
    def _line() -> QFrame:
        line = QFrame()
        line.setProperty("role", "line")
        return line


class EmptyPage(QWidget):
    """Shows a teaching, and below it the rows of the next split that has some."""

    command = Signal(str)

    def __init__(self, rows: ConversationList) -> None:
        super().__init__()
        self.rows = rows
        self._teaching: Teaching | None = None
        self._following: Split | None = None
        self._top = QVBoxLayout()
        self._top.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(rows, 1)
        column.addStretch(0)

    @property
    def continues_with(self) -> str:
        """The id of the split whose rows stand below the block; empty when there are none."""
        return self._following.id if self._following else ""

    def teach(self, teaching: Teaching, following: Split | None = None, key: str = "") -> None:
        """Say this; the rows in the list below belong to the split `following`."""
        if (teaching, following) == (self._teaching, self._following):
            return
        self._teaching, self._following = teaching, following
        self._clear()
        block = TeachingBlock(teaching)
        block.command.connect(self.command)
        self._top.addWidget(block)
        if following:
            self._top.addWidget(NextHeader(following.title, key))
        self.rows.setVisible(following is not None)
        self.setAccessibleName(f"{teaching.title}. {teaching.lead}")

    def _clear(self) -> None:
        while (item := self._top.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
