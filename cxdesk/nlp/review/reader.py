"""The network that reads an agent's draft beside the customer's words, and points at what may hurt.

A small transformer of our own (`scripts/train_drafts.py`), run by onnxruntime. It says for each
code how likely the draft has it, and which words it rests on. What that means beside the rules is
decided in `pointer`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession
from tokenizers import Encoding, Tokenizer

from cxdesk.model import ReviewRequest
from cxdesk.nlp.network import Floats, session, sigmoid

NETWORK, TOKENIZER, SETTINGS = "network.onnx", "tokenizer.json", "settings.json"

AROUND = 64  # word pieces of the conversation that are read, the last ones of a longer message
TOKENS = 192  # word pieces of the draft, some 140 words
_REMEMBERED = 200  # drafts: while a fix is tried, the same words are asked about again
_PART = 0.5  # a token is among the words from this share of the strongest one's probability
_BRIDGE = 2  # tokens between two words of a finding that are marked with them


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network thinks of a draft: for each code a probability, and its words.

    `words` are character spans [start, end) in the draft, in order; each code has at least one.
    """

    chances: Mapping[str, float]
    words: Mapping[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the numbers of the network stand for, and how sure it must be of each code.

    The limits are probabilities from 0 to 1, fitted on drafts that it has not seen: from `least` it
    advises, and a code without one is never pointed at; from `sure` what it takes for blame asks
    for a second key press; below `clears` what a rule advises against is left alone.
    """

    codes: tuple[str, ...]
    least: Mapping[str, float]
    sure: float
    clears: float

    def to_bytes(self) -> bytes:
        """The file that `DraftReader` reads."""
        return json.dumps(asdict(self), indent=1).encode()


class DraftReader:
    """The network in a folder, loaded when first asked. Raises OSError, then, where it is not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    @cached_property
    def settings(self) -> Settings:
        """Its codes and limits."""
        found = json.loads((self._folder / SETTINGS).read_bytes())
        return Settings(tuple(found["codes"]), found["least"], found["sure"], found["clears"])

    def read(self, request: ReviewRequest, text: str) -> Reading:
        """What it makes of `text`, written in the conversation that the request tells of."""
        return self._remembered(around(request), text)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer.from_str((self._folder / TOKENIZER).read_text("utf-8"))

    @cached_property
    def _session(self) -> InferenceSession:
        return session((self._folder / NETWORK).read_bytes())

    def _read(self, said: str, text: str) -> Reading:
        before, draft = self._tokenizer.encode(said), self._tokenizer.encode(text)
        ids, kinds, first = side_by_side(before, draft)
        feed = {"ids": np.array([ids], np.int64), "kinds": np.array([kinds], np.int64)}
        chances, words = (sigmoid(each[0]) for each in self._session.run(None, feed))
        offsets = draft.offsets[1 : len(ids) - first]
        marks = words[first : first + len(offsets)]
        codes = self.settings.codes
        return Reading(
            dict(zip(codes, chances.tolist(), strict=True)),
            {code: _runs(marks[:, at], offsets) for at, code in enumerate(codes)},
        )


def around(request: ReviewRequest) -> str:
    """The conversation in words: where it stands, and what the customer said; "" if unknown."""
    if not request.customer_text:
        return ""
    threat = ", legal threat" if request.legal_threat else ""
    again = ", apologised before" if request.prior_apologies else ""
    where, fault = request.phase.replace("_", " "), request.fault.replace("_", " ")
    state = f"{request.channel}, {where}, fault {fault}, {request.level.word}{threat}{again}"
    return f"{state}: {request.customer_text}"


def side_by_side(before: Encoding, draft: Encoding) -> tuple[list[int], list[int], int]:
    """Conversation and draft as one row: the word pieces, which of both each is of (0 and 1), and
    where the draft begins. Of a long message the head and the end are read."""
    said = before.ids
    if len(said) > AROUND:
        said = said[: AROUND // 2] + said[-AROUND // 2 :]
    written = draft.ids[1:][:TOKENS]
    return said + written, [0] * len(said) + [1] * len(written), len(said)


def _runs(chances: Floats, offsets: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The words that stand out: whatever is at least half as likely as the strongest."""
    if not len(chances):
        return ()
    least = float(chances.max()) * _PART
    spans: list[tuple[int, int]] = []
    last = -_BRIDGE - 2
    for at in np.flatnonzero(chances >= least).tolist():
        start, end = offsets[at]
        if start == end:
            continue
        if spans and at - last <= _BRIDGE + 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = at
    return tuple(spans)
