"""The standard mail parser, made to take every mail as it comes."""

from __future__ import annotations

import re
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Compat32

from cxdesk.channels.charsets import decode, header, one_line

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_SPACED_COLON = re.compile(rb"^([!-9;-~]+)[ \t]+:", re.MULTILINE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def from_wire(value: str, charset: str = "") -> str:
    """A header as the parser keeps it, its raw 8-bit bytes turned into text."""
    if value.isascii():
        return value
    try:
        return decode(value.encode("ascii", "surrogateescape"), charset)
    except UnicodeEncodeError:
        return value


class LenientPolicy(Compat32):
    """compat32 whose headers are always plain `str`, also where the sender wrote raw 8-bit bytes.

    The stock policy hands out `Header` objects there, on which `get_filename` and friends raise.
    `charset` is the set the mail declares for its body: its raw headers are most often in it too.
    """

    charset = ""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002
        return from_wire(str(value), self.charset).strip()


def parse(raw: bytes) -> Message:
    """The mail in `raw`. Never raises: parts nested beyond reason stay one unread body."""
    raw, policy = _prepared(raw)
    try:
        return BytesParser(policy=policy).parsebytes(raw)
    except (RecursionError, ValueError, IndexError):
        return BytesHeaderParser(policy=policy).parsebytes(raw)


def parse_head(raw: bytes) -> Message:
    """The head of the mail in `raw`; its body stays one string."""
    raw, policy = _prepared(raw)
    return BytesHeaderParser(policy=policy).parsebytes(raw)


def _prepared(raw: bytes) -> tuple[bytes, LenientPolicy]:
    """`raw` from its first header on, the obsolete "Subject :" written as now (RFC 5322 4.5)."""
    raw = raw.lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf")
    end = _HEAD_END.search(raw)
    head, body = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"")
    if _SPACED_COLON.search(head):
        raw = _SPACED_COLON.sub(rb"\1:", head) + body
    declared = None if head.isascii() else _CHARSET.search(raw)
    charset = declared[1].decode("ascii") if declared else ""
    return raw, LenientPolicy(charset=charset)  # type: ignore[call-arg]  # any attribute may be set


def file_name(part: Message) -> str:
    """The attachment name of a part (RFC 2231, encoded words or raw), "" when it has none."""
    found = part.get_param("filename", None, "content-disposition") or part.get_param("name")
    if isinstance(found, tuple):
        return one_line(decode(found[2].encode("raw_unicode_escape"), found[0] or ""))
    return header(found) if found else ""
