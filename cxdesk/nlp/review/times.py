"""Times an agent gives: a clock time, a day, a date or a span of time that lies ahead."""

from __future__ import annotations

import re

_DAY = r"(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?s?"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_CLOCK = (
    r"(?:\d{1,2}[:.]\d{2}(?:\ ?[ap]\.?m\b)?|\d{1,2}\ ?[ap]\.?m\b|noon|midnight|midday"
    r"|\d{1,2}\ o'clock)"
)
_UNIT = r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|seconds?)"
_NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|ten|twelve|fifteen|twenty|thirty"
    r"|the\ next)"
)
_TIME = re.compile(
    rf"""\b(?:by|before|until|till|at|on|from|in|within|around|about|after|between|and|to)?\ ?(?:
      (?:(?:this|next|on|by|until|till|from|late|early)\ )?\b{_DAY}\b
        (?:\ (?:morning|afternoon|evening|noon|night))?
    | today | tonight | tomorrow(?:'s)? | right\ now | straight\ away
    | (?:this|next)\ (?:morning|afternoon|evening|week|month|weekend)
    | (?:the\ )?end\ of\ (?:the\ |this\ |next\ )?(?:day|week|month)
    | {_CLOCK}
    | (?<=by\ )\d{{1,2}}\b | (?<=until\ )\d{{1,2}}\b | (?<=till\ )\d{{1,2}}\b
    | (?<=at\ )\d{{1,2}}\b(?![.,]?\d|%|\ ?euros?|\ ?degrees)
    | the\ \d{{1,2}}(?:st|nd|rd|th)\b | \d{{1,2}}(?:st|nd|rd|th)?(?:\ of)?\ {_MONTH}\b
    | {_MONTH}\ \d{{1,2}}\b
    | (?:in|within)\ (?:about\ |the\ next\ |under\ |less\ than\ )?{_NUMBER}
        (?:\ or\ (?:two|three|so))?\ {_UNIT}\b
    | \b\d+\ {_UNIT}\b(?!\ (?:ago|late|old|long))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_PAST = re.compile(
    r"(?:\bsince|\blast|\bpast|\bof|\bdated|\bfrom your|\bearlier|\bthis) (?:the |about |early "
    r"|late )?$",
    re.IGNORECASE,
)
_PAST_SENTENCE = re.compile(
    r"^(?!.*\b(?:will|'ll|by|until|till|tomorrow|tonight|is|are|'s|'re|comes?|arrives?|can|could"
    r"|would)\b)"
    r".*\b(?:was|were|had|did|came|went|got|told|said|asked|scanned|sent|left|arrived|wrote)\b",
    re.IGNORECASE | re.DOTALL,
)
_AGO = re.compile(r"^ ?(?:ago|late|already|before that)\b", re.IGNORECASE)


def times_ahead(text: str) -> list[tuple[int, int]]:
    """Offsets of the times a sentence gives for what is to come."""
    if _PAST_SENTENCE.match(text):
        return []
    found = []
    for match in _TIME.finditer(text):
        if _PAST.search(text[: match.start()]) or _AGO.match(text[match.end() :]):
            continue
        if _PAST.search(match[0] + " ") or not match[0].strip():
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        found.append((start, match.end()))
    return found
