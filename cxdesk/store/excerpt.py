"""The words around a hit, the hit between U+2068 and U+2069 (which no font shows)."""

from __future__ import annotations

import re

# stand for the marks until the text's own isolates are out of the way; no mail text holds them
OPEN, CLOSE = "\x02", "\x03"
_MARKS = str.maketrans({OPEN: "\u2068", CLOSE: "\u2069"})
_ISOLATES = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))
_BLANKS = re.compile(r"\s+")
_BEFORE, _AFTER = 60, 120  # characters about a hit in a text without blanks to cut at
LONGEST = 240


def marked(snippet: str) -> str:
    """One line from text with hits between `OPEN` and `CLOSE`, cut about the first if too long."""
    line = _BLANKS.sub(" ", snippet.translate(_ISOLATES)).strip()
    if len(line) > LONGEST and OPEN in line:
        start, end = line.index(OPEN), line.index(CLOSE)
        return excerpt(_bare(line), start, end - 1)
    return line[:LONGEST].translate(_MARKS)


def excerpt(text: str, start: int, end: int) -> str:
    """One line about text[start:end], that part marked."""
    begin, stop = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    end = min(end, start + _AFTER)
    parts = (_tail(text, begin, start), OPEN, text[start:end], CLOSE, _head(text, end, stop))
    line = _BLANKS.sub(" ", "".join(_bare(p) if p not in (OPEN, CLOSE) else p for p in parts))
    return line.translate(_ISOLATES).strip().translate(_MARKS)


def _tail(text: str, begin: int, start: int) -> str:
    """What stands before a hit, from a whole word on."""
    words = text[begin:start]
    return words if begin == 0 else "…" + words[words.find(" ") + 1 :]


def _head(text: str, end: int, stop: int) -> str:
    words = text[end:stop]
    if stop == len(text):
        return words
    return (words.rsplit(" ", 1)[0] if " " in words else words) + "…"


def _bare(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")
