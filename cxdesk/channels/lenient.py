"""The standard mail parser, made to take every mail as it comes."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import Compat32

from cxdesk.channels.charsets import decode, header, one_line


def from_wire(value: str) -> str:
    """A header as the parser keeps it, its raw 8-bit bytes turned into text."""
    if value.isascii():
        return value
    try:
        return decode(value.encode("ascii", "surrogateescape"))
    except UnicodeEncodeError:
        return value


class LenientPolicy(Compat32):
    """compat32 whose headers are always plain `str`, also where the sender wrote raw 8-bit bytes.

    The stock policy hands out `Header` objects there, on which `get_filename` and friends raise.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002
        return from_wire(str(value))


_POLICY = LenientPolicy()


def parse(raw: bytes) -> Message:
    """The mail in `raw`. Never raises: parts nested beyond reason stay one unread body."""
    raw = raw.lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf")
    try:
        return BytesParser(policy=_POLICY).parsebytes(raw)
    except (RecursionError, ValueError, IndexError):
        return parse_head(raw)


def parse_head(raw: bytes) -> Message:
    """The head of the mail in `raw`; its body stays one string."""
    return BytesHeaderParser(policy=_POLICY).parsebytes(raw)


def file_name(part: Message) -> str:
    """The attachment name of a part (RFC 2231, encoded words or raw), "" when it has none."""
    found = part.get_param("filename", None, "content-disposition") or part.get_param("name")
    if isinstance(found, tuple):
        return one_line(decode(found[2].encode("raw_unicode_escape"), found[0] or ""))
    return header(found) if found else ""
