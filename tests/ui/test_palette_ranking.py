from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.ui.ranking import Candidate, Tier, rank

PICTURED = [
    Candidate("Insert apology", ("sorry",)),
    Candidate("Insert ownership"),
    Candidate("Inbox"),
    Candidate("Import new mail", ("open files",)),
    Candidate("Next finding"),
    Candidate("Jump to turning point"),
    Candidate("Settings", ("preferences",)),
    Candidate("Snooze", ("remind me",), takes_argument=True),
    Candidate("Send, done and next"),
    Candidate("Done"),
    Candidate("Dark theme"),
]


def names(query: str) -> list[str]:
    return [PICTURED[each.index].text for each in rank(query, PICTURED)]


def marked(query: str) -> dict[str, str]:
    """Each name found, its matched letters in upper case."""
    found = {}
    for each in rank(query, PICTURED):
        text = list(PICTURED[each.index].text.lower())
        for start, end in each.spans:
            text[start:end] = [letter.upper() for letter in text[start:end]]
        found[PICTURED[each.index].text] = "".join(text)
    return found


def test_the_order_is_the_one_in_the_picture():
    assert names("in") == [
        "Insert apology",
        "Insert ownership",
        "Inbox",
        "Import new mail",
        "Next finding",
        "Jump to turning point",
        "Settings",
    ]


def test_the_matched_letters_are_told():
    found = marked("in")

    assert found["Insert apology"] == "INsert apology"
    assert found["Import new mail"] == "Import New mail"
    assert found["Settings"] == "settINgs"


@pytest.mark.parametrize(
    ("query", "first"),
    (
        ("done", "Done"),
        ("sorry", "Insert apology"),
        ("jtp", "Jump to turning point"),
        ("sn", "Snooze"),
        ("sdan", "Send, done and next"),
        ("theme dark", "Dark theme"),
        ("SETT", "Settings"),
        ("remind", "Snooze"),
    ),
)
def test_people_find_what_they_mean(query, first):
    assert names(query)[0] == first


@pytest.mark.parametrize("query", ("snooze 2h", "remind me 2h", "  Snooze   2H "))
def test_words_after_a_command_are_its_argument(query):
    best = rank(query, PICTURED)[0]

    assert (PICTURED[best.index].text, best.tier, best.argument) == ("Snooze", Tier.EXACT, "2h")


def test_a_command_without_arguments_is_not_found_by_them():
    assert rank("settings 2h", PICTURED) == []


def test_an_empty_query_keeps_the_order_of_the_table():
    assert names("  ") == [candidate.text for candidate in PICTURED]


@given(st.text(max_size=12))
def test_any_query_gives_spans_inside_the_text_and_tiers_in_order(query):
    found = rank(query, PICTURED)

    tiers = [each.tier for each in found]
    assert tiers == sorted(tiers)
    for each in found:
        length = len(PICTURED[each.index].text)
        assert all(0 <= start < end <= length for start, end in each.spans)


@given(st.sampled_from(PICTURED))
def test_a_command_s_own_name_always_finds_it_first(candidate):
    assert names(candidate.text)[0] == candidate.text
