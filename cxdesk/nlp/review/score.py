"""The rubric of GUIDANCE 5: a score with its parts, the caps, and the one best next change.

Scores are for the agent alone: a hint about a text, never a fact about a person.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cxdesk.model import Fault, Level, Phase, ReviewRequest, ScorePart

# Points of each part by phase: L listening, A apology, O ownership, S solution, N next and when,
# R respect, C care (GUIDANCE 5).
POINTS: Mapping[Phase, Mapping[str, int]] = {
    Phase.OPENING: {"L": 20, "A": 15, "O": 15, "S": 20, "N": 15, "R": 15, "C": 0},
    Phase.PROBLEM_SOLVING: {"L": 12, "A": 8, "O": 13, "S": 32, "N": 20, "R": 15, "C": 0},
    Phase.CLOSING: {"L": 10, "A": 5, "O": 10, "S": 15, "N": 20, "R": 15, "C": 25},
    Phase.FOLLOW_UP: {"L": 15, "A": 5, "O": 15, "S": 20, "N": 15, "R": 15, "C": 15},
}
CAPS: Mapping[str, int] = {
    "abuse": 0,
    "blame_customer": 30,
    **dict.fromkeys(("invalidation", "doubt", "argue", "false_confession", "over_authority"), 45),
    **dict.fromkeys(("non_apology", "deflection", "policy_hiding", "overpromise"), 55),
    **dict.fromkeys(("selling", "feedback_too_early", "early_compensation"), 60),
    **dict.fromkeys(
        ("passive_evasion", "missing_next_step", "ignored_question", "asked_again"), 65
    ),
    **dict.fromkeys(("repeated_apology", "command"), 70),
    **dict.fromkeys(("canned", "said_before"), 75),
    "jargon": 80,
    "too_long": 85,
}
RESPECT: Mapping[str, float] = {
    "abuse": 1.0,
    "blame_customer": 1.0,
    **dict.fromkeys(("invalidation", "doubt", "argue"), 0.6),
    **dict.fromkeys(("command", "policy_hiding", "deflection", "non_apology"), 0.4),
    **dict.fromkeys(("selling", "feedback_too_early"), 0.4),
    **dict.fromkeys(("jargon", "too_long", "canned"), 0.25),
}
_ACTS = frozenset(("action", "options", "alternative"))
_CARE = frozenset(
    ("thanks", "feedback_open", "extra_mile", "warm_close", "check_solved", "goodwill_ok")
)
_EARNS: Mapping[str, frozenset[str]] = {
    "L": frozenset(("ack_specific", "say_back", "empathy_named", "sympathy")),
    "A": frozenset(("apology_full", "sympathy")),
    "O": frozenset(("ownership_i", "handover_warm")),
    "S": _ACTS | {"extra_mile", "explanation", "one_question"},
    "N": _ACTS | {"time_given", "one_question"},
    "R": frozenset(),
    "C": _CARE,
}
# What the agent may add or take out, in the order in which equal gains are offered.
_ADD: Mapping[str, str] = {
    "time_given": "add a time",
    "action": "say what you have done",
    "apology_full": "say sorry for what we did",
    "ack_specific": "say back one of their facts",
    "ownership_i": 'say what you do, with "I"',
    "thanks": "close with a thank-you",
}
_TAKE_OUT: Mapping[str, str] = {
    "abuse": "take out the insult",
    "blame_customer": "take out the blame",
    "invalidation": "take out what makes it small",
    "doubt": "take out the doubt",
    "argue": "take out the argument",
    "false_confession": "say sorry without taking the fault",
    "over_authority": "get the amount approved",
    "non_apology": "make it a real apology",
    "deflection": "hand over warmly or do it yourself",
    "policy_hiding": "give the reason, not the rule",
    "overpromise": "promise only what you control",
    "selling": "leave the offer for later",
    "feedback_too_early": "ask for feedback later",
    "early_compensation": "name the repair before the gift",
    "passive_evasion": 'say "we" did it',
    "missing_next_step": "say what happens next",
    "ignored_question": "answer their question",
    "repeated_apology": "keep one apology",
    "asked_again": "use what they told you",
    "command": "ask instead of ordering",
    "canned": "replace the formula by a fact",
    "said_before": "say it in other words",
    "jargon": "use an everyday word",
    "too_long": "make it shorter",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What the rubric asks of the conversation: phase, level, and whether an apology is due."""

    phase: Phase = Phase.OPENING
    level: Level = Level.CALM
    apology_due: bool = False

    @classmethod
    def of(cls, request: ReviewRequest) -> Case:
        """An apology is due when fault is the company's and this failure has had none."""
        due = request.fault is Fault.COMPANY and request.prior_apologies == 0
        return cls(request.phase, request.level, due)


@dataclass(frozen=True, slots=True)
class Score:
    total: int
    parts: tuple[ScorePart, ...]
    advice: str


def score(
    bad: Iterable[str], good: Iterable[str], case: Case, words: Mapping[str, tuple[str, ...]]
) -> Score:
    """The score of a reply with these codes. `words` are the words that showed each good code."""
    flagged, shown = frozenset(bad), frozenset(good)
    shares = _shares(flagged, shown, case)
    possible = POINTS[case.phase]
    parts = tuple(
        ScorePart(part, share * possible[part], possible[part], _words(part, shown, words))
        for part, share in shares.items()
        if possible[part]
    )
    return Score(_total(flagged, shown, case), parts, _advice(flagged, shown, case))


def _total(bad: frozenset[str], good: frozenset[str], case: Case) -> int:
    """Points of all parts, halves down, no more than the lowest cap."""
    possible = POINTS[case.phase]
    points = sum(share * possible[part] for part, share in _shares(bad, good, case).items())
    return min([math.ceil(round(points, 6) - 0.5), *(CAPS.get(code, 100) for code in bad)])


def _shares(bad: frozenset[str], good: frozenset[str], case: Case) -> dict[str, float]:
    """How much of each part is earned, 0 to 1."""
    return {
        "L": _listening(good),
        "A": _apology(bad, good, case.apology_due),
        "O": _ownership(bad, good, case.level),
        "S": _solution(good),
        "N": _next(bad, good),
        "R": max(0.0, 1.0 - sum(RESPECT.get(code, 0.0) for code in bad)),
        "C": 1.0 if good & _CARE else 0.0,
    }


def _listening(good: frozenset[str]) -> float:
    if good & {"ack_specific", "say_back"}:
        return 1.0
    return 0.4 if good & {"empathy_named", "sympathy"} else 0.0


def _apology(bad: frozenset[str], good: frozenset[str], due: bool) -> float:
    if "non_apology" in bad:
        return 0.0
    if not due:
        return 0.0 if bad & {"false_confession", "repeated_apology"} else 1.0
    if "apology_full" in good:
        return 1.0
    return 0.4 if "sympathy" in good else 0.0


def _ownership(bad: frozenset[str], good: frozenset[str], level: Level) -> float:
    """A simple answer at level 0 needs no ownership."""
    if bad & {"deflection", "passive_evasion"}:
        return 0.0
    return 1.0 if good & _EARNS["O"] or level is Level.CALM else 0.0


def _solution(good: frozenset[str]) -> float:
    if good & (_ACTS | {"extra_mile"}):
        return 1.0
    return 0.4 if good & {"explanation", "one_question"} else 0.0


def _next(bad: frozenset[str], good: frozenset[str]) -> float:
    if "missing_next_step" in bad:
        return 0.0
    if "time_given" in good:
        return 1.0
    return 0.5 if good & (_ACTS | {"one_question"}) else 0.0


def _words(
    part: str, good: frozenset[str], words: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    earned = [each for code in sorted(_EARNS[part] & good) for each in words.get(code, ())]
    return tuple(dict.fromkeys(earned))


def _advice(bad: frozenset[str], good: frozenset[str], case: Case) -> str:
    """The change that gains most, "add a time: +15"; empty when nothing would."""
    now = _total(bad, good, case)
    gains = [(0, "")]
    gains += [(_total(bad - {code}, good, case) - now, _TAKE_OUT[code]) for code in sorted(bad)]
    for code, text in _ADD.items():
        solved = bad - {"missing_next_step"} if code in ("time_given", "action") else bad
        if code in good or (code == "apology_full" and not case.apology_due):
            continue
        gains.append((_total(solved, good | {code}, case) - now, text))
    gain, text = max(gains, key=lambda each: each[0])
    return f"{text}: +{gain}" if gain > 0 else ""
