"""The trained tiers as they ship: loaded when first needed, and how they read long messages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import cast

import spacy

from cxdesk.model import Tier
from cxdesk.nlp import deep, fast
from cxdesk.nlp.component import Piece, TrainedTier
from cxdesk.nlp.estimate import Estimate, pieces_of
from cxdesk.nlp.weights import Weights

MOST_PIECES = 16  # of one message that the deep tier reads: some 0.2 s of one core


class Tiers:
    """The spaCy package in a folder. Raises OSError, on first use, where there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def estimate(self, texts: Sequence[str], tier: Tier) -> list[Estimate]:
        """The estimate of each text, in order.

        Long texts are read piece by piece. Of a very long one the deep tier reads the pieces that
        the fast tier finds most troubled, so that no mail takes longer than half a second.
        """
        return self._trained(tier).estimate_pieces([self._pieces(text, tier) for text in texts])

    def weights(self, tier: Tier) -> Weights:
        """How much the tier counts beside the rules."""
        return self._trained(tier).weights

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

    def _trained(self, tier: Tier) -> TrainedTier:
        return self._deep if tier is Tier.DEEP else self._fast

    @cached_property
    def _deep(self) -> TrainedTier:
        return self._component(deep.NAME, without=fast.NAME)

    @cached_property
    def _fast(self) -> TrainedTier:
        return self._component(fast.NAME, without=deep.NAME)

    def _component(self, name: str, without: str) -> TrainedTier:
        nlp = spacy.load(self._folder, exclude=[without])
        return cast("TrainedTier", nlp.get_pipe(name))
