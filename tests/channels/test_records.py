"""Recorded conversations, one JSON object a line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.channels import records
from cxdesk.model import Incoming, Problem, Role

ReadFiles = Callable[..., tuple[list[Incoming], list[Problem]]]


def a_record(**changes: Any) -> dict[str, Any]:
    return {
        "id": "c-1741",
        "channel": "chat",
        "customer": {"name": "Maria Lopez", "address": "Maria@post.example"},
        "subject": "Lamp",
        "messages": [
            {"role": "customer", "text": "It is broken.", "time": "2026-03-03T10:22:00Z"},
            {"role": "agent", "text": "I will help.", "time": "2026-03-03T10:25:00+01:00"},
        ],
    } | changes


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes records, or lines as they are, to a .jsonl file."""

    def write(*lines: dict[str, Any] | str, name: str = "talks.jsonl") -> Path:
        path = tmp_path / name
        text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(text) + "\n", "utf-8")
        return path

    return write


Write = Callable[..., Path]


def test_a_record_gives_its_messages(write: Write, read_files: ReadFiles) -> None:
    first, second = read_files(write(a_record(source="helpdesk")))[0]

    assert (first.source, first.external_id) == ("helpdesk", "c-1741#0")
    assert first.thread_keys == second.thread_keys == ("helpdesk:c-1741",)
    assert (first.role, second.role) == (Role.CUSTOMER, Role.AGENT)
    assert (first.author_name, first.author_address) == ("Maria Lopez", "maria@post.example")
    assert first.sent_at == datetime(2026, 3, 3, 10, 22, tzinfo=UTC)
    assert (first.channel, first.subject, first.text) == ("chat", "Lamp", "It is broken.")
    assert second.customer_name == "Maria Lopez"


@pytest.mark.parametrize(
    ("given_id", "name"),
    (
        ("twcs-1741", "Customer 1741"),
        ("ibm-LgwAXtbbEm0mBvDrGmjk", "Customer DrGmjk"),
        ("7", "Customer 7"),
    ),
)
def test_a_nameless_customer_is_called_after_the_conversation(
    given_id: str, name: str, write: Write, read_files: ReadFiles
) -> None:
    messages, _ = read_files(write(a_record(id=given_id, customer=None, source="x")))

    assert messages[0].customer_name == name


def test_a_missing_time_keeps_the_order(write: Write, read_files: ReadFiles) -> None:
    entries = [
        {"role": "customer", "text": "a"},
        {"role": "customer", "text": "b", "time": "2026-03-03T10:00:00"},
        {"role": "agent", "text": "c"},
        {"role": "agent", "text": "d", "time": ""},
    ]

    messages, problems = read_files(write(a_record(messages=entries)))

    start = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
    offsets = [message.sent_at - start for message in messages if message.sent_at]
    assert offsets == [timedelta(seconds=each) for each in (-1, 0, 1, 2)]
    assert problems == []


def test_without_any_time_the_files_own_date_is_the_latest(
    write: Write, read_files: ReadFiles
) -> None:
    entries = [{"role": "customer", "text": "a"}, {"role": "agent", "text": "b"}]
    path = write(a_record(messages=entries))
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)

    first, second = read_files(path)[0]

    assert first.sent_at == written - timedelta(seconds=2)
    assert second.sent_at == written - timedelta(seconds=1)


def test_reading_a_moved_file_gives_the_same_names(write: Write, read_files: ReadFiles) -> None:
    before, _ = read_files(write(a_record()))
    after, _ = read_files(write(a_record(id="other"), a_record(), name="moved.jsonl"))

    assert {m.external_id for m in before} <= {m.external_id for m in after}
    assert {m.source for m in before} == {"jsonl"}


def test_a_continued_conversation_adds_only_what_is_new(
    write: Write, read_files: ReadFiles
) -> None:
    longer = a_record()
    longer["messages"] = [*longer["messages"], {"role": "customer", "text": "Thanks!"}]

    before, _ = read_files(write(a_record()))
    after, _ = read_files(write(longer, name="later.jsonl"))

    new = {m.external_id for m in after} - {m.external_id for m in before}
    assert len(new) == 1


def test_equal_ids_of_different_files_do_not_clash(write: Write, read_files: ReadFiles) -> None:
    other = [{"role": "customer", "text": "Something else."}]

    one, _ = read_files(write(a_record(id="1")))
    two, _ = read_files(write(a_record(id="1", messages=other), name="other.jsonl"))

    assert one[0].external_id != two[0].external_id
    assert one[0].thread_keys != two[0].thread_keys


@pytest.mark.parametrize(
    ("line", "says"),
    (
        ("{broken", "not a JSON record"),
        ("[1, 2]", "not a conversation"),
        ('"text"', "not a conversation"),
        ('{"id": "1"}', "not a conversation"),
        ('{"messages": {"role": "customer"}}', "not a conversation"),
        ('{"messages": [{"role": "boss", "text": "x"}]}', "role must be one of"),
        ('{"messages": [{"role": "customer"}]}', "expected an object with a text"),
        ('{"messages": [7]}', "expected an object with a text"),
        ("[" * 100_000, "not a JSON record"),
    ),
)
def test_a_bad_line_is_named_and_the_rest_goes_on(
    line: str, says: str, write: Write, read_files: ReadFiles
) -> None:
    messages, problems = read_files(write(a_record(), line, a_record(id="2")))

    assert len(messages) == 4
    assert (problems[0].line, says in problems[0].message) == (2, True)


def test_one_bad_message_does_not_cost_the_others(write: Write, read_files: ReadFiles) -> None:
    entries = [{"role": "customer", "text": "a"}, {"role": "?"}, {"role": "agent", "text": "c"}]

    messages, problems = read_files(write(a_record(messages=entries)))

    assert [message.external_id[-2:] for message in messages] == ["#0", "#2"]
    assert problems[0].field == "messages[1]"


def test_a_time_nobody_understands_is_said(write: Write, read_files: ReadFiles) -> None:
    entries = [{"role": "customer", "text": "a", "time": "last Monday"}]

    messages, problems = read_files(write(a_record(messages=entries)))

    assert messages[0].sent_at is not None
    assert problems[0].message == "time not understood; order kept"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "messages", "role", "text", "time", "customer", "name", "source"]
            ),
            inner | st.sampled_from(["customer", "agent", "0001-01-01T00:00:00+14:00"]),
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_no_record_raises(value: Any) -> None:
    line = json.dumps(value).encode()
    written = datetime(2026, 3, 3, tzinfo=UTC)

    for item in records.line_items(line, "file", 1, written):
        assert isinstance(item, Incoming | Problem)
