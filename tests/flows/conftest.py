"""The real window on the demo, with its real processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cxdesk import app, demo
from cxdesk.desk import Desk
from cxdesk.paths import Profile
from cxdesk.ui.main_window import MainWindow

PATIENCE = 60_000


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on the demo, every message analysed, customers answering at once."""
    desk = Desk.open(Profile(tmp_path / "profile"))
    opened = app.open_window(desk, demo.fill(desk))
    opened.controller.answer_ms = 50
    opened.show()
    qtbot.waitExposed(opened)
    opened.activateWindow()  # an X server without a window manager leaves that to us
    qtbot.waitUntil(opened.isActiveWindow, timeout=PATIENCE)

    def analysed() -> bool:
        """The moods of conversations are stored a moment after the verdicts on their messages."""
        done, total = desk.store.analysis_progress()
        judged = (row for row in desk.rows("all", limit=200) if desk.store.readings(row.id))
        return done == total > 0 and all(row.level is not None for row in judged)

    qtbot.waitUntil(analysed, timeout=PATIENCE)
    yield opened
    opened.close()
    opened.deleteLater()
    qtbot.waitUntil(lambda: opened not in qapp.topLevelWidgets())
