"""A splitter whose handle looks like any other 1-pixel line and is still easy to grab."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from cxdesk.ui import theme

REACH = 3
"""Pixels on both sides of the line that can be grabbed too: 7 in all, over the panes' own edges."""


class ThinSplitter(QSplitter):
    """Panes apart by one line, or by none where a pane paints its own edge (`line` False)."""

    def __init__(
        self,
        orientation: Qt.Orientation,
        parent: QWidget | None = None,
        *,
        line: bool = True,
    ) -> None:
        super().__init__(orientation, parent)
        self._width = 1 if line else 0
        self.setHandleWidth(self._width)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:  # noqa: N802
        return _Handle(self.orientation(), self)

    def restoreState(self, state: QByteArray | bytes | bytearray | memoryview) -> bool:  # noqa: N802
        """Take kept sizes; the width of the handle, which Qt keeps with them, stays ours."""
        restored = super().restoreState(state)
        self.setHandleWidth(self._width)
        return restored


class _Handle(QSplitterHandle):
    """Reaches over its neighbours' edges, and paints only the line between them.

    Qt lays a handle out by its contents and lets its margins lie over the panes.
    """

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        if orientation == Qt.Orientation.Horizontal:
            self.setContentsMargins(REACH, 0, REACH, 0)
        else:
            self.setContentsMargins(0, REACH, 0, REACH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Nothing: Qt's own would set margins of two pixels, at every size anew."""

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        color = tokens.accent if self.underMouse() else tokens.line
        QPainter(self).fillRect(self.contentsRect(), color)
