"""The ground of a row in a list: chosen, under the pointer or at the focus, as in every list."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from cxdesk.ui import theme

_BAR = 3


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, tokens: theme.Tokens) -> None:
    """Paint a row's ground with the line below it; what is chosen has a bar at its left edge too,
    and what is at the focus a frame, so that neither hangs on colour."""
    rect, state = option.rect, option.state
    selected = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    ground = tokens.selected if selected else tokens.hover if hovered else tokens.surface
    painter.fillRect(rect, ground)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.line)
    if selected:
        painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height() - 1), tokens.accent)
    elif state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(tokens.accent, 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -2))
