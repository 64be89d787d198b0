"""Search over all history, newest first: one row a conversation, with the words around its hit.

Hits come from the index in the order of its rowids, so a word of four million messages costs what
a rare one does (bm25 would read every hit first: 7 s against 0.3 ms). Where a condition leaves
few conversations, their messages are looked up in the index instead of the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cxdesk.model import Row
from cxdesk.store.excerpt import CLOSE, OPEN, excerpt, marked
from cxdesk.store.hits import Lead, conversation_conditions, hits_sql
from cxdesk.store.lists import Lists
from cxdesk.store.query import Query, read_query
from cxdesk.store.times import to_ms
from cxdesk.store.words import cues

FEW = 2000  # conversations, or messages of a signal, that are cheaper looked up one by one
_PAGE = 200  # hits fetched at a time
_AROUND = 14  # words of context about a hit


class Search(Lists):
    """Finding conversations again."""

    def search(
        self, query: str, *, limit: int = 50, after: Row | None = None, now: datetime
    ) -> list[Row]:
        """The conversations a query finds, each at its newest hit, newest first.

        Any text may be typed; `query.read_query` tells how it is read. With `after`, the page that
        follows this row. Days in the query are days in the zone of `now`. Signs alone find nothing.
        """
        asked = read_query(query, now.tzinfo or UTC)
        if asked.is_empty:
            return []
        with self._reading():
            if asked.match or asked.signals:
                return self._hit_rows(self._with_known_signals(asked), limit, after)
            return self._rows(self._filtered_ids(asked, limit, after))

    def _filtered_ids(self, asked: Query, limit: int, after: Row | None) -> list[int]:
        """Conversations by conditions alone, the last touched first."""
        where = conversation_conditions(asked)
        if asked.before is not None:
            where = where.and_("c.updated_at < ?", asked.before)
        if asked.after is not None:
            where = where.and_("c.updated_at >= ?", asked.after)
        if after is not None:
            where = where.and_("(c.updated_at, c.id) < (?, ?)", to_ms(after.updated_at), after.id)
        rows = self._all(
            f"SELECT c.id FROM conversations c WHERE {where}"
            " ORDER BY c.updated_at DESC, c.id DESC LIMIT ?",
            (*where.values, limit),
        )
        return [row[0] for row in rows]

    def _hit_rows(self, asked: Query, limit: int, after: Row | None) -> list[Row]:
        lead = self._lead(asked)
        bound = None if after is None else self._newest_hit(asked, after.id)
        found: dict[int, int] = {}
        for message_id, conversation_id in self._hits(asked, lead, bound):
            if conversation_id in found or self._was_shown(asked, conversation_id, bound):
                continue
            found[conversation_id] = message_id
            if len(found) == limit:
                break
        rows = self._rows(list(found))
        return [replace(row, match=self._match(asked, found[row.id])) for row in rows]

    def _hits(self, asked: Query, lead: Lead, below: int | None) -> Iterator[Sequence[int]]:
        """Message and conversation ids of the hits below a message id, newest first."""
        while True:
            sql, values = hits_sql(asked, lead, below=below)
            rows = self._all(f"{sql} LIMIT {_PAGE}", values)
            yield from rows
            if len(rows) < _PAGE:
                return
            below = rows[-1][0]

    def _newest_hit(self, asked: Query, conversation_id: int) -> int | None:
        sql, values = hits_sql(asked, Lead.CONVERSATIONS, within=conversation_id)
        found: int | None = self._value(f"{sql} LIMIT 1", values)
        return found

    def _was_shown(self, asked: Query, conversation_id: int, bound: int | None) -> bool:
        """Whether an earlier page had this conversation, at a hit not below the bound."""
        if bound is None:
            return False
        newest = self._newest_hit(asked, conversation_id)
        return newest is not None and newest >= bound

    # ---------------------------------------------------------------- choosing the way

    def _lead(self, asked: Query) -> Lead:
        where = conversation_conditions(asked)
        if where.conditions and self._are_few(f"conversations c WHERE {where}", where.values):
            return Lead.CONVERSATIONS
        if not asked.match:
            return Lead.SIGNAL
        if asked.signals and self._are_few("signals WHERE code = ?", asked.signals[:1]):
            return Lead.SIGNAL
        return Lead.WORDS

    def _are_few(self, source: str, values: Sequence[Any]) -> bool:
        count = self._value(
            f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT ?)", (*values, FEW + 1)
        )
        return bool(count <= FEW)

    def _with_known_signals(self, asked: Query) -> Query:
        """`signal:legal` means `legal_threat`, unless there is a signal of just that name."""
        return replace(asked, signals=tuple(map(self._known_signal, asked.signals)))

    def _known_signal(self, code: str) -> str:
        found = self._value(
            "SELECT code FROM signals WHERE code >= ? AND code < ? ORDER BY code LIMIT 1",
            (code, code + "\U0010ffff"),
        )
        return found or code

    # ---------------------------------------------------------------- the words around the hit

    def _match(self, asked: Query, message_id: int) -> str:
        if asked.match:
            found = self._value(
                f"SELECT snippet(messages_fts, -1, ?, ?, '…', {_AROUND}) FROM messages_fts"
                " WHERE rowid = ? AND messages_fts MATCH ?",
                (OPEN, CLOSE, message_id, asked.match),
            )
            return marked(found or "")
        return self._cue_match(asked.signals[0], message_id)

    def _cue_match(self, code: str, message_id: int) -> str:
        """The words of the cue that gave the signal; '' where it came without words."""
        row = self._one(
            "SELECT m.text, a.cues FROM analyses a JOIN messages m ON m.id = a.message_id"
            " WHERE a.message_id = ?",
            (message_id,),
        )
        for cue in cues(row["cues"]) if row else ():
            if cue.code.startswith(code):
                return excerpt(row["text"] if row else "", cue.start, cue.end)
        return ""
