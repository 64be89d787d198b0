"""The company's calendar: which day is meant, and the moment on it.

Source of every rule here and in the time grammar: the definition of promises ("due time"). Days
count in local time; a length of time counts in real time, across a change of the clocks too.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cxdesk.model import Hours

LAST_MINUTE = time(23, 59)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days as seen from `now`; what it gives is of the same kind as `now`, naive or aware.

    Raises OverflowError or ValueError for a day that no calendar has.
    """

    now: datetime
    hours: Hours

    @property
    def today(self) -> date:
        return self.now.date()

    # -------------------------------------------------------------- moments

    def at(self, day: date, clock: time) -> datetime:
        """That time on that day; where the clocks skip it, the time they show instead."""
        moment = datetime.combine(day, clock, tzinfo=self.now.tzinfo)
        if moment.tzinfo is None:
            return moment
        return moment.astimezone(UTC).astimezone(moment.tzinfo)

    def after(self, length: timedelta) -> datetime:
        """So much real time from now."""
        if self.now.tzinfo is None:
            return self.now + length
        return (self.now.astimezone(UTC) + length).astimezone(self.now.tzinfo)

    def closing(self, day: date) -> datetime:
        """Closing time of that day; for today, the last minute once that has passed."""
        moment = self.at(day, self.hours.end)
        return self.at(day, LAST_MINUTE) if moment < self.now else moment

    # -------------------------------------------------------------- days

    def is_workday(self, day: date) -> bool:
        return day.weekday() not in self._weekend

    def business_days(self, count: int, start: date | None = None) -> date:
        """The last of so many working days, counted from the day after `start` (today)."""
        day = start or self.today
        while count > 0:
            day += _DAY
            count -= self.is_workday(day)
        return day

    def next_weekday(self, number: int) -> date:
        """The next such day after today, 0 for Monday."""
        return self.today + timedelta(days=(number - self.today.weekday() - 1) % 7 + 1)

    def next_monthday(self, number: int) -> date:
        """The next such day of a month after today."""
        return next(day for day in self._days_of_months(number) if day > self.today)

    def next_date(self, month: int, number: int) -> date:
        """The next such date, today's included."""
        days = (day for day in self._days_of_months(number) if day.month == month)
        return next(day for day in days if day >= self.today)

    def _days_of_months(self, number: int) -> Iterator[date]:
        for ahead in range(8 * 12 + 3):  # the 29th of February comes every four or eight years
            first = self.first_of_month(ahead)
            if number <= monthrange(first.year, first.month)[1]:
                yield first.replace(day=number)

    # -------------------------------------------------------------- months and weeks

    def first_of_month(self, ahead: int = 0) -> date:
        """The first day of this month, or of the one so many months ahead."""
        months = self.today.year * 12 + self.today.month - 1 + ahead
        return date(months // 12, months % 12 + 1, 1)

    def next_month_named(self, month: int) -> date:
        """The first day of the next such month, this one included."""
        return self.first_of_month((month - self.today.month) % 12)

    def months_later(self, count: int) -> date:
        first = self.first_of_month(count)
        return first.replace(day=min(self.today.day, end_of_month(first).day))

    def week(self, ahead: int = 0) -> date:
        """The first day of this week, which follows the weekend, or of one so many weeks ahead."""
        gone = (self.today.weekday() - self._first_weekday) % 7
        return self.today + timedelta(days=7 * ahead - gone)

    def last_workday(self, week: date) -> date:
        """A week's last day of work: Friday, with the weekend that is usual."""
        days = [week + timedelta(days=ahead) for ahead in range(7)]
        return next((day for day in reversed(days) if self.is_workday(day)), days[-1])

    def end_of_this_week(self) -> date:
        """Its last day of work; on the weekend, that of the week to come."""
        last = self.last_workday(self.week())
        return last if last >= self.today else self.last_workday(self.week(1))

    def end_of_weekend(self) -> date:
        """The last day before the next week begins."""
        return self.week(1) - _DAY

    @property
    def _weekend(self) -> frozenset[int]:
        """Without any day of work left, every day is one."""
        return self.hours.weekend if len(self.hours.weekend) < 7 else frozenset()

    @property
    def _first_weekday(self) -> int:
        begins = (d for d in range(7) if d not in self._weekend and (d - 1) % 7 in self._weekend)
        return next(begins, 0)


def end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def weekday_in(week: date, weekday: int) -> date:
    """That day of the week that begins with `week`."""
    return week + timedelta(days=(weekday - week.weekday()) % 7)
