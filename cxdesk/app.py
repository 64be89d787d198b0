"""Composition root of the window: builds everything, and is imported by nobody but the command."""

from __future__ import annotations

import hashlib
import logging
import logging.handlers
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLockFile, Qt, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from cxdesk import demo
from cxdesk.desk import Desk
from cxdesk.errors import UserError
from cxdesk.paths import Profile
from cxdesk.ui import notices, theme
from cxdesk.ui.controller import DeskController
from cxdesk.ui.main_window import MainWindow


def run(profile: Profile) -> int:
    """Open the desk on a profile; a second start raises the first window. Returns the exit code."""
    if not has_display():
        raise UserError("There is no display here. `cxdesk demo` shows the desk off-screen.")
    profile.create()
    application = _application()
    _end_politely(application)
    lock = QLockFile(str(profile.lock))
    lock.setStaleLockTime(0)  # a window stays open for longer than Qt's thirty seconds
    if not lock.tryLock(100):
        if lock.error() is not QLockFile.LockError.LockFailedError:
            raise UserError(f"{profile.root} cannot be written to.")
        return _raise_the_first(profile)
    _log_to(profile)
    window = open_window(Desk.open(profile))
    server = _listen(profile, window)
    window.show()
    code = application.exec()
    server.close()
    lock.unlock()
    return code


def run_demo(pictures: Path | None, kept: Path | None = None) -> int:
    """The desk on a throw-away profile, or on one that is kept. Without a display, or when pictures
    are asked for, the same window runs off-screen through the main job once and says what happened.
    """
    offscreen = pictures is not None or not has_display()
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = _application()
    with demo.profile(kept) as profile:
        desk = Desk.open(profile)
        window = open_window(desk, demo.fill(desk))
        window.show()
        if not offscreen:
            _end_politely(application)
            return application.exec()
        from cxdesk.ui import tour

        return tour.play(window, pictures or Path("cxdesk-demo"))


def open_window(desk: Desk, answers: Mapping[int, demo.Answer] | None = None) -> MainWindow:
    """The window on a desk, not shown yet."""
    theme.apply(desk.settings.theme)
    desk.finish_held_sends()
    window = MainWindow(DeskController(desk, answers=answers))
    notices.install(window)
    return window


def has_display() -> bool:
    if sys.platform != "linux":
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    return any(os.environ.get(name) for name in names) or chosen.startswith(
        ("offscreen", "minimal")
    )


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
        application = QApplication(["cxdesk"])
    application.setApplicationName("cxdesk")
    application.setApplicationDisplayName("cxdesk")
    application.setDesktopFileName("cxdesk")
    return application


def _end_politely(application: QApplication) -> None:
    """Ctrl+C, a closed terminal and the end of the session close the window as a person would:
    drafts are kept and the demo's folder goes. Python sees them with the window's next timer."""

    def end(*_: object) -> None:
        QTimer.singleShot(0, application.quit)  # once the window is there, if it is not yet

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


def _log_to(profile: Profile) -> None:
    """Log to the profile, without customers' words: only what the code itself says."""
    handler = logging.handlers.RotatingFileHandler(
        profile.log, maxBytes=500_000, backupCount=2, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def _server_name(profile: Profile) -> str:
    return "cxdesk-" + hashlib.sha256(str(profile.root.resolve()).encode()).hexdigest()[:16]


def _raise_the_first(profile: Profile) -> int:
    socket = QLocalSocket()
    socket.connectToServer(_server_name(profile))
    if not socket.waitForConnected(1000):
        raise UserError("Another cxdesk has this profile open, but does not answer.")
    socket.write(b"raise")
    socket.waitForBytesWritten(1000)
    return 0


def _listen(profile: Profile, window: MainWindow) -> QLocalServer:
    server = QLocalServer(window)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    QLocalServer.removeServer(_server_name(profile))
    server.listen(_server_name(profile))
    server.newConnection.connect(lambda: _come_forward(server, window))
    return server


def _come_forward(server: QLocalServer, window: MainWindow) -> None:
    while (caller := server.nextPendingConnection()) is not None:  # thirty waiting are the most
        caller.disconnected.connect(caller.deleteLater)
    window.come_forward()
