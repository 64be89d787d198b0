"""How the composer shares the height of its column with the thread: its own when open, given back
when closed."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter, QWidget

HEIGHT = 326
_MOST_OF_COLUMN = 0.55


class ColumnShare:
    """Remembers how high the agent made the open composer."""

    def __init__(self, pane: QWidget, closed: int) -> None:
        self._pane = pane
        self._closed = closed
        self.open_height = HEIGHT

    def open(self) -> None:
        """Take the height of an open composer, at most about half of the column."""
        splitter = self._splitter()
        if splitter:
            total = sum(splitter.sizes())
            mine = min(self.open_height, round(total * _MOST_OF_COLUMN))
            splitter.setSizes([total - mine, mine])

    def close(self, height: int) -> None:
        """Give the height back that it had."""
        splitter = self._splitter()
        if splitter:
            self.open_height = height
            splitter.setSizes([sum(splitter.sizes()) - self._closed, self._closed])

    def _splitter(self) -> QSplitter | None:
        parent = self._pane.parentWidget()
        return parent if isinstance(parent, QSplitter) else None
