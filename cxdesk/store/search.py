"""Search over all history, newest first: one row a conversation, with the words around its hit.

Hits come from the index in the order of its rowids, so a word of four million messages costs what
a rare one does (bm25 would read every hit first: 7 s against 0.3 ms). Where a condition leaves
few conversations, their messages are looked up in the index instead of the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from cxdesk.model import Row
from cxdesk.store.excerpt import CLOSE, OPEN, excerpt, marked
from cxdesk.store.hits import Lead, conversation_conditions, hits_sql
from cxdesk.store.lists import Lists
from cxdesk.store.query import Query, phrase, read_query
from cxdesk.store.times import to_ms
from cxdesk.store.words import cues, dump

FEW = 2000  # conversations, or messages of a signal, that are cheaper looked up one by one
COMMON = 500  # hits from which on a word is common
_PAGE = 64  # hits fetched at first; then twice as many each time
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
                return self._hit_rows(self._as_known(asked), limit, after)
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
        found = dict(islice(self._newest_hits(asked, after), limit))
        matches = self._matches(asked, list(found.values()))
        return [replace(row, match=matches[found[row.id]]) for row in self._rows(list(found))]

    def _newest_hits(self, asked: Query, after: Row | None) -> Iterator[tuple[int, int]]:
        """Conversation and message id of each conversation's newest hit, newest first.

        A later page walks past the earlier ones again: which conversations they had shown cannot
        be told from the last of them alone.
        """
        seen: set[int] = set()
        begun = after is None
        for message_id, conversation_id in self._hits(asked, self._lead(asked)):
            if conversation_id in seen:
                continue
            seen.add(conversation_id)
            if begun:
                yield conversation_id, message_id
            begun = begun or (after is not None and conversation_id == after.id)

    def _hits(self, asked: Query, lead: Lead) -> Iterator[Sequence[int]]:
        """Message and conversation ids of all hits, newest first."""
        below, size = None, _PAGE
        while True:
            sql, values = hits_sql(asked, lead, below)
            rows = self._all(f"{sql} LIMIT ?", (*values, size))
            yield from rows
            if len(rows) < size:
                return
            below, size = rows[-1][0], 2 * size

    # ---------------------------------------------------------------- choosing the way

    def _lead(self, asked: Query) -> Lead:
        where = conversation_conditions(asked)
        if where.conditions and self._are_few(f"conversations c WHERE {where}", where.values):
            return Lead.FILTERED_WORDS if asked.gathers else Lead.CONVERSATIONS
        if not asked.match:
            return Lead.SIGNAL
        if asked.signals and self._are_few("signals WHERE code = ?", asked.signals[:1]):
            return Lead.FILTERED_WORDS if asked.gathers else Lead.SIGNAL
        return Lead.WORDS

    def _are_few(self, source: str, values: Sequence[Any]) -> bool:
        count = self._value(
            f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT ?)", (*values, FEW + 1)
        )
        return bool(count <= FEW)

    def _as_known(self, asked: Query) -> Query:
        """The query in the words of this file.

        `signal:legal` means `legal_threat`, unless there is a signal of just that name. A last word
        that is common by itself is finished: who types `refund` means it, and gathering all that
        begins with it would take longer than anybody waits.
        """
        signals = tuple(map(self._known_signal, asked.signals))
        finished = asked.gathers and asked.open_ended and self._is_common(asked.words[-1])
        return replace(asked, signals=signals, open_ended=asked.open_ended and not finished)

    def _is_common(self, words: str) -> bool:
        return (
            self._one(
                "SELECT 1 FROM messages_fts WHERE messages_fts MATCH ? LIMIT 1 OFFSET ?",
                (phrase(words), COMMON),
            )
            is not None
        )

    def _known_signal(self, code: str) -> str:
        found = self._value(
            "SELECT code FROM signals WHERE code >= ? AND code < ? ORDER BY code LIMIT 1",
            (code, code + "\U0010ffff"),
        )
        return found or code

    # ---------------------------------------------------------------- the words around the hit

    def _matches(self, asked: Query, message_ids: Sequence[int]) -> dict[int, str]:
        """The words around each message's hit."""
        if not asked.match:
            return {each: self._cue_match(asked.signals[0], each) for each in message_ids}
        if not message_ids:
            return {}
        # one walk over the hits between the newest and the oldest: the plus keeps FTS5 from
        # beginning anew for each id
        rows = self._all(
            f"SELECT rowid, snippet(messages_fts, -1, ?, ?, '…', {_AROUND}) FROM messages_fts"
            " WHERE messages_fts MATCH ? AND rowid BETWEEN ? AND ?"
            " AND +rowid IN (SELECT value FROM json_each(?))",
            (OPEN, CLOSE, asked.match, min(message_ids), max(message_ids), dump(message_ids)),
        )
        return {row[0]: marked(row[1]) for row in rows}

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
