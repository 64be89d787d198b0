"""Bytes of unknown honesty become text: mail and exports often lie about their character set."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from itertools import groupby
from operator import itemgetter

import chardet

# What senders write, and the superset that reads it (WHATWG Encoding Standard, "labels").
_SUPERSETS = {
    "ascii": "",  # with 8-bit bytes in it, a wrong label and no more
    "iso8859-1": "cp1252",
    "iso8859-8-i": "iso8859-8",
    "iso8859-8-e": "iso8859-8",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso2022_jp": "iso2022_jp_ext",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "unicode-1-1-utf-7": "utf-7",
}
_NOT_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
_SINGLE_BYTE_WESTERN = {"cp1252", "cp1254", "iso8859-15", "mac-roman"}
_SEVEN_BIT = re.compile(r"utf-7|iso2022|hz")
_NOT_ASCII_BASED = re.compile(r"utf[-_]?(7|16|32)|2022|hz", re.ASCII)

_CP1252_OF_BYTE = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or None for byte in range(0x80, 0x100)
}
_WRONG_SHARE = 0.01
"""A decoding with fewer wrong characters than this is damaged, not mistaken."""

_LEAST_CONFIDENCE = 0.1
"""Below it chardet 7.7 was wrong on 4 of 5 short texts tried, above it right on 11 of 12."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_WIDE_SPACES = re.compile("[\xa0\u2007\u202f]")

_ENCODED_WORD = re.compile(r"=\?([^?\s]*)\?([bq])\?(.*?)\?=", re.IGNORECASE | re.DOTALL)


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`: as declared, else UTF-8, else as detected, else cp1252. Never raises.

    A declared one-byte set gives way to valid UTF-8: text in a one-byte set is hardly ever valid
    UTF-8 by accident, and the wrong label is common.
    """
    codec = _codec(declared)
    if data.isascii() and b"\x1b" not in data and not _NOT_ASCII_BASED.search(codec):
        return data.decode("ascii")
    if _SEVEN_BIT.match(codec) and not data.isascii():
        codec = ""
    order = ("utf-8", codec) if codec in _SINGLE_BYTE_WESTERN else (codec, "utf-8")
    for each in order:
        text = _strict(data, each)
        if text is not None:
            return text
    return _damaged(data, codec) or _mended_utf8(data) or _detected(data) or _cp1252(data)


def _codec(declared: str) -> str:
    """Python's name for a declared character set, "" when there is none."""
    name = declared.strip(" \t\"'").lower()
    try:
        name = codecs.lookup(_SUPERSETS.get(name, name)).name
    except (LookupError, ValueError):
        return ""
    if name in _NOT_CHARSETS:
        return ""
    return _SUPERSETS.get(name, name)


def _strict(data: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return _cp1252(data)  # its five unused bytes are no reason to doubt the rest
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):  # LookupError also names codecs that make no text
        return None


def _damaged(data: bytes, codec: str) -> str:
    """Text as declared although a few of its bytes are broken or its end is cut off."""
    if not codec or codec == "utf-8":
        return ""
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, LookupError):
        return ""
    wrong = text[:-1].count("\ufffd")
    return text if wrong <= len(text) * _WRONG_SHARE else ""


def _mended_utf8(data: bytes) -> str:
    """UTF-8 with its few wrong bytes read as cp1252; "" when it is not mostly UTF-8."""
    text = data.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= character <= "\udcff" for character in text)
    right = sum(character > "\x7f" for character in text) - wrong
    return text.translate(_CP1252_OF_BYTE) if right >= wrong else ""


def _detected(data: bytes) -> str:
    """Text in the set chardet sees in it; "" when it only guesses, as it does on short texts."""
    found = chardet.detect(data[:65536])
    codec = _codec(found["encoding"] or "")
    is_guess = (found["confidence"] or 0.0) < _LEAST_CONFIDENCE
    return "" if is_guess or not codec else _strict(data, codec) or ""


def _cp1252(data: bytes) -> str:
    return data.decode("ascii", "surrogateescape").translate(_CP1252_OF_BYTE)


def clean(text: str) -> str:
    """Text without characters nobody typed: controls, marks that hide or reorder words.

    Line ends become "\\n" and no-break spaces become spaces, so that words are found.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _ODD.sub("", text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _WIDE_SPACES.sub(" ", text))


def one_line(text: str) -> str:
    """`text` cleaned, its white space collapsed: for names and subjects."""
    return " ".join(clean(text).split())


def header(value: str) -> str:
    """A header's text on one line: encoded words decoded, folding undone. Never raises."""
    if "=?" not in value:
        return one_line(value)
    pieces: list[str] = []
    pending: list[tuple[str, bytes]] = []  # adjacent words of one charset may share a character
    end = 0
    for word in _ENCODED_WORD.finditer(value):
        between = value[end : word.start()]
        if between.strip() or not pending:
            pieces += [_joined(pending), between]
            pending = []
        pending.append((word[1].partition("*")[0].lower(), _word_bytes(word[2], word[3])))
        end = word.end()
    pieces += [_joined(pending), value[end:]]
    return one_line("".join(pieces))


def _joined(words: list[tuple[str, bytes]]) -> str:
    return "".join(
        decode(b"".join(data for _, data in run), charset)
        for charset, run in groupby(words, key=itemgetter(0))
    )


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return data
