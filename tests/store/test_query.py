"""What is typed into the search field, read into words and conditions."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.model import Level, State
from cxdesk.store import Query, read_query
from cxdesk.store.times import to_ms

A = Level.ANNOYED
F = Level.FRUSTRATED


@pytest.mark.parametrize(
    ("typed", "understood"),
    (
        ("", Query()),
        ("late parcel", Query(words=("late", "parcel"), open_ended=True)),
        ('"speak to a manager"', Query(words=("speak to a manager",))),
        ("“speak to a manager”", Query(words=("speak to a manager",))),
        ('"speak to a man', Query(words=("speak to a man",), open_ended=True)),
        ('"third time" refund', Query(words=("third time", "refund"), open_ended=True)),
        ("from:maria", Query(authors=("maria",))),
        ('from:"maria lopez"', Query(authors=("maria lopez",))),
        ("state:open", Query(states=(State.OPEN,))),
        ("State:Done", Query(states=(State.SOLVED,))),
        ("state:waiting", Query(states=(State.NEW, State.OPEN))),
        ("level:angry", Query(levels=(Level.ANGRY,))),
        ("level:3", Query(levels=(Level.ANGRY,))),
        ("level:>=2", Query(levels=(F, Level.ANGRY, Level.FURIOUS))),
        ("level:<frustrated", Query(levels=(Level.CALM, A))),
        ("signal:churn", Query(signals=("churn",))),
        ("is:draft", Query(draft=True)),
        ("before:2026-11-01", Query(before=to_ms(datetime(2026, 11, 1, tzinfo=UTC)))),
        ("after:2026-11-01", Query(after=to_ms(datetime(2026, 11, 1, tzinfo=UTC)))),
        ("!!! -- ()", Query()),
    ),
)  # fmt: skip
def test_a_query_is_read(typed: str, understood: Query) -> None:
    assert read_query(typed) == understood


@pytest.mark.parametrize(
    "typed", ("state:lost", "level:9", "level:", "before:soon", "is:late", "order:4711", "12:30")
)
def test_what_is_no_condition_is_searched_for_as_words(typed: str) -> None:
    assert read_query(typed) == Query(words=(typed,), open_ended=True)


def test_days_begin_where_the_agent_is() -> None:
    zone = timezone(timedelta(hours=5))

    asked = read_query("before:2026-11-01", zone)

    assert asked.before == to_ms(datetime(2026, 10, 31, 19, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "match"),
    (
        ("late par", '"late" AND "par"*'),
        ("late p", '"late" AND "p"'),
        ('say "hi', '"say" AND "hi"*'),
        ("NEAR(a b) OR NOT c*", '"NEAR(a" AND "b)" AND "OR" AND "NOT" AND "c*"*'),
        ("from:maria late", '"late"* AND {author author_address} : "maria" *'),
    ),
)
def test_only_the_last_word_is_unfinished_and_no_sign_has_a_meaning(typed: str, match: str) -> None:
    assert read_query(typed).match == match


@given(st.text(st.characters()))
def test_nothing_typed_is_an_error_for_the_index(typed: str) -> None:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE messages_fts USING fts5 (text, author, author_address)")
    asked = read_query(typed)

    if asked.match:
        index.execute("SELECT 1 FROM messages_fts WHERE messages_fts MATCH ?", (asked.match,))


@given(st.text('abc"“”:*()^-+ NEARfromlevel>=<', max_size=30))
def test_nothing_typed_with_signs_is_an_error_for_the_index(typed: str) -> None:
    test_nothing_typed_is_an_error_for_the_index.hypothesis.inner_test(typed)  # type: ignore[attr-defined]
