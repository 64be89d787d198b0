"""Which words of the customer a draft takes up: nouns, numbers, dates, names, roughly stemmed."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_][\w'-]*|[$€£]?\d[\d.,:/-]*\d|\d")
# Words that carry nothing of the matter itself.
_EMPTY = """
    a about after again all also am an and another any anyone anything are around as at away back
    be because been before being both but by call came can cannot could day days did didn do does
    doesn doing don done down each either else even ever every few first for from get gets getting
    give given go goes going gone good got had has have haven having he hello help her here hers
    hey hi him his how i if in into is isn it its just keep know last least less let like ll long
    look lot made make makes many may me mean might mine more most much must my need never new
    next no nobody none nor not nothing now of off ok okay on once one only or other our ours out
    over own people perhaps please pm put quite rather re really right said same say saying see
    seem send sent set shall she should since so some someone something soon sorry still such sure
    take takes tell than thank thanks that the their them then there these they thing things think
    this those though through thx time times to today told tomorrow too tried try two under until
    up upon us use used ve very via want wanted was wasn way we week weeks well went were weren
    what whatever when where whether which while who whole whose why will with within without won
    work works would write wrote yes yesterday yet you your yours answer answered ask asked asking
    issue matter problem problems question reply service customer message mail email dear regards
    best kind morning hour hours minute minutes month months year years come
"""
_STOP = frozenset(_EMPTY.split())
_ENDINGS = "ations ation ments ment ingly ings ing edly ies ied ers er ed es ly s e y"
_SUFFIXES = tuple(_ENDINGS.split())


def content(text: str) -> frozenset[str]:
    """The stems of the words that carry content, and the numbers."""
    return frozenset(word for word, _, _ in content_spans(text))


def content_spans(text: str) -> list[tuple[str, int, int]]:
    """As `content`, each with its offsets, in order."""
    found = ((match[0].lower(), match) for match in _WORD.finditer(text))
    return [
        (stem(word), match.start(), match.end())
        for word, match in found
        if word not in _STOP and (len(word) > 2 or word[:1].isdigit())
    ]


def stem(word: str) -> str:
    """A rough stem, enough to see that "charged" and "charge" are one word."""
    word = word.removesuffix("'s").lstrip("$€£")
    if word[:1].isdigit():
        return word.rstrip(".,:")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return _undoubled(word[: -len(suffix)])
    return word


def _undoubled(word: str) -> str:
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word
