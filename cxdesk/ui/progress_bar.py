"""A slim strip for long work: what is being done, how far it is, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from cxdesk.model import Progress

HEIGHT = 36


class ProgressStrip(QFrame):
    """Hidden until `begin`. `cancelled` asks for an end; the strip stays until `end`."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self.hide()

    def begin(self, what: str) -> None:
        """Show that something long has begun, its length not known yet."""
        self._words.setText(what)
        self._count.setText("")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.setText("Cancel")
        self.show()

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is: with the whole, where that is known."""
        if not self.isVisible():
            self.begin(progress.what)
        self._words.setText(progress.what)
        whole = progress.total
        self._bar.setRange(0, whole or 0)
        self._bar.setValue(progress.done)
        self._count.setText(f"{progress.done:,}" + (f" of {whole:,}" if whole else ""))

    def end(self) -> None:
        self.hide()

    def _build(self) -> None:
        self.setProperty("role", "strip")
        self.setFixedHeight(HEIGHT)
        self._words, self._count = QLabel(), QLabel()
        for label in (self._words, self._count):
            label.setProperty("role", "meta muted")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName("Progress")
        self._cancel = QPushButton("Cancel")
        self._cancel.setProperty("role", "small")
        self._cancel.clicked.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(12)
        layout.addWidget(self._words)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._cancel)

    def _ask(self) -> None:
        """Say at once that the wish was heard; the work stops at the next message."""
        self._cancel.setEnabled(False)
        self._cancel.setText("Stopping…")
        self.cancelled.emit()
