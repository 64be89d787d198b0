"""Trains the fast tier: a weight for each word and pair of words, and each number of a message.

It is taught by the labels and by the deep tier, whose probabilities on texts without labels say
more than a yes or no (distillation; Hinton, Vinyals & Dean 2015).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import torch
from labelled import Labelled
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from cxdesk.nlp import fast
from cxdesk.nlp.estimate import LEVELS, Estimate
from cxdesk.nlp.fast import Settings, terms_of
from cxdesk.nlp.mood import RELIEF
from training.network import TARGETS

RARE = 2  # texts that a term must stand in
EPOCHS = 12
BATCH = 256
RATE = 0.02
SMALL = 1e-5  # how strongly weights are held small
DROPPED = 0.3  # of the terms of a text, others each time: no single term decides
MARKED = 0.25  # of a token's places must be in marked words, for it to be pointed at
LABEL = 0.5  # the share of a label where the teacher has a say as well
LABELLED = 2.0  # how much a labelled text counts beside one that only the teacher knows

_NUMBERS = 1 + LEVELS
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FastParts:
    """The files of the fast component, weights beside the rules aside."""

    terms: bytes
    numbers: bytes
    settings: bytes


def train(texts: Sequence[Labelled], taught: Sequence[Estimate], seed: int) -> FastParts:
    """The fast tier, from texts with what the deep tier estimates of each."""
    torch.manual_seed(seed)
    counted = [terms_of(each.text) for each in texts]
    terms = _vocabulary(counted)
    rows = {term: at for at, term in enumerate(terms, 1)}
    known = [[rows[term] for term in some if term in rows] or [0] for some in counted]
    numbers, constants = _fit(known, len(terms) + 1, *_wanted(texts, taught))
    written = BytesIO()
    np.save(written, numbers.astype(np.float16))
    settings = Settings(
        tuple(constants.tolist()),
        TARGETS,
        {token: code for token, code in _codes(texts).items() if token in rows},
        tuple(token for token in _accusing(texts) if token in rows),
    )
    return FastParts("\n".join(terms).encode(), written.getvalue(), settings.to_bytes())


def _vocabulary(counted: Sequence[Sequence[str]]) -> list[str]:
    """Terms of more than one text; tokens first, pairs only of tokens that are there."""
    texts = Counter(term for some in counted for term in set(some))
    marks = [fast.START, fast.END, fast.CAPITALS, fast.MANY_CAPITALS]
    often = [term for term, count in texts.items() if count >= RARE and term not in marks]
    tokens = marks + [term for term in often if " " not in term]
    there = set(tokens)
    return tokens + [term for term in often if " " in term and there.issuperset(term.split(" "))]


def _wanted(texts: Sequence[Labelled], taught: Sequence[Estimate]) -> tuple[Floats, Floats]:
    """What each number should be, and how much each text counts for it: (texts, numbers)."""
    wanted = np.array([_row(each) for each in taught], np.float32)
    weight = np.ones_like(wanted)
    for row, each in enumerate(texts):
        for column, label in _labels(each):
            wanted[row, column] = LABEL * label + (1 - LABEL) * wanted[row, column]
            weight[row, column] = LABELLED
    return wanted, weight


def _row(estimate: Estimate) -> list[float]:
    targets = [estimate.targets[target] for target in TARGETS]
    return [estimate.frustrated, *estimate.at_least, *targets]


def _labels(each: Labelled) -> list[tuple[int, float]]:
    if each.source in ("goemotions", "weak"):
        return []
    found = [] if each.frustrated is None else [(0, float(each.frustrated))]
    if each.level is not None:
        found += [(step, float(each.level >= step)) for step in range(1, LEVELS + 1)]
    if each.target is not None:
        found += [(_NUMBERS + at, float(each.target is to)) for at, to in enumerate(TARGETS)]
    return found


def _fit(
    known: list[list[int]], terms: int, wanted: Floats, weight: Floats
) -> tuple[Floats, Floats]:
    """Weights (terms, numbers) and constants (numbers) by Adam, terms summed over their root."""
    table = nn.EmbeddingBag(terms, wanted.shape[1], mode="sum", padding_idx=0)
    nn.init.zeros_(table.weight)
    constants = nn.Parameter(torch.zeros(wanted.shape[1]))
    optimizer = torch.optim.Adam([table.weight, constants], lr=RATE)
    goal, counts = torch.tensor(wanted), torch.tensor(weight)
    steps = EPOCHS * math.ceil(len(known) / BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = torch.randperm(len(known)).tolist()
        for first in range(0, len(order), BATCH):
            some = order[first : first + BATCH]
            rows = torch.tensor([row for at in some for row in known[at]])
            rows = rows * (torch.rand(len(rows)) >= DROPPED)
            sizes = torch.tensor([len(known[at]) for at in some])
            logits = table(rows, sizes.cumsum(0) - sizes) / sizes.sqrt()[:, None] + constants
            loss = _loss(logits, goal[some], counts[some]) + SMALL * (table.weight[rows] ** 2).sum()
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
    return table.weight.detach().numpy(), constants.detach().numpy()


def _loss(logits: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    steps = functional.binary_cross_entropy_with_logits(
        logits[:, :_NUMBERS], wanted[:, :_NUMBERS], reduction="none"
    )
    targets = -functional.log_softmax(logits[:, _NUMBERS:], -1) * wanted[:, _NUMBERS:]
    return ((steps * weight[:, :_NUMBERS]).sum(1) + (targets * weight[:, _NUMBERS:]).sum(1)).mean()


def _codes(texts: Sequence[Labelled]) -> dict[str, str]:
    """For a token that often stands in cues: the code of most of them."""
    seen: dict[str, Counter[str]] = {}
    for each in texts:
        for start, end, code in each.cues or ():
            if not code.startswith("blame_") and code not in RELIEF:
                for token in fast.tokens_of(each.text[start:end]):
                    seen.setdefault(token, Counter())[code] += 1
    often = _often({token: codes.total() for token, codes in seen.items()}, texts)
    return {token: seen[token].most_common(1)[0][0] for token in often}


def _accusing(texts: Sequence[Labelled]) -> list[str]:
    """Tokens that often stand in words that blame us."""
    inside: Counter[str] = Counter()
    for each in texts:
        if each.blames:
            for start, end in each.spans or ():
                inside.update(fast.tokens_of(each.text[start:end]))
    return _often(inside, texts)


def _often(inside: Mapping[str, int], texts: Sequence[Labelled]) -> list[str]:
    """Tokens of which a fair part stands inside marks, of texts that are marked."""
    anywhere = Counter(
        token for each in texts if each.cues is not None for token in fast.tokens_of(each.text)
    )
    return sorted(
        token
        for token, count in inside.items()
        if count >= RARE and count >= MARKED * anywhere[token] and token[0].isalpha()
    )
