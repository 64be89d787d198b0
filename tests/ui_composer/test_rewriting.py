"""What a fix takes out of a sentence, and the facts that stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.ui.composer.rewriting import changed_words, facts, kept_facts, lost_facts, places

OLD = "You should have told Maria by Wednesday about order PX-48213."
NEW = "We'd have been glad to tell Maria by Wednesday about order PX-48213."


def words_at(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_words_that_go_are_told_from_those_that_stay() -> None:
    assert words_at(OLD, changed_words(OLD, NEW)) == ["You should", "told"]


def test_letter_case_and_marks_are_no_change() -> None:
    assert changed_words("The terms, please.", "Please read the terms") == ((11, 18),)


def test_numbers_names_and_dates_are_facts_and_a_sentences_first_word_is_not() -> None:
    assert facts("Maria said so. On Wednesday I paid Ann 12.50 for it.") == (
        "Wednesday",
        "Ann",
        "12.50",
    )


def test_facts_stand_where_the_fix_has_them() -> None:
    kept = kept_facts(OLD, NEW)

    assert kept == ("Maria", "Wednesday", "PX-48213")
    assert words_at(NEW, places(NEW, kept)) == ["Maria", "Wednesday", "PX-48213."]
    assert lost_facts(OLD, NEW) == ()


def test_taking_a_sentence_out_loses_its_facts() -> None:
    assert lost_facts(OLD, "") == ("Maria", "Wednesday", "PX-48213")


@given(st.text(max_size=60), st.text(max_size=60))
def test_spans_are_in_range_whatever_is_written(old: str, new: str) -> None:
    for start, end in (*changed_words(old, new), *places(old, kept_facts(old, new))):
        assert 0 <= start < end <= len(old)


@pytest.mark.parametrize("text", ("", "  ", "One."))
def test_a_sentence_beside_itself_is_unchanged(text: str) -> None:
    assert changed_words(text, text) == ()
