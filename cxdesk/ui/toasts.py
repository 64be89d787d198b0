"""Small notes that float over the window's lower left corner, so that nothing under them moves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.overlay import announce

WIDTH, NARROWEST = 304, 224  # inside the list, so that thread, composer and Send stay free
LEFT, BOTTOM, GAP = 72, 12, 8  # 72: right of the rail


class Toast(QFrame):
    """A note over a window. Those that are shown stand above one another.

    It never takes the focus by itself; what had it gets it back when the note goes.
    """

    order = 1  # the lower stands nearer to the window's edge

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.hide()
        self.room: Callable[[], int] = lambda: WIDTH  # pixels there are beside the thread
        self._window = window
        self._before: QWidget | None = None
        self.setProperty("role", "popup")
        self.setAccessibleName(name)
        window.installEventFilter(self)

    def appear(self, spoken: str) -> None:
        """Show in place and let a screen reader say it."""
        self.show()
        self._stack()
        self.raise_()
        announce(self, spoken)

    def focus_on(self, target: QWidget) -> None:
        """The keyboard's way in."""
        self._before = QApplication.focusWidget()
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Hide; the focus goes back to where it was."""
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if inside and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Told before the window is shown, a note is not visible yet, though it is not hidden.
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and not self.isHidden():
            self._stack()
        return super().eventFilter(watched, event)

    def _stack(self) -> None:
        bottom = self._window.height() - BOTTOM
        for toast in sorted(self._window.findChildren(Toast), key=lambda each: each.order):
            if not toast.isHidden():
                bottom = toast.place_above(bottom) - GAP

    def place_above(self, bottom: int) -> int:
        """Stand with the lower edge at `bottom`; where the upper edge came to be."""
        width = max(NARROWEST, min(WIDTH, self.room()))
        height = self.heightForWidth(width)
        if height < 0:
            height = self.sizeHint().height()
        self.setGeometry(LEFT, bottom - height, width, height)
        return bottom - height


class UndoToast(Toast):
    """Counts down while a reply can be taken back: "Sent to Maria. Undo Z 14 s"."""

    undo_asked = Signal()
    order = 0

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Sent")
        self._left = 0
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self._build()

    def start(self, text: str, seconds: int, key: str = "Z") -> None:
        """Show for so many seconds; 0 shows nothing."""
        self._left = seconds
        if seconds <= 0:
            self.hide()
            return
        self._text.setText(f"{text}.")
        self._key.setText(key)
        self._key.setVisible(bool(key))
        self._show_time()
        self._clock.start()
        self.appear(f"{text}. {key} takes it back for {seconds} seconds.")

    def _build(self) -> None:
        self._text, self._time, self._key = QLabel(wordWrap=True), QLabel(), QLabel()
        self._time.setProperty("role", "meta muted")
        self._key.setProperty("role", "keybox")
        undo = QPushButton("Undo")
        undo.setProperty("role", "small")
        undo.setAccessibleName("Undo send")
        undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        undo.clicked.connect(self.undo_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(IconLabel("check", 16, "good"))
        layout.addWidget(self._text, 1)
        for each in (undo, self._key, self._time):
            layout.addWidget(each)

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.leave()
        if self.isHidden():
            self._clock.stop()
        self._show_time()

    def _show_time(self) -> None:
        self._time.setText(f"{self._left} s")
