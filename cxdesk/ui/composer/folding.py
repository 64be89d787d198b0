"""Opens and closes the composer in its column, which it shares with the thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSplitter, QWidget

from cxdesk.ui.composer.closed_bar import HEIGHT as BAR

HEIGHT = 326
CLOSED = BAR + 2
_MOST_OF_COLUMN = 0.55
_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX, which PySide does not export


class Folding:
    """Remembers how high the agent made the open composer."""

    def __init__(self, pane: QWidget, closed: QWidget, opened: Sequence[QWidget]) -> None:
        self._pane, self._closed, self._opened = pane, closed, tuple(opened)
        self._open_height = HEIGHT

    @property
    def is_open(self) -> bool:
        return not self._opened[0].isHidden()

    @property
    def height(self) -> int:
        """What the composer asks for as it is."""
        return self._open_height if self.is_open else CLOSED

    def fold(self, opens: bool) -> None:
        """Show the parts of the open composer, or its one field."""
        height = self._pane.height()
        self._closed.setVisible(not opens)
        for part in self._opened:
            part.setVisible(opens)
        self._pane.setMaximumHeight(_NO_LIMIT if opens else CLOSED)
        splitter = self._pane.parentWidget()
        if isinstance(splitter, QSplitter):
            self._share(splitter, opens, height)

    def _share(self, splitter: QSplitter, opens: bool, height: int) -> None:
        """Take the height of an open composer, at most about half, or give it back."""
        total = sum(splitter.sizes())
        if opens:
            mine = min(self._open_height, round(total * _MOST_OF_COLUMN))
        else:
            self._open_height, mine = height, CLOSED
        splitter.setSizes([total - mine, mine])
