"""What a fix does to a sentence: which words go, and which facts stay. No Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Span = tuple[int, int]
"""[start, end) in Python characters."""

_WORD = re.compile(r"\S+")
_EDGES = " \t\n\"'“”‘’.,;:!?()[]…"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight"
_DAY = frozenset(_DAYS.split())
_NOT_NAMES = frozenset(("I", "I'm", "I've", "I'll", "I'd", "I’m", "I’ve", "I’ll", "I’d", "OK"))


def changed_words(old: str, new: str) -> tuple[Span, ...]:
    """The words of `old` that are not in `new`; neighbours are one span."""
    olds, news = _words(old), _words(new)
    compared = SequenceMatcher(None, _keys(old, olds), _keys(new, news), autojunk=False)
    return tuple(
        (olds[first][0], olds[last - 1][1])
        for tag, first, last, _, _ in compared.get_opcodes()
        if tag in ("replace", "delete")
    )


def kept_facts(old: str, new: str) -> tuple[str, ...]:
    """The numbers, names and dates of `old` that `new` has too."""
    lost = lost_facts(old, new)
    return tuple(fact for fact in facts(old) if fact not in lost)


def places(sentence: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Where these words stand in a sentence."""
    wanted = {each.lower() for each in words}
    return tuple(span for span in _words(sentence) if _bare(sentence, span).lower() in wanted)


def lost_facts(old: str, new: str) -> tuple[str, ...]:
    """The numbers, names and dates of `old` that `new` has no more."""
    return tuple(fact for fact in facts(old) if fact.lower() not in new.lower())


def facts(sentence: str) -> tuple[str, ...]:
    """The words of a sentence that must not get lost: numbers, names and dates, each once."""
    return tuple(dict.fromkeys(_facts(sentence)))


def _facts(sentence: str) -> Iterator[str]:
    begins = True
    for span in _words(sentence):
        word = _bare(sentence, span)
        is_name = word[:1].isupper() and not begins and word not in _NOT_NAMES
        if is_name or word.lower() in _DAY or any(map(str.isdigit, word)):
            yield word
        begins = sentence[span[1] - 1] in ".!?…"


def _words(sentence: str) -> Sequence[Span]:
    return [match.span() for match in _WORD.finditer(sentence)]


def _bare(sentence: str, span: Span) -> str:
    return sentence[slice(*span)].strip(_EDGES)


def _keys(sentence: str, words: Sequence[Span]) -> list[str]:
    """Words as they are compared: letter case and marks at their ends do not count."""
    return [_bare(sentence, span).lower() for span in words]
