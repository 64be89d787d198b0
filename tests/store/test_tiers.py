"""Verdicts of two tiers: what the fast one has judged is found again while anybody works on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from cxdesk.model import (
    Analysis,
    BlameTarget,
    Confidence,
    Correction,
    Incoming,
    Level,
    Mood,
    Role,
    State,
    Tier,
    Trend,
)
from cxdesk.store import Store, migrations
from cxdesk.store.database import Database

Add = Callable[..., int]
Analyse = Callable[..., Analysis]


def test_a_conversation_with_a_fast_verdict_is_read_again_until_all_of_it_is_deep(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    conversation = add("one", id="<1@x>")
    add("two", thread="<1@x>", ago=20)
    store.save_analyses([(1, an_analysis()), (2, an_analysis())], Tier.FAST)

    store.save_analyses([(2, an_analysis())], Tier.DEEP)
    store.settle_skimmed(conversation)

    assert store.skimmed_conversation() == conversation
    assert [each.text for each in store.skimmed_messages(conversation, 9)] == ["one"]
    store.save_analyses([(1, an_analysis())])
    store.settle_skimmed(conversation)
    assert store.skimmed_conversation() is None


def test_the_angriest_who_waits_is_read_again_first_and_then_the_newest(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    ids = {
        name: add(name, ago=ago, address=f"{name}@x")
        for name, ago in (
            ("calm", 300),
            ("furious", 10),
            ("annoyed for longer", 200),
            ("annoyed", 100),
            ("answered", 20),
            ("answered later", 5),
            ("unsure", 400),
            ("done", 1),
        )
    }
    levels = {"calm": 0, "furious": 4, "annoyed for longer": 1, "annoyed": 1, "unsure": 4}
    for number, (name, conversation) in enumerate(ids.items(), start=1):
        store.save_analyses([(number, an_analysis())], Tier.FAST)
        confidence = Confidence.LOW if name == "unsure" else Confidence.HIGH
        mood = Mood(Level(levels.get(name, 2)), Trend.STEADY)
        store.save_mood(conversation, mood, BlameTarget.NONE, confidence, needs_care=True)
    for name in ("answered", "answered later"):
        store.set_state(ids[name], State.PENDING)
    store.set_state(ids["done"], State.SOLVED)

    order = []
    while (found := store.skimmed_conversation()) is not None:
        order.append(next(name for name, each in ids.items() if each == found))
        number = list(ids).index(order[-1]) + 1
        store.save_analyses([(number, an_analysis())], Tier.DEEP)
        store.settle_skimmed(found)

    assert order == [
        *("furious", "annoyed for longer", "annoyed", "unsure", "calm"),
        *("answered later", "answered"),
    ]
    assert store.skimmed_messages(ids["done"], 9)


def test_a_solved_conversation_is_read_again_once_it_is_open_again(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    conversation = add("one")
    store.save_analyses([(1, an_analysis())], Tier.FAST)
    store.set_state(conversation, State.SOLVED)
    assert store.skimmed_conversation() is None

    store.set_state(conversation, State.OPEN)

    assert store.skimmed_conversation() == conversation


def test_two_that_turn_out_to_be_one_are_read_again_as_one(
    store: Store, add: Add, an_analysis: Analyse, a_message: Callable[..., Incoming]
) -> None:
    merged = add("one", id="<1@x>")
    add("two", id="<2@x>")
    store.save_analyses([(2, an_analysis())], Tier.FAST)

    store.add([a_message("both", thread_keys=("<3@x>", "<1@x>", "<2@x>"))])

    assert store.skimmed_conversation() == merged
    assert [each.message_id for each in store.skimmed_messages(merged, 9)] == [2]


def test_what_was_set_aside_keeps_its_fast_verdict_and_is_not_tried_again(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    conversation = add("one")
    store.save_analyses([(1, an_analysis())], Tier.FAST)

    changes = store.set_aside(1, "the analyser stopped")

    assert changes.conversations == {conversation}
    assert store.skimmed_messages(conversation, 9) == []
    assert store.thread(conversation).messages[0].analysis == an_analysis()
    assert [each.message_id for each in store.set_aside_texts(conversation)] == [1]


def test_a_correction_leaves_a_message_in_the_queue_it_is_in(
    store: Store, add: Add, an_analysis: Analyse
) -> None:
    conversation = add("one")
    store.save_analyses([(1, an_analysis())], Tier.FAST)
    store.read_again(lambda _: True)

    store.correct(1, Correction(level=Level.CALM))

    assert store.count_pending(Role.CUSTOMER, 9) == 1
    assert [each.message_id for each in store.skimmed_messages(conversation, 9)] == [1]


def test_verdicts_of_an_older_program_count_as_a_first_look(
    path: Path, an_analysis: Analyse
) -> None:
    older = sqlite3.connect(path, isolation_level=None)
    migrations.STEPS[0](Database(older, execute_plugins=False))
    older.executescript(OLDER)
    older.close()

    with Store.open(path) as store:
        assert store.skimmed_conversation() == 1
        (message, _) = store.thread(1).messages
        assert message.analysis == an_analysis(cues=(), flags=(), blame=0.0)
        (case,) = store.corrections()
        assert case.analysis == message.analysis
        assert [each.role for each in store.pending_analysis(9, Role.AGENT)] == [Role.AGENT]


VERDICT = "3, 0.8, 1, 'company', '[]', '[]', 'high', 'en'"
OLDER = f"""
PRAGMA application_id = 1668834405;
PRAGMA user_version = 1;
INSERT INTO customers (id, name) VALUES (1, 'Maria');
INSERT INTO conversations (id, customer_id, source, channel, state, started_at, updated_at)
    VALUES (1, 1, 'mail', 'email', 'open', 1, 1);
INSERT INTO messages (id, conversation_id, role, text, sent_at, source, external_id)
    VALUES (1, 1, 'customer', 'Where is it?', 1, 'mail', 'a'),
    (2, 1, 'agent', 'On its way.', 2, 'mail', 'b');
INSERT INTO analyses VALUES (1, {VERDICT});
INSERT INTO to_analyse VALUES (2);
INSERT INTO corrections (message_id, level, analysis, at) VALUES
    (1, 2, '[3, 0.8, 1, "company", "[]", "[]", "high", "en"]', 1);
"""
