"""Amounts of money as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.nlp.review.amounts import amounts


@pytest.mark.parametrize(
    ("text", "value"),
    (
        ("£50", 50),
        ("€12.50", 12.5),
        ("9,50 €", 9.5),
        ("1,150.50 USD", 1150.5),
        ("1.150,50 EUR", 1150.5),
        ("2.500 €", 2500),
        ("1'150 CHF", 1150),
        ("$1.5k", 1500),
        ("five hundred euros", 500),
        ("a hundred and fifty quid", 150),
        ("twelve thousand three hundred and twenty-one pounds", 12_321),
    ),
)
def test_an_amount_is_read_as_it_is_meant(text: str, value: float) -> None:
    assert [each.value for each in amounts(f"A voucher of {text} for you.")] == [value]


@given(st.integers(1, 9_999_999), st.integers(0, 99), st.sampled_from((",.", ".,", "'.")))
def test_every_way_of_grouping_says_the_same(whole: int, cents: int, signs: str) -> None:
    thousands, point = signs

    written = f"{whole:,}".replace(",", thousands) + f"{point}{cents:02}"

    assert [each.value for each in amounts(f"€{written}")] == [float(f"{whole}.{cents:02}")]
