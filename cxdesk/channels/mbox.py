"""Mails out of an mbox file, one at a time: the file may be larger than memory.

A line "From somebody date" after a blank line begins a mail. mboxo and mboxrd hide such lines in
bodies behind ">"; one ">" is taken off again (RFC 4155 names the variants). A body line that only
looks alike ("From what I gather …") has no headers after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cxdesk.model import Problem

LARGEST_MAIL = 100 * 1024 * 1024
"""Bytes of one mail that are read; more than any mail server takes."""

_BLOCK = 1 << 20
_LONGEST_POSTMARK = 2048
_CANDIDATE = re.compile(rb"\n(?=From [^\n]*\n(?:[!-9;-~]+[ \t]*:|>From ))")
_DATED = re.compile(rb"From [^\n]*\d\d?:\d\d[^\n]*\b(?:19|20)\d\d\b")
_HIDDEN = re.compile(rb"^>(>*From )", re.MULTILINE)


def mails(path: Path, *, block: int = _BLOCK) -> Iterator[tuple[bytes | Problem, int]]:
    """Each mail's bytes with its postmark line, and the offset in the file after it.

    A mail over `LARGEST_MAIL` is passed over with a `Problem`. `block` is how many bytes are read
    at a time. Raises OSError.
    """
    offset = 0
    with path.open("rb") as file:
        for mail, size in _pieces(file, block):
            offset += size
            if size > LARGEST_MAIL:
                limit = LARGEST_MAIL // (1024 * 1024)
                message = f"a mail of {size:,} bytes is larger than {limit} MB; passed over"
                yield Problem(str(path), message), offset
            else:
                yield _HIDDEN.sub(rb"\1", mail) if b"\n>" in mail else mail, offset


def _pieces(file: BinaryIO, block: int) -> Iterator[tuple[bytes, int]]:
    """(a mail's bytes, its size); of a mail over the limit only the last bytes are handed out."""
    buffer = b""
    dropped = searched = 0
    while more := file.read(block):
        buffer += more
        start = 0
        for cut in _cuts(buffer, searched):
            yield buffer[start:cut], dropped + cut - start
            start, dropped = cut, 0
        buffer = buffer[start:]
        searched = max(0, len(buffer) - _LONGEST_POSTMARK)
        if len(buffer) > LARGEST_MAIL:
            dropped += searched
            buffer, searched = buffer[searched:], 0
    if buffer:
        yield buffer, dropped + len(buffer)


def _cuts(buffer: bytes, searched: int) -> list[int]:
    """Where mails begin in `buffer`, but for the one at its start."""
    found = (candidate.end() for candidate in _CANDIDATE.finditer(buffer, searched))
    return [cut for cut in found if _is_postmark(buffer, cut)]


def _is_postmark(buffer: bytes, cut: int) -> bool:
    """Headers follow already; above, a blank line, or for want of it a full date within."""
    above = buffer[max(0, cut - 3) : cut]
    return above.endswith((b"\n\n", b"\n\r\n")) or bool(_DATED.match(buffer, cut))
