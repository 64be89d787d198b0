"""Garbage with Qt objects in it is collected in the window's thread alone."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cxdesk.ui.garbage import GarbageTimer


class Thing:
    """Something that only a cycle keeps alive."""

    def __init__(self, died_in: list[str]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: died_in.append(threading.current_thread().name))


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[QObject]:  # noqa: ARG001
    """A QObject with the timer; Python's own collector is back afterwards."""
    parent = QObject()
    GarbageTimer(parent)
    yield parent
    gc.enable()
    gc.unfreeze()


def test_no_other_thread_collects(owner: QObject) -> None:  # noqa: ARG001
    died_in: list[str] = []
    Thing(died_in)

    busy = threading.Thread(target=lambda: [[] for _ in range(50_000)], name="reader")
    busy.start()
    busy.join()

    assert died_in == []


def test_the_windows_thread_does(owner: QObject, qtbot: QtBot) -> None:  # noqa: ARG001
    died_in: list[str] = []
    Thing(died_in)
    kept = [[] for _ in range(50_000)]

    qtbot.waitUntil(lambda: died_in != [], timeout=10_000)

    assert died_in == ["MainThread"]
    assert kept
