"""From which probability the reader of drafts is believed, code by code.

Fitted on drafts that the network has not seen, and only where the rules are silent: how likely it
is right there, given what it says (one slope for all codes, a shift for each: Platt 1999). Of most
codes there are too few drafts to fit more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from labelled_drafts import BLAME, CODES, Draft
from sklearn.linear_model import LogisticRegression

from cxdesk.nlp.review.reader import Settings
from cxdesk.nlp.weights import log_odds
from training.reader import Chances

RIGHT = 0.72  # how likely it must be right to advise
SURE = 0.9  # and for its word of blame to ask for a second key press
WRONG = 0.5  # a rule's advice that is no likelier to be right is left alone
LOWEST, HIGHEST = 0.2, 0.98
_SHIFT = 0.3  # how freely a code may differ from the others


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A draft that the network had not seen: what it says, and the codes that the rules found."""

    draft: Draft
    chances: Chances
    ruled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fit:
    """The log-odds of being right: a slope times the network's log-odds, and a constant."""

    slope: float
    constant: float

    def limit(self, right: float) -> float:
        """The network's probability at which a finding is right with that probability."""
        return round(1 / (1 + math.exp((self.constant - log_odds(right)) / self.slope)), 3)


def settings(seen: Sequence[Witnessed]) -> Settings:
    """What the network ships with: its codes and its limits."""
    silent = where_rules_are_silent(seen)
    return Settings(
        CODES,
        {code: min(max(fit.limit(RIGHT), LOWEST), HIGHEST) for code, fit in silent.items()},
        silent[BLAME].limit(SURE),
        where_rules_speak(seen).limit(WRONG),
    )


def where_rules_speak(seen: Sequence[Witnessed]) -> Fit:
    """How likely a rule's advice is right, given what the network says."""
    pairs = [
        (log_odds(each.chances[code]), code in each.draft.words)
        for each in seen
        for code in each.ruled & each.draft.known
        if code != BLAME
    ]
    features = [[odds] for odds, _ in pairs]
    fit = LogisticRegression(C=10).fit(features, [right for _, right in pairs])
    return Fit(float(fit.coef_[0][0]), float(fit.intercept_[0]))


def where_rules_are_silent(seen: Sequence[Witnessed]) -> dict[str, Fit]:
    """How far the network may be believed by itself, for each code."""
    pairs = [
        (CODES.index(code), log_odds(each.chances[code]), code in each.draft.words)
        for each in seen
        for code in CODES
        if code in each.draft.known and code not in each.ruled
    ]
    features = np.zeros((len(pairs), 1 + len(CODES)))
    for row, (at, odds, _) in enumerate(pairs):
        features[row, 0] = odds
        features[row, 1 + at] = _SHIFT
    fit = LogisticRegression(C=10, max_iter=2000).fit(features, [right for *_, right in pairs])
    slope, *shifts = fit.coef_[0].tolist()
    constant = float(fit.intercept_[0])
    return {
        code: Fit(slope, constant + _SHIFT * shift)
        for code, shift in zip(CODES, shifts, strict=True)
    }
