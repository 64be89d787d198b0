"""Rows and a source of rows for the tests of the inbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from cxdesk.model import BlameTarget, Confidence, Level, Row, Split, State, Trend
from cxdesk.ui import theme

NOW = datetime(2026, 3, 13, 9, 12, tzinfo=UTC)
PAGE = 20


class Inbox:
    """A source with real paging by key over rows in a list, and a record of what was read."""

    def __init__(self, rows: list[Row]) -> None:
        self.listed = {"needs_care": rows, "mine": []}
        self.pages_read = 0
        self.reads = False
        self.danger: frozenset[int] = frozenset()

    def splits(self) -> tuple[Split, ...]:
        titles = {"needs_care": "Needs care", "waiting": "Waiting", "mine": "Mine"}
        return tuple(
            Split(each, title, len(self.listed.get(each, []))) for each, title in titles.items()
        )

    def rows(self, split: str, after: Row | None) -> list[Row]:
        self.pages_read += 1
        return _page(self.listed.get(split, []), after)

    def search(self, query: str, after: Row | None) -> list[Row]:
        hits = [
            replace(row, match=row.snippet.replace(query, f"\u2068{query}\u2069"))
            for row in self.listed["needs_care"]
            if query in row.snippet
        ]
        return _page(hits, after)

    def row(self, conversation_id: int) -> Row | None:
        every = [row for rows in self.listed.values() for row in rows]
        return next((row for row in every if row.id == conversation_id), None)

    def is_reading(self) -> bool:
        return self.reads

    def in_danger(self, conversations: Sequence[int]) -> frozenset[int]:
        return self.danger.intersection(conversations)


def _page(rows: list[Row], after: Row | None) -> list[Row]:
    ids = [row.id for row in rows]
    first = ids.index(after.id) + 1 if after and after.id in ids else 0
    return rows[first : first + PAGE]


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> None:
    """The light theme."""
    if not qapp.styleSheet():
        theme.apply("light")


@pytest.fixture(autouse=True)
def no_qt_warning(qtlog) -> Iterator[None]:
    """A test fails when Qt warned about what it did."""
    yield
    said = [record.message for record in qtlog.records if record.type_name != "QtDebugMsg"]
    assert not [each for each in said if "This plugin does not support" not in each]


@pytest.fixture
def now() -> datetime:
    """The moment at which all these tests play."""
    return NOW


@pytest.fixture
def a_row() -> Callable[..., Row]:
    """Builds a row; a test names only what it is about."""

    def build(conversation_id: int = 1, **known: object) -> Row:
        waiting = NOW - timedelta(minutes=int(str(known.pop("minutes", 60))))
        row = Row(
            id=conversation_id,
            customer=f"Customer {conversation_id}",
            subject="A parcel",
            channel="email",
            state=State.OPEN,
            snippet="Where is my parcel?",
            level=Level.CALM,
            trend=Trend.STEADY,
            blame_target=BlameTarget.NONE,
            confidence=Confidence.HIGH,
            waiting_since=waiting,
            updated_at=waiting,
        )
        return replace(row, **known)

    return build


@pytest.fixture
def inbox_of() -> type[Inbox]:
    """Makes a source out of rows."""
    return Inbox
