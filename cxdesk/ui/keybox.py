"""A key in its box, painted: where many rows show one, a label for each would be too slow."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from cxdesk.ui import theme

HEIGHT, PADDING, CORNER = 20, 6, 4


def keybox_width(key: str) -> int:
    """Pixels a key needs with its box."""
    return QFontMetrics(theme.font("meta")).horizontalAdvance(key) + 2 * PADDING


def paint_keybox(
    painter: QPainter, left: int, middle: int, key: str, *, ink: QColor, edge: QColor
) -> QRect:
    """Paint a key from `left`, its middle line at `middle`; the box it took."""
    box = QRect(left, middle - HEIGHT // 2 + 1, keybox_width(key), HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(edge)
    painter.setBrush(theme.tokens().window)
    painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
    painter.setFont(theme.font("meta"))
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
    return box
