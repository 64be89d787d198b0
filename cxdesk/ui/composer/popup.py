"""A small panel over the window that comes from the draft and gives the focus back to it."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from cxdesk.ui.actions import HOLDS_KEYS
from cxdesk.ui.overlay import paint_shadow

GAP = 8
"""Pixels between the line it speaks about and the panel."""
_SHADE = QMargins(16, 16, 16, 20)


class Popup(QWidget):
    """Closes on Esc and when the focus goes elsewhere; the window's own keys rest meanwhile."""

    closed = Signal()

    def __init__(self, owner: QWidget, name: str) -> None:
        super().__init__(owner)
        self.hide()
        self.owner = owner
        self.setProperty(HOLDS_KEYS, True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.panel = QFrame(self)
        self.panel.setProperty("role", "popup")
        self._before: QWidget | None = None
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def open_at(self, panel: QRect) -> None:
        """Show the panel at this place in its window."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        window = self.owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.setGeometry(panel.marginsAdded(_SHADE))
        self.panel.setGeometry(QRect(QPoint(_SHADE.left(), _SHADE.top()), panel.size()))
        self.show()
        self.raise_()

    def close(self) -> bool:
        """Hide and give the focus back."""
        if self.isHidden():
            return True
        inside = self._has_focus(QApplication.focusWidget())
        self.hide()
        if inside and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()
        return True

    def _has_focus(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # None is another window coming to the front: what is open stays open.
        if new is not None and not self.isHidden() and not self._has_focus(new):
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays inside, round the end."""
        inside = [each for each in self.panel.findChildren(QWidget) if _takes_tab(each)]
        if not inside:
            return True
        focus = QApplication.focusWidget()
        here = inside.index(focus) if focus in inside else -1
        inside[(here + (1 if next else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        paint_shadow(QPainter(self), self.panel.geometry())


def _takes_tab(widget: QWidget) -> bool:
    tabs = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tabs) and widget.isVisible() and widget.isEnabled()


def place(size: QSize, sentence: QRect, line: QRect, room: QRect, window: QRect) -> QRect:
    """Where a panel goes: under the whole sentence, under its first line, or else above it.

    `room` is what it may cover: the draft, from the head to the bar with Send. The line itself is
    never covered. All in the window's coordinates.
    """
    left = max(window.left() + GAP, min(line.left(), window.right() - GAP - size.width()))
    for below in (sentence.bottom() + 1 + GAP, line.bottom() + 1 + GAP):
        if below + size.height() <= room.bottom() + 1:
            return QRect(QPoint(left, below), size)
    above = line.top() - GAP - size.height()
    return QRect(QPoint(left, max(window.top(), above)), size)


def clear_of(line: QRect, size: QSize, edge: QRect) -> QRect:
    """A panel below the line, or above it, wherever it has its height; else as high as the larger
    side allows. The line is never covered; `edge` is what the panel stays within."""
    below = edge.bottom() - line.bottom() - GAP
    above = line.top() - GAP - edge.top()
    height = min(size.height(), max(below, above))
    top = line.bottom() + 1 + GAP if below >= height else line.top() - GAP - height
    return inside(QRect(line.left(), top, min(size.width(), edge.width()), height), edge)


def inside(panel: QRect, edge: QRect) -> QRect:
    """The panel moved as little as it takes to stand within the edge."""
    left = max(edge.left(), min(panel.left(), edge.right() + 1 - panel.width()))
    top = max(edge.top(), min(panel.top(), edge.bottom() + 1 - panel.height()))
    return QRect(QPoint(left, top), panel.size())


def beside(line: QRect, send: QRect, window: QRect) -> tuple[int, QRect]:
    """How wide a panel under the line may be to leave Send free, and the room it then has."""
    width = send.left() - GAP - line.left()
    bottom = window.bottom() - GAP
    return width, QRect(line.left(), line.top(), width, bottom - line.top())
