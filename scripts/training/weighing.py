"""Fits how much a tier counts beside the rules, on labelled messages that it was not trained on.

One logistic regression for each number, of the log-odds that the tier and the rules give (Platt
1999; Wolpert 1992): three numbers each, so that a few hundred messages are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from labelled import Labelled
from sklearn.linear_model import LogisticRegression

from cxdesk.nlp.estimate import Estimate
from cxdesk.nlp.hearing import Heard
from cxdesk.nlp.weights import Weight, Weights, log_odds

FEWEST = 8  # of either kind, to fit anything; else the tier is believed as it is
AS_IT_IS = Weight(0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A labelled text with the word of both witnesses."""

    label: Labelled
    estimate: Estimate
    heard: Heard


def fitted(seen: Sequence[Witnessed]) -> Weights:
    """The weights of a tier, of texts with labels that both witnesses have spoken on."""
    low, some, high, top = (_level(seen, step) for step in range(1, 5))
    return Weights(
        frustrated=_weight(
            seen,
            lambda each: each.label.frustrated,
            lambda each: (each.estimate.frustrated, each.heard.frustrated),
        ),
        blames_us=_weight(
            seen,
            lambda each: each.label.blames,
            lambda each: (each.estimate.blames_us, each.heard.blames_us),
        ),
        at_least=(low, some, high, top),
    )


def _level(seen: Sequence[Witnessed], step: int) -> Weight:
    def reached(each: Witnessed) -> bool | None:
        return None if each.label.level is None else each.label.level >= step

    return _weight(
        seen,
        reached,
        lambda each: (each.estimate.at_least[step - 1], each.heard.frustrated),
    )


def _weight(
    seen: Sequence[Witnessed],
    label: Callable[[Witnessed], bool | None],
    said: Callable[[Witnessed], tuple[float, float]],
) -> Weight:
    known = [each for each in seen if label(each) is not None]
    wanted = np.array([bool(label(each)) for each in known])
    if min(wanted.sum(), (~wanted).sum()) < FEWEST:
        return AS_IT_IS
    odds = np.array([[log_odds(chance) for chance in said(each)] for each in known])
    fit = LogisticRegression().fit(odds, wanted)
    tier, rules = fit.coef_[0]
    return Weight(round(float(fit.intercept_[0]), 4), round(float(tier), 4), round(float(rules), 4))
