"""Messages in: each once, in its conversation, with the roles only the thread can tell."""

from __future__ import annotations

import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from cxdesk.model import Incoming, Role, State
from cxdesk.store.customers import Customers
from cxdesk.store.indexing import AT_ONCE, Indexing
from cxdesk.store.joining import Joining
from cxdesk.store.roles import Heard, cast, customer_of
from cxdesk.store.shapes import Added
from cxdesk.store.standing import Place
from cxdesk.store.times import to_ms
from cxdesk.store.words import dump, dump_attachments, storable, strings

HERE = "cxdesk"  # the source of what is written in this app


class _Person(NamedTuple):
    name: str
    address: str


@dataclass(slots=True)
class _Tally:
    """What one slice of a batch has done so far."""

    conversations: set[int] = field(default_factory=set)
    newcomers: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))
    to_recast: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    started: int = 0
    messages: int = 0
    duplicates: int = 0

    def merged(self, into: int, other: int) -> None:
        self.gone.add(other)
        self.conversations.discard(other)
        self.newcomers[into] += self.newcomers.pop(other, [])
        self.to_recast.discard(other)
        self.to_recast.add(into)

    def added(self) -> Added:
        ids = frozenset(self.conversations | self.gone)
        return Added(ids, self.started, self.messages, self.duplicates)


class IncomingMessages(Customers, Joining, Indexing):
    """Storing what channels read."""

    def add(self, batch: Iterable[Incoming]) -> Added:
        """Store messages that are not there yet; a repeated import adds nothing.

        A message without a time comes after what its conversation holds; one dated in the future
        was sent now. Long batches are written in short transactions, each of them whole messages.
        """
        added = Added()

        def write(some: Iterable[Incoming]) -> None:
            nonlocal added
            added |= self._add_slice(some)

        rest = iter(batch)
        while some := list(islice(rest, AT_ONCE)):
            self._in_slices(some, write)
            self._index_waiting()
        return added

    def _add_slice(self, some: Iterable[Incoming]) -> Added:
        tally = _Tally()
        for message in some:
            if self._is_known(message):
                tally.duplicates += 1
            else:
                self._add_one(message, tally)
        for conversation_id in tally.to_recast:
            self._recast(conversation_id)
        for conversation_id in tally.conversations:
            self._settle(conversation_id, tally.newcomers[conversation_id])
        return tally.added()

    def _is_known(self, message: Incoming) -> bool:
        found = self._value(
            "SELECT 1 FROM messages WHERE external_id = ? AND source IN (?, ?)",
            (storable(message.external_id), storable(message.source), HERE),
        )
        return found is not None

    def _add_one(self, message: Incoming, tally: _Tally) -> None:
        now = self._now_ms()
        conversation_id = self._find_conversation(message, tally)
        if conversation_id is None:
            at = now if message.sent_at is None else min(to_ms(message.sent_at), now)
            conversation_id = self._start_conversation(message, at)
            tally.started += 1
            role = message.role or Role.CUSTOMER
        else:
            at, is_last = self._place_in_time(message, conversation_id, now)
            role = message.role or self._role_now(message, conversation_id)
            if message.role is None and not is_last:
                tally.to_recast.add(conversation_id)
        self._tie(conversation_id, _keys(message))
        if role is Role.CUSTOMER:
            self._saw_author(message, conversation_id, at)
        message_id = self._insert(message, conversation_id, role, at)
        tally.conversations.add(conversation_id)
        tally.messages += 1
        if role is Role.CUSTOMER and not message.automated:
            tally.newcomers[conversation_id].append((at, message_id))

    def _find_conversation(self, message: Incoming, tally: _Tally) -> int | None:
        """The message's conversation; what it shows to be one conversation becomes one."""
        found = self._conversations_of(_keys(message))
        if not found:
            return None
        into, *others = found
        for other in others:
            self._merge(into, other)
            tally.merged(into, other)
        return into

    def _start_conversation(self, message: Incoming, at: int) -> int:
        person = _customer_in(message)
        source = storable(message.source)
        customer_id = self._customer_id(
            address=person.address, name=person.name, source=source, at=at
        )
        cursor = self._db.execute(
            "INSERT INTO conversations"
            " (customer_id, source, channel, subject, state, started_at, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (customer_id, source, message.channel, storable(message.subject), State.NEW, at, at),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _place_in_time(self, message: Incoming, conversation_id: int, now: int) -> tuple[int, bool]:
        """When the message was sent, and whether it is the last of its conversation."""
        latest: int = self._value(
            "SELECT max(sent_at) FROM messages WHERE conversation_id = ?", (conversation_id,)
        )
        if message.sent_at is None:
            return latest + 1, True
        at = min(to_ms(message.sent_at), now)
        return at, at >= latest

    def _role_now(self, message: Incoming, conversation_id: int) -> Role:
        """The role of a mail that is the last of its thread so far."""
        sender = message.author_address.lower()
        customer = self._value(
            "SELECT k.address FROM conversations c JOIN customers k ON k.id = c.customer_id"
            " WHERE c.id = ?",
            (conversation_id,),
        )
        if not sender or sender == customer:
            return Role.CUSTOMER
        was_written_to = self._value(
            "SELECT EXISTS (SELECT 1 FROM messages m, json_each(m.recipients) r"
            " WHERE m.conversation_id = ? AND r.value = ?)",
            (conversation_id, sender),
        )
        return Role.AGENT if was_written_to else Role.CUSTOMER

    def _saw_author(self, message: Incoming, conversation_id: int, at: int) -> None:
        """Learn the customer's name, or at last who the customer is."""
        author = _customer_in(message)
        row = self._one(
            "SELECT k.id, k.address, k.name FROM conversations c"
            " JOIN customers k ON k.id = c.customer_id WHERE c.id = ?",
            (conversation_id,),
        )
        assert row is not None
        if author.address and author.address == row["address"]:
            self._saw_customer(row["id"], author.name, at)
        elif not row["address"] and (not row["name"] or author.address):
            self._name_customer(conversation_id, author, storable(message.source), at)
        elif (row["address"], row["name"]) == author[::-1]:
            self._saw_customer(row["id"], author.name, at)

    def _name_customer(self, conversation_id: int, who: _Person, source: str, at: int) -> None:
        if who.address or who.name:
            found = self._customer_id(address=who.address, name=who.name, source=source, at=at)
            self._change(conversation_id, customer_id=found)

    def _insert(self, message: Incoming, conversation_id: int, role: Role, at: int) -> int:
        values: dict[str, object] = {
            "conversation_id": conversation_id,
            "role": role.value,
            "role_inferred": int(message.role is None),
            "author": storable(message.author_name or message.author_address),
            "author_address": storable(message.author_address).lower(),
            "recipients": dump(storable(each).lower() for each in message.recipients),
            "subject": storable(message.subject),
            "text": storable(message.text),
            "quoted": storable(message.quoted),
            "signature": storable(message.signature),
            "automated": storable(message.automated),
            "attachments": dump_attachments(message.attachments),
            "sent_at": at,
            "source": storable(message.source),
            "external_id": storable(message.external_id),
        }
        message_id = self._insert_message(values)
        self._db.execute("INSERT INTO to_index (message_id) VALUES (?)", (message_id,))
        if message.raw:
            self._db.execute(
                "INSERT INTO raw (message_id, source) VALUES (?, ?)",
                (message_id, zlib.compress(message.raw, 1)),
            )
        return message_id

    def _insert_message(self, values: dict[str, object]) -> int:
        """Write a message's row; a person's words wait for the language worker from now on."""
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        cursor = self._db.execute(f"INSERT INTO messages ({names}) VALUES ({places})", values)
        assert cursor.lastrowid is not None
        if values["role"] != Role.NOTE and not values["automated"]:
            self._db.execute(
                "INSERT INTO to_analyse (message_id, role) VALUES (?, ?)",
                (cursor.lastrowid, values["role"]),
            )
        return cursor.lastrowid

    # ---------------------------------------------------------------- mail that came out of order

    def _recast(self, conversation_id: int) -> None:
        """Tell customer and agent apart anew, from the thread in time order."""
        rows = self._all(
            "SELECT id, role, role_inferred, author, author_address, recipients, sent_at, automated"
            " FROM messages WHERE conversation_id = ? ORDER BY sent_at, id",
            (conversation_id,),
        )
        if not any(row["role_inferred"] for row in rows):
            return
        mails = [_heard(row) for row in rows]
        customer = customer_of(mails)
        if customer is None:
            return
        first = rows[mails.index(customer)]
        self._name_customer(
            conversation_id, _Person(first["author"], customer.address), "", first["sent_at"]
        )
        for row, role in zip(rows, cast(mails, customer.address), strict=True):
            if row["role"] != role:
                self._change_role(row, role)

    def _change_role(self, row: sqlite3.Row, role: Role) -> None:
        self._db.execute("UPDATE messages SET role = ? WHERE id = ?", (role.value, row["id"]))
        self._db.execute("DELETE FROM analyses WHERE message_id = ?", (row["id"],))
        self._db.execute("DELETE FROM signals WHERE message_id = ?", (row["id"],))
        if not row["automated"]:
            self._db.execute(
                "INSERT OR REPLACE INTO to_analyse (message_id, role) VALUES (?, ?)",
                (row["id"], role.value),
            )


def _keys(message: Incoming) -> Sequence[str]:
    keys = [storable(key) for key in message.thread_keys if key.strip()]
    return keys or [storable(f"{message.source} {message.external_id}")]


def _customer_in(message: Incoming) -> _Person:
    """Whom the message shows to be the customer: as recorded, else its author or, where we
    wrote first, the person written to."""
    if message.customer_name or message.customer_address:
        return _Person(message.customer_name.strip(), message.customer_address.strip().lower())
    if message.role in (None, Role.CUSTOMER):
        return _Person(message.author_name.strip(), message.author_address.strip().lower())
    written_to = message.recipients[0] if message.recipients else ""
    return _Person("", written_to.strip().lower())


def _heard(row: sqlite3.Row) -> Heard:
    role = None if row["role_inferred"] else Role(row["role"])
    return Heard(row["author_address"], strings(row["recipients"]), role)
