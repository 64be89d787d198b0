"""Paints a row of the inbox in one go: one dataclass per row keeps 50 000 rows fast."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cxdesk.model import Confidence, Row, Trend
from cxdesk.ui import icons, marks, theme
from cxdesk.ui.inbox import row_words
from cxdesk.ui.inbox.model import InboxModel, Index, Roles
from cxdesk.ui.row_ground import paint_ground

ROW_HEIGHT = 80
PADDING = 12
NARROW = 288
"""Below this width a row says the trend by its arrow alone where blame stands beside it."""

_NAME = (10, 19)  # top and height of each line within the row
_LEVEL = (30, 16)
_WORDS = (51, 18)
_APART = 8
_ICON = 14
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class _Type:
    """A font and its measures, made once per theme rather than once per row."""

    font: QFont
    metrics: QFontMetrics

    @classmethod
    def of(cls, role: str, *, strong: bool = False) -> _Type:
        font = theme.font(role, strong=strong)
        return cls(font, QFontMetrics(font))

    def width(self, text: str) -> int:
        return self.metrics.horizontalAdvance(text)

    def elided(self, text: str, width: int) -> str:
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))


def _right_padding(view: QWidget | None) -> int:
    """Less beside a scroll bar, so that times stay under the right edge of the search field."""
    bar = view.verticalScrollBar() if isinstance(view, QAbstractItemView) else None
    return PADDING - (bar.width() if bar and bar.isVisible() else 0)


class InboxDelegate(QStyledItemDelegate):
    """Paints rows 80 pixels high: who and since when, how it stands, the customer's own words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        theme.signals().changed.connect(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        self._tokens = theme.tokens()
        self._body = _Type.of("body")
        self._strong = _Type.of("body", strong=True)
        self._meta = _Type.of("meta")
        self._level_type = _Type.of("meta", strong=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(int(Roles.ROW))
        model = index.model()
        assert isinstance(model, InboxModel)
        painter.save()
        paint_ground(painter, option, self._tokens)
        inner = option.rect.adjusted(PADDING, 0, -_right_padding(option.widget), -1)
        self._paint_name(painter, inner, row, model)
        left = self._paint_safety(painter, inner) if model.is_in_danger(row) else 0
        beside = inner.adjusted(left, 0, 0, 0)
        self._paint_level(painter, beside, row, narrow=option.rect.width() < NARROW)
        self._paint_words(painter, inner, row)
        painter.restore()

    # -------------------------------------------------------------- first line

    def _paint_name(self, painter: QPainter, inner: QRect, row: Row, model: InboxModel) -> None:
        line = QRect(inner.left(), inner.top() + _NAME[0], inner.width(), _NAME[1])
        right = self._paint_times(painter, line, row, model)
        painter.setFont(self._strong.font)
        painter.setPen(self._tokens.text)
        room = right - _APART - line.left()
        painter.drawText(line, _LEFT, self._strong.elided(row.customer, room))

    def _paint_times(self, painter: QPainter, line: QRect, row: Row, model: InboxModel) -> int:
        """Waiting time and the marks before it, from the right; returns where they begin."""
        painter.setFont(self._meta.font)
        painter.setPen(self._tokens.muted)
        time = marks.relative(row.waiting_since or row.updated_at, model.now)
        painter.drawText(line, _RIGHT, time)
        right = line.right() + 1 - self._meta.width(time)
        if row.snoozed_until:
            until = marks.short_time(row.snoozed_until, model.now)
            right = self._paint_sign(painter, line, right, "clock", until)
        if row.promise_due:
            due = marks.due_short(row.promise_due, model.now)
            right = self._paint_sign(painter, line, right, "flag", due)
        if row.has_draft:
            right = self._paint_sign(painter, line, right, "pencil", "draft")
        return right

    def _paint_sign(self, painter: QPainter, line: QRect, right: int, name: str, word: str) -> int:
        word_left = right - _APART - self._meta.width(word)
        painter.drawText(QRect(word_left, line.top(), 200, line.height()), _LEFT, word)
        left = word_left - 2 - _ICON
        ratio = painter.device().devicePixelRatioF()
        top = line.center().y() - _ICON // 2 + 1
        painter.drawPixmap(left, top, icons.pixmap(name, _ICON, self._tokens.muted, ratio))
        return left

    # -------------------------------------------------------------- second line

    def _paint_safety(self, painter: QPainter, inner: QRect) -> int:
        """A shield and "safety" in the text's colour; returns what they take of the line."""
        line = QRect(inner.left(), inner.top() + _LEVEL[0], inner.width(), _LEVEL[1])
        ratio = painter.device().devicePixelRatioF()
        shield = icons.pixmap("shield", _ICON, self._tokens.text, ratio)
        painter.drawPixmap(line.left(), line.center().y() - _ICON // 2 + 1, shield)
        painter.setFont(self._level_type.font)
        painter.setPen(self._tokens.text)
        word = line.adjusted(_ICON + marks.GAP, 0, 0, 0)
        painter.drawText(word, _LEFT, row_words.SAFETY)
        return _ICON + marks.GAP + self._level_type.width(row_words.SAFETY) + _APART

    def _paint_level(self, painter: QPainter, inner: QRect, row: Row, *, narrow: bool) -> None:
        line = QRect(inner.left(), inner.top() + _LEVEL[0], inner.width(), _LEVEL[1])
        if row.level is None:
            self._paint_subject(painter, line, row)
            return
        color = marks.level_color(row.level, self._tokens, row.confidence)
        sure = row.confidence is not Confidence.LOW
        x = self._paint_ring(painter, line, row, color)
        blame = marks.blame_words(row.blame_target) if sure else ""
        if sure and row.trend is not Trend.STEADY:
            word = "" if narrow and blame else marks.TREND_SHORT[row.trend]
            x = self._paint_trend(painter, line, x, row.trend, word, color)
        if blame:
            self._paint_blame(painter, line, x, blame)

    def _paint_subject(self, painter: QPainter, line: QRect, row: Row) -> None:
        """Without a verdict the line is the subject's: nothing is claimed about the mood."""
        painter.setFont(self._meta.font)
        painter.setPen(self._tokens.muted)
        painter.drawText(line, _LEFT, self._meta.elided(row.subject, line.width()))

    def _paint_ring(self, painter: QPainter, line: QRect, row: Row, color: QColor) -> int:
        shown = None if row.confidence is Confidence.LOW else row.level
        ring = QRect(line.left(), line.top(), marks.RING, line.height())
        marks.paint_level(painter, ring, shown, color)
        word = marks.level_words(row.level, row.confidence)
        painter.setFont(self._level_type.font)
        painter.setPen(color)
        left = ring.right() + 1 + marks.GAP
        painter.drawText(QRect(left, line.top(), line.width(), line.height()), _LEFT, word)
        return left + self._level_type.width(word)

    def _paint_trend(
        self, painter: QPainter, line: QRect, x: int, trend: Trend, word: str, color: QColor
    ) -> int:
        arrow = QRect(x + _APART, line.top(), marks.ARROW, line.height())
        marks.paint_trend(painter, arrow, trend, color)
        if not word:
            return arrow.right()
        painter.setFont(self._meta.font)
        painter.setPen(color)
        left = arrow.right() + 3
        painter.drawText(QRect(left, line.top(), line.width(), line.height()), _LEFT, word)
        return left + self._meta.width(word)

    def _paint_blame(self, painter: QPainter, line: QRect, x: int, words: str) -> None:
        wave = QRect(x + _APART, line.top(), marks.WAVE, line.height())
        marks.paint_wave(painter, wave, self._tokens.blame)
        painter.setFont(self._meta.font)
        painter.setPen(self._tokens.blame)
        left = wave.right() + 4
        room = QRect(left, line.top(), line.right() - left, line.height())
        painter.drawText(room, _LEFT, self._meta.elided(words, room.width()))

    # -------------------------------------------------------------- third line

    def _paint_words(self, painter: QPainter, inner: QRect, row: Row) -> None:
        line = QRect(inner.left(), inner.top() + _WORDS[0], inner.width(), _WORDS[1])
        painter.setPen(self._tokens.text)
        if row.match:
            self._paint_match(painter, line, row.match)
            return
        painter.setFont(self._body.font)
        words = self._body.elided(row_words.quoted(row.snippet), line.width())
        painter.drawText(line, _LEFT, words)

    def _paint_match(self, painter: QPainter, line: QRect, match: str) -> None:
        """The text around a hit, the hit in 600; what precedes it gives way so that it shows."""
        before, hit, after = row_words.hit_parts(match)
        room = max(line.width() - self._strong.width(hit), line.width() // 2)
        if self._body.width(before) > room // 2:
            before = self._body.metrics.elidedText(before, Qt.TextElideMode.ElideLeft, room // 2)
        x = line.left()
        for text, kind in ((before, self._body), (hit, self._strong), (after, self._body)):
            shown = kind.elided(text, line.right() + 1 - x)
            painter.setFont(kind.font)
            painter.drawText(QRect(x, line.top(), line.width(), line.height()), _LEFT, shown)
            x += kind.width(shown)
