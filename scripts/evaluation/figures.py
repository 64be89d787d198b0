"""The figures that say how well labelled texts are read, each with how far it could be chance.

They are functions of columns with one entry for each text. A figure that cannot be said, such as
the recall of what nobody labelled, is not a number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLED = 1000
SEED = 7
Column = NDArray[Any]
Span = tuple[int, int]
Row = dict[str, "Figure"]  # by the name of the figure


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of so many texts, and between what it would fall for 95 of 100 such samples."""

    value: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        if math.isnan(self.value):
            return "-"
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


def measured(figure: Callable[..., float], rows: Sequence[Sequence[float]]) -> Figure:
    """A figure of a row of numbers for each text, with its 95 % percentile bootstrap (Efron 1979).

    `figure` takes a column for each number of a row. Of no rows the figure is not a number.
    """
    if not rows:
        return Figure(math.nan, math.nan, math.nan, 0)
    columns = [np.asarray(each) for each in zip(*rows, strict=True)]
    dice = np.random.default_rng(SEED)
    drawn = []
    for _ in range(RESAMPLED):
        chosen = dice.integers(len(rows), size=len(rows))
        drawn.append(figure(*(column[chosen] for column in columns)))
    said = [each for each in drawn if not math.isnan(each)] or [math.nan]
    low, high = map(float, np.percentile(said, (2.5, 97.5)))
    return Figure(figure(*columns), low, high, len(rows))


# ------------------------------------------------------------------ yes or no


def precision(wanted: Column, found: Column) -> float:
    """Of those found, the share that is labelled."""
    return _ratio((wanted & found).sum(), found.sum())


def recall(wanted: Column, found: Column) -> float:
    """Of those labelled, the share that is found."""
    return _ratio((wanted & found).sum(), wanted.sum())


def f1(wanted: Column, found: Column) -> float:
    """The harmonic mean of precision and recall."""
    return _ratio(2 * (wanted & found).sum(), wanted.sum() + found.sum())


def macro_f1(wanted: Column, found: Column) -> float:
    """The mean of F1 for yes and F1 for no."""
    return (f1(wanted, found) + f1(~wanted, ~found)) / 2


def auc(wanted: Column, scores: Column) -> float:
    """How likely a text labelled yes scores above one labelled no, ties counting half.

    The rank statistic of Mann and Whitney (1947), divided by the number of pairs.
    """
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (counts.cumsum() - (counts - 1) / 2)[places]
    yes = int(wanted.sum())
    above = ranks[wanted].sum() - yes * (yes + 1) / 2
    return _ratio(above, yes * (len(wanted) - yes))


# ------------------------------------------------------------------ levels and words


def exact(wanted: Column, found: Column) -> float:
    """The share that is just as labelled."""
    return _ratio((wanted == found).sum(), len(wanted))


def within_one(wanted: Column, found: Column) -> float:
    """The share that is at most one step away from its label."""
    return _ratio((abs(wanted - found) <= 1).sum(), len(wanted))


def share(found: Column) -> float:
    """How much of all is found."""
    return _ratio(found.sum(), len(found))


def overlap(shared: Column, wanted: Column, found: Column) -> float:
    """F1 over characters, from how many of each text are labelled, marked, and both."""
    return _ratio(2 * shared.sum(), wanted.sum() + found.sum())


def characters(wanted: Iterable[Span], found: Iterable[Span]) -> tuple[int, int, int]:
    """How many characters of a text are both labelled and marked, labelled, and marked."""
    ours, theirs = (
        {at for start, end in spans for at in range(start, end)} for spans in (found, wanted)
    )
    return len(ours & theirs), len(theirs), len(ours)


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else math.nan


# ------------------------------------------------------------------ as text


def confusion(rows: Iterable[tuple[int, int]], names: Collection[str]) -> str:
    """How many texts of each label, a line each, were found to be what; rows of (label, found)."""
    counts = np.zeros((len(names), len(names)), int)
    for wanted, found in rows:
        counts[int(wanted), int(found)] += 1
    width = max(map(len, names)) + 2
    head = "labelled".ljust(width + 2) + "".join(name.rjust(width) for name in names)
    body = (
        name.rjust(width) + "  " + "".join(str(each).rjust(width) for each in row)
        for name, row in zip(names, counts, strict=True)
    )
    return "\n".join([head, *body])


def one_line(text: str, most: int = 400) -> str:
    """A text on one line, cut where it is long."""
    return " ".join(text.split())[:most]
