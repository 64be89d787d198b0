"""Messages out of a table (.csv, .tsv), one a row."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cxdesk.channels import table_times
from cxdesk.channels.table_format import Row, TableFormat, column_names, rows, sniff
from cxdesk.channels.table_mapping import CsvMapping, csv_preview
from cxdesk.errors import UserError
from cxdesk.model import Incoming, Problem, Role

SOURCE = "table"
_NOTE_VALUES = ("note", "internal", "private", "internal note", "private note")


@dataclass(slots=True)
class _Table:
    """A table being read: its columns, and what earlier rows said."""

    file: str
    columns: tuple[str, ...]
    mapping: CsvMapping
    day_first: bool
    own: frozenset[str]
    seen: Counter[str] = field(default_factory=Counter)
    customers: dict[str, tuple[str, str]] = field(default_factory=dict)

    def cell(self, row: Row, column: str) -> str:
        index = self.columns.index(column) if column else len(row.cells)
        return row.cells[index] if index < len(row.cells) else ""


def read(
    path: Path, mapping: CsvMapping | None, *, own_addresses: frozenset[str]
) -> Iterator[tuple[Incoming | Problem, int]]:
    """Each row's message with the file offset about there.

    Without a mapping the columns are guessed. Raises OSError, and UserError when a mapping or the
    order of day and month must be asked for: nothing is read then.
    """
    chosen = mapping or _guessed(path)
    form = sniff(path)
    table = _table(path, form, chosen, own_addresses)
    for row in _body(path, form):
        if row.problem:
            yield Problem(table.file, row.problem, row.line), row.offset
            continue
        for item in _row(table, row):
            yield item, row.offset


def _guessed(path: Path) -> CsvMapping:
    preview = csv_preview(path)
    if preview.guess is None:
        names = ", ".join(preview.columns[:12])
        raise UserError(f"say which column holds the messages (columns here: {names})")
    return preview.guess


def _body(path: Path, form: TableFormat) -> Iterator[Row]:
    every = rows(path, form)
    next(every, None)
    return every


def _table(
    path: Path, form: TableFormat, mapping: CsvMapping, own_addresses: frozenset[str]
) -> _Table:
    first = next(rows(path, form), None)
    columns = column_names(first.cells) if first else ()
    missing = [name for name in mapping.columns() if name not in columns]
    if missing:
        raise UserError(f"no column “{missing[0]}”; columns here: {', '.join(columns[:12])}")
    table = _Table(str(path), columns, mapping, True, own_addresses)
    table.day_first = _day_first(table, path, form)
    return table


def _day_first(table: _Table, path: Path, form: TableFormat) -> bool:
    mapping = table.mapping
    if mapping.day_first is not None or not mapping.time:
        return bool(mapping.day_first)
    try:
        found = table_times.day_first(table.cell(row, mapping.time) for row in _body(path, form))
    except table_times.MixedOrderError:
        found = None
    if found is None:
        raise UserError(f"say whether “{mapping.time}” writes the day or the month first")
    return found


def _row(table: _Table, row: Row) -> Iterator[Incoming | Problem]:
    mapping = table.mapping
    text = table.cell(row, mapping.text)
    if not text:
        yield Problem(table.file, "no text in this row", row.line, mapping.text)
        return
    written = table.cell(row, mapping.time)
    sent_at = table_times.parse(written, day_first=table.day_first) if written else None
    if written and sent_at is None:
        yield Problem(table.file, "time not understood; order kept", row.line, mapping.time)
    conversation = table.cell(row, mapping.conversation)
    own_id = _row_id(table, row)
    role = _role(table, row)
    name, address = _customer(table, row, role, conversation or own_id)
    yield Incoming(
        source=SOURCE,
        external_id=own_id,
        thread_keys=(_thread_key(table, conversation) if conversation else f"{SOURCE}:{own_id}",),
        role=role,
        author_name=name if role is Role.CUSTOMER else "",
        author_address=address if role is Role.CUSTOMER else "",
        recipients=(),
        text=text,
        sent_at=sent_at,
        channel="email" if mapping.address or mapping.subject else "chat",
        subject=" ".join(table.cell(row, mapping.subject).split()),
        raw=json.dumps(dict(zip(table.columns, row.cells, strict=False))).encode("ascii"),
        customer_name=name,
        customer_address=address,
    )


def _row_id(table: _Table, row: Row) -> str:
    """A name for the row by what it says; equal rows are counted, so that none is lost."""
    cells = [table.cell(row, column) for column in table.mapping.columns()]
    mark = _hash(cells)
    table.seen[mark] += 1
    count = table.seen[mark]
    return mark if count == 1 else f"{mark}#{count}"


def _thread_key(table: _Table, conversation: str) -> str:
    """Conversation ids hold within exports of one shape: the columns stand for the tool."""
    return f"{SOURCE}:{_hash(table.columns)}:{conversation}"


def _hash(words: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(words).encode("utf-8", "replace")).hexdigest()[:16]


def _role(table: _Table, row: Row) -> Role:
    mapping = table.mapping
    value = table.cell(row, mapping.role).casefold()
    if value in _NOTE_VALUES:
        return Role.NOTE
    is_agent = value == mapping.agent_value.casefold() if value else False
    is_own = table.cell(row, mapping.address).lower() in table.own
    return Role.AGENT if is_agent or is_own else Role.CUSTOMER


def _customer(table: _Table, row: Row, role: Role, conversation: str) -> tuple[str, str]:
    """The conversation's customer, name and address; an agent's row may name the agent."""
    known = table.customers.get(conversation)
    if role is not Role.CUSTOMER and known:
        return known
    address = table.cell(row, table.mapping.address).lower()
    name = table.cell(row, table.mapping.customer) or address.partition("@")[0]
    tail = re.split(r"\W+", conversation)[-1][-6:]
    found = (" ".join(name.split()) or f"Customer {tail}", "" if address in table.own else address)
    if role is Role.CUSTOMER and table.mapping.conversation:
        table.customers.setdefault(conversation, found)
    return found
