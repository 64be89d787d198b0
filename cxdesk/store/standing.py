"""Who waits for whom in a conversation, and since when: told by its messages alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.model import Role, State

Place = tuple[int, int]  # time and id: where a message stands in its thread
_BEFORE_ALL: Place = (-(2**62), 0)


@dataclass(frozen=True, slots=True)
class Turn:
    """A message of a person: notes and automated mail take no turn."""

    id: int
    at: int
    role: Role
    here: bool = False

    @property
    def place(self) -> Place:
        return (self.at, self.id)


@dataclass(frozen=True, slots=True)
class Standing:
    """`waiting` is the first customer turn nobody has answered."""

    waiting: Turn | None
    replied: bool
    last_customer: Turn | None


def standing(turns: Sequence[Turn], handled: int | None = None) -> Standing:
    """How a conversation stands after these turns, which are in thread order.

    A reply written here answers what had arrived by then and no more: a mail that was on its way
    is dated before our reply, yet nobody had read it. An imported reply answers what is dated
    before it. `handled` is the id of the last customer message settled by hand.
    """
    customers = [turn for turn in turns if turn.role is Role.CUSTOMER]
    replies = [turn for turn in turns if turn.role is Role.AGENT]
    answered = max(
        [turn.place for turn in customers if turn.id == handled]
        + [_answered_by(reply, customers) for reply in replies],
        default=_BEFORE_ALL,
    )
    return Standing(
        waiting=next((turn for turn in customers if turn.place > answered), None),
        replied=bool(replies),
        last_customer=customers[-1] if customers else None,
    )


def _answered_by(reply: Turn, customers: Sequence[Turn]) -> Place:
    if not reply.here:
        return reply.place
    return max((turn.place for turn in customers if turn.id < reply.id), default=_BEFORE_ALL)


def next_state(state: State, now: Standing, *, customer_wrote: bool) -> State:
    """The state after new messages; `customer_wrote` says that an unanswered one is among them."""
    if now.waiting is None:
        waits_for_us = state in (State.NEW, State.OPEN)
        return State.PENDING if waits_for_us and now.replied else state
    if customer_wrote or state in (State.NEW, State.OPEN, State.PENDING):
        return State.OPEN if now.replied else State.NEW
    return state
