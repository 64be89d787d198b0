"""JSON lines in and out, in order: a bad line gets its error in its place and stops nothing.

Each answer is written as soon as it is known, so that a program may ask line by line; lines that
have arrived together may be worked on together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from itertools import count
from typing import IO, Any, cast

from cxdesk.errors import UserError, without_words

Json = dict[str, Any]
Work = Callable[[Sequence[Json]], list[Json]]
BLOCK = 65536  # bytes read at once
_HALF = re.compile("[\ud800-\udfff]")


class _BadLineError(Exception):
    """What is wrong with a line."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it was read: its record, or what is wrong with it."""

    number: int
    id: Any = None
    record: Json | None = None
    error: str = ""


def answer(
    lines: IO[bytes], out: IO[bytes], wrong: Callable[[Json], str], work: Work, most: int = 1
) -> bool:
    """Answer each line that is not blank; True when none was bad.

    `wrong` says what is wrong with a record, or "". `work` gets up to `most` records that have
    arrived together, and gives as many answers. A record that our own code fails on is bad too.
    """
    good = True
    for arrived in _arrivals(lines, most):
        read = [_read(number, line, wrong) for number, line in arrived]
        found = iter(_worked([line.record for line in read if line.record is not None], work))
        for line in read:
            result = line.error if line.record is None else next(found)
            good = good and isinstance(result, dict)
            out.write(_as_line(_answered(line, result)))
        out.flush()
    return good


def _answered(line: _Line, result: Json | str) -> Json:
    if isinstance(result, str):
        result = {"error": f"line {line.number}: {result}"}
    return {"id": line.id, **result}


# ------------------------------------------------------------ lines in


def _arrivals(file: IO[bytes], most: int) -> Iterator[list[tuple[int, bytes]]]:
    """The lines that are not blank, with their numbers: as many at once as are there, up to
    `most`."""
    numbers = count(1)
    for lines in _whole_lines(file):
        some = [(number, line) for line, number in zip(lines, numbers, strict=False)]
        some = [(number, line) for number, line in some if line.strip()]
        for first in range(0, len(some), most):
            yield some[first : first + most]


def _whole_lines(file: IO[bytes]) -> Iterator[list[bytes]]:
    """The lines that each read brings to an end; it waits for nothing but the first of them."""
    begun: list[bytes] = []
    while block := cast("BufferedReader", file).read1(BLOCK):
        *whole, rest = block.split(b"\n")
        if whole:
            whole[0] = b"".join((*begun, whole[0]))
            begun.clear()
            yield whole
        begun.append(rest)
    yield [b"".join(begun)]


def _read(number: int, line: bytes, wrong: Callable[[Json], str]) -> _Line:
    try:
        record = _record(line)
    except _BadLineError as error:
        return _Line(number, error=str(error))
    try:
        whole = {name: _whole(value) for name, value in record.items()}
        what = wrong(whole)
    except Exception as error:
        what = _said(error)
    return _Line(number, record.get("id"), None if what else whole, what)


def _record(line: bytes) -> Json:
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise _BadLineError(f"not UTF-8 at byte {error.start}") from None
    except ValueError as error:
        raise _BadLineError(f"not JSON: {error}") from None
    except RecursionError:
        raise _BadLineError("not JSON that can be read: nested too deep") from None
    if not isinstance(record, dict):
        raise _BadLineError("expected an object")
    return record


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON value")


def _whole(value: Any) -> Any:
    """The value with U+FFFD for each half of a character: a text that was cut within an emoji has
    one, and no language library takes it. Offsets stay."""
    if isinstance(value, str):
        return value if value.isascii() else _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(each) for each in value]
    if isinstance(value, dict):
        return {name: _whole(each) for name, each in value.items()}
    return value


# ------------------------------------------------------------ answers out


def _worked(records: Sequence[Json], work: Work) -> list[Json | str]:
    """The answer to each record; what is wrong with it, where our own code fails on it."""
    if not records:
        return []
    try:
        return list(work(records))
    except Exception as error:
        if len(records) == 1:
            return [_said(error)]
    return [found for record in records for found in _worked([record], work)]


def _said(error: Exception) -> str:
    if isinstance(error, UserError):
        return str(error)
    return f"a mistake of ours: {without_words(error)}"


def _as_line(record: Json) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # an id may hold half a character and is given back as it came
        return json.dumps(record).encode() + b"\n"
