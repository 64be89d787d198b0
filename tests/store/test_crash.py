"""Crashes and company: a killed process loses nothing it was told is kept, two do not get in each
other's way."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from cxdesk.errors import UserError
from cxdesk.model import Draft, Incoming, Role
from cxdesk.store import Store, connection

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SPAWN = multiprocessing.get_context("spawn")
MAILS = 3000
kills = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")


def mails() -> list[Incoming]:
    """Threads of three, the same each time."""
    return [
        Incoming(
            source="mail",
            external_id=f"<{n}@x>",
            thread_keys=(f"<{n}@x>", f"<{n - n % 3}@x>"),
            role=Role.CUSTOMER,
            author_name="Maria",
            author_address=f"maria{n // 3}@example.org",
            recipients=(),
            text=f"Mail {n}: where is my parcel?",
            sent_at=NOW,
            channel="email",
        )
        for n in range(MAILS)
    ]


def import_in_batches(path: Path, kept: Connection) -> None:
    """Says after each batch how many mails are in."""
    with Store.open(path) as store:
        everything = mails()
        for start in range(0, MAILS, 100):
            store.add(everything[start : start + 100])
            kept.send(start + 100)


def type_drafts(path: Path, kept: Connection) -> None:
    """Says after each save which draft is kept."""
    with Store.open(path) as store:
        for n in range(100_000):
            store.save_draft(Draft(1, f"draft {n}"))
            kept.send(n)


def import_without_pause(path: Path, started: Connection) -> None:
    with Store.open(path) as store:
        started.send(True)
        store.add(mails())


def killed_after(work: Callable[[Path, Connection], None], path: Path, messages: int) -> int:
    """The last thing a process said before it was killed in the middle of its work."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=work, args=(path, theirs))
    process.start()
    theirs.close()
    said = [ours.recv() for _ in range(messages)]
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    try:
        while True:
            said.append(ours.recv())
    except EOFError:
        return int(said[-1])


@kills
def test_an_import_that_is_killed_keeps_what_it_said_and_doubles_nothing(path: Path) -> None:
    kept = killed_after(import_in_batches, path, messages=4)

    with Store.open(path) as store:
        (there,) = store._all("SELECT count(*) FROM messages")[0]
        again = store.add(mails())
        (in_the_end,) = store._all("SELECT count(*) FROM messages")[0]
        (conversations,) = store._all("SELECT count(*) FROM conversations")[0]
        whole = store._value("PRAGMA integrity_check")
        store._db.execute(
            "INSERT INTO messages_fts (messages_fts, rank) VALUES ('integrity-check', 1)"
        )

    assert kept <= there < MAILS
    assert (again.duplicates, again.messages) == (there, MAILS - there)
    assert (in_the_end, conversations) == (MAILS, MAILS // 3)
    assert whole == "ok"


@kills
def test_a_draft_that_was_kept_survives_the_kill(path: Path) -> None:
    with Store.open(path) as store:
        store.add(mails()[:1])

    kept = killed_after(type_drafts, path, messages=50)

    with Store.open(path) as store:
        draft = store.draft(1)
    assert draft is not None
    assert int(draft.text.removeprefix("draft ")) >= kept


def test_an_agent_can_type_and_read_while_an_import_runs(path: Path) -> None:
    with Store.open(path) as store:
        store.add(mails()[:1])
        ours, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=import_without_pause, args=(path, theirs))
        process.start()
        ours.recv()

        saved, seen = 0, set()
        while process.is_alive():
            store.save_draft(Draft(1, f"draft {saved}"))
            saved += 1
            seen.add(len(store.rows("all", limit=5000, now=NOW)))
            time.sleep(0.01)

        draft = store.draft(1)
        assert draft is not None
        assert draft.text == f"draft {saved - 1}"
        assert len(store.rows("all", limit=5000, now=NOW)) == MAILS // 3
        assert len(seen) > 3, "the import was seen to grow"


def test_a_writer_that_never_gives_way_is_said_in_words(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(UserError, match="another program keeps it locked"):
        store.set_meta("a", "b")

    other.execute("ROLLBACK")
    other.close()
    store.set_meta("a", "b")
    assert store.meta("a") == "b"


def test_a_failure_in_the_middle_of_a_deed_leaves_nothing_of_it(
    store: Store, a_message: Callable[..., Incoming], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add([a_message()])
    monkeypatch.setattr(Store, "_drop_draft", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        store.add_reply(1, "Hi", author="Dana", sent_at=NOW)

    monkeypatch.undo()
    assert len(store.thread(1).messages) == 1
    assert store.add_reply(1, "Hi", author="Dana", sent_at=NOW).text == "Hi"


def test_a_full_disk_is_said_in_words_and_loses_nothing(
    store: Store, a_message: Callable[..., Incoming]
) -> None:
    store.add([a_message("kept")])
    pages = store._value("PRAGMA page_count")
    store._db.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    with pytest.raises(UserError, match="disk is full"):
        store.add([a_message("x" * 100_000)])

    assert [message.text for message in store.thread(1).messages] == ["kept"]
