"""Replies and notes the agent writes, and taking a reply back as if it had not been."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from cxdesk.errors import UserError
from cxdesk.model import HANDED_OVER, Changes, Message, Role, State
from cxdesk.store.conversations import changed
from cxdesk.store.incoming import HERE, IncomingMessages
from cxdesk.store.shapes import BlameChoice
from cxdesk.store.standing import Place
from cxdesk.store.threads import Threads
from cxdesk.store.times import to_moment, to_ms
from cxdesk.store.words import dump, storable

_STANDING = ("state", "updated_at", "waiting_since", "mine", "snoozed_until", "snooze_reason")
_AFTER_REPLY = {
    "state": State.PENDING.value,
    "waiting_since": None,
    "mine": 1,
    "snoozed_until": None,
    "snooze_reason": "",
}
_DRAFT = ("kind", "text", "slots", "cursor", "plays", "saved_at")


class Replies(Threads, IncomingMessages):
    """Writing into a conversation."""

    def add_note(self, conversation_id: int, text: str, now: datetime) -> Changes:
        """Keep a note for colleagues; it moves no row. The note's draft has become it."""
        with self._writing():
            living = self._living(conversation_id)
            self._write_here(living, Role.NOTE, text, at=to_ms(now))
            self._drop_draft(living, Role.NOTE)
        return changed(conversation_id, living)

    def add_reply(
        self,
        conversation_id: int,
        text: str,
        *,
        author: str,
        sent_at: datetime,
        external_id: str = "",
        plays: tuple[str, ...] = (),
        codes: tuple[str, ...] = (),
        choices: Iterable[BlameChoice] = (),
    ) -> Message:
        """Record a reply: the conversation is mine and waits for the customer, its draft is used.
        `choices` say what was done about words in it that may blame.

        `external_id` is the mail's Message-ID, by which the customer's answer finds its thread.
        `take_back` undoes all of it.
        """
        with self._writing():
            living = self._living(conversation_id)
            before = self._before_reply(living)
            message_id = self._write_here(
                living, Role.AGENT, text, at=to_ms(sent_at), author=author, external_id=external_id,
                plays=plays,
            )  # fmt: skip
            if codes:
                self._save_codes(message_id, codes)
            self._keep_choices(message_id, choices)
            self._keep_standing(message_id, *before)
            self._drop_draft(living, Role.AGENT)
            self._settle(living)
            self._change(living, **_AFTER_REPLY)
        return self.message(message_id)

    def hand_over(
        self, conversation_id: int, reason: str, *, at: datetime, until: datetime
    ) -> Message:
        """Give a conversation to the lead: a note says so, and it sleeps until it is time to ask
        what became of it. `take_back` undoes all of it."""
        words = f"{HANDED_OVER}: {reason}"
        with self._writing():
            living = self._living(conversation_id)
            standing, _ = self._before_reply(living)
            message_id = self._write_here(living, Role.NOTE, words, at=to_ms(at))
            self._keep_standing(message_id, standing)
            self._change(
                living,
                state=State.SNOOZED.value,
                snoozed_until=to_ms(until),
                snooze_reason=storable(words),
            )
        return self.message(message_id)

    def _keep_standing(self, message_id: int, standing: str, draft: str | None = None) -> None:
        self._db.execute(
            "INSERT INTO before_reply (message_id, standing, draft) VALUES (?, ?, ?)",
            (message_id, standing, draft),
        )

    def _keep_choices(self, message_id: int, choices: Iterable[BlameChoice]) -> None:
        for each in choices:
            self._db.execute(
                "INSERT INTO blame_choices (message_id, rule, words, choice) VALUES (?, ?, ?, ?)",
                (message_id, each.rule, storable(each.words), each.choice),
            )

    def blame_overrides(self, limit: int = 200) -> list[BlameChoice]:
        """What was sent although it may blame, the newest first, for trainers to look at."""
        rows = self._all(
            "SELECT b.rule, b.words, b.choice, b.message_id, m.conversation_id, m.sent_at"
            " FROM blame_choices b JOIN messages m ON m.id = b.message_id"
            " WHERE b.choice <> 'mended' ORDER BY b.id DESC LIMIT ?",
            (limit,),
        )
        return [
            BlameChoice(
                rule=row["rule"],
                words=row["words"],
                choice=row["choice"],
                message_id=row["message_id"],
                conversation_id=row["conversation_id"],
                at=to_moment(row["sent_at"]),
            )
            for row in rows
        ]

    def blame_choices(self, message_id: int) -> tuple[BlameChoice, ...]:
        """What was done about the words of one reply that may blame."""
        rows = self._all(
            "SELECT rule, words, choice, message_id FROM blame_choices WHERE message_id = ?"
            " ORDER BY id",
            (message_id,),
        )
        return tuple(BlameChoice(*row) for row in rows)

    def has_reply(self, external_id: str) -> bool:
        """True when a reply of ours with this Message-ID is recorded, and was not taken back."""
        return bool(
            self._value(
                "SELECT 1 FROM messages WHERE source = ? AND external_id = ?", (HERE, external_id)
            )
        )

    def take_back(self, message_id: int) -> Changes:
        """Undo a reply or a hand-over: message gone, draft back, the conversation as it stood.

        What the customer wrote meanwhile counts as it would have without the reply.

        Raises:
            UserError: there is no such message of ours (any more).
        """
        with self._writing():
            row = self._one(
                "SELECT conversation_id FROM messages"
                " WHERE id = ? AND here = 1 AND role <> 'customer'",
                (message_id,),
            )
            if row is None:
                raise UserError("This message is no longer there to take back.")
            conversation_id = row["conversation_id"]
            before = self._one("SELECT * FROM before_reply WHERE message_id = ?", (message_id,))
            self._db.execute("DELETE FROM messages WHERE id = ?", (message_id,))
            if before is not None:
                self._restore(conversation_id, before)
            later = self._customer_places_after(conversation_id, message_id)
            if later or before is None:
                self._settle(conversation_id, later)
        return changed(conversation_id)

    def _write_here(
        self,
        conversation_id: int,
        role: Role,
        text: str,
        *,
        at: int,
        author: str = "",
        external_id: str = "",
        plays: tuple[str, ...] = (),
    ) -> int:
        external_id = storable(external_id) or f"{HERE}:{uuid4()}"
        message_id = self._insert_message(
            {
                "conversation_id": conversation_id,
                "role": role.value,
                "here": 1,
                "author": storable(author),
                "text": storable(text),
                "automated": "",
                "plays": dump(plays),
                "sent_at": at,
                "source": HERE,
                "external_id": external_id,
            }
        )
        self._index(message_id)
        self._tie(conversation_id, [external_id])
        return message_id

    def _before_reply(self, conversation_id: int) -> tuple[str, str | None]:
        row = self._conversation(conversation_id)
        draft = self._one(
            "SELECT * FROM drafts WHERE conversation_id = ? AND kind = 'agent'", (conversation_id,)
        )
        return _as_json(row, _STANDING), _as_json(draft, _DRAFT) if draft else None

    def _restore(self, conversation_id: int, before: sqlite3.Row) -> None:
        self._change(conversation_id, **json.loads(before["standing"]))
        if before["draft"] is not None:
            draft = json.loads(before["draft"])
            self._db.execute(
                "INSERT OR IGNORE INTO drafts"
                " (conversation_id, kind, text, slots, cursor, plays, saved_at)"
                " VALUES (:conversation_id, :kind, :text, :slots, :cursor, :plays, :saved_at)",
                {"conversation_id": conversation_id, **draft},
            )

    def _customer_places_after(self, conversation_id: int, message_id: int) -> list[Place]:
        rows = self._all(
            "SELECT sent_at, id FROM messages"
            " WHERE conversation_id = ? AND id > ? AND role = 'customer' AND automated = ''",
            (conversation_id, message_id),
        )
        return [(row[0], row[1]) for row in rows]


def _as_json(row: sqlite3.Row, names: tuple[str, ...]) -> str:
    return json.dumps({name: row[name] for name in names}, ensure_ascii=False)
