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
_LONGEST = 16  # words of one blame span
# Words after which the same failing goes on ("you closed it when I asked"), and words after which
# it does so unless somebody else begins to act ("and kept the money", not "and I missed it").
# Overlap F1 with labelled spans .78 instead of .74 in our own messages, and level in real ones.
_GOING_ON = frozenset(("when", "if", "as", "while", "where", "how", "who", "which", "since"))
_JOINING = frozenset(("and", "or", "then", "so", "because"))
_NEXT_SUBJECT = frozenset(
    ("i", "we", "you", "they", "he", "she", "it", "my", "our", "your", "the", "this", "that",
     "there", "nobody", "no", "what")
)  # fmt: skip


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
        kept.append(each)
    kept = [_whole_failing(each, reading) for each in _persons_first(kept)]
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


def _whole_failing(each: Evidence, reading: Reading) -> Evidence:
    """Blame with the rest of what was done: "you lost" -> "you lost my parcel and kept the fee"."""
    if not _blames(each):
        return each
    tail = reading.sentences[each.sentence].tail
    end = scope.clause_end(reading, min(each.last, tail - 1))
    while end < tail and _goes_on(reading.words[end : end + 2]):
        end = scope.clause_end(reading, end + 1)
    last = max(each.last, min(end, each.first + _LONGEST))
    return replace(each, last=last, end=reading.span(each.first, last)[1])


def _goes_on(words: Sequence[str]) -> bool:
    """Whether the same failing goes on after the first of two words."""
    if words[0] in _GOING_ON:
        return True
    return words[0] in _JOINING and words[1:] != () and words[1] not in _NEXT_SUBJECT


def _blames(each: Evidence) -> bool:
    return "blames" in each.rule.extra


def _persons_first(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Without blame of us in the words that blame a person."""
    persons: dict[int, list[Evidence]] = defaultdict(list)  # by sentence, which no cue leaves
    for each in evidence:
        if each.code == "blame_agent":
            persons[each.sentence].append(each)
    return [
        each
        for each in evidence
        if each.code != "blame_company"
        or not any(_meet(each, one) for one in persons[each.sentence])
    ]


def _without_doubles(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Of blame cues that overlap once completed the one that begins first, then the surest."""
    kept: list[Evidence] = []
    told: dict[str, int] = {}  # where the last blame of a code ends
    for each in sorted(evidence, key=lambda each: (each.start, -each.end, -each.weight)):
        if _blames(each):
            if each.start < told.get(each.code, 0):
                continue
            told[each.code] = each.end
        kept.append(each)
    return kept


def _meet(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end
