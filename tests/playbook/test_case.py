"""The case card, on conversations of eight trades."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.model import (
    Case,
    CasePart,
    Customer,
    Level,
    Message,
    Mood,
    Promise,
    PromiseState,
    Role,
    State,
    Thread,
    Trend,
)
from cxdesk.playbook import case_of, moment

Said = Callable[..., Message]
AThread = Callable[..., Thread]
NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)

TRAVEL = (
    "Hello, our flight AZ 318 to Lisbon was cancelled and nobody told us. It's for my mother's"
    " 80th birthday. Booking LKQ8ZP. You promised a call back by noon. When can we fly? Thanks, Ana"
)
ENERGY = (
    "No power in our street since six. My father is in a wheelchair and the lift stands still."
    " When will it be back?"
)
PARCELS = (
    "Order A-20418 is marked as delivered and nothing came. I was promised a photo of it. I need it"
    " before my exam on Monday. Where is it?\n\nRegards,\nDominik Baran"
)
BANK = "You charged me twice, $49 each time. I can't pay my rent now. Can you reverse one of them?"
CLINIC = "The nurse never came on Sunday. Mother's dressing wasn't changed. Who is coming today?"
SOFTWARE = (
    "Since the update the export gives blank pages. We open the books on Friday so we need the"
    " figures. Is there a way around it?"
)
RESTAURANT = "Your waiter laughed at my son's stutter. I would like an apology, not a voucher."
HOUSING = (
    "I was told parking is included, and the contract says it is not. It costs me 90 a month."
    " Who is right?"
)


@pytest.fixture
def a_case(said: Said, a_thread: AThread) -> Callable[..., Case]:
    """A builder: the case of a thread with one message of this text."""

    def build(text: str, **changes: object) -> Case:
        thread = a_thread(said(text), **changes)
        return case_of(thread, moment(thread, now=NOON), now=NOON)

    return build


@pytest.mark.parametrize(
    ("text", "intent", "issue"),
    (
        (ENERGY, "outage", "No power in our street since six."),
        (
            PARCELS,
            "delivery_missing",
            "Order A-20418 is marked as delivered and nothing came.",
        ),
        (BANK, "billing_error", "You charged me twice, $49 each time."),
        (CLINIC, "missed_appointment", "The nurse never came on Sunday."),
        (SOFTWARE, "bug", "Since the update the export gives blank pages."),
        (RESTAURANT, "complaint_staff", "Your waiter laughed at my son's stutter."),
        (
            HOUSING,
            "wrong_information",
            "I was told parking is included, and the contract says it is not.",
        ),
    ),
)
def test_what_it_is_about_stands_in_their_own_sentence(
    a_case: Callable[..., Case], text: str, intent: str, issue: str
) -> None:
    case = a_case(text)

    assert intent in [part.code for part in case.intents]
    assert case.issue
    assert case.issue.words == issue
    for part in (case.issue, *case.intents):
        assert text[part.start : part.end] == part.words


@pytest.mark.parametrize(
    ("text", "code", "words"),
    (
        (TRAVEL, "need", "It's for my mother's 80th birthday."),
        (ENERGY, "impact", "My father is in a wheelchair and the lift stands still."),
        (PARCELS, "need", "I need it before my exam on Monday."),
        (BANK, "impact", "I can't pay my rent now."),
        (SOFTWARE, "need", "We open the books on Friday so we need the figures."),
        (HOUSING, "impact", "It costs me 90 a month."),
    ),
)
def test_why_it_matters_is_told_in_their_words(
    a_case: Callable[..., Case], text: str, code: str, words: str
) -> None:
    assert (code, words) in [(part.code, part.words) for part in a_case(text).why]


def test_a_message_that_gives_no_reason_has_none(a_case: Callable[..., Case]) -> None:
    assert a_case("Where is my parcel?").why == ()


def test_their_questions_and_what_they_were_told_are_listed(a_case: Callable[..., Case]) -> None:
    case = a_case(TRAVEL)

    assert [part.words for part in case.asks] == ["When can we fly?"]
    assert [(part.code, part.words) for part in case.promised] == [
        ("theirs", "You promised a call back by noon.")
    ]


def test_facts_say_where_they_were_read(a_case: Callable[..., Case]) -> None:
    facts = {part.code: part for part in a_case(PARCELS).facts}

    assert facts["order_ref"].words == "A-20418"
    assert PARCELS[facts["order_ref"].start : facts["order_ref"].end] == "A-20418"
    assert "their message of " in facts["order_ref"].origin


def test_who_they_are_says_name_since_when_and_which_contact(a_case: Callable[..., Case]) -> None:
    customer = Customer(1, "Dominik Baran", since=datetime(2023, 5, 15, 12, tzinfo=UTC))

    who = {part.code: part for part in a_case(PARCELS, customer=customer, contact_number=3).who}

    assert who["name"].words == "Dominik"
    assert who["name"].origin.startswith("signed “Dominik”")
    assert who["since"].words == "customer since May 2023"
    assert who["contact"].words == "third contact"


def test_a_handle_is_shown_as_it_is_known(a_case: Callable[..., Case]) -> None:
    who = a_case("it broke", customer=Customer(1, "rafa_77")).who

    assert who[0] == CasePart("name", "rafa_77", "as the customer is known")


def test_our_open_promises_stand_before_what_they_say_we_said(
    a_case: Callable[..., Case],
) -> None:
    due, said_at = NOON + timedelta(days=2), NOON - timedelta(days=1)
    usual = (1, 2, "Ana", "", "chat", None)
    ours = Promise(1, *usual, "I'll call you by Friday", "call you", said_at, due)
    kept = Promise(2, *usual, "I'll check", "check", said_at, None, PromiseState.KEPT)

    promised = a_case(TRAVEL, promises=(ours, kept)).promised

    day = due.astimezone()
    assert [part.code for part in promised] == ["ours", "theirs"]
    assert promised[0].words == "I'll call you by Friday"
    assert f"due {day.day} {day:%b}, {day:%H:%M}" in promised[0].origin


def test_the_matter_stays_when_the_last_words_are_small_talk(
    said: Said, a_thread: AThread, replied: Said
) -> None:
    thread = a_thread(
        said(PARCELS, ago=30), replied("I'm looking into it.", ago=20), said("ok, thanks", ago=1)
    )

    case = case_of(thread, moment(thread, now=NOON), now=NOON)

    assert case.issue
    assert case.issue.words.startswith("Order A-20418 is marked as delivered")


def test_a_machine_that_wrote_is_not_quoted(said: Said, a_thread: AThread) -> None:
    notice = replace(said("I am out of the office until Monday.", ago=1), automated="auto-reply")
    thread = a_thread(said("The lamp is broken.", ago=9), notice)

    case = case_of(thread, moment(thread, now=NOON), now=NOON)

    assert case.issue
    assert case.issue.words == "The lamp is broken."


def test_a_conversation_without_a_customer_has_an_empty_case(a_thread: AThread) -> None:
    thread = a_thread()

    case = case_of(thread, moment(thread, now=NOON), now=NOON)

    assert case.issue is None
    assert case.intents == case.why == case.asks == case.promised == ()


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), max_size=3))
def test_any_conversation_has_a_case_and_its_words_stand_where_it_says(texts: list[str]) -> None:
    messages = tuple(
        Message(place, 1, Role.CUSTOMER, "", text, NOON - timedelta(hours=5 - place))
        for place, text in enumerate(texts, start=1)
    )
    mood = Mood(Level.CALM, Trend.STEADY)
    thread = Thread(1, "", "chat", State.OPEN, Customer(1, ""), messages, mood)

    case = case_of(thread, moment(thread, now=NOON), now=NOON)

    said = {message.id: message.text for message in messages}
    parts = (*case.intents, *case.facts, *case.who, *case.why, *case.asks, *case.promised)
    for part in (*parts, *filter(None, [case.issue])):
        assert part.origin
        if part.message_id:
            assert said[part.message_id][part.start : part.end] == part.words
