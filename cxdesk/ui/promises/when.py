"""When a promise is to be due: the times offered, and what people type instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from cxdesk.model import FoundPromise, Hours
from cxdesk.ui.choices import Choice
from cxdesk.ui.promises import words
from cxdesk.ui.waits import parse_wait

EXAMPLE = "tomorrow 10"
_LAST_HOUR = re.compile(r"(?<![\d:.])(?<!at )(?<!by )(\d{1,2})$")
_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "tues": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "thurs": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_SHORT_DAY = re.compile(rf"\b({'|'.join(_DAYS)})\b\.?", re.IGNORECASE)

Finder = Callable[[str], Sequence[FoundPromise]]


def offered(now: datetime, hours: Hours) -> list[Choice]:
    """Times a promise may get with one key, in the person's own time zone; None is "no time"."""
    next_day = _next_workday(now, hours)
    name = "Tomorrow" if (next_day.date() - now.date()).days == 1 else f"{next_day:%A}"
    closing = now.replace(hour=hours.end.hour, minute=hours.end.minute, second=0, microsecond=0)
    times = [
        ("In an hour", (now + timedelta(hours=1)).replace(second=0, microsecond=0)),
        ("Today, by closing time", closing if closing > now and _works(now, hours) else None),
        (f"{name} by noon", next_day.replace(hour=12, minute=0)),
        (
            f"{name}, by closing time",
            next_day.replace(hour=hours.end.hour, minute=hours.end.minute),
        ),
    ]
    known = [(text, at) for text, at in times if at]
    choices = [
        Choice(str(number), text, at, words.clock(at, now))
        for number, (text, at) in enumerate(known, start=1)
    ]
    return [*choices, Choice(str(len(choices) + 1), "No time, keep it open", None)]


def _works(day: datetime, hours: Hours) -> bool:
    return day.weekday() not in hours.weekend


def _next_workday(now: datetime, hours: Hours) -> datetime:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = (midnight + timedelta(days=ahead) for ahead in range(1, 8))
    return next(day for day in days if _works(day, hours))


def read(text: str, now: datetime, found: Finder) -> datetime | None:
    """The time that "tomorrow 10", "Fri 16:30" or "2h30m" means; None for one that means nothing.

    A length of time counts from now. Anything else is read as it would be in a reply, so that a
    time means the same whether it was written to the customer or typed here.
    """
    wanted = " ".join(text.split())
    if length := parse_wait(wanted):
        return now + length
    said = _LAST_HOUR.sub(r"at \1", _SHORT_DAY.sub(_full_day, wanted))
    for preposition in ("", "by ", "at ", "on "):
        promises = found(f"I'll write to you {preposition}{said}.") if said else ()
        if due := next((each.due for each in promises if each.due), None):
            return due
    return None


def _full_day(match: re.Match[str]) -> str:
    return _DAYS[match[1].lower()]
