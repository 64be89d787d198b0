"""Findings an agent has put aside, and those the trainer should look at."""

from __future__ import annotations

import sqlite3

from cxdesk.model import Changes
from cxdesk.store.conversations import Conversations, changed
from cxdesk.store.shapes import Dismissal, TrainerNote
from cxdesk.store.times import to_moment
from cxdesk.store.words import storable

SCOPES = ("once", "sentence", "conversation", "me")
_SELECT = (
    "SELECT d.rule, d.scope, d.sentence, d.id, d.conversation_id, d.at, k.name AS customer"
    " FROM dismissals d LEFT JOIN conversations c ON c.id = d.conversation_id"
    " LEFT JOIN customers k ON k.id = c.customer_id"
)
# "Once" is one draft: the reply that was sent from it ends it, and taking it back revives it.
_SPENT = (
    "d.scope = 'once' AND EXISTS (SELECT 1 FROM messages m"
    " WHERE m.conversation_id = d.conversation_id AND m.sent_at >= d.at"
    " AND m.role = 'agent' AND m.here = 1)"
)


class Dismissals(Conversations):
    """What review keeps quiet about, and where."""

    def dismiss(
        self, rule: str, scope: str, conversation_id: int | None, sentence: str = ""
    ) -> int:
        """Put a finding aside: `once` until the next reply in this conversation, `conversation`
        in all of it, `sentence` wherever the same sentence is written, `me` everywhere.

        Returns the number by which `restore_dismissal` takes it back.

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
            self._drop_spent(living)
            return self._same(values) or self._keep({**values, "at": self._now_ms()})

    def dismissals(self, conversation_id: int | None = None) -> list[Dismissal]:
        """Those that hold in a conversation; without one, all that hold, newest first."""
        if conversation_id is None:
            rows = self._all(f"{_SELECT} WHERE NOT ({_SPENT}) ORDER BY d.id DESC")
        else:
            rows = self._all(
                f"{_SELECT} WHERE d.conversation_id = ? AND NOT ({_SPENT})"
                f" UNION ALL {_SELECT} WHERE d.scope IN ('me', 'sentence')",
                (self._living(conversation_id),),
            )
        return [_dismissal(row) for row in rows]

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

    def _drop_spent(self, conversation_id: int | None) -> None:
        self._db.execute(
            "DELETE FROM dismissals WHERE id IN"
            f" (SELECT d.id FROM dismissals d WHERE d.conversation_id = ? AND {_SPENT})",
            (conversation_id,),
        )

    def _same(self, values: dict[str, object]) -> int | None:
        """The number of a dismissal that says this already."""
        found = self._value(
            "SELECT id FROM dismissals WHERE rule = :rule AND scope = :scope"
            " AND conversation_id IS :conversation_id AND sentence = :sentence",
            values,
        )
        return None if found is None else int(found)

    def _keep(self, values: dict[str, object]) -> int:
        return int(
            self._value(
                "INSERT INTO dismissals (rule, scope, conversation_id, sentence, at)"
                " VALUES (:rule, :scope, :conversation_id, :sentence, :at) RETURNING id",
                values,
            )
        )


def _dismissal(row: sqlite3.Row) -> Dismissal:
    return Dismissal(
        rule=row["rule"],
        scope=row["scope"],
        sentence=row["sentence"],
        id=row["id"],
        conversation_id=row["conversation_id"],
        at=to_moment(row["at"]),
        customer=row["customer"] or "",
    )
