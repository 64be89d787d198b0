"""What customers were heard to say in many conversations at once: the signs of an inbox's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from cxdesk.model import Cue
from cxdesk.store.conversations import Conversations
from cxdesk.store.words import cues, dump

Heard = tuple[str, tuple[Cue, ...]]

# CROSS JOIN keeps the order: from a page of conversations to their few messages. The other way
# round would begin at every message ever that was heard to say it.
_HEARD = """
FROM json_each(?) wanted
CROSS JOIN messages m ON m.conversation_id = wanted.value AND m.role = 'customer'
CROSS JOIN signals s ON s.message_id = m.id AND s.code IN (SELECT value FROM json_each(?))
"""
_NOT_CALLED_SAFE = (
    "m.id > coalesce((SELECT safe_until FROM conversations WHERE id = m.conversation_id), 0)"
)


class Signs(Conversations):
    """Which conversations of a page hold a signal, and in which words."""

    def in_danger(self, conversations: Iterable[int], codes: Collection[str]) -> frozenset[int]:
        """Those of the conversations in which a customer was heard to say one of these, since the
        agent last said that nobody is in danger."""
        rows = self._all(
            f"SELECT DISTINCT m.conversation_id {_HEARD} WHERE {_NOT_CALLED_SAFE}",
            (dump(conversations), dump(codes)),
        )
        return frozenset(row[0] for row in rows)

    def heard_in(
        self, conversations: Iterable[int], codes: Collection[str]
    ) -> dict[int, tuple[Heard, ...]]:
        """The customers' messages with one of these signals, each with its cues, by conversation;
        conversations without any are left out."""
        rows = self._all(
            f"SELECT DISTINCT m.id, m.conversation_id, m.text, a.cues {_HEARD}"
            " JOIN analyses a ON a.message_id = m.id ORDER BY m.id",
            (dump(conversations), dump(codes)),
        )
        found: dict[int, list[Heard]] = defaultdict(list)
        for row in rows:
            found[row["conversation_id"]].append((row["text"], cues(row["cues"])))
        return {conversation: tuple(heard) for conversation, heard in found.items()}
