"""When a promise is to be due: offered, or typed as people type it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cxdesk.model import Hours
from cxdesk.promised import found_in
from cxdesk.ui.promises import when

FRIDAY = datetime(2026, 3, 13, 9, 13).astimezone()


def read(text: str) -> datetime | None:
    return when.read(text, FRIDAY, lambda said: found_in(said, FRIDAY, Hours()))


@pytest.mark.parametrize(
    ("text", "due"),
    (
        ("tomorrow 10", datetime(2026, 3, 14, 10)),
        ("fri 16:30", datetime(2026, 3, 20, 16, 30)),
        ("Monday at 4 pm", datetime(2026, 3, 16, 16)),
        ("mon 9", datetime(2026, 3, 16, 9)),
        ("16:00", datetime(2026, 3, 13, 16)),
        ("noon", datetime(2026, 3, 13, 12)),
        ("tomorrow", datetime(2026, 3, 14, 17)),
        ("next week", datetime(2026, 3, 20, 17)),
    ),
)
def test_a_time_means_what_it_would_in_a_reply(text, due):
    assert read(text) == due.astimezone()


@pytest.mark.parametrize(("text", "minutes"), (("2h30m", 150), ("90 min", 90), ("3d", 3 * 1440)))
def test_a_length_of_time_counts_from_now(text, minutes):
    assert read(text) == FRIDAY + timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ("", "  ", "banana", "as soon as I can", "99"))
def test_what_is_no_time_is_not_taken(text):
    assert read(text) is None


def test_times_are_offered_around_the_companys_hours():
    choices = when.offered(FRIDAY, Hours())

    assert [(each.key, each.text, each.detail) for each in choices] == [
        ("1", "In an hour", "10:13"),
        ("2", "Today, by closing time", "17:00"),
        ("3", "Monday by noon", "Mon 12:00"),
        ("4", "Monday, by closing time", "Mon 17:00"),
        ("5", "No time, keep it open", ""),
    ]
    assert choices[-1].value is None


def test_after_closing_time_today_is_not_offered():
    evening = FRIDAY.replace(hour=18) - timedelta(days=1)

    texts = [each.text for each in when.offered(evening, Hours())]

    assert texts[:2] == ["In an hour", "Tomorrow by noon"]
