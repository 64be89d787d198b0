"""Promises at the desk: proposed when a reply is sent, kept when the agent agrees, thought of in
time, and counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cxdesk import promised
from cxdesk.desk import Desk, Sent
from cxdesk.model import (
    Draft,
    FoundPromise,
    Hours,
    Incoming,
    Promise,
    PromiseState,
    Review,
    Role,
    State,
)
from cxdesk.paths import Profile
from cxdesk.settings import Settings

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday
HOUR = timedelta(hours=1)
REPLY = "Thank you for writing. I'll ring the depot and write to you by 3 pm."
needs_zones = pytest.mark.skipif(not hasattr(time, "tzset"), reason="no other zone on this system")


class Clock:
    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    """Stands at noon on a Friday until a test moves it."""
    return Clock()


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This computer stands in Berlin."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A desk with one conversation, whose customer has waited for an hour."""
    opened = Desk.open(Profile(tmp_path / "profile"), clock)
    opened.take_in([a_mail()])
    yield opened
    opened.close()


def a_mail(number: int = 1) -> Incoming:
    own = f"<{number}@example.com>"
    return Incoming(
        source="mail",
        external_id=own,
        thread_keys=(own, "<1@example.com>"),
        role=Role.CUSTOMER,
        author_name="Sam Reed",
        author_address="sam@example.com",
        recipients=("help@shop.example",),
        text="Where is my lamp?",
        sent_at=NOON - HOUR,
        channel="email",
        subject="My lamp",
    )


def answer(desk: Desk, text: str = REPLY) -> Sent:
    return desk.send(desk.store.thread(1), Draft(1, text), Review())


def promise(desk: Desk, due: datetime | None) -> Promise:
    """Take over a promise of a reply."""
    words = "I'll ring the depot"
    start = REPLY.index(words)
    found = FoundPromise(start, start + len(words), words, "ring the depot", due)
    return desk.keep_promise(answer(desk).message, found)


def state_of(desk: Desk) -> State:
    return desk.store.thread(1).state


def test_sending_proposes_and_keeps_nothing(desk: Desk) -> None:
    sent = answer(desk)

    assert sent.promises
    assert sent.promises == desk.found_promises(REPLY)
    assert all(REPLY[each.start : each.end] == each.text for each in sent.promises)
    assert desk.promises() == ()


def test_a_reply_goes_out_even_where_its_promises_cannot_be_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(REPLY)

    monkeypatch.setattr(promised, "found_in", broken)

    sent = answer(desk)

    assert sent.promises == ()
    assert state_of(desk) is State.PENDING
    assert "RuntimeError" in caplog.text
    assert REPLY not in caplog.text


def test_a_promise_taken_over_is_open_until_it_is_settled(desk: Desk, clock: Clock) -> None:
    sent = answer(desk)
    kept = desk.keep_promise(sent.message, sent.promises[-1])
    assert desk.promises() == (kept,)

    clock.time += HOUR
    desk.settle_promise(kept.id, PromiseState.KEPT)

    settled = replace(kept, state=PromiseState.KEPT, settled_at=NOON + HOUR)
    assert desk.promises() == ()
    assert desk.settled_promises() == (settled,)
    assert desk.kept_rate() == (1, 1)


def test_taking_a_reply_back_takes_its_promise_along(desk: Desk) -> None:
    sent = answer(desk)
    desk.keep_promise(sent.message, sent.promises[0])

    desk.take_back(sent, Draft(1, REPLY))

    assert desk.promises() == ()
    assert desk.store.thread(1).promises == ()


@pytest.mark.parametrize(("minutes", "is_due"), ((-5, True), (30, True), (31, False)))
def test_reminders_are_for_what_is_late_or_due_soon(desk: Desk, minutes: int, is_due: bool) -> None:
    kept = promise(desk, NOON + timedelta(minutes=minutes))

    assert desk.due_promises() == ((kept,) if is_due else ())


def test_how_early_to_be_reminded_is_the_agents_choice(desk: Desk) -> None:
    kept = promise(desk, NOON + HOUR)

    desk.choose(Settings(remind_minutes=60))

    assert desk.due_promises() == (kept,)


def test_a_promise_brings_its_conversation_back_and_says_why(desk: Desk, clock: Clock) -> None:
    due = NOON + 3 * HOUR
    promise(desk, due)
    assert state_of(desk) is State.PENDING

    clock.time = due - timedelta(minutes=20)
    changes = desk.wake_due()

    assert changes.conversations == {1}
    assert [row.id for row in desk.rows("waiting")] == [1]
    words = f"You promised by {due.astimezone():%H:%M}: “I'll ring the depot”"
    assert desk.view(1).why_back == words


def test_a_kept_promise_lets_its_conversation_go_unless_another_is_due(
    desk: Desk, clock: Clock
) -> None:
    first, second = (promise(desk, NOON + HOUR) for _ in range(2))
    clock.time += HOUR
    desk.wake_due()

    desk.settle_promise(first.id, PromiseState.KEPT)
    assert state_of(desk) is State.OPEN

    desk.move_promise(second.id, NOON + 9 * HOUR)
    assert state_of(desk) is State.PENDING


def test_a_snooze_says_its_own_reason_until_the_promise_is_due(desk: Desk, clock: Clock) -> None:
    promise(desk, NOON + 26 * HOUR)
    desk.snooze(1, NOON + 2 * HOUR, "ask the depot")
    clock.time += 2 * HOUR
    desk.wake_due()
    assert desk.view(1).why_back == "ask the depot"

    clock.time += 24 * HOUR

    due = (NOON + 26 * HOUR).astimezone()
    assert desk.view(1).why_back == f"You promised by {due:%H:%M}: “I'll ring the depot”"


def test_a_snooze_without_a_reason_has_the_next_promise_for_one(desk: Desk, clock: Clock) -> None:
    later = promise(desk, NOON + 50 * HOUR)
    promise(desk, None)
    desk.snooze(1, NOON + HOUR)
    clock.time += HOUR
    desk.wake_due()
    due = (NOON + 50 * HOUR).astimezone()
    day = f"{due:%a} {due.day} {due:%b %H:%M}"
    assert desk.view(1).why_back == f"You promised by {day}: “I'll ring the depot”"

    desk.settle_promise(later.id, PromiseState.BROKEN)

    assert desk.view(1).why_back == ""


@needs_zones
@pytest.mark.usefixtures("zone")
def test_a_time_of_day_stays_what_it_is_when_the_clocks_change() -> None:
    thursday = datetime(2026, 10, 22, 8, 0, tzinfo=UTC)  # clocks go back on Sunday

    (found,) = promised.found_in("I'll call you on Monday at 3 pm.", thursday, Hours())

    assert found.due == datetime(2026, 10, 26, 14, 0, tzinfo=UTC)


@needs_zones
@pytest.mark.usefixtures("zone")
def test_hours_of_work_are_those_of_this_computers_zone(desk: Desk) -> None:
    desk.choose(Settings(day_end="18:30"))

    (found,) = desk.found_promises("I'll write to you by the end of the day.")

    assert found.due == datetime(2026, 11, 20, 17, 30, tzinfo=UTC)


def test_what_is_wrong_in_the_settings_is_told_and_stays_beside_them(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.settings.write_text('{"theme": "purple", "company": "Lumen"}')

    with_problems = Desk.open(profile)
    with_problems.choose(replace(with_problems.settings, agent_name="Priya"))
    with_problems.close()

    assert [each.field for each in with_problems.settings_problems] == ["theme"]
    assert "purple" in (tmp_path / "settings.json.broken").read_text()
    again = Desk.open(profile)
    assert again.settings_problems == ()
    assert again.settings == Settings(company="Lumen", agent_name="Priya")
    again.close()
