"""An earlier message folded to one line of 28 pixels, painted, so that 500 of them open at once."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cxdesk.model import Message, Role
from cxdesk.ui import icons, marks, theme
from cxdesk.ui.softening import SoftText
from cxdesk.ui.thread import words

HEIGHT = 28
_ICON = 14
_NAME_LEFT = 46
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _ThinLine(QAbstractButton):
    """A line of the column that a click, Enter or Space opens."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.hover)
            painter.drawRoundedRect(self.rect(), 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(tokens.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        chevron = icons.pixmap("chevron-right", _ICON, tokens.muted, self.devicePixelRatioF())
        painter.drawPixmap(4, (HEIGHT - _ICON) // 2, chevron)
        self._paint_content(painter, tokens)

    def _paint_content(self, painter: QPainter, tokens: theme.Tokens) -> None:
        """Paint what stands right of the chevron."""
        raise NotImplementedError

    def _paint_strong(self, painter: QPainter, tokens: theme.Tokens, text: str) -> int:
        painter.setPen(tokens.muted)
        painter.setFont(theme.font("meta", strong=True))
        painter.drawText(self.rect().adjusted(_NAME_LEFT, 0, 0, 0), _LEFT, text)
        return _NAME_LEFT + painter.fontMetrics().horizontalAdvance(text)


class BundleLine(_ThinLine):
    """ "482 earlier messages": opens to a line for each of the nearest ones."""

    def __init__(self, messages: tuple[Message, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.messages = messages
        self.message = messages[-1]
        self.setText(f"{len(messages)} more messages")
        self.setAccessibleName(f"{self.text()}, folded")

    def _paint_content(self, painter: QPainter, tokens: theme.Tokens) -> None:
        self._paint_strong(painter, tokens, self.text())


class FoldedLine(_ThinLine):
    """Who, the first words, when."""

    def __init__(
        self, message: Message, now: datetime, parent: QWidget, *, soft: SoftText | None = None
    ) -> None:
        super().__init__(parent)
        self.message = message
        self.soft = soft
        self._time = marks.short_time(message.sent_at, now)
        self._words = words.one_line((soft.text if soft else message.text)[:200])
        self.setAccessibleName(self._sentence())
        self.setToolTip(marks.full_time(message.sent_at))

    def _sentence(self) -> str:
        parts = (self._who(), marks.level_words(self.message.level), self._words, "folded")
        return ", ".join(part for part in parts if part)

    def _who(self) -> str:
        if self.message.automated:
            return f"Automatic ({self.message.automated})"
        who = words.first_name(self.message.author) or _nameless(self.message)
        return f"Note by {who}" if self.message.role is Role.NOTE else who

    def _paint_content(self, painter: QPainter, tokens: theme.Tokens) -> None:
        self._paint_sign(painter, tokens)
        left = self._paint_strong(painter, tokens, self._who()) + 12
        self._paint_words(painter, left)

    def _paint_sign(self, painter: QPainter, tokens: theme.Tokens) -> None:
        if self.message.role is Role.NOTE:
            note = icons.pixmap("note", _ICON, tokens.muted, self.devicePixelRatioF())
            painter.drawPixmap(25, (HEIGHT - _ICON) // 2, note)
        elif self.message.level is not None and self.message.role is Role.CUSTOMER:
            ring = QRect(26, 0, marks.RING, HEIGHT)
            color = tokens.levels[self.message.level]
            marks.paint_level(painter, ring, self.message.level, color)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        painter.setFont(theme.font("meta"))
        line = self.rect().adjusted(0, 0, -4, 0)
        painter.drawText(line, _RIGHT, self._time)
        metrics = painter.fontMetrics()
        room = line.right() - metrics.horizontalAdvance(self._time) - 12 - left
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(line.adjusted(left, 0, 0, 0), _LEFT, shown)


def _nameless(message: Message) -> str:
    return words.CUSTOMER if message.role is Role.CUSTOMER else words.YOU
