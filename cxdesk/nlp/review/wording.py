"""Lists of wordings as one regular expression: a wording a line, so that a list can be read."""

from __future__ import annotations

import re


def any_of(wordings: str) -> str:
    """The alternatives of a text with one wording, itself an expression, a line."""
    lines = (line.strip() for line in wordings.splitlines())
    return "|".join(line for line in lines if line)


def whole_words(wordings: str) -> re.Pattern[str]:
    """Any of these wordings as whole words, in small or capital letters."""
    return re.compile(rf"\b(?:{any_of(wordings)})\b", re.IGNORECASE)


def compiled(expression: str) -> re.Pattern[str]:
    """Verbose and blind to case; a space in an expression is written "\\ "."""
    return re.compile(expression, re.IGNORECASE | re.VERBOSE)
