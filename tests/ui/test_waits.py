from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.ui.choices import snooze_times
from cxdesk.ui.waits import LONGEST, parse_wait

THURSDAY = datetime(2026, 3, 12, 14, 10, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("text", "hours"),
    (
        ("2h30m", 2.5),
        ("2h 30m", 2.5),
        (" 45m ", 0.75),
        ("45 min", 0.75),
        ("90 minutes", 1.5),
        ("3d", 72),
        ("1 week", 168),
        ("1.5h", 1.5),
        ("1,5 h", 1.5),
        ("1 day and 2 hours", 26),
        ("2H", 2),
    ),
)
def test_lengths_people_write_are_understood(text, hours):
    assert parse_wait(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ("", "soon", "2", "h", "0m", "-2h", "2h later", "9999w", "2h30"))
def test_anything_else_is_not_guessed(text):
    assert parse_wait(text) is None


@given(st.text(max_size=20))
def test_no_text_breaks_it(text):
    wait = parse_wait(text)

    assert wait is None or timedelta() < wait <= LONGEST


@given(st.integers(0, 30), st.integers(0, 23), st.integers(0, 59))
def test_what_is_written_is_what_is_read(days, hours, minutes):
    wait = timedelta(days=days, hours=hours, minutes=minutes)

    assert parse_wait(f"{days}d{hours}h{minutes}m") == (wait or None)


def test_on_a_thursday_afternoon_five_times_are_offered():
    offered = [(each.key, each.text, each.detail) for each in snooze_times(THURSDAY)]

    assert offered == [
        ("1", "Later today", "17:30"),
        ("2", "Tomorrow", "Fri 13 Mar, 09:00"),
        ("3", "This weekend", "Sat 14 Mar, 09:00"),
        ("4", "Next week", "Mon 16 Mar, 09:00"),
        ("5", "Until the customer replies", ""),
    ]


def test_late_at_night_there_is_no_later_today():
    times = snooze_times(THURSDAY.replace(hour=23, minute=20))

    assert [each.key for each in times] == ["2", "3", "4", "5"]


def test_in_the_evening_later_is_sooner():
    times = snooze_times(THURSDAY.replace(hour=21, minute=40))

    assert times[0].detail == "23:00"


def test_at_a_weekend_the_next_one_is_offered():
    saturday = THURSDAY + timedelta(days=2)

    weekend = snooze_times(saturday)[2]

    assert (weekend.text, weekend.detail) == ("Next weekend", "Sat 21 Mar, 09:00")


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_every_offered_time_lies_ahead(now):
    values = [each.value for each in snooze_times(now)]

    assert all(value > now for value in values if value is not None)
    assert all(value.tzinfo == now.tzinfo for value in values if value is not None)
