"""A small trained judge of what a message is about: word by word, without any library.

Every known word, and some pairs of words, have a weight for each intent; what a message is about is
their sum (`scripts/train_intents.py`). It is read in milliseconds, for the window uses it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path

from cxdesk import paths
from cxdesk.playbook.phrases import LONGEST, lower

SETTINGS, TERMS, WEIGHTS = "settings.json", "terms.txt", "weights.bin"

START, END = "<", ">"
PREFIX = 5
"""Letters of an unknown word by which it is taken for its kin: "deliverd" counts as "deliv*"."""

_MOST_WORDS = 8
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[?!$€£₦₹¥%#]|[\U0001F300-\U0001FAFF]")
_SENTENCE_END = re.compile(r"[.!?\n]")


@dataclass(frozen=True, slots=True)
class Settings:
    """The intents in the order of the weights, what each has before a word is read, and the scale
    of a weight, which is kept as a whole number from -127 to 127.
    """

    codes: tuple[str, ...]
    constants: tuple[float, ...]
    scale: float

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text as the model knows it, [start, end)."""

    term: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words and telling signs of a text in small letters and with straight quotes."""
    return [
        Token(_term(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(lower(text[:LONGEST]))
    ]


def _term(word: str) -> str:
    return "0" if word[0].isdigit() else word


def pairs_of(tokens: Sequence[Token]) -> list[str]:
    """Each two neighbours, the ends of the text being neighbours too."""
    terms = [START, *(token.term for token in tokens), END]
    return [f"{one} {other}" for one, other in pairwise(terms)]


class IntentModel:
    """Weights by term. `terms` are words, pairs ("not arrived") and kin of words ("deliv*")."""

    def __init__(self, settings: Settings, terms: Sequence[str], weights: bytes) -> None:
        self.codes = settings.codes
        self._settings = settings
        self._place = {term: place for place, term in enumerate(terms)}
        self._weights = memoryview(weights).cast("b")

    def probabilities(self, tokens: Sequence[Token]) -> dict[str, float]:
        """How likely a text is about each intent; they make 1 together."""
        sums = [0] * len(self.codes)
        for term in {*(self._known(token.term) for token in tokens), *pairs_of(tokens)}:
            for place, weight in enumerate(self._row(term)):
                sums[place] += weight
        unit = self._settings.scale / sqrt(max(len({token.term for token in tokens}), 1))
        scores = zip(sums, self._settings.constants, strict=True)
        return dict(zip(self.codes, _shares([s * unit + c for s, c in scores]), strict=True))

    def words_for(self, code: str, tokens: Sequence[Token], text: str) -> tuple[int, int]:
        """Where the few words stand that speak most for an intent, (0, 0) if none does."""
        telling = self._telling(self.codes.index(code), tokens)
        cost = max(telling, default=0.0) * _DULL
        best, found = 0.0, (0, 0)
        for first, last in _stretches(tokens, text):
            sum_ = sum(telling[first : last + 1]) - cost * (last - first)
            if sum_ > best:
                best, found = sum_, (tokens[first].start, tokens[last].end)
        return found

    def _telling(self, column: int, tokens: Sequence[Token]) -> list[float]:
        """How much each word speaks for one intent rather than for the others."""
        found = [self._excess(self._known(token.term), column) for token in tokens]
        for place, pair in enumerate(pairs_of(tokens)):
            half = self._excess(pair, column) / 2
            for neighbour in (place - 1, place):
                if 0 <= neighbour < len(found):
                    found[neighbour] += half
        return found

    def _excess(self, term: str, column: int) -> float:
        row = self._row(term)
        return row[column] - sum(row) / len(row) if row else 0.0

    def _known(self, term: str) -> str:
        return term if term in self._place else f"{term[:PREFIX]}*"

    def _row(self, term: str) -> memoryview[int] | tuple[()]:
        place = self._place.get(term)
        width = len(self.codes)
        return () if place is None else self._weights[place * width : (place + 1) * width]


_DULL = 0.15  # what a further word must bring to be shown, of the most telling one's weight


def _stretches(tokens: Sequence[Token], text: str) -> Iterator[tuple[int, int]]:
    """First and last token of every run of a few words within a sentence."""
    for first in range(len(tokens)):
        for last in range(first, min(first + _MOST_WORDS, len(tokens))):
            if _SENTENCE_END.search(text, tokens[first].end, tokens[last].start):
                break
            yield first, last


def _shares(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    raised = [exp(score - highest) for score in scores]
    return [each / sum(raised) for each in raised]


@cache
def shipped_model() -> IntentModel:
    """The model that comes with the program."""
    return read_model(paths.resources() / "playbook" / "intents")


def read_model(folder: Path) -> IntentModel:
    """The model of a folder that `write_model` wrote."""
    fields = json.loads((folder / SETTINGS).read_text("utf-8"))
    settings = Settings(tuple(fields["codes"]), tuple(fields["constants"]), fields["scale"])
    terms = (folder / TERMS).read_text("utf-8").split("\n")
    return IntentModel(settings, terms, (folder / WEIGHTS).read_bytes())


def write_model(folder: Path, settings: Settings, terms: Sequence[str], weights: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS).write_text(settings.to_json() + "\n", "utf-8")
    (folder / TERMS).write_text("\n".join(terms), "utf-8")
    (folder / WEIGHTS).write_bytes(weights)
