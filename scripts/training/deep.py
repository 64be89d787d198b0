"""Trains the deep tier's network: all heads at once, two epochs.

On two cores an epoch takes about four minutes. A third and fourth made it worse on real messages.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence

import torch
from labelled import Labelled
from torch import Tensor
from torch.nn import functional

from cxdesk.nlp.estimate import LEVELS
from training.descent import BATCH, binary, descend, in_batches
from training.lessons import OPEN, Batch, Lesson, batch, lesson
from training.network import TARGETS, Network, tokenizer

EPOCHS = 2
SMOOTHED = 0.03  # labels are 3 % to 97 %: about one in ten is a judgement call (LABELLING.md)
# How many texts of a large and distant source an epoch sees.
AT_MOST = {"reddit": 1500, "small talk": 400}

# How much each head counts.
LEVEL, TARGET, ASIDE, WORDS, CODE = 0.3, 0.4, 0.3, 2.0, 0.15

_OURS = [at for at, target in enumerate(TARGETS) if target.is_us]
_OTHERS = [at for at, target in enumerate(TARGETS) if not target.is_us]


def train(
    sources: Mapping[str, Sequence[Labelled]], seed: int, say: Callable[[str], None]
) -> Network:
    """A trained network. The same seed gives the same network on the same machine."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    tokens = tokenizer()
    lessons = [lesson(each, tokens) for each in _chosen(sources, dice)]
    network = Network()
    steps = EPOCHS * math.ceil(len(lessons) / BATCH)

    def loss(some: Batch) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            message, words, codes, aside = (each.float() for each in network(some.ids, some.mask))
        return loss_of(message, words, codes, aside, some)

    descend(network, _batches(lessons, dice), steps, loss, say)
    return network


def loss_of(message: Tensor, words: Tensor, codes: Tensor, aside: Tensor, known: Batch) -> Tensor:
    """How far the network is from the labels that are known of a batch."""
    frustrated, levels = message[:, 0], message[:, 1 : 1 + LEVELS]
    targets = functional.log_softmax(message[:, 1 + LEVELS : 1 + LEVELS + len(TARGETS)], -1)
    count = len(known.weight)
    ours = torch.logsumexp(targets[:, _OURS], -1) - torch.logsumexp(targets[:, _OTHERS], -1)
    loss = binary(frustrated, known.frustrated, known.weight, SMOOTHED) / count
    loss = loss + LEVEL * binary(levels, known.levels, known.weight[:, None], SMOOTHED) / count
    loss = loss + binary(ours, known.blames_us, known.weight, SMOOTHED) / count
    loss = loss + binary(message[:, -1], known.blames_customer, known.weight, SMOOTHED) / count
    loss = loss + ASIDE * binary(aside[:, 0], known.aside, known.weight, SMOOTHED) / count
    named = functional.nll_loss(targets, known.target, ignore_index=int(OPEN), reduction="none")
    loss = loss + TARGET * (named * known.weight).sum() / count
    marked = int((known.words != OPEN).sum())
    loss = loss + WORDS * binary(words, known.words, torch.ones(()), 0.0) / max(marked, 1)
    if (known.codes >= 0).any():
        loss = loss + CODE * functional.cross_entropy(
            codes.flatten(0, 1), known.codes.flatten(), ignore_index=int(OPEN)
        )
    return loss


def _chosen(sources: Mapping[str, Sequence[Labelled]], dice: random.Random) -> list[Labelled]:
    chosen: list[Labelled] = []
    for name, some in sources.items():
        most = AT_MOST.get(name, len(some))
        chosen += some if len(some) <= most else dice.sample(list(some), most)
    return chosen


def _batches(lessons: list[Lesson], dice: random.Random) -> Iterator[Batch]:
    for _ in range(EPOCHS):
        yield from map(batch, in_batches(lessons, dice))
