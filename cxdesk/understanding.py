"""Which stored message is read when, and by which tier: the one place that decides it.

The deep tier reads some 160 short messages a second, the fast tier thousands. So, in this order:

1. What an agent has opened: at once and deep, also where it is solved.
2. New messages of customers, deep. Where more of them wait than the deep tier reads in about two
   seconds, it is a backlog: the fast tier skims all of it, so that the list is soon in order.
3. What was only skimmed, again and deep, while the conversation is not solved: a person will look
   at it. First where somebody waits, the angriest and longest waiting before others, as the list
   has them; then the newest. A conversation's mood changes once, when all of it is read.
4. Our own replies. No list is sorted by what is found in them.

Archives keep their fast verdicts. Nothing is remembered here but that a backlog is being skimmed:
each turn is found anew in the store, so that a process which is killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxdesk.model import Changes, Confidence, ReviewRequest, Role, Tier
from cxdesk.nlp import mood as moods
from cxdesk.said import codes
from cxdesk.store import Pending, Store

if TYPE_CHECKING:
    from cxdesk.nlp.engine import Engine

BACKLOG = 300  # waiting messages of customers that the deep tier reads in about two seconds
MOST = {Tier.DEEP: 8, Tier.FAST: 24}
"""Messages read at once: 50 ms of the deep tier, in which nobody waits but another conversation
that was opened; as many of the fast tier as are written in less than 20 ms."""
LENGTH = {Tier.DEEP: 4_000, Tier.FAST: 40_000}
"""Characters read at once: one long mail is as much work as eight short messages."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Messages to be read at once. `again`: the fast tier has read them already."""

    messages: tuple[Pending, ...]
    tier: Tier = Tier.DEEP
    again: bool = False


class Understanding:
    """Reads what a store holds, turn by turn. `engine` is asked for when the first is read."""

    def __init__(self, store: Store, engine: Callable[[], Engine]) -> None:
        self._store = store
        self._engine = engine
        self._skims = False

    def next_turn(self, most: int | None = None) -> Turn | None:
        """What is to be read next, at most so many messages; None when all is read."""
        return self._unread(most) or self._skimmed(most) or self._replies(most)

    def turn_of(self, conversation_id: int, most: int | None = None) -> Turn | None:
        """What is to be read of a conversation that is looked at; None when all is read."""
        most = most or MOST[Tier.DEEP]
        if some := self._store.pending_of(conversation_id, most):
            return _turn(some)
        some = self._store.skimmed_messages(conversation_id, most)
        return _turn(some, again=True) if some else None

    def read(self, turn: Turn) -> Changes:
        """Read these messages, and give their conversations level, trend and blame."""
        theirs = [each for each in turn.messages if each.role is Role.CUSTOMER]
        ours = [each for each in turn.messages if each.role is Role.AGENT]
        found = self._engine().analyze([each.text for each in theirs], turn.tier)
        did = [(each.message_id, self._codes(each)) for each in ours]
        verdicts = [(each.message_id, one) for each, one in zip(theirs, found, strict=True)]
        touched = frozenset(each.conversation_id for each in turn.messages)
        with self._store.together():  # a crash leaves no message read whose mood nobody saved
            self._store.save_analyses(verdicts, turn.tier)
            self._store.save_codes(did)
            for conversation in touched:
                self._settle(conversation, turn)
        return Changes(touched)

    def set_aside(self, message_id: int) -> Changes:
        """Leave out a text the language engine died on; the store keeps which one and why."""
        return self._store.set_aside(message_id, "the text could not be analysed")

    def settle_mood(self, conversation_id: int) -> None:
        """Give a conversation the mood that the verdicts on its messages make."""
        readings = self._store.readings(conversation_id)
        if not readings:
            return
        mood = moods.mood(
            moods.carried([(each.message_index, each.level, each.signals) for each in readings])
        )
        last = readings[-1]
        blame = next((r.blame_target for r in reversed(readings) if r.blame_target.is_us), None)
        target = last.blame_target if last.blame_target.is_us or blame is None else blame
        signals = set(last.signals)
        if last.message_id <= (self._store.overruled(conversation_id).safe_until or 0):
            signals -= moods.DANGER
        care = last.confidence is not Confidence.LOW and moods.needs_care(mood, target, signals)
        self._store.save_mood(conversation_id, mood, target, last.confidence, care)

    # ------------------------------------------------------------ whose turn it is

    def _unread(self, most: int | None) -> Turn | None:
        waiting = self._store.count_pending(Role.CUSTOMER, BACKLOG + 1)
        self._skims = waiting > BACKLOG or (self._skims and waiting > 0)
        tier = Tier.FAST if self._skims else Tier.DEEP
        some = self._store.pending_analysis(most or MOST[tier], Role.CUSTOMER)
        return _turn(some, tier) if some else None

    def _skimmed(self, most: int | None) -> Turn | None:
        while (conversation := self._store.skimmed_conversation()) is not None:
            some = self._store.skimmed_messages(conversation, most or MOST[Tier.DEEP])
            if some:
                return _turn(some, again=True)
            self._store.settle_skimmed(conversation)  # what was left of it has been set aside
        return None

    def _replies(self, most: int | None) -> Turn | None:
        some = self._store.pending_analysis(most or MOST[Tier.DEEP], Role.AGENT)
        return _turn(some) if some else None

    # ------------------------------------------------------------ reading

    def _codes(self, reply: Pending) -> tuple[str, ...]:
        """The codes of a stored reply, beside what the customer had written before it."""
        asked = self._store.customer_text_before(reply.message_id)
        return codes(self._engine().review(ReviewRequest(reply.text, customer_text=asked)))

    def _settle(self, conversation_id: int, turn: Turn) -> None:
        """The mood after a turn; where more is to be read again it waits, and changes once."""
        if turn.again and self._store.skimmed_messages(conversation_id, 1):
            return
        self.settle_mood(conversation_id)
        if turn.again:
            self._store.settle_skimmed(conversation_id)


def _turn(some: Sequence[Pending], tier: Tier = Tier.DEEP, *, again: bool = False) -> Turn:
    """The first of some messages that are not too long together, and never none."""
    room = LENGTH[tier]
    taken = [some[0]]
    for each in some[1:]:
        room -= len(taken[-1].text)
        if room < len(each.text):
            break
        taken.append(each)
    return Turn(tuple(taken), tier, again)
