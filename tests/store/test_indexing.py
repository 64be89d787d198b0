"""Stored and findable are two steps; a crash between them leaves nothing unfindable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from cxdesk.model import Incoming
from cxdesk.store import Store, indexing

Build = Callable[..., Incoming]


def test_what_a_crash_left_unindexed_is_found_after_the_next_start(
    path: Path, a_message: Build, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crash, Store.open(path) as store:
        crash.setattr(Store, "_index_waiting", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            store.add([a_message("a needle")])

    with Store.open(path) as store:
        found = [row.id for row in store.search("needle", now=now)]

    assert found == [1]


def test_long_mails_are_indexed_fewer_at_a_time_and_all_of_them(
    store: Store, a_message: Build, now: datetime
) -> None:
    long = "word " * (indexing._LETTERS // 5 + 1)
    store.add([a_message(f"{long} mail{n}") for n in range(3)])

    assert [len(store.search(f"mail{n}", now=now)) for n in range(3)] == [1, 1, 1]
    assert store._next_to_index() == []
