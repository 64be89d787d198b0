"""Trains the deep tier's network: all heads at once, two epochs.

On two cores an epoch takes about four minutes. A third and fourth made it worse on real messages.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

import torch
from labelled import Labelled
from torch import Tensor, nn
from torch.nn import functional

from cxdesk.nlp.estimate import LEVELS
from training.lessons import OPEN, Batch, Lesson, batch, lesson
from training.network import TARGETS, Network, tokenizer

EPOCHS = 2
BATCH = 16
RATE, HEADS_RATE = 6e-5, 1e-3
WARM_UP = 0.08  # of all steps
SMOOTHED = 0.03  # labels are 3 % to 97 %: about one in ten is a judgement call (LABELLING.md)
POOL = 20  # batches among which texts are sorted by length, so that padding costs little
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
    network.train()
    optimizer = _optimizer(network)
    steps = EPOCHS * math.ceil(len(lessons) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    began = time.monotonic()
    for step, some in enumerate(_batches(lessons, dice), 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            message, words, codes, aside = (each.float() for each in network(some.ids, some.mask))
        loss = loss_of(message, words, codes, aside, some)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 50 == 0:
            say(f"step {step} of {steps}, loss {loss.item():.2f}, {time.monotonic() - began:.0f} s")
    network.eval()
    return network


def loss_of(message: Tensor, words: Tensor, codes: Tensor, aside: Tensor, known: Batch) -> Tensor:
    """How far the network is from the labels that are known of a batch."""
    frustrated, levels = message[:, 0], message[:, 1 : 1 + LEVELS]
    targets = functional.log_softmax(message[:, 1 + LEVELS : 1 + LEVELS + len(TARGETS)], -1)
    count = len(known.weight)
    ours = torch.logsumexp(targets[:, _OURS], -1) - torch.logsumexp(targets[:, _OTHERS], -1)
    loss = _binary(frustrated, known.frustrated, known.weight) / count
    loss = loss + LEVEL * _binary(levels, known.levels, known.weight[:, None]) / count
    loss = loss + _binary(ours, known.blames_us, known.weight) / count
    loss = loss + _binary(message[:, -1], known.blames_customer, known.weight) / count
    loss = loss + ASIDE * _binary(aside[:, 0], known.aside, known.weight) / count
    named = functional.nll_loss(targets, known.target, ignore_index=int(OPEN), reduction="none")
    loss = loss + TARGET * (named * known.weight).sum() / count
    marked = int((known.words != OPEN).sum())
    loss = loss + WORDS * _binary(words, known.words, torch.ones(()), smoothed=0.0) / max(marked, 1)
    if (known.codes >= 0).any():
        loss = loss + CODE * functional.cross_entropy(
            codes.flatten(0, 1), known.codes.flatten(), ignore_index=int(OPEN)
        )
    return loss


def _binary(logits: Tensor, labels: Tensor, weight: Tensor, smoothed: float = SMOOTHED) -> Tensor:
    """The summed cross-entropy of what is labelled."""
    wanted = labels.clamp(0, 1) * (1 - 2 * smoothed) + smoothed
    each = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return (each * weight * (labels != OPEN)).sum()


def _chosen(sources: Mapping[str, Sequence[Labelled]], dice: random.Random) -> list[Labelled]:
    chosen: list[Labelled] = []
    for name, some in sources.items():
        most = AT_MOST.get(name, len(some))
        chosen += some if len(some) <= most else dice.sample(list(some), most)
    return chosen


def _batches(lessons: list[Lesson], dice: random.Random) -> Iterator[Batch]:
    """All lessons once an epoch, in another order each time, those of like length together."""
    for _ in range(EPOCHS):
        dice.shuffle(lessons)
        size = BATCH * POOL
        pools = [lessons[at : at + size] for at in range(0, len(lessons), size)]
        ordered = [sorted(pool, key=lambda each: len(each.ids)) for pool in pools]
        some = [pool[at : at + BATCH] for pool in ordered for at in range(0, len(pool), BATCH)]
        dice.shuffle(some)
        yield from map(batch, some)


def _optimizer(network: Network) -> torch.optim.AdamW:
    body = [each for name, each in network.named_parameters() if name.startswith("bert.")]
    heads = [each for name, each in network.named_parameters() if not name.startswith("bert.")]
    groups = [{"params": body, "lr": RATE}, {"params": heads, "lr": HEADS_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _rate(step: int, steps: int) -> float:
    """A short rise, then a straight way down to nothing."""
    return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)
