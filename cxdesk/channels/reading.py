"""Files and folders a person points at become one stream of messages, problems and progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from cxdesk.channels import mail, mbox, records, tables
from cxdesk.channels.kinds import Kind
from cxdesk.channels.plan import Planned, plan
from cxdesk.channels.table_mapping import CsvMapping
from cxdesk.errors import UserError
from cxdesk.model import Incoming, Problem, Progress

_STEPS = 200
"""Items between two reports of progress."""
_MOST_PROBLEMS = 100
"""Problems reported one by one for a file; the rest is counted."""

_Item = Incoming | Problem


@dataclass(slots=True)
class _Reader:
    own_addresses: frozenset[str]
    mapping: CsvMapping | None
    now: datetime
    seen: dict[int, int] = field(default_factory=dict)

    def items(self, planned: Planned) -> Iterator[tuple[_Item, int]]:
        """What a file holds, each with how many of its bytes are done."""
        path = planned.path
        if planned.kind is Kind.TABLE:
            return tables.read(path, self.mapping, own_addresses=self.own_addresses)
        if planned.kind is Kind.RECORDS:
            return records.read(path)
        return self._mails(planned)

    def _mails(self, planned: Planned) -> Iterator[tuple[_Item, int]]:
        if planned.kind is Kind.MAIL:
            yield self._mail(planned.path.read_bytes(), str(planned.path)), planned.size
            return
        for number, (found, offset) in enumerate(mbox.mails(planned.path), 1):
            place = f"{planned.path} (mail {number})"
            yield found if isinstance(found, Problem) else self._mail(found, place), offset

    def _mail(self, raw: bytes, place: str) -> _Item:
        """One bad mail must not end an import of thousands, so even a bug of ours is a problem."""
        try:
            return self._distinct(mail.read(raw, own_addresses=self.own_addresses, now=self.now))
        except Exception as error:
            return Problem(place, f"this mail could not be read ({type(error).__name__})")

    def _distinct(self, message: Incoming) -> Incoming:
        """The mail under a name of its own when another one already used its Message-ID.

        Copies of one mail (in two folders, through a list) agree in author and time; programs that
        stamp one id on every mail do not, and their mails must neither be lost nor joined.
        """
        stamp = hash((message.author_address, message.sent_at or message.text))
        if self.seen.setdefault(hash(message.external_id), stamp) == stamp:
            return message
        own_id = mail.fingerprint(message.raw)
        return replace(message, external_id=own_id, thread_keys=(own_id, *message.thread_keys[1:]))


def read(
    paths: Sequence[Path],
    *,
    own_addresses: Sequence[str] = (),
    mapping: CsvMapping | None = None,
    now: datetime | None = None,
) -> Iterator[Incoming | Problem | Progress]:
    """Every message in the files and folders, streaming; what cannot be read, as a `Problem`.

    Reads .eml, mbox, Maildir, conversations (.jsonl) and tables (.csv, .tsv), told apart by their
    content; folders are searched in a stable order, their single mails by date. `own_addresses`
    are the company's: they decide who is agent and who customer. `mapping` names the columns of
    tables; without it they are guessed, or a problem asks for it. `Progress` counts bytes and
    comes first, last and now and then between. Raises nothing for bad input.
    """
    own = frozenset(address.strip().lower() for address in own_addresses)
    reader = _Reader(own, mapping, now or datetime.now(UTC))
    files, problems = plan(paths, reader.now)
    yield from problems
    total = sum(planned.size for planned in files)
    done = 0
    yield Progress("reading", 0, total)
    for count, planned in enumerate(files, 1):
        yield from _file(reader, planned, done, total)
        done += planned.size
        if count % _STEPS == 0 and count < len(files):
            yield Progress(planned.path.name, done, total)
    yield Progress("reading", total, total)


def _file(
    reader: _Reader, planned: Planned, done: int, total: int
) -> Iterator[Incoming | Problem | Progress]:
    problems = 0
    try:
        for count, (item, offset) in enumerate(reader.items(planned), 1):
            problems += isinstance(item, Problem)
            if isinstance(item, Incoming) or problems <= _MOST_PROBLEMS:
                yield item
            if count % _STEPS == 0:
                yield Progress(planned.path.name, done + min(offset, planned.size), total)
    except UserError as error:
        yield Problem(str(planned.path), str(error))
    except (OSError, UnicodeError) as error:
        yield Problem(str(planned.path), f"cannot be read to its end: {_reason(error)}")
    if problems > _MOST_PROBLEMS:
        more = problems - _MOST_PROBLEMS
        yield Problem(str(planned.path), f"and {more} more problems in this file")


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)
