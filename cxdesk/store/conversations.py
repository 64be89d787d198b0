"""A conversation's own row: finding it, changing it, and settling it after its messages."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from cxdesk.errors import UserError
from cxdesk.model import Changes, Role, State
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
        names = ", ".join(f"{name} = :{name}" for name in columns)
        self._db.execute(
            f"UPDATE conversations SET {names} WHERE id = :id_", {**columns, "id_": conversation_id}
        )

    def _turns(self, conversation_id: int) -> list[Turn]:
        """The turns people took, in thread order: by time, then by arrival."""
        rows = self._all(
            "SELECT id, sent_at, role, here FROM messages"
            " WHERE conversation_id = ? AND automated = '' AND role <> 'note'"
            " ORDER BY sent_at, id",
            (conversation_id,),
        )
        return [Turn(row[0], row[1], Role(row[2]), bool(row[3])) for row in rows]

    def _standing(self, conversation_id: int, handled: int | None) -> Standing:
        return standing(self._turns(conversation_id), handled)

    def _settle(self, conversation_id: int, newcomers: Collection[Place] = ()) -> None:
        """State, times and snippet after messages came in; `newcomers` are the customer's."""
        row = self._conversation(conversation_id)
        turns = self._turns(conversation_id)
        now = standing(turns, row["handled_message_id"])
        wrote = any(now.waiting is not None and place >= now.waiting.place for place in newcomers)
        state = next_state(State(row["state"]), now, customer_wrote=wrote)
        started, latest = self._span(conversation_id)
        snoozed = state is State.SNOOZED
        self._change(
            conversation_id,
            state=state.value,
            started_at=started,
            updated_at=turns[-1].at if turns else latest,
            waiting_since=now.waiting.at if now.waiting else None,
            snoozed_until=row["snoozed_until"] if snoozed else None,
            snooze_reason=row["snooze_reason"] if snoozed else "",
            snippet=self._snippet(conversation_id, now.last_customer),
        )

    def _span(self, conversation_id: int) -> tuple[int, int]:
        row = self._one(
            "SELECT min(sent_at), max(sent_at) FROM messages WHERE conversation_id = ?",
            (conversation_id,),
        )
        assert row is not None
        return (row[0], row[1])

    def _snippet(self, conversation_id: int, last_customer: Turn | None) -> str:
        """The last customer message's own words; where no customer wrote, the last message's."""
        message_id = last_customer.id if last_customer else self._last_message(conversation_id)
        text = self._value(
            "SELECT substr(text, 1, ?) FROM messages WHERE id = ?", (_LONG_ENOUGH, message_id)
        )
        return one_line(text or "")

    def _last_message(self, conversation_id: int) -> int | None:
        found: int | None = self._value(
            "SELECT id FROM messages WHERE conversation_id = ? ORDER BY sent_at DESC, id DESC",
            (conversation_id,),
        )
        return found
