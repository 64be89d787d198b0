"""The painted line between messages: "Turned here, from annoyed to angry", what a reply did."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cxdesk.ui import marks, theme
from cxdesk.ui.thread.plan import MoodLine

HEIGHT = 28
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class MoodLineWidget(QWidget):
    """Ring, words and a one-pixel rule in the colour of the level they speak about."""

    def __init__(self, line: MoodLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = line
        self.setAccessibleName(line.words)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.signals().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.tokens(), QPainter(self)
        color = tokens.levels[self._line.level]
        marks.paint_level(painter, QRect(4, 0, marks.RING, HEIGHT), self._line.level, color)
        painter.setFont(theme.font("meta", strong=True))
        painter.setPen(color)
        painter.drawText(self.rect().adjusted(24, 0, 0, 0), _LEFT, self._line.words)
        x = 24 + painter.fontMetrics().horizontalAdvance(self._line.words) + 8
        painter.fillRect(QRect(x, HEIGHT // 2, self.width() - x, 1), tokens.edge(color))
