"""Short words in boxes, as many in a line as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cxdesk.ui import theme

HEIGHT, GAP, PADDING, CORNER = 24, 6, 8, 4


class Chips(QWidget):
    """Wraps to its width; hidden when there are none. `name` is what a screen reader says first."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._words: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.signals().changed.connect(self.update)

    def show_words(self, words: Sequence[str]) -> None:
        self._words = tuple(words)
        self.setAccessibleName(f"{self._name}: {', '.join(words)}")
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def words(self) -> tuple[str, ...]:
        return self._words

    def _boxes(self, width: int) -> Iterator[QRect]:
        metrics = QFontMetrics(theme.font("meta"))
        x = y = 0
        for word in self._words:
            wide = min(metrics.horizontalAdvance(word) + 2 * PADDING, width)
            if x and x + wide > width:
                x, y = 0, y + HEIGHT + GAP
            yield QRect(x, y, wide, HEIGHT)
            x += wide + GAP

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((box.bottom() + 1 for box in self._boxes(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("meta"))
        for word, box in zip(self._words, self._boxes(self.width()), strict=True):
            painter.setPen(tokens.line)
            painter.setBrush(tokens.window)
            painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
            painter.setPen(tokens.text)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
