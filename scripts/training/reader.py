"""Trains the network that reads drafts: a head for each code, and one for its words.

It begins where the deep tier's network ends, so that it has read customers before it reads agents.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from labelled_drafts import CODES, TOLD, Draft
from tokenizers import Tokenizer
from torch import Tensor, nn

from cxdesk.nlp.review.pointer import WHOLE_CODES
from cxdesk.nlp.review.reader import around, side_by_side
from training.descent import BATCH, binary, descend, in_batches
from training.lessons import OPEN
from training.network import WIDTH, encoder, tokenizer

EPOCHS = 5
# At the end, more slowly, once more those drafts that are most like what agents send: the other
# sources bring mostly rare wordings, and look-alikes of them.
LAST = frozenset(("dev", "mirrored"))
LAST_EPOCHS, LAST_PACE = 3, 0.3
SMOOTHED = 0.02
ALONE = 0.15  # of the drafts with a conversation, how many are shown without it
WORDS = 2.0  # how much the words count beside the codes
# How much a draft of a source counts.
WEIGHTS = {"dev": 3.0, "blame only": 0.5, "examples": 0.8, "playbook": 0.5}
# How many drafts of a source an epoch sees; of the older ones only the blame is known.
AT_MOST = {"blame only": 900}


Chances = Mapping[str, float]


class Network(nn.Module):
    """The encoder and its two heads, one for the codes of a draft and one for their words."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = encoder()
        self.drop = nn.Dropout(0.1)
        self.codes = nn.Linear(2 * WIDTH, len(CODES))
        self.words = nn.Linear(WIDTH, len(CODES))

    def forward(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of drafts beside conversations: (texts, codes) and (texts, tokens, codes).

        `kinds` is 0 for the conversation, 1 for the draft, 2 for padding.
        """
        hidden = self.bert(
            input_ids=ids, attention_mask=(kinds < 2).long(), token_type_ids=kinds.clamp(max=1)
        ).last_hidden_state
        is_draft = (kinds == 1).unsqueeze(-1)
        mean = (hidden * is_draft).sum(1) / is_draft.sum(1).clamp(min=1)
        highest = hidden.masked_fill(~is_draft, -1e4).max(1).values
        whole = self.drop(torch.cat([mean, highest], -1))
        return self.codes(whole), self.words(self.drop(hidden))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A row of word pieces, and what the heads should say, `OPEN` where that is not known."""

    ids: list[int]
    kinds: list[int]
    codes: Tensor
    words: Tensor
    weight: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Lessons side by side."""

    ids: Tensor
    kinds: Tensor
    codes: Tensor
    words: Tensor
    weight: Tensor


def train(
    drafts: Sequence[Draft], seed: int, say: Callable[[str], None], start: dict[str, Tensor] | None
) -> Network:
    """A trained network; `start` are weights of an encoder to begin with."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    tokens = tokenizer()
    network = Network()
    if start:
        network.bert.load_state_dict(start)

    def loss(some: Batch) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            codes, words = (each.float() for each in network(some.ids, some.kinds))
        return _loss(codes, words, some)

    def learn(from_drafts: Sequence[Draft], epochs: int, pace: float) -> None:
        steps = epochs * math.ceil(len(_chosen(from_drafts, dice)) / BATCH)
        descend(network, _batches(from_drafts, epochs, tokens, dice), steps, loss, say, pace)

    learn([each for each in drafts if each.source != "mirrored"], EPOCHS, 1.0)
    learn([each for each in drafts if each.source in LAST], LAST_EPOCHS, LAST_PACE)
    return network


def chances(network: Network, draft: Draft, tokens: Tokenizer) -> Chances:
    """How likely a trained network finds each code in a draft."""
    row = batch([lesson(draft, tokens, alone=False)])
    with torch.no_grad():
        codes, _ = network(row.ids, row.kinds)
    return dict(zip(CODES, torch.sigmoid(codes[0]).tolist(), strict=True))


def lesson(draft: Draft, tokens: Tokenizer, alone: bool) -> Lesson:
    """What one draft teaches; `alone` without its conversation, and nothing of what that tells."""
    said = "" if alone else around(draft.request)
    known = draft.known - (TOLD if alone and draft.request.customer_text else frozenset())
    written = tokens.encode(draft.request.text)
    ids, kinds, first = side_by_side(tokens.encode(said), written)
    codes = torch.full((len(CODES),), OPEN)
    words = torch.full((len(ids), len(CODES)), OPEN)
    for at, code in enumerate(CODES):
        if code not in known:
            continue
        spans = draft.words.get(code, ())
        codes[at] = float(code in draft.words)
        if code in WHOLE_CODES:
            continue
        words[first:, at] = 0
        for row, (start, end) in enumerate(written.offsets[1 : len(ids) - first + 1], first):
            if any(start < last and begin < end for begin, last in spans):
                words[row, at] = 1
    return Lesson(ids, kinds, codes, words, WEIGHTS.get(draft.source, 1.0))


def batch(lessons: Sequence[Lesson]) -> Batch:
    width = max(len(each.ids) for each in lessons)
    ids = torch.zeros(len(lessons), width, dtype=torch.long)
    kinds = torch.full_like(ids, 2)
    words = torch.full((len(lessons), width, len(CODES)), OPEN)
    for row, each in enumerate(lessons):
        count = len(each.ids)
        ids[row, :count] = torch.tensor(each.ids)
        kinds[row, :count] = torch.tensor(each.kinds)
        words[row, :count] = each.words
    return Batch(
        ids,
        kinds,
        torch.stack([each.codes for each in lessons]),
        words,
        torch.tensor([each.weight for each in lessons]),
    )


def _loss(codes: Tensor, words: Tensor, known: Batch) -> Tensor:
    loss = binary(codes, known.codes, known.weight[:, None], SMOOTHED) / len(known.weight)
    tokens = int((known.words != OPEN).any(-1).sum())
    each = binary(words, known.words, known.weight[:, None, None], 0.0)
    return loss + WORDS * each / max(tokens, 1)


def _batches(
    drafts: Sequence[Draft], epochs: int, tokens: Tokenizer, dice: random.Random
) -> Iterator[Batch]:
    for _ in range(epochs):
        chosen = _chosen(drafts, dice)
        lessons = [lesson(each, tokens, dice.random() < ALONE) for each in chosen]
        yield from map(batch, in_batches(lessons, dice))


def _chosen(drafts: Sequence[Draft], dice: random.Random) -> list[Draft]:
    sources: dict[str, list[Draft]] = {}
    for each in drafts:
        sources.setdefault(each.source, []).append(each)
    return [
        each
        for name, some in sources.items()
        for each in dice.sample(some, min(len(some), AT_MOST.get(name, len(some))))
    ]
