"""What the window tells people: results, what they can mend, and our own bugs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Problem
from cxdesk.ui import icons
from cxdesk.ui.bugs import BugDialog, Catcher
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.labels import label
from cxdesk.ui.toasts import Toast, UndoToast

__all__ = ["BugDialog", "NoticeBar", "UndoToast", "install"]

LINGER_MS, LINGER_WITH_BUTTON_MS = 6_000, 12_000
DETAILS_HEIGHT = 144


@dataclass(frozen=True, slots=True)
class _Notice:
    text: str
    details: str = ""
    button: str = ""
    action: Callable[[], object] | None = None
    warns: bool = False

    @property
    def stays(self) -> bool:
        """What a person must read or mend does not go by itself."""
        return self.warns or bool(self.details)


class NoticeBar(Toast):
    """One notice at a time. A result goes by itself and gives way; a warning waits to be closed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Notice")
        self._waiting: deque[_Notice] = deque()
        self._shown: _Notice | None = None
        self.linger_ms, self.linger_with_button_ms = LINGER_MS, LINGER_WITH_BUTTON_MS
        self._time = QTimer(self, singleShot=True)
        self._time.timeout.connect(self.dismiss)
        self._build()

    def tell(
        self,
        text: str,
        details: str = "",
        button: str = "",
        action: Callable[[], object] | None = None,
    ) -> None:
        """Tell how something went; `details` are lines that can be opened and copied."""
        self._take(_Notice(text, details, button, action))

    def warn(self, text: str, details: str = "") -> None:
        """Tell what a person can mend, as a UserError says it; stays until it is closed."""
        self._take(_Notice(text, details, warns=True))

    def warn_of(self, what: str, problems: Sequence[Problem]) -> None:
        """Tell which fields of which file could not be taken over; nothing for no problems."""
        if not problems:
            return
        names = ", ".join(dict.fromkeys(each.field for each in problems if each.field))
        file = Path(problems[0].file).name
        named = f"{file}, {names}" if names else file
        self.warn(f"{what}: {named}", "\n".join(str(each) for each in problems))

    def dismiss(self) -> None:
        """Close this notice and show the next that waits."""
        self._shown = None
        self._time.stop()
        if self._waiting:
            self._show_notice(self._waiting.popleft())
        else:
            self.leave()

    def take_focus(self) -> None:
        """The keyboard's way to the notice's buttons."""
        if self.isVisible():
            self.focus_on(self._button if self._button.isVisible() else self._close)

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        self._sign = IconLabel("check", 16, "good")
        self._text = label("", "", wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setIcon(icons.icon("x"))
        self._close.setProperty("role", "iconbutton")
        self._close.setAccessibleName("Close this notice")
        self._close.clicked.connect(self.dismiss)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(_lowered(self._sign), 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._text, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._build_details())
        layout.addLayout(self._build_buttons())

    def _build_details(self) -> QPlainTextEdit:
        self._details = QPlainTextEdit(readOnly=True)
        self._details.setProperty("role", "meta")
        self._details.setAccessibleName("Details")
        return self._details

    def _build_buttons(self) -> QHBoxLayout:
        self._button, self._more = QPushButton(), QPushButton("Details")
        self._count = QLabel()
        self._count.setProperty("role", "meta muted")
        self._button.clicked.connect(self._act)
        self._more.clicked.connect(self._open_details)
        for each in (self._button, self._more):
            each.setProperty("role", "small")
        for control in (self._button, self._more, self._close):
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 6, 0)
        row.setSpacing(8)
        for widget in (self._button, self._more, self._count):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    # ------------------------------------------------------------ show

    def _take(self, notice: _Notice) -> None:
        if self._shown and self._shown.stays and self._shown.text != notice.text:
            if notice.text not in (each.text for each in self._waiting):
                self._waiting.append(notice)
            self._show_count()
            return
        self._show_notice(notice)

    def _show_notice(self, notice: _Notice) -> None:
        self._shown = notice
        self._sign.show_icon(*(("warning", "warning") if notice.warns else ("check", "good")))
        self._text.setText(notice.text)
        self._button.setText(notice.button)
        self._button.setVisible(bool(notice.button))
        self._more.setVisible(bool(notice.details))
        self._details.hide()
        self._details.setPlainText(notice.details)
        self._show_count()
        self.appear(notice.text)
        self._restart()

    def _show_count(self) -> None:
        self._count.setText(f"{len(self._waiting)} more" if self._waiting else "")
        self._count.setVisible(bool(self._waiting))

    def _restart(self) -> None:
        if self._shown and not self._shown.stays:
            self._time.start(self.linger_with_button_ms if self._shown.button else self.linger_ms)

    def _act(self) -> None:
        action = self._shown.action if self._shown else None
        self.dismiss()
        if action is not None:
            action()

    def _open_details(self) -> None:
        lines = self._details.blockCount() * self._details.fontMetrics().lineSpacing()
        self._details.setFixedHeight(min(lines + 12, DETAILS_HEIGHT))
        self._details.setVisible(self._details.isHidden())
        self._stack()

    # ------------------------------------------------------------ nothing goes under the pointer

    def enterEvent(self, event: QEnterEvent) -> None:
        self._time.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._restart()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


def _lowered(sign: IconLabel) -> QWidget:
    """The sign in the middle of the first line of text."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 6, 0, 0)
    layout.addWidget(sign)
    return box


def install(window: QWidget) -> Catcher:
    """Let no error pass unseen: a UserError becomes a warning, a bug is logged and shown once."""
    catcher = Catcher(window)
    bar = window.findChild(NoticeBar)
    if bar is not None:
        catcher.mendable.connect(bar.warn)
    catcher.install()
    return catcher
