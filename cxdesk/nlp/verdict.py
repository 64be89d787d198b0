"""Where the rules and a trained tier meet: the one place that makes a verdict of both.

Two witnesses speak on each number: the tier with a probability, the rules with what they counted.
How much each is worth was fitted on labelled messages (`scripts/train.py`) and lies beside the
model; no number of that kind stands here. What no model may decide stays with the rules: flags and
the levels under and over which they hold a message, solved trouble, words that are quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from cxdesk.model import Analysis, BlameTarget, Confidence, Cue, Level
from cxdesk.nlp.estimate import Estimate, Kind, Words
from cxdesk.nlp.hearing import Heard
from cxdesk.nlp.mood import RELIEF
from cxdesk.nlp.weights import Weights

NOT_SURE = (0.3, 0.7)  # a chance between these is "not sure", and nothing is sorted by it
CLEARLY = 0.75  # from this chance a message is at level 2 at least
VERY_SURE = 0.9
SURELY_US = 0.8  # blame of us where the rules heard somebody else blamed
CALM = 0.05  # what a tier gives a text without trouble
MODEL = "model."  # how the rule ids of words begin that a tier found and no rule did
_SHOWN = 0.5  # how surely a word must count to be shown beside those of rules

_BLAME_CODES = {
    BlameTarget.COMPANY: "blame_company",
    BlameTarget.AGENT: "blame_agent",
    BlameTarget.PRODUCT: "blame_product",
}
IRONY = "sarcasm"
IRONIC = 0.75  # of messages that the rules find sarcastic, frustrated 87 % and level 2 75 % (of 57)
_OTHERS = (BlameTarget.THIRD_PARTY, BlameTarget.SELF)
_HURTS = 1.0  # the weight of a cue that lets a message count as troubled


def judged(
    text: str, heard: Heard, estimate: Estimate, weights: Weights, why: Callable[[str], str]
) -> Analysis:
    """The verdict on one message, with the words it rests on; `why` explains a code."""
    if _is_unmeant(heard, estimate):
        estimate = _silenced(estimate)
    if IRONY in heard.flags:
        estimate = _disenchanted(estimate)
    chance = round(weights.frustrated.chance(estimate.frustrated, heard.frustrated), 3)
    blames = round(weights.blames_us.chance(estimate.blames_us, heard.blames_us), 3)
    target = _target(heard, estimate, blames)
    level = _level(heard, estimate, weights, chance)
    return Analysis(
        level=level,
        frustration=chance,
        frustrated=level >= Level.FRUSTRATED or (chance >= 0.5 and level > Level.CALM),
        blame_target=target,
        flags=heard.flags,
        cues=tuple(sorted(_cues(text, heard, estimate, level, target, why), key=_place)),
        confidence=_confidence(chance, heard),
        blame=blames if target.is_us else min(blames, 0.499),
    )


# ------------------------------------------------------------------ the parts of a verdict


def _level(heard: Heard, estimate: Estimate, weights: Weights, chance: float) -> Level:
    """As many steps as are more likely than not, in line with whether it is frustrated at all."""
    steps = [
        weight.chance(tier, heard.frustrated) >= 0.5
        for weight, tier in zip(weights.at_least, estimate.at_least, strict=True)
    ]
    level = Level(next((at for at, reached in enumerate(steps) if not reached), len(steps)))
    if chance < 0.5:
        level = min(level, Level.ANNOYED)
    else:
        level = max(level, Level.FRUSTRATED if chance >= CLEARLY else Level.ANNOYED)
    return max(min(level, heard.ceiling), heard.floor)


def _target(heard: Heard, estimate: Estimate, blames: float) -> BlameTarget:
    """Whom it blames: one of ours when that is likelier than not, else anybody the rules saw."""
    if heard.target in _OTHERS and blames < SURELY_US:
        return heard.target
    if blames >= 0.5:
        if heard.target.is_us:
            return heard.target
        return max(_BLAME_CODES, key=lambda target: estimate.targets.get(target, 0.0))
    likely = max(_OTHERS, key=lambda target: estimate.targets.get(target, 0.0))
    return likely if estimate.targets.get(likely, 0.0) >= 0.5 else BlameTarget.NONE


def _confidence(chance: float, heard: Heard) -> Confidence:
    low, high = NOT_SURE
    if low < chance < high and heard.floor < Level.FRUSTRATED:
        return Confidence.LOW
    is_clear = chance >= VERY_SURE or chance <= 1 - VERY_SURE
    return Confidence.HIGH if is_clear else Confidence.MEDIUM


def _is_unmeant(heard: Heard, estimate: Estimate) -> bool:
    """Whether all words that speak for trouble are such as the customer does not say."""
    if not heard.unmeant:
        return False
    telling = [
        each
        for each in (*estimate.of(Kind.CUE), *estimate.of(Kind.BLAME_US))
        if each.probability >= _SHOWN
    ]
    return bool(telling) and all(_touches(each, heard.unmeant) for each in telling)


def _touches(words: Words, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(words.start < end and start < words.end for start, end in ranges)


def _silenced(estimate: Estimate) -> Estimate:
    """An estimate whose every reason has fallen away: as sure of calm as calm texts make it."""
    return Estimate(
        min(estimate.frustrated, CALM),
        (CALM, CALM / 2, CALM / 4, CALM / 8),
        {BlameTarget.NONE: 1 - CALM, BlameTarget.COMPANY: CALM},
        (),
    )


def _disenchanted(estimate: Estimate) -> Estimate:
    """An estimate that does not take praise at its word, where the rules hear that it is none."""
    low, some, high, top = estimate.at_least
    return replace(
        estimate,
        frustrated=max(estimate.frustrated, IRONIC),
        at_least=(max(low, IRONIC), max(some, IRONIC), high, top),
    )


# ------------------------------------------------------------------ the words


def _cues(
    text: str,
    heard: Heard,
    estimate: Estimate,
    level: Level,
    target: BlameTarget,
    why: Callable[[str], str],
) -> Iterator[Cue]:
    """The rules' cues, less blame that does not hold, and what the tier adds to them."""
    kept = [cue for cue in heard.cues if target.is_us or cue.code not in _BLAME_CODES.values()]
    yield from kept
    if target.is_us:
        has_blame = any(cue.code in _BLAME_CODES.values() for cue in kept)
        code = _BLAME_CODES[target]
        for words in _telling(estimate.of(Kind.BLAME_US), kept, needed=not has_blame):
            yield _cue(text, words, code, why)
    if level > Level.CALM:
        hurts = any(cue.weight >= _HURTS for cue in kept) or target.is_us
        troubled = [each for each in estimate.of(Kind.CUE) if each.code not in RELIEF]
        for words in _telling(troubled, kept, needed=not hurts):
            yield _cue(text, words, words.code, why)


def _telling(words: Sequence[Words], beside: Sequence[Cue], *, needed: bool) -> list[Words]:
    """Words sure enough to show that no rule has marked; at least the surest where needed."""
    marked = [(cue.start, cue.end) for cue in beside]
    free = [each for each in words if not _touches(each, marked)]
    shown = [each for each in free if each.probability >= _SHOWN]
    if needed and not shown and words:
        return [max(words, key=lambda each: each.probability)]
    return shown


def _cue(text: str, words: Words, code: str, why: Callable[[str], str]) -> Cue:
    said = text[words.start : words.end]
    return Cue(code, words.start, words.end, said, _HURTS, MODEL + code, why(code))


def _place(cue: Cue) -> tuple[int, int, str]:
    return cue.start, cue.end, cue.code
