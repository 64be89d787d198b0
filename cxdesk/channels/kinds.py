"""What kind of file this is, by its content first: people rename and lose endings."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path

from cxdesk.errors import UserError

_HEAD_BYTES = 65536
_EXPECTED = "expected a mail (.eml), an mbox, conversations (.jsonl) or a table (.csv)"

_NAMED_BINARIES = {
    b"\xd0\xcf\x11\xe0": "an Outlook .msg or Office file; save the mail as .eml, a table as .csv",
    b"!BDN": "an Outlook data file (.pst); export its folders as .eml or mbox first",
    b"PK\x03\x04": "a zip or Excel file; unpack it, or save the table as .csv",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"SQLite format 3": "a database",
}
_HEADER_LINE = re.compile(rb"([!-9;-~]{1,60})[ \t]*:")
_MAIL_HEADERS = {
    b"from", b"to", b"cc", b"date", b"subject", b"received", b"message-id", b"return-path",
    b"mime-version", b"content-type", b"delivered-to", b"reply-to", b"sender", b"in-reply-to",
    b"references", b"dkim-signature", b"envelope-to", b"x-original-to", b"authentication-results",
}  # fmt: skip
_POSTMARK = re.compile(rb"From (?!\s*:)[^\r\n]*\r?\n(?:[!-9;-~]+[ \t]*:|>From |\r?\n)")
_BYTE_COUNT = re.compile(rb"\A\d{1,9}[ \t]*\r?\n")
"""The first line of Apple Mail's .emlx files."""

_TABLE_SUFFIXES = (".csv", ".tsv", ".tab")
_RECORD_SUFFIXES = (".jsonl", ".ndjson")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Kind(StrEnum):
    MAIL = "mail"
    MBOX = "mbox"
    RECORDS = "conversations"
    TABLE = "table"


def of(path: Path) -> Kind:
    """The kind of a file. Raises UserError saying what was expected, or OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    suffix = path.suffix.lower()
    if not head.strip():
        raise UserError(f"the file is empty; {_EXPECTED}")
    for magic, name in _NAMED_BINARIES.items():
        if head.startswith(magic):
            raise UserError(f"this is {name}; {_EXPECTED}")
    if suffix in _TABLE_SUFFIXES:
        return Kind.TABLE
    kind = _mail_kind(head, suffix) or _text_kind(head, suffix)
    if kind is None:
        raise UserError(f"not a kind of file that can be read; {_EXPECTED}")
    return kind


def _mail_kind(head: bytes, suffix: str) -> Kind | None:
    start = _BYTE_COUNT.sub(b"", head.lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf"), count=1)
    if _POSTMARK.match(start):
        return Kind.MAIL if suffix == ".eml" else Kind.MBOX
    names = {found[1].lower() for found in map(_HEADER_LINE.match, _first_block(start)) if found}
    is_head = bool(_HEADER_LINE.match(start)) and bool(names & _MAIL_HEADERS)
    return Kind.MAIL if is_head or (suffix == ".eml" and b"\0" not in head[:1024]) else None


def _first_block(start: bytes) -> list[bytes]:
    return re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0].splitlines()


def _text_kind(head: bytes, suffix: str) -> Kind | None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix in _RECORD_SUFFIXES or _is_record(start):
        return Kind.RECORDS
    if b"\0" in head and not head.startswith(_UTF16_MARKS):
        return None
    first = start.split(b"\n", 1)[0]
    is_table = suffix in ("", ".txt") and len(re.findall(rb"[,;\t|]", first)) >= 1
    return Kind.TABLE if is_table and b"\n" in start else None


def _is_record(start: bytes) -> bool:
    if not start.startswith(b"{"):
        return False
    first = start.split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return len(start) >= _HEAD_BYTES - 16 and b'"messages"' in start  # one very long record
