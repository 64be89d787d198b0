"""What replies did to the customer's level: the turn before each against the answer to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cxdesk.model import Level, Outcome, Role


@dataclass(frozen=True, slots=True)
class Spoken:
    """What counts of a message here; `level` is None where it is not known."""

    id: int
    role: Role
    automated: str
    level: Level | None
    plays: tuple[str, ...]


def outcomes(messages: Sequence[Spoken]) -> list[Outcome]:
    """For each reply of a conversation the customer's level before and after it.

    Replies without one of the two, or whose level is not known yet, are left out.
    """
    found = []
    for index, reply in enumerate(messages):
        if reply.role is not Role.AGENT or reply.automated:
            continue
        before = _level_of_turn(reversed(messages[:index]))
        after = _level_of_turn(messages[index + 1 :], only_first=True)
        if before is not None and after is not None:
            found.append(Outcome(reply.id, before, after, reply.plays))
    return found


def _level_of_turn(messages: Iterable[Spoken], *, only_first: bool = False) -> Level | None:
    """The customer's highest level in the nearest turn: what they wrote with no reply between.

    "Still no answer" under an angry mail is no calmer customer, so a turn has one level; of the
    answer to a reply only the first message counts, as it was written on reading that reply.
    """
    theirs = (m for m in messages if m.role is not Role.NOTE and not m.automated)
    levels: list[Level] = []
    for message in theirs:
        if message.role is Role.AGENT:
            if levels:
                break
            continue
        if message.level is None:
            return max(levels, default=None)
        levels.append(message.level)
        if only_first:
            break
    return max(levels, default=None)
