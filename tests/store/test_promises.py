"""Promises of ours: kept with the reply they were made in, open until somebody says otherwise, and
brought to mind in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.errors import UserError
from cxdesk.model import FoundPromise, Level, Message, Promise, PromiseState, Row, State
from cxdesk.store import Store, lists, migrations
from cxdesk.store.database import Database

Add = Callable[..., int]
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
LEAD = timedelta(minutes=30)
WORDS = "I'll ring the depot by 3 pm"
REPLY = f"Thank you, Maria. {WORDS}."
KEPT, BROKEN, OPEN = PromiseState.KEPT, PromiseState.BROKEN, PromiseState.OPEN


def found(due: datetime | None, start: int = 18) -> FoundPromise:
    return FoundPromise(start, start + len(WORDS), WORDS, "ring the depot", due)


def reply_to(store: Store, conversation_id: int, *, at: datetime = NOW) -> Message:
    return store.add_reply(conversation_id, REPLY, author="Priya", sent_at=at)


def promised(store: Store, conversation_id: int, due: datetime | None, **reply: Any) -> Promise:
    """A promise made in a reply of its own."""
    return store.keep_promise(reply_to(store, conversation_id, **reply).id, found(due))


def row_of(store: Store, conversation_id: int) -> Row:
    row = store.row(conversation_id, NOW)
    assert row is not None
    return row


def standing(store: Store, conversation_id: int) -> tuple[State, datetime | None]:
    row = row_of(store, conversation_id)
    return row.state, row.waiting_since


def hours(number: float) -> datetime:
    return NOW + timedelta(hours=number)


# ------------------------------------------------------------------ kept with the reply


def test_a_promise_knows_its_words_its_time_and_whom_it_was_made_to(store: Store, add: Add) -> None:
    conversation = add("Where is it?", ago=60)
    reply = reply_to(store, conversation)

    promise = store.keep_promise(reply.id, found(hours(3)))

    assert promise == Promise(
        id=promise.id,
        conversation_id=conversation,
        message_id=reply.id,
        customer="Maria Lopez",
        subject="My parcel",
        channel="email",
        level=None,
        text=WORDS,
        what="ring the depot",
        said_at=NOW,
        due=hours(3),
    )
    assert store.promise(promise.id) == promise
    assert store.thread(conversation).promises == (promise,)


def test_a_promise_shows_how_the_customer_is_now(
    store: Store, add: Add, an_analysis: Callable[..., Any]
) -> None:
    conversation = add()
    promise = promised(store, conversation, None)
    store.save_analyses([(1, an_analysis(Level.FURIOUS))])
    store._change(conversation, level=4)

    assert store.promise(promise.id).level is Level.FURIOUS


def test_the_same_words_are_one_promise_and_keep_the_newer_time(store: Store, add: Add) -> None:
    reply = reply_to(store, add())
    first = store.keep_promise(reply.id, found(hours(3)))

    again = store.keep_promise(reply.id, found(hours(5)))
    other = store.keep_promise(reply.id, found(None, start=0))

    assert again == replace(first, due=hours(5))
    assert [each.id for each in store.open_promises()] == [first.id, other.id]


def test_taking_a_reply_back_takes_its_promises_along(store: Store, add: Add) -> None:
    conversation = add()
    before = standing(store, conversation)
    earlier = promised(store, conversation, hours(9))
    answered = standing(store, conversation)
    reply = reply_to(store, conversation)
    store.keep_promise(reply.id, found(hours(0)))
    store.remind_due(NOW, LEAD)

    store.take_back(reply.id)

    assert store.open_promises() == [earlier]
    assert standing(store, conversation) == answered
    store.take_back(earlier.message_id)
    assert store.open_promises() == []
    assert standing(store, conversation) == before


def test_a_promise_of_a_reply_that_is_gone_is_refused_in_words(store: Store, add: Add) -> None:
    reply = reply_to(store, add())
    store.take_back(reply.id)

    with pytest.raises(UserError, match="no longer there"):
        store.keep_promise(reply.id, found(hours(1)))


@pytest.mark.parametrize(
    "deed",
    (
        lambda store: store.promise(9),
        lambda store: store.settle_promise(9, KEPT, NOW),
        lambda store: store.move_promise(9, None),
    ),
)
def test_a_promise_that_is_gone_is_said_in_words(
    store: Store, deed: Callable[[Store], object]
) -> None:
    with pytest.raises(UserError, match="no longer there"):
        deed(store)


def test_promises_go_along_when_two_conversations_turn_out_to_be_one(
    store: Store, add: Add, a_message: Callable[..., Any]
) -> None:
    one, other = add("one", id="<1@x>"), add("two", id="<2@x>")
    promises = [promised(store, one, hours(1)), promised(store, other, hours(2))]

    store.add([a_message("three", thread_keys=("<3@x>", "<1@x>", "<2@x>"))])

    assert [each.id for each in store.thread(other).promises] == [each.id for each in promises]
    assert {each.conversation_id for each in store.open_promises()} == {one}


# ------------------------------------------------------------------ lists


due_times = st.lists(st.one_of(st.none(), st.integers(-5, 5)), max_size=12)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(times=due_times, size=st.integers(1, 5))
def test_pages_of_open_promises_go_by_time_and_end_with_those_that_have_none(
    a_message: Callable[..., Any], times: Sequence[int | None], size: int
) -> None:
    with Store.open(":memory:", clock=lambda: NOW) as store:
        store.add([a_message()])
        kept = [promised(store, 1, None if time is None else hours(time)) for time in times]
        pages: list[Promise] = []
        while page := store.open_promises(pages[-1] if pages else None, size):
            pages += page

        assert pages == sorted(kept, key=lambda p: (p.due is None, p.due or NOW, p.id))
        due = [each for each in pages if each.due and each.due <= hours(2)]
        assert store.due_promises(hours(2)) == due


def test_settled_promises_leave_the_open_ones_and_come_back_when_reopened(
    store: Store, add: Add
) -> None:
    first, second = (promised(store, add(), hours(3)) for _ in range(2))
    store.settle_promise(first.id, KEPT, hours(1))

    changes = store.settle_promise(second.id, BROKEN, hours(2))

    assert changes.conversations == {second.conversation_id}
    assert store.open_promises() == []
    assert store.settled_promises() == [
        replace(second, state=BROKEN, settled_at=hours(2)),
        replace(first, state=KEPT, settled_at=hours(1)),
    ]
    assert len(store.settled_promises(limit=1)) == 1
    store.settle_promise(first.id, OPEN, hours(3))
    assert store.open_promises() == [first]


def test_the_row_shows_the_next_open_promise_of_its_conversation(store: Store, add: Add) -> None:
    conversation, other = add(), add()
    promised(store, conversation, None)
    later = promised(store, conversation, hours(5))
    sooner = promised(store, conversation, hours(2))
    assert row_of(store, other).promise_due is None
    assert row_of(store, conversation).promise_due == hours(2)

    store.settle_promise(sooner.id, KEPT, NOW)
    store.move_promise(later.id, hours(7))

    assert row_of(store, conversation).promise_due == hours(7)


def test_a_promise_can_lose_its_time(store: Store, add: Add) -> None:
    promise = promised(store, add(), hours(2))

    store.move_promise(promise.id, None)

    assert store.promise(promise.id).due is None
    assert store.due_promises(hours(999)) == []


def test_the_rate_counts_what_was_kept_in_time_of_what_is_settled_or_overdue(
    store: Store, add: Add
) -> None:
    in_time, late, broken, _overdue, _ahead, _undated, undated_kept = (
        promised(store, add(), due)
        for due in (hours(1), hours(1), hours(1), hours(1), hours(9), None, None)
    )
    assert store.kept_rate(NOW) == (0, 0)
    store.settle_promise(in_time.id, KEPT, hours(1))
    store.settle_promise(late.id, KEPT, hours(1.5))
    store.settle_promise(broken.id, BROKEN, hours(0.5))
    store.settle_promise(undated_kept.id, KEPT, hours(2))

    assert store.kept_rate(hours(2)) == (2, 5)


# ------------------------------------------------------------------ brought to mind


def test_a_promise_brings_its_conversation_back_before_it_is_due_and_once(
    store: Store, add: Add
) -> None:
    conversation = add(ago=60)
    promised(store, conversation, hours(3))

    assert store.remind_due(hours(2.4), LEAD).conversations == frozenset()
    assert standing(store, conversation) == (State.PENDING, None)

    assert store.remind_due(hours(2.6), LEAD).conversations == {conversation}
    assert standing(store, conversation) == (State.OPEN, hours(2.5))
    assert [row.id for row in store.rows("waiting", now=hours(3))] == [conversation]

    store.set_state(conversation, State.PENDING)
    assert store.remind_due(hours(4), LEAD).conversations == frozenset()


def test_what_is_due_at_once_waits_from_when_it_was_promised(store: Store, add: Add) -> None:
    conversation = add(ago=60)
    promised(store, conversation, NOW + timedelta(minutes=10))

    store.remind_due(NOW, LEAD)

    assert standing(store, conversation) == (State.OPEN, NOW)


def test_a_customer_who_waits_anyway_keeps_their_place(store: Store, add: Add) -> None:
    conversation = add(id="<1@x>", ago=60)
    promised(store, conversation, hours(1), at=hours(-0.5))
    add("And now?", thread="<1@x>", ago=10)
    before = standing(store, conversation)

    store.remind_due(hours(1), LEAD)

    assert standing(store, conversation) == before


def test_a_solved_conversation_stays_solved(store: Store, add: Add) -> None:
    conversation = add()
    promised(store, conversation, hours(1))
    store.set_state(conversation, State.SOLVED)

    assert store.remind_due(hours(1), LEAD).conversations == frozenset()
    assert row_of(store, conversation).state is State.SOLVED


@pytest.mark.parametrize(
    "deed",
    (
        lambda store, promise: store.settle_promise(promise.id, KEPT, hours(3)),
        lambda store, promise: store.settle_promise(promise.id, BROKEN, hours(3)),
        lambda store, promise: store.move_promise(promise.id, hours(9)),
    ),
)
def test_a_conversation_that_was_back_for_a_promise_alone_goes_when_that_is_dealt_with(
    store: Store, add: Add, deed: Callable[[Store, Promise], object]
) -> None:
    conversation = add()
    promise = promised(store, conversation, hours(3))
    store.remind_due(hours(3), LEAD)

    deed(store, promise)

    assert standing(store, conversation) == (State.PENDING, None)


def test_a_promise_with_a_new_time_or_reopened_reminds_anew(store: Store, add: Add) -> None:
    conversation = add()
    promise = promised(store, conversation, hours(3))
    store.remind_due(hours(3), LEAD)
    store.move_promise(promise.id, hours(9))

    assert store.remind_due(hours(9), LEAD).conversations == {conversation}
    assert standing(store, conversation) == (State.OPEN, hours(8.5))

    store.settle_promise(promise.id, KEPT, hours(9))
    store.settle_promise(promise.id, OPEN, hours(9))
    assert store.remind_due(hours(9), LEAD).conversations == {conversation}


def test_a_promise_takes_its_conversation_out_of_a_snooze_and_leaves_it_there_again(
    store: Store, add: Add
) -> None:
    conversation = add()
    promise = promised(store, conversation, hours(3))
    store.snooze(conversation, hours(48), "ask whether it works")

    store.remind_due(hours(3), LEAD)
    awake = row_of(store, conversation)
    store.settle_promise(promise.id, KEPT, hours(3))

    asleep = row_of(store, conversation)
    assert (awake.state, awake.snoozed_until) == (State.OPEN, None)
    assert (asleep.state, asleep.snoozed_until) == (State.SNOOZED, hours(48))
    assert store.snooze_reason(conversation) == "ask whether it works"
    assert store.wake_due(hours(48)).conversations == {conversation}


def test_two_promises_that_are_due_together_both_hold_their_conversation(
    store: Store, add: Add
) -> None:
    conversation = add()
    first, second = (promised(store, conversation, hours(3)) for _ in range(2))
    store.remind_due(hours(3), LEAD)

    store.settle_promise(first.id, KEPT, hours(3))
    store.remind_due(hours(3), LEAD)
    assert row_of(store, conversation).state is State.OPEN

    store.settle_promise(second.id, KEPT, hours(3))
    store.remind_due(hours(3), LEAD)
    assert row_of(store, conversation).state is State.PENDING


def test_what_the_customer_wrote_since_keeps_the_conversation_in_the_list(
    store: Store, add: Add
) -> None:
    conversation = add(id="<1@x>", ago=60)
    promise = promised(store, conversation, hours(-0.5), at=hours(-0.9))
    store.remind_due(NOW, LEAD)
    add("Hello?", thread="<1@x>", ago=5)

    store.settle_promise(promise.id, KEPT, NOW)

    assert standing(store, conversation) == (State.OPEN, NOW - timedelta(minutes=5))


# ------------------------------------------------------------------ the file


def test_a_file_of_version_2_keeps_everything_and_can_hold_promises(path: Path) -> None:
    older = sqlite3.connect(path, isolation_level=None)
    for step in migrations.STEPS[:2]:
        step(Database(older, execute_plugins=False))
    older.executescript(VERSION_2)
    older.close()

    with Store.open(path, clock=lambda: NOW) as store:
        thread = store.thread(1)
        assert [message.text for message in thread.messages] == ["Where is it?", "On its way."]
        assert thread.promises == ()
        assert store.draft(1) is not None
        assert [each.rule for each in store.dismissals()] == ["r.me"]
        promise = store.keep_promise(2, found(hours(1)))
        assert store.open_promises() == [promise]


VERSION_2 = """
PRAGMA application_id = 1668834405;
PRAGMA user_version = 2;
INSERT INTO customers (id, name) VALUES (1, 'Maria');
INSERT INTO conversations (id, customer_id, source, channel, state, started_at, updated_at)
    VALUES (1, 1, 'mail', 'email', 'open', 1, 1);
INSERT INTO messages (id, conversation_id, role, text, sent_at, source, external_id)
    VALUES (1, 1, 'customer', 'Where is it?', 1, 'mail', 'a'),
    (2, 1, 'agent', 'On its way.', 2, 'mail', 'b');
INSERT INTO drafts (conversation_id, kind, text, saved_at) VALUES (1, 'agent', 'PS', 3);
INSERT INTO dismissals (rule, scope, at) VALUES ('r.me', 'me', 3);
"""


def test_people_who_open_the_file_find_promises_in_plain_words(
    path: Path, store: Store, add: Add
) -> None:
    promised(store, add(), hours(3))

    with sqlite3.connect(path) as reader:
        promise = reader.execute("SELECT customer, text, state, said_at, due FROM v_promises")

    assert promise.fetchall() == [
        ("Maria Lopez", WORDS, "open", "2026-03-10T12:00:00Z", "2026-03-10T15:00:00Z")
    ]


def test_a_row_of_the_inbox_finds_its_next_promise_in_an_index(store: Store) -> None:
    plan = store._all(f"EXPLAIN QUERY PLAN {lists._ROWS}", ("[1]",))

    steps = [str(step["detail"]) for step in plan]

    assert "SEARCH p USING INDEX promises_next (conversation_id=? AND due>?)" in steps
