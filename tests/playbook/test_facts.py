from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.model import Customer, Message, Thread
from cxdesk.playbook.facts import known_facts
from cxdesk.playbook.names import signed_name, spoken_name

Said = Callable[..., Message]
AThread = Callable[..., Thread]
NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)


def values(thread: Thread) -> dict[str, str]:
    return {name: fact.value for name, fact in known_facts(thread, now=NOON).items()}


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    (
        ("Order A-20418 is late", "order_ref", "A-20418"),
        ("my booking no. BK-3319, please", "order_ref", "BK-3319"),
        ("You closed my ticket #77120", "case_ref", "ticket #77120"),
        ("I was charged $49 for nothing", "amount", "$49"),
        ("I've been waiting for nine days", "waiting_time", "nine days"),
        ("This is the 3rd time I write", "count", "third"),
        ("Second email now.", "count", "second"),
        ("You promised me delivery by Friday.", "promise", "delivery by Friday"),
        ("I want a refund of the whole year, now", "request", "a refund of the whole year"),
        ("I'm writing about my May bill again", "issue", "your May bill"),
        ("There's a problem with the blue kettle.", "issue", "the blue kettle"),
        ("Third time I write about the same parcel.", "issue", "the parcel"),
        ("It's for my sister's wedding on Saturday", "occasion", "your sister's wedding"),
        ("I ordered a grey desk lamp on Monday", "item", "the grey desk lamp"),
        ("Your courier threw it over the fence", "partner", "the courier"),
        ("DHL lost it", "partner", "DHL"),
    ),
)
def test_a_slot_is_filled_from_their_words(
    said: Said, a_thread: AThread, text: str, slot: str, value: str
) -> None:
    assert values(a_thread(said(text))).get(slot) == value


@pytest.mark.parametrize(
    ("text", "slot"),
    (
        ("You promised to call me back", "promise"),
        ("You promised it would work", "promise"),
        ("I paid $49 and you took $98", "amount"),
        ("The tariff is fixed for 24 months", "waiting_time"),
        ("This is the third time I order from you", "count"),
        ("The staff were laughing about my name", "issue"),
        ("I changed my mind about the rug", "issue"),
        ("My order is late", "order_ref"),
    ),
)
def test_what_is_not_sure_stays_open(said: Said, a_thread: AThread, text: str, slot: str) -> None:
    assert slot not in values(a_thread(said(text)))


def test_every_value_says_where_it_was_read(said: Said, a_thread: AThread) -> None:
    thread = a_thread(said("Third time I write.\n\nThanks,\nDana", ago=1))

    facts = known_facts(thread, now=NOON, agent_name="Robin", company="Lumen")

    assert facts["customer_name"].origin == "signed “Dana”, Wed 11:00"
    assert facts["count"].origin == "“third”, Wed 11:00"
    assert facts["agent_name"].origin == "your name in the settings"
    assert facts["company"].value == "Lumen"


def test_the_name_they_sign_with_wins_over_the_one_on_record(said: Said, a_thread: AThread) -> None:
    thread = a_thread(said("It broke. Regards, Marie"), customer=Customer(1, "Maria Lopez"))

    assert values(thread)["customer_name"] == "Marie"


def test_the_latest_word_counts(said: Said, a_thread: AThread) -> None:
    thread = a_thread(said("Order AA-1111", ago=9), said("Sorry, order BB-2222", ago=1))

    assert values(thread)["order_ref"] == "BB-2222"


@pytest.mark.parametrize(
    ("hours", "words"),
    ((24, "one day"), (9 * 24, "nine days"), (21 * 24, "three weeks"), (70 * 24, "two months")),
)
def test_the_wait_is_computed_from_the_dates(
    said: Said, a_thread: AThread, hours: float, words: str
) -> None:
    facts = known_facts(a_thread(said("Where is it?", ago=hours)), now=NOON)

    first = NOON - timedelta(hours=hours)
    assert facts["waiting_time"].value == words
    assert facts["waiting_time"].origin.startswith("since they first wrote")
    assert f"{first:%b}" in facts["waiting_time"].origin


def test_a_wait_of_hours_is_not_spoken_of(said: Said, a_thread: AThread) -> None:
    assert "waiting_time" not in values(a_thread(said("Where is it?", ago=5)))


@pytest.mark.parametrize(
    ("name", "spoken"),
    (
        ("Maria Lopez", "Maria"),
        ("Mr Aldous Finch", "Mr Finch"),
        ("Col. R. Basu (retd.)", "Col. Basu"),
        ("kev", "Kev"),
        ("Anne-Marie O'Neill", "Anne-Marie"),
        ("rafa_77", ""),
        ("R. Basu", ""),
        ("someone@example.com", ""),
        ("The Complete Works Of Somebody", ""),
        ("Support Team", ""),
        ("", ""),
    ),
)
def test_a_customer_is_addressed_as_people_are(name: str, spoken: str) -> None:
    assert spoken_name(name) == spoken


@pytest.mark.parametrize(
    ("text", "name"),
    (
        ("It broke.\n\nKind regards\nMaria Lopez", "Maria"),
        ("It broke. Thanks, Dana", "Dana"),
        ("It broke.\n-- Dana", "Dana"),
        ("Please help.\nDominik Baran", "Dominik"),
        ("It broke.\nUnacceptable", ""),
        ("It broke. Respect.", ""),
        ("I hope you fix it soon", ""),
        ("The rental part has not. Booking CR-51-0098", ""),
        ("Thanks", ""),
    ),
)
def test_a_signature_is_only_what_is_certainly_one(text: str, name: str) -> None:
    assert signed_name(text) == name


def test_a_single_last_word_is_a_signature_when_it_is_their_name() -> None:
    assert signed_name("It broke.\nMaria", known="Maria Lopez") == "Maria"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_searched_for_a_name(text: str) -> None:
    assert "\n" not in signed_name(text)
