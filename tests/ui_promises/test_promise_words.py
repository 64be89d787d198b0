"""When, what and to whom, in the few words a row has."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cxdesk.model import Level, Promise, PromiseState
from cxdesk.ui import marks
from cxdesk.ui.promises import words
from cxdesk.ui.promises.said import MOST, around
from cxdesk.ui.promises.time_words import time_in
from cxdesk.ui.promises.words import Group

NOW = datetime(2026, 3, 13, 9, 13).astimezone()  # a Friday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def promise(due: datetime | None, text: str = "I'll write to you") -> Promise:
    return Promise(
        id=1,
        conversation_id=2,
        message_id=3,
        customer="Maria Lopez",
        subject="PX-48213",
        channel="email",
        level=Level.ANGRY,
        text=text,
        what="write",
        said_at=NOW - DAY,
        due=due,
    )


@pytest.mark.parametrize(
    ("due", "distance", "clock"),
    (
        (NOW + 47 * MINUTE, "in 47 min", "10:00"),
        (NOW + 2 * HOUR + 47 * MINUTE, "in 2 h", "12:00"),
        (NOW + 3 * DAY + 7 * HOUR, "in 3 d", "Mon 16:13"),
        (NOW - 43 * MINUTE, "43 min late", "08:30"),
        (NOW - 40 * HOUR, "40 h late", "Wed 17:13"),
        (NOW - 9 * DAY, "9 d late", "4 Mar 09:13"),
        (NOW + 400 * DAY, "in 400 d", "17 Apr 2027"),
        (NOW, "now", "09:13"),
        (None, "open", "no time"),
    ),
)
def test_a_time_is_said_from_now_and_by_the_clock(due, distance, clock):
    assert words.distance(due, NOW) == distance
    assert words.clock(due, NOW) == clock


@pytest.mark.parametrize(
    ("due", "group"),
    (
        (NOW - MINUTE, Group.OVERDUE),
        (NOW, Group.TODAY),
        (NOW.replace(hour=23, minute=59), Group.TODAY),
        (NOW + DAY, Group.LATER),
        (None, Group.LATER),
    ),
)
def test_promises_are_overdue_due_today_or_later(due, group):
    assert words.group(promise(due), NOW) is group


def test_a_settled_promise_is_late_no_more():
    kept = replace(promise(NOW - DAY), state=PromiseState.KEPT, settled_at=NOW - HOUR)

    assert not words.is_late(kept, NOW)
    assert words.settled(kept, NOW) == ("kept", "08:13")


@pytest.mark.parametrize(
    ("due", "short"),
    ((NOW - MINUTE, "late"), (NOW + HOUR, "10:13"), (NOW + DAY, "Sat"), (NOW + 9 * DAY, "22 Mar")),
)
def test_a_row_of_the_inbox_says_a_day_that_is_not_today(due, short):
    assert marks.due_short(due, NOW) == short


@pytest.mark.parametrize(
    "marked",
    (
        "I'll call you [by 4 pm tomorrow]",
        "It will be with you [on Wednesday]",
        "I'll send you the corrected invoice [first thing]",
        "You'll hear from me [by ten] what the courier says",
        "I'll ring the depot [this morning] and tell you",
        "I'll check [early next week] that the lamp works",
        "I'll get back to you [as soon as I know more]",
        "I'll refund it [within 3 working days]",
        "I'll call [at 10:30 on Friday 13 March]",
        "I'll check today and write [by Friday]",
        "We will replace the lamp",
    ),
)
def test_the_time_is_found_in_promised_words(marked):
    line = marked.replace("[", "").replace("]", "")

    start, end = time_in(line)

    shown = f"{line[:start]}[{line[start:end]}]{line[end:]}" if end else line
    assert shown == marked


def test_a_row_is_read_out_whole():
    said = words.sentence(promise(NOW - 40 * HOUR, "it will be with you"), NOW, "e-mail")

    assert said == (
        "40 h late, due Wednesday 11 March 2026, 17:13, “It will be with you”, Maria Lopez, "
        "PX-48213, angry, e-mail"
    )


def test_what_was_said_is_shown_with_its_paragraph():
    text = "Hello Maria,\n\nIt left today. It will be with you on Wednesday.\n\nRobin"

    shown, start, end = around(text, "It will be with you on Wednesday")

    assert shown == "It left today. It will be with you on Wednesday."
    assert shown[start:end] == "It will be with you on Wednesday"


@pytest.mark.parametrize("place", (0, 500, 2000))
def test_a_long_paragraph_is_cut_around_the_promise(place):
    words_ = "word " * 400
    text = f"{words_[:place]}I'll call by noon {words_[place:]}".strip()

    shown, start, end = around(text, "I'll call by noon")

    assert shown[start:end] == "I'll call by noon"
    assert len(shown) <= MOST + 4
    assert not shown.strip("… ").startswith("ord")


def test_a_promise_that_is_not_in_its_message_leaves_the_beginning():
    shown, start, end = around("Hello. " * 100, "elsewhere")

    assert shown.startswith("Hello.")
    assert start == end == 0
