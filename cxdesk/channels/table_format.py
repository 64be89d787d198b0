"""How a table file is written: its character set, its delimiter, its rows with their lines."""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

import chardet

from cxdesk.channels.charsets import clean

_DELIMITERS = ",;\t|"
_BLOCK = 1 << 20
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAMPLE_LINES = 30


@dataclass(frozen=True, slots=True)
class TableFormat:
    encoding: str
    delimiter: str


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, its first line's number, the file offset about there.

    `problem` says why the row cannot be used.
    """

    cells: tuple[str, ...]
    line: int
    offset: int
    problem: str = ""


def sniff(path: Path) -> TableFormat:
    """The file's character set (mark, UTF-8, detected, cp1252) and delimiter. Raises OSError."""
    encoding = _encoding(path)
    with path.open("r", encoding=encoding, errors="surrogateescape", newline="") as file:
        lines = [
            line.replace("\0", "") for _, line in zip(range(_SAMPLE_LINES), file, strict=False)
        ]
    return TableFormat(encoding, max(_DELIMITERS, key=lambda each: _fit(lines, each)))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_BLOCK)
        for mark, encoding in _BYTE_ORDER_MARKS.items():
            if head.startswith(mark):
                return encoding
        if _is_utf8(head, file):
            return "utf-8"
    odd = b"\n".join(line for line in head.splitlines() if not line.isascii())
    found = chardet.detect(odd[:65536])["encoding"] or "cp1252"
    try:
        odd.decode(found)
    except (UnicodeError, LookupError):
        return "cp1252"
    return "cp1252" if found.lower() in ("ascii", "iso-8859-1") else found


def _is_utf8(head: bytes, rest: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
        while block := rest.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _fit(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """How well a delimiter explains the lines: rows as wide as the first one, then its width."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] < 2:
        return (0, 0)
    return (sum(width == widths[0] for width in widths), widths[0])


def rows(path: Path, form: TableFormat) -> Iterator[Row]:
    """Every row, the first with the column names included; blank rows are left out.

    A quote that is opened and never closed would swallow the rest of the file; the csv module's
    limit on a field (131,072 characters) ends it, and the lines it took are named. Raises OSError.
    """
    with path.open("rb") as binary:
        text = TextIOWrapper(binary, form.encoding, errors="surrogateescape", newline="")
        reader = csv.reader((line.replace("\0", "") for line in text), delimiter=form.delimiter)
        line = 1
        while True:
            try:
                cells = next(reader, None)
            except csv.Error:
                taken = f"a quote opened in lines {line} to {reader.line_num} is not closed"
                yield Row((), line, binary.tell(), f"{taken}; these lines were passed over")
                line = reader.line_num + 1
                continue
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield Row(tuple(clean(cell).strip() for cell in cells), line, binary.tell())
            line = reader.line_num + 1


def column_names(cells: Sequence[str]) -> tuple[str, ...]:
    """The first row's cells as column names, each once: "column 3" for a blank, "text (2)"."""
    names: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        plain = " ".join(cell.split()) or f"column {number}"
        variants = (f"{plain} ({count})" for count in itertools.count(2))
        name = next(each for each in itertools.chain([plain], variants) if each not in names)
        names[name] = None
    return tuple(names)
