"""The fast tier: words and pairs of words, each with a weight for each number. No network.

A linear model that was taught by the deep tier and by the labels (`scripts/train.py`): for archives
and long backlogs. The words it points at are those that weighed most.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from itertools import chain, pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from cxdesk.model import BlameTarget
from cxdesk.nlp.casing import lower
from cxdesk.nlp.component import SETTINGS, WEIGHTS, TrainedTier
from cxdesk.nlp.estimate import LEVELS, Estimate, Kind, Words

NAME = "fast"
FACTORY = "cxdesk_fast"
TERMS = "terms.txt"
NUMBERS = "numbers.npy"

_TELLING = 0.4  # words are looked for from this probability of frustration or blame
_SHARE = 0.4  # a word is shown from this share of the strongest word's weight
_BATCH = 256
_KNOWN = 50_000  # spellings remembered; a long import would otherwise grow without end
_PAIR = 20  # bits of a term's number within that of a pair

_TOKEN = re.compile(r"https?:\S+|@\w+|[a-z]+(?:['’][a-z]+)?|\d+|[!?]+|[^\w\s]")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_STRETCHED = re.compile(r"(\w)\1{2,}")
START, END, CAPITALS, MANY_CAPITALS = "<", ">", "<capitals>", "<many-capitals>"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the columns of the numbers are: frustrated, levels 1 to 4, then whom it blames.

    `codes` names for each token that often stands in cues the usual code; `accusing` are those that
    often stand in blame of us. No other token is pointed at.
    """

    constants: tuple[float, ...]
    targets: tuple[str, ...]
    codes: Mapping[str, str]
    accusing: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """The file that `from_disk` reads."""
        return json.dumps(asdict(self)).encode()


def tokens_of(text: str) -> list[str]:
    """The tokens of a text as the model knows them."""
    return [normal(token) for token in _TOKEN.findall(lower(text))]


def terms_of(text: str) -> list[str]:
    """All that a text counts for: its tokens, pairs of neighbours, and whether it is capitals."""
    tokens = tokens_of(text)
    pairs = [f"{one} {other}" for one, other in pairwise([START, *tokens, END])]
    return [*tokens, *pairs, *_shouts(text)]


def normal(token: str) -> str:
    """A token without what only one writer or day has: names, links, numbers, stretched letters."""
    first = token[0]
    if first == "@":
        return "@"
    if first.isdigit():
        return "0"
    if first in "!?":
        return token[:2]
    if token.startswith("http"):
        return "link"
    return _STRETCHED.sub(r"\1\1", token).replace("’", "'")


class FastModel(TrainedTier):
    """The component."""

    FILES = (TERMS, NUMBERS, SETTINGS, WEIGHTS)

    def _load(self) -> None:
        found = json.loads(self._files[SETTINGS])
        self._targets = tuple(map(BlameTarget, found["targets"]))
        self._numbers: Floats = np.load(BytesIO(self._files[NUMBERS])).astype(np.float32)
        self._constants = np.array(found["constants"], np.float32)
        terms = self._files[TERMS].decode().split("\n")
        self._rows = {term: row for row, term in enumerate(terms, 1) if " " not in term}
        self._pairs: dict[int, int] = {}
        for row, term in enumerate(terms, 1):
            one, _, other = term.partition(" ")
            if other:
                self._pairs[self._rows[one] << _PAIR | self._rows[other]] = row
        self._codes: dict[int, str] = {
            self._rows[token]: code for token, code in found["codes"].items()
        }
        none, ours = (
            self._numbers[:, 1 + LEVELS + self._targets.index(target)]
            for target in (BlameTarget.NONE, BlameTarget.COMPANY)
        )
        self._upset = _only(self._numbers[:, 0], self._codes)
        self._accuses = _only(ours - none, {self._rows[token] for token in found["accusing"]})
        self._known: dict[str, int] = {}

    def estimate(self, texts: Sequence[str]) -> list[Estimate]:
        """The estimate of each text, in order."""
        found: list[Estimate] = []
        for first in range(0, len(texts), _BATCH):
            batch = texts[first : first + _BATCH]
            found += map(self._estimate, batch, self._chances(batch))
        return found

    def _chances(self, texts: Sequence[str]) -> list[list[float]]:
        """Of each text the probabilities: frustrated, levels, targets."""
        rows = [self._rows_of(text) for text in texts]
        counts = np.array([len(each) for each in rows])
        flat = np.fromiter(chain.from_iterable(rows), np.int64, counts.sum())
        starts = np.concatenate(([0], counts.cumsum()[:-1]))
        sums = np.add.reduceat(self._numbers[flat], starts, axis=0)
        logits = sums / np.sqrt(counts)[:, None] + self._constants
        steps = 1 / (1 + np.exp(-logits[:, : 1 + LEVELS]))
        powers = np.exp(logits[:, 1 + LEVELS :])
        targets = powers / powers.sum(axis=1, keepdims=True)
        chances: list[list[float]] = np.hstack((steps, targets)).tolist()
        return chances

    def _rows_of(self, text: str) -> list[int]:
        """The rows of the terms that are known; never none, so that sums have a start each."""
        small = lower(text)
        known = self._known
        rows = [
            known[token] if token in known else self._row(token) for token in _TOKEN.findall(small)
        ]
        pair = self._pairs.get
        ends = [self._rows[START], *rows, self._rows[END]]
        rows += [pair(one << _PAIR | other, 0) for one, other in pairwise(ends)]
        if small != text:
            rows += [self._rows[each] for each in _shouts(text)]
        return [row for row in rows if row] or [0]

    def _row(self, token: str) -> int:
        row = self._known.get(token)
        if row is None:
            if len(self._known) > _KNOWN:
                self._known.clear()
            row = self._known[token] = self._rows.get(normal(token), 0)
        return row

    def _estimate(self, text: str, chances: Sequence[float]) -> Estimate:
        frustrated, low, some, high, top, *others = chances
        targets = dict(zip(self._targets, others, strict=True))
        found = Estimate(frustrated, (low, some, high, top), targets, ())
        if frustrated < _TELLING and found.blames_us < _TELLING:
            return found
        return replace(found, words=tuple(self._words(text, frustrated, found.blames_us)))

    # ------------------------------------------------------------ the words

    def _words(self, text: str, frustrated: float, blames: float) -> Iterator[Words]:
        tokens = list(_TOKEN.finditer(lower(text)))
        places = [token.span() for token in tokens]
        rows = [self._row(token.group()) for token in tokens]
        if frustrated >= _TELLING:
            yield from self._strongest(Kind.CUE, frustrated, places, rows, self._upset)
        if blames >= _TELLING:
            yield from self._strongest(Kind.BLAME_US, blames, places, rows, self._accuses)

    def _strongest(
        self,
        kind: Kind,
        chance: float,
        places: Sequence[tuple[int, int]],
        rows: Sequence[int],
        weights: Sequence[float],
    ) -> Iterator[Words]:
        """Runs of the tokens that weigh most."""
        weighs = [weights[row] for row in rows]
        most = max(weighs, default=0.0)
        if most <= 0:
            return
        for first, last in _runs([each >= most * _SHARE for each in weighs]):
            code = self._code(rows[first:last]) if kind is Kind.CUE else ""
            sure = chance * max(weighs[first:last]) / most
            yield Words(kind, places[first][0], places[last - 1][1], sure, code)

    def _code(self, rows: Sequence[int]) -> str:
        return next(self._codes[row] for row in rows if row in self._codes)


@Language.factory(FACTORY, assigns=["doc.cats", "doc.spans"])
def make_fast(nlp: Language, name: str) -> FastModel:  # noqa: ARG001 (spaCy's signature)
    """The factory by which `spacy.load` makes the component before it reads its folder."""
    return FastModel()


def _only(weights: Floats, rows: Collection[int]) -> list[float]:
    """The weights of some rows, none for all others; as a list, which is read faster."""
    kept = np.zeros_like(weights)
    some = list(rows)
    kept[some] = weights[some]
    return cast("list[float]", kept.tolist())


def _runs(marked: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, each in enumerate(marked):
        if each and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif each:
            runs.append((at, at + 1))
    return runs


def _shouts(text: str) -> list[str]:
    count = len(_CAPITALS.findall(text))
    return [CAPITALS, MANY_CAPITALS][: (count > 0) + (count > 3)]
