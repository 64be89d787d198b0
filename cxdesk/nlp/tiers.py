"""The trained tiers as they ship: loaded when first needed, and how they read long messages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import cast

import spacy

from cxdesk.model import Tier
from cxdesk.nlp import deep, fast
from cxdesk.nlp.estimate import Estimate, Estimator, of_pieces, pieces_of
from cxdesk.nlp.weights import Weights

MOST_PIECES = 16  # of one message that the deep tier reads: some 0.2 s of one core
Piece = tuple[int, str]  # where it begins in its message, and its text


class Tiers:
    """The spaCy package in a folder. Raises OSError, on first use, where there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def estimate(self, texts: Sequence[str], tier: Tier) -> list[Estimate]:
        """The estimate of each text, in order.

        Long texts are read piece by piece. Of a very long one the deep tier reads the pieces that
        the fast tier finds most troubled, so that no mail takes longer than half a second.
        """
        pieces = [self._pieces(text, tier) for text in texts]
        spread = iter(self._estimator(tier).estimate([text for some in pieces for _, text in some]))
        return [of_pieces([(start, next(spread)) for start, _ in some]) for some in pieces]

    def weights(self, tier: Tier) -> Weights:
        """How much the tier counts beside the rules."""
        return self._estimator(tier).weights

    def _pieces(self, text: str, tier: Tier) -> list[Piece]:
        pieces = [(start, text[start:end]) for start, end in pieces_of(text)]
        if tier is Tier.FAST or len(pieces) <= MOST_PIECES:
            return pieces
        trouble = [
            max(each.frustrated, each.blames_us)
            for each in self._fast.estimate([text for _, text in pieces])
        ]
        most = sorted(range(len(pieces)), key=lambda at: -trouble[at])[:MOST_PIECES]
        return [pieces[at] for at in sorted(most)]

    def _estimator(self, tier: Tier) -> Estimator:
        return self._deep if tier is Tier.DEEP else self._fast

    @cached_property
    def _deep(self) -> Estimator:
        return self._component(deep.NAME, without=fast.NAME)

    @cached_property
    def _fast(self) -> Estimator:
        return self._component(fast.NAME, without=deep.NAME)

    def _component(self, name: str, without: str) -> Estimator:
        nlp = spacy.load(self._folder, exclude=[without])
        return cast("Estimator", nlp.get_pipe(name))
