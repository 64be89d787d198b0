"""Which message is read when, and by which tier, on a real store with the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cxdesk import understanding
from cxdesk.model import Analysis, Changes, Incoming, Level, Mood, Role, State, Tier
from cxdesk.nlp.engine import Engine
from cxdesk.store import Store
from cxdesk.understanding import Turn, Understanding

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANGRY = "This is unacceptable. You lost my parcel again and I'm furious!"
CALM = "Hello, what are your opening hours on Saturday?"


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The language engine, loaded once."""
    return Engine()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "desk.db", clock=lambda: NOON) as store:
        yield store


@pytest.fixture
def reading(store: Store, engine: Engine) -> Understanding:
    """What reads that store."""
    return Understanding(store, lambda: engine)


@pytest.fixture
def small_backlog(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than five waiting messages are a backlog, read three at once."""
    monkeypatch.setattr(understanding, "BACKLOG", 5)
    monkeypatch.setattr(understanding, "MOST", {Tier.DEEP: 3, Tier.FAST: 3})


def add(store: Store, *texts: str, talk: str = "", role: Role = Role.CUSTOMER) -> list[int]:
    """Store messages, each a conversation of its own or all of one; the conversations' ids."""
    found: list[int] = []
    for number, text in enumerate(texts):
        name = talk or f"{len(store.pending_analysis(10_000))}-{number}"
        at = NOON - timedelta(hours=100 - number)
        message = Incoming(
            source="mail",
            external_id=f"<{role}-{number}-{name}@x>",
            thread_keys=(f"<{name}@x>",),
            role=role,
            author_name="Maria",
            author_address=f"{name}@x.example",
            recipients=("help@shop.example",),
            text=text,
            sent_at=at,
            channel="email",
        )
        found += store.add([message]).conversations
    return found


def turns(reading: Understanding) -> list[Turn]:
    """Every turn until all is read."""
    found = []
    while turn := reading.next_turn():
        found.append(turn)
        reading.read(turn)
    return found


def verdict(store: Store, conversation: int) -> Analysis | None:
    return store.thread(conversation).messages[0].analysis


def test_a_few_new_messages_are_read_deep_at_once(store: Store, reading: Understanding) -> None:
    add(store, *[CALM] * 5)

    (turn,) = turns(reading)

    assert turn.tier is Tier.DEEP
    assert store.skimmed_conversation() is None


@pytest.mark.usefixtures("small_backlog")
def test_a_backlog_is_skimmed_whole_and_then_read_again_from_the_angriest(
    store: Store, reading: Understanding, engine: Engine
) -> None:
    conversations = add(store, *[CALM] * 6, ANGRY)

    found = turns(reading)

    assert [(turn.tier, turn.again) for turn in found] == (
        [(Tier.FAST, False)] * 3 + [(Tier.DEEP, True)] * 7
    )
    assert found[3].messages[0].conversation_id == conversations[-1]
    assert verdict(store, conversations[-1]) == engine.analyze([ANGRY])[0]


@pytest.mark.usefixtures("small_backlog")
def test_what_is_solved_keeps_its_fast_verdict_until_it_is_opened(
    store: Store, reading: Understanding, engine: Engine
) -> None:
    conversations = add(store, *[CALM] * 6, ANGRY)
    store.set_state(conversations[-1], State.SOLVED)
    turns(reading)
    assert verdict(store, conversations[-1]) == engine.analyze([ANGRY], Tier.FAST)[0]

    turn = reading.turn_of(conversations[-1])
    assert turn is not None
    assert turn.again
    reading.read(turn)

    assert verdict(store, conversations[-1]) == engine.analyze([ANGRY])[0]
    assert reading.turn_of(conversations[-1]) is None


@pytest.mark.usefixtures("small_backlog")
def test_what_is_looked_at_is_read_deep_before_a_backlog(
    store: Store, reading: Understanding
) -> None:
    last = add(store, *[CALM] * 20)[-1]

    turn = reading.turn_of(last)

    assert turn is not None
    assert turn.tier is Tier.DEEP
    assert [each.conversation_id for each in turn.messages] == [last]


@pytest.mark.usefixtures("small_backlog")
def test_a_mood_changes_once_when_all_of_a_conversation_is_read_again(
    store: Store, reading: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    (conversation, *_) = add(store, *[ANGRY] * 7, talk="long")
    saved: list[Level] = []
    save = store.save_mood
    while (turn := reading.next_turn()) and not turn.again:
        reading.read(turn)

    def note(conversation_id: int, mood: Mood, *more: Any) -> Changes:
        saved.append(mood.level)
        return save(conversation_id, mood, *more)

    monkeypatch.setattr(store, "save_mood", note)
    found = turns(reading)

    assert [len(turn.messages) for turn in found] == [3, 3, 1]
    assert len(saved) == 1
    assert store.thread(conversation).mood.level == saved[0]


@pytest.mark.usefixtures("small_backlog")
def test_who_is_killed_between_two_turns_goes_on_where_he_was(
    store: Store, reading: Understanding, engine: Engine
) -> None:
    add(store, *[ANGRY] * 7, talk="long")
    for _ in range(4):
        turn = reading.next_turn()
        assert turn is not None
        reading.read(turn)

    rest = turns(Understanding(store, lambda: engine))

    assert [len(turn.messages) for turn in rest] == [3, 1]
    assert store.skimmed_conversation() is None


def test_our_replies_are_read_last(store: Store, reading: Understanding) -> None:
    add(store, "You should have read the terms.", talk="one", role=Role.AGENT)
    (conversation,) = add(store, ANGRY, talk="one")

    found = turns(reading)

    assert [turn.messages[0].role for turn in found] == [Role.CUSTOMER, Role.AGENT]
    codes = [code for each in store.thread(conversation).messages for code in each.codes]
    assert "blame_customer" in codes


def test_long_mails_are_read_in_shorter_turns(store: Store, reading: Understanding) -> None:
    add(store, *["Where is my parcel? " * 180] * 3)

    assert [len(turn.messages) for turn in turns(reading)] == [1, 1, 1]


@pytest.mark.usefixtures("small_backlog")
def test_a_text_set_aside_is_not_read_again_and_holds_up_nothing(
    store: Store, reading: Understanding
) -> None:
    add(store, *[CALM] * 6, ANGRY)
    while (turn := reading.next_turn()) and not turn.again:
        reading.read(turn)
    assert turn is not None

    reading.set_aside(turn.messages[0].message_id)

    assert len(turns(reading)) == 6
    assert store.skimmed_conversation() is None
