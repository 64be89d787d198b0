"""A choice that says what it is about inside its own field: "Fault company"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from cxdesk.ui import theme

Choice = TypeVar("Choice")
_SIDE, _GAP, _ARROW = 8, 4, 20
_LEAST = 24  # pixels for a value: the longer ones are elided, and the tooltip has them
PROPOSE, PROPOSED = "as cxdesk proposes", "proposed"
_SET = "set"


class LabelledCombo(QComboBox, Generic[Choice]):
    """Offers some values and, first, to leave it to the app again (None).

    `propose` is that choice in words, `proposed` what is said beside a value that the app found.
    """

    chosen = Signal(object)

    def __init__(
        self,
        label: str,
        words: Mapping[Choice, str],
        parent: QWidget | None = None,
        *,
        propose: str = PROPOSE,
        proposed: str = PROPOSED,
    ) -> None:
        super().__init__(parent)
        self._label, self._origin = label, proposed
        self._proposed = True
        self._values: list[Choice | None] = [None, *words]
        self.addItem(propose)
        self.addItems(list(words.values()))
        self.setProperty("role", "compact")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda row: self.chosen.emit(self._values[row]))

    def show_value(self, value: Choice, *, proposed: bool) -> None:
        """Show this value; a proposed one is said to be so."""
        self._proposed = proposed
        self.setCurrentIndex(self._values.index(value))
        says = f"{self._origin} by cxdesk" if proposed else "set by you"
        self.setAccessibleName(f"{self._label}: {self.currentText()}, {says}")
        self.setToolTip(f"{self._label}: {self.currentText()}, {says}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("body"))
        words = sum(metrics.horizontalAdvance(each) for each in (self._label, self.currentText()))
        return QSize(_SIDE + words + _GAP + _ARROW + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        label = QFontMetrics(theme.font("body")).horizontalAdvance(self._label)
        return QSize(_SIDE + label + _GAP + _LEAST + _ARROW, super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the sidebar must never change whose fault it was.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        self._paint_words(painter, self.rect().adjusted(_SIDE, 0, -_ARROW, 0))

    def _paint_words(self, painter: QPainter, rect: QRect) -> None:
        tokens = theme.tokens()
        painter.setFont(theme.font("body"))
        metrics = painter.fontMetrics()
        painter.setPen(tokens.muted)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, self._label)
        rest = rect.adjusted(metrics.horizontalAdvance(self._label) + _GAP, 0, 0, 0)
        painter.setPen(tokens.text)
        elide = Qt.TextElideMode.ElideRight
        value = metrics.elidedText(self.currentText(), elide, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, value)
        rest.setLeft(rest.left() + metrics.horizontalAdvance(value) + 2 * _GAP)
        painter.setFont(theme.font("meta"))
        mark = self._origin if self._proposed else _SET
        if painter.fontMetrics().horizontalAdvance(mark) <= rest.width():
            painter.setPen(tokens.muted if self._proposed else tokens.text)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rest, right, mark)
