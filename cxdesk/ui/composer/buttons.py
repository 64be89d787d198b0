"""Buttons that show their key beside their name, painted like the others of the window."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from cxdesk.ui import icons, theme

_SIDE, _GAP, _ICON = 12, 8, 16
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _width(words: str, role: str, *, strong: bool = False) -> int:
    return QFontMetrics(theme.font(role, strong=strong)).horizontalAdvance(words)


class KeyedButton(QPushButton):
    """A push button whose key stands behind its name; the key goes when room is short."""

    def __init__(
        self, name: str, key: str, *, role: str = "", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self.key, self._icon = name, key, icon
        self._shows_key = True
        self.setProperty("role", role)
        self._primary = "primary" in role
        self._describe()

    def set_name(self, name: str) -> None:
        self._name = name
        self._describe()

    def set_key(self, key: str) -> None:
        self.key = key
        self._describe()

    def show_key(self, on: bool) -> None:
        """Leave the key out where the bar is narrow; the tooltip keeps it."""
        if on != self._shows_key:
            self._shows_key = on
            self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self.key)
        self.setToolTip(f"{self._name} ({self.key})" if self.key else self._name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = 2 * _SIDE + _width(self._name, "body", strong=self._primary) + 2
        width += _ICON + _GAP if self._icon else 0
        if self._shows_key and self.key:
            width += _GAP + _width(self.key, "meta")
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        ink = tokens.on_accent if self._primary else tokens.text
        if not self.isEnabled():
            ink = tokens.muted
        inside = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        if self._icon:
            ratio = self.devicePixelRatioF()
            mark = icons.pixmap(self._icon, _ICON, ink, ratio)
            painter.drawPixmap(inside.left(), (self.height() - _ICON) // 2, mark)
            inside.setLeft(inside.left() + _ICON + _GAP)
        painter.setPen(ink)
        painter.setFont(theme.font("body", strong=self._primary))
        painter.drawText(inside, _LEFT, self._name)
        if self._shows_key:
            painter.setPen(ink if self._primary else tokens.muted)
            painter.setFont(theme.font("meta"))
            painter.drawText(inside, _RIGHT, self.key)


class FieldButton(QAbstractButton):
    """Looks like the field it opens: words muted, its key at the right."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setFixedHeight(32)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        theme.signals().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(240, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, self.rect(), focused=self.hasFocus())
        inside = self.rect().adjusted(9, 0, -9, 0)
        painter.setPen(tokens.muted)
        painter.setFont(theme.font("body"))
        painter.drawText(inside, _LEFT, self.text())
        painter.setFont(theme.font("meta"))
        painter.drawText(inside, _RIGHT, self.key)


def paint_box(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    """A field's outline: control, or the 2-pixel ring of the focus inside the same rectangle."""
    tokens = theme.tokens()
    pen = painter.pen()
    pen.setColor(tokens.accent if focused else tokens.control)
    pen.setWidthF(2 if focused else 1)
    painter.setPen(pen)
    painter.setBrush(tokens.surface)
    inset = 1.0 if focused else 0.5
    painter.drawRoundedRect(rect.toRectF().adjusted(inset, inset, -inset, -inset), 6, 6)


class HeadTab(QAbstractButton):
    """One of the composer's kinds of text: the chosen one 600 in text colour, others muted."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.signals().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_width(self.text(), "meta", strong=True) + 2, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setPen(tokens.text if self.isChecked() or self.underMouse() else tokens.muted)
        painter.setFont(theme.font("meta", strong=self.isChecked()))
        painter.drawText(self.rect(), _LEFT, self.text())
        if self.hasFocus():
            painter.fillRect(0, self.height() - 4, self.width(), 2, tokens.accent)
