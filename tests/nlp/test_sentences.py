"""Where sentences end in what people write to support, and what is written to them."""

from __future__ import annotations

import pytest
from spacy.language import Language


def split(nlp: Language, text: str) -> list[str]:
    return [each.text.strip() for each in nlp(text).sents]


@pytest.mark.parametrize(
    ("text", "sentences"),
    (
        ("It comes at 4 p.m. The van is white.", ["It comes at 4 p.m.", "The van is white."]),
        ("It starts with R. The other has a T.", ["It starts with R.", "The other has a T."]),
        ("Bring paper etc. We have the rest.", ["Bring paper etc.", "We have the rest."]),
        ("Still nothing\nIt's been a week", ["Still nothing", "It's been a week"]),
        ("Really?! Again...", ["Really?!", "Again..."]),
    ),
)
def test_a_sentence_ends_where_a_reader_would_end_it(
    nlp: Language, text: str, sentences: list[str]
) -> None:
    assert split(nlp, text) == sentences


@pytest.mark.parametrize(
    "text",
    (
        "Ask J. Smith for it.",
        "Mr. I. Newton came at 5 p.m. on Monday.",
        "The invoice of Miller Ltd. was paid.",
    ),
)
def test_an_initial_and_an_abbreviation_go_on(nlp: Language, text: str) -> None:
    assert split(nlp, text) == [text]
