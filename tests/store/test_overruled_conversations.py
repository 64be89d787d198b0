"""What the agent says against what is counted, and giving a conversation to the lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cxdesk.errors import UserError
from cxdesk.model import Analysis, Draft, Incoming, Message, Overruled, Role, State, Trend
from cxdesk.store import Store

Add = Callable[..., int]
AMessage = Callable[..., Incoming]
AnAnalysis = Callable[..., Analysis]
SAID = Overruled(failures=3, apologies=0, trend=Trend.FALLING, solved=False, safe_until=7)


def endangered(store: Store, a_message: AMessage, an_analysis: AnAnalysis) -> Message:
    """A stored message with words of danger, alone in its conversation."""
    (conversation,) = store.add([a_message(thread="danger")]).conversations
    message = store.thread(conversation).messages[0]
    found = an_analysis()
    threat = replace(found.cues[0], code="threat")
    store.save_analyses([(message.id, replace(found, cues=(threat,), flags=()))])
    return message


def test_all_is_as_computed_until_the_agent_says_otherwise(store: Store, add: Add) -> None:
    assert store.thread(add()).overruled == Overruled()


def test_what_the_agent_says_is_kept_to_the_zero_and_the_no(store: Store, add: Add) -> None:
    conversation = add()

    store.overrule(conversation, SAID)

    assert store.thread(conversation).overruled == SAID
    assert store.overruled(conversation) == SAID


def test_taking_all_of_it_back_leaves_the_conversation_as_it_was(store: Store, add: Add) -> None:
    conversation = add()
    before = store.thread(conversation)
    store.overrule(conversation, SAID)

    store.overrule(conversation, Overruled())

    assert store.thread(conversation) == before


@pytest.mark.parametrize("solved", (True, False))
def test_what_was_said_of_solved_ends_with_the_next_word_and_with_done(
    store: Store, add: Add, a_message: AMessage, solved: bool
) -> None:
    conversation = add(thread="lamp")
    store.overrule(conversation, Overruled(failures=3, trend=Trend.FALLING, solved=solved))

    store.add([a_message("It is broken again!", thread="lamp", ago=5)])
    after_a_word = store.overruled(conversation)
    store.overrule(conversation, Overruled(solved=solved))
    store.set_state(conversation, State.SOLVED)

    assert after_a_word == Overruled(failures=3)
    assert store.overruled(conversation) == Overruled()


def test_the_trend_the_agent_sees_is_shown_in_the_list_too(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add()

    store.overrule(conversation, Overruled(trend=Trend.RISING))

    row = store.row(conversation, now)
    assert row is not None
    assert row.trend is Trend.RISING
    assert store.thread(conversation).mood.trend is Trend.RISING


def test_no_danger_is_said_of_what_was_there_and_not_of_what_comes(
    store: Store, a_message: AMessage, an_analysis: AnAnalysis
) -> None:
    message = endangered(store, a_message, an_analysis)
    here = message.conversation_id
    assert store.in_danger([here], {"threat"}) == {here}

    store.overrule(here, Overruled(safe_until=message.id))
    calmed = store.in_danger([here], {"threat"})
    store.overrule(here, Overruled(safe_until=message.id - 1))

    assert calmed == frozenset()
    assert store.in_danger([here], {"threat"}) == {here}


def test_two_conversations_that_become_one_are_safe_only_where_both_were(
    store: Store, add: Add, a_message: AMessage
) -> None:
    one, other = add(id="<1@x>"), add(id="<2@x>")
    store.overrule(one, Overruled(failures=2, safe_until=9))

    store.add([a_message(thread_keys=("<3@x>", "<1@x>", "<2@x>"))])

    said = store.thread(one).overruled
    assert store.thread(other).id == store.thread(one).id
    assert (said.failures, said.safe_until) == (2, None)


def test_handing_over_writes_a_note_and_lays_the_conversation_aside(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add()
    tomorrow = now + timedelta(days=1)

    note = store.hand_over(conversation, "insulted twice", at=now, until=tomorrow)

    thread = store.thread(conversation)
    assert (note.role, note.text) == (Role.NOTE, "Handed over to the lead: insulted twice")
    assert thread.messages[-1] == note
    assert (thread.state, thread.snoozed_until) == (State.SNOOZED, tomorrow)
    assert store.snooze_reason(conversation) == note.text
    row = store.row(conversation, now)
    assert row is not None
    assert row.waiting_since is not None  # the customer waits for us all the same


def test_a_customer_who_writes_wakes_what_was_handed_over(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add(id="<1@x>")
    store.hand_over(conversation, "insulted twice", at=now, until=now + timedelta(days=1))

    add(thread="<1@x>", id="<2@x>", ago=-5)

    assert store.thread(conversation).state is State.NEW


@pytest.mark.parametrize("asleep", (False, True))
def test_a_hand_over_is_undone_exactly(store: Store, add: Add, now: datetime, asleep: bool) -> None:
    conversation = add()
    store.save_draft(Draft(conversation, "half a reply", saved_at=now))
    store.save_draft(Draft(conversation, "half a note", kind=Role.NOTE, saved_at=now))
    if asleep:
        store.snooze(conversation, now + timedelta(hours=3), "waits for the depot")
    before = store.thread(conversation), store.snooze_reason(conversation)
    note = store.hand_over(conversation, "too much", at=now, until=now + timedelta(days=1))

    store.take_back(note.id)

    assert (store.thread(conversation), store.snooze_reason(conversation)) == before
    assert store.draft(conversation, Role.NOTE) is not None
    with pytest.raises(UserError, match="no longer there"):
        store.take_back(note.id)
