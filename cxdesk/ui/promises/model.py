"""Promises as a Qt model: groups by when they are due, pages read by key, settled ones folded."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from cxdesk.model import Changes, Promise, PromiseState
from cxdesk.ui import marks
from cxdesk.ui.labels import as_written
from cxdesk.ui.promises import words
from cxdesk.ui.promises.words import Group
from cxdesk.ui.sidebar.words import channel

Index = QModelIndex | QPersistentModelIndex

_NEVER = datetime.max.replace(tzinfo=UTC)
PAGE = 200
"""Promises read at once; while one is looked for by its words, more, for most of them go by."""
SEARCH_PAGE = 400
FEW = 8
"""Up to so many named conversations are put in their place; after more all is read anew."""


class Source(Protocol):
    """Where promises come from: short indexed reads that may run on the window's thread."""

    def promises(self, after: Promise | None, limit: int) -> Sequence[Promise]:
        """Open ones by their time, those without one last; the page that follows `after`."""

    def promises_of(self, conversation_id: int) -> Sequence[Promise]:
        """All of one conversation, open and settled; none when it is gone."""

    def settled_promises(self) -> Sequence[Promise]:
        """Kept and broken ones, those settled last first."""

    def kept_rate(self) -> tuple[int, int]:
        """How many were kept by their time, of those settled or overdue."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a group: its count, and what else is to be said of it."""

    group: Group
    count: str = ""
    detail: str = ""
    folded: bool | None = None
    """Whether its rows are hidden; None for a group that cannot be folded."""


Entry = Heading | Promise


class Roles(IntEnum):
    """What the delegate asks for beside Qt's own roles."""

    ENTRY = Qt.ItemDataRole.UserRole


class PromiseModel(QAbstractTableModel):
    """One column: headings, and below each its promises. Ticking one off is told, not done."""

    ticked = Signal(object)
    """The `Promise` whose box was pressed."""

    def __init__(
        self, source: Source, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._source, self._clock = source, clock
        self._at = clock()  # as of when the groups are: they change only when told to
        self._open: list[Promise] = []
        self._settled: Sequence[Promise] = ()
        self._rate = (0, 0)
        self._end: Promise | None = None
        self._complete = False
        self._unfolded = False
        self._query: tuple[str, ...] = ()
        self._entries: list[Entry] = []
        self._search = QTimer(self, interval=0)
        self._search.timeout.connect(self._search_on)

    # -------------------------------------------------------------- what is listed

    @property
    def now(self) -> datetime:
        return self._clock()

    @property
    def kept_rate(self) -> tuple[int, int]:
        return self._rate

    def is_empty(self) -> bool:
        """Nothing is promised, and nothing was: there is only the lesson to show."""
        return self._complete and not (self._open or self._settled or self._query)

    def count_words(self) -> str:
        """How many are open, as far as they are read: "8", "200+"."""
        return f"{len(self._open)}{'' if self._complete else '+'}"

    def headings(self) -> list[int]:
        """The places of the headings."""
        return [at for at, entry in enumerate(self._entries) if isinstance(entry, Heading)]

    def entry(self, place: int) -> Entry | None:
        return self._entries[place] if 0 <= place < len(self._entries) else None

    def place_of(self, promise_id: int) -> int | None:
        """Where a promise stands, if it is listed."""
        for place, entry in enumerate(self._entries):
            if isinstance(entry, Promise) and entry.id == promise_id:
                return place
        return None

    def near(self, place: int) -> int | None:
        """The place of the promise at `place`, else of the nearest below, else above it."""
        below = range(place, len(self._entries))
        above = range(min(place, len(self._entries)) - 1, -1, -1)
        return next((at for at in (*below, *above) if self._is_promise(at)), None)

    def _is_promise(self, place: int) -> bool:
        return isinstance(self._entries[place], Promise)

    # -------------------------------------------------------------- reading

    def find(self, query: str) -> None:
        """List only promises with all these words in what was promised, to whom, or the matter."""
        self._query = tuple(query.casefold().split())
        self.read()

    def read(self, down_to: int = 0) -> None:
        """Read everything anew, as far as place `down_to`."""
        self._search.stop()
        self._at = self.now
        self._open, self._end, self._complete = [], None, False
        self._read_settled()
        self._read_page()
        while not self._complete and not self._query and len(self._open) <= down_to:
            self._read_page()
        self._become(self._grouped())
        self._go_on_searching()

    def refresh(self, changes: Changes, down_to: int = 0) -> None:
        """Show anew what changed; where much did, everything as far as place `down_to`."""
        if changes.everything or len(changes.conversations) > FEW:
            self.read(down_to)
            return
        self._at = self.now
        for conversation in changes.conversations:
            self._exchange(conversation)
        self._read_settled()
        self._become(self._grouped())

    def _exchange(self, conversation: int) -> None:
        """Put the promises of a conversation where they belong now; what belongs behind the pages
        that were read comes with its own."""
        self._open = [each for each in self._open if each.conversation_id != conversation]
        for promise in self._matching(self._source.promises_of(conversation)):
            is_read = self._complete or (self._end and _order(promise) <= _order(self._end))
            if promise.state is PromiseState.OPEN and is_read:
                insort(self._open, promise, key=_order)

    def tick(self) -> None:
        """Time has passed: what is due moves on, what has run out comes under Overdue."""
        self._at = self.now
        self._become(self._grouped())

    def set_unfolded(self, on: bool) -> None:
        """Show the settled ones, or only how many were kept."""
        if on != self._unfolded:
            self._unfolded = on
            self._become(self._grouped())

    @property
    def is_unfolded(self) -> bool:
        return self._unfolded

    def _read_settled(self) -> None:
        self._rate = self._source.kept_rate()
        self._settled = list(self._matching(self._source.settled_promises()))

    def _read_page(self) -> None:
        limit = SEARCH_PAGE if self._query else PAGE
        page = self._source.promises(self._end, limit)
        self._complete = len(page) < limit
        self._end = page[-1] if page else self._end
        self._open += self._matching(page)

    def _matching(self, promises: Iterable[Promise]) -> Iterable[Promise]:
        for each in promises:
            said = f"{each.text} {each.customer} {each.subject}".casefold()
            if all(word in said for word in self._query):
                yield each

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent):
            return
        self._read_page()
        self._append()

    def _go_on_searching(self) -> None:
        """What is looked for may be on the last page: read on between two events."""
        if self._query and not self._complete:
            self._search.start()

    def stop_searching(self) -> bool:
        """Look no further; True when there was more to be looked through."""
        was_searching = self._search.isActive()
        self._search.stop()
        return was_searching

    def _search_on(self) -> None:
        self._read_page()
        if self._complete:
            self._search.stop()
        self._append()

    def _append(self) -> None:
        """Show what was read since; of what stands there only counts can have changed."""
        entries = self._grouped()
        first = len(self._entries)
        if len(entries) > first:
            self.beginInsertRows(QModelIndex(), first, len(entries) - 1)
            self._entries = entries
            self.endInsertRows()
        self._entries = entries
        self._repaint()

    def _become(self, entries: list[Entry]) -> None:
        if entries == self._entries:
            self._repaint()
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def _repaint(self) -> None:
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, 0))

    # -------------------------------------------------------------- groups

    def _grouped(self) -> list[Entry]:
        entries: list[Entry] = []
        first = 0
        for group, end in self._bounds():
            if end > first:
                entries += [self._heading(group, end - first, is_last=end == len(self._open))]
                entries += self._open[first:end]
            first = end
        return entries + (self._settled_entries() if self._complete else [])

    def _bounds(self) -> tuple[tuple[Group, int], ...]:
        """Where each group ends: they follow one another in the order of the store."""
        local = self._at.astimezone()
        midnight = datetime.combine(local.date() + timedelta(days=1), time()).astimezone()
        return (
            (Group.OVERDUE, bisect_left(self._open, self._at, key=_due)),
            (Group.TODAY, bisect_left(self._open, midnight, key=_due)),
            (Group.LATER, len(self._open)),
        )

    def _heading(self, group: Group, count: int, *, is_last: bool) -> Heading:
        if group is Group.TODAY:
            return Heading(group, "", words.day(self._at))
        more = "+" if is_last and not self._complete else ""
        return Heading(group, f"{count}{more}")

    def _settled_entries(self) -> list[Entry]:
        if not self._settled:
            return []
        folded = not self._unfolded
        heading = Heading(Group.SETTLED, "", words.rate(*self._rate), folded)
        return [heading] if folded else [heading, *self._settled]

    # -------------------------------------------------------------- Qt's own

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over by the keys, but for the one that opens and folds."""
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None or (isinstance(entry, Heading) and entry.folded is None):
            return Qt.ItemFlag.NoItemFlags
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if isinstance(entry, Promise):
            chosen |= Qt.ItemFlag.ItemIsUserCheckable
        return chosen

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == Roles.ENTRY:
            return entry
        if isinstance(entry, Heading):
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return _heading_words(entry) if role in texts else None
        return self._promise_data(entry, role)

    def _promise_data(self, promise: Promise, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return words.quoted(promise)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.sentence(promise, self.now, channel(promise.channel))
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_written(_tip(promise))
        if role == Qt.ItemDataRole.CheckStateRole:
            kept = promise.state is PromiseState.KEPT
            return Qt.CheckState.Checked if kept else Qt.CheckState.Unchecked
        return None

    def setData(  # noqa: N802
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        del value  # the desk says what became of it
        entry = self.entry(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.CheckStateRole or not isinstance(entry, Promise):
            return False
        self.ticked.emit(entry)
        return True


def _due(promise: Promise) -> datetime:
    return promise.due or _NEVER


def _order(promise: Promise) -> tuple[datetime, int]:
    return _due(promise), promise.id


def _heading_words(heading: Heading) -> str:
    state = {None: "", True: "folded", False: "open"}[heading.folded]
    parts = (heading.group.value, heading.count, heading.detail, state)
    return ", ".join(each for each in parts if each)


def _tip(promise: Promise) -> str:
    due = f"Due {marks.full_time(promise.due)}" if promise.due else "No time was said"
    lines = [words.quoted(promise), due, f"Said {marks.full_time(promise.said_at)}"]
    if promise.settled_at:
        lines.append(f"{promise.state.value.capitalize()} {marks.full_time(promise.settled_at)}")
    return "\n".join(lines)
