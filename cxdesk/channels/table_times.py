"""Dates as tables write them. "03/04/2026" is settled by the whole column, never by guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from cxdesk.channels.envelope import parse_date
from cxdesk.channels.records import parse_time

_NUMERIC = re.compile(
    r"\s*(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})"
    r"(?:,?[\sT]+(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<s>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?)?"
    r"\s*(?:UTC|GMT|Z)?\s*$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"\s*(\d{4})[/.](\d{1,2})[/.](\d{1,2})(.*)$", re.DOTALL)
_EPOCH = re.compile(r"\s*(\d{10}|\d{13})(?:\.\d+)?\s*$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(
    r"\s*(?:[a-z]{3,9},?\s+)?(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m1>[a-z]{3,9})"
    r"|(?P<m2>[a-z]{3,9})\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?),?\s+(?P<year>\d{4})"
    r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<s>\d{2}))?"
    r"\s*(?P<half>[ap]\.?m\.?)?)?\s*(?:UTC|GMT)?\s*$",
    re.IGNORECASE,
)


class MixedOrderError(ValueError):
    """One column holds dates that must be day first and others that must be month first."""


def day_first(values: Iterable[str]) -> bool | None:
    """Whether a column writes the day before the month; None when no date in it tells.

    Dots ("03.04.2026") are only written day first. Raises MixedOrderError.
    """
    orders: set[bool] = set()
    is_open = False
    for value in values:
        found = _NUMERIC.match(value)
        if found is None:
            continue
        first, second = int(found["first"]), int(found["second"])
        if first > 12 or second > 12:
            orders.add(first > 12)
        elif found["mark"] == ".":
            orders.add(True)
        else:
            is_open = is_open or first != second
    if len(orders) > 1:
        raise MixedOrderError
    return orders.pop() if orders else None if is_open else True


def parse(value: str, *, day_first: bool) -> datetime | None:
    """A table's date as an aware time (no zone: UTC), None when it is not understood."""
    value = value.strip()
    epoch = _EPOCH.match(value)
    if epoch:
        seconds = int(epoch[1]) / (1000 if len(epoch[1]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC)
    year_first = _YEAR_FIRST.match(value)
    if year_first:
        year, month, day, rest = year_first.groups()
        value = f"{year}-{int(month):02}-{int(day):02}{rest}"
    return parse_time(value) or _numeric(value, day_first) or _named(value) or parse_date(value)


def _numeric(value: str, is_day_first: bool) -> datetime | None:
    found = _NUMERIC.match(value)
    if found is None:
        return None
    day, month = int(found["first"]), int(found["second"])
    if not is_day_first:
        day, month = month, day
    year = int(found["year"])
    return _moment(year + 2000 if year < 100 else year, month, day, found)


def _named(value: str) -> datetime | None:
    found = _NAMED.match(value)
    if found is None:
        return None
    name = (found["m1"] or found["m2"])[:3].lower()
    if name not in _MONTHS:
        return None
    day = int(found["d1"] or found["d2"])
    return _moment(int(found["year"]), _MONTHS.index(name) + 1, day, found)


def _moment(year: int, month: int, day: int, clock: re.Match[str]) -> datetime | None:
    hour = int(clock["hour"] or 0)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    try:
        start = datetime(year, month, day, tzinfo=UTC)
        return start + timedelta(
            hours=hour, minutes=int(clock["minute"] or 0), seconds=int(clock["s"] or 0)
        )
    except ValueError:
        return None
