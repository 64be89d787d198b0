"""Findings an agent has put aside, and those the trainer should look at."""

from __future__ import annotations

from cxdesk.model import Changes
from cxdesk.store.conversations import Conversations, changed
from cxdesk.store.shapes import Dismissal, TrainerNote
from cxdesk.store.times import to_moment
from cxdesk.store.words import storable

SCOPES = ("once", "sentence", "conversation", "me")
_COLUMNS = "rule, scope, sentence, id, conversation_id"


class Dismissals(Conversations):
    """What review keeps quiet about, and where."""

    def dismiss(
        self, rule: str, scope: str, conversation_id: int | None, sentence: str = ""
    ) -> Changes:
        """Put a finding aside: `once` and `conversation` hold in this conversation, `sentence`
        wherever the same sentence is written, `me` everywhere.

        Raises:
            ValueError: there is no such scope.
        """
        if scope not in SCOPES:
            raise ValueError(f"no such scope: {scope}")
        with self._writing():
            living = None if conversation_id is None else self._living(conversation_id)
            values: dict[str, object] = {
                "rule": rule,
                "scope": scope,
                "conversation_id": living if scope in ("once", "conversation") else None,
                "sentence": storable(sentence),
            }
            if not self._is_dismissed(values):
                self._db.table("dismissals").insert({**values, "at": self._now_ms()})
        return Changes() if living is None else changed(living)

    def dismissals(self, conversation_id: int | None = None) -> list[Dismissal]:
        """Those that hold in a conversation; without one, all there are, newest first."""
        if conversation_id is None:
            rows = self._all(f"SELECT {_COLUMNS} FROM dismissals ORDER BY id DESC")
        else:
            rows = self._all(
                f"SELECT {_COLUMNS} FROM dismissals WHERE conversation_id = ? UNION ALL"
                f" SELECT {_COLUMNS} FROM dismissals WHERE scope IN ('me', 'sentence')",
                (self._living(conversation_id),),
            )
        return [Dismissal(*row) for row in rows]

    def restore_dismissal(self, dismissal_id: int) -> Changes:
        """Let a finding be shown again."""
        with self._writing():
            rows = self._all(
                "DELETE FROM dismissals WHERE id = ? RETURNING conversation_id", (dismissal_id,)
            )
        return changed(*(row[0] for row in rows if row[0] is not None))

    def tell_trainer(self, rule: str, text: str, conversation_id: int | None) -> None:
        """Keep a finding for the trainer, with the words it was about."""
        with self._writing():
            self._db.table("told_trainer").insert(
                {
                    "rule": rule,
                    "text": storable(text),
                    "conversation_id": conversation_id and self._living(conversation_id),
                    "at": self._now_ms(),
                }
            )

    def told_trainer(self) -> list[TrainerNote]:
        """What agents asked the trainer to look at, oldest first."""
        rows = self._all("SELECT rule, text, conversation_id, at FROM told_trainer ORDER BY id")
        return [TrainerNote(row[0], row[1], row[2], to_moment(row[3])) for row in rows]

    def _is_dismissed(self, values: dict[str, object]) -> bool:
        found = self._value(
            "SELECT 1 FROM dismissals WHERE rule = :rule AND scope = :scope"
            " AND conversation_id IS :conversation_id AND sentence = :sentence",
            values,
        )
        return found is not None
