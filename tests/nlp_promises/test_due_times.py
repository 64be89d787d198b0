"""When a time is: on Wednesday 11 March 2026 at 10:20, with the usual hours unless said."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from cxdesk.model import Hours
from cxdesk.nlp.promises import find_promises

BERLIN = ZoneInfo("Europe/Berlin")


def due(words: str, now: datetime | str, hours: Hours | None = None) -> str | None:
    at = datetime.fromisoformat(now) if isinstance(now, str) else now
    (found,) = find_promises(f"I'll call you {words}.", at, hours or Hours())
    return found.due.strftime("%m-%d %H:%M") if found.due else None


@pytest.mark.parametrize(
    ("words", "expected"),
    (
        # clock times and windows
        ("at 3 pm", "03-11 15:00"),
        ("at 9:15", "03-12 09:15"),
        ("at four", "03-11 16:00"),
        ("by 12", "03-11 12:00"),
        ("at quarter to five", "03-11 16:45"),
        ("at half ten", "03-11 10:30"),
        ("at ten past eleven", "03-11 11:10"),
        ("between 1 and 3", "03-11 15:00"),
        ("between 11 and 1", "03-11 13:00"),
        ("tomorrow, 8-12", "03-12 12:00"),
        ("from 9 am to 11 am on Friday", "03-13 11:00"),
        ("at 7 in the evening", "03-11 19:00"),
        ("by midnight", "03-11 23:59"),
        # lengths of time
        ("in 20 minutes", "03-11 10:40"),
        ("in half an hour", "03-11 10:50"),
        ("in an hour and a half", "03-11 11:50"),
        ("in one and a half hours", "03-11 11:50"),
        ("in a quarter of an hour", "03-11 10:35"),
        ("within the hour", "03-11 11:20"),
        ("in an hour or two", "03-11 12:20"),
        ("within 24-48 hours", "03-13 10:20"),
        ("in 10 days", "03-21 17:00"),
        ("in a day or two", "03-13 17:00"),
        ("within a fortnight", "03-25 17:00"),
        ("in two months", "05-11 17:00"),
        ("within two working days", "03-13 17:00"),
        ("in 3 to 5 business days", "03-18 17:00"),
        ("on the next working day", "03-12 17:00"),
        # days
        ("today", "03-11 17:00"),
        ("by end of day", "03-11 17:00"),
        ("tomorrow", "03-12 17:00"),
        ("the day after tomorrow", "03-13 17:00"),
        ("on Wednesday", "03-18 17:00"),
        ("before Friday", "03-12 17:00"),
        ("before the weekend", "03-13 17:00"),
        ("over the weekend", "03-15 17:00"),
        ("on the 14th", "03-14 17:00"),
        ("on the 5th", "04-05 17:00"),
        ("by 2 April", "04-02 17:00"),
        ("by April 2nd, 2026", "04-02 17:00"),
        ("on 14/4", "04-14 17:00"),
        ("by 2026-04-02", "04-02 17:00"),
        ("on Thursday the 19th", "03-19 17:00"),
        ("on Monday week", "03-23 17:00"),
        ("a week on Friday", "03-20 17:00"),
        ("on Tuesday or Wednesday", "03-18 17:00"),
        ("by Christmas", "12-25 17:00"),
        # weeks and months
        ("this week", "03-13 17:00"),
        ("next week", "03-20 17:00"),
        ("early next week", "03-17 17:00"),
        ("in the middle of next week", "03-18 17:00"),
        ("on Tuesday of next week", "03-17 17:00"),
        ("by the end of the month", "03-31 17:00"),
        ("in April, by the 8th at the latest", "04-08 17:00"),
        ("before May", "04-30 17:00"),
        ("by the end of the year", "12-31 17:00"),
        # parts of a day
        ("first thing tomorrow", "03-12 09:00"),
        ("first thing in the morning", "03-12 09:00"),
        ("at noon", "03-11 12:00"),
        ("tomorrow morning", "03-12 12:00"),
        ("this afternoon", "03-11 17:00"),
        ("on Friday evening", "03-13 21:00"),
        ("tonight", "03-11 21:00"),
        # repeated: the first; the outer limit counts
        ("every Friday", "03-13 17:00"),
        ("every two hours", "03-11 12:20"),
        ("in a day or so, Friday morning at the latest", "03-13 12:00"),
        # none
        ("shortly", None),
        ("as soon as the part arrives", None),
        ("once the driver has left", None),
        ("within two days of the survey", None),
        ("about the order of 3 March", None),
    ),
)
def test_a_time_is_due_as_it_is_said(words: str, expected: str | None, now: datetime) -> None:
    assert due(words, now) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    (
        ("today", "03-11 23:59"),
        ("by end of day", "03-11 23:59"),
        ("tonight", "03-11 23:59"),
        ("at 3 pm", "03-12 15:00"),
        ("in the morning", "03-12 12:00"),
        ("at 8", "03-12 08:00"),
        ("first thing", "03-12 09:00"),
    ),
)
def test_late_in_the_evening_what_has_passed_means_tomorrow_or_the_last_minute(
    words: str, expected: str
) -> None:
    assert due(words, "2026-03-11T22:30") == expected


def test_business_days_skip_the_weekend() -> None:
    assert due("within two working days", "2026-03-13T16:00") == "03-17 17:00"


def test_the_company_says_when_it_works() -> None:
    hours = Hours(time(8), time(18, 30), frozenset({4, 5}))

    assert due("by Monday", "2026-03-11T10:20", hours) == "03-16 18:30"
    assert due("first thing tomorrow", "2026-03-11T10:20", hours) == "03-12 08:00"
    assert due("in two working days", "2026-03-11T10:20", hours) == "03-15 18:30"
    assert due("this week", "2026-03-11T10:20", hours) == "03-12 18:30"


def test_a_company_without_any_day_of_work_is_answered_all_the_same() -> None:
    assert due("in two working days", "2026-03-11T10:20", Hours(weekend=frozenset(range(7))))


def test_hours_pass_in_real_time_while_the_clocks_change() -> None:
    evening = datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN)  # the clocks skip 02:00 to 03:00

    (found,) = find_promises("I'll call you in six hours.", evening)

    assert found.due is not None
    assert found.due - evening.astimezone(UTC) == timedelta(hours=6)
    assert found.due.strftime("%m-%d %H:%M") == "03-29 05:00"


def test_a_day_stays_a_day_while_the_clocks_change() -> None:
    evening = datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN)

    (found,) = find_promises("I'll call you tomorrow.", evening)

    assert found.due == datetime(2026, 3, 29, 17, 0, tzinfo=BERLIN)


def test_a_time_that_the_clocks_skip_is_what_they_show_instead() -> None:
    evening = datetime(2026, 3, 28, 22, 0, tzinfo=BERLIN)

    (found,) = find_promises("I'll restart it at 2:30 am.", evening)

    assert found.due is not None
    assert found.due.strftime("%H:%M") == "03:30"


@pytest.mark.parametrize("zone", (None, UTC, BERLIN, timezone(timedelta(hours=-7))))
def test_a_due_time_is_of_the_kind_of_now(zone: object) -> None:
    now = datetime(2026, 3, 11, 10, 20, tzinfo=zone)

    (found,) = find_promises("I'll call you at 3 pm.", now)

    assert found.due == datetime(2026, 3, 11, 15, 0, tzinfo=zone)
    assert found.due.tzinfo is zone


def test_a_leap_day_is_found_years_ahead() -> None:
    (found,) = find_promises("I'll call you on 29 February.", datetime(2026, 3, 11))

    assert found.due == datetime(2028, 2, 29, 17)
