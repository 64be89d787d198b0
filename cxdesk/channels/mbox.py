"""Mails out of an mbox file, one at a time: the file may be larger than memory.

A line "From somebody date" after a blank line begins a mail. mboxo and mboxrd hide such lines in
bodies behind ">"; one ">" is taken off again (RFC 4155 names the variants). A body line that only
looks alike ("From what I gather …") has neither a time nor headers after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cxdesk.model import Problem

LARGEST_MAIL = 100 * 1024 * 1024
"""Bytes of one mail that are read; more than any mail server takes."""

_DATED_POSTMARK = re.compile(rb"From .*\d\d?:\d\d.*\b(?:19|20)\d\d\b")
_HEADER = re.compile(rb"(?:[!-9;-~]+[ \t]*:|>From )")
_HIDDEN = re.compile(rb"^>(>*From )", re.MULTILINE)


def mails(path: Path) -> Iterator[tuple[bytes | Problem, int]]:
    """Each mail's bytes with its postmark line, and the offset in the file after it.

    A mail over `LARGEST_MAIL` is passed over with a `Problem`. Raises OSError.
    """
    with path.open("rb") as file:
        for lines, size, number, offset in _chunks(file):
            if size > LARGEST_MAIL:
                limit = LARGEST_MAIL // (1024 * 1024)
                message = f"one mail here is larger than {limit} MB; passed over"
                yield Problem(str(path), message, number), offset
            else:
                yield _HIDDEN.sub(rb"\1", b"".join(lines)), offset


def _chunks(file: BinaryIO) -> Iterator[tuple[list[bytes], int, int, int]]:
    """(lines of one mail, its size, its first line's number, offset after it)."""
    lines: list[bytes] = []
    size = offset = 0
    first = 1
    after_blank = True
    for number, (line, following) in enumerate(_pairs(file), 1):
        if lines and line.startswith(b"From ") and _is_postmark(line, following, after_blank):
            yield lines, size, first, offset
            lines, size, first = [], 0, number
        size += len(line)
        offset += len(line)
        if size <= LARGEST_MAIL:
            lines.append(line)
        after_blank = line in (b"\n", b"\r\n")
    if lines:
        yield lines, size, first, offset


def _pairs(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Each line with the one after it; lines are cut at `LARGEST_MAIL` bytes."""
    line = file.readline(LARGEST_MAIL)
    while line:
        following = file.readline(LARGEST_MAIL)
        yield line, following
        line = following


def _is_postmark(line: bytes, following: bytes, after_blank: bool) -> bool:
    if not _HEADER.match(following):
        return False
    return after_blank or bool(_DATED_POSTMARK.match(line))
