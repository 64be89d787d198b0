"""How much two witnesses count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cxdesk.nlp.weights import Weight, Weights

CHANCES = st.floats(0, 1)
NUMBERS = st.floats(-5, 5)
WEIGHTS = st.builds(Weight, NUMBERS, NUMBERS, NUMBERS)


def test_rules_that_say_nothing_change_nothing() -> None:
    weight = Weight(constant=0.3, tier=1.2, rules=0.8)

    assert weight.chance(0.7, 0.5) == Weight(0.3, 1.2, 0.0).chance(0.7, 0.01)


def test_a_tier_alone_is_believed_as_it_is() -> None:
    assert abs(Weight(0.0, 1.0, 0.0).chance(0.8, 0.1) - 0.8) < 1e-9


@given(WEIGHTS, CHANCES, CHANCES)
def test_what_comes_out_is_a_probability(weight: Weight, tier: float, rules: float) -> None:
    assert 0 <= weight.chance(tier, rules) <= 1


@given(st.floats(0, 5), st.floats(0, 5), CHANCES, CHANCES, CHANCES)
def test_the_surer_the_tier_the_higher_the_chance(
    tier: float, rules: float, one: float, other: float, heard: float
) -> None:
    weight = Weight(0.1, tier, rules)
    low, high = sorted((one, other))

    assert weight.chance(low, heard) <= weight.chance(high, heard)


@given(st.lists(WEIGHTS, min_size=6, max_size=6))
def test_weights_are_read_as_they_were_written(some: list[Weight]) -> None:
    weights = Weights(some[0], some[1], (some[2], some[3], some[4], some[5]))

    assert Weights.from_bytes(weights.to_bytes()) == weights
