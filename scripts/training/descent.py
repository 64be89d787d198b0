"""What the training of both networks shares: the order of the lessons, the loss of what is
labelled, and the way down."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.lessons import OPEN

BATCH = 16
RATE, HEADS_RATE = 6e-5, 1e-3
WARM_UP = 0.08  # of all steps
POOL = 20  # batches among which texts are sorted by length, so that padding costs little


class _Long(Protocol):
    @property
    def ids(self) -> list[int]: ...


SomeLesson = TypeVar("SomeLesson", bound=_Long)
SomeBatch = TypeVar("SomeBatch")


def descend(
    network: nn.Module,
    batches: Iterable[SomeBatch],
    steps: int,
    loss_of: Callable[[SomeBatch], Tensor],
    say: Callable[[str], None],
    pace: float = 1.0,
) -> None:
    """Train a network on batches, of which there are `steps`; afterwards it is ready for use.

    `pace` is a part of the usual rates, for a network that has learned already.
    """
    network.train()
    optimizer = _optimizer(network, pace)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    began = time.monotonic()
    for step, some in enumerate(batches, 1):
        loss = loss_of(some)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 50 == 0:
            say(f"step {step} of {steps}, loss {loss.item():.2f}, {time.monotonic() - began:.0f} s")
    network.eval()


def binary(logits: Tensor, labels: Tensor, weight: Tensor, smoothed: float) -> Tensor:
    """The summed cross-entropy of what is labelled."""
    wanted = labels.clamp(0, 1) * (1 - 2 * smoothed) + smoothed
    each = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    return (each * weight * (labels != OPEN)).sum()


def in_batches(lessons: list[SomeLesson], dice: random.Random) -> Iterator[Sequence[SomeLesson]]:
    """All lessons once, those of like length together; the list is shuffled for it."""
    dice.shuffle(lessons)
    size = BATCH * POOL
    pools = [lessons[at : at + size] for at in range(0, len(lessons), size)]
    ordered = [sorted(pool, key=lambda each: len(each.ids)) for pool in pools]
    some = [pool[at : at + BATCH] for pool in ordered for at in range(0, len(pool), BATCH)]
    dice.shuffle(some)
    yield from some


def _optimizer(network: nn.Module, pace: float) -> torch.optim.AdamW:
    body = [each for name, each in network.named_parameters() if name.startswith("bert.")]
    heads = [each for name, each in network.named_parameters() if not name.startswith("bert.")]
    groups = [{"params": body, "lr": pace * RATE}, {"params": heads, "lr": pace * HEADS_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _rate(step: int, steps: int) -> float:
    """A short rise, then a straight way down to nothing."""
    return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)
