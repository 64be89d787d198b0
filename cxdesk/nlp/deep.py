"""The deep tier: a small transformer of our own that estimates a text and points at its words.

A spaCy component around an ONNX file: onnxruntime and tokenizers, no torch. `scripts/train.py`
makes the folder it loads; `verdict` decides what an estimate means beside the rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from spacy.language import Language
from tokenizers import Encoding, Tokenizer

from cxdesk.model import BlameTarget
from cxdesk.nlp.component import SETTINGS, WEIGHTS, TrainedTier
from cxdesk.nlp.estimate import Estimate, Kind, Words
from cxdesk.nlp.network import Floats, session, sigmoid

NAME = "deep"
FACTORY = "cxdesk_deep"
NETWORK = "network.onnx"
TOKENIZER = "tokenizer.json"

TOKENS = 128  # word pieces of one text that are read
_RUN = 0.35  # a token is among the words from this probability
_NEAR = 0.5  # where none is, the strongest with its neighbours at this share of it
_LEAST = 0.05
_GLANCE = 14  # word pieces, some ten words; of a longer run only tokens like its strongest
_ALIKE = 0.8
_KINDS = frozenset(Kind)
_ENDS = frozenset(".!?…")

_WORD = re.compile(r"[^\s.,;:!?\"()\[\]“”…]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the numbers of the network stand for, in its order."""

    targets: tuple[str, ...]
    kinds: tuple[str, ...]
    codes: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """The file that `from_disk` reads."""
        return json.dumps(asdict(self), indent=1).encode()


class DeepModel(TrainedTier):
    """The component."""

    FILES = (NETWORK, TOKENIZER, SETTINGS, WEIGHTS)

    def _load(self) -> None:
        self._settings = _settings(self._files[SETTINGS])
        self._targets = tuple(map(BlameTarget, self._settings.targets))
        self._tokenizer = Tokenizer.from_str(self._files[TOKENIZER].decode())
        self._tokenizer.enable_truncation(TOKENS)
        self._session = session(self._files[NETWORK])

    def estimate(self, texts: Sequence[str]) -> list[Estimate]:
        """The estimate of each text, in order; of a long one, of its first 128 word pieces.

        One at a time: beside others a text would be rounded otherwise (weights of 8 bits have one
        scale for all that is computed at once), and eight at once gain a fifth of the time only.
        """
        return [self._estimate(text) for text in texts]

    def _estimate(self, text: str) -> Estimate:
        """Numbers of the message: frustrated, four levels, the targets. The last one is of agents'
        drafts, on which the network was trained beside, and is not used."""
        encoding = self._tokenizer.encode(text)
        ids = np.array([encoding.ids], np.int64)
        outputs: list[Floats] = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        numbers, words, codes = (each[0] for each in outputs)
        frustrated, low, some, high, top = sigmoid(numbers[:5]).tolist()
        return Estimate(
            frustrated,
            (low, some, high, top),
            dict(zip(self._targets, _softmax(numbers[5:-1]).tolist(), strict=True)),
            tuple(self._words(text, encoding, sigmoid(words), codes)),
        )

    def _words(
        self, text: str, encoding: Encoding, chances: Floats, codes: Floats
    ) -> Iterator[Words]:
        ends = _sentence_ends(text, encoding)
        kinds = ((at, kind) for at, kind in enumerate(self._settings.kinds) if kind in _KINDS)
        for column, kind in kinds:
            for first, last in _runs(chances[:, column], ends):
                start, end = _whole_words(text, encoding.offsets[first:last])
                if end > start:
                    chance = float(chances[first:last, column].max())
                    code = self._code(kind, codes[first:last])
                    yield Words(Kind(kind), start, end, chance, code)

    def _code(self, kind: str, logits: Floats) -> str:
        if kind not in (Kind.CUE, Kind.RELIEF):
            return ""
        return self._settings.codes[int(logits.mean(axis=0).argmax())]


@Language.factory(FACTORY, assigns=["doc.cats", "doc.spans"])
def make_deep(nlp: Language, name: str) -> DeepModel:  # noqa: ARG001
    """The factory by which `spacy.load` makes the component before it reads its folder."""
    return DeepModel()


def _settings(content: bytes) -> Settings:
    found: dict[str, list[str]] = json.loads(content)
    return Settings(tuple(found["targets"]), tuple(found["kinds"]), tuple(found["codes"]))


def _runs(chances: Floats, ends: Collection[int]) -> Iterator[tuple[int, int]]:
    """Tokens [first, last) that stand out; no run holds one of `ends`, where a sentence ends."""
    least = min(_RUN, max(float(chances.max()) * _NEAR, _LEAST))
    first = None
    for at in range(len(chances) + 1):
        stands_out = at < len(chances) and chances[at] >= least and at not in ends
        if stands_out and first is None:
            first = at
        elif not stands_out and first is not None:
            yield _core(chances, first, at)
            first = None


def _core(chances: Floats, first: int, last: int) -> tuple[int, int]:
    """Of a run too long to be read at a glance the strongest token with its like around it."""
    if last - first <= _GLANCE:
        return first, last
    top = first + int(chances[first:last].argmax())
    least = float(chances[top]) * _ALIKE
    low = high = top
    while low > first and top - low < _GLANCE // 2 and chances[low - 1] >= least:
        low -= 1
    while high + 1 < last and high - low + 1 < _GLANCE and chances[high + 1] >= least:
        high += 1
    return low, high + 1


def _sentence_ends(text: str, encoding: Encoding) -> set[int]:
    """The tokens that end a sentence or begin a line, and the marks around a text."""
    ends = {0, len(encoding.ids) - 1}
    before = 0
    for at, (start, end) in enumerate(encoding.offsets):
        if text[start:end] in _ENDS or "\n" in text[before:start]:
            ends.add(at)
        before = end
    return ends


def _whole_words(text: str, offsets: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The words that some word pieces lie in, without the punctuation around them."""
    start, end = offsets[0][0], offsets[-1][1]
    begin = max(text.rfind(" ", 0, start) + 1, start - 60, 0)
    touched = [
        match.span()
        for match in _WORD.finditer(text, begin)
        if match.end() > start and match.start() < end
    ]
    if not touched or not any(map(str.isalnum, text[touched[0][0] : touched[-1][1]])):
        return start, start
    return touched[0][0], touched[-1][1]


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum(), np.float32)
