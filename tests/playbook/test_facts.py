from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cxdesk.model import Customer, Level, Message, Mood, Role, State, Thread, Trend
from cxdesk.playbook.facts import known_facts
from cxdesk.playbook.names import signed_name, spoken_name
from cxdesk.playbook.phrases import straight

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
        ("return label pls for A-90881", "order_ref", "A-90881"),
        ("First order with you. Did it get through? 7-00412", "order_ref", "7-00412"),
        ("Just ordered, #10077, did it go through?", "order_ref", "#10077"),
        ("It's been with you since Easter. Claim DN 7734.", "case_ref", "claim DN 7734"),
        ("I claim 900 and no account 900-5518-2 of mine", "order_ref", "900-5518-2"),
        ("you billed me 1500 naira", "amount", "1500 naira"),
        ("half the refund came. 44.50 missing", "amount", "44.50"),
        ("Please waive the 35 reconnection fee", "amount", "35"),
        ("The flight jumped 140 bucks", "amount", "140 bucks"),
        ("31 hours without internet", "waiting_time", "31 hours"),
        ("31 hours without internet", "impact", "31 hours without internet"),
        ("The wardrobe has a deep scratch on the door.", "issue", "the deep scratch"),
        ("is it possible to exchange the lamp for a smaller one", "item", "the lamp"),
        ("Jacket's too big, how do I send it back?", "item", "the jacket"),
        ("We got two wool coats and wanted three", "item", "the wool coats"),
        ("My washing machine leaks. It leaks a lot.", "item", "the washing machine"),
        ("flowers for mums funeral came a day late", "occasion", "your mums funeral"),
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
        ("My order of 2026-05-01 is late", "order_ref"),
        ("The plate says model 77-00319, ISO-9001", "order_ref"),
        ("Is it A-90881 or A-90882?", "order_ref"),
        ("Your page said 7.30, the driver came at 8.15 and charged me", "amount"),
        ("I ordered a lamp and a rug, one is broken", "item"),
        ("My tea's cold", "item"),
        ("The lady at the desk was rude", "item"),
        ("My phone bill is wrong", "item"),
        ("Either DHL or UPS has it", "partner"),
        ("I've been with you for ten years, waiting for nothing", "waiting_time"),
        ("Of course. I'd love to. Tomorrow then", "item"),
    ),
)
def test_what_is_not_sure_stays_open(said: Said, a_thread: AThread, text: str, slot: str) -> None:
    assert slot not in values(a_thread(said(text)))


def test_every_value_says_where_it_was_read(said: Said, a_thread: AThread) -> None:
    thread = a_thread(said("Third time I write. Order A-20418.\n\nThanks,\nDana", ago=1))

    facts = known_facts(thread, now=NOON, agent_name="Robin", company="Lumen")

    at = (NOON - timedelta(hours=1)).astimezone()
    message = f"their message of {at.day} {at:%b}, {at:%H:%M}"
    assert facts["customer_name"].origin == f"signed “Dana” in {message}"
    assert facts["count"].origin == f"“Third time”, from {message}"
    assert facts["order_ref"].origin == f"“Order A-20418”, from {message}"
    assert facts["agent_name"].origin == "your name in the settings"
    assert facts["company"].value == "Lumen"


def test_the_name_they_sign_with_wins_over_the_one_on_record(said: Said, a_thread: AThread) -> None:
    thread = a_thread(said("It broke. Regards, Marie"), customer=Customer(1, "Maria Lopez"))

    assert values(thread)["customer_name"] == "Marie"


def test_thanks_to_the_agent_are_no_signature(said: Said, replied: Said, a_thread: AThread) -> None:
    thread = a_thread(replied("Here you are.", ago=2), said("It works. Thanks, Robin", ago=1))

    assert values(thread)["customer_name"] == "Maria"


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

    first, today = (at.astimezone() for at in (NOON - timedelta(hours=hours), NOON))
    assert facts["waiting_time"].value == words
    assert facts["waiting_time"].origin == (
        f"computed: first message {first.day} {first:%b}, today {today.day} {today:%b}"
    )


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
        ("I'd like someone to hear it. Caoimhe", "Caoimhe"),
        ("One hall for the night. Judith Amory, clerk", "Judith"),
        ("Thank you for everything, Jess & small loud Arthur x", "Jess"),
        ("Timers, please! Cheers, Rowan from the wee bakery in Oban", "Rowan"),
        ("Hi it's Latoya, the fee needs to come off", "Latoya"),
        ("My name is Siobhán and the mug says otherwise", "Siobhán"),
        ("Hi it's late. It was bad. Tomorrow", ""),
        ("Great, thanks Tom.", ""),
        ("We live here. Graz", ""),
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


PIECES = (
    *("order A-20418", "#10077", "ticket 12-77", "$49.90", "12 euros", "paid 6,90", "third time"),
    *("waiting two weeks", "my lamp is broken", "ordered the rug", "it's for my wedding", "DHL"),
    *("you promised delivery by Friday.", "I want a refund", "Thanks, Dana", "about my May bill"),
    *("a deep scratch", "5 days without heating", "for", "the", "of", "is", ". ", "\n"),
)
SAID = st.one_of(st.text(max_size=30), st.sampled_from(PIECES))
OURS = {"the", "your", "yours", "you", "second", "third", "fourth", "fifth", "sixth", "seventh"}
OURS |= {"eighth", "ninth"}


@settings(deadline=None)
@example([".  ."])
@given(st.lists(st.lists(SAID, max_size=12).map(" ".join), min_size=1, max_size=3))
def test_a_value_stands_in_a_message_or_is_computed(texts: list[str]) -> None:
    messages = tuple(
        Message(place, 1, Role.CUSTOMER, "", text, NOON - timedelta(days=3 - place))
        for place, text in enumerate(texts)
    )
    mood = Mood(Level.CALM, Trend.STEADY)
    thread = Thread(1, "", "chat", State.OPEN, Customer(1, ""), messages, mood)

    facts = known_facts(thread, now=NOON)

    said = straight(" ".join(texts)).lower()
    for fact in facts.values():
        words = straight(fact.value).lower().split()
        is_said = all(word in said or word in OURS for word in words)
        assert is_said or fact.origin.startswith("computed: ")
        assert fact.origin


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_searched_for_a_name(text: str) -> None:
    assert "\n" not in signed_name(text)
