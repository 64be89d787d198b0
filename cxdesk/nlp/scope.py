"""Who says a cue, and whether they mean it: negation, conditions, questions, quoted words.

A cue word alone proves little: "not frustrated", "if it breaks I'd be upset", "do you sue
resellers?" and words in quotation marks hold cue words and no complaint (GUIDANCE 2.4).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from cxdesk.nlp.reading import Reading

_REACH = 5  # how far before a cue a negation still governs it
_NEGATIONS = frozenset(("not", "never", "no", "hardly", "barely", "without", "neither", "nor"))
_NOT_NEGATING = frozenset(
    ("only", "just", "even", "merely", "simply", "more", "so", "this", "been")
)
_SUBJECTS = frozenset(("you", "they", "he", "she", "your", "yall", "youse"))
_SAYING = frozenset(
    ("think", "say", "saying", "said", "claim", "claiming", "mean", "suggest", "suggesting", "sure",
     "blame", "blaming", "imply", "implying", "complaining", "hope", "feel")
)  # fmt: skip
_CLAUSE_WORDS = frozenset(
    ("but", "because", "so", "why", "how", "when", "where", "who", "and", "if", "though",
     "although", "yet", "while", "whereas", "since", "or", "then", "as", "which", "still")
)  # fmt: skip
_CONDITIONS = frozenset(("if", "unless", "suppose", "supposing", "whether", "would", "might", "'d"))
_COUNTERFACTUAL = frozenset(("have", "been", "had"))
_GREETINGS = frozenset(
    ("and", "so", "but", "hi", "hello", "hey", "please", "ok", "okay", "well", "also", "then", "oh",
     "sorry", "guys", "team", "or", "now", "just", "yes", "no", "um", "dear", "there", "quick")
)  # fmt: skip
_POLAR = frozenset(
    ("do", "does", "did", "is", "are", "was", "were", "have", "has", "had", "can", "could", "will",
     "would", "should", "may", "shall", "am", "any", "anyone", "anybody")
)  # fmt: skip
_OPEN = frozenset(("what", "how", "when", "where", "which", "who", "whom", "whose", "why"))
_QUOTED = re.compile(
    r"“[^”\n]{2,400}”|\"[^\"\n]{2,400}\"|«[^»\n]{2,400}»"
    r"|(?<!\w)[‘'](?=\w)[^'‘’\n]{2,200}[’'](?!\w)"
)
_FORWARDED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_MOSTLY = 0.8  # a message that is nearly all quotation marks is its writer's own voice


class Asked(Enum):
    """How the clause around a cue asks."""

    NOT = "not"
    POLAR = "polar"
    OPEN = "open"


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """Character ranges that are somebody else's words: in quotation marks or on `>` lines."""
    if not any(sign in text for sign in "\"“«>'‘"):
        return []
    ranges = [each.span() for rule in (_QUOTED, _FORWARDED) for each in rule.finditer(text)]
    if sum(end - start for start, end in ranges) > _MOSTLY * len(text):
        return []
    return ranges


def is_inside(start: int, end: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether [start, end) lies in one of the ranges."""
    return any(low <= start and end <= high for low, high in ranges)


def word_at(reading: Reading, token: int) -> int:
    """The word offset of a token of the Doc."""
    return bisect_left(reading.at, token)


def clause_start(reading: Reading, word: int) -> int:
    """Where the clause of a word begins: after punctuation or a joining word."""
    start = reading.sentences[reading.sentence_of(word)].start
    for at in range(word - 1, start - 1, -1):
        if _is_boundary(reading.words[at]):
            return at + 1
    return start


def clause_end(reading: Reading, word: int) -> int:
    """Where the clause of a word ends, punctuation and joining word not included."""
    sentence = reading.sentences[reading.sentence_of(word)]
    for at in range(word, sentence.tail):
        if _is_boundary(reading.words[at]):
            return at
    return max(sentence.tail, word)


def is_negated(reading: Reading, word: int) -> bool:
    """Whether an odd number of negations governs a word, from its clause before it.

    A subject begins a clause of its own, which only saying and thinking reach into: "I don't think
    you lied" is negated, "it doesn't work you lied" is not, and "I can't believe you lied" is none.
    """
    start = max(clause_start(reading, word), word - _REACH)
    before = reading.words[start:word]
    if reading.words[word] in _SUBJECTS and not (_SAYING & set(before)):
        return False
    count = sum(
        each in _NEGATIONS and reading.words[start + at + 1] not in _NOT_NEGATING
        for at, each in enumerate(before[:-1])
    )
    count += bool(before) and before[-1] in _NEGATIONS
    count += any(pair == ("far", "from") for pair in pairwise(before))
    return count % 2 == 1


def is_hypothetical(reading: Reading, word: int) -> bool:
    """Whether a condition stands before the cue in its sentence: "if it breaks I'd be upset"."""
    start = reading.sentences[reading.sentence_of(word)].start
    before = reading.words[start:word]
    if any(each in _CONDITIONS for each in before[-8:]):
        return not _COUNTERFACTUAL & set(before[-2:])
    return before[:1] == ("should",) or " ".join(before[-7:]).find("in case") >= 0


def asked(reading: Reading, word: int) -> Asked:
    """How the sentence of a cue asks, judged by the first word of the cue's clause."""
    sentence = reading.sentences[reading.sentence_of(word)]
    if "?" not in "".join(reading.words[sentence.tail : sentence.stop]):
        return Asked.NOT
    for at in (_opening(reading, clause_start(reading, word)), _opening(reading, sentence.head)):
        if reading.words[at] in _POLAR:
            return Asked.POLAR
        if reading.words[at] in _OPEN:
            return Asked.OPEN
    return Asked.NOT


def _opening(reading: Reading, at: int) -> int:
    last = len(reading.words) - 1
    while at < last and (reading.words[at] in _GREETINGS or not reading.words[at][0].isalnum()):
        at += 1
    return at


def _is_boundary(word: str) -> bool:
    return word in _CLAUSE_WORDS or not (word[0].isalnum() or word[0] in "'@£$€-&/%")
