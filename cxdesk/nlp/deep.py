"""The deep tier: a small transformer of our own that estimates a text and points at its words.

A spaCy component around an ONNX file: onnxruntime and tokenizers, no torch. `scripts/train.py`
makes the folder it loads; `verdict` decides what an estimate means beside the rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from spacy.language import Language
from spacy.tokens import Doc
from tokenizers import Encoding, Tokenizer

from cxdesk.model import BlameTarget
from cxdesk.nlp.estimate import Estimate, Kind, Words
from cxdesk.nlp.weights import Weights

NAME = "deep"
FACTORY = "cxdesk_deep"
NETWORK = "network.onnx"
TOKENIZER = "tokenizer.json"
SETTINGS = "settings.json"
WEIGHTS = "weights.json"
FILES = (NETWORK, TOKENIZER, SETTINGS, WEIGHTS)

TOKENS = 128  # word pieces of one text that are read
BATCH = 8  # texts of like length; more gains nothing on one core (measured: 197, 174, 166 a second)
_RUN = 0.35  # a token is among the words from this probability
_NEAR = 0.5  # where none is, the strongest with its neighbours at this share of it
_LEAST = 0.05

_WORD = re.compile(r"[^\s.,;:!?\"()\[\]“”…]+")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the numbers of the network stand for, in its order."""

    targets: tuple[str, ...]
    kinds: tuple[str, ...]
    codes: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """The file that `from_disk` reads."""
        return json.dumps(asdict(self), indent=1).encode()


class DeepModel:
    """The component; `from_disk` makes it work. Not thread-safe with itself."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    # ------------------------------------------------------------ as a spaCy component

    def __call__(self, doc: Doc) -> Doc:
        """Put the estimate of a text into `doc.cats` and `doc.spans`."""
        self.estimate([doc.text])[0].put_on(doc)
        return doc

    def to_disk(self, path: Path, exclude: Sequence[str] = ()) -> None:  # noqa: ARG002
        """Write what was loaded into a folder."""
        path.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (path / name).write_bytes(content)

    def from_disk(self, path: Path, exclude: Sequence[str] = ()) -> DeepModel:  # noqa: ARG002
        """Load from a folder. Raises OSError or ValueError when it is not one of ours."""
        self._files = {name: (path / name).read_bytes() for name in FILES}
        self._settings = _settings(self._files[SETTINGS])
        self.weights = Weights.from_bytes(self._files[WEIGHTS])
        self._tokenizer = Tokenizer.from_str(self._files[TOKENIZER].decode())
        self._tokenizer.enable_truncation(TOKENS)
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(
            self._files[NETWORK], options, providers=["CPUExecutionProvider"]
        )
        return self

    # ------------------------------------------------------------ as a tier

    def estimate(self, texts: Sequence[str]) -> list[Estimate]:
        """The estimate of each text, in order; of a long one, of its first 128 word pieces."""
        encodings = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda at: len(encodings[at].ids))
        found: dict[int, Estimate] = {}
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            outputs = self._run([encodings[at] for at in batch])
            for row, at in enumerate(batch):
                numbers, words, codes = (output[row] for output in outputs)
                found[at] = self._estimate(texts[at], encodings[at], numbers, words, codes)
        return [found[at] for at in range(len(texts))]

    def _run(self, encodings: Sequence[Encoding]) -> list[Floats]:
        """Numbers of messages (texts, numbers), of words (texts, tokens, kinds) and codes."""
        width = max(len(each.ids) for each in encodings)
        ids = np.zeros((len(encodings), width), np.int64)
        mask = np.zeros_like(ids)
        for row, each in enumerate(encodings):
            ids[row, : len(each.ids)] = each.ids
            mask[row, : len(each.ids)] = 1
        outputs: list[Floats] = self._session.run(None, {"ids": ids, "mask": mask})
        return outputs

    def _estimate(
        self, text: str, encoding: Encoding, numbers: Floats, words: Floats, codes: Floats
    ) -> Estimate:
        """Of one row: frustrated, four levels, the targets, and whether a draft blames."""
        count = len(self._settings.targets)
        frustrated, low, some, high, top = _sigmoid(numbers[:5]).tolist()
        targets = _softmax(numbers[5 : 5 + count]).tolist()
        return Estimate(
            frustrated,
            (low, some, high, top),
            dict(zip(map(BlameTarget, self._settings.targets), targets, strict=True)),
            float(_sigmoid(numbers[5 + count])),
            tuple(self._words(text, encoding, _sigmoid(words), codes)),
        )

    def _words(
        self, text: str, encoding: Encoding, chances: Floats, codes: Floats
    ) -> Iterator[Words]:
        for column, kind in enumerate(self._settings.kinds):
            for first, last in _runs(chances[: len(encoding.ids), column]):
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


def _runs(chances: Floats) -> list[tuple[int, int]]:
    """Tokens [first, last) that stand out, one weak token between two strong ones included."""
    inner = chances.copy()
    inner[[0, -1]] = 0  # the marks around a text
    least = min(_RUN, max(float(inner.max()) * _NEAR, _LEAST))
    runs: list[tuple[int, int]] = []
    for at in np.flatnonzero(inner >= least).tolist():
        if runs and at - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _whole_words(text: str, offsets: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The words that some word pieces lie in, without the punctuation around them."""
    start, end = offsets[0][0], offsets[-1][1]
    touched = [
        match.span() for match in _around(text, start, end) if match.end() > start < len(text)
    ]
    return (touched[0][0], touched[-1][1]) if touched else (start, start)


def _around(text: str, start: int, end: int) -> Iterable[re.Match[str]]:
    begin = max(text.rfind(" ", 0, start) + 1, start - 60, 0)
    return (match for match in _WORD.finditer(text, begin) if match.start() < end)


def _sigmoid(logits: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-logits))
    return chances


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max())
    shares: Floats = powers / powers.sum()
    return shares
