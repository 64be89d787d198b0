"""A reply cut into sentences, in a plain form whose offsets are those of the reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"'}
    | dict.fromkeys("\t\n\r\v\f\u00a0\u2009\u202f\u2028\u2029", " ")
)
_END = re.compile(
    r"""(?<=[.!?…])["')\]]*\s+        # after a mark
      | \n[ \t\r]*\n\s*               # an empty line
      | \n\s*(?=[-*•–·>]\s|\d{1,2}[.)]\s)""",
    re.VERBOSE,
)
_SHORT = re.compile(
    r"(?:\b(?:no|nr|mr|mrs|ms|dr|prof|st|approx|e\.g|i\.e|ca|vs|incl|inc|ltd|jan|feb|mar|apr|jun"
    r"|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thurs?|fri|sat|sun|max|min|hrs?|mins?|ref)"
    r"|\b[A-Z])\.$",
    re.IGNORECASE,
)
_NOON = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:[a-z(]|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|GMT"
    r"|CET|UK))"
)
_NAME = re.compile(
    r",\s+(?:(?:Mr|Mrs|Ms|Dr|Miss|Prof)\.?\s+)?(?!(?:I|We|You|It|Mon|Tues|Wednes|Thurs|Fri|Satur"
    r"|Sun)(?:day)?\b)[A-Z][\w'-]+(?=,)"
)
_ASIDE = re.compile(
    r",\s+(?:of course|if (?:need be|needed)|as (?:agreed|promised|discussed|always|requested)"
    r"|however|naturally|in any case|for sure|hopefully|obviously|definitely|absolutely|again"
    r"|too),",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"]{2,400}"')


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is plain: simple quotes, spaces only, names that address somebody and
    remarks between commas blotted out.
    """

    start: int
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a reply in order."""
    start = 0
    for match in _END.finditer(text):
        if not _is_inside(text, match):
            yield from _sentence(text, start, match.start())
            start = match.end()
    yield from _sentence(text, start, len(text))


def _is_inside(text: str, end: re.Match[str]) -> bool:
    """Whether the mark belongs to a short form, and the sentence goes on behind it."""
    if "\n\n" in end[0].replace(" ", "").replace("\r", ""):
        return False
    before = text[max(0, end.start() - 12) : end.start()]
    if _SHORT.search(before):
        return True
    return bool(_NOON.search(before)) and bool(_GOES_ON.match(text, end.end()))


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    plain = text[start + lead : end].translate(_PLAIN).rstrip()
    if plain:
        plain = _QUOTED.sub(lambda said: '"' + "_" * (len(said[0]) - 2) + '"', plain)
        for pattern in (_NAME, _ASIDE):
            plain = pattern.sub(lambda aside: " " * len(aside[0]), plain)
        yield Sentence(start + lead, plain)
