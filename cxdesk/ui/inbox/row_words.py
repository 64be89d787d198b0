"""A row of the inbox in words: for the screen reader, for the tooltip, for the painted lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from cxdesk.model import Confidence, Level, Row, Trend
from cxdesk.ui import marks

HIT_START, HIT_END = "\u2068", "\u2069"
_SPANS = {"m": "minute", "h": "hour", "d": "day", "y": "year"}
CARE_FORMULA = "Care order: waiting time in hours × (1 + level), calm 0 to furious 4."


SAFETY = "safety"
"""Said of a conversation in which somebody may come to harm."""


def sentence(row: Row, now: datetime, *, in_danger: bool = False) -> str:
    """The whole row as one sentence, as a screen reader says it."""
    parts = [
        row.customer,
        SAFETY if in_danger else "",
        marks.level_words(row.level, row.confidence),
        "" if row.trend is Trend.STEADY else marks.TREND_WORDS[row.trend],
        marks.blame_words(row.blame_target),
        f"waiting {waited(row.waiting_since, now)}" if row.waiting_since else "",
        f"snoozed until {marks.full_time(row.snoozed_until)}" if row.snoozed_until else "",
        f"promise due {marks.full_time(row.promise_due)}" if row.promise_due else "",
        "draft" if row.has_draft else "",
        quoted(plain_match(row.match) or row.snippet),
    ]
    return ", ".join(part for part in parts if part)


def tip(row: Row, now: datetime) -> str:
    """The full times behind the relative one, and how the care order came to its number."""
    lines = [row.subject, f"Last message {marks.full_time(row.updated_at)}"]
    if row.waiting_since:
        lines += [f"Waiting since {marks.full_time(row.waiting_since)}", care(row, now)]
    if row.snoozed_until:
        lines.append(f"Snoozed until {marks.full_time(row.snoozed_until)}")
    if row.promise_due:
        lines.append(f"Promised by {marks.full_time(row.promise_due)}")
    return "\n".join(line for line in lines if line)


def care(row: Row, now: datetime) -> str:
    """The care order as a sum: "waiting 15 h × (1 + 3) = 60"; a verdict not sure counts as calm."""
    hours = max((now - (row.waiting_since or now)).total_seconds() / 3600, 0.0)
    sure = row.level is not None and row.confidence is not Confidence.LOW
    level = row.level if row.level is not None and sure else Level.CALM
    return f"waiting {_figure(hours)} h × (1 + {int(level)}) = {_figure(hours * (1 + level))}"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")


def waited(since: datetime, now: datetime) -> str:
    """A span in full words: "15 hours", "1 minute", "2 days"."""
    short = marks.relative(since, now)
    if short == "now":
        return "less than a minute"
    number, unit = int(short[:-1]), _SPANS[short[-1]]
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def quoted(words: str) -> str:
    """The customer's words between curly quotes, on one line; empty stays empty."""
    line = " ".join(words.split())
    return f"“{line}”" if line else ""


def softened(row: Row, soften: Callable[[str], str]) -> Row:
    """The row without insults; a match that had one is shown without the marks of its hit."""
    plain = plain_match(row.match)
    match = soften(plain)
    return replace(row, snippet=soften(row.snippet), match=row.match if match == plain else match)


def plain_match(match: str) -> str:
    """A search match without the marks around its hit."""
    return match.replace(HIT_START, "").replace(HIT_END, "")


def hit_parts(match: str) -> tuple[str, str, str]:
    """A search match as the text before the first hit, the hit, and the text after it."""
    line = " ".join(match.split())
    before, _, rest = line.partition(HIT_START)
    hit, _, after = rest.partition(HIT_END)
    return plain_match(before), plain_match(hit), plain_match(after)
