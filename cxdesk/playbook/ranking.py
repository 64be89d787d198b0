"""The order of plays within a row of the table, one factor a function (GUIDANCE 3, FEATURES C6).

What was said to this customer before sinks first, then what nobody has looked at for too long; the
rest is the row's order, then how closely the words fit and what helped before. Equals stand in the
order of their ids, so the same moment has the same cards.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from cxdesk.model import Moment
from cxdesk.playbook.play import Play

LATELY = 3
"""Earlier conversations of a customer whose plays sink: by then nobody remembers the words."""
ENOUGH = 5
"""Answers from which on a mean says something (GUIDANCE 6)."""

_INTENT, _SIGNAL, _OPEN_SLOT, _HELP = 2.5, 1.0, 0.15, 0.5
"""What a fitting intent and signal add, an open slot takes, and a level that fell adds. An intent
is more special than a signal, so `apo-billing` goes before `apo-full` when money is the matter; a
level weighs half a signal, for what followed a play is not all its doing. By judgement."""

_TICK = {
    "acknowledge": "heard",
    "apology": "heard",
    "deescalate": "heard",
    "ownership": "owned",
    "next_step": "next_step",
    "expectation": "next_step",
    "clarify": "next_step",
    "say_no": "next_step",
    "extra_mile": "extra_mile",
    "thank_feedback": "extra_mile",
}
"""Which tick of the composer a family earns."""


class Said(IntEnum):
    """Where this customer has read a play before."""

    NEVER = 0
    LATELY = 1
    HERE = 2


class Rank(NamedTuple):
    """Lower goes first."""

    said: Said
    is_stale: bool
    place: int
    closeness: float
    play: str


def rank(play: Play, moment: Moment, place: int, open_slots: int) -> Rank:
    """Where a play stands among those of its need; `place` is its place in the row."""
    worth = closeness(play, moment) + helped(play, moment) - _OPEN_SLOT * open_slots
    return Rank(said(play, moment), is_stale(play, moment), place, -worth, play.id)


def closeness(play: Play, moment: Moment) -> float:
    """How closely the customer's words fit a play; 0 when none of them calls for it."""
    intents = len(play.when.intents & moment.intents)
    signals = len(play.when.signals & moment.signals)
    return _INTENT * intents + _SIGNAL * signals


def is_covered(play: Play, moment: Moment) -> bool:
    """True when the draft already says what a play of this family would."""
    return _TICK.get(play.family) in moment.covered


def said(play: Play, moment: Moment) -> Said:
    """Whether the customer has read it in this conversation, or in one of their last few."""
    if play.id in moment.said_plays:
        return Said.HERE
    conversations = dict.fromkeys(use.conversation_id for use in moment.past.uses)
    lately = list(conversations)[:LATELY]
    uses = (use for use in moment.past.uses if use.conversation_id in lately)
    return Said.LATELY if any(use.play == play.id for use in uses) else Said.NEVER


def turn(play: Play, moment: Moment) -> int:
    """Which of its wordings comes next: it has been said to this customer so many times."""
    before = sum(use.play == play.id for use in moment.past.uses)
    return before + moment.said_plays.count(play.id)


def helped(play: Play, moment: Moment) -> float:
    """What it did before, a level at most either way; 0 while too few customers have answered."""
    effect = moment.past.effects.get(play.id)
    if effect is None or effect.answered < ENOUGH:
        return 0.0
    return _HELP * min(max(-effect.change, -1.0), 1.0)


def is_stale(play: Play, moment: Moment) -> bool:
    """True for a play that its owner should have looked at again by now."""
    today = moment.past.today
    return play.review_by is not None and today is not None and today > play.review_by


def reasons(play: Play, moment: Moment) -> tuple[str, ...]:
    """What moved a play up or down, beside the words and the row; in lines for its card."""
    lines = {
        "said here before, so in other words": said(play, moment) is Said.HERE,
        "said to them lately, so in other words": said(play, moment) is Said.LATELY,
    }
    found = [line for line, holds in lines.items() if holds and play.wordings]
    if helped(play, moment) > 0:
        effect = moment.past.effects[play.id]
        found.append(f"after it the level fell by {-effect.change:.1f} (mean of {effect.answered})")
    if is_stale(play, moment):
        found.append(f"nobody has checked it since {play.review_by}")
    return tuple(found)
