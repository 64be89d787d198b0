"""JSON lines in and out, in order: a bad line gets its error in its place and stops nothing.

Each answer is written as soon as it is known, so that a program may ask line by line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import IO, Any

from cxdesk.errors import UserError, without_words

Json = dict[str, Any]
_HALF = re.compile("[\ud800-\udfff]")


class _BadLineError(Exception):
    """What is wrong with a line, and the id of its record where that could be read."""

    def __init__(self, what: str, record: Json | None = None) -> None:
        super().__init__(what)
        self.id = record.get("id") if record else None


def answer(
    lines: IO[bytes],
    out: IO[bytes],
    wrong: Callable[[Json], str],
    work: Callable[[Json], Json],
) -> bool:
    """Answer each line that is not blank; True when none was bad.

    `wrong` says what is wrong with a record, or "". A record that our own code fails on is bad too.
    """
    good = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = _record(line)
            found = {"id": record.get("id"), **_worked(record, wrong, work)}
        except _BadLineError as error:
            good = False
            found = {"id": error.id, "error": f"line {number}: {error}"}
        out.write(_as_line(found))
        out.flush()
    return good


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


def _worked(record: Json, wrong: Callable[[Json], str], work: Callable[[Json], Json]) -> Json:
    try:
        whole = {name: _whole(value) for name, value in record.items()}
        if what := wrong(whole):
            raise _BadLineError(what, record)
        return work(whole)
    except _BadLineError:
        raise
    except UserError as error:
        raise _BadLineError(str(error), record) from error
    except Exception as error:
        raise _BadLineError(f"a mistake of ours: {without_words(error)}", record) from error


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


def _as_line(record: Json) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # an id may hold half a character and is given back as it came
        return json.dumps(record).encode() + b"\n"
