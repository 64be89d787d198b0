"""What the words of a time say: each function reads a match of one kind of pattern."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cxdesk.nlp.promises.days import Calendar, end_of_month, weekday_in
from cxdesk.nlp.promises.numbers import count, month, ordinal, weekday

# How closely a piece names a day: the closest one wins where two stand side by side.
ROUGH, NAMED, NEAR, EXACTLY = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Clock:
    """A time on a clock face; `is_open` where it may be before noon or after it.

    `opening` is the first of two times of a window, whose end this is.
    """

    hour: int
    minute: int = 0
    is_open: bool = False
    opening: Clock | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What some words, [start, end), say of a time: any of a day, a clock time and a moment.

    `weekday`, `week`, `month` and `monthday` are kept for joining with another piece that says
    the rest ("Friday" + "next week"). `closes` marks a day whose end is meant, so that "before"
    takes nothing off. A piece that `means_nothing` names no time to come: past, or hanging on an
    event.
    """

    day: date | None = None
    rank: int = 0
    weekday: int | None = None
    week: date | None = None
    month: date | None = None
    monthday: int | None = None
    closes: bool = False
    clock: Clock | None = None
    part: str = ""
    moment: datetime | None = None
    means_nothing: bool = False
    start: int = 0
    end: int = 0


Reader = Callable[[re.Match[str], Calendar], Piece]


def the_day(pick: Callable[[Calendar], date], rank: int = NEAR, *, closes: bool = False) -> Reader:
    return lambda _, calendar: Piece(day=pick(calendar), rank=rank, closes=closes)


def part(name: str) -> Reader:
    return lambda *_: Piece(part=name)


def nothing(*_: object) -> Piece:
    return Piece(means_nothing=True)


def on_weekday(match: re.Match[str], calendar: Calendar) -> Piece:
    number = weekday(match["day"])
    return Piece(day=calendar.next_weekday(number), rank=NAMED, weekday=number)


def weeks_after_weekday(match: re.Match[str], calendar: Calendar) -> Piece:
    weeks = int(count(match["n"] or "a")) if "n" in match.re.groupindex else 1
    return Piece(
        day=calendar.next_weekday(weekday(match["day"])) + timedelta(days=7 * weeks), rank=NEAR
    )


def in_week(match: re.Match[str], calendar: Calendar) -> Piece:
    ahead = {"this": 0, "the": 0, "next": 1, "following": 1, "coming": 1, "after": 2}
    weeks = ahead[(match["which"] or "the").lower()]
    place = (match["place"] or "").lower()
    week = calendar.week(weeks)
    if place.startswith(("early", "begin", "start")):
        return Piece(day=week + timedelta(days=1), rank=ROUGH, week=week)
    if place.startswith("mid"):
        return Piece(day=week + timedelta(days=2), rank=ROUGH, week=week)
    last = calendar.last_workday(week) if weeks else calendar.end_of_this_week()
    return Piece(day=last, rank=ROUGH, week=week, closes=place.startswith("end"))


def business_days(match: re.Match[str], calendar: Calendar) -> Piece:
    days = int(count(match["m"] or match["n"]))
    return Piece(day=calendar.business_days(days), rank=NEAR, closes=True)


def length(match: re.Match[str], calendar: Calendar) -> Piece:
    number = _upper(match)
    unit = match["unit"].lower()
    if unit.startswith(("s", "mi", "h")):
        seconds = 1 if unit.startswith("s") else 60 if unit.startswith("mi") else 3600
        return Piece(moment=calendar.after(timedelta(seconds=seconds * number)))
    return Piece(day=_days_ahead(unit, number, calendar), rank=NEAR, closes=True)


def _upper(match: re.Match[str]) -> float:
    """The larger number of "three to five", "a day or two", "one and a half"."""
    groups = match.groupdict()
    number = count(groups.get("m") or groups["n"])
    return number + (0.5 if groups.get("half") else 0)


def _days_ahead(unit: str, number: float, calendar: Calendar) -> date:
    if unit.startswith("mo"):
        return calendar.months_later(int(number))
    if unit.startswith("y"):
        return calendar.months_later(int(12 * number))
    days = {"d": 1, "w": 7, "f": 14}[unit[0]]
    return calendar.today + timedelta(days=days * number)


def one_unit(match: re.Match[str], calendar: Calendar) -> Piece:
    """ "Within the hour": one of it from now."""
    unit = match["unit"].lower()
    if unit.endswith("hour"):
        return Piece(moment=calendar.after(timedelta(minutes=30 if "half" in unit else 60)))
    if unit == "day":
        return Piece(day=calendar.today, rank=NEAR, closes=True)
    return Piece(day=_days_ahead(unit, 1, calendar), rank=NEAR, closes=True)


# ------------------------------------------------------------------ dates


def on_date(match: re.Match[str], calendar: Calendar) -> Piece:
    number, named = ordinal(match["d"]), month(match["mon"])
    return _dated(calendar, named, number, match["y"])


def _dated(calendar: Calendar, named: int, number: int, year: str | None) -> Piece:
    if year:
        day = date(int(year) + (2000 if len(year) == 2 else 0), named, number)
    else:
        day = calendar.next_date(named, number)
    return Piece(day=day, rank=EXACTLY, means_nothing=day < calendar.today)


def numeric_date(match: re.Match[str], calendar: Calendar) -> Piece:
    """Day first, as in most of the world, unless that is no date."""
    first, second = int(match["a"]), int(match["b"])
    number, named = (first, second) if second <= 12 else (second, first)
    return _dated(calendar, named, number, match["y"])


def iso_date(match: re.Match[str], calendar: Calendar) -> Piece:
    day = date.fromisoformat(match[0])
    return Piece(day=day, rank=EXACTLY, means_nothing=day < calendar.today)


def on_monthday(match: re.Match[str], calendar: Calendar) -> Piece:
    number = ordinal(match["d"])
    return Piece(day=calendar.next_monthday(number), rank=EXACTLY, monthday=number)


def in_month(match: re.Match[str], calendar: Calendar) -> Piece:
    which = (match["which"] or "").lower()
    ahead = {"": 0, "this": 0, "the": 0, "next": 1, "the following": 1}
    first = (
        calendar.next_month_named(month(match["mon"]))
        if match["mon"]
        else calendar.first_of_month(ahead[" ".join(which.split())])
    )
    place = (match["place"] or "").lower()
    if place.startswith("mid"):
        return Piece(day=first.replace(day=15), rank=ROUGH, month=first)
    if place.startswith(("early", "begin", "start")):
        return Piece(day=first.replace(day=10), rank=ROUGH, month=first)
    closes = place.startswith(("end", "late"))
    return Piece(day=end_of_month(first), rank=ROUGH, month=first, closes=closes)


def nth_weekday(match: re.Match[str], calendar: Calendar) -> Piece:
    """ "The first Monday of April"."""
    if match["mon"]:
        first = calendar.next_month_named(month(match["mon"]))
    else:
        first = calendar.first_of_month((match["which"] or "").lower() == "next")
    number, nth = weekday(match["day"]), match["nth"].lower()
    if nth == "last":
        last = end_of_month(first)
        day = last - timedelta(days=(last.weekday() - number) % 7)
    else:
        day = weekday_in(first, number) + timedelta(days=7 * (ordinal(nth) - 1))
    return Piece(day=day, rank=EXACTLY, means_nothing=day < calendar.today)


def in_quarter(match: re.Match[str], calendar: Calendar) -> Piece:
    last = 12 if match["what"].lower() == "year" else (calendar.today.month + 2) // 3 * 3
    return Piece(
        day=end_of_month(calendar.today.replace(month=last, day=1)), rank=ROUGH, closes=True
    )


def feast(match: re.Match[str], calendar: Calendar) -> Piece:
    name = " ".join(match[0].lower().replace("'", "").split())
    named, number = next(_FEASTS[each] for each in _FEASTS if name.startswith(each))
    return Piece(day=calendar.next_date(named, number), rank=EXACTLY)


_FEASTS = {
    "christmas eve": (12, 24), "christmas": (12, 25), "xmas": (12, 25), "boxing": (12, 26),
    "new years eve": (12, 31), "new year": (1, 1), "valentine": (2, 14), "halloween": (10, 31),
}  # fmt: skip


# ------------------------------------------------------------------ clock times


def _clock_of(hour: str, minute: str | None, mark: str | None, *, is_spoken: bool = False) -> Clock:
    number = int(count(hour))
    after, mark = int(minute or 0), (mark or "").strip().lower()
    if mark.startswith("p"):
        return Clock(number % 12 + 12 if number <= 12 else number, after)
    if mark.startswith("a"):
        return Clock(number % 12 if number <= 12 else number, after)
    is_written_out = bool(minute) and len(hour) == 2 and not is_spoken  # 08:30, 07.15
    return Clock(number % 24, after, is_open=1 <= number <= 12 and not is_written_out)


def clock(match: re.Match[str], _: Calendar) -> Piece:
    return Piece(clock=_clock_of(match["h"], match["i"], match["p"]))


def window(match: re.Match[str], _: Calendar) -> Piece:
    mark = match["p"] or match["p2"]
    opening = _clock_of(match["h"], match["i"], mark)
    if match["p2"] and not match["p"]:
        opening = replace(opening, is_open=opening.hour not in (0, 24))
    closing = _clock_of(match["h2"], match["i2"], match["p2"])
    return Piece(clock=replace(closing, opening=opening))


def spoken(match: re.Match[str], _: Calendar) -> Piece:
    """ "Quarter past ten", "ten to four", "half ten"."""
    gone = {"half": 30, "quarter": 15, "a quarter": 15}
    words = " ".join((match["gone"] or "half").lower().split())
    minutes = gone[words] if words in gone else int(count(words))
    clock = _clock_of(match["h"], None, match["p"], is_spoken=True)
    if (match["way"] or "past").lower() in ("to", "before"):
        hour = (clock.hour - 1) % (12 if clock.is_open else 24)
        return Piece(clock=replace(clock, hour=hour or 12, minute=60 - minutes))
    return Piece(clock=replace(clock, minute=minutes))


def fixed(hour: int, minute: int = 0) -> Reader:
    return lambda *_: Piece(clock=Clock(hour, minute))
