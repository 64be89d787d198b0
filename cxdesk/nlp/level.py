"""What the rules' evidence weighs (GUIDANCE 2.7): each code once, less what is good."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.model import Level
from cxdesk.nlp.lexicon import Evidence
from cxdesk.nlp.reading import Reading

FRUSTRATED = 2.5  # the score from which a message counts as frustrated, tuned on the dev sets
_LEAST = {0: 0.0, 1: 1.0, 2: 3.0, 3: 6.0, 4: 9.0}  # the score that a level stands for
_MANY = 3  # a code so often adds one
_ALSO_SAYS = 0.5  # "Nobody came" is silence and blame: the same words count in full once
_CONTRAST = frozenset(("but", "however", "though", "although", "except", "unfortunately", "yet"))


@dataclass(frozen=True, slots=True)
class Weighing:
    """What cues weigh together: a number 0..1, .5 where messages begin to count as frustrated.

    Some words say more than their weight: no level under `floor` nor over `ceiling` is possible.
    """

    frustration: float
    floor: Level
    ceiling: Level


def weigh(evidence: Sequence[Evidence], reading: Reading) -> Weighing:
    """What the rules make of one message."""
    against = [each for each in evidence if not each.is_positive]
    floor = _floor(against)
    score = _weight_of(against) - _relief(evidence, against, reading)
    felt = max(score, _LEAST[floor], 0.0)
    if _is_solved(evidence, against):
        floor = min(floor, Level.ANNOYED)
        return Weighing(_frustration(min(felt, 2.0)), floor, Level.ANNOYED)
    return Weighing(_frustration(felt), floor, max(_ceiling(against), floor))


def _weight_of(against: Sequence[Evidence]) -> float:
    strongest: dict[str, float] = {}
    counted: dict[int, list[Evidence]] = defaultdict(list)  # by sentence, which no cue leaves
    for each in sorted(against, key=lambda each: -each.weight):
        code = "blame" if "blames" in each.rule.extra else each.code
        beside = counted[each.sentence]
        says_more = any(_shares_words(each, other) for other in beside)
        weight = each.weight * _ALSO_SAYS if says_more else each.weight
        strongest[code] = max(strongest.get(code, 0.0), weight)
        beside.append(each)
    often = Counter(each.code for each in against if each.weight >= 1)
    return sum(strongest.values()) + sum(count >= _MANY for count in often.values())


def _shares_words(one: Evidence, other: Evidence) -> bool:
    return one.first < other.last and other.first < one.last


def _relief(evidence: Sequence[Evidence], against: Sequence[Evidence], reading: Reading) -> float:
    """What good words take off. Thanks around a complaint are manners and take off nothing."""
    complains = any(each.weight >= 1 for each in against)
    weights: dict[str, float] = {}
    for each in evidence:
        if not each.is_positive:
            continue
        if each.code == "gratitude" and complains:
            continue
        if _is_taken_back(each, against, reading):
            continue
        weights[each.code] = max(weights.get(each.code, 0.0), -each.weight)
    return sum(weights.values())


def _is_taken_back(each: Evidence, against: Sequence[Evidence], reading: Reading) -> bool:
    """What follows *but* counts more: "Great product, but the third one broke"."""
    later = [other for other in against if other.first >= each.last and other.weight >= 1]
    if not later:
        return False
    between = reading.words[each.last : later[-1].first]
    return bool(_CONTRAST & set(between))


def _is_solved(evidence: Sequence[Evidence], against: Sequence[Evidence]) -> bool:
    """Trouble told, then solved, and no trouble after it."""
    solved = max((each.first for each in evidence if each.code == "recovery"), default=-1)
    return solved >= 0 and all(each.first <= solved for each in against if each.weight >= 1)


def _ceiling(against: Sequence[Evidence]) -> Level:
    """What customers say themselves of how bad it is: their own slip, or "a bit annoyed"."""
    if against and all(each.code == "blame_self" for each in against):
        return Level.CALM
    hedged = [each.rule.extra["ceiling"] for each in against if "ceiling" in each.rule.extra]
    if hedged and all(each.weight <= 1 for each in against):
        return Level(min(hedged))
    return Level.FURIOUS


def _floor(against: Sequence[Evidence]) -> Level:
    """Some cues say more than their weight: an insult, a threat to leave, swearing in capitals."""
    codes = {each.code for each in against}
    floors = [
        each.rule.extra.get("floor", 0) for each in against if each.weight >= each.rule.weight
    ]
    if "profanity" in codes and "shouting" in codes:
        floors.append(Level.ANGRY)
    return Level(max(floors, default=0))


def _frustration(score: float) -> float:
    return round(1 / (1 + math.exp(-(score - FRUSTRATED))), 3)
