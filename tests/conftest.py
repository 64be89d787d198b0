"""What all tests share: a cache folder of their own, so that none writes to the user's, and a
clipboard that is empty at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_FOLDER = TemporaryDirectory(prefix="cxdesk-test-cache-", ignore_cleanup_errors=True)
# Set while the tests are collected, for some read the playbook as soon as they are imported; the
# processes that tests start inherit it.
os.environ["CXDESK_CACHE"] = _FOLDER.name


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder for this test alone."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("CXDESK_CACHE", str(folder))
    return folder


@pytest.fixture(scope="session", autouse=True)
def _emptied_clipboard() -> Iterator[None]:
    """Off-screen the clipboard lives in this process and is taken down after Python: a copy that
    was made in Python would crash it then, when every test has passed."""
    yield
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance():
        QGuiApplication.clipboard().clear()
