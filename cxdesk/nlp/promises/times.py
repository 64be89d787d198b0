"""The times a text names, piece by piece; how pieces join and when that is due says `due`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from cxdesk.nlp.promises.days import Calendar, weekday_in
from cxdesk.nlp.promises.patterns import compiled
from cxdesk.nlp.promises.time_readers import Piece, Reader
from cxdesk.nlp.promises.time_table import RULES


def pieces(text: str, calendar: Calendar) -> list[Piece]:
    """The pieces of time in a text, in order; of two that overlap the first, then the longer."""
    found: list[Piece] = []
    for start, end, read, match in sorted(_matches(text), key=lambda one: (one[0], -one[1])):
        if found and start < found[-1].end:
            continue
        try:
            piece = read(match, calendar)
        except (OverflowError, ValueError, StopIteration):  # the 31st of June, the year 10000
            piece = Piece(means_nothing=True)
        found.append(replace(piece, start=start, end=end))
    return found


def _matches(text: str) -> Iterator[tuple[int, int, Reader, re.Match[str]]]:
    for pattern, read in _patterns():
        for match in pattern.finditer(text):
            if match.end() > match.start():
                yield match.start(), match.end(), read, match


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    return tuple((compiled(pattern), read) for pattern, read in RULES)


def named_day(found: Iterable[Piece]) -> date | None:
    """The day that pieces side by side name together; None where they name none."""
    said = list(found)
    best = max((each for each in said if each.day), key=lambda each: each.rank, default=None)
    week = next((each.week for each in said if each.week), None)
    of_month = next((each.month for each in said if each.month), None)
    for each in said:
        if week and each.weekday is not None:
            return weekday_in(week, each.weekday)
        if of_month and each.monthday:
            return of_month.replace(day=each.monthday)
    return best.day if best else None
