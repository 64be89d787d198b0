"""The inbox: its splits with their counts, and their rows page by page.

Care order is waiting time x (1 + level), which grows differently in each row as time passes, so no
stored key can order it. Within one level the order never changes: five indexed streams, one a
level, are merged. Levels come from the index, so a page costs the same in a list of a million.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from cxdesk.model import BlameTarget, Confidence, Level, Row, Split, State, Trend
from cxdesk.store.conversations import Conversations
from cxdesk.store.times import to_moment, to_moment_or_none, to_ms

COUNT_LIMIT = 1000
LAST_READINGS = 5
_NEVER = 2**53 - 1  # `wakes_at` of a snooze without end

# The planner uses a partial index only where the query repeats its condition to the letter.
_WAITING = "state IN ('new', 'open') AND waiting_since IS NOT NULL"
_CARE = f"needs_care = 1 AND {_WAITING}"
_MINE = "mine = 1 AND state <> 'solved'"

_CARE_ORDERED = {
    "needs_care": f"conversations INDEXED BY conversations_care WHERE {_CARE}",
    "waiting": f"conversations INDEXED BY conversations_waiting WHERE {_WAITING}",
}
_BY_UPDATE = {
    "mine": f"conversations INDEXED BY conversations_mine WHERE {_MINE}",
    "done": "conversations INDEXED BY conversations_state WHERE state = 'solved'",
    "all": "conversations INDEXED BY conversations_all WHERE 1",
}
_SNOOZED = "conversations INDEXED BY conversations_snoozed WHERE state = 'snoozed'"
_SOURCES = {**_CARE_ORDERED, **_BY_UPDATE, "snoozed": _SNOOZED}

_TITLES = {
    "needs_care": "Needs care",
    "waiting": "Waiting",
    "mine": "Mine",
    "snoozed": "Snoozed",
    "done": "Done",
    "all": "All",
}

_ROWS = """
SELECT c.id, k.name, k.address, c.subject, c.channel, c.state, c.snippet, c.level,
       coalesce(c.said_trend, c.trend) AS trend, c.blame_target, c.confidence, c.waiting_since,
       c.updated_at, c.snoozed_until, c.readings, c.mine,
       EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id) AS has_draft,
       (SELECT min(p.due) FROM promises p INDEXED BY promises_next
        WHERE p.conversation_id = c.id AND p.state = 'open' AND p.due IS NOT NULL) AS promise_due
FROM conversations c JOIN customers k ON k.id = c.customer_id
WHERE c.id IN (SELECT value FROM json_each(?))
"""

Keyed = tuple[int, int]  # care score made to ascend, and id


class Lists(Conversations):
    """Lists of conversations for the inbox."""

    def splits(self, now: datetime) -> tuple[Split, ...]:  # noqa: ARG002  a split may use it
        """All splits in the order of their tabs. Counts stop at 1000: more is 'many'."""
        with self._reading():
            return tuple(Split(id_, title, self._count(id_)) for id_, title in _TITLES.items())

    def rows(
        self, split: str, *, after: Row | None = None, limit: int = 100, now: datetime
    ) -> list[Row]:
        """A page of a split: the first, or the one after a row of the page before.

        Needs care and Waiting come in care order, and want the same `now` for all their pages;
        Snoozed by the time they wake, the others by last message. Ties go by id.

        Raises:
            KeyError: there is no such split.
        """
        with self._reading():
            if split in _CARE_ORDERED:
                ids = self._care_ids(_CARE_ORDERED[split], after, limit, to_ms(now))
            elif split == "snoozed":
                ids = self._snoozed_ids(after, limit)
            else:
                ids = self._updated_ids(_BY_UPDATE[split], after, limit)
            return self._rows(ids)

    def row(self, conversation_id: int, now: datetime) -> Row | None:  # noqa: ARG002  as `rows`
        """One conversation's row as it is now; None when it is gone or merged into another."""
        return next(iter(self._rows([conversation_id])), None)

    def is_empty(self) -> bool:
        return self._one("SELECT 1 FROM conversations LIMIT 1") is None

    def _count(self, split: str) -> int:
        return int(
            self._value(
                f"SELECT count(*) FROM (SELECT 1 FROM {_SOURCES[split]} LIMIT ?)", [COUNT_LIMIT]
            )
        )

    def _rows(self, ids: Sequence[int]) -> list[Row]:
        """Rows in the order of these ids; ids that lead nowhere are left out."""
        found = {row["id"]: _row(row) for row in self._all(_ROWS, (str(list(ids)),))}
        return [found[each] for each in ids if each in found]

    def _updated_ids(self, source: str, after: Row | None, limit: int) -> list[int]:
        bound = (2**62, 0) if after is None else (to_ms(after.updated_at), after.id)
        rows = self._all(
            f"SELECT id FROM {source} AND (updated_at, id) < (?, ?)"
            " ORDER BY updated_at DESC, id DESC LIMIT ?",
            (*bound, limit),
        )
        return [row[0] for row in rows]

    def _snoozed_ids(self, after: Row | None, limit: int) -> list[int]:
        bound = (-1, 0)
        if after is not None:
            bound = (to_ms(after.snoozed_until) if after.snoozed_until else _NEVER, after.id)
        rows = self._all(
            f"SELECT id FROM {_SNOOZED} AND (wakes_at, id) > (?, ?) ORDER BY wakes_at, id LIMIT ?",
            (*bound, limit),
        )
        return [row[0] for row in rows]

    def _care_ids(self, source: str, after: Row | None, limit: int, now: int) -> list[int]:
        bound = None if after is None else (care_score(after, now), after.id)
        streams = [self._care_stream(source, level, bound, limit, now) for level in Level]
        return [id_ for _, id_ in islice(heapq.merge(*streams), limit)]

    def _care_stream(
        self, source: str, level: Level, bound: tuple[int, int] | None, limit: int, now: int
    ) -> Iterator[Keyed]:
        """One level's conversations after the bound, longest waiting first."""
        rows = self._all(
            f"SELECT waiting_since, id FROM {source} AND care_level = ?"
            " AND (waiting_since, id) > (?, ?) ORDER BY waiting_since, id LIMIT ?",
            (int(level), *_first_place(level, bound, now), limit),
        )
        return _keyed(rows, level, now)


def care_score(row: Row, now: int) -> int:
    """Waiting milliseconds x (1 + level); a level we are not sure of counts as calm."""
    assert row.waiting_since is not None, "only waiting conversations are in care order"
    sure = row.level is not None and row.confidence is not Confidence.LOW
    return (now - to_ms(row.waiting_since)) * (1 + (row.level or 0) * sure)


def _first_place(level: int, bound: tuple[int, int] | None, now: int) -> tuple[int, int]:
    """The (waiting_since, id) after which a level's rows come after the bound.

    With score s, a row of level l is due when waiting x (1 + l) < s, or = s and its id is higher.
    """
    if bound is None:
        return (-(2**62), 0)
    score, id_ = bound
    waiting, rest = divmod(score, 1 + level)
    return (now - waiting, id_ if rest == 0 else 0)


def _keyed(rows: Iterable[sqlite3.Row], level: int, now: int) -> Iterator[Keyed]:
    for waiting_since, id_ in rows:
        yield ((waiting_since - now) * (1 + level), id_)


def _row(row: sqlite3.Row) -> Row:
    return Row(
        id=row["id"],
        customer=row["name"] or row["address"] or "Unknown customer",
        subject=row["subject"],
        channel=row["channel"],
        state=State(row["state"]),
        snippet=row["snippet"],
        level=None if row["level"] is None else Level(row["level"]),
        trend=Trend(row["trend"]),
        blame_target=BlameTarget(row["blame_target"]),
        confidence=Confidence(row["confidence"]),
        waiting_since=to_moment_or_none(row["waiting_since"]),
        updated_at=to_moment(row["updated_at"]),
        has_draft=bool(row["has_draft"]),
        promise_due=to_moment_or_none(row["promise_due"]),
        snoozed_until=asleep_until(row),
        readings=levels(row["readings"][-LAST_READINGS:]),
        mine=bool(row["mine"]),
    )


def asleep_until(row: sqlite3.Row) -> datetime | None:
    """When a conversation wakes. One that a promise has taken out of its snooze is awake."""
    asleep = row["state"] == State.SNOOZED
    return to_moment_or_none(row["snoozed_until"]) if asleep else None


def levels(digits: str) -> tuple[Level, ...]:
    return tuple(Level(int(digit)) for digit in digits)
