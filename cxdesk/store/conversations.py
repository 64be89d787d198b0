"""A conversation's own row: finding it, changing it, and settling it after its messages."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from cxdesk.errors import UserError
from cxdesk.model import Changes, Overruled, Role, State, Trend
from cxdesk.store.connection import Connection
from cxdesk.store.standing import Place, Standing, Turn, next_state, standing
from cxdesk.store.words import one_line

_LONG_ENOUGH = 2000  # characters that certainly hold a snippet


def changed(*conversation_ids: int) -> Changes:
    return Changes(frozenset(conversation_ids))


class Conversations(Connection):
    """What every subject that changes conversations builds on."""

    def _living(self, conversation_id: int) -> int:
        """The id a conversation has now: itself, or the one it was merged into.

        Raises:
            UserError: there is no such conversation (any more).
        """
        found = self._value(
            "SELECT id FROM conversations WHERE id = :id UNION ALL "
            "SELECT conversation_id FROM merged WHERE old_id = :id",
            {"id": conversation_id},
        )
        if found is None:
            raise UserError("This conversation is no longer there.")
        return int(found)

    def _conversation(self, conversation_id: int) -> sqlite3.Row:
        row = self._one("SELECT * FROM conversations WHERE id = ?", (conversation_id,))
        assert row is not None
        return row

    def _change(self, conversation_id: int, **columns: object) -> None:
        """Set columns of a conversation; the names are ours, never a caller's."""
        if not columns:
            return
        names = ", ".join(f"{name} = :{name}" for name in columns)
        self._db.execute(
            f"UPDATE conversations SET {names} WHERE id = :id_", {**columns, "id_": conversation_id}
        )

    def _turns(self, conversation_id: int) -> list[Turn]:
        """The turns people took, in thread order: by time, then by arrival."""
        return _turns_in(self._places(conversation_id))

    def _places(self, conversation_id: int) -> list[sqlite3.Row]:
        return self._all(
            "SELECT id, sent_at, role, here, automated FROM messages"
            " WHERE conversation_id = ? ORDER BY sent_at, id",
            (conversation_id,),
        )

    def _standing(self, conversation_id: int, handled: int | None) -> Standing:
        return standing(self._turns(conversation_id), handled)

    def _settle(self, conversation_id: int, newcomers: Collection[Place] = ()) -> None:
        """State, times and snippet after messages came in; `newcomers` are the customer's."""
        row = self._conversation(conversation_id)
        places = self._places(conversation_id)
        turns = _turns_in(places)
        now = standing(turns, row["handled_message_id"])
        wrote = any(now.waiting is not None and place >= now.waiting.place for place in newcomers)
        state = next_state(State(row["state"]), now, customer_wrote=wrote)
        snoozed = state is State.SNOOZED
        values = {
            "state": state.value,
            "started_at": places[0]["sent_at"],
            "updated_at": turns[-1].at if turns else places[-1]["sent_at"],
            "waiting_since": now.waiting.at if now.waiting else None,
            "snoozed_until": row["snoozed_until"] if snoozed else None,
            "snooze_reason": row["snooze_reason"] if snoozed else "",
            # said of what stood there before the customer wrote again
            "said_solved": None if wrote else row["said_solved"],
            "said_trend": None if wrote else row["said_trend"],
            "snippet": self._snippet(
                now.last_customer.id if now.last_customer else places[-1]["id"]
            ),
        }
        # each column set costs the indexes it is in, changed or not
        self._change(conversation_id, **{n: v for n, v in values.items() if v != row[n]})

    def _snippet(self, message_id: int) -> str:
        """The words of the last customer message; where no customer wrote, of the last message."""
        text = self._value(
            "SELECT substr(text, 1, ?) FROM messages WHERE id = ?", (_LONG_ENOUGH, message_id)
        )
        return one_line(text or "")


def overruled_in(row: sqlite3.Row) -> Overruled:
    """What the agent says of a conversation, out of its row."""
    return Overruled(
        failures=row["said_failures"],
        apologies=row["said_apologies"],
        trend=row["said_trend"] and Trend(row["said_trend"]),
        solved=None if row["said_solved"] is None else bool(row["said_solved"]),
        safe_until=row["safe_until"],
    )


def _turns_in(rows: list[sqlite3.Row]) -> list[Turn]:
    return [
        Turn(row["id"], row["sent_at"], Role(row["role"]), bool(row["here"]))
        for row in rows
        if row["role"] != Role.NOTE and not row["automated"]
    ]
