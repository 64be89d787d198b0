"""The queue: messages nobody has read yet, those to be read again, and those set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any

from cxdesk.model import Changes, Role
from cxdesk.store.conversations import Conversations, changed
from cxdesk.store.shapes import AsideText, Pending

_SKIMMED_WAITING = (
    "SELECT id FROM conversations INDEXED BY conversations_skimmed_waiting"
    " WHERE skimmed = 1 AND state IN ('new', 'open') AND waiting_since IS NOT NULL"
    " ORDER BY care_level DESC, waiting_since, id"
)
_SKIMMED = (
    "SELECT id FROM conversations INDEXED BY conversations_skimmed"
    " WHERE skimmed = 1 AND state <> 'solved' ORDER BY updated_at DESC, id DESC"
)


class Unread(Conversations):
    """What waits for the language engine."""

    def pending_analysis(self, limit: int, role: Role | None = None) -> list[Pending]:
        """The oldest messages not read yet: customers' and agents', never notes or automated."""
        of_role = "" if role is None else " AND t.role = :role"
        return self._pending(
            "to_analyse t CROSS JOIN messages m ON m.id = t.message_id"
            f" WHERE t.message_id > 0{of_role} ORDER BY t.message_id LIMIT :limit",
            {"role": role, "limit": limit},
        )

    def pending_of(self, conversation_id: int, limit: int) -> list[Pending]:
        """Messages of one conversation not read yet, the customer's before ours."""
        return self._pending(
            "messages m CROSS JOIN to_analyse t ON t.message_id = m.id"
            " WHERE m.conversation_id = :conversation ORDER BY t.role DESC, m.id LIMIT :limit",
            {"conversation": self._living(conversation_id), "limit": limit},
        )

    def count_pending(self, role: Role, limit: int) -> int:
        """How many messages of this role wait to be read; counting ends at the limit."""
        return int(
            self._value(
                "SELECT count(*) FROM (SELECT 1 FROM to_analyse WHERE role = ? LIMIT ?)",
                (role.value, limit),
            )
        )

    def customer_text_before(self, message_id: int) -> str:
        """What the customer had written since the reply before this one, as one text."""
        rows = self._all(
            "SELECT b.role, b.text FROM messages m JOIN messages b"
            " ON b.conversation_id = m.conversation_id AND (b.sent_at, b.id) < (m.sent_at, m.id)"
            " WHERE m.id = ? AND b.role != 'note' AND b.automated = ''"
            " ORDER BY b.sent_at DESC, b.id DESC LIMIT 10",
            (message_id,),
        )
        asked = takewhile(lambda row: row[0] == Role.CUSTOMER, rows)
        return "\n\n".join(reversed([text for _, text in asked]))

    def read_again(self, is_meant: Callable[[str], bool]) -> int:
        """Put customers' messages back into the queue where `is_meant` says so of their text.

        Solved conversations keep their verdicts, and what was set aside is not tried again. The
        verdict there is holds until the new one comes. Returns how many messages were put back.
        """
        waiting = self._all("SELECT id FROM conversations WHERE state != 'solved'")
        # found before they are written: nobody waits for a lock meanwhile
        found = [each for row in waiting for each in self._meant(row[0], is_meant)]

        def write(some: Iterable[int]) -> None:
            for message_id in some:
                self._db.execute(
                    "INSERT OR IGNORE INTO to_analyse (message_id) VALUES (?)", (message_id,)
                )

        self._in_slices(found, write)
        return len(found)

    def _meant(self, conversation_id: int, is_meant: Callable[[str], bool]) -> list[int]:
        rows = self._all(
            "SELECT m.id, m.text FROM messages m JOIN analyses a ON a.message_id = m.id"
            " LEFT JOIN set_aside s ON s.message_id = m.id"
            " WHERE m.conversation_id = ? AND s.message_id IS NULL",
            (conversation_id,),
        )
        return [row["id"] for row in rows if is_meant(row["text"])]

    def analysis_progress(self) -> tuple[int, int]:
        """How many of all messages are through, and how many there are.

        Messages that need no reading count as through.
        """
        total = self._value("SELECT coalesce(max(id), 0) FROM messages")
        return total - self._value("SELECT count(*) FROM to_analyse"), total

    def set_aside(self, message_id: int, reason: str) -> Changes:
        """Try this message no more: the analyser died on it."""
        with self._writing():
            conversation = self._value(
                "SELECT conversation_id FROM messages WHERE id = ?", (message_id,)
            )
            if conversation is None:
                return Changes()
            self._db.table("set_aside").upsert(
                {"message_id": message_id, "reason": reason, "at": self._now_ms()},
                pk="message_id",
            )
            self._is_read(message_id)
        return changed(conversation)

    def set_aside_texts(self, conversation_id: int | None = None) -> list[AsideText]:
        """The messages the analyser died on: all, or those of one conversation."""
        living = None if conversation_id is None else self._living(conversation_id)
        rows = self._all(
            "SELECT s.message_id, m.conversation_id, s.reason FROM set_aside s"
            " JOIN messages m ON m.id = s.message_id"
            " WHERE ?1 IS NULL OR m.conversation_id = ?1 ORDER BY s.message_id",
            (living,),
        )
        return [AsideText(*row) for row in rows]

    # ---------------------------------------------------------------- the fast tier's verdicts

    def skimmed_conversation(self) -> int | None:
        """The next conversation to read again by the deep tier: of those where somebody waits the
        angriest, then the longest waiting; else that of the newest message. None that is solved."""
        found: int | None = self._value(f"{_SKIMMED_WAITING} LIMIT 1")
        return self._value(f"{_SKIMMED} LIMIT 1") if found is None else found

    def skimmed_messages(self, conversation_id: int, limit: int) -> list[Pending]:
        """Messages that only the fast tier has read, newest first; without those set aside."""
        return self._pending(
            "messages m JOIN analyses a ON a.message_id = m.id"
            " LEFT JOIN set_aside s ON s.message_id = m.id"
            " WHERE m.conversation_id = :conversation AND a.tier = 'fast' AND s.message_id IS NULL"
            " ORDER BY m.sent_at DESC, m.id DESC LIMIT :limit",
            {"conversation": self._living(conversation_id), "limit": limit},
        )

    def settle_skimmed(self, conversation_id: int) -> None:
        """Note whether a conversation is still to be read again."""
        with self._writing():
            living = self._living(conversation_id)
            self._change(living, skimmed=int(bool(self.skimmed_messages(living, 1))))

    def _pending(self, source: str, values: dict[str, Any]) -> list[Pending]:
        rows = self._all(f"SELECT m.id, m.conversation_id, m.role, m.text FROM {source}", values)
        return [Pending(row[0], row[1], Role(row[2]), row[3]) for row in rows]

    def _is_there(self, message_id: int) -> bool:
        return self._value("SELECT 1 FROM messages WHERE id = ?", (message_id,)) is not None

    def _is_read(self, message_id: int) -> None:
        self._db.execute("DELETE FROM to_analyse WHERE message_id = ?", (message_id,))
