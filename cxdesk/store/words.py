"""Text and small lists on their way into columns and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from cxdesk.model import Analysis, Attachment, BlameTarget, Confidence, Cue, Level

SNIPPET_LENGTH = 160
_encode = json.JSONEncoder(ensure_ascii=False).encode  # made once: it costs more than it encodes
_BLANKS = re.compile(r"\s+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with what SQLite cannot keep (NUL, halves of characters) replaced one for one.

    One for one, so that offsets into the text stay true.
    """
    if text.isascii() and "\x00" not in text:
        return text  # nearly always: ten texts a message come through here
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(text: str, length: int = SNIPPET_LENGTH) -> str:
    """The beginning of a text on one line, cut at a word where there is one to cut at."""
    line = _BLANKS.sub(" ", text[: 8 * length]).strip()
    if len(line) <= length:
        return line
    head = line[: length - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[length // 2 :] else head) + "…"


def fuller(known: str, seen: str) -> str:
    """Of two names of one person the one that says more: more words, then more letters."""
    return max(known, seen.strip(), key=lambda name: (len(name.split()), len(name)))


def dump(values: Iterable[Any]) -> str:
    """A JSON list."""
    return _encode(list(values))


def strings(column: str) -> tuple[str, ...]:
    return tuple(json.loads(column))


def dump_attachments(attachments: Iterable[Attachment]) -> str:
    return dump([storable(each.name), each.mime, each.size] for each in attachments)


def attachments(column: str) -> tuple[Attachment, ...]:
    return tuple(Attachment(*fields) for fields in json.loads(column))


def dump_slots(slots: Iterable[tuple[int, int, str]]) -> str:
    return dump(slots)


def slots(column: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((start, end, name) for start, end, name in json.loads(column))


def dump_cues(cues: Iterable[Cue]) -> str:
    return dump(
        [cue.code, cue.start, cue.end, storable(cue.text), cue.weight, cue.rule, cue.why]
        for cue in cues
    )


def cues(column: str) -> tuple[Cue, ...]:
    return tuple(Cue(*fields) for fields in json.loads(column))


ANALYSIS_COLUMNS = (
    "level",
    "frustration",
    "frustrated",
    "blame_target",
    "flags",
    "cues",
    "confidence",
    "language",
    "blame",
)


def analysis_values(analysis: Analysis) -> tuple[Any, ...]:
    """The values of `ANALYSIS_COLUMNS`, in their order."""
    return (
        int(analysis.level),
        analysis.frustration,
        int(analysis.frustrated),
        analysis.blame_target.value,
        dump(analysis.flags),
        dump_cues(analysis.cues),
        analysis.confidence.value,
        analysis.language,
        analysis.blame,
    )


def analysis_of(values: Sequence[Any]) -> Analysis:
    """The inverse of `analysis_values`."""
    level, frustration, frustrated, target, flags, found, confidence, language, blame = values
    return Analysis(
        level=Level(level),
        frustration=frustration,
        frustrated=bool(frustrated),
        blame_target=BlameTarget(target),
        flags=strings(flags),
        cues=cues(found),
        confidence=Confidence(confidence),
        language=language,
        blame=blame,
    )
