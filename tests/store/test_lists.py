"""The inbox: splits, care order and pages, which must agree with sorting everything anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.model import BlameTarget, Confidence, Draft, Level, Mood, Role, Row, State, Trend
from cxdesk.store import Store
from cxdesk.store.lists import COUNT_LIMIT

Add = Callable[..., int]
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def set_mood(
    store: Store,
    conversation_id: int,
    level: Level,
    confidence: Confidence = Confidence.HIGH,
    *,
    care: bool = True,
) -> None:
    mood = Mood(level, Trend.RISING, (Level.CALM, level))
    store.save_mood(conversation_id, mood, BlameTarget.COMPANY, confidence, care)


def pages(store: Store, split: str, size: int) -> list[Row]:
    """All rows of a split, read page by page."""
    rows: list[Row] = []
    while page := store.rows(split, after=rows[-1] if rows else None, limit=size, now=NOW):
        rows += page
    return rows


def ids(rows: list[Row]) -> list[int]:
    return [row.id for row in rows]


def test_an_empty_desk_has_all_splits_at_zero(store: Store) -> None:
    splits = store.splits(NOW)

    assert [split.id for split in splits] == [
        "needs_care",
        "waiting",
        "mine",
        "snoozed",
        "done",
        "all",
    ]
    assert [split.count for split in splits] == [0] * 6
    assert store.rows("all", now=NOW) == []


def test_care_order_is_waiting_time_times_one_plus_level(store: Store, add: Add) -> None:
    calm = add("calm, waits longest", ago=100)
    angry = add("angry, waits a while", ago=40)
    new = add("not read yet", ago=90)
    set_mood(store, calm, Level.CALM)
    set_mood(store, angry, Level.ANGRY)

    rows = store.rows("waiting", now=NOW)

    assert ids(rows) == [angry, calm, new]  # 160, 100, 90


def test_a_level_we_are_not_sure_of_has_no_sorting_effect(store: Store, add: Add) -> None:
    unsure = add("hm", ago=50)
    calm = add("calm", ago=60)
    set_mood(store, unsure, Level.FURIOUS, Confidence.LOW)
    set_mood(store, calm, Level.CALM)

    rows = store.rows("needs_care", now=NOW)

    assert ids(rows) == [calm, unsure]
    assert rows[1].level is Level.FURIOUS


def test_only_who_waits_needs_care(store: Store, add: Add) -> None:
    waiting, solved, calm = add(ago=3), add(ago=2), add(ago=1)
    for conversation in (waiting, solved):
        set_mood(store, conversation, Level.ANGRY)
    set_mood(store, calm, Level.CALM, care=False)
    store.set_state(solved, State.SOLVED)

    counts = {split.id: split.count for split in store.splits(NOW)}

    assert ids(store.rows("needs_care", now=NOW)) == [waiting]
    assert ids(store.rows("done", now=NOW)) == [solved]
    assert counts == {
        "needs_care": 1,
        "waiting": 2,
        "mine": 0,
        "snoozed": 0,
        "done": 1,
        "all": 3,
    }


def test_mine_are_those_assigned_to_me_and_not_solved(store: Store, add: Add) -> None:
    mine, done, theirs = add(ago=3), add(ago=2), add(ago=1)
    store.assign(mine, True)
    store.assign(done, True)
    store.set_state(done, State.SOLVED)

    assert ids(store.rows("mine", now=NOW)) == [mine]
    assert ids(store.rows("all", now=NOW)) == [theirs, done, mine]


def test_snoozed_come_by_the_time_they_wake_and_open_ended_ones_last(
    store: Store, add: Add
) -> None:
    until_reply, late, early = add(), add(), add()
    store.snooze(until_reply, None)
    store.snooze(late, NOW + timedelta(days=2))
    store.snooze(early, NOW + timedelta(days=1))

    assert ids(pages(store, "snoozed", 1)) == [early, late, until_reply]


def test_a_row_is_complete(store: Store, add: Add) -> None:
    words = "Where is\n\nmy parcel? " + "I have waited and waited. " * 20
    conversation = add(words, ago=60)
    store.save_draft(Draft(conversation, "Dear Maria"))
    store.assign(conversation, True)
    readings = tuple(Level(n) for n in (0, 1, 2, 3, 4, 3))
    store.save_mood(
        conversation,
        Mood(Level.ANGRY, Trend.FALLING, readings),
        BlameTarget.AGENT,
        Confidence.MEDIUM,
        True,
    )

    row = store.row(conversation, NOW)

    assert row is not None
    assert row.snippet.startswith("Where is my parcel? I have")
    assert row.snippet.endswith("…")
    assert len(row.snippet) <= 160
    assert row == Row(
        id=conversation,
        customer="Maria Lopez",
        subject="My parcel",
        channel="email",
        state=State.NEW,
        snippet=row.snippet,
        level=Level.ANGRY,
        trend=Trend.FALLING,
        blame_target=BlameTarget.AGENT,
        confidence=Confidence.MEDIUM,
        waiting_since=NOW - timedelta(minutes=60),
        updated_at=NOW - timedelta(minutes=60),
        has_draft=True,
        readings=readings[-5:],
        mine=True,
    )


def test_counts_stop_at_a_thousand(store: Store, a_message: Callable[..., Any]) -> None:
    store.add([a_message(str(n)) for n in range(COUNT_LIMIT + 5)])

    assert store.splits(NOW)[1].count == COUNT_LIMIT


def test_a_split_that_is_none_is_our_mistake(store: Store) -> None:
    with pytest.raises(KeyError):
        store.rows("favourites", now=NOW)


# Few different values, so that ties and level boundaries are met often.
conversation = st.tuples(
    st.integers(-3, 12),  # minutes waiting
    st.one_of(st.none(), st.sampled_from(Level)),
    st.sampled_from(Confidence),
    st.booleans(),
    st.sampled_from(["wait", "solve", "snooze", "mine"]),
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(conversations=st.lists(conversation, max_size=25), size=st.integers(1, 7))
def test_pages_say_what_sorting_everything_says(
    conversations: list[tuple[Any, ...]],
    size: int,
    a_message: Callable[..., Any],
) -> None:
    later = NOW + timedelta(minutes=5)  # so that some have waited less than no time
    with Store.open(":memory:", clock=lambda: later) as store:
        for number, (ago, level, confidence, care, deed) in zip(
            count(1), conversations, strict=False
        ):
            store.add([a_message(ago=ago)])
            if level is not None:
                set_mood(store, number, level, confidence, care=care)
            do(store, number, deed, ago)
        everything = store.rows("all", limit=1000, now=NOW)

        for split, order in ORDERS.items():
            expected = sorted(filter(BELONGS[split], everything), key=order)
            if split == "needs_care":
                expected = [row for row in expected if conversations[row.id - 1][3]]
            assert pages(store, split, size) == expected


def do(store: Store, conversation_id: int, deed: str, ago: int) -> None:
    match deed:
        case "solve":
            store.set_state(conversation_id, State.SOLVED)
        case "snooze":
            store.snooze(conversation_id, None if ago < 0 else NOW + timedelta(hours=ago))
        case "mine":
            store.assign(conversation_id, True)


def care(row: Row) -> Any:
    assert row.waiting_since is not None
    sure = row.level is not None and row.confidence is not Confidence.LOW
    return (-(NOW - row.waiting_since) * (1 + (int(row.level or 0) if sure else 0)), row.id)


def newest(row: Row) -> Any:
    return (-row.updated_at.timestamp(), -row.id)


def is_waiting(row: Row) -> bool:
    return row.state in (State.NEW, State.OPEN) and row.waiting_since is not None


ORDERS: dict[str, Callable[[Row], Any]] = {
    "needs_care": care,
    "waiting": care,
    "mine": newest,
    "done": newest,
    "all": newest,
    "snoozed": lambda row: (row.snoozed_until or datetime.max.replace(tzinfo=UTC), row.id),
}
BELONGS: dict[str, Callable[[Row], bool]] = {
    "needs_care": lambda row: is_waiting(row) and row.level is not None,
    "waiting": is_waiting,
    "mine": lambda row: row.mine and row.state is not State.SOLVED,
    "done": lambda row: row.state is State.SOLVED,
    "all": lambda row: True,  # noqa: ARG005  every row
    "snoozed": lambda row: row.state is State.SNOOZED,
}


def test_every_list_is_read_from_an_index(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Any]] = []
    read = store._all
    monkeypatch.setattr(
        store, "_all", lambda sql, values=(): asked.append((sql, values)) or read(sql, values)
    )

    store.splits(NOW)
    for split in ORDERS:
        store.rows(split, now=NOW)
    store.pending_analysis(10)
    store.pending_analysis(10, Role.CUSTOMER)
    store.count_pending(Role.CUSTOMER, 10)
    store.skimmed_conversation()
    store.wake_due(NOW)
    store.open_promises()
    store.due_promises(NOW)
    store.settled_promises()
    store.kept_rate(NOW)
    store.remind_due(NOW, timedelta(minutes=30))

    plans = [
        str(step["detail"])
        for sql, values in asked
        for step in read(f"EXPLAIN QUERY PLAN {sql}", values)
    ]
    scans = [step for step in plans if step.startswith("SCAN") and "USING" not in step]
    assert not [step for step in scans if "json_each" not in step and "(subquery" not in step]
    assert not [step for step in plans if "TEMP B-TREE FOR ORDER BY" in step]
