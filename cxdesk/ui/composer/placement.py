"""Where words go when a draft is edited for the agent, and what an edit does to spans. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NO_SPACE_BEFORE = frozenset(" \t\n\u00a0.,;:!?)]}”’")
_NO_SPACE_AFTER = frozenset(" \t\n\u00a0([{“‘")
_GREETING = re.compile(r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^\n]{0,40},?")
_SENTENCE_END = re.compile(r"[.!?…][.!?…)\]\"”’]*(?=\s|$)")
TRIGGER = "::"


@dataclass(frozen=True, slots=True)
class Placed:
    """`before + text + after` goes to `at`; `before` and `after` are only spaces and lines."""

    at: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """At `start`, `removed` characters gave way to `added`."""

    start: int
    removed: int
    added: int


def place(draft: str, at: int, piece: str) -> Placed:
    """Where and with what spacing `piece` goes into `draft` when the cursor is at `at`.

    A sentence is never cut in two; a piece of several paragraphs, or one behind a greeting that
    stands alone, gets its own paragraph.
    """
    at = _sentence_end(draft, at)
    line = draft[:at].rpartition("\n")[2].strip()
    alone = "\n" in piece or bool(_GREETING.fullmatch(line.lower()))
    while alone and draft[at : at + 1] == " ":
        at += 1
    head, tail = draft[:at], draft[at:]
    return Placed(at, _space_before(head, alone and bool(line)), _space_after(tail, alone))


def _sentence_end(draft: str, at: int) -> int:
    """`at`, or the end of the sentence it is in the middle of, as in a field just filled."""
    head, tail = draft[:at].rpartition("\n")[2], draft[at:].partition("\n")[0]
    if not tail.strip() or _between_sentences(head, tail):
        return at
    end = _SENTENCE_END.search(tail)
    return at + (end.end() if end else len(tail.rstrip()))


def _between_sentences(head: str, tail: str) -> bool:
    before = head.rstrip()
    if not before or before[-1] in "([{“‘" or _GREETING.fullmatch(before.lower()):
        return True
    apart = len(before) < len(head) or tail[0] == " "
    return apart and bool(_SENTENCE_END.search(before[-3:]))


def _space_before(head: str, own_paragraph: bool) -> str:
    if own_paragraph:
        return "\n\n"
    return "" if not head or head[-1] in _NO_SPACE_AFTER else " "


def _space_after(tail: str, own_paragraph: bool) -> str:
    if own_paragraph and tail.partition("\n")[0].strip():
        return "\n\n"
    return "" if not tail or tail[0] in _NO_SPACE_BEFORE else " "


def cut(draft: str, start: int, end: int) -> tuple[int, int]:
    """The span to remove so that taking out [start, end) leaves no double space behind."""
    spaced_before = start == 0 or draft[start - 1] in " \n"
    while spaced_before and end < len(draft) and draft[end] == " ":
        end += 1
    if end == len(draft) or draft[end] == "\n":
        while start > 0 and draft[start - 1] == " ":
            start -= 1
    return start, end


def asks_for_play(head: str) -> bool:
    """True when the words before the cursor end in `::` of its own, as in no "std::"."""
    return head.endswith(TRIGGER) and (len(head) == 2 or head[-3].isspace())


def edit_between(old: str, new: str) -> Edit:
    """The smallest single edit that turns `old` into `new`."""
    start = _common(old, new)
    rest = min(len(old), len(new)) - start
    end = _common(old[::-1][:rest], new[::-1][:rest])
    return Edit(start, len(old) - start - end, len(new) - start - end)


def _common(one: str, other: str) -> int:
    """How many characters both begin with; by halves, since comparing slices is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def moved(start: int, end: int, edit: Edit) -> tuple[int, int] | None:
    """Where the span is after an edit elsewhere; None when the edit touched its words."""
    if edit.start >= end:
        return start, end
    if edit.start + edit.removed <= start:
        by = edit.added - edit.removed
        return start + by, end + by
    return None
