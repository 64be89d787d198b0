"""The moment that a time means: its day, and the hour where none is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from cxdesk.nlp.promises.days import LAST_MINUTE, Calendar
from cxdesk.nlp.promises.time_readers import Clock, Piece
from cxdesk.nlp.promises.times import named_day

_PARTS = {"morning": time(12), "afternoon": time(17), "evening": time(21)}
_EARLIER = ("before", "ahead of")


def moment_of(group: Sequence[Piece], word: str, calendar: Calendar) -> datetime | None:
    """When the pieces of one time, behind that preposition, are due; None where nothing is meant.

    Never before now.
    """
    if any(each.means_nothing for each in group):
        return None
    try:
        found = _resolved(group, word, calendar)
    except (OverflowError, ValueError, StopIteration):  # beyond what a calendar can say
        return None
    return found if found is None or found >= calendar.now else _not_past(found, calendar)


def _not_past(moment: datetime, calendar: Calendar) -> datetime | None:
    """In the last minute of a day its last minute is still meant; anything else has passed."""
    now = calendar.now
    return (
        now
        if moment.replace(tzinfo=None) > now.replace(tzinfo=None) - timedelta(minutes=1)
        else None
    )


def _resolved(group: Sequence[Piece], word: str, calendar: Calendar) -> datetime | None:
    moment = next((each.moment for each in group if each.moment), None)
    if moment:
        return moment
    day = named_day(group)
    clock = next((each.clock for each in group if each.clock), None)
    part = _part(group)
    if clock:
        return _at_clock(day, clock, part, calendar)
    if part:
        return _at_part(day, part, calendar)
    if day and word in _EARLIER:
        day = _ahead_of(group, day, calendar)
    return calendar.closing(day) if day else None


def _part(group: Sequence[Piece]) -> str:
    """ "First thing" goes before the morning it is in."""
    parts = [each.part for each in group if each.part not in ("", "same")]
    return "first" if "first" in parts else parts[-1] if parts else ""


def _ahead_of(group: Sequence[Piece], day: date, calendar: Calendar) -> date:
    """The last day "before Friday", "before next week", "before March"."""
    if any(each.closes for each in group):
        return day
    first = max(group, key=lambda each: each.rank)
    if first.week and first.weekday is None:
        return max(calendar.today, calendar.last_workday(first.week - timedelta(days=7)))
    if first.month and first.monthday is None:
        day = first.month
    return max(calendar.today, day - timedelta(days=1))


def _at_part(day: date | None, part: str, calendar: Calendar) -> datetime:
    clock = {"first": calendar.hours.start, "close": calendar.hours.end}.get(part) or _PARTS[part]
    moment = calendar.at(day or calendar.today, clock)
    if moment >= calendar.now:
        return moment
    is_today = day == calendar.today or part == "close"
    if is_today and part != "first":
        return calendar.at(calendar.today, LAST_MINUTE)
    return calendar.at(calendar.today + timedelta(days=1), clock)


def _at_clock(day: date | None, clock: Clock, part: str, calendar: Calendar) -> datetime:
    """A clock time on a day; without one, or when it has passed today, the next such time."""
    chosen = _time_of(clock, part, calendar)
    moment = calendar.at(day or calendar.today, chosen)
    if moment >= calendar.now or (day and day > calendar.today):
        return moment
    later = _half_a_day_later(clock, chosen, calendar)
    return later or calendar.at(calendar.today + timedelta(days=1), chosen)


def _half_a_day_later(clock: Clock, chosen: time, calendar: Calendar) -> datetime | None:
    """This evening, where a time outside business hours has passed this morning."""
    is_at_work = calendar.hours.start <= chosen <= calendar.hours.end
    if not clock.is_open or chosen.hour >= 12 or is_at_work:
        return None
    moment = calendar.at(calendar.today, chosen.replace(hour=chosen.hour + 12))
    return moment if moment >= calendar.now else None


def _time_of(clock: Clock, part: str, calendar: Calendar) -> time:
    """A time on the face as one of the day: business hours, unless the words say otherwise."""
    if not clock.is_open:
        return time(clock.hour, clock.minute)
    choices = [time(clock.hour % 12, clock.minute), time(clock.hour % 12 + 12, clock.minute)]
    if part in ("morning", "first"):
        return choices[0] if clock.hour != 12 else choices[1]
    if part in ("afternoon", "evening", "close"):
        return choices[1]
    if clock.opening:
        return _after_opening(clock.opening, choices, calendar)
    return min(choices, key=lambda each: (_outside(each, calendar), each.hour < 12))


def _after_opening(opening: Clock, choices: Sequence[time], calendar: Calendar) -> time:
    begins = _time_of(opening, "", calendar)
    return next((each for each in choices if each > begins), choices[1])


def _outside(clock: time, calendar: Calendar) -> int:
    """How many minutes a time lies outside business hours."""
    start, end = _minutes(calendar.hours.start), _minutes(calendar.hours.end)
    return max(start - _minutes(clock), _minutes(clock) - end, 0)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
