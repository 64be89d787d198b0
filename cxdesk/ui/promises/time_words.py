"""Which of the promised words name the time, so that the eye finds it first.

Only for the eye: what is due when was read by the desk, whose grammar knows far more.
"""

from __future__ import annotations

import re

_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|ten|half an?|a few|a couple of)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_NAMED = (
    rf"(?:{_WEEKDAY}s?|today|tomorrow|tonight|noon|midday|midnight|shortly|soon|{_MONTH} \d+"
    rf"|\d+(?:st|nd|rd|th)?(?: of)? {_MONTH}|the \d+(?:st|nd|rd|th))"
)
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}[:.]\d\d|\d{1,2} o['’]clock)"
_BARE = (
    r"(?:by|at|before|until|till) (?:\d{1,2}\b|(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve)\b)"
)
_SPAN = (
    rf"(?:{_NUMBER} )?(?:working |business |calendar )?"
    r"(?:minutes?|hours?|days?|weeks?|weekend|month|morning|afternoon|evening"
    r"|fortnight|close of business|end of (?:the )?(?:business )?(?:day|week|month)|first thing)"
)
_LEAD = (
    r"(?:(?:by|before|until|till|on|at|in|within|around|about|no later than|this|next|the|early"
    r"|later?|first thing|end of|my|your|coming) )*"
)
_ONE = rf"{_LEAD}(?:{_BARE}|{_CLOCK}|{_NAMED}|{_SPAN})\b"
_EVENT = r"(?:as soon as|once|when|the moment)\b[^,.;!?”]*"
_TIME = re.compile(
    rf"\b(?:{_EVENT}|{_ONE}(?:(?:,? (?:at |by |on |in |of )?){_ONE})*)", re.IGNORECASE
)


def time_in(line: str) -> tuple[int, int]:
    """Where promised words name their time, [start, end); (0, 0) where they name none.

    The last one named binds: "I'll check today and write by Friday".
    """
    found = [match for match in _TIME.finditer(line) if match.group().strip()]
    return found[-1].span() if found else (0, 0)
