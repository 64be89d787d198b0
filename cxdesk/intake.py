"""What a channel reads, put into the store in short transactions, with counts and a way to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cxdesk.model import ImportSummary, Incoming, Problem, Progress
from cxdesk.store import Added, Store

BATCH = 200  # messages handed to the store at once, which cuts them into transactions


@dataclass(slots=True)
class _Tally:
    """The counts of an import on its way, and the messages that wait for the store."""

    conversations: int = 0
    messages: int = 0
    duplicates: int = 0
    cancelled: bool = False
    problems: list[Problem] = field(default_factory=list)
    waiting: list[Incoming] = field(default_factory=list)

    def count(self, added: Added) -> None:
        self.conversations += added.new_conversations
        self.messages += added.messages
        self.duplicates += added.duplicates

    def summary(self) -> ImportSummary:
        return ImportSummary(
            self.conversations,
            self.messages,
            self.duplicates,
            tuple(self.problems),
            self.cancelled,
        )


def take_in(
    items: Iterable[Incoming | Problem | Progress],
    store: Store,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> ImportSummary:
    """Store every message; what was stored before a stop stays. Raises UserError from the store."""
    tally = _Tally()
    for item in items:
        if isinstance(item, Progress):
            progress(item)
        elif isinstance(item, Problem):
            tally.problems.append(item)
        else:
            tally.waiting.append(item)
        if len(tally.waiting) >= BATCH:
            _store(tally, store)
        if cancelled():
            tally.cancelled = True
            break
    _store(tally, store)
    return tally.summary()


def _store(tally: _Tally, store: Store) -> None:
    if tally.waiting:
        tally.count(store.add(tally.waiting))
        tally.waiting.clear()
