"""Messages in: each once, in its conversation; state, waiting and people are told by the thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.errors import UserError
from cxdesk.model import Attachment, Draft, Incoming, Role, State
from cxdesk.store import Store

Add = Callable[..., int]
Build = Callable[..., Incoming]
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
AGENT: dict[str, Any] = {"role": Role.AGENT, "name": "Dana", "address": "help@shop.example"}


def roles(store: Store, conversation_id: int) -> list[Role]:
    return [message.role for message in store.thread(conversation_id).messages]


# ------------------------------------------------------------------ once, and together


def test_a_repeated_import_adds_nothing(store: Store, a_message: Build) -> None:
    batch = [a_message("One"), a_message("Two")]
    first = store.add(batch)

    second = store.add(batch)

    assert (first.new_conversations, first.messages, first.duplicates) == (2, 2, 0)
    assert (second.conversations, second.messages, second.duplicates) == (frozenset(), 0, 2)


def test_an_id_is_unique_within_its_source(store: Store, a_message: Build) -> None:
    added = store.add([a_message(id="7", source="shop-a"), a_message(id="7", source="shop-b")])

    assert (added.messages, added.duplicates) == (2, 0)


def test_everything_of_a_message_comes_back(store: Store, add: Add, now: datetime) -> None:
    conversation = add(
        "Look at the photo 📷",
        quoted="> earlier",
        signature="Maria\nSent from my phone",
        attachments=(Attachment("phöto.jpg", "image/jpeg", 12345),),
        raw=b"From: maria\r\n\r\nLook",
        id="<photo@example.org>",
    )

    thread = store.thread(conversation)
    message = thread.messages[0]

    assert message.text == "Look at the photo 📷"
    assert (message.quoted, message.signature) == ("> earlier", "Maria\nSent from my phone")
    assert message.attachments == (Attachment("phöto.jpg", "image/jpeg", 12345),)
    assert message.external_id == "<photo@example.org>"
    assert message.sent_at == now - timedelta(minutes=60)
    assert (thread.subject, thread.channel) == ("My parcel", "email")
    assert store.raw(message.id) == b"From: maria\r\n\r\nLook"


def test_mails_are_joined_by_ids_and_never_by_subject(store: Store, a_message: Build) -> None:
    added = store.add(
        [
            a_message("Where is it?", id="<1@x>"),
            a_message("Still nothing", thread="<1@x>", ago=30),
            a_message("Same words in the subject", address="sam@example.org", name="Sam"),
        ]
    )

    assert added.new_conversations == 2
    assert [m.text for m in store.thread(1).messages] == ["Where is it?", "Still nothing"]


def test_a_mail_that_shows_two_conversations_to_be_one_merges_them(
    store: Store, add: Add, a_message: Build, now: datetime
) -> None:
    first = add("First", id="<1@x>", ago=90)
    second = add("Second", id="<2@x>", ago=80)
    store.save_draft(Draft(first, "Dear Maria"))
    store.save_draft(Draft(second, "We are sorry"))
    store.add_note(second, "She called, too", now)

    added = store.add([_keys(a_message("About both", ago=10), "<1@x>", "<2@x>")])

    assert added.conversations == {first, second}
    texts = [message.text for message in store.thread(first).messages]
    assert texts == ["First", "Second", "About both", "She called, too"]
    draft = store.draft(first)
    assert draft is not None
    assert draft.text == "Dear Maria\n\nWe are sorry"
    assert store.row(second, now) is None


def test_words_typed_into_a_conversation_that_was_merged_are_kept(
    store: Store, add: Add, a_message: Build
) -> None:
    first, second = add("First", id="<1@x>", ago=90), add("Second", id="<2@x>", ago=80)
    store.add([_keys(a_message("About both", ago=10), "<1@x>", "<2@x>")])

    changes = store.save_draft(Draft(second, "typed before the merge was seen"))

    assert changes.conversations == {first, second}
    assert store.thread(second).id == first
    draft = store.thread(first).draft
    assert draft is not None
    assert draft.text == "typed before the merge was seen"


def test_the_id_of_a_conversation_that_was_merged_is_never_anothers(
    store: Store, add: Add, a_message: Build
) -> None:
    add("First", id="<1@x>", ago=90)
    gone = add("Second", id="<2@x>", ago=80)
    store.add([_keys(a_message("About both", ago=10), "<1@x>", "<2@x>")])

    stranger = add("Hello", address="sam@example.org", name="Sam")

    assert stranger != gone
    assert store.thread(gone).customer.name == "Maria Lopez"


def test_merging_again_and_again_leads_to_the_last_one_left(
    store: Store, add: Add, a_message: Build
) -> None:
    for number in (1, 2, 3):
        add(str(number), id=f"<{number}@x>")
    store.add([a_message("2 and 3", id="<23@x>", thread="<2@x>")])
    store.add([_keys(a_message("all"), "<3@x>", "<2@x>")])
    store.add([_keys(a_message("all"), "<23@x>", "<1@x>")])

    assert {store.thread(each).id for each in (1, 2, 3)} == {1}
    assert len(store.thread(1).messages) == 6


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    links=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15),
    order=st.randoms(use_true_random=False),
)
def test_however_mails_come_in_the_same_ones_end_up_together(
    links: list[tuple[int, int]],
    order: Random,
    a_message: Build,
) -> None:
    mails = [_keys(a_message(id=f"<m{n}>"), f"k{a}", f"k{b}") for n, (a, b) in enumerate(links)]
    order.shuffle(mails)

    with Store.open(":memory:") as store:
        store.add(mails)
        found = {
            frozenset(message.external_id for message in store.thread(row.id).messages)
            for row in store.rows("all", now=NOW)
        }

    assert found == _components({f"<m{n}>": pair for n, pair in enumerate(links)})


# ------------------------------------------------------------------ who is who


def test_the_first_to_write_is_the_customer_and_who_was_written_to_answers(
    store: Store, a_message: Build
) -> None:
    store.add(
        [
            a_message(id="<1@x>", role=None),
            a_message(thread="<1@x>", role=None, ago=50, address="help@shop.example", name="Dana"),
            a_message(thread="<1@x>", role=None, ago=40),
            a_message(thread="<1@x>", role=None, ago=30, address="friend@x.org", name="Friend"),
        ]
    )

    assert roles(store, 1) == [Role.CUSTOMER, Role.AGENT, Role.CUSTOMER, Role.CUSTOMER]


def test_roles_are_told_anew_when_the_beginning_comes_in_last(
    store: Store, a_message: Build
) -> None:
    answer = a_message(
        "We look into it",
        thread="<1@x>",
        role=None,
        ago=50,
        address="help@shop.example",
        name="Dana",
        recipients=("maria@example.org",),
    )
    store.add([answer])
    mistaken = store.thread(1).customer.name

    store.add([a_message("Where is it?", id="<1@x>", role=None, ago=90)])

    assert mistaken == "Dana"
    assert roles(store, 1) == [Role.CUSTOMER, Role.AGENT]
    assert store.thread(1).customer.name == "Maria Lopez"
    assert store.thread(1).state is State.PENDING


@pytest.mark.parametrize("order", tuple(permutations(range(4))), ids=str)
def test_in_whatever_order_mails_come_in_the_conversation_ends_the_same(
    a_message: Build, order: tuple[int, ...]
) -> None:
    us: dict[str, Any] = {"address": "help@shop.example", "name": "Dana"}
    to_maria = ("maria@example.org",)
    mails = [
        a_message("one", id="<1@x>", role=None, ago=90),
        a_message("two", id="<2@x>", thread="<1@x>", role=None, ago=80, recipients=to_maria, **us),
        a_message("three", id="<3@x>", thread="<2@x>", role=None, ago=70),
        a_message("four", id="<4@x>", thread="<3@x>", role=None, ago=60),
    ]

    with Store.open(":memory:", clock=lambda: NOW) as store:
        for number in order:
            store.add([mails[number]])
        (row,) = store.rows("all", now=NOW)
        thread = store.thread(row.id)

    assert [message.text for message in thread.messages] == ["one", "two", "three", "four"]
    assert [message.role.value[0] for message in thread.messages] == list("cacc")
    assert (thread.customer.name, row.snippet, row.state) == ("Maria Lopez", "four", State.OPEN)
    assert row.waiting_since == NOW - timedelta(minutes=70)


def test_a_customer_is_known_by_address_with_the_fullest_name(store: Store, add: Add) -> None:
    add(name="maria", address="Maria@Example.org", ago=600)
    add(name="Maria Lopez", address="maria@example.org")
    second = add(name="M.", address="MARIA@example.org")

    thread = store.thread(second)

    assert (thread.customer.name, thread.customer.address) == ("Maria Lopez", "maria@example.org")
    assert thread.contact_number == 3
    assert {past.conversation_id for past in thread.history} == {1, 2}


def test_without_an_address_the_name_counts_within_its_source(store: Store, add: Add) -> None:
    same = {"address": "", "name": "Sam", "source": "chat"}
    first, second = add(**same), add(**same)
    other = add(**same | {"source": "another shop"})

    assert store.thread(first).customer.id == store.thread(second).customer.id
    assert store.thread(other).customer.id != store.thread(first).customer.id


def test_two_nameless_customers_are_two_people(store: Store, add: Add) -> None:
    first, second = add(name="", address=""), add(name="", address="")

    assert store.thread(first).customer.id != store.thread(second).customer.id


def test_where_we_wrote_first_the_customer_is_whom_we_wrote_to(store: Store, add: Add) -> None:
    conversation = add(**AGENT, recipients=("maria@example.org",), id="<1@x>")
    add("Thanks!", thread="<1@x>", ago=5)

    thread = store.thread(conversation)

    assert (thread.customer.name, thread.customer.address) == ("Maria Lopez", "maria@example.org")
    assert thread.state is State.OPEN


# ------------------------------------------------------------------ state and waiting


def test_waiting_begins_with_the_first_unanswered_message(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add("One", id="<1@x>", ago=50)
    add("Two", thread="<1@x>", ago=20)

    row = store.row(conversation, now)

    assert row is not None
    assert (row.state, row.waiting_since) == (State.NEW, now - timedelta(minutes=50))
    assert (row.snippet, row.updated_at) == ("Two", now - timedelta(minutes=20))


def test_an_answer_ends_the_waiting_and_the_next_message_reopens(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add("One", id="<1@x>", ago=50)
    add("Answer", thread="<1@x>", ago=40, **AGENT)
    answered = store.row(conversation, now)
    add("And now?", thread="<1@x>", ago=30)

    asked_again = store.row(conversation, now)

    assert answered is not None
    assert asked_again is not None
    assert (answered.state, answered.waiting_since) == (State.PENDING, None)
    assert asked_again.state is State.OPEN
    assert asked_again.waiting_since == now - timedelta(minutes=30)


@pytest.mark.parametrize("state", (State.SOLVED, State.SNOOZED, State.PENDING))
def test_a_customer_reopens_whatever_was_put_away(
    store: Store, add: Add, now: datetime, state: State
) -> None:
    conversation = add("Please", id="<1@x>", ago=50)
    store.set_state(conversation, state)
    add("Are you there?", thread="<1@x>", ago=1)

    row = store.row(conversation, now)

    assert row is not None
    assert row.state is State.NEW
    assert row.waiting_since is not None
    assert row.snoozed_until is None


def test_what_was_settled_by_hand_does_not_wait_again(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add("Thank you!", id="<1@x>", ago=50)
    store.set_state(conversation, State.SOLVED)
    add("One more thing", thread="<1@x>", ago=1)

    row = store.row(conversation, now)

    assert row is not None
    assert row.waiting_since == now - timedelta(minutes=1)


def test_an_older_mail_found_in_an_archive_reopens_nothing(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add("Second", id="<2@x>", ago=50)
    store.set_state(conversation, State.SOLVED)
    add("First", thread="<2@x>", ago=500)

    row = store.row(conversation, now)

    assert row is not None
    assert row.state is State.SOLVED
    assert row.snippet == "Second"


def test_a_mail_that_was_on_its_way_while_we_wrote_still_waits(
    store: Store, add: Add, now: datetime
) -> None:
    conversation = add("Where is it?", id="<1@x>", ago=50)
    store.add_reply(conversation, "It comes today", author="Dana", sent_at=now)
    add("It was left in the rain!", thread="<1@x>", ago=2)

    row = store.row(conversation, now)

    assert row is not None
    assert (row.state, row.waiting_since) == (State.OPEN, now - timedelta(minutes=2))


@pytest.mark.parametrize("other", ({"automated": "auto-reply"}, {"role": Role.NOTE}))
def test_notes_and_automated_mail_move_no_row(
    store: Store, add: Add, now: datetime, other: dict[str, object]
) -> None:
    conversation = add("Help", id="<1@x>", ago=50)
    store.set_state(conversation, State.SOLVED)
    before = store.row(conversation, now)
    add("I am out of office", thread="<1@x>", ago=1, **other)

    assert store.row(conversation, now) == before
    assert len(store.thread(conversation).messages) == 2


def test_messages_without_a_time_keep_the_order_of_import(store: Store, a_message: Build) -> None:
    store.add([a_message(str(n), id=f"<{n}@x>", thread="<0@x>", ago=None) for n in range(5)])

    assert [message.text for message in store.thread(1).messages] == list("01234")


def test_a_mail_from_the_future_was_sent_now(store: Store, add: Add, now: datetime) -> None:
    conversation = add("My clock is wrong", ago=-10_000)

    row = store.row(conversation, now)

    assert row is not None
    assert row.waiting_since == now


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(), max_size=400))
def test_any_text_is_stored_with_its_offsets(store: Store, a_message: Build, text: str) -> None:
    (conversation,) = store.add(
        [a_message(text, subject=text, name=text, quoted=text, signature=text)]
    ).conversations

    stored = store.thread(conversation).messages[0].text

    assert len(stored) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, stored, strict=True))


def test_a_conversation_that_never_was_is_said_in_words(store: Store) -> None:
    with pytest.raises(UserError, match="no longer there"):
        store.thread(4711)


def _keys(message: Incoming, *keys: str) -> Incoming:
    return replace(message, thread_keys=(message.external_id, *keys))


def _components(mails: dict[str, tuple[int, int]]) -> set[frozenset[str]]:
    """The mails that hang together by shared keys, found the slow way."""
    groups: list[tuple[set[str], set[int]]] = []
    for mail, keys in mails.items():
        touching = [group for group in groups if group[1] & set(keys)]
        joined = (
            {mail}.union(*(g[0] for g in touching)),
            set(keys).union(*(g[1] for g in touching)),
        )
        groups = [group for group in groups if group not in touching] + [joined]
    return {frozenset(names) for names, _ in groups}
