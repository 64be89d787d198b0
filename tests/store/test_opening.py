"""Opening, versions, copies: the file is safe in the hands of every version and process."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk.errors import UserError
from cxdesk.store import Store, migrations


def test_a_new_file_gets_the_current_version(path: Path) -> None:
    with Store.open(path) as store:
        assert store.is_empty()

    assert pragma(path, "user_version") == migrations.VERSION
    assert pragma(path, "journal_mode") == "wal"


def test_opening_again_keeps_what_is_there(path: Path, add: Callable[..., int]) -> None:
    conversation = add("Is anybody there?")

    with Store.open(path) as again:
        text = again.thread(conversation).messages[0].text

    assert text == "Is anybody there?"


def test_a_newer_file_is_refused_by_both_versions(path: Path) -> None:
    Store.open(path).close()
    pragma(path, "user_version = 999")

    with pytest.raises(UserError) as refused:
        Store.open(path)

    assert "999" in str(refused.value)
    assert f"up to {migrations.VERSION}" in str(refused.value)


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"Dear support, " * 100)

    with pytest.raises(UserError, match="not a database"):
        Store.open(path)

    assert path.read_bytes() == b"Dear support, " * 100


def test_another_programs_database_is_left_alone(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()

    with pytest.raises(UserError, match="another program"):
        Store.open(path)


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not be opened"):
        Store.open(tmp_path / "nowhere" / "desk.db")


def test_a_step_that_fails_leaves_the_old_version(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(path).close()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, half_a_step))
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)

    with pytest.raises(RuntimeError):
        Store.open(path)

    assert pragma(path, "user_version") == migrations.VERSION - 1
    assert "half" not in tables(path)


def test_processes_that_open_a_new_file_together_all_succeed(path: Path) -> None:
    context = multiprocessing.get_context("spawn")

    with context.Pool(4) as pool:
        versions = pool.map(open_once, [str(path)] * 8)

    assert versions == [migrations.VERSION] * 8


def test_a_copy_holds_everything_and_replaces_an_older_one(
    store: Store, add: Callable[..., int], tmp_path: Path
) -> None:
    conversation = add("Please keep this")
    copy = tmp_path / "copy.db"
    copy.write_text("an older copy")

    store.backup(copy)

    with Store.open(copy) as copied:
        assert copied.thread(conversation).messages[0].text == "Please keep this"


def test_a_copy_that_cannot_be_written_is_said_in_words(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not be written"):
        store.backup(tmp_path / "nowhere" / "copy.db")


def test_a_store_notices_what_another_wrote(store: Store, path: Path) -> None:
    before = store.data_version()

    with Store.open(path) as other:
        other.set_meta("tour", "seen")

    assert store.data_version() != before
    assert store.meta("tour") == "seen"
    assert store.meta("never set", "default") == "default"


def test_people_who_open_the_file_find_views_in_plain_words(
    path: Path, add: Callable[..., int]
) -> None:
    add("Hello")

    with sqlite3.connect(path) as reader:
        conversation = reader.execute("SELECT customer, state, started_at FROM v_conversations")
        message = reader.execute("SELECT role, author, text FROM v_messages")

    assert conversation.fetchall() == [("Maria Lopez", "new", "2026-03-10T11:00:00Z")]
    assert message.fetchall() == [("customer", "Maria Lopez", "Hello")]


def pragma(path: Path, words: str) -> object:
    connection = sqlite3.connect(path, isolation_level=None)
    row = connection.execute(f"PRAGMA {words}").fetchone()
    connection.close()
    return row and row[0]


def tables(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    return names


def half_a_step(db: object) -> None:
    db.execute("CREATE TABLE half (a)")  # type: ignore[attr-defined]
    raise RuntimeError("power cut")


def open_once(path: str) -> int:
    with Store.open(path) as store:
        return migrations.version(store._db)
