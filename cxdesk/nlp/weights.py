"""How much the word of a trained tier counts beside that of the rules: fitted, not chosen.

`scripts/train.py` fits one logistic regression for each number (Platt 1999), on messages that the
tier was not trained on, and writes the weights beside the tier.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import Any

EVEN = 0.5  # the chance of what nobody has said anything about
_CERTAIN = 1e-4  # no chance counts as nearer to certainty


@dataclass(frozen=True, slots=True)
class Weight:
    """What the log-odds of a number are made of: a constant, the tier's and the rules' own."""

    constant: float
    tier: float
    rules: float

    def chance(self, tier: float, rules: float) -> float:
        """The probability, given the tier's probability and the rules' (each 0..1).

        Rules that say nothing have an even chance.
        """
        odds = self.constant + self.tier * log_odds(tier) + self.rules * log_odds(rules)
        return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each number of a verdict; `at_least` for levels 1 to 4."""

    frustrated: Weight
    blames_us: Weight
    at_least: tuple[Weight, Weight, Weight, Weight]

    def to_bytes(self) -> bytes:
        """The file that `from_bytes` reads."""
        return json.dumps(asdict(self), indent=1).encode()

    @staticmethod
    def from_bytes(content: bytes) -> Weights:
        """Raises ValueError, KeyError or TypeError for what is not such a file."""
        found: dict[str, Any] = json.loads(content)
        low, some, high, top = (Weight(**each) for each in found["at_least"])
        return Weights(
            Weight(**found["frustrated"]),
            Weight(**found["blames_us"]),
            (low, some, high, top),
        )


def log_odds(chance: float) -> float:
    """The logarithm of the odds of a probability, short of infinity at 0 and 1."""
    kept = min(max(chance, _CERTAIN), 1 - _CERTAIN)
    return math.log(kept / (1 - kept))
