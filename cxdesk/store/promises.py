"""Promises of ours that an agent took over: open by their time, and what became of them.

A promise that is soon due brings its conversation back into the list, once. `reminded_at` says
since when; the conversation waits from then on, which also tells that it waits for nothing else.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from cxdesk.errors import UserError
from cxdesk.model import Changes, FoundPromise, Level, Promise, PromiseState, State
from cxdesk.store.conversations import Conversations, changed
from cxdesk.store.standing import next_state
from cxdesk.store.times import to_moment, to_moment_or_none, to_ms
from cxdesk.store.words import storable

_LAST = 2**53 - 1  # `due_order` of a promise without a time

_SELECT = """
SELECT p.id, p.conversation_id, p.message_id, p.text, p.what, p.due, p.state, p.settled_at,
       m.sent_at, c.subject, c.channel, c.level, k.name, k.address
"""
# CROSS JOIN: the promises first, in the order of their index
_AROUND = """
CROSS JOIN messages m ON m.id = p.message_id
CROSS JOIN conversations c ON c.id = p.conversation_id
CROSS JOIN customers k ON k.id = c.customer_id
"""
_ANY = f"{_SELECT} FROM promises p {_AROUND}"
_OPEN = f"{_SELECT} FROM promises p INDEXED BY promises_open {_AROUND} WHERE p.state = 'open'"
_SETTLED = (
    f"{_SELECT} FROM promises p INDEXED BY promises_settled {_AROUND} WHERE p.state <> 'open'"
)
_KEEP = """
INSERT INTO promises (conversation_id, message_id, start, text, what, due)
SELECT conversation_id, id, ?, ?, ?, ? FROM messages WHERE id = ? RETURNING id
"""
_REMIND = """
UPDATE promises INDEXED BY promises_to_remind
SET reminded_at = max(due - :lead, (SELECT sent_at FROM messages WHERE id = message_id))
WHERE state = 'open' AND reminded_at IS NULL AND due IS NOT NULL AND due <= :now + :lead
RETURNING conversation_id, reminded_at
"""
_BRING_BACK = """
UPDATE conversations
SET state = CASE WHEN state IN ('pending', 'snoozed') THEN 'open' ELSE state END,
    waiting_since = coalesce(waiting_since, :since)
WHERE id = :id AND state <> 'solved' RETURNING id
"""


class Promises(Conversations):
    """Keeping promises, and reminding of them."""

    def keep_promise(self, message_id: int, found: FoundPromise) -> Promise:
        """Take over a promise found in a reply; the same words again only set its time anew.

        Raises:
            UserError: the reply is gone, most likely taken back.
        """
        words = (found.start, storable(found.text), storable(found.what))
        with self._writing():
            kept = self._value(
                "SELECT id FROM promises WHERE message_id = ? AND start = ?",
                (message_id, found.start),
            )
            if kept is not None:
                self.move_promise(kept, found.due)
            else:
                kept = self._value(_KEEP, (*words, _ms_or_none(found.due), message_id))
            if kept is None:
                raise UserError("The reply with this promise is no longer there.")
            return self.promise(kept)

    def promise(self, promise_id: int) -> Promise:
        """One promise.

        Raises:
            UserError: it is gone, most likely with the reply it was made in.
        """
        row = self._one(f"{_ANY} WHERE p.id = ?", (promise_id,))
        if row is None:
            raise UserError("This promise is no longer there.")
        return _promise(row)

    def open_promises(self, after: Promise | None = None, limit: int = 100) -> list[Promise]:
        """A page of the open ones by their time, those without one last: the first page, or the
        one after a promise of the page before."""
        bound = (-(2**62), 0)
        if after is not None:
            bound = (to_ms(after.due) if after.due else _LAST, after.id)
        rows = self._all(
            f"{_OPEN} AND (p.due_order, p.id) > (?, ?) ORDER BY p.due_order, p.id LIMIT ?",
            (*bound, limit),
        )
        return [_promise(row) for row in rows]

    def due_promises(self, by: datetime) -> list[Promise]:
        """Open ones due by a time, the earliest first."""
        rows = self._all(f"{_OPEN} AND p.due_order <= ? ORDER BY p.due_order, p.id", (to_ms(by),))
        return [_promise(row) for row in rows]

    def settled_promises(self, limit: int = 100) -> list[Promise]:
        """Kept and broken ones, those settled last first."""
        rows = self._all(f"{_SETTLED} ORDER BY p.settled_at DESC, p.id DESC LIMIT ?", (limit,))
        return [_promise(row) for row in rows]

    def settle_promise(self, promise_id: int, state: PromiseState, at: datetime) -> Changes:
        """Say what became of a promise; OPEN takes that back. A conversation that was only in the
        list for it goes back to where it was.

        Raises:
            UserError: the promise is gone.
        """
        settled = None if state is PromiseState.OPEN else to_ms(at)
        return self._change_promise(promise_id, state=state.value, settled_at=settled)

    def move_promise(self, promise_id: int, due: datetime | None) -> Changes:
        """Give a promise another time, or none: it reminds anew.

        Raises:
            UserError: the promise is gone.
        """
        return self._change_promise(promise_id, due=_ms_or_none(due))

    def remind_due(self, now: datetime, lead: timedelta) -> Changes:
        """Bring back the conversations whose promise is due within `lead`, or overdue, each
        promise once; one made for sooner than that counts from when it was said.

        A solved conversation stays solved: it is the promise that is still to be kept.
        """
        times = {"now": to_ms(now), "lead": lead // timedelta(milliseconds=1)}
        with self._writing():
            back = [
                row["id"]
                for id_, since in self._all(_REMIND, times)
                for row in self._all(_BRING_BACK, {"id": id_, "since": since})
            ]
        return changed(*back)

    def kept_rate(self, now: datetime) -> tuple[int, int]:
        """How many promises were kept by their time, of those that are settled or overdue. One
        without a time is kept whenever it is; a moved one is measured by its new time."""
        kept, settled = self._all(
            "SELECT count(*) FILTER (WHERE state = 'kept' AND settled_at <= due_order), count(*)"
            " FROM promises INDEXED BY promises_settled WHERE state <> 'open'"
        )[0]
        overdue = self._value(
            "SELECT count(*) FROM promises INDEXED BY promises_open"
            " WHERE state = 'open' AND due_order < ?",
            (to_ms(now),),
        )
        return kept, settled + overdue

    def _promises_of(self, conversation_id: int) -> tuple[Promise, ...]:
        """All of a conversation's, open and settled, by their time."""
        rows = self._all(
            f"{_ANY} WHERE p.conversation_id = ? ORDER BY p.due_order, p.id", (conversation_id,)
        )
        return tuple(map(_promise, rows))

    def _change_promise(self, promise_id: int, **columns: object) -> Changes:
        """Set columns of a promise; it may remind again, and its conversation is let go."""
        names = ", ".join(f"{name} = :{name}" for name in columns)
        with self._writing():
            before = self._one(
                "SELECT conversation_id, reminded_at FROM promises WHERE id = ?", (promise_id,)
            )
            if before is None:
                raise UserError("This promise is no longer there.")
            self._db.execute(
                f"UPDATE promises SET {names}, reminded_at = NULL WHERE id = :id_",
                {**columns, "id_": promise_id},
            )
            if before["reminded_at"] is not None:
                self._let_go(before["conversation_id"], before["reminded_at"])
        return changed(before["conversation_id"])

    def _let_go(self, conversation_id: int, since: int) -> None:
        """Put back a conversation that waits for nothing but a promise since that time: into its
        snooze if it was taken out of one, else where its messages say. Another promise that is due
        brings it in again."""
        row = self._conversation(conversation_id)
        if row["state"] != State.OPEN or row["waiting_since"] != since:
            return
        now = self._standing(conversation_id, row["handled_message_id"])
        asleep = row["snoozed_until"] is not None
        state = State.SNOOZED if asleep else next_state(State.OPEN, now, customer_wrote=False)
        waiting = now.waiting and now.waiting.at
        self._change(conversation_id, state=state.value, waiting_since=waiting)
        self._db.execute(
            "UPDATE promises SET reminded_at = NULL WHERE conversation_id = ?", (conversation_id,)
        )


def _ms_or_none(moment: datetime | None) -> int | None:
    return None if moment is None else to_ms(moment)


def _promise(row: sqlite3.Row) -> Promise:
    return Promise(
        id=row["id"],
        conversation_id=row["conversation_id"],
        message_id=row["message_id"],
        customer=row["name"] or row["address"] or "Unknown customer",
        subject=row["subject"],
        channel=row["channel"],
        level=None if row["level"] is None else Level(row["level"]),
        text=row["text"],
        what=row["what"],
        said_at=to_moment(row["sent_at"]),
        due=to_moment_or_none(row["due"]),
        state=PromiseState(row["state"]),
        settled_at=to_moment_or_none(row["settled_at"]),
    )
