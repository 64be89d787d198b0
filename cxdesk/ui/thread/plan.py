"""What stands where in an opened conversation: which messages are folded, where the mood turned,
what a reply did. Plain functions over the thread, so that the reading order is tested without Qt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cxdesk.model import Level, Message, Outcome, Role, Thread
from cxdesk.ui import marks

LAST_OPEN = 5
"""So many messages at the end stand open, however long the conversation is."""
MOST_FOLDED = 12
"""A longer run of folded messages is bundled, but for its last `STILL_FOLDED`."""
STILL_FOLDED = 8


@dataclass(frozen=True, slots=True)
class MoodLine:
    """A line above a message: where the mood turned, or what a reply did to it."""

    words: str
    level: Level


@dataclass(frozen=True, slots=True)
class Bundle:
    """Folded messages that stand behind one line, because there are too many for a line each."""

    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One message in the column, with the line above it."""

    message: Message
    folded: bool
    above: MoodLine | None = None


def plan(
    thread: Thread,
    chosen: Mapping[int, bool] | None = None,
    outcomes: Sequence[Outcome] = (),
    own_name: str = "",
) -> list[Line | Bundle]:
    """The column from the top. `chosen` holds what the person folded (True) or unfolded."""
    told = dict(chosen or {})
    turn = turn_index(thread)
    latest = last_customer_message(thread)
    above = dict(_outcome_lines(thread, outcomes, own_name))
    if turn is not None:
        above[thread.messages[turn].id] = _turn_line(thread, turn)
    lines = []
    for place, message in enumerate(thread.messages):
        folded = told.get(message.id, message is not latest and _folds(thread, place, turn))
        lines.append(Line(message, folded, None if folded else above.get(message.id)))
    return _bundled(lines, told)


def _bundled(lines: Sequence[Line], told: Mapping[int, bool]) -> list[Line | Bundle]:
    """The lines with the beginnings of long folded runs bundled; what was told stays a line."""
    found: list[Line | Bundle] = []
    for folded, run in groupby(lines, lambda line: line.folded):
        each = list(run)
        if folded and len(each) > MOST_FOLDED:
            end = next((n for n, line in enumerate(each) if line.message.id in told), len(each))
            end = min(end, len(each) - STILL_FOLDED)
            found += [Bundle(tuple(line.message for line in each[:end]))] if end else []
            each = each[end:]
        found += each
    return found


def turn_index(thread: Thread) -> int | None:
    """Where in `thread.messages` the mood turned, None when it did not."""
    turn = thread.mood.turned_at
    return turn if turn is not None and 0 <= turn < len(thread.messages) else None


def last_customer_message(thread: Thread) -> Message | None:
    """The customer's latest own message; automated mail is nobody's."""
    for message in reversed(thread.messages):
        if message.role is Role.CUSTOMER and not message.automated:
            return message
    return None


def _folds(thread: Thread, place: int, turn: int | None) -> bool:
    if thread.messages[place].automated:
        return True
    if place == turn:
        return False
    first_open = max(len(thread.messages) - LAST_OPEN, turn or 0)
    return place < first_open


def _turn_line(thread: Thread, turn: int) -> MoodLine:
    level = thread.messages[turn].level
    to = thread.mood.level if level is None else level
    before = thread.mood.turned_from
    if before is None or before == to:
        return MoodLine(f"Turned {to.word} here", to)
    return MoodLine(f"Turned here, from {before.word} to {to.word}", to)


def _outcome_lines(
    thread: Thread, outcomes: Sequence[Outcome], own_name: str
) -> list[tuple[int, MoodLine]]:
    """For each customer message that answers a reply of ours: what became of the level."""
    measured = {outcome.message_id: outcome for outcome in outcomes}
    found: list[tuple[int, MoodLine]] = []
    before: Level | None = None
    reply: Message | None = None
    for message in thread.messages:
        if message.automated or message.role is Role.NOTE:
            continue
        if message.role is Role.AGENT:
            reply = message
            continue
        if reply is not None and (level := message.level) is not None:
            known = measured.get(reply.id)
            start, end = (known.before, known.after) if known else (before, level)
            if start is not None and (line := _outcome(start, end, reply, own_name)):
                found.append((message.id, line))
        reply = None
        before = message.level if message.level is not None else before
    return found


def _outcome(before: Level, after: Level, reply: Message, own_name: str) -> MoodLine | None:
    whose = "your" if reply.author in ("", own_name) else f"{reply.author}’s"
    if before != after:
        return MoodLine(f"{before.word} → {after.word} after {whose} reply", after)
    if after >= Level.FRUSTRATED:
        return MoodLine(f"still {marks.LEVEL_WORDS[after]} after {whose} reply", after)
    return None
