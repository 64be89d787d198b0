"""Where plays were used, and what followed on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from cxdesk.model import Analysis, Correction, Level, PlayEffect, PlayUse
from cxdesk.store import Store, plays

Add = Callable[..., int]
AnAnalysis = Callable[..., Analysis]


@pytest.fixture
def reply(store: Store, now: datetime) -> Callable[..., int]:
    """Sends a reply with these plays so many minutes ago; gives its id."""

    def send(conversation: int, *used: str, ago: float = 30) -> int:
        at = now - timedelta(minutes=ago)
        return store.add_reply(conversation, "Hi", author="Dana", sent_at=at, plays=used).id

    return send


@pytest.fixture
def a_story(
    store: Store, add: Add, reply: Callable[..., int], an_analysis: AnAnalysis
) -> Callable[..., int]:
    """Stores a conversation: a message at one level, our reply with plays, theirs at another."""

    def build(before: Level, after: Level, *used: str, **other: Any) -> int:
        name = f"<{before}{after}{used}{other}@x>"
        conversation = add(id=name, ago=60, **other)
        reply(conversation, *used)
        add(thread=name, ago=10, **other)
        ids = [m.id for m in store.thread(conversation).messages if m.role == "customer"]
        store.save_analyses(
            [(ids[0], an_analysis(before)), (ids[1], an_analysis(after))],
        )
        return conversation

    return build


def test_plays_of_all_conversations_of_a_customer_are_known_newest_first(
    store: Store, add: Add, reply: Callable[..., int], now: datetime
) -> None:
    first, second, other = add(), add(), add(address="ben@example.org", name="Ben")
    reply(first, "apo-full", "xm-goodwill", ago=40)
    reply(second, "own-i-have-it", ago=20)
    reply(second, ago=10)
    reply(other, "apo-full")

    used = store.plays_used_with(store.thread(first).customer.id)

    earlier, later = now - timedelta(minutes=40), now - timedelta(minutes=20)
    assert used == [
        PlayUse("own-i-have-it", second, later),
        PlayUse("apo-full", first, earlier),
        PlayUse("xm-goodwill", first, earlier),
    ]


def test_a_reply_taken_back_used_no_play(store: Store, add: Add, reply: Callable[..., int]) -> None:
    conversation = add()
    store.take_back(reply(conversation, "xm-goodwill"))

    assert store.plays_used_with(store.thread(conversation).customer.id) == []


def test_the_effect_of_a_play_is_the_mean_change_of_the_level_after_it(
    store: Store, a_story: Callable[..., int]
) -> None:
    a_story(Level.ANGRY, Level.CALM, "apo-full", "own-i-have-it")
    a_story(Level.ANNOYED, Level.FRUSTRATED, "apo-full")
    a_story(Level.ANNOYED, Level.ANNOYED)

    assert store.play_effects() == {
        "apo-full": PlayEffect(2, -1.0),
        "own-i-have-it": PlayEffect(1, -3.0),
    }


def test_the_agents_word_on_a_level_counts_for_the_effect(
    store: Store, a_story: Callable[..., int]
) -> None:
    conversation = a_story(Level.ANGRY, Level.ANGRY, "apo-full")
    last = store.thread(conversation).messages[-1]

    store.correct(last.id, Correction(Level.CALM))

    assert store.play_effects() == {"apo-full": PlayEffect(1, -3.0)}


def test_a_play_that_nobody_answered_yet_has_no_effect(
    store: Store, add: Add, reply: Callable[..., int]
) -> None:
    reply(add(), "apo-full")

    assert store.play_effects() == {}


def test_both_questions_are_asked_of_the_index_of_replies_with_plays(store: Store) -> None:
    for sql, value in ((plays._USED, 1), (plays._AROUND, 5)):
        plan = [str(step["detail"]) for step in store._all(f"EXPLAIN QUERY PLAN {sql}", (value,))]

        assert any("messages_plays" in step for step in plan), plan
        assert not any(step in ("SCAN m", "SCAN messages") for step in plan), plan
