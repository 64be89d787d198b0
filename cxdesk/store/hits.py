"""The SQL of one search: which table leads, and which conditions hang on it.

CROSS JOIN fixes the order of the tables (SQLite's promise), and with it the cost.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from cxdesk.store.query import Query


class Lead(Enum):
    """What is walked from the newest on."""

    WORDS = auto()
    FILTERED_WORDS = auto()
    SIGNAL = auto()
    CONVERSATIONS = auto()


_LEADING_ID = {
    Lead.WORDS: "messages_fts.rowid",
    Lead.FILTERED_WORDS: "messages_fts.rowid",
    Lead.SIGNAL: "s.message_id",
    Lead.CONVERSATIONS: "m.id",
}
_TO_CONVERSATION = "CROSS JOIN conversations c ON c.id = m.conversation_id"
_WORDS = f"messages_fts CROSS JOIN messages m ON m.id = messages_fts.rowid {_TO_CONVERSATION}"
_FROM = {
    Lead.WORDS: _WORDS,
    Lead.FILTERED_WORDS: _WORDS,
    Lead.SIGNAL: f"signals s CROSS JOIN messages m ON m.id = s.message_id {_TO_CONVERSATION}",
    Lead.CONVERSATIONS: "conversations c CROSS JOIN messages m ON m.conversation_id = c.id",
}
_TO_WORDS = " CROSS JOIN messages_fts ON messages_fts.rowid = m.id"


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions and their values, side by side."""

    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = field(default=())

    def and_(self, condition: str, *values: Any) -> Where:
        return replace(
            self,
            conditions=(*self.conditions, condition),
            values=self.values + values,
        )

    def __str__(self) -> str:
        return " AND ".join(self.conditions) or "1"


def among(column: str, values: tuple[Any, ...]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})"


def conversation_conditions(asked: Query) -> Where:
    """What a query asks of the conversation, whatever its messages say."""
    where = Where()
    if asked.states:
        where = where.and_(among("c.state", asked.states), *(s.value for s in asked.states))
    if asked.levels is not None:
        where = where.and_(among("c.level", asked.levels), *map(int, asked.levels))
    if asked.draft:
        where = where.and_("c.id IN (SELECT conversation_id FROM drafts)")
    return where


def hits_sql(asked: Query, lead: Lead, below: int | None = None) -> tuple[str, tuple[Any, ...]]:
    """SQL giving (message id, conversation id) newest first, without a limit.

    `below` leaves out messages of this id and newer ones.
    """
    source = _FROM[lead]
    if asked.match and lead not in (Lead.WORDS, Lead.FILTERED_WORDS):
        source += _TO_WORDS
    where = _conditions(asked, lead)
    if below is not None:
        where = where.and_(f"{_LEADING_ID[lead]} < ?", below)
    order = f"ORDER BY {_LEADING_ID[lead]} DESC"
    return f"SELECT m.id, c.id FROM {source} WHERE {where} {order}", where.values


def _filter(asked: Query) -> Where:
    """Few message ids that words must be among. The plus keeps FTS5 from looking up each id."""
    conversations, where = conversation_conditions(asked), Where()
    if conversations.conditions:
        where = where.and_(
            "+messages_fts.rowid IN (SELECT id FROM messages WHERE conversation_id IN"
            f" (SELECT c.id FROM conversations c WHERE {conversations}))",
            *conversations.values,
        )
    for code in asked.signals:
        where = where.and_(
            "+messages_fts.rowid IN (SELECT message_id FROM signals WHERE code = ?)", code
        )
    return where


def _conditions(asked: Query, lead: Lead) -> Where:
    where = _filter(asked) if lead is Lead.FILTERED_WORDS else conversation_conditions(asked)
    if asked.match:
        where = where.and_("messages_fts MATCH ?", asked.match)
    signals = () if lead is Lead.FILTERED_WORDS else asked.signals
    if lead is Lead.SIGNAL:
        where = where.and_("s.code = ?", signals[0])
        signals = signals[1:]
    for code in signals:
        where = where.and_(
            "EXISTS (SELECT 1 FROM signals x WHERE x.code = ? AND x.message_id = m.id)", code
        )
    if asked.before is not None:
        where = where.and_("m.sent_at < ?", asked.before)
    if asked.after is not None:
        where = where.and_("m.sent_at >= ?", asked.after)
    return where
