"""What earlier work says of plays: what this customer has read before, and what helped others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from cxdesk.model import Past, PlayEffect, Thread
from cxdesk.store import Store

_KEPT = timedelta(minutes=10)
"""For so long the effects of plays count as they were read: a mean moves slowly."""


class Experience:
    """The past of plays, as the choice of the next one looks at it."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._effects: Mapping[str, PlayEffect] = {}
        self._read_at: datetime | None = None

    def past(self, thread: Thread) -> Past:
        """What was said to the customer of a conversation in their others, and what helped."""
        used = self._store.plays_used_with(thread.customer.id)
        elsewhere = tuple(use for use in used if use.conversation_id != thread.id)
        return Past(elsewhere, self._known_effects(), self._now().date())

    def _known_effects(self) -> Mapping[str, PlayEffect]:
        now = self._now()
        if self._read_at is None or not timedelta(0) <= now - self._read_at < _KEPT:
            self._effects, self._read_at = self._store.play_effects(), now
        return self._effects
