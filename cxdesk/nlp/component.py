"""What both trained tiers are to spaCy: a component that keeps its files and marks a Doc."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Self

from spacy.tokens import Doc

from cxdesk.nlp.estimate import Estimate, of_pieces
from cxdesk.nlp.weights import Weights

Piece = tuple[int, str]  # where it begins in its text, and what it says
SETTINGS = "settings.json"
WEIGHTS = "weights.json"


class TrainedTier(ABC):
    """Made empty by its factory; `from_disk` makes it work. Not thread-safe with itself."""

    FILES: ClassVar[tuple[str, ...]]
    weights: Weights

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    @abstractmethod
    def estimate(self, texts: Sequence[str]) -> list[Estimate]:
        """The estimate of each text, in order; a text has at most `PIECE` characters."""

    def estimate_pieces(self, texts: Sequence[Sequence[Piece]]) -> list[Estimate]:
        """The estimate of each text, of which the pieces are read that are given."""
        spread = iter(self.estimate([piece for pieces in texts for _, piece in pieces]))
        return [of_pieces([(start, next(spread)) for start, _ in pieces]) for pieces in texts]

    @abstractmethod
    def _load(self) -> None:
        """Make ready what the files hold. Raises ValueError for files that are not ours."""

    def __call__(self, doc: Doc) -> Doc:
        """Put the estimate of a text into `doc.cats` and `doc.spans`."""
        self.estimate([doc.text])[0].put_on(doc)
        return doc

    def to_disk(self, path: Path, exclude: Sequence[str] = ()) -> None:  # noqa: ARG002 (spaCy's)
        """Write what was loaded into a folder."""
        path.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (path / name).write_bytes(content)

    def from_disk(self, path: Path, exclude: Sequence[str] = ()) -> Self:  # noqa: ARG002 (spaCy's)
        """Load from a folder. Raises OSError or ValueError when it is not one of ours."""
        self._files = {name: (path / name).read_bytes() for name in self.FILES}
        self.weights = Weights.from_bytes(self._files[WEIGHTS])
        self._load()
        return self
