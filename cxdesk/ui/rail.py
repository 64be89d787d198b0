"""The rail at the left: which page is shown, and what waits on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from cxdesk.ui import icons, theme

WIDTH, ITEM, ICON = 64, 56, 20
BADGE = 14
MOST = 99  # a badge says "99+" beyond


@dataclass(frozen=True, slots=True)
class RailItem:
    """One page of the rail; `at_end` puts it at the bottom."""

    id: str
    text: str
    icon: str
    at_end: bool = False


class Rail(QFrame):
    """Its items are data. `chosen` brings the id of the page asked for."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Pages")
        self._group = QButtonGroup(self)
        self._buttons = {item.id: self._button(item) for item in items}
        self._lay_out(items)

    def select(self, page: str) -> None:
        """Mark the page that is shown."""
        self._buttons[page].setChecked(True)

    def set_badge(self, page: str, count: int, what: str = "waiting") -> None:
        """Say how much waits on a page, and how it is called; 0 for nothing."""
        self._buttons[page].set_badge(count, what)

    def _button(self, item: RailItem) -> _RailButton:
        button = _RailButton(item)
        button.clicked.connect(lambda: self.chosen.emit(item.id))
        self._group.addButton(button)
        return button

    def _lay_out(self, items: Sequence[RailItem]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 1, 8)
        layout.setSpacing(0)
        for item in items:
            if not item.at_end:
                layout.addWidget(self._buttons[item.id])
        layout.addStretch(1)
        for item in items:
            if item.at_end:
                layout.addWidget(self._buttons[item.id])


class _RailButton(QAbstractButton):
    """Icon over its word; the shown page in accent with a bar at its left."""

    def __init__(self, item: RailItem) -> None:
        super().__init__()
        self._item, self._badge = item, 0
        self.setText(item.text)
        self.setCheckable(True)
        self.setFixedHeight(ITEM)
        self.setToolTip(item.text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_badge(self, count: int, what: str) -> None:
        self._badge = count
        name = self._item.text
        self.setAccessibleName(f"{name}, {count} {what}" if count else name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 1, ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = tokens.accent if self.isChecked() else tokens.muted
        if self.underMouse() and not self.isChecked():
            painter.fillRect(self.rect(), tokens.hover)
        if self.isChecked():
            painter.fillRect(QRect(0, 12, 3, ITEM - 24), tokens.accent)
        left = (self.width() - ICON) // 2
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(left, 10, icons.pixmap(self._item.icon, ICON, color, ratio))
        painter.setPen(color)
        painter.setFont(_label_font())
        painter.drawText(QRect(0, 32, self.width(), 16), Qt.AlignmentFlag.AlignCenter, self.text())
        self._paint_badge(painter)
        self._paint_focus(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        if not self._badge:
            return
        tokens = theme.tokens()
        words = str(self._badge) if self._badge <= MOST else f"{MOST}+"
        painter.setFont(theme.font("meta", strong=True))
        width = max(BADGE, painter.fontMetrics().horizontalAdvance(words) + 6)
        box = QRect(self.width() // 2 + 4, 5, width, BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.levels[3])
        painter.drawRoundedRect(box, BADGE / 2, BADGE / 2)
        painter.setPen(tokens.on_accent)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setPen(QPen(theme.tokens().accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(4, 2, -4, -2), 6, 6)


def _label_font() -> QFont:
    font = theme.font("meta")
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.3)
    return font
