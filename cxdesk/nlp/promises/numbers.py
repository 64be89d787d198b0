"""How times name their numbers: words, months, weekdays, units, and patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

COUNTS: Mapping[str, float] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20, "twenty-one": 21,
    "twenty-four": 24, "twenty-five": 25, "twenty-eight": 28, "thirty": 30, "thirty-five": 35,
    "forty": 40, "forty-five": 45, "forty-eight": 48, "fifty": 50, "sixty": 60,
    "seventy-two": 72, "ninety": 90,
    "a couple of": 2, "a couple": 2, "couple of": 2, "couple": 2, "a dozen": 12, "a single": 1,
    "half a": 0.5, "half an": 0.5, "a half": 0.5, "half": 0.5,
    "a quarter of an": 0.25, "quarter of an": 0.25,
    "three quarters of an": 0.75, "three-quarters of an": 0.75,
}  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
            "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first",
            "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
            "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth",
            "thirty-first")  # fmt: skip
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def either(words: Iterable[str]) -> str:
    """A pattern of one of these words (letters, hyphens, spaces), longer ones first."""
    return "|".join(sorted(words, key=len, reverse=True))


COUNT = rf"(?:[0-9]{{1,3}}(?:\.5)?(?![0-9])|\b(?:{either(COUNTS)})\b)"
ORDINAL = rf"(?:[0-3]?[0-9](?:st|nd|rd|th)|(?:{either(ORDINALS)}))"
WEEKDAY = (
    rf"(?:{either(WEEKDAYS)}|(?-i:(?:[Mm]on|[Tt]ues?|Weds?|[Tt]hu(?:rs?)?|[Ff]ri|Sat|Sun))\b\.?)"
)
MONTH = (
    rf"(?:{either(name for name in MONTHS if name not in ('march', 'may'))}"
    r"|(?-i:March|May|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
HOUR = rf"(?:[01]?[0-9]|2[0-3]|{either(list(COUNTS)[2:14])})"


def count(text: str) -> float:
    """The number that a match of COUNT says."""
    text = " ".join(text.lower().split())
    return COUNTS[text] if text in COUNTS else float(text)


def ordinal(text: str) -> int:
    """The number that a match of ORDINAL says, or of a plain number."""
    text = text.lower()
    return ORDINALS.index(text) + 1 if text in ORDINALS else int(re.sub("[^0-9]", "", text))


def month(text: str) -> int:
    """1 to 12, for a match of MONTH."""
    return next(at for at, name in enumerate(MONTHS, 1) if name.startswith(text.lower()[:3]))


def weekday(text: str) -> int:
    """0 to 6, for a match of WEEKDAY."""
    return next(at for at, name in enumerate(WEEKDAYS) if name.startswith(text.lower()[:3]))
