"""Our own bugs: logged without anybody's words, shown once, with a text to send us."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import cxdesk
from cxdesk.errors import UserError

log = logging.getLogger(__name__)

SIZE = (560, 360)


def report(error: BaseException) -> str:
    """What happened and where, for our eyes: types and places, never an error's message.

    A message may quote what a customer wrote, and a full path the user's own name.
    """
    head = (
        f"cxdesk {cxdesk.__version__}, Python {platform.python_version()}, "
        f"Qt {qVersion()}, {platform.system()} {platform.release()}"
    )
    return "\n".join([head, *(line for each in _chain(error) for line in _places(each))])


def _chain(error: BaseException) -> list[BaseException]:
    """The error and those that led to it, the first one first."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
    return chain[::-1]


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return [f"{type(error).__module__}.{type(error).__qualname__}", *places]


def _short(filename: str) -> str:
    return "/".join(Path(filename).parts[-3:])


class Catcher(QObject):
    """Takes every error nobody caught, from any thread, to the window."""

    mendable = Signal(str)
    _bug = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown = False
        self._bug.connect(self._show)

    def install(self) -> None:
        """Put it in the interpreter's place for uncaught errors."""
        sys.excepthook = self.catch
        threading.excepthook = lambda args: self.catch(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def catch(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Show what a person can mend; log the rest and show it once."""
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, UserError):
            self.mendable.emit(str(error))
        else:
            text = report(error)
            log.error("not caught: %s", text)
            self._bug.emit(text)

    def _show(self, text: str) -> None:
        if not self._shown:
            self._shown = True
            BugDialog(text, self._window).open()


class BugDialog(QDialog):
    """Says that it was our mistake, and offers the report to copy."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong in cxdesk")
        self.resize(*SIZE)
        self._text = text
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(_label("Something went wrong", "heading"))
        layout.addWidget(
            _label(
                "This is our mistake, not yours. Drafts are kept and you can go on. "
                "The report below holds no customer’s words; it is in the log too.",
                "body",
            )
        )
        layout.addWidget(self._report(), 1)
        layout.addLayout(self._buttons())

    def _report(self) -> QPlainTextEdit:
        field = QPlainTextEdit(self._text, readOnly=True)
        field.setProperty("role", "card meta")
        field.setAccessibleName("Report")
        return field

    def _buttons(self) -> QHBoxLayout:
        copy, close = QPushButton("Copy report"), QPushButton("Close")
        close.setProperty("role", "primary")
        close.setDefault(True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        return row


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setProperty("role", role)
    return label
