from __future__ import annotations

from dataclasses import replace

import pytest

from cxdesk.model import Level, Outcome
from cxdesk.ui.thread import words
from cxdesk.ui.thread.plan import Bundle, plan


def folded(thread, **known):
    return [line.message.id for line in plan(thread, **known) if line.folded]


def above(thread, **known):
    lines = plan(thread, **known)
    return {line.message.id: line.above.words for line in lines if line.above}


def test_messages_before_the_turn_are_folded(turned):
    assert folded(turned) == [1, 2]


def test_the_turn_says_from_where_to_where(turned):
    assert above(turned) == {3: "Turned here, from annoyed to angry"}


def test_a_short_calm_conversation_is_wholly_open(a_thread, a_message):
    thread = a_thread(*(a_message(each, "customer") for each in range(1, 6)))

    assert folded(thread) == []


def test_automatic_mail_is_folded_wherever_it_stands(a_thread, a_message):
    thread = a_thread(a_message(1, "customer"), a_message(2, "customer", automated="auto-reply"))

    assert folded(thread) == [2]


def test_what_the_person_folded_or_unfolded_counts_more(turned):
    assert folded(turned, chosen={1: False, 4: True}) == [2, 4]


def test_a_long_run_of_folded_messages_is_bundled_but_for_the_nearest(a_thread, a_message):
    thread = a_thread(*(a_message(each, "customer") for each in range(1, 501)))

    first, *rest = plan(thread)

    assert isinstance(first, Bundle)
    assert len(first.messages) == 487
    assert [line.folded for line in rest] == [True] * 8 + [False] * 5


@pytest.mark.parametrize(
    ("after", "said"),
    (
        (Level.ANNOYED, "angry → annoyed after your reply"),
        (Level.FURIOUS, "angry → furious after your reply"),
        (Level.ANGRY, "still angry after your reply"),
    ),
)
def test_the_answer_to_a_reply_tells_what_the_reply_did(a_thread, a_message, verdict, after, said):
    thread = a_thread(
        a_message(1, "customer", analysis=verdict("", Level.ANGRY)),
        a_message(2, "agent", author="Kim"),
        a_message(3, "customer", analysis=verdict("", after)),
    )

    assert above(thread, own_name="Kim") == {3: said}


def test_a_colleagues_reply_is_called_by_name(a_thread, a_message, verdict):
    thread = a_thread(
        a_message(1, "customer", analysis=verdict("", Level.ANGRY)),
        a_message(2, "agent"),
        a_message(3, "customer", analysis=verdict("", Level.CALM)),
    )

    assert above(thread, own_name="Kim") == {3: "angry → calm after Priya’s reply"}


def test_calm_after_calm_is_no_news(a_thread, a_message, verdict):
    thread = a_thread(
        a_message(1, "customer", analysis=verdict("", Level.CALM)),
        a_message(2, "agent"),
        a_message(3, "customer", analysis=verdict("", Level.CALM)),
    )

    assert above(thread) == {}


def test_a_measured_outcome_counts_more_than_the_levels_in_the_thread(a_thread, a_message, verdict):
    thread = a_thread(
        a_message(1, "customer", analysis=verdict("", Level.ANGRY)),
        a_message(2, "agent", author=""),
        a_message(3, "customer", analysis=verdict("", Level.ANNOYED)),
    )

    told = above(thread, outcomes=[Outcome(2, Level.FURIOUS, Level.ANNOYED)])

    assert told == {3: "furious → annoyed after your reply"}


def test_a_turn_outside_the_messages_is_no_turn(turned):
    thread = replace(turned, mood=replace(turned.mood, turned_at=9))

    assert "Turned" not in " ".join(above(thread).values())


@pytest.mark.parametrize(
    ("number", "said"), ((1, "first contact"), (3, "third contact"), (13, "contact 13"))
)
def test_contacts_are_counted_in_words(number, said):
    assert words.contact(number) == said
