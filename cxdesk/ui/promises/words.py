"""Promises in words: when they are due, to whom, what became of them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from cxdesk.model import Promise, PromiseState, Role, Thread
from cxdesk.ui import marks

OPEN, NO_TIME = "open", "no time"


class Group(Enum):
    """Where the page lists a promise."""

    OVERDUE = "Overdue"
    TODAY = "Today"
    LATER = "Later"
    SETTLED = "Settled"


def group(promise: Promise, now: datetime) -> Group:
    """Which group a promise belongs to: one without a time waits under Later."""
    if promise.state is not PromiseState.OPEN:
        return Group.SETTLED
    if promise.due is None:
        return Group.LATER
    if promise.due < now:
        return Group.OVERDUE
    is_today = promise.due.astimezone().date() == now.astimezone().date()
    return Group.TODAY if is_today else Group.LATER


def is_late(promise: Promise, now: datetime) -> bool:
    """Whether an open promise has run out."""
    return group(promise, now) is Group.OVERDUE


# ------------------------------------------------------------------ when


def distance(due: datetime | None, now: datetime) -> str:
    """How far off: "in 47 min", "40 h late", "in 3 d"; "open" without a time."""
    if due is None:
        return OPEN
    minutes = int(abs((due - now).total_seconds()) // 60)
    hours = minutes // 60
    span = f"{minutes} min" if minutes < 60 else f"{hours} h" if hours < 48 else f"{hours // 24} d"
    if minutes < 1:
        return "now"
    return f"{span} late" if due < now else f"in {span}"


def clock(due: datetime | None, now: datetime) -> str:
    """A due time in little room: "10:00" today, "Mon 17:00" within six days, else "9 Mar 17:00"."""
    return marks.due_time(due, now) if due else NO_TIME


def moment(due: datetime) -> str:
    """A due time in one line: "Fri 13 Mar 17:00"."""
    local = due.astimezone()
    return f"{local:%a} {local.day} {local:%b} {local:%H:%M}"


def day(at: datetime) -> str:
    """A day's heading: "Friday 13 March"."""
    local = at.astimezone()
    return f"{local:%A} {local.day} {local:%B}"


def settled(promise: Promise, now: datetime) -> tuple[str, str]:
    """What became of a promise, and when it was said: "kept", "Mon 11:40"."""
    at = promise.settled_at
    return promise.state.value, clock(at, now) if at else ""


# ------------------------------------------------------------------ what


def quoted(promise: Promise) -> str:
    """The promised words on one line, in curly quotes, beginning like a sentence."""
    line = " ".join(promise.text.split())
    return f"“{line[:1].upper()}{line[1:]}”"


def whom(promise: Promise) -> str:
    """To whom, and in which matter: "Maria Lopez · PX-48213, never arrived"."""
    matter = " ".join(promise.subject.split())
    return f"{promise.customer}  ·  {matter}" if matter else promise.customer


def first_name(promise: Promise) -> str:
    """What the customer is called in a heading."""
    known = promise.customer.split()
    return known[0] if known and "@" not in known[0] else promise.customer


def sentence(promise: Promise, now: datetime, channel: str) -> str:
    """The whole row as one sentence, as a screen reader says it."""
    if promise.state is not PromiseState.OPEN:
        state, at = settled(promise, now)
        when = f"{state} {at}".strip()
    elif promise.due is None:
        when = "open, no time said"
    else:
        when = f"{distance(promise.due, now)}, due {marks.full_time(promise.due)}"
    parts = (when, quoted(promise), promise.customer, promise.subject)
    return ", ".join(each for each in (*parts, marks.level_words(promise.level), channel) if each)


def since_then(promise: Promise, thread: Thread) -> str:
    """What came after the reply with the promise: "Maria wrote twice, no answer"."""
    ids = [message.id for message in thread.messages]
    if promise.message_id not in ids:
        return ""
    after = thread.messages[ids.index(promise.message_id) + 1 :]
    theirs = [message for message in after if message.role is Role.CUSTOMER]
    if not theirs:
        wrote = any(message.role is Role.AGENT for message in after)
        return "you wrote again" if wrote else "nobody wrote"
    times = {1: "once", 2: "twice"}.get(len(theirs), f"{len(theirs)} times")
    last = next(m.role for m in reversed(after) if m.role in (Role.CUSTOMER, Role.AGENT))
    answer = "you answered" if last is Role.AGENT else "no answer"
    return f"{first_name(promise)} wrote {times}, {answer}"


def rate(kept: int, of: int) -> str:
    """How many promises were kept by their time: "kept 7 of 9"; empty before the first."""
    return f"kept {kept} of {of}" if of else ""
