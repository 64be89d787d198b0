"""Whom a message blames: the target linked to the bad event, minus blame that is denied.

The link itself is in the rules (a subject and its bad event in one pattern); here it is decided
whether it holds: "I know it's not you", "they" after a courier, a question, a condition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from cxdesk.model import BlameTarget
from cxdesk.nlp import scope
from cxdesk.nlp.lexicon import Evidence
from cxdesk.nlp.reading import Reading

_ORDER = (
    BlameTarget.COMPANY,
    BlameTarget.AGENT,
    BlameTarget.PRODUCT,
    BlameTarget.THIRD_PARTY,
    BlameTarget.SELF,
)
_OTHERS = frozenset(
    ("thief", "thieves", "burglar", "burglars", "hacker", "hackers", "scammer", "scammers", "buyer",
     "seller", "sellers", "neighbour", "neighbours", "neighbor", "neighbors", "tenant", "tenants",
     "landlord", "builder", "plumber", "solicitor", "bank", "isp", "provider", "courier", "police",
     "government", "council", "authority", "someone", "somebody", "friend", "wife", "husband",
     "son", "daughter", "kids", "boss", "electrician", "cat", "dog", "russians", "agency")
)  # fmt: skip
_PRONOUNS = frozenset(("they", "he", "she", "them"))
_OURS = frozenset(("your", "you", "yall"))
_LOOK_BACK = 25
_LONGEST = 12  # words of one blame span


def blamed(evidence: Sequence[Evidence], reading: Reading) -> tuple[BlameTarget, list[Evidence]]:
    """The target, and all evidence with blame that does not hold left out and spans completed."""
    denied = {_clause(reading, each.first) for each in evidence if each.code == "denied"}
    kept: list[Evidence] = []
    targets: set[BlameTarget] = set()
    for each in evidence:
        if not _blames(each):
            kept.append(each)
            continue
        target = BlameTarget(each.rule.extra["blames"])
        if target.is_us and _clause(reading, each.first) in denied:
            continue
        if target.is_us and (
            _means_others(reading, each) or (denied and not _names_us(reading, each))
        ):
            targets.add(BlameTarget.THIRD_PARTY)
            continue
        kept.append(_whole_clause(each, reading))
    kept = _without_doubles(kept)
    targets |= {BlameTarget(each.rule.extra["blames"]) for each in kept if _blames(each)}
    return next((each for each in _ORDER if each in targets), BlameTarget.NONE), kept


def _clause(reading: Reading, word: int) -> tuple[int, int]:
    return scope.clause_start(reading, word), scope.clause_end(reading, word)


def _means_others(reading: Reading, each: Evidence) -> bool:
    """Whether "they" or "he" points back at somebody who is not ours, nearer than we are."""
    if reading.words[each.first] not in _PRONOUNS:
        return False
    words = reading.words[max(0, each.first - _LOOK_BACK) : each.first]
    for at in range(len(words) - 1, -1, -1):
        if words[at] in _OURS or words[at].startswith("@"):
            return False
        if words[at] in _OTHERS:
            return not (at and words[at - 1] in _OURS)
    return False


def _names_us(reading: Reading, each: Evidence) -> bool:
    """Whether the blame says "you" or our name; where we are cleared, nothing less is about us."""
    said = reading.words[each.first : each.last]
    return any(word in _OURS or word.startswith("@") for word in said)


def _whole_clause(each: Evidence, reading: Reading) -> Evidence:
    """The blame with the rest of its clause: "you lost" -> "you lost my parcel"."""
    end = scope.clause_end(reading, min(each.last, reading.sentences[each.sentence].tail - 1))
    last = max(each.last, min(end, each.first + _LONGEST))
    return replace(each, last=last, end=reading.span(each.first, last)[1])


def _blames(each: Evidence) -> bool:
    return "blames" in each.rule.extra


def _without_doubles(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Of blame cues that overlap once completed the one that begins first, a person before us."""
    persons: dict[int, list[Evidence]] = defaultdict(list)  # by sentence, which no cue leaves
    for each in evidence:
        if each.code == "blame_agent":
            persons[each.sentence].append(each)
    kept: list[Evidence] = []
    told: dict[str, int] = {}  # where the last blame of a code ends
    for each in sorted(evidence, key=lambda each: (each.start, -each.end, -each.weight)):
        if _blames(each):
            before_us = persons[each.sentence] if each.code == "blame_company" else ()
            if each.start < told.get(each.code, 0) or any(_meet(each, one) for one in before_us):
                continue
            told[each.code] = each.end
        kept.append(each)
    return kept


def _meet(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end
