"""What went before, as the decision table counts it: our failures, apologies, insults, and whether
it is solved; each with the words and times it was counted by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxdesk.model import Cue, Message, Moment, Role, Thread
from cxdesk.playbook.signals import FAILURE
from cxdesk.ui import marks

_SORRY = re.compile(r"[^.!?\n]*\b(?:sorry|apolog\w+)\b[^.!?\n]*", re.IGNORECASE)
_MOST = 3  # quotations of a kind in a tooltip


def so_far(moment: Moment) -> str:
    """ "2 failures, 1 apology, not solved": zeros are left out, but for our failures."""
    counted = (
        _count(moment.failures, "failure", "failures") if moment.failures else "no failure of ours",
        _count(moment.apologies, "apology", "apologies") if moment.apologies else "",
        _count(moment.abuse_count, "insult", "insults") if moment.abuse_count else "",
        "solved" if moment.solved else "not solved",
    )
    return ", ".join(each for each in counted if each)


def origin(thread: Thread, moment: Moment) -> str:
    """Where each count comes from, a line each, in the words that were written."""
    lines: list[str] = []
    if moment.failures:
        lines += _listed("Failures, from what they wrote", _failures(thread))
    if moment.apologies:
        lines += _listed("Apologies for something of ours, in our replies", _apologies(thread))
    if moment.abuse_count:
        lines += _listed("Insults", _quotes(thread, frozenset({"abuse"})))
    lines.append("Done marks it solved.")
    return "\n".join(lines)


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _listed(heading: str, quotes: Iterator[str]) -> list[str]:
    found = list(dict.fromkeys(quotes))[-_MOST:]
    return [f"{heading}:", *found] if found else []


def _failures(thread: Thread) -> Iterator[str]:
    """What they say went wrong again; else their first complaint, which counts as one."""
    told = list(_quotes(thread, FAILURE))
    yield from told or list(_complaints(thread))[:1]


def _quotes(thread: Thread, codes: frozenset[str]) -> Iterator[str]:
    for message, cue in _cues(thread):
        if cue.code in codes:
            yield _quote(cue.text, message)


def _complaints(thread: Thread) -> Iterator[str]:
    for message, cue in _cues(thread):
        if cue.weight > 0 and message.level:
            yield _quote(cue.text, message)


def _cues(thread: Thread) -> Iterator[tuple[Message, Cue]]:
    for message in thread.messages:
        if message.role is Role.CUSTOMER and message.analysis:
            for cue in message.analysis.cues:
                yield message, cue


def _apologies(thread: Thread) -> Iterator[str]:
    for message in thread.messages:
        if message.role is Role.AGENT and "apology_full" in message.codes:
            found = _SORRY.search(message.text)
            yield _quote(found[0] if found else message.text[:60], message)


def _quote(words: str, message: Message) -> str:
    return f"“{' '.join(words.split())}”, {marks.full_time(message.sent_at)}"
