"""Labelled texts as the numbers that the network learns from; what nobody labelled is left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from labelled import Labelled
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from cxdesk.model import BlameTarget
from cxdesk.nlp.estimate import LEVELS, Kind
from cxdesk.nlp.mood import RELIEF
from training.network import CODES, DRAFT, KINDS, TARGETS

TOKENS = 96  # of a text that are learned from
OPEN = -100.0

# How much a text of a source counts. Real support messages, labelled in context, count most; of
# the weak labels about one in six is wrong.
WEIGHTS = {"conversations": 1.5, "labelled": 1.3, "weak": 0.2, "goemotions": 0.5}
# Sources that mark every cue, so that a word without a mark is known to be none.
_THOROUGH = ("conversations", "labelled", "messages_", "written_calm_and_traps", "corrections")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text as word pieces, and for each head what it should say, `OPEN` where that is not known.

    `words` is (tokens, kinds) and `codes` a code's number for each token.
    """

    ids: list[int]
    frustrated: float
    levels: list[float]
    target: int
    blames_us: float
    blames_customer: float
    aside: float
    words: Tensor
    codes: Tensor
    weight: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Lessons side by side: (texts, …) each, ids and mask (texts, tokens)."""

    ids: Tensor
    mask: Tensor
    frustrated: Tensor
    levels: Tensor
    target: Tensor
    blames_us: Tensor
    blames_customer: Tensor
    aside: Tensor
    words: Tensor
    codes: Tensor
    weight: Tensor


def lesson(each: Labelled, tokenizer: Tokenizer) -> Lesson:
    """What one text teaches."""
    encoding = tokenizer.encode(each.text)
    words, codes = _words(each, encoding)
    is_reddit = each.source == "goemotions"
    return Lesson(
        ids=encoding.ids[:TOKENS],
        frustrated=OPEN if is_reddit else _number(each.frustrated),
        levels=[
            OPEN if each.level is None else float(each.level >= step)
            for step in range(1, LEVELS + 1)
        ],
        target=int(OPEN) if each.target is None else TARGETS.index(each.target),
        blames_us=OPEN if each.is_draft else _number(each.blames),
        blames_customer=_number(each.blames) if each.is_draft else OPEN,
        aside=_number(each.frustrated) if is_reddit else OPEN,
        words=words,
        codes=codes,
        weight=WEIGHTS.get(each.source, 1.0),
    )


def batch(lessons: Sequence[Lesson]) -> Batch:
    """Lessons padded to the longest."""
    width = max(len(each.ids) for each in lessons)
    ids = torch.zeros(len(lessons), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    words = torch.full((len(lessons), width, len(KINDS)), OPEN)
    codes = torch.full((len(lessons), width), int(OPEN))
    for row, each in enumerate(lessons):
        count = len(each.ids)
        ids[row, :count] = torch.tensor(each.ids)
        mask[row, :count] = 1
        words[row, :count] = each.words
        codes[row, :count] = each.codes
    return Batch(
        ids=ids,
        mask=mask,
        frustrated=torch.tensor([each.frustrated for each in lessons]),
        levels=torch.tensor([each.levels for each in lessons]),
        target=torch.tensor([each.target for each in lessons]),
        blames_us=torch.tensor([each.blames_us for each in lessons]),
        blames_customer=torch.tensor([each.blames_customer for each in lessons]),
        aside=torch.tensor([each.aside for each in lessons]),
        words=words,
        codes=codes,
        weight=torch.tensor([each.weight for each in lessons]),
    )


def _number(label: bool | None) -> float:
    return OPEN if label is None else float(label)


def _words(each: Labelled, encoding: Encoding) -> tuple[Tensor, Tensor]:
    """Which word pieces carry blame or a cue; kinds that a source does not mark are left open."""
    count = min(len(encoding.ids), TOKENS)
    words = torch.full((count, len(KINDS)), OPEN)
    codes = torch.full((count,), int(OPEN))
    for kind in _known(each):
        words[1 : count - 1, KINDS.index(kind)] = 0
    for start, end, kind, code in _marks(each):
        for at in range(1, count):
            first, last = encoding.offsets[at]
            if first < last and first < end and start < last:
                words[at, KINDS.index(kind)] = 1
                if code in CODES:
                    codes[at] = CODES.index(code)
    return words, codes


def _known(each: Labelled) -> tuple[str, ...]:
    if each.is_draft:
        return (DRAFT,)
    blame = () if each.target is None else (Kind.BLAME_US, Kind.BLAME_OTHERS)
    cues = (Kind.CUE, Kind.RELIEF) if each.source.startswith(_THOROUGH) else ()
    return blame + cues


def _marks(each: Labelled) -> list[tuple[int, int, str, str]]:
    blame = DRAFT if each.is_draft else _blamed(each.target)
    marks = [(start, end, blame, "") for start, end in each.spans or ()] if blame else []
    for start, end, code in each.cues or ():
        if not code.startswith("blame_"):
            marks.append((start, end, Kind.RELIEF if code in RELIEF else Kind.CUE, code))
    return marks


def _blamed(target: BlameTarget | None) -> Kind | None:
    if target is None:
        return None
    return Kind.BLAME_US if target.is_us else Kind.BLAME_OTHERS
