"""What the agent does: drafts, replies and taking them back, notes, snoozes, dismissals."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.errors import UserError
from cxdesk.model import Draft, Fault, Incoming, Phase, Role, Row, State
from cxdesk.store import BlameChoice, Store

Add = Callable[..., int]
AGENT: dict[str, Any] = {"role": Role.AGENT, "name": "Dana", "address": "help@shop.example"}


def row_of(store: Store, conversation_id: int, now: datetime) -> Row:
    row = store.row(conversation_id, now)
    assert row is not None
    return row


# ------------------------------------------------------------------ drafts


def test_a_draft_comes_back_as_it_was_and_in_no_other_conversation(
    store: Store, add: Add, now: datetime
) -> None:
    conversation, other = add(), add()
    draft = Draft(
        conversation, "Dear 😡 [name]", ((7, 13, "name"),), 4, ("sorry",), Role.AGENT, now
    )

    store.save_draft(draft)

    assert store.draft(conversation) == draft
    assert store.thread(conversation).draft == draft
    assert store.draft(other) is None
    assert store.thread(other).draft is None


def test_reply_and_note_are_two_drafts(store: Store, add: Add) -> None:
    conversation = add()
    store.save_draft(Draft(conversation, "a reply"))
    store.save_draft(Draft(conversation, "a note", kind=Role.NOTE))

    store.discard_draft(conversation, Role.NOTE)

    reply = store.draft(conversation)
    assert reply is not None
    assert reply.text == "a reply"
    assert store.draft(conversation, Role.NOTE) is None


@pytest.mark.parametrize("empty", ("", " \n"))
def test_an_emptied_draft_is_none(store: Store, add: Add, now: datetime, empty: str) -> None:
    conversation = add()
    store.save_draft(Draft(conversation, "something"))

    store.save_draft(Draft(conversation, empty))

    assert store.draft(conversation) is None
    assert not row_of(store, conversation, now).has_draft


# ------------------------------------------------------------------ replies


def test_a_reply_hands_the_conversation_to_the_customer(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add(id="<1@x>")
    store.save_draft(Draft(conversation, "It comes today"))

    reply = store.add_reply(
        conversation,
        "It comes today",
        author="Dana",
        sent_at=now,
        external_id="<reply@shop>",
        plays=("delay-1",),
        codes=("time_given",),
    )

    row = row_of(store, conversation, now)
    assert (row.state, row.waiting_since, row.mine, row.has_draft) == (
        State.PENDING,
        None,
        True,
        False,
    )
    assert store.thread(conversation).messages[-1] == reply
    assert (reply.role, reply.author, reply.plays) == (Role.AGENT, "Dana", ("delay-1",))
    assert reply.codes == ("time_given",)
    assert [each.message_id for each in store.pending_analysis(9)] == [1]


def test_the_customers_answer_finds_its_thread_by_our_message_id(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add()
    store.add_reply(conversation, "Hi", author="Dana", sent_at=now, external_id="<reply@shop>")

    answered = add("Thanks", thread="<reply@shop>", ago=0)

    assert answered == conversation
    assert row_of(store, conversation, now).state is State.OPEN


def test_our_own_reply_imported_from_the_sent_folder_is_known(
    store: Store, add: Add, a_message: Callable[..., Any], now: datetime
) -> None:
    conversation = add()
    store.add_reply(conversation, "Hi", author="Dana", sent_at=now, external_id="<reply@shop>")

    added = store.add([a_message("Hi", id="<reply@shop>", **AGENT)])

    assert added.duplicates == 1


def test_taking_a_reply_back_undoes_all_of_it(store: Store, add: Add, now: datetime) -> None:
    conversation = add(id="<1@x>")
    store.save_draft(Draft(conversation, "It comes [day]", ((9, 14, "day"),), 14, ("delay-1",)))
    store.snooze(conversation, now + timedelta(hours=1), "look again")
    before = store.thread(conversation), row_of(store, conversation, now)
    reply = store.add_reply(conversation, "It comes today", author="Dana", sent_at=now)

    changes = store.take_back(reply.id)

    assert changes.conversations == {conversation}
    assert (store.thread(conversation), row_of(store, conversation, now)) == before
    assert store.snooze_reason(conversation) == "look again"


def test_what_the_customer_wrote_before_the_taking_back_still_counts(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add(id="<1@x>", ago=60)
    reply = store.add_reply(conversation, "Hi", author="Dana", sent_at=now)
    add("Never mind!", thread="<1@x>", ago=0)

    store.take_back(reply.id)

    row = row_of(store, conversation, now)
    assert (row.state, row.snippet) == (State.NEW, "Never mind!")
    assert row.waiting_since == now - timedelta(minutes=60)
    assert not row.mine


def test_taking_back_does_not_overwrite_what_was_typed_since(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add()
    store.save_draft(Draft(conversation, "first"))
    reply = store.add_reply(conversation, "first", author="Dana", sent_at=now)
    store.save_draft(Draft(conversation, "second"))

    store.take_back(reply.id)

    draft = store.draft(conversation)
    assert draft is not None
    assert draft.text == "second"


def test_a_reply_is_taken_back_once_and_a_customers_message_never(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add()
    reply = store.add_reply(conversation, "Hi", author="Dana", sent_at=now)
    store.take_back(reply.id)

    for message_id in (reply.id, 1):
        with pytest.raises(UserError, match="take back"):
            store.take_back(message_id)


def test_the_id_of_a_reply_that_was_taken_back_is_never_anothers(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add()
    first = store.add_reply(conversation, "Hi", author="Dana", sent_at=now)
    store.take_back(first.id)

    second = store.add_reply(conversation, "Hello", author="Dana", sent_at=now)

    assert second.id != first.id


def test_a_note_moves_nothing_and_uses_its_draft(store: Store, add: Add, now: datetime) -> None:
    conversation = add()
    before = row_of(store, conversation, now)
    store.save_draft(Draft(conversation, "prefers calls", kind=Role.NOTE))

    store.add_note(conversation, "prefers calls", now)

    assert row_of(store, conversation, now) == before
    assert store.draft(conversation, Role.NOTE) is None
    assert store.thread(conversation).messages[-1].role is Role.NOTE
    assert store.last_customer_message_id(conversation) == 1


def test_a_reply_knows_whom_it_goes_to_and_its_thread(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add(id="<1@x>", ago=60, recipients=("help@shop.example", "cc@shop.example"))
    add(id="<2@x>", thread="<1@x>", ago=50, **AGENT)
    add(id="sha256:abc", thread="<2@x>", ago=40)
    store.add_note(conversation, "a note", now)

    headers = store.reply_headers(conversation)

    assert (headers.to_name, headers.to_address) == ("Maria Lopez", "maria@example.org")
    assert headers.subject == "My parcel"
    assert headers.in_reply_to == "<1@x>"  # the last of theirs that has an id others know
    assert headers.references == ("<1@x>", "<2@x>")
    assert headers.our_address == "help@shop.example"


# ------------------------------------------------------------------ states and snoozes


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(states=st.lists(st.sampled_from(State), max_size=5), answered=st.booleans())
def test_whatever_was_done_opening_again_brings_the_wait_back(
    a_message: Callable[..., Any], now: datetime, states: list[State], answered: bool
) -> None:
    with Store.open(":memory:", clock=lambda: now) as store:
        store.add([a_message(id="<1@x>", ago=9)])
        if answered:
            store.add([a_message(thread="<1@x>", ago=5, **AGENT)])
        for state in states:
            store.set_state(1, state)

        store.set_state(1, State.OPEN)

        waits = None if answered else now - timedelta(minutes=9)
        assert row_of(store, 1, now).waiting_since == waits


def test_a_snooze_wakes_when_due_with_its_reason(store: Store, add: Add, now: datetime) -> None:
    due, later, open_ended = add(ago=60), add(), add()
    store.snooze(due, now - timedelta(minutes=1), "promised by noon")
    store.snooze(later, now + timedelta(minutes=1))
    store.snooze(open_ended, None)

    changes = store.wake_due(now)

    assert changes.conversations == {due}
    row = row_of(store, due, now)
    assert (row.state, row.snoozed_until) == (State.OPEN, None)
    assert row.waiting_since == now - timedelta(minutes=60)
    assert store.snooze_reason(due) == "promised by noon"
    assert store.wake_due(now).conversations == frozenset()


def test_a_reminder_that_wakes_is_seen_although_nobody_waits(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add()
    store.add_reply(conversation, "I will look tomorrow", author="Dana", sent_at=now)
    store.snooze(conversation, now - timedelta(seconds=1), "look")

    store.wake_due(now)

    assert [row.id for row in store.rows("waiting", now=now)] == [conversation]


@pytest.mark.parametrize(("answered", "state"), ((False, State.NEW), (True, State.PENDING)))
def test_taking_a_conversation_back_from_the_snoozed_restores_its_state(
    store: Store, add: Add, now: datetime, answered: bool, state: State
) -> None:
    conversation = add(id="<1@x>")
    if answered:
        add(thread="<1@x>", ago=5, **AGENT)
    store.snooze(conversation, None, "later")

    store.unsnooze(conversation)

    row = row_of(store, conversation, now)
    assert row.state is state
    assert store.snooze_reason(conversation) == ""


def test_fault_and_phase_are_the_apps_until_the_agent_sets_them(store: Store, add: Add) -> None:
    conversation = add()
    store.set_fault(conversation, Fault.COMPANY)
    store.set_phase(conversation, Phase.CLOSING)
    chosen = store.thread(conversation)

    store.set_fault(conversation, None)
    store.set_phase(conversation, None)

    again = store.thread(conversation)
    assert (chosen.fault, chosen.fault_is_set) == (Fault.COMPANY, True)
    assert (chosen.phase, chosen.phase_is_set) == (Phase.CLOSING, True)
    assert (again.fault, again.fault_is_set) == (Fault.UNKNOWN, False)
    assert (again.phase, again.phase_is_set) == (Phase.OPENING, False)


@pytest.mark.parametrize(
    "deed",
    (
        lambda store: store.set_state(9, State.OPEN),
        lambda store: store.snooze(9, None),
        lambda store: store.unsnooze(9),
        lambda store: store.assign(9, True),
        lambda store: store.set_fault(9, None),
        lambda store: store.add_note(9, "x", datetime.now().astimezone()),
        lambda store: store.save_draft(Draft(9, "x")),
        lambda store: store.discard_draft(9, Role.AGENT),
        lambda store: store.dismiss("r", "once", 9, "x"),
    ),
)
def test_a_deed_on_a_conversation_that_is_gone_is_said_in_words(
    store: Store, deed: Callable[[Store], object]
) -> None:
    with pytest.raises(UserError, match="no longer there"):
        deed(store)


# ------------------------------------------------------------------ customers around


def test_other_customers_names_leave_this_one_out(store: Store, add: Add) -> None:
    conversation = add(name="Maria Lopez")
    add(name="Sam Okoro", address="sam@example.org", ago=5)
    add(name="Maria Lopez", address="another.maria@example.org")
    add(name="", address="nameless@example.org")

    assert store.other_customer_names(conversation) == ("Sam Okoro",)


def test_history_shows_the_last_five_other_contacts(store: Store, add: Add) -> None:
    conversations = [add(f"matter {n}", ago=100 - n) for n in range(8)]

    thread = store.thread(conversations[2])

    assert [past.snippet for past in thread.history] == [f"matter {n}" for n in (7, 6, 5, 4, 3)]
    assert thread.contact_number == 3


# ------------------------------------------------------------------ dismissals


def test_a_dismissal_holds_within_its_scope(store: Store, add: Add) -> None:
    here, elsewhere = add(), add()
    store.dismiss("r.once", "once", here, "As I said.")
    store.dismiss("r.conversation", "conversation", here, "As I said.")
    store.dismiss("r.sentence", "sentence", here, "As I said.")
    store.dismiss("r.me", "me", here, "As I said.")

    assert {each.rule for each in store.dismissals(here)} == {
        "r.once",
        "r.conversation",
        "r.sentence",
        "r.me",
    }
    assert {each.rule for each in store.dismissals(elsewhere)} == {"r.sentence", "r.me"}


def test_a_dismissal_is_kept_once_and_can_be_restored(store: Store, add: Add) -> None:
    conversation = add()
    store.dismiss("r.me", "me", conversation, "As I said.")
    store.dismiss("r.me", "me", conversation, "As I said.")
    (dismissal,) = store.dismissals()

    store.restore_dismissal(dismissal.id)

    assert (dismissal.rule, dismissal.scope, dismissal.sentence) == ("r.me", "me", "As I said.")
    assert store.dismissals() == []


def test_a_dismissal_tells_when_and_where_it_was_made(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add(name="Maria Lopez")

    number = store.dismiss("r.once", "once", conversation, "As I said.")

    (dismissal,) = store.dismissals()
    assert dismissal.id == number == store.dismiss("r.once", "once", conversation, "As I said.")
    assert (dismissal.at, dismissal.customer) == (now, "Maria Lopez")


def test_once_is_one_draft_and_a_reply_taken_back_brings_it_again(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add()
    store.dismiss("r.once", "once", conversation, "As I said.")
    store.dismiss("r.here", "conversation", conversation, "As I said.")

    reply = store.add_reply(conversation, "As I said.", author="Priya", sent_at=now)
    assert [each.rule for each in store.dismissals(conversation)] == ["r.here"]
    assert [each.rule for each in store.dismissals()] == ["r.here"]

    store.take_back(reply.id)
    assert {each.rule for each in store.dismissals(conversation)} == {"r.once", "r.here"}


def test_once_can_be_said_again_in_the_next_draft(
    path: Path, a_message: Callable[..., Incoming], now: datetime
) -> None:
    minutes = itertools.count()

    def clock() -> datetime:
        return now + timedelta(minutes=next(minutes))

    with Store.open(path, clock=clock) as store:
        (conversation,) = store.add([a_message()]).conversations
        store.dismiss("r.once", "once", conversation, "As I said.")
        store.add_reply(conversation, "As I said.", author="Priya", sent_at=clock())

        again = store.dismiss("r.once", "once", conversation, "As I said.")

        assert [each.id for each in store.dismissals(conversation)] == [again]


def test_what_was_sent_although_it_may_blame_is_listed_for_trainers(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add()
    made = (
        BlameChoice("blame_customer.should-have", "You should have", "sent"),
        BlameChoice("blame_customer.failed", "you failed", "put aside"),
        BlameChoice("abuse.insult", "an idiot", "mended"),
    )

    reply = store.add_reply(
        conversation, "You should have …", author="Priya", sent_at=now, choices=made
    )

    overrides = store.blame_overrides()
    assert [each.words for each in overrides] == ["you failed", "You should have"]
    assert {(each.message_id, each.conversation_id, each.at) for each in overrides} == {
        (reply.id, conversation, now)
    }
    assert [each.choice for each in store.blame_choices(reply.id)] == [
        "sent",
        "put aside",
        "mended",
    ]

    store.take_back(reply.id)
    assert store.blame_overrides() == []


def test_a_scope_that_is_none_is_our_mistake(store: Store) -> None:
    with pytest.raises(ValueError, match="scope"):
        store.dismiss("r", "everybody", None)


def test_what_the_trainer_is_told_is_kept(store: Store, add: Add, now: datetime) -> None:
    conversation = add()

    store.tell_trainer("blame.should-have", "You should have known.", conversation)

    (note,) = store.told_trainer()
    assert (note.rule, note.text) == ("blame.should-have", "You should have known.")
    assert (note.conversation_id, note.at) == (conversation, now)
