"""Collects Python's garbage in the window's own thread, and in no other.

Python collects whenever some thread allocates; a reader thread may then delete a widget that only a
cycle kept alive, and Qt's objects may be deleted in their own thread alone.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1_000


class GarbageTimer(QObject):
    """Takes the collector's place: the same thresholds, looked at once a second."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        # What was built at the start stays to the end: no need to go through it again.
        gc.freeze()
        timer = QTimer(self, interval=LOOK_MS)
        timer.timeout.connect(self._look)
        timer.start()
        self.destroyed.connect(lambda: gc.enable())

    def _look(self) -> None:
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [generation for generation in range(3) if counts[generation] > thresholds[generation]]
        if due:
            gc.collect(due[-1])
