"""A conversation as turns: what the customer said since our last reply, and what we said before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from cxdesk.model import HANDED_OVER, BlameTarget, Cue, Fault, Message, Role, State, Thread

Turn = tuple[Message, ...]


def spoken(thread: Thread) -> tuple[Message, ...]:
    """All messages but notes, oldest first."""
    return tuple(message for message in thread.messages if message.role is not Role.NOTE)


def turns(thread: Thread) -> list[Turn]:
    """Messages of one side in a row, oldest first; in chats a thought takes several lines."""
    return [tuple(group) for _, group in groupby(spoken(thread), key=lambda m: m.role)]


def by_customer(turn: Turn) -> bool:
    return turn[0].role is Role.CUSTOMER


def last_turn(thread: Thread) -> Turn:
    """The customer's latest turn, answered or not; empty when they never wrote."""
    return next((turn for turn in reversed(turns(thread)) if by_customer(turn)), ())


def replies(thread: Thread) -> tuple[Message, ...]:
    return tuple(message for message in thread.messages if message.role is Role.AGENT)


def apologies(thread: Thread, fault: Fault) -> tuple[Message, ...]:
    """Our replies that said sorry. Where the fault is ours "I'm sorry it did" is one too, though it
    names nobody: who has read it waits for no second one."""
    sorry = {"apology_full", "sympathy"} if fault is Fault.COMPANY else {"apology_full"}
    return tuple(reply for reply in replies(thread) if sorry & set(reply.codes))


def is_solved(thread: Thread) -> bool:
    """True when the agent says so; what the customer says is the signal `recovery`."""
    if thread.overruled.solved is not None:
        return thread.overruled.solved
    return thread.solved or thread.state is State.SOLVED


def is_answered(thread: Thread) -> bool:
    """True when our reply is the last word."""
    messages = spoken(thread)
    return bool(messages) and messages[-1].role is Role.AGENT


def newest_note(thread: Thread) -> str:
    """The text of a note that came after the last reply: news the customer does not have. That the
    lead has the case now is none."""
    for message in reversed(thread.messages):
        if message.role is Role.NOTE and not message.text.startswith(HANDED_OVER):
            return message.text
        if message.role is Role.AGENT:
            break
    return ""


def silence(thread: Thread, now: datetime) -> timedelta:
    """How long nobody has said anything."""
    messages = spoken(thread)
    return max(now - messages[-1].sent_at, timedelta(0)) if messages else timedelta(0)


def text_of(turn: Sequence[Message]) -> str:
    return "\n".join(message.text for message in turn)


_GRAVE = frozenset(
    {"abuse", "churn", "legal_threat", "public_threat", "supervisor_request"}
    | {"broken_promise", "ignored", "repetition", "sarcasm"}
)
"""What decides a whole answer: a guess of the trained tier without a rule's words is too little."""


def cue_codes(turn: Sequence[Message]) -> frozenset[str]:
    """Codes and flags found in these messages, and whom they blame."""
    found: set[str] = set()
    for message in turn:
        if message.analysis:
            found |= {cue.code for cue in message.analysis.cues if not _is_grave_guess(cue)}
            found |= set(message.analysis.flags)
        if message.blame_target is not BlameTarget.NONE:
            found.add(f"blame_{message.blame_target}")
    return frozenset(found)


def _is_grave_guess(cue: Cue) -> bool:
    return cue.code in _GRAVE and cue.rule.startswith("model.")
