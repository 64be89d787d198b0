"""A panel over a dimmed window: what palette, key page and choices have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from cxdesk.ui import theme
from cxdesk.ui.actions import HOLDS_KEYS

MARGIN = 24  # the panel never comes nearer to the window's edge
CORNER = 6
SHADOW_DROP, SHADOW_REACH = 4, 12


class Overlay(QWidget):
    """Covers its window while open; Esc or a click beside the panel closes it.

    The focus comes back to where it was. While it is open the window's own keys rest.
    """

    closed = Signal()

    def __init__(self, window: QWidget, *, width: int, top: int, name: str) -> None:
        super().__init__(window)
        self.hide()
        self._window = window
        self._panel_width, self._top = width, top
        self._before: QWidget | None = None
        self.setProperty(HOLDS_KEYS, True)
        self.setAccessibleName(name)
        self.panel = QFrame(self)
        self.panel.setProperty("role", "popup")
        window.installEventFilter(self)

    def open(self) -> None:
        """Show over the whole window; what had the focus gets it back on close."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self.place()
        self.show()
        self.raise_()

    def close(self) -> bool:
        """Hide and give the focus back."""
        if not self.isVisible():
            return True
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()
        return True

    def place(self) -> None:
        """Put the panel in the middle, as high as it wants and the window allows."""
        width = min(self._panel_width, self.width() - 2 * MARGIN)
        height = self.panel.heightForWidth(width) if self.panel.hasHeightForWidth() else -1
        height = height if height > 0 else self.panel.sizeHint().height()
        top = min(self._top, max(MARGIN, (self.height() - height) // 2))
        height = min(height, self.height() - top - MARGIN)
        self.panel.setGeometry((self.width() - width) // 2, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside: the overlay is a window of its own to the keyboard."""
        inside = self.focusable()
        if not inside:
            return True
        focus = QApplication.focusWidget()
        here = inside.index(focus) if focus in inside else -1
        step = 1 if forward else -1
        inside[(here + step) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def focusable(self) -> list[QWidget]:
        """What Tab reaches in this panel, in order."""
        return [
            each
            for each in self.panel.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.isVisible()
            and each.isEnabled()
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().dim)
        paint_shadow(painter, self.panel.geometry())


def paint_shadow(painter: QPainter, rect: QRect) -> None:
    """A popup's shadow: soft rings that add up to the shadow token, lower than the popup."""
    shadow = QColor(theme.tokens().shadow)
    shadow.setAlpha(max(1, shadow.alpha() // SHADOW_REACH))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shadow)
    for reach in range(SHADOW_REACH):
        ring = rect.translated(0, SHADOW_DROP).adjusted(-reach, -reach, reach, reach)
        painter.drawRoundedRect(ring, CORNER + reach, CORNER + reach)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something that appeared without the focus moving."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
