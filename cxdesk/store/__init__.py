"""SQLite through sqlite-utils, and the only place with SQL: what came in, what was done with it.

One file, one `Store` for each thread that uses it; several processes may share the file. The store
is built from its subjects, each of which can be read alone:

    connection     opening, reading, short transactions
    migrations     the tables, with their meaning
    conversations  a conversation's own row, settled after its messages (`standing`)
    incoming       messages in: threads (`joining`), people (`customers`), roles (`roles`)
    indexing       making them findable
    unread         what waits for the language engine, or for its second look
    analyses       verdicts, readings, mood, corrections
    lists, search  the inbox and its search (`query`, `hits`, `excerpt`)
    threads        one conversation, opened
    drafts, replies, deeds, dismissals   what the agent does
    plays          where plays were used, and what followed (`outcomes`)
    promises       what we promised in replies, until it is kept or broken
    signs          what was heard in many conversations at once

Times go in and out as aware datetimes; in the file they are milliseconds UTC.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

from cxdesk.store.connection import Clock, utc_now
from cxdesk.store.deeds import Deeds
from cxdesk.store.dismissals import Dismissals
from cxdesk.store.plays import Plays
from cxdesk.store.query import Query, read_query
from cxdesk.store.replies import Replies
from cxdesk.store.search import Search
from cxdesk.store.shapes import (
    Added,
    AsideText,
    BlameChoice,
    CorrectedCase,
    Dismissal,
    Pending,
    Reading,
    ReplyHeaders,
    TrainerNote,
)
from cxdesk.store.signs import Signs

__all__ = [
    "Added",
    "AsideText",
    "BlameChoice",
    "CorrectedCase",
    "Dismissal",
    "Pending",
    "Query",
    "Reading",
    "ReplyHeaders",
    "Store",
    "TrainerNote",
    "read_query",
]


class Store(Replies, Plays, Search, Deeds, Dismissals, Signs):
    """Everything the desk remembers."""

    @classmethod
    def open(cls, path: Path | str, *, clock: Clock = utc_now) -> Self:
        """The store in this file, made or brought to this program's version where needed.

        `clock` says what time it is where a caller does not.

        Raises:
            UserError: not a database, damaged, read-only, or made by a newer program.
        """
        store = super().open(path, clock=clock)
        store._index_waiting()
        return store

    def meta(self, key: str, default: str = "") -> str:
        """A small value kept beside the conversations."""
        return str(self._value("SELECT value FROM meta WHERE key = ?", (key,), default))

    def set_meta(self, key: str, value: str) -> None:
        with self._writing():
            self._db.table("meta").upsert({"key": key, "value": value}, pk="key")
