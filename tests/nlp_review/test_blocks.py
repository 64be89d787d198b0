"""What holds Send: open fields, another customer's name, amounts above authority."""

from __future__ import annotations

import pytest

from cxdesk.model import Block, ReviewRequest
from cxdesk.nlp.review import Reviewer


def _blocks(reviewer: Reviewer, text: str, **known: object) -> list[tuple[str, str]]:
    request = ReviewRequest(text, **known)  # type: ignore[arg-type]
    return [(each.code, text[each.start : each.end]) for each in reviewer.review(request).blocks]


def _only(reviewer: Reviewer, request: ReviewRequest) -> Block:
    (block,) = reviewer.review(request).blocks
    return block


def test_an_unfilled_slot_holds_send_and_is_named(reviewer: Reviewer) -> None:
    text = "I'll write by time for news."

    block = _only(reviewer, ReviewRequest(text, open_slots=((14, 27, "update_time"),)))

    assert (block.code, text[block.start : block.end]) == ("open_slot", "time for news")
    assert block.message == "Fill in “time for news” or take it out."


@pytest.mark.parametrize(
    ("text", "field"),
    (
        ("Hi {customer_name}, it's done.", "{customer_name}"),
        ("Hi {name|there}, it's done.", "{name|there}"),
        ("Hi {{first_name}}, it's done.", "{{first_name}}"),
        ("Your order [order number] is here.", "[order number]"),
        ("Dear [Customer Name],", "[Customer Name]"),
        ("I'll call <<time>>.", "<<time>>"),
    ),
)
def test_fields_left_over_from_a_template_hold_send(
    reviewer: Reviewer, text: str, field: str
) -> None:
    assert _blocks(reviewer, text) == [("open_slot", field)]


@pytest.mark.parametrize(
    "text",
    (
        "See [1] below.",
        "He said [sic] so.",
        "Press [Enter].",
        "Set {} to 5.",
        "It's in [brackets].",
    ),
)
def test_ordinary_brackets_are_left_alone(reviewer: Reviewer, text: str) -> None:
    assert _blocks(reviewer, text) == []


@pytest.mark.parametrize(
    "text",
    (
        "Hi Sam, it's on its way.",
        "hi sam, it's on its way.",
        "Dear Mr Okoro,\nit's on its way.",
        "Hello SAM! It's done.",
        "Thanks, Sam. It's done.",
        "It's done, Sam.",
        "Sam, it's done.",
        "Good morning Sam, it's done.",
    ),
)
def test_another_customers_name_holds_send(reviewer: Reviewer, text: str) -> None:
    found = _blocks(reviewer, text, customer_name="Maria Lopez", other_names=("Sam Okoro",))

    assert [code for code, _ in found] == ["wrong_name"]


@pytest.mark.parametrize(
    ("text", "other"),
    (
        ("Will you be home on Friday?", "Will Smith"),
        ("Maria, may I call you?", "May Chen"),
        ("Hi, will Friday do?", "Will Smith"),
        ("Mark the box on page 2, please.", "Mark Lane"),
        ("Thanks, May is fine.", "May Chen"),
        ("I've asked Sam from billing, who knows the case.", "Sam Okoro"),
        ("Hi Maria, it's done.", "Maria Gomez"),
        ("Sam rings you at 4.", "Sam Okoro"),
        ("The bill, rich in detail, is attached.", "Bill Rich"),
        ("Regards, the whole team", "Rose Hope"),
    ),
)
def test_look_alikes_of_a_name_are_left_alone(reviewer: Reviewer, text: str, other: str) -> None:
    assert _blocks(reviewer, text, customer_name="Maria Lopez", other_names=(other,)) == []


def test_a_name_that_is_a_word_still_counts_in_a_greeting(reviewer: Reviewer) -> None:
    found = _blocks(reviewer, "Dear Mark,", customer_name="Maria", other_names=("Mark Lane",))

    assert found == [("wrong_name", "Mark")]


def test_the_message_says_whose_conversation_it_is(reviewer: Reviewer) -> None:
    request = ReviewRequest("Hi Sam, done.", customer_name="Maria", other_names=("Sam",))

    assert (
        _only(reviewer, request).message == 'This conversation is with Maria, the draft says "Sam".'
    )


def test_an_amount_above_the_limit_holds_send(reviewer: Reviewer) -> None:
    found = _blocks(reviewer, "I've put a £200 credit on it.", limit=20.0)

    assert found == [("over_authority", "£200")]


@pytest.mark.parametrize(
    "text",
    (
        "I've put a £20 credit on it.",
        "I've refunded the second charge of £490.",
        "The deposit of €300 comes back to you.",
        "The new phone costs £300.",
    ),
)
def test_amounts_within_the_limit_and_own_money_pass(reviewer: Reviewer, text: str) -> None:
    assert _blocks(reviewer, text, limit=20.0) == []


def test_without_a_limit_no_amount_is_judged(reviewer: Reviewer) -> None:
    assert _blocks(reviewer, "I've put a £200 credit on it.") == []
