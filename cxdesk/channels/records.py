"""Recorded conversations, one JSON object a line: how other programs hand over what they have."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cxdesk.channels.charsets import clean, decode, one_line
from cxdesk.model import Incoming, Problem, Role

SOURCE = "jsonl"
_STEP = timedelta(seconds=1)
_LONGEST_LINE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Record:
    """One conversation's head: what its messages share."""

    source: str
    key: str
    channel: str
    subject: str
    name: str
    address: str
    company: str


def read(path: Path) -> Iterator[tuple[Incoming | Problem, int]]:
    """Each message of each record (DESIGN 5), with the offset in the file after its line.

    A time without zone is taken as UTC. A message without time follows its predecessor by one
    second, so that order is kept; before any time, the file's own date counts backwards from the
    first known one. Raises OSError.
    """
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    offset = 0
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
            offset += len(line)
            if not line.strip():
                continue
            for item in line_items(line, str(path), number, written):
                yield item, offset


def line_items(
    line: bytes, file: str, number: int, written: datetime
) -> Iterator[Incoming | Problem]:
    """The messages of one line, or what is wrong with it. `written` is the file's own date."""
    try:
        data = json.loads(decode(line).removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        yield Problem(file, f"not a JSON record: {error.msg} at character {error.pos}", number)
        return
    except (ValueError, RecursionError):
        yield Problem(file, "not a JSON record: nested too deep or a number too long", number)
        return
    if not isinstance(data, dict) or not isinstance(data.get("messages"), list):
        yield Problem(file, 'not a conversation: expected an object with "messages"', number)
        return
    good, problems = _messages(data["messages"], file, number)
    yield from problems
    if good:
        yield from _incoming(_record(data, good[0][1]), _timed(good, written))


def _messages(
    entries: list[Any], file: str, number: int
) -> tuple[list[tuple[int, Mapping[str, Any]]], list[Problem]]:
    """The usable messages with their places in the record, and what is wrong with the others."""
    good: list[tuple[int, Mapping[str, Any]]] = []
    problems: list[Problem] = []
    roles = [role.value for role in Role]
    for index, entry in enumerate(entries):
        place = f"messages[{index}]"
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            problems.append(Problem(file, "expected an object with a text", number, place))
        elif entry.get("role") not in roles:
            expected = ", ".join(roles)
            problems.append(Problem(file, f"role must be one of {expected}", number, place))
        else:
            if _unreadable_time(entry):
                problems.append(Problem(file, "time not understood; order kept", number, place))
            good.append((index, entry))
    return good, problems


def _record(data: Mapping[str, Any], first: Mapping[str, Any]) -> _Record:
    customer = data.get("customer")
    customer = customer if isinstance(customer, dict) else {"name": customer or ""}
    named = _word(data.get("source"))
    address = _word(customer.get("address")).lower()
    identity = [
        address or _word(customer.get("name")),
        first["role"],
        first["text"],
        first.get("time"),
    ]
    mark = hashlib.sha256(json.dumps(identity, default=str).encode()).hexdigest()[:12]
    given = _word(data.get("id"))
    # Ids such as "1" mean something only beside the source that gave them; without one, the first
    # message tells two conversations "1" apart and still knows a moved or continued file again.
    key = given if named and given else f"{given or 'conversation'}~{mark}"
    return _Record(
        source=named or SOURCE,
        key=key,
        channel=_word(data.get("channel")) or "chat",
        subject=_word(data.get("subject")),
        name=_word(customer.get("name")) or _fallback_name(key),
        address=address,
        company=_word(data.get("company")),
    )


def _fallback_name(key: str) -> str:
    """ "Customer 1741" for a customer without a name, from the end of the conversation's id."""
    tail = re.split(r"[^0-9A-Za-z]+", key.strip("~-_:#/ "))[-1]
    return f"Customer {tail if len(tail) <= 8 else tail[-6:]}"


def _word(value: object) -> str:
    return one_line(str(value)) if isinstance(value, str | int) else ""


# ------------------------------------------------------------------ times


def parse_time(value: object) -> datetime | None:
    """An ISO 8601 time as an aware datetime (no zone: UTC), None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)  # a year at the calendar's edge cannot be converted
    except (ValueError, OverflowError):
        return None
    return moment


def _unreadable_time(entry: Mapping[str, Any]) -> bool:
    return entry.get("time") not in (None, "") and parse_time(entry["time"]) is None


def _timed(
    good: list[tuple[int, Mapping[str, Any]]], written: datetime
) -> Iterator[tuple[int, Mapping[str, Any], datetime]]:
    known = [parse_time(entry.get("time")) for _, entry in good]
    first = next((index for index, time in enumerate(known) if time), len(known))
    anchor = known[first] if first < len(known) else written
    previous = (anchor or written) - _STEP * (first + 1)
    for (index, entry), time in zip(good, known, strict=True):
        previous = time or previous + _STEP
        yield index, entry, previous


# ------------------------------------------------------------------ messages


def _incoming(
    record: _Record,
    messages: Iterator[tuple[int, Mapping[str, Any], datetime]],
) -> Iterator[Incoming]:
    for index, entry, time in messages:
        role = Role(entry["role"])
        is_customer = role is Role.CUSTOMER
        author = record.name if is_customer else _word(entry.get("author")) or record.company
        yield Incoming(
            source=record.source,
            external_id=f"{record.key}#{index}",
            thread_keys=(f"{record.source}:{record.key}",),
            role=role,
            author_name=author,
            author_address=record.address if is_customer else "",
            recipients=(),
            text=clean(entry["text"]).strip(),
            sent_at=time,
            channel=record.channel,
            subject=record.subject,
            raw=json.dumps(entry).encode("ascii"),
            customer_name=record.name,
            customer_address=record.address,
        )
