"""Paints promises in one go: box, when, the promised words, to whom, the mood, the channel."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from cxdesk.model import Promise, PromiseState
from cxdesk.ui import icons, marks, theme
from cxdesk.ui.promises import words
from cxdesk.ui.promises.model import Heading, Index, PromiseModel, Roles
from cxdesk.ui.promises.time_words import time_in
from cxdesk.ui.promises.words import Group
from cxdesk.ui.row_ground import paint_ground
from cxdesk.ui.sidebar.words import channel

ROW, HEADING = 56, 36
SIDE = 24
NARROW = 720
"""Below this width the channel gives its room to the words."""

_BOX, _TIME, _LEVEL, _CHANNEL = 16, 92, 88, 72
_GAP, _ICON = 16, 14
_FIRST, _SECOND = (10, 19), (29, 17)  # top and height of each line within the row
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CHANNEL_ICONS = {"email": "mail"}


class PromiseDelegate(QStyledItemDelegate):
    """Rows of 56 pixels below headings of 36."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        theme.signals().changed.connect(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        self._tokens = theme.tokens()
        self._body, self._strong = theme.font("body"), theme.font("body", strong=True)
        self._meta, self._word = theme.font("meta"), theme.font("meta", strong=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_heading = isinstance(index.data(int(Roles.ENTRY)), Heading)
        return QSize(option.rect.width(), HEADING if is_heading else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(int(Roles.ENTRY))
        painter.save()
        if isinstance(entry, Heading):
            self._paint_heading(painter, option, entry)
        else:
            self._paint_promise(painter, option, entry, index)
        painter.restore()

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, heading: Heading
    ) -> None:
        if heading.folded is not None:
            paint_ground(painter, option, self._tokens)
        else:
            painter.fillRect(option.rect, self._tokens.surface)
            bottom = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
            painter.fillRect(bottom, self._tokens.line)
        line = option.rect.adjusted(SIDE, 0, -SIDE, -1)
        late = heading.group is Group.OVERDUE
        ink = self._tokens.levels[3] if late else self._tokens.text
        x = self._word_at(painter, line, line.left(), heading.group.value, self._strong, ink)
        for text in (heading.count, heading.detail):
            if text:
                x = self._word_at(painter, line, x + 8, text, self._meta, self._tokens.muted)
        if heading.folded is not None:
            name = "chevron-right" if heading.folded else "chevron-down"
            self._icon_at(painter, line, x + 8, name, self._tokens.muted)

    # -------------------------------------------------------------- one promise

    def _paint_promise(
        self, painter: QPainter, option: QStyleOptionViewItem, promise: Promise, index: Index
    ) -> None:
        model = index.model()
        assert isinstance(model, PromiseModel)
        paint_ground(painter, option, self._tokens)
        rect = option.rect.adjusted(0, 0, 0, -1)
        wide = rect.width() >= NARROW
        self._paint_box(painter, box(rect), promise)
        left = self._paint_time(painter, rect, promise, model)
        right = rect.right() + 1 - SIDE
        if wide:
            right -= _CHANNEL
            self._paint_channel(painter, QRect(right, rect.top(), _CHANNEL, ROW - 1), promise)
            right -= _GAP
        right -= _LEVEL
        self._paint_level(painter, QRect(right, rect.top(), _LEVEL, ROW - 1), promise)
        room = QRect(left, rect.top(), right - _GAP - left, ROW)
        self._paint_words(painter, room, promise)

    def _paint_box(self, painter: QPainter, at: QRect, promise: Promise) -> None:
        tokens = self._tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kept = promise.state is PromiseState.KEPT
        painter.setPen(tokens.accent if kept else tokens.control)
        painter.setBrush(tokens.accent if kept else tokens.surface)
        painter.drawRoundedRect(at.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if promise.state is not PromiseState.OPEN:
            name, ink = ("check", tokens.on_accent) if kept else ("x", tokens.muted)
            self._icon_at(painter, at, at.left() + 1, name, ink)

    def _paint_time(
        self, painter: QPainter, rect: QRect, promise: Promise, model: PromiseModel
    ) -> int:
        """How far off over the time itself, right-aligned; returns where the words begin."""
        left = box(rect).right() + 1 + _GAP
        late = words.is_late(promise, model.now)
        if promise.state is PromiseState.OPEN:
            texts = words.distance(promise.due, model.now), words.clock(promise.due, model.now)
        else:
            texts = words.settled(promise, model.now)
        ink = self._tokens.levels[3] if late else self._tokens.text
        self._line(painter, rect, left, texts[0], self._strong if late else self._body, ink)
        self._line(painter, rect, left, texts[1], self._meta, self._tokens.muted, second=True)
        return left + _TIME + _GAP

    def _line(
        self,
        painter: QPainter,
        rect: QRect,
        left: int,
        text: str,
        font: QFont,
        ink: QColor,
        *,
        second: bool = False,
    ) -> None:
        top, height = _SECOND if second else _FIRST
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QRect(left, rect.top() + top, _TIME, height), _RIGHT, text)

    def _paint_words(self, painter: QPainter, room: QRect, promise: Promise) -> None:
        """The promised words with their time in 600, over customer and matter."""
        line = QRect(room.left(), room.top() + _FIRST[0], room.width(), _FIRST[1])
        said = words.quoted(promise)
        start, end = time_in(said)
        settled = promise.state is not PromiseState.OPEN
        ink = self._tokens.muted if settled else self._tokens.text
        x = line.left()
        for text, font in (
            (said[:start], self._body),
            (said[start:end], self._strong),
            (said[end:], self._body),
        ):
            x = self._word_at(painter, line, x, text, font, ink)
        second = QRect(room.left(), room.top() + _SECOND[0], room.width(), _SECOND[1])
        self._word_at(
            painter, second, second.left(), words.whom(promise), self._meta, self._tokens.muted
        )

    def _paint_level(self, painter: QPainter, at: QRect, promise: Promise) -> None:
        if promise.level is None:
            return
        color = marks.level_color(promise.level, self._tokens)
        marks.paint_level(
            painter, QRect(at.left(), at.top(), marks.RING, at.height()), promise.level, color
        )
        word = marks.level_words(promise.level)
        self._word_at(painter, at, at.left() + marks.RING + marks.GAP, word, self._word, color)

    def _paint_channel(self, painter: QPainter, at: QRect, promise: Promise) -> None:
        name = _CHANNEL_ICONS.get(promise.channel, "chat")
        self._icon_at(painter, at, at.left(), name, self._tokens.muted)
        left = at.left() + _ICON + marks.GAP
        self._word_at(painter, at, left, channel(promise.channel), self._meta, self._tokens.muted)

    # -------------------------------------------------------------- words and signs

    def _word_at(
        self, painter: QPainter, line: QRect, x: int, text: str, font: QFont, ink: QColor
    ) -> int:
        """Write from x, cut at the line's end; returns where the next word may begin."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.right() + 1 - x)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QRect(x, line.top(), line.right() + 1 - x, line.height()), _LEFT, shown)
        return x + metrics.horizontalAdvance(shown)

    def _icon_at(self, painter: QPainter, line: QRect, x: int, name: str, ink: QColor) -> None:
        ratio = painter.device().devicePixelRatioF()
        top = line.top() + (line.height() - _ICON) // 2
        painter.drawPixmap(x, top, icons.pixmap(name, _ICON, ink, ratio))

    # -------------------------------------------------------------- the box

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A click on the box, or Space on the row, ticks the promise off."""
        if not isinstance(index.data(int(Roles.ENTRY)), Promise):
            return False
        if isinstance(event, QMouseEvent):
            pressed = event.type() == QEvent.Type.MouseButtonRelease
            hit = box(option.rect).adjusted(-8, -8, 8, 8).contains(event.position().toPoint())
        else:
            pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            hit = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not (pressed and hit):
            return False
        return model.setData(index, None, Qt.ItemDataRole.CheckStateRole)


def box(rect: QRect) -> QRect:
    """Where the box of a row stands."""
    return QRect(rect.left() + SIDE, rect.top() + (ROW - 1 - _BOX) // 2, _BOX, _BOX)


__all__ = ["HEADING", "ROW", "PromiseDelegate", "box"]
