from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.model import Fault, Phase, Problem
from cxdesk.playbook import Play, Playbook, Slot, Variant
from cxdesk.ui.playbook import words

SLOTS = {"issue": Slot("issue", "text", "the problem", "in their nouns", "the bill")}


def a_chat(text: str) -> Variant:
    return Variant("chat", text)


def test_a_slot_is_read_as_its_label_and_copied_in_brackets():
    shown = words.wording(a_chat("Sorry about {issue}, Dana."), SLOTS)

    [slot] = shown.slots
    assert shown.text[slot.start : slot.end] == "the problem"
    assert shown.text == "Sorry about the problem, Dana."
    assert shown.clipboard == "Sorry about [the problem], Dana."


def test_a_slot_nobody_described_is_read_as_its_name():
    shown = words.wording(a_chat("See {help_page}."), {})

    assert shown.clipboard == "See [help page]."


@given(st.lists(st.sampled_from(["{issue}", "{issue|it}", "{other}", " and ", "{", "}", "\n"])))
def test_what_is_read_has_every_label_where_its_slot_says(parts: list[str]):
    shown = words.wording(a_chat("".join(parts)), SLOTS)

    assert all(shown.text[slot.start : slot.end] == slot.label for slot in shown.slots)


def test_a_field_says_what_goes_into_it_and_what_it_reads_when_empty():
    [field] = words.fields(a_chat("About {issue|this}: {issue}"), SLOTS)

    assert field.label == "the problem"
    assert field.hint == "In their nouns. For example “the bill”. Left empty it reads “this”."


@pytest.mark.parametrize(
    ("code", "heading"),
    (
        ("extra_mile", "Extra mile"),
        ("deescalate", "De-escalate"),
        ("thank_feedback", "Thanks and feedback"),
    ),
)
def test_a_family_is_named_as_people_say_it(code: str, heading: str):
    assert words.family(code) == heading


def test_phases_come_in_the_order_of_a_conversation(book: Playbook):
    when = book.by_id["apo-late"].when

    assert words.phases(when) == "Opening, problem solving"
    assert words.phases(replace(when, phases=frozenset(Phase))) == "Any"


@pytest.mark.parametrize(
    ("changed", "said"),
    (
        ({}, "The fault is ours, nobody has apologised yet"),
        (
            {"faults": frozenset({Fault.NOBODY, Fault.THIRD_PARTY}), "max_apologies": None},
            "The fault is somebody else’s or nobody’s",
        ),
        (
            {"faults": frozenset(), "max_apologies": 1, "resolved": False},
            "The problem is not solved yet, we have apologised once at most",
        ),
        (
            {"faults": frozenset(), "max_apologies": None, "resolved": True, "min_failures": 3},
            "The problem is solved, we failed at least 3 times",
        ),
        ({"faults": frozenset(), "max_apologies": None}, ""),
    ),
)
def test_conditions_are_one_sentence(book: Playbook, changed: dict[str, object], said: str):
    when = replace(book.by_id["apo-late"].when, **changed)

    assert words.conditions(when) == said


def test_what_may_be_given_and_what_is_left_to_do(book: Playbook):
    late, plain = book.by_id["apo-late"], book.by_id["apo-plain"]

    assert words.authority(late) == "Goodwill up to $20"
    assert words.authority(plain).startswith("It gives nothing away")
    assert words.afterwards(late, book) == "Check the new time was met (by the time you name)"
    assert words.afterwards(plain, book) == ""
    assert words.afterwards(_due(late, "7 days"), book) == "Check the new time was met (7 days)"
    assert words.afterwards(_due(late, "none"), book) == "Check the new time was met"


def _due(play: Play, due: str) -> Play:
    return replace(play, follow_up_due=due)


def test_files_that_gave_a_play_are_told_from_those_that_gave_none(book: Playbook):
    read = replace(book, plays=(replace(book.plays[0], file="plays/a.yaml"),))
    in_part, whole = Problem("plays/a.yaml", "unknown"), Problem("plays/b.yaml", "not YAML")

    assert words.unread([], read) == ""
    assert words.unread([whole, whole], read) == "1 file could not be read"
    assert words.unread([in_part], read) == "1 file could be read only in part"
    assert words.unread([whole, in_part], read) == "1 file could not be read, 1 only in part"
