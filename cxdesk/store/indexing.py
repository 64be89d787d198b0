"""Making messages findable: a few hundred at a time, apart from storing them.

FTS5 writes out a segment of its index at each commit, and at each savepoint, which a trigger on
insert would open for every message. Indexed by the hundred, an import is twice as fast and holds
the file half as long at a time.
"""

from __future__ import annotations

import time
from itertools import accumulate

from cxdesk.store.connection import BREATH, Connection
from cxdesk.store.words import dump

AT_ONCE = 300  # messages
_LETTERS = 100_000  # of text at once: ten milliseconds' work
_INDEX = (
    "INSERT INTO messages_fts (rowid, text, subject, quoted, author, author_address)"
    " SELECT id, text, subject, quoted, author, author_address FROM messages"
)


class Indexing(Connection):
    """The way from the queue `to_index` into the index."""

    def _index(self, message_id: int) -> None:
        """Make one message findable at once, within its own transaction."""
        self._db.execute(f"{_INDEX} WHERE id = ?", (message_id,))

    def _index_waiting(self) -> None:
        """Make everything stored so far findable, in short transactions.

        What a crash left in the queue is indexed when the file is next opened.
        """
        while self._one("SELECT 1 FROM to_index LIMIT 1") is not None:
            with self._writing():
                ids = dump(self._next_to_index())
                self._db.execute(f"{_INDEX} WHERE id IN (SELECT value FROM json_each(?))", (ids,))
                self._db.execute(
                    "DELETE FROM to_index WHERE message_id IN (SELECT value FROM json_each(?))",
                    (ids,),
                )
            time.sleep(BREATH)

    def _next_to_index(self) -> list[int]:
        """The oldest few, and of long ones fewer, but one at least."""
        rows = self._all(
            "SELECT m.id, length(m.text) + length(m.quoted) FROM to_index t"
            " JOIN messages m ON m.id = t.message_id ORDER BY t.message_id LIMIT ?",
            (AT_ONCE,),
        )
        before = accumulate((row[1] for row in rows), initial=0)
        return [row[0] for row, letters in zip(rows, before, strict=False) if letters <= _LETTERS]
