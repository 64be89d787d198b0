"""How long a conversation may sleep: the offered times, and what people type instead."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

MORNING = time(9, 0)
LATER = timedelta(hours=3)
SOON = timedelta(hours=1)
LONGEST = timedelta(days=366)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PART = re.compile(r"(\d{1,4}(?:[.,]\d+)?)\s*(m|h|d|w)[a-z]*", re.IGNORECASE)
_SATURDAY, _MONDAY = 5, 0


def parse_wait(text: str) -> timedelta | None:
    """The length of time in "2h30m", "45 min", "1.5h" or "3d"; None for anything else.

    More than a year is None too: a conversation put away so far is lost.
    """
    wanted = text.strip()
    if not wanted or _PART.sub("", wanted).strip(" ,and"):
        return None
    total = sum((_part(*match) for match in _PART.findall(wanted)), timedelta())
    return total if timedelta() < total <= LONGEST else None


def _part(number: str, unit: str) -> timedelta:
    return timedelta(**{_UNITS[unit.lower()]: float(number.replace(",", "."))})


def later_today(now: datetime) -> datetime | None:
    """In three hours, at the half hour; late in the day in one; None once today is nearly over."""
    for wait in (LATER, SOON):
        until = _half_hour(now + wait)
        if until.date() == now.date():
            return until
    return None


def _half_hour(moment: datetime) -> datetime:
    past = timedelta(
        minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment - past + (timedelta(minutes=30) if past else timedelta())


def tomorrow(now: datetime) -> datetime:
    return _morning(now, 1)


def weekend(now: datetime) -> datetime:
    """Saturday morning; at a weekend that of the next."""
    days = (_SATURDAY - now.weekday()) % 7
    return _morning(now, days or 7)


def next_week(now: datetime) -> datetime:
    """Monday morning."""
    return _morning(now, (_MONDAY - now.weekday()) % 7 or 7)


def _morning(now: datetime, days: int) -> datetime:
    return datetime.combine(now.date() + timedelta(days=days), MORNING, now.tzinfo)
