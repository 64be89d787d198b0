"""Which conversation a message belongs to, by the ids that tie messages together.

Never by subject: two strangers who write "Where is my order?" are not one conversation.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from cxdesk.model import State
from cxdesk.store.conversations import Conversations
from cxdesk.store.words import dump

_WAKEFULNESS = {
    State.NEW: 3,
    State.OPEN: 3,
    State.SNOOZED: 2,
    State.PENDING: 1,
    State.SOLVED: 0,
}
# what an agent set by hand stays where only one of the two has it
_KEPT = (
    *("fault", "phase", "said_failures", "said_apologies", "said_trend"),
    *("level", "turned_message_id", "turned_from"),
)
_MOVED = ("messages", "thread_keys", "dismissals", "told_trainer", "promises", "merged")


class Joining(Conversations):
    """The table of thread keys, kept so that each key leads straight to its conversation."""

    def _conversations_of(self, keys: Sequence[str]) -> list[int]:
        """The conversations these keys lead to, oldest id first."""
        rows = self._all(
            "SELECT DISTINCT conversation_id FROM thread_keys"
            " WHERE key IN (SELECT value FROM json_each(?)) ORDER BY conversation_id",
            (dump(keys),),
        )
        return [row[0] for row in rows]

    def _tie(self, conversation_id: int, keys: Sequence[str]) -> None:
        self._db.conn.executemany(
            "INSERT OR IGNORE INTO thread_keys (key, conversation_id) VALUES (?, ?)",
            [(key, conversation_id) for key in keys],
        )

    def _merge(self, into: int, other: int) -> None:
        """Make one conversation of two that a message has shown to be one; nothing is lost."""
        self._merge_drafts(into, other)
        self._db.execute(
            "DELETE FROM before_reply WHERE message_id IN"
            " (SELECT id FROM messages WHERE conversation_id IN (?, ?))",
            (into, other),
        )
        for table in _MOVED:
            self._db.execute(
                f"UPDATE {table} SET conversation_id = ? WHERE conversation_id = ?", (into, other)
            )
        self._merge_standing(into, other)
        self._db.execute("DELETE FROM conversations WHERE id = ?", (other,))
        self._db.execute(
            "INSERT INTO merged (old_id, conversation_id) VALUES (?, ?)", (other, into)
        )

    def _merge_drafts(self, into: int, other: int) -> None:
        """Two drafts of a kind become one text, the surviving conversation's first."""
        self._db.execute(
            "UPDATE drafts SET text = text || char(10, 10) ||"
            " (SELECT o.text FROM drafts o"
            "  WHERE o.conversation_id = :other AND o.kind = drafts.kind)"
            " WHERE conversation_id = :into AND kind IN"
            " (SELECT kind FROM drafts WHERE conversation_id = :other)",
            {"into": into, "other": other},
        )
        self._db.execute(
            "UPDATE OR IGNORE drafts SET conversation_id = ? WHERE conversation_id = ?",
            (into, other),
        )

    def _merge_standing(self, into: int, other: int) -> None:
        mine = self._conversation(into)
        theirs = self._conversation(other)
        values = {name: theirs[name] if mine[name] is None else mine[name] for name in _KEPT}
        wakeful = _wakeful(mine, theirs)
        values |= {name: wakeful[name] for name in ("state", "snoozed_until", "snooze_reason")}
        values |= {
            "mine": max(mine["mine"], theirs["mine"]),
            "needs_care": max(mine["needs_care"], theirs["needs_care"]),
            "skimmed": max(mine["skimmed"], theirs["skimmed"]),
            "subject": mine["subject"] or theirs["subject"],
            # solved only where both are said to be, as with no danger below
            "said_solved": _agreed(mine["said_solved"], theirs["said_solved"]),
            # what the agent called no danger was said of the one; the other may hold some
            "safe_until": _earlier(mine["safe_until"], theirs["safe_until"]),
            # settled by hand only where both were: a waiting customer must not vanish
            "handled_message_id": self._later_message(
                mine["handled_message_id"], theirs["handled_message_id"]
            ),
        }
        self._change(into, **values)

    def _later_message(self, one: int | None, other: int | None) -> int | None:
        if one is None or other is None:
            return None
        found: int = self._value(
            "SELECT id FROM messages WHERE id IN (?, ?) ORDER BY sent_at DESC, id DESC",
            (one, other),
        )
        return found


def _agreed(one: int | None, other: int | None) -> int | None:
    return one if one == other else None


def _earlier(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else min(one, other)


def _wakeful(mine: sqlite3.Row, theirs: sqlite3.Row) -> sqlite3.Row:
    """The one that asks more of us."""
    return max(mine, theirs, key=lambda row: _WAKEFULNESS[State(row["state"])])
