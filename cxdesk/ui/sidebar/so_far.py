"""What went before, as the decision table counts it: our failures, apologies, insults, and whether
it is solved; each with the words and times it was counted by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxdesk.model import Cue, Message, Moment, Overruled, Role, Thread
from cxdesk.playbook.hearing import words_for
from cxdesk.playbook.signals import FAILURE
from cxdesk.playbook.table import is_resolved
from cxdesk.playbook.turns import apologies, by_customer, turns
from cxdesk.ui import marks

_SORRY = re.compile(r"[^.!?\n]*\b(?:sorry|apolog\w+)\b[^.!?\n]*", re.IGNORECASE)
_OURS = re.compile(r"\b(?:we|our|us|my)\b|\bsorry (?:for|that)\b", re.IGNORECASE)
_MOST = 3  # quotations of a kind in a tooltip

SET = " (set by you)"


def so_far(moment: Moment, said: Overruled) -> str:
    """ "2 failures, 1 apology, not solved": zeros are left out, but for our failures and for what
    the agent said."""
    failures = _count(moment.failures, "failure", "failures") or "no failure of ours"
    apologies = _count(moment.apologies, "apology", "apologies")
    if said.apologies is not None:
        apologies = apologies or "no apology"
    counted = (
        failures + _mark(said.failures),
        apologies + _mark(said.apologies),
        _count(moment.abuse_count, "insult", "insults"),
        marks.TREND_WORDS[said.trend] + SET if said.trend else "",
        ("solved" if is_resolved(moment) else "not solved") + _mark(said.solved),
    )
    return ", ".join(each for each in counted if each)


def _mark(said: object) -> str:
    return "" if said is None else SET


def origin(thread: Thread, moment: Moment) -> str:
    """Where each count comes from, a line each, in the words that were written."""
    lines: list[str] = []
    if moment.failures and thread.overruled.failures is None:
        lines += _listed("Failures, from what they wrote", _failures(thread))
    if moment.apologies and thread.overruled.apologies is None:
        lines += _listed(
            "Apologies for something of ours, in our replies", _sorries(thread, moment)
        )
    if moment.abuse_count:
        lines += _listed("Insults", _insults(thread))
    lines.append("Done marks it solved.")
    return "\n".join(lines)


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}" if number else ""


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


def _insults(thread: Thread) -> Iterator[str]:
    """The words of each turn that counts as one, whoever knows them: the lexicon or a phrase."""
    for turn in filter(by_customer, turns(thread)):
        if said := words_for("abuse", turn):
            yield _quote(said, turn[-1])


def _sorries(thread: Thread, moment: Moment) -> Iterator[str]:
    for message in apologies(thread, moment.fault):
        said = [found[0] for found in _SORRY.finditer(message.text)] or [message.text[:60]]
        yield _quote(next(filter(_OURS.search, said), said[0]), message)


def _quote(words: str, message: Message) -> str:
    return f"“{' '.join(words.split())}”, {marks.full_time(message.sent_at)}"
