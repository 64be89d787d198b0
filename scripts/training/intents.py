"""What messages are about, learned: a teacher that knows words by their meaning, and its pupil.

The teacher is two judges together, each learned from a thousand labelled messages: one reads the
sentence vectors of all-MiniLM-L6-v2, the other words and letters. It says what it thinks of many
unlabelled messages; from these and the labels the pupil learns, which is a sum over words. A word's
sum has three parts (the word, its letters, its vector), folded into one row of numbers at the end.
Nothing of this module ships.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]  # its stubs are another package
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from transformers import BertModel

from cxdesk.playbook.intent_model import PREFIX, pairs_of, tokens_of
from training.network import FOLDER, checked, tokenizer

Floats = NDArray[np.float64]

DIMENSIONS, VECTOR_WEIGHT = 256, 3.0
PAIR_WEIGHT, LETTERS_WEIGHT = 0.7, 0.35
STRENGTH = 1e-4  # of the pull towards small weights
ROUNDS, TEACHER_ROUNDS = 80, 40
SHARPNESS = 2.0
"""How much surer the pupil is than it was taught: fitted on 460 messages that it had not read."""
OPINION = 0.1  # what a message with the teacher's word counts beside a labelled one
COMMON = 30.0
"""How soon a frequent word's vector stops counting (Arora et al. 2017: inverse frequency)."""
KIN, FEWEST_KIN = 3_000, 3
MOST_PAIRS = 8_000


@dataclass(frozen=True, slots=True)
class Table:
    """What ships: a row of weights for each term, and a constant for each intent."""

    terms: list[str]
    rows: Floats
    constants: Floats


# ------------------------------------------------------------------ vectors


def sentence_vectors(texts: Sequence[str], batch: int = 64) -> Floats:
    """Of each text its vector by all-MiniLM-L6-v2, of length 1."""
    network = BertModel.from_pretrained(checked(FOLDER), add_pooling_layer=False).eval()
    words = tokenizer()
    words.enable_truncation(160)
    found = np.zeros((len(texts), network.config.hidden_size))
    by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(by_length), batch):
        places = by_length[start : start + batch]
        ids = [words.encode(texts[place]).ids for place in places]
        found[places] = _mean(network, ids)
    unit: Floats = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def _mean(network: BertModel, ids: Sequence[Sequence[int]]) -> Floats:
    longest = max(map(len, ids))
    padded = torch.tensor([[*one, *[0] * (longest - len(one))] for one in ids])
    mask = torch.tensor([[1.0] * len(one) + [0.0] * (longest - len(one)) for one in ids])
    with torch.inference_mode():
        hidden = network(input_ids=padded, attention_mask=mask).last_hidden_state
    mean: Floats = (hidden * mask.unsqueeze(-1)).sum(1).numpy() / mask.sum(1, keepdim=True).numpy()
    return mean


def known_words(texts: Iterable[str]) -> list[str]:
    """The words that the base knows whole, the commonest first, then all others of the texts."""
    by_place = sorted(tokenizer().get_vocab().items(), key=lambda one: one[1])
    base = [word for word, _ in by_place if re.fullmatch("[a-z]{2,}", word)]
    seen = {token.term for text in texts for token in tokens_of(text)}
    return base + sorted(word for word in seen - set(base) if word[0].isalpha())


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Of each word its vector in few dimensions, about 1 long."""

    place: Mapping[str, int]
    numbers: Floats


def word_vectors(words: Sequence[str]) -> WordVectors:
    vectors = sentence_vectors(words, batch=256)
    centred = vectors - vectors.mean(0)
    axes = np.linalg.svd(centred[:15_000], full_matrices=False)[2][:DIMENSIONS]
    short = centred @ axes.T
    numbers = short / np.linalg.norm(short, axis=1).mean()
    return WordVectors({word: place for place, word in enumerate(words)}, numbers)


# ------------------------------------------------------------------ what a text counts for


def letters_of(word: str) -> set[str]:
    """Runs of three to five letters of a word with its ends."""
    marked = f"<{word}>"
    runs = (3, 4, 5)
    return {marked[i : i + n] for n in runs for i in range(len(marked) - n + 1)}


class Features:
    """Texts as rows of numbers: words, pairs, letters, and the sum of the word vectors."""

    def __init__(self, texts: Sequence[str], vectors: WordVectors | None, fewest: int) -> None:
        counted = Counter(name for text in texts for name in _names(text))
        self._frequency = {name: count / len(texts) for name, count in counted.items()}
        kept = [name for name, count in counted.items() if count >= fewest or name[0] == "w"]
        self.place = {name: place for place, name in enumerate(kept)}
        self.weight = {
            name: _WEIGHTS[name[0]] * (math.log((1 + len(texts)) / (1 + counted[name])) + 1) / 3
            for name in kept
        }
        self.vectors = vectors

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        numbers, columns, ends = [], [], [0]
        for text in texts:
            unit = _unit(text)
            for name, count in _names(text).items():
                if name in self.place:
                    columns.append(self.place[name])
                    numbers.append(count * self.weight[name] * unit)
            ends.append(len(columns))
        found = sparse.csr_matrix((numbers, columns, ends), (len(texts), len(self.place)))
        if self.vectors is None:
            return found
        return sparse.csr_matrix(sparse.hstack([found, self._meanings(texts)]))

    def _meanings(self, texts: Sequence[str]) -> Floats:
        sums = (sum(map(self.meaning, _words(text)), np.zeros(DIMENSIONS)) for text in texts)
        return np.array([each * _unit(text) for each, text in zip(sums, texts, strict=True)])

    def meaning(self, word: str) -> Floats:
        """A word's vector as it counts: the less, the more often the word stands anywhere."""
        place = self.vectors.place.get(word) if self.vectors else None
        if place is None or self.vectors is None:
            return np.zeros(DIMENSIONS)
        rare = 1 / (1 + COMMON * self._frequency.get(f"w {word}", 0.0))
        found: Floats = self.vectors.numbers[place] * (rare * VECTOR_WEIGHT)
        return found


_WEIGHTS = {"w": 1.0, "p": PAIR_WEIGHT, "l": LETTERS_WEIGHT}


def _words(text: str) -> set[str]:
    return {token.term for token in tokens_of(text)}


def _unit(text: str) -> float:
    return float(1 / np.sqrt(max(len(_words(text)), 1)))


def _names(text: str) -> Counter[str]:
    words = _words(text)
    found = Counter(f"w {word}" for word in words)
    found.update(f"p {pair}" for pair in set(pairs_of(tokens_of(text))))
    found.update(f"l {run}" for word in words if word[0].isalpha() for run in letters_of(word))
    return found


# ------------------------------------------------------------------ learning


@dataclass(frozen=True, slots=True)
class Linear:
    weights: Floats
    constants: Floats

    def probabilities(self, rows: sparse.csr_matrix) -> Floats:
        return _shares(rows @ self.weights + self.constants)


def learned(
    rows: sparse.csr_matrix, wanted: Floats, counts: Floats, rounds: int = ROUNDS
) -> Linear:
    """The weights that make the wanted shares likeliest, kept small."""
    width, kinds = rows.shape[1], wanted.shape[1]
    turned, counts = rows.T.tocsr(), (counts / counts.sum())[:, None]

    def cost(flat: Floats) -> tuple[float, Floats]:
        weights, constants = flat[: width * kinds].reshape(width, kinds), flat[width * kinds :]
        shares = _shares(rows @ weights + constants)
        loss = -(counts * wanted * np.log(shares + 1e-12)).sum()
        slope = (shares - wanted) * counts
        down = turned @ slope + STRENGTH * weights
        return loss + STRENGTH / 2 * (weights**2).sum(), np.r_[down.ravel(), slope.sum(0)]

    start = np.zeros(width * kinds + kinds)
    end = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
    return Linear(end[: width * kinds].reshape(width, kinds), end[width * kinds :])


def _shares(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    found: Floats = raised / raised.sum(1, keepdims=True)
    return found


def teacher_says(
    texts: Sequence[str], wanted: Floats, vectors: Floats, asked: Sequence[str], of_asked: Floats
) -> Floats:
    """What two judges together make of unlabelled texts: the geometric mean of their shares."""
    features = Features(texts, None, fewest=1)
    ones = np.ones(len(texts))
    by_words = learned(features.rows(texts), wanted, ones, TEACHER_ROUNDS)
    places, kinds = np.nonzero(wanted)
    by_meaning = LogisticRegression(C=5, max_iter=200)
    by_meaning.fit(vectors[places], kinds, sample_weight=wanted[places, kinds])
    both = by_words.probabilities(features.rows(asked)) * by_meaning.predict_proba(of_asked)
    mean = np.sqrt(both)
    shares: Floats = mean / mean.sum(1, keepdims=True)
    return shares


def pupil(
    texts: Sequence[str], wanted: Floats, asked: Sequence[str], said: Floats, words: WordVectors
) -> Table:
    """A pupil of the labels and of what the teacher said, folded to one row a term."""
    everything = [*texts, *asked]
    features = Features(everything, words, fewest=2)
    counts = np.r_[np.ones(len(texts)), np.full(len(asked), OPINION)]
    linear = learned(features.rows(everything), np.vstack([wanted, said]), counts)
    return folded(features, linear, words)


# ------------------------------------------------------------------ folding


def folded(features: Features, linear: Linear, words: WordVectors) -> Table:
    """One row for each word, the strongest pairs, and the kin of words by their first letters."""
    by_word = {word: _row(features, linear, word) for word in words.place}
    signs = [name[2:] for name in features.place if name[0] == "w"]
    by_word |= {sign: _row(features, linear, sign) for sign in signs if sign not in by_word}
    rows = by_word | _pairs(features, linear) | _kin(by_word)
    numbers = np.array(list(rows.values()))
    return Table(list(rows), numbers * SHARPNESS, linear.constants * SHARPNESS)


def _row(features: Features, linear: Linear, word: str) -> Floats:
    names = [f"w {word}", *(f"l {run}" for run in letters_of(word) if word[0].isalpha())]
    row = features.meaning(word) @ linear.weights[len(features.place) :]
    for name in names:
        if name in features.place:
            row = row + linear.weights[features.place[name]] * features.weight[name]
    return row


def _pairs(features: Features, linear: Linear) -> dict[str, Floats]:
    rows = {
        name[2:]: linear.weights[place] * features.weight[name]
        for name, place in features.place.items()
        if name[0] == "p"
    }
    return dict(_strongest(rows, MOST_PAIRS))


def _kin(by_word: Mapping[str, Floats]) -> dict[str, Floats]:
    families: dict[str, list[Floats]] = {}
    for word, row in by_word.items():
        if len(word) >= PREFIX and word.isalpha():
            families.setdefault(f"{word[:PREFIX]}*", []).append(row)
    means = {kin: np.mean(rows, 0) for kin, rows in families.items() if len(rows) >= FEWEST_KIN}
    return dict(_strongest(means, KIN))


def _strongest(rows: Mapping[str, Floats], most: int) -> list[tuple[str, Floats]]:
    return sorted(rows.items(), key=lambda one: -float(np.ptp(one[1])))[:most]
