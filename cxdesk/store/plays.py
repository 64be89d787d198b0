"""Where plays were used: with one customer, and what followed on them with all."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from itertools import groupby
from operator import itemgetter

from cxdesk.model import Level, Outcome, PlayEffect, PlayUse, Role
from cxdesk.store.outcomes import Spoken, outcomes
from cxdesk.store.threads import Threads
from cxdesk.store.times import to_moment
from cxdesk.store.words import strings

LATEST = 500  # replies with plays that are counted: what helped lately, in some ten milliseconds

_USED = """
SELECT m.plays, m.conversation_id, m.sent_at
FROM conversations c CROSS JOIN messages m INDEXED BY messages_plays
    ON m.conversation_id = c.id AND m.plays <> '[]'
WHERE c.customer_id = ? ORDER BY m.sent_at DESC, m.id DESC
"""
_AROUND = """
WITH latest AS (
    SELECT id, conversation_id FROM messages INDEXED BY messages_plays WHERE plays <> '[]'
    ORDER BY id DESC LIMIT ?
)
SELECT m.conversation_id, m.id, m.role, m.automated, m.plays,
       coalesce((SELECT k.level FROM corrections k WHERE k.id =
                 (SELECT max(id) FROM corrections WHERE message_id = m.id)), a.level) AS level
FROM messages m LEFT JOIN analyses a ON a.message_id = m.id
WHERE m.conversation_id IN (SELECT conversation_id FROM latest)
ORDER BY m.conversation_id, m.sent_at, m.id
"""


class Plays(Threads):
    """What became of plays."""

    def plays_used_with(self, customer_id: int) -> list[PlayUse]:
        """Every play in our replies to a customer, in all their conversations, newest first."""
        return [
            PlayUse(play, row["conversation_id"], to_moment(row["sent_at"]))
            for row in self._all(_USED, (customer_id,))
            for play in strings(row["plays"])
        ]

    def play_effects(self) -> dict[str, PlayEffect]:
        """For each play of our latest replies how many customers answered, and the mean change.

        A play that nobody has answered yet is left out.
        """
        changes: dict[str, list[int]] = defaultdict(list)
        for outcome in self._latest_outcomes():
            for play in outcome.plays:
                changes[play].append(outcome.change)
        return {
            play: PlayEffect(len(each), sum(each) / len(each)) for play, each in changes.items()
        }

    def _latest_outcomes(self) -> list[Outcome]:
        rows = self._all(_AROUND, (LATEST,))
        threads = groupby(rows, key=itemgetter("conversation_id"))
        return [outcome for _, each in threads for outcome in outcomes(list(map(_spoken, each)))]


def _spoken(row: sqlite3.Row) -> Spoken:
    level = None if row["level"] is None else Level(row["level"])
    return Spoken(row["id"], Role(row["role"]), row["automated"], level, strings(row["plays"]))
