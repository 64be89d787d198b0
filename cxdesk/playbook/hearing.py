"""What each turn of a conversation says, in codes: the lexicon's cues and the phrases beside them.

A code of the lexicon may have phrases too. The lexicon weighs words for the level; the phrases
know those that weigh little there and yet ask for another answer ("Who is the head of this?").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.model import Cue, Thread
from cxdesk.playbook.phrases import sentences, shipped
from cxdesk.playbook.turns import Turn, by_customer, cue_codes, text_of, turns

_TELLING = frozenset(
    {"abuse", "churn", "impact", "legal_threat", "praise", "public_threat", "supervisor_request"}
    | {"dreads_steps", "repeat_failure", "request_refused", "stop_apologising", "told_before"}
)
"""Phrases whose words are worth quoting; those of manners and of plain questions are not."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn, and what is heard in it.

    `codes` are cues and phrases of theirs, review codes and phrases of ours; `phrases` has the
    words of each phrase as they were written.
    """

    turn: Turn
    phrases: dict[str, str]
    codes: frozenset[str]

    @property
    def is_theirs(self) -> bool:
        return by_customer(self.turn)

    @property
    def text(self) -> str:
        return text_of(self.turn)


def hear(thread: Thread) -> tuple[Heard, ...]:
    """Each turn with its codes, oldest first."""
    return tuple(_heard(turn) for turn in turns(thread))


def _heard(turn: Turn) -> Heard:
    if by_customer(turn):
        phrases = states("customer", text_of(turn))
        return Heard(turn, phrases, cue_codes(turn) | phrases.keys())
    phrases = states("agent", text_of(turn))
    return Heard(turn, phrases, frozenset(phrases).union(*(each.codes for each in turn)))


def states(speaker: str, text: str) -> dict[str, str]:
    """What somebody's words say of the moment, each code with its first words."""
    parts = sentences(text)
    rules = [rule for rule in shipped("states").values() if rule.speaker == speaker]
    return {rule.code: words[0] for rule in rules if (words := rule.find(parts))}


def words_for(code: str, turn: Turn) -> str:
    """The words by which a turn of theirs has this code of the lexicon and the phrases, "" where it
    has not: what `hear` finds, without looking for all the others."""
    cues = (cue for message in turn if message.analysis for cue in message.analysis.cues)
    known = (cue.text for cue in cues if cue.code == code and code in cue_codes(turn))
    return next(known, "") or next(iter(shipped("states")[code].find(sentences(text_of(turn)))), "")


def last_of_theirs(heard: Sequence[Heard]) -> Heard | None:
    """What they said last, answered or not; None when they never wrote."""
    return next((one for one in reversed(heard) if one.is_theirs), None)


def quotable(one: Heard | None, signals: frozenset[str]) -> tuple[Cue, ...]:
    """The lexicon's cues of a turn, and telling phrases that it has no cue for."""
    if one is None:
        return ()
    cues = tuple(cue for message in one.turn if message.analysis for cue in message.analysis.cues)
    more = _TELLING & signals & one.phrases.keys() - {cue.code for cue in cues}
    return cues + tuple(_cue(code, one) for code in sorted(more))


def _cue(code: str, one: Heard) -> Cue:
    words = one.phrases[code]
    start = one.text.find(words)
    return Cue(code, start, start + len(words), words, 0.0, f"states.{code}", "")
