"""Raised voices: capitals and piled-up marks, and what only looks like them.

Codes, sizes, abbreviations, joy and people who always write in capitals do not shout.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_RAISED = re.compile(r"[^\W\d_a-z]{2}")
_MARKS = re.compile(r"!{2,}|\?{3,}|\?!+|!+\?+|\?{2,}!+")
_ADDRESS = re.compile(r"\S*(?:@|#|://|www\.)\S*")
_STRESSED = """
    a all already always am an and any anymore are asked back bad because broken but by can can't
    cancel cannot come did didn't do does doesn't done don't ever every everything fix for four
    from gave get give going gone got had has have hate he help her here how i if in is isn't it
    just know last late lie lies listen lost me money months more my need never no nobody not
    nothing now of off on one only or our out over paid please promised read really ridiculous she
    should so some still stop stupid than that the their them there they this three time times to
    today told twice two us very want was wasn't we weeks were what when where which who why will
    with won't work working worst wrong yes yet you your yourself days hours again fucking terrible
    unacceptable enough seriously hello wait waiting refund answer reply call called me mine
    immediately everything everyone absolutely completely ruined joke disgusting useless pathetic
"""
_EMPHATIC = frozenset(_STRESSED.split())
_JOY = re.compile(
    r"\b(love|loved|lovely|great|thank|thanks|awesome|amazing|happy|yay|wow|congrat\w*|best|cheers|"
    r"perfect|excited|fantastic|brilliant|wonderful|excellent|beautiful|good|nice|woohoo|hooray|"
    r"birthday|welcome|cool|delicious|enjoy\w*|winner|win|won|adore|glad|hello|hi|hey)\b",
    re.IGNORECASE,
)
_MOSTLY = 0.9
_FEW_LETTERS = 12


def capitals(text: str) -> Iterator[tuple[int, int]]:
    """Character ranges of shouted words; none for text that is in capitals throughout."""
    if not _RAISED.search(text):
        return
    words = _words(text)
    letters = sum(len(each[0]) for each in words)
    raised = [each for each in words if each[0].isupper()]
    if sum(len(each[0]) for each in raised) >= _MOSTLY * letters:
        return
    for run in _runs(text, words):
        if _is_shouted(run) and not _JOY.search(_sentence(text, run[0].start())):
            yield run[0].start(), run[-1].end()


def all_capitals(text: str) -> bool:
    """Whether a text of some length is in capitals throughout (this writer's normal, perhaps)."""
    letters = [each for each in text if each.isalpha()]
    raised = sum(each.isupper() for each in letters)
    return len(letters) >= _FEW_LETTERS and raised >= _MOSTLY * len(letters)


def marks(text: str) -> Iterator[tuple[int, int]]:
    """Character ranges of "!!", "?!", "???" where no joy stands in the sentence."""
    for found in _MARKS.finditer(text):
        if not _JOY.search(_sentence(text, found.start())):
            yield found.span()


def _words(text: str) -> list[re.Match[str]]:
    """The words of a text; those of addresses, #tags and @names are nobody's voice."""
    skipped = list(_ADDRESS.finditer(text))
    starts = [each.start() for each in skipped]

    def is_skipped(word: re.Match[str]) -> bool:
        at = bisect_right(starts, word.start()) - 1
        return at >= 0 and word.start() < skipped[at].end()

    return [each for each in _WORD.finditer(text) if not is_skipped(each)]


def _runs(text: str, words: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Neighbouring words in capitals, taken together within a sentence."""
    run: list[re.Match[str]] = []
    for word in words:
        joined = run and not re.search(r"[\w\n.!?]", text[run[-1].end() : word.start()])
        if run and not (joined and word[0].isupper()):
            yield run
            run = []
        if word[0].isupper():
            run.append(word)
    if run:
        yield run


def _is_shouted(run: Sequence[re.Match[str]]) -> bool:
    emphatic = [each for each in run if each[0].lower().replace("’", "'") in _EMPHATIC]
    if len(run) == 1:
        return bool(emphatic) and len(run[0][0]) > 2
    return any(len(each[0]) > 1 for each in emphatic)


def _sentence(text: str, at: int) -> str:
    """The text around a place, up to the marks and line breaks that end sentences."""
    start = max(text.rfind(mark, 0, at) for mark in ".!?\n") + 1
    if not text[start:at].strip():  # piled marks follow one another: the sentence is before them
        start = max(text.rfind(mark, 0, max(start - 1, 0)) for mark in ".?\n") + 1
    ends = [found for mark in ".!?\n" if (found := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))]
