"""Verdicts, the mood they make, and the agent's word against them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from cxdesk.errors import UserError
from cxdesk.model import (
    Analysis,
    BlameTarget,
    Confidence,
    Correction,
    Level,
    Mood,
    Outcome,
    Role,
    State,
    Trend,
)
from cxdesk.store import CorrectedCase, Store

Add = Callable[..., int]
Analyse = Callable[..., Analysis]
AGENT: dict[str, Any] = {"role": Role.AGENT, "name": "Dana", "address": "help@shop.example"}


def test_only_what_people_said_waits_for_the_worker(store: Store, add: Add) -> None:
    add("one", id="<1@x>")
    add("our answer", thread="<1@x>", ago=30, **AGENT)
    add("out of office", thread="<1@x>", ago=20, automated="auto-reply")
    add("a note", thread="<1@x>", ago=10, role=Role.NOTE)

    pending = store.pending_analysis(10)

    assert [(each.text, each.role) for each in pending] == [
        ("one", Role.CUSTOMER),
        ("our answer", Role.AGENT),
    ]
    assert [each.text for each in store.pending_analysis(10, Role.AGENT)] == ["our answer"]
    assert store.count_pending(Role.CUSTOMER, 10) == 1
    assert store.analysis_progress() == (2, 4)


def test_a_verdict_comes_back_as_it_was(store: Store, add: Add, an_analysis: Analyse) -> None:
    conversation = add()
    analysis = an_analysis(language="en", confidence=Confidence.MEDIUM, blame=0.75)

    store.save_analyses([(1, analysis)])

    assert store.thread(conversation).messages[0].analysis == analysis
    assert store.pending_analysis(10) == []
    assert store.analysis_progress() == (1, 1)


def test_a_verdict_made_anew_replaces_the_old_one(
    store: Store, add: Add, an_analysis: Analyse, now: datetime
) -> None:
    conversation = add()
    store.save_analyses([(1, an_analysis())])

    store.save_analyses([(1, an_analysis(Level.CALM, cues=(), flags=()))])

    assert store.thread(conversation).messages[0].level is Level.CALM
    assert store.search("signal:repetition", now=now) == []


def test_read_messages_of_open_conversations_can_be_put_back_into_the_queue(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    conversation = add("a dead pixel")
    add("another thing", thread="<1@x>")
    solved = add("a dead pixel, long ago")
    add("a dead pixel that nobody can read")
    store.save_analyses([(number, an_analysis()) for number in range(1, 5)])
    store.set_state(solved, State.SOLVED)
    store.set_aside(4, "the text could not be analysed")

    count = store.read_again(lambda text: "dead pixel" in text)

    assert count == 1
    assert [each.conversation_id for each in store.pending_analysis(10)] == [conversation]
    assert store.thread(conversation).messages[0].analysis == an_analysis()


def test_codes_of_our_own_words_are_kept_and_searchable(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add("You should have read it", **AGENT)

    store.save_codes([(1, ("blame_customer", "policy_first"))])

    assert store.thread(conversation).messages[0].codes == ("blame_customer", "policy_first")
    assert [row.id for row in store.search("signal:blame_customer", now=now)] == [conversation]
    assert store.pending_analysis(10) == []


def test_a_verdict_on_a_message_that_is_gone_is_dropped(store: Store, an_analysis: Analyse) -> None:
    store.save_analyses([(4711, an_analysis())])
    store.save_codes([(4711, ("short",))])
    store.set_aside(4711, "crashed")

    assert store.set_aside_texts() == []


def test_a_text_the_analyser_died_on_is_listed_and_not_tried_again(store: Store, add: Add) -> None:
    conversation = add("killer text")

    store.set_aside(1, "the analyser stopped")

    assert store.pending_analysis(10) == []
    (aside,) = store.set_aside_texts()
    assert (aside.message_id, aside.conversation_id) == (1, conversation)
    assert aside.reason == "the analyser stopped"


def test_readings_are_the_customers_in_order_by_place_in_the_thread(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    conversation = add("one", id="<1@x>")
    add("answer", thread="<1@x>", ago=30, **AGENT)
    add("two", thread="<1@x>", ago=20)
    add("three, not read yet", thread="<1@x>", ago=10)
    store.save_analyses([(3, an_analysis(Level.ANGRY)), (1, an_analysis(Level.CALM))])

    readings = store.readings(conversation)

    assert [(each.message_index, each.message_id, each.level) for each in readings] == [
        (0, 1, Level.CALM),
        (2, 3, Level.ANGRY),
    ]
    assert readings[1].signals == ("churn", "repetition")


def test_the_agents_word_wins_and_both_are_the_trainers_case(
    store: Store, add: Add, an_analysis: Analyse, now: datetime
) -> None:
    conversation = add("Great, thanks a lot")
    analysis = an_analysis(Level.CALM, blame_target=BlameTarget.NONE, confidence=Confidence.LOW)
    store.save_analyses([(1, analysis)])
    correction = Correction(Level.ANGRY, BlameTarget.COMPANY, "sarcasm")

    changes = store.correct(1, correction)

    message = store.thread(conversation).messages[0]
    (reading,) = store.readings(conversation)
    assert changes.conversations == {conversation}
    assert (message.level, message.blame_target) == (Level.ANGRY, BlameTarget.COMPANY)
    assert (reading.level, reading.blame_target) == (Level.ANGRY, BlameTarget.COMPANY)
    assert reading.confidence is Confidence.HIGH
    assert [row.id for row in store.search("signal:blame", now=now)] == [conversation]
    assert store.corrections() == [
        CorrectedCase(1, "Great, thanks a lot", correction, analysis, now)
    ]


def test_a_later_correction_wins_and_may_take_all_back(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    conversation = add()
    store.save_analyses([(1, an_analysis(Level.ANGRY))])
    store.correct(1, Correction(Level.CALM))
    corrected = store.thread(conversation).messages[0].level

    store.correct(1, Correction())

    message = store.thread(conversation).messages[0]
    assert corrected is Level.CALM
    assert message.correction is None
    assert message.level is Level.ANGRY
    assert len(store.corrections()) == 2


def test_a_correction_before_the_verdict_holds_after_it(
    store: Store, add: Add, an_analysis: Analyse, now: datetime
) -> None:
    conversation = add()
    store.correct(1, Correction(Level.ANNOYED, BlameTarget.THIRD_PARTY))

    store.save_analyses([(1, an_analysis(Level.FURIOUS))])

    assert store.readings(conversation)[0].level is Level.ANNOYED
    assert store.search("signal:blame", now=now) == []


def test_a_message_that_is_gone_cannot_be_corrected(store: Store) -> None:
    with pytest.raises(UserError, match="no longer there"):
        store.correct(4711, Correction(Level.CALM))


def test_the_turning_message_stays_the_same_when_an_older_mail_comes_in(
    store: Store, add: Add
) -> None:
    conversation = add("calm", id="<1@x>", ago=60)
    add("angry", thread="<1@x>", ago=30)
    mood = Mood(Level.ANGRY, Trend.RISING, (Level.CALM, Level.ANGRY), 1, Level.CALM)
    store.save_mood(conversation, mood, BlameTarget.COMPANY, Confidence.HIGH, True)
    before = store.thread(conversation).mood

    add("earlier still", thread="<1@x>", ago=500)

    assert before == mood
    assert store.thread(conversation).mood == replace(mood, turned_at=2)


def test_outcomes_say_what_each_reply_did_to_the_level(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    conversation = add("angry", id="<1@x>", ago=60)
    add("reply", thread="<1@x>", ago=50, **AGENT)
    add("out of office", thread="<1@x>", ago=45, automated="auto-reply")
    add("calmer", thread="<1@x>", ago=40)
    add("last reply, not answered", thread="<1@x>", ago=30, **AGENT)
    store.save_analyses([(1, an_analysis(Level.ANGRY)), (4, an_analysis(Level.ANNOYED))])

    outcomes = store.outcome_rows(conversation)

    assert outcomes == [Outcome(2, Level.ANGRY, Level.ANNOYED)]
    assert outcomes[0].change == -2


def test_a_customer_who_wrote_twice_is_as_angry_as_the_angrier_message(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    conversation = add("angry", id="<1@x>", ago=60)
    add("still no answer", thread="<1@x>", ago=55)
    add("reply", thread="<1@x>", ago=50, **AGENT)
    add("thanks", thread="<1@x>", ago=40)
    levels = {1: Level.ANGRY, 2: Level.ANNOYED, 4: Level.CALM}
    store.save_analyses([(each, an_analysis(level)) for each, level in levels.items()])

    (outcome,) = store.outcome_rows(conversation)

    assert (outcome.before, outcome.after) == (Level.ANGRY, Level.CALM)
