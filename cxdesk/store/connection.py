"""One open database file: how it is opened, read and written, so that two processes share it well.

Writers never hold the file for long, and a writer that waits looks every millisecond: SQLite's own
waiting grows to a tenth of a second, in which a busy import would take the file again and again
from under an agent's autosave.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from cxdesk.errors import UserError
from cxdesk.store import migrations
from cxdesk.store.database import Database
from cxdesk.store.times import to_ms

SLICE = 0.008  # seconds of writing after which a batch lets others write
BREATH = 0.0015  # seconds between slices: longer than a waiting writer's look
PATIENCE = 10.0  # seconds to wait for another writer before giving up
READ_PATIENCE_MS = 5000
APPLICATION_ID = 0x63786465  # "cxde": lets `file` and others name the format

Clock = Callable[[], datetime]
Values = Sequence[Any] | dict[str, Any]
T = TypeVar("T")

_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "its folder or file is read-only",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_BUSY: "another program keeps it locked",
    sqlite3.SQLITE_LOCKED: "another program keeps it locked",
    sqlite3.SQLITE_CANTOPEN: "its folder cannot be opened",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is not a database",
}


def utc_now() -> datetime:
    return datetime.now(UTC)


def _reason(error: sqlite3.Error) -> str | None:
    """What a person can do something about, or None for our own mistakes."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _REASONS.get(code & 0xFF)


@contextmanager
def in_words(path: Path, deed: str) -> Iterator[None]:
    """Turn a full disk, a locked or damaged file into a UserError; our own bugs pass through."""
    try:
        yield
    except sqlite3.Error as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise UserError(f"{path} could not be {deed}: {reason}.") from error


def connect(path: Path) -> Database:
    """An open file at this program's version.

    Raises:
        UserError: not a database, damaged, not ours to open, or made by a newer program.
    """
    with in_words(path, "opened"):
        connection = sqlite3.connect(path, isolation_level=None, timeout=READ_PATIENCE_MS / 1000)
        try:
            return _prepare(connection)
        except BaseException:
            connection.close()
            raise


def _prepare(connection: sqlite3.Connection) -> Database:
    connection.row_factory = sqlite3.Row
    db = Database(connection, execute_plugins=False)
    _refuse_foreign(db)
    migrations.refuse_newer(db)
    for pragma in (
        "journal_mode = wal",
        "synchronous = normal",
        "foreign_keys = on",
        "temp_store = memory",
        "cache_size = -16000",
    ):
        db.execute(f"PRAGMA {pragma}").fetchall()
    return db


def _refuse_foreign(db: Database) -> None:
    """Leave another program's database alone rather than add our tables to it."""
    is_empty = not db.table_names()  # asked first: another process may be making the file ours
    if not is_empty and db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError("This file is a database of another program; cxdesk leaves it alone.")


class Connection:
    """An open database and the ways to use it; the subjects of the store build on this.

    Belongs to the thread that opened it. Several processes may have the same file open.
    """

    def __init__(self, db: Database, path: Path, clock: Clock = utc_now) -> None:
        self._db = db
        self._path = path
        self._clock = clock

    @classmethod
    def open(cls, path: Path | str, *, clock: Clock = utc_now) -> Self:
        """As `Store.open`."""
        path = Path(path)
        store = cls(connect(path), path, clock)
        try:
            store._bring_forward()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def data_version(self) -> int:
        """A number that changes when another process has written to the file."""
        return int(self._value("PRAGMA data_version"))

    def backup(self, path: Path) -> None:
        """Write a whole, compact copy of the database; an older copy is replaced only by it.

        Raises:
            UserError: the copy could not be written.
        """
        part = path.with_name(path.name + ".part")
        try:
            part.unlink(missing_ok=True)
            with in_words(path, "written"):
                self._db.execute("VACUUM INTO ?", [str(part)])
            os.replace(part, path)  # noqa: PTH105  Path.replace with the same promise
        except OSError as error:
            raise UserError(f"{path} could not be written: {error.strerror}.") from error

    def _bring_forward(self) -> None:
        while migrations.version(self._db) < migrations.VERSION:
            with self._writing():
                # another process may have been faster while we waited
                if migrations.version(self._db) < migrations.VERSION:
                    self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    migrations.step_forward(self._db)

    def _now_ms(self) -> int:
        return to_ms(self._clock())

    # ---------------------------------------------------------------- reading

    def _all(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        # fetched at once: an unfinished cursor would hold on to an old state of the file
        rows: list[sqlite3.Row] = self._db.execute(sql, values).fetchall()
        return rows

    def _one(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        rows = self._all(sql, values)
        return rows[0] if rows else None

    def _value(self, sql: str, values: Values = (), default: Any = None) -> Any:
        row = self._one(sql, values)
        return default if row is None else row[0]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Several reads of one state of the file, whatever other processes write meanwhile."""
        if self._db.conn.in_transaction:
            yield
            return
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.rollback()

    # ---------------------------------------------------------------- writing

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing. Keep it short: other processes wait meanwhile."""
        if self._db.conn.in_transaction:
            yield
            return
        with in_words(self._path, "written to"):
            self._begin()
            try:
                yield
                self._db.commit()
            except BaseException:
                self._db.rollback()
                raise

    def _begin(self) -> None:
        give_up = time.monotonic() + PATIENCE
        self._db.conn.execute("PRAGMA busy_timeout = 1")
        try:
            while True:
                try:
                    self._db.conn.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        raise
                    if time.monotonic() > give_up:
                        raise
        finally:
            self._db.conn.execute(f"PRAGMA busy_timeout = {READ_PATIENCE_MS}")

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several deeds that a crash must not part; keep them few, for other processes wait.

        Raises:
            UserError: the file cannot be written to.
        """
        with self._writing():
            yield

    def _in_slices(self, items: Iterable[T], write: Callable[[Iterator[T]], None]) -> None:
        """Write many things in short transactions, with a breath between for other writers.

        `write` takes items from the iterator it gets, which ends when the slice is over. Within
        `together` there is but one transaction.
        """
        if self._db.conn.in_transaction:
            write(iter(items))
            return
        rest = iter(items)
        for first in rest:
            with self._writing():
                write(_slice(first, rest))
            time.sleep(BREATH)


def _slice(first: T, rest: Iterator[T]) -> Iterator[T]:
    end = time.monotonic() + SLICE
    yield first
    while time.monotonic() < end:
        try:
            yield next(rest)
        except StopIteration:
            return
