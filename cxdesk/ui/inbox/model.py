"""The inbox as a Qt model: pages read by key, and refreshed without losing anybody's place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cxdesk.model import Changes, Row, Split
from cxdesk.ui.inbox import row_words
from cxdesk.ui.labels import as_written

Index = QModelIndex | QPersistentModelIndex
Page = Callable[[Row | None], list[Row]]

FEW = 32
"""Up to so many named conversations are read one by one; more are read as pages."""


class Source(Protocol):
    """Where rows come from: short indexed reads that may run on the window's thread."""

    def splits(self) -> tuple[Split, ...]:
        """The saved views with their counts, in their order."""

    def rows(self, split: str, after: Row | None) -> list[Row]:
        """The page of a split that follows `after`, or its first page; empty at the end."""

    def search(self, query: str, after: Row | None) -> list[Row]:
        """The page of hits that follows `after`, newest first; empty at the end."""

    def row(self, conversation_id: int) -> Row | None:
        """One conversation as it is now; None when it is gone."""

    def is_reading(self) -> bool:
        """True while what needs care is not all known."""

    def in_danger(self, conversations: Sequence[int]) -> frozenset[int]:
        """Those of the conversations in which somebody may come to harm."""


class NoSource:
    """An inbox before it is given its source."""

    def splits(self) -> tuple[Split, ...]:
        return ()

    def rows(self, split: str, after: Row | None) -> list[Row]:
        del split, after
        return []

    def search(self, query: str, after: Row | None) -> list[Row]:
        del query, after
        return []

    def row(self, conversation_id: int) -> Row | None:
        del conversation_id
        return None

    def is_reading(self) -> bool:
        return False

    def in_danger(self, conversations: Sequence[int]) -> frozenset[int]:
        del conversations
        return frozenset()


class Roles(IntEnum):
    """What the delegate asks for beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole
    ID = Qt.ItemDataRole.UserRole + 1


def local_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC).astimezone()


class InboxModel(QAbstractTableModel):
    """One column of rows, of one split or of one search; `clock` tells what "waiting" means now."""

    def __init__(
        self,
        source: Source | None = None,
        clock: Callable[[], datetime] = local_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source: Source = source or NoSource()
        self._clock = clock
        self._rows: list[Row] = []
        self._danger: frozenset[int] = frozenset()
        self._end: Row | None = None  # the last row as it was when it was read: the page goes by it
        self._page: Page = lambda _after: []
        self._complete = True

    # -------------------------------------------------------------- what is listed

    def set_source(self, source: Source) -> None:
        """Read from another source; nothing is listed until a split or search is asked for."""
        self._source = source
        self._show(lambda _after: [])

    def show_split(self, split: str) -> None:
        """List a split from its top."""
        self._show(lambda after: self._source.rows(split, after))

    def show_search(self, query: str) -> None:
        """List what a search finds, newest first."""
        self._show(lambda after: self._source.search(query, after))

    def _show(self, page: Page) -> None:
        self.beginResetModel()
        self._page = page
        self._rows = page(None)
        self._look_for_danger(self._rows)
        self._end = self._rows[-1] if self._rows else None
        self._complete = not self._rows
        self.endResetModel()

    # -------------------------------------------------------------- reading

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Roles.ROW:
            return row
        if role == Roles.ID:
            return row.id
        if role == Qt.ItemDataRole.DisplayRole:
            return row.customer
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row_words.sentence(row, self._clock(), in_danger=self.is_in_danger(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_written(row_words.tip(row, self._clock()))
        return None

    def roleNames(self) -> dict[int, Any]:
        return super().roleNames() | {int(Roles.ROW): b"row", int(Roles.ID): b"conversation_id"}

    def row_at(self, place: int) -> Row | None:
        """The row at this place, or None outside the list."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, conversation_id: int) -> int | None:
        """Where a conversation stands among the rows read so far."""
        for place, row in enumerate(self._rows):
            if row.id == conversation_id:
                return place
        return None

    def is_in_danger(self, row: Row) -> bool:
        """Whether somebody in this row's conversation may come to harm."""
        return row.id in self._danger

    def _look_for_danger(self, rows: Sequence[Row]) -> None:
        ids = [row.id for row in rows]
        self._danger = self._danger.difference(ids) | self._source.in_danger(ids)

    def ids(self) -> list[int]:
        """The conversations read so far, from the top."""
        return [row.id for row in self._rows]

    @property
    def now(self) -> datetime:
        """The time against which waiting is told."""
        return self._clock()

    # -------------------------------------------------------------- paging

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        if parent.isValid() or self._complete:
            return
        fresh = self._next_page(self._end, set(self.ids()))
        self._complete = not fresh
        if fresh:
            self._end = fresh[-1]
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows += fresh
            self.endInsertRows()

    def _next_page(self, end: Row | None, known: set[int]) -> list[Row]:
        # Care order moves with the clock, so a page may bring a row that is already there.
        fresh = [row for row in self._page(end) if row.id not in known]
        self._look_for_danger(fresh)
        return fresh

    # -------------------------------------------------------------- refreshing

    def tick(self) -> None:
        """Tell waiting times anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def refresh(self, changes: Changes, down_to: int = 0) -> None:
        """Bring the rows up to date; those below place `down_to` may have to be fetched again."""
        if not changes.everything and not changes.conversations:
            return
        if changes.everything or not self._update_in_place(changes.conversations):
            self._become(self._read_again(down_to))

    def show_in_place(self, conversations: frozenset[int]) -> bool:
        """Show these rows as they are now, each where it stands; True when the order, or what is
        listed, is no longer right and waits for a `refresh`."""
        waits = False
        for conversation_id in conversations:
            place = self.place_of(conversation_id)
            fresh = self._source.row(conversation_id)
            if place is None or fresh is None:
                waits = True
                continue
            old = self._rows[place]
            self._look_for_danger([fresh])
            waits = waits or _moves(old, fresh)
            self._exchange(place, replace(fresh, match=old.match))
        return waits

    def _update_in_place(self, named: frozenset[int]) -> bool:
        """Exchange the named rows where none of them moves, comes or goes; False otherwise."""
        if len(named) > FEW:
            return False
        for conversation_id in named:
            place = self.place_of(conversation_id)
            fresh = self._source.row(conversation_id)
            old = None if place is None else self._rows[place]
            if place is None and fresh is None:
                continue
            if place is None or fresh is None or old is None or _moves(old, fresh):
                return False
            self._look_for_danger([fresh])
            self._exchange(place, replace(fresh, match=old.match))
        return True

    def _read_again(self, down_to: int) -> list[Row]:
        rows: list[Row] = []
        known: set[int] = set()
        self._complete = False
        while not self._complete and len(rows) <= down_to:
            page = self._next_page(rows[-1] if rows else None, known)
            known |= {row.id for row in page}
            self._complete = not page
            rows += page
        return rows

    def _become(self, rows: list[Row]) -> None:
        """Turn the list into `rows` by removals, moves and insertions, so that selections live."""
        self._end = rows[-1] if rows else None
        wanted = {row.id for row in rows}
        end = len(self._rows)
        for place in range(end - 1, -2, -1):
            if place < 0 or self._rows[place].id in wanted:
                self._remove(place + 1, end)
                end = place
        for place, row in enumerate(rows):
            self._put(place, row)

    def _put(self, place: int, row: Row) -> None:
        here = self.row_at(place)
        found = place if here and here.id == row.id else self.place_of(row.id)
        if found is None:
            self.beginInsertRows(QModelIndex(), place, place)
            self._rows.insert(place, row)
            self.endInsertRows()
            return
        if found != place:
            self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), place)
            self._rows.insert(place, self._rows.pop(found))
            self.endMoveRows()
        self._exchange(place, row)

    def _remove(self, first: int, end: int) -> None:
        if first < end:
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            del self._rows[first:end]
            self.endRemoveRows()

    def _exchange(self, place: int, row: Row) -> None:
        if self._rows[place] != row:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))


def _moves(old: Row, fresh: Row) -> bool:
    """True when something changed by which lists are ordered or filled."""
    return _sorting(old) != _sorting(fresh)


def _sorting(row: Row) -> tuple[object, ...]:
    return (
        row.level,
        row.confidence,
        row.waiting_since,
        row.updated_at,
        row.snoozed_until,
        row.state,
        row.mine,
    )
