"""Which of a match's words are shown: the few that a person would underline.

A pattern may need words around a cue to be sure of it ("ten times and ..."), and may end before
the words it speaks of ("still doesn't"). Here the ends are put right, inside the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cxdesk.nlp.lexicon import Evidence
from cxdesk.nlp.reading import Reading

_MARK = re.compile(r"[.,;!?…]+|[-–—:()\"'“”‘’»«]")
_JOINING = frozenset(("and", "or", "but", "then"))
_TRAILING = _JOINING | frozenset(
    ("a", "an", "the", "my", "your", "our", "their", "his", "her", "its", "there", "'s", "where",
     "which", "that", "because", "for", "from", "with", "at", "i", "how", "if", "when",
     "still")
)  # fmt: skip
_UNFINISHED = frozenset(("not", "never", "no"))
_PARTICLES = frozenset(("up", "off", "back", "away", "through"))
_FLAWED = frozenset(("broken", "cracked", "damaged", "smashed", "wrong", "faulty"))
_LOG_IN = frozenset((verb, "in") for verb in ("log", "logging", "logged", "sign", "signed"))


def marked(each: Evidence, reading: Reading) -> Evidence:
    """The evidence with the characters to underline; what is seen in the text itself stays."""
    if not each.rule.patterns:
        return each
    first, last = _trimmed(reading, each.first, each.last)
    last = _completed(reading, last)
    start, end = reading.span(first, last)
    return replace(each, start=_whole_word(reading, first, start), end=end)


def _trimmed(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Without punctuation and joining words at its ends; as it was where nothing else is left."""
    words, low, high = reading.words, first, last
    while high > low and (_is_mark(words[high - 1]) or words[high - 1] in _TRAILING):
        high -= 1
    while low < high and (_is_mark(words[low]) or words[low] in _JOINING):
        low += 1
    return (low, high) if low < high else (first, last)


def _completed(reading: Reading, last: int) -> int:
    """With the words that "still doesn't" and "nobody picks" wait for, in the same sentence."""
    words = reading.words
    stop = reading.sentences[reading.sentence_of(last - 1)].tail
    if last < stop and _waits(words, last) and words[last][0].isalnum():
        last += 1
    if last < stop and (words[last] in _PARTICLES or words[last - 1 : last + 1] in _LOG_IN):
        last += 1
    return last


def _waits(words: Sequence[str], last: int) -> bool:
    """Whether the match ends before the word it is about: "still no", "a cracked"."""
    if words[last - 1] in _UNFINISHED:
        return True
    return last > 1 and words[last - 2] in ("a", "an") and words[last - 1] in _FLAWED


def _whole_word(reading: Reading, first: int, start: int) -> int:
    """Where the word begins whose second half was matched: "can't" for "n't"."""
    at = reading.at[first]
    if not at:
        return start
    before = reading.doc[at - 1]
    is_half = not before.whitespace_ and before.text[-1:].isalpha()
    return before.idx if is_half else start


def _is_mark(word: str) -> bool:
    return _MARK.fullmatch(word) is not None
