"""What the agent has typed and not sent: one reply and one note for each conversation."""

from __future__ import annotations

import sqlite3

from cxdesk.model import Changes, Draft, Role
from cxdesk.store.conversations import Conversations, changed
from cxdesk.store.times import to_moment, to_ms
from cxdesk.store.words import dump, dump_slots, slots, storable, strings

_SAVE = """
INSERT INTO drafts (conversation_id, kind, text, slots, cursor, plays, saved_at)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (conversation_id, kind) DO UPDATE SET
    text = excluded.text, slots = excluded.slots, cursor = excluded.cursor,
    plays = excluded.plays, saved_at = excluded.saved_at
"""


class Drafts(Conversations):
    """Keeping drafts."""

    def save_draft(self, draft: Draft) -> Changes:
        """Keep what was typed; an empty draft is none."""
        with self._writing():
            living = self._living(draft.conversation_id)
            if draft.text.strip():
                self._save_draft(living, draft)
            else:
                self._drop_draft(living, draft.kind)
        return changed(draft.conversation_id, living)

    def draft(self, conversation_id: int, kind: Role = Role.AGENT) -> Draft | None:
        row = self._one(
            "SELECT conversation_id, kind, text, slots, cursor, plays, saved_at FROM drafts"
            " WHERE conversation_id = ? AND kind = ?",
            (self._living(conversation_id), kind.value),
        )
        return None if row is None else _draft(row)

    def discard_draft(self, conversation_id: int, kind: Role = Role.AGENT) -> Changes:
        with self._writing():
            living = self._living(conversation_id)
            self._drop_draft(living, kind)
        return changed(conversation_id, living)

    def _save_draft(self, conversation_id: int, draft: Draft) -> None:
        at = self._now_ms() if draft.saved_at is None else to_ms(draft.saved_at)
        self._db.execute(
            _SAVE,
            (
                conversation_id,
                draft.kind.value,
                storable(draft.text),
                dump_slots(draft.slots),
                draft.cursor,
                dump(draft.plays),
                at,
            ),
        )

    def _drop_draft(self, conversation_id: int, kind: Role) -> None:
        self._db.execute(
            "DELETE FROM drafts WHERE conversation_id = ? AND kind = ?",
            (conversation_id, kind.value),
        )


def _draft(row: sqlite3.Row) -> Draft:
    return Draft(
        conversation_id=row["conversation_id"],
        text=row["text"],
        slots=slots(row["slots"]),
        cursor=row["cursor"],
        plays=strings(row["plays"]),
        kind=Role(row["kind"]),
        saved_at=to_moment(row["saved_at"]),
    )
