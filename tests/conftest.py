"""What all tests share: a cache folder of their own, so that none writes to the user's."""

from __future__ import annotations

import os
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
