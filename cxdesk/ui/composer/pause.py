"""Waits until the agent pauses, but never longer than promised."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal


class Pause(QObject):
    """Says `came` once: `after` ms behind the last touch, at most `limit` ms behind the first."""

    came = Signal()

    def __init__(self, after: int, parent: QObject, *, limit: int | None = None) -> None:
        super().__init__(parent)
        self._after, self._limit = after, limit
        self._since = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.come)

    def touch(self) -> None:
        """Something happened: wait for what follows it."""
        if not self._timer.isActive():
            self._since.start()
        left = self._after
        if self._limit is not None:
            left = min(left, max(0, self._limit - self._since.elapsed()))
        self._timer.start(left)

    @property
    def is_waiting(self) -> bool:
        return self._timer.isActive()

    def come(self) -> None:
        """Wait no longer."""
        self._timer.stop()
        self.came.emit()

    def cancel(self) -> None:
        self._timer.stop()
