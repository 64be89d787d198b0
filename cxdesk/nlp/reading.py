"""What the matcher reads: a spaCy Doc as plain normalised words, without what only decorates.

Lower case, straight quotes, contractions opened ("don't", "dont" and "do not" all read "do not"),
"sooooo" read as "so", common misspellings as what was meant. Blank and decorating tokens (line
breaks, "#", "*") are left out, so that a pattern meets its words across a wrapped line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from cxdesk.nlp.pipeline import sentence_starts

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"'})
_PIECES = {
    "n't": "not", "nt": "not", "'ve": "have", "ve": "have", "'re": "are", "re": "are",
    "'ll": "will", "ll": "will", "'m": "am", "m": "am", "y'": "you", "gon": "going", "na": "to",
    "…": "...", "u": "you", "ur": "your", "r": "are", "'em": "them",
}  # fmt: skip
_BEFORE_NOT = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_SMALL_LETTERS = re.compile("[a-z]+")
_DECORATION = "#*_~\u200b\u200d\ufeff\ufe0f"
_CACHED = 50_000  # words kept in memory; a long import would otherwise grow without end


@dataclass(frozen=True, slots=True)
class Sentence:
    """Word offsets of a sentence; `head` and `tail` leave out punctuation and @names around it."""

    start: int
    stop: int
    head: int
    tail: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Normalised words of a Doc; `at` gives for each word its token in `doc`."""

    doc: Doc
    words: tuple[str, ...]
    at: tuple[int, ...]
    sentences: tuple[Sentence, ...]

    def sentence_of(self, word: int) -> int:
        """The number of the sentence that a word offset lies in."""
        return bisect_right(self.sentences, word, key=lambda each: each.start) - 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Character offsets of the words [start, end)."""
        first, last = self.doc[self.at[start]], self.doc[self.at[end - 1]]
        return first.idx, last.idx + len(last)


class Reader:
    """Turns Docs into Readings. `known` decides "stilll" -> "still" and "sooo" -> "so"."""

    def __init__(self, known: Collection[str], spelling: Mapping[str, str]) -> None:
        self._known = known
        self._spelling = spelling
        self._cache: dict[int, tuple[str, str]] = {}  # by spaCy's number of a token: text and word

    def read(self, doc: Doc) -> Reading:
        """The words of a Doc, sentence by sentence. Sentence marks in the Doc are not needed."""
        tokens = [
            self._cache.get(orth) or self._remember(doc, orth) for orth in _array(doc, "ORTH")
        ]
        begins = sentence_starts([text for text, _ in tokens], _array(doc, "IDX"))
        words: list[str] = []
        at: list[int] = []
        starts: list[int] = []
        pending = True
        for index, (_, word) in enumerate(tokens):
            pending = pending or begins[index]
            if not word:
                continue
            if pending:
                starts.append(len(words))
                pending = False
            if word == "not" and words and words[-1] in _BEFORE_NOT:
                words[-1] = _BEFORE_NOT[words[-1]]
            words.append(word)
            at.append(index)
        return Reading(doc, tuple(words), tuple(at), _sentences(words, starts))

    def _remember(self, doc: Doc, orth: int) -> tuple[str, str]:
        if len(self._cache) > _CACHED:
            self._cache.clear()
        text = doc.vocab.strings[orth]
        found = self._cache[orth] = text, self.normal(text)
        return found

    def normal(self, text: str) -> str:
        """One token as the word that is meant; "" for mere decoration."""
        word = text.lower().translate(_QUOTES).strip()
        if not word.strip(_DECORATION):
            return ""
        if word not in self._known and _STRETCHED.search(word):
            double = _STRETCHED.sub(r"\1\1", word)
            word = double if double in self._known else _STRETCHED.sub(r"\1", word)
        return _PIECES.get(word) or self._spelling.get(word, word)


class _Everything(frozenset[str]):
    """The vocabulary of rule files: whatever stands there is meant as it stands ("bbb")."""

    def __contains__(self, word: object) -> bool:
        return True


def pattern_words(
    tokenize: Callable[[str], Doc], special: Collection[str]
) -> Callable[[str], tuple[str, ...]]:
    """How a word of a pattern reads in a message: "can't" -> ("can", "not"). Cached.

    `special` are the words that the tokenizer treats apart; any other word of small letters is one
    token and is spared the tokenizer, which took a third of the time that rules need to load.
    Halves of contractions written alone ("ca n't") are understood too.
    """
    reader = Reader(_Everything(), {})
    cache: dict[str, tuple[str, ...]] = {half: (_BEFORE_NOT[half],) for half in ("ca", "wo", "sha")}

    def split(text: str) -> tuple[str, ...]:
        if text not in cache:
            is_plain = _SMALL_LETTERS.fullmatch(text) and text not in special
            cache[text] = (reader.normal(text),) if is_plain else reader.read(tokenize(text)).words
        return cache[text]

    return split


def _array(doc: Doc, attribute: str) -> list[int]:
    numbers: list[int] = doc.to_array(attribute).tolist()
    return numbers


def _sentences(words: list[str], starts: list[int]) -> tuple[Sentence, ...]:
    stops = [*starts[1:], len(words)][: len(starts)]
    return tuple(_sentence(words, *pair) for pair in zip(starts, stops, strict=True))


def _sentence(words: list[str], start: int, stop: int) -> Sentence:
    head, tail = start, stop
    while head < stop and not _counts(words[head]):
        head += 1
    while tail > head and not _counts(words[tail - 1]):
        tail -= 1
    return Sentence(start, stop, head if head < stop else start, tail)


def _counts(word: str) -> bool:
    return word[0].isalnum() or (word[0] == "'" and len(word) > 1)
