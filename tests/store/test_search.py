"""Search: over everything, newest first, one row a conversation, the hit shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.model import (
    Analysis,
    BlameTarget,
    Confidence,
    Cue,
    Draft,
    Level,
    Mood,
    Role,
    Row,
    State,
    Trend,
)
from cxdesk.store import Store, search
from cxdesk.store.excerpt import LONGEST

Add = Callable[..., int]
NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def found(store: Store, query: str, **paging: Any) -> list[int]:
    return [row.id for row in store.search(query, now=NOW, **paging)]


def test_words_are_found_in_text_subject_quoted_part_and_names(store: Store, add: Add) -> None:
    add("The glass was cracked", subject="My order", name="Maria Lopez", quoted="> no. 4711")

    for query in ("cracked", "order", "lopez", "4711", "maria@example.org", "crack", "GLASS"):
        assert found(store, query) == [1], query
    assert found(store, "intact") == []


def test_the_last_word_may_be_unfinished_and_all_words_must_occur(store: Store, add: Add) -> None:
    both, one = add("a refund for the driver"), add("a refund, please")

    assert found(store, "refund dri") == [both]
    assert found(store, "ref") == [one, both]
    assert found(store, "dri refund") == []


def test_word_forms_and_accents_do_not_matter(store: Store, add: Add) -> None:
    add("I was charged twice, says José")

    assert found(store, "charging") == [1]
    assert found(store, "jose") == [1]


def test_a_phrase_is_found_as_it_stands(store: Store, add: Add) -> None:
    there = add("let me speak to a manager now")
    add("speak now or let a manager do it")

    assert found(store, '"speak to a manager"') == [there]


def test_a_conversation_is_one_row_at_its_newest_hit(store: Store, add: Add) -> None:
    first = add("refund one", id="<1@x>", ago=90)
    other = add("refund other", ago=80)
    add("refund two", thread="<1@x>", ago=70)

    rows = store.search("refund", now=NOW)

    assert [row.id for row in rows] == [first, other]
    assert rows[0].match == "\u2068refund\u2069 two"


def test_pages_of_hits_follow_each_other_without_repeats(store: Store, add: Add) -> None:
    for number in range(7):
        add(f"refund {number}", id=f"<{number}@x>")
    for number in (0, 3, 6):
        add("refund again", thread=f"<{number}@x>", ago=1)
    everything = store.search("refund", now=NOW)

    pages: list[Row] = []
    while page := store.search("refund", limit=2, after=pages[-1] if pages else None, now=NOW):
        pages += page

    assert pages == everything
    assert len(everything) == 7


def test_more_hits_in_one_conversation_than_are_fetched_at_a_time(
    store: Store, add: Add, a_message: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_PAGE", 3)
    add("refund", id="<old@x>", ago=500)
    store.add([a_message("refund", thread="<long@x>", ago=n) for n in range(20, 0, -1)])

    assert found(store, "refund") == [2, 1]


@pytest.mark.parametrize("few", (0, 2000))
def test_conditions_narrow_the_hits_whichever_way_they_are_looked_up(
    store: Store, add: Add, an_analysis: Callable[..., Analysis],
    monkeypatch: pytest.MonkeyPatch, few: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(search, "FEW", few)
    angry, calm = add("refund now", name="Ana", ago=3000), add("refund please", ago=10)
    store.save_analyses([(1, an_analysis()), (2, an_analysis(Level.CALM, cues=(), flags=()))])
    mood = Mood(Level.ANGRY, Trend.STEADY, (Level.ANGRY,))
    store.save_mood(angry, mood, BlameTarget.COMPANY, Confidence.HIGH, True)
    store.save_draft(Draft(angry, "Dear Ana"))
    store.set_state(calm, State.SOLVED)

    assert found(store, "refund state:done") == [calm]
    for query in (
        "refund level:angry",
        "refund level:>=2",
        "refund signal:repetition",
        "refund signal:churn",
        "refund signal:churn level:angry",
        "refund is:draft",
        "refund from:ana",
        "refund state:new",
        "refund before:2026-03-09",
        "signal:churn",
        "signal:repetition state:new",
        "level:angry",
        "is:draft",
        "state:new",
        "before:2026-03-09",
    ):
        assert found(store, query) == [angry], query
    assert found(store, "refund after:2026-03-09") == [calm]
    assert found(store, "after:2026-03-09") == [calm]
    assert found(store, "refund is:draft state:done") == []


def test_pages_by_conditions_alone_follow_each_other(store: Store, add: Add) -> None:
    for ago in (5, 5, 3, 9, 1):
        add(ago=ago)
    everything = found(store, "state:new")

    first = store.search("state:new", limit=2, now=NOW)
    rest = found(store, "state:new", after=first[-1])

    assert [row.id for row in first] + rest == everything == [5, 3, 2, 1, 4]


def test_signal_blame_means_all_who_blame_us(
    store: Store, add: Add, an_analysis: Callable[..., Analysis]
) -> None:
    us, courier = add("You lost it"), add("The courier lost it")
    store.save_analyses(
        [
            (us, an_analysis(blame_target=BlameTarget.AGENT)),
            (courier, an_analysis(blame_target=BlameTarget.THIRD_PARTY)),
        ]
    )

    assert found(store, "signal:blame") == [us]
    assert found(store, "signal:rep") == [courier, us]


def test_a_signal_shows_the_words_that_gave_it(
    store: Store, add: Add, an_analysis: Callable[..., Analysis]
) -> None:
    add("Hello 😡. This is the third time I write.")
    cue = Cue("repetition", 21, 31, "third time", 2.0, "repetition.nth-time", "…")
    store.save_analyses([(1, an_analysis(cues=(cue,)))])

    (row,) = store.search("signal:repetition", now=NOW)

    assert row.match == "Hello 😡. This is the \u2068third time\u2069 I write."


def test_the_hit_is_shown_within_its_words(store: Store, add: Add) -> None:
    add("word " * 200 + "then my parcel\n\nbroke " + "and so on " * 200)

    (row,) = store.search("parcel", now=NOW)

    assert "my \u2068parcel\u2069 broke and" in row.match
    assert row.match.startswith("…")
    assert len(row.match) < LONGEST


def test_marks_in_the_text_itself_do_not_look_like_a_hit(store: Store, add: Add) -> None:
    add("\u2068not this\u2069 but parcel")

    (row,) = store.search("parcel", now=NOW)

    assert row.match == "not this but \u2068parcel\u2069"


def test_a_reply_and_a_note_are_found_and_a_reply_taken_back_is_not(store: Store, add: Add) -> None:
    conversation = add()
    store.add_note(conversation, "prefers calls", NOW)
    reply = store.add_reply(conversation, "apologies galore", author="Dana", sent_at=NOW)
    before = found(store, "galore")

    store.take_back(reply.id)

    assert before == [conversation]
    assert found(store, "galore") == []
    assert found(store, "prefers") == [conversation]


def test_roles_told_anew_leave_the_index_whole(store: Store, add: Add) -> None:
    add("We look into it", thread="<1@x>", role=None, recipients=("maria@example.org",),
        address="help@shop.example", name="Dana")  # fmt: skip
    add("Where is it?", id="<1@x>", role=None, ago=90)

    # FTS5's own check: raises where index and messages disagree
    store._db.execute("INSERT INTO messages_fts (messages_fts, rank) VALUES ('integrity-check', 1)")
    assert [m.role for m in store.thread(1).messages] == [Role.CUSTOMER, Role.AGENT]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(), min_size=1, max_size=80))
def test_any_text_may_be_typed(store: Store, text: str) -> None:
    assert store.search(text, now=NOW) == []


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(
        st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Po", "So"]), min_size=1, max_size=60
    )
)
def test_a_text_is_found_by_itself(a_message: Callable[..., Any], text: str) -> None:
    words = [word for word in text.split() if word.isascii() and word.isalnum() and len(word) > 1]
    with Store.open(":memory:", clock=lambda: NOW) as store:
        store.add([a_message(text)])

        for word in words:
            assert found(store, word) == [1]


def test_the_day_of_a_query_is_the_agents_day(store: Store, add: Add) -> None:
    add("late in the evening", ago=60 * 13)  # 23:00 UTC the day before
    east = NOW.astimezone(timezone(timedelta(hours=2)))

    assert store.search("evening after:2026-03-10", now=NOW) == []
    assert [row.id for row in store.search("evening after:2026-03-10", now=east)] == [1]
