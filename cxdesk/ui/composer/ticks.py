"""Four quiet ticks: what of a good reply this draft says, and the way to its score."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from cxdesk.ui import icons, marks, theme

INSET = 6
"""Pixels around the ticks that show what a press reaches."""
_MARK, _GAP = 14, 4
_VCENTER = Qt.AlignmentFlag.AlignVCenter


class Said(StrEnum):
    """How a part of a good reply stands in this draft."""

    SAID = "said"
    NOT_YET = "not yet"
    HELD_BACK = "held back"


class Tick(QWidget):
    """One part: a tick when said, a ring when not yet, bars when it is held back."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._role = "body"
        self.said = Said.NOT_YET
        self.set_said(Said.NOT_YET)
        theme.signals().changed.connect(self.update)

    def set_said(self, said: Said) -> None:
        self.said = said
        self.setAccessibleName(f"{self._words}: {said}")
        self.setToolTip(f"{self._words[0].upper()}{self._words[1:]}: {said}")
        self.update()

    def set_narrow(self, on: bool) -> None:
        """Be small where the pane is narrow."""
        self._role = "meta" if on else "body"
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font(self._role)).horizontalAdvance(self._words)
        return QSize(_MARK + _GAP + words, 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        ink = tokens.good if self.said is Said.SAID else tokens.muted
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_mark(painter, ink)
        painter.setPen(ink)
        painter.setFont(theme.font(self._role))
        painter.drawText(self.rect().adjusted(_MARK + _GAP, 0, 0, 0), _VCENTER, self._words)

    def _paint_mark(self, painter: QPainter, ink: QColor) -> None:
        box = QRect(0, (self.height() - _MARK) // 2, _MARK, _MARK)
        if self.said is Said.NOT_YET:
            painter.setPen(QPen(ink, marks.STROKE))
            painter.drawEllipse(QRectF(box).adjusted(1.75, 1.75, -1.75, -1.75))
            return
        name = "check" if self.said is Said.SAID else "pause"
        painter.drawPixmap(box, icons.pixmap(name, _MARK, ink, self.devicePixelRatioF()))


class TickGroup(QAbstractButton):
    """The ticks together: pressed, they open the score they are part of."""

    def __init__(self, ticks: Iterable[Tick], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks = tuple(ticks)
        self.key = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(INSET, 4, INSET, 4)
        for tick in self._ticks:
            tick.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._row.addWidget(tick)
        theme.signals().changed.connect(self.update)

    def fit(self, spacing: int, *, small: bool) -> None:
        """Stand so far apart, with small words where the pane is narrow."""
        self._row.setSpacing(spacing)
        self._row.setContentsMargins(INSET, 4, 2 if small else INSET, 4)
        for tick in self._ticks:
            tick.set_narrow(small)
        self._row.invalidate()
        self.updateGeometry()

    def describe(self) -> None:
        """Say what the ticks say, and what a press does."""
        said = [tick.accessibleName() for tick in self._ticks]
        self.setAccessibleName(f"{', '.join(said)}. Score of this draft")
        self.setAccessibleDescription(self.key)
        opens = f"Score of this draft ({self.key})" if self.key else "Score of this draft"
        self.setToolTip("\n".join([*(tick.toolTip() for tick in self._ticks), opens]))

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.hasFocus():
            painter.setPen(QPen(tokens.accent, 2))
            painter.drawRoundedRect(box, 6, 6)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.hover)
            painter.drawRoundedRect(box, 6, 6)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
