"""One conversation, opened: everything the window shows of it, and what its replies need."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence

from cxdesk.errors import UserError
from cxdesk.model import (
    Correction,
    Customer,
    Fault,
    Level,
    Message,
    Mood,
    Outcome,
    PastContact,
    Phase,
    Role,
    State,
    Thread,
    Trend,
)
from cxdesk.store.analyses import Analyses, analysis_in, correction_of
from cxdesk.store.conversations import overruled_in
from cxdesk.store.drafts import Drafts
from cxdesk.store.lists import asleep_until, levels
from cxdesk.store.outcomes import Spoken, outcomes
from cxdesk.store.promises import Promises
from cxdesk.store.shapes import ReplyHeaders
from cxdesk.store.times import to_moment, to_moment_or_none
from cxdesk.store.words import ANALYSIS_COLUMNS, attachments, strings

HISTORY = 5
_LOOK_BACK = 1000  # conversations looked through for other customers' names

_MESSAGES = f"""
SELECT m.id, m.conversation_id, m.role, m.author, m.text, m.sent_at, m.quoted, m.signature,
       m.automated, m.attachments, m.external_id, m.codes, m.plays,
       {", ".join(f"a.{name}" for name in ANALYSIS_COLUMNS)},
       k.id AS corrected, k.level AS their_level, k.blame_target AS their_target, k.remark
FROM messages m
LEFT JOIN analyses a ON a.message_id = m.id
LEFT JOIN corrections k ON k.id = (SELECT max(id) FROM corrections WHERE message_id = m.id)
"""


class Threads(Drafts, Analyses, Promises):
    """Reading whole conversations."""

    def thread(self, conversation_id: int) -> Thread:
        """The conversation with its messages in order; one merged away opens where it is now.

        Raises:
            UserError: it is gone.
        """
        with self._reading():
            row = self._conversation(self._living(conversation_id))
            messages = self._messages(row["id"])
            return Thread(
                id=row["id"],
                subject=row["subject"],
                channel=row["channel"],
                state=State(row["state"]),
                customer=self._customer(row["customer_id"]),
                messages=messages,
                mood=_mood(row, messages),
                fault=Fault(row["fault"] or Fault.UNKNOWN),
                fault_is_set=row["fault"] is not None,
                phase=Phase(row["phase"] or Phase.OPENING),
                phase_is_set=row["phase"] is not None,
                overruled=overruled_in(row),
                contact_number=self._contact_number(row),
                history=self._history(row),
                draft=self.draft(row["id"]),
                snoozed_until=asleep_until(row),
                solved=row["state"] == State.SOLVED,
                mine=bool(row["mine"]),
                promises=self._promises_of(row["id"]),
            )

    def message(self, message_id: int) -> Message:
        """One message.

        Raises:
            UserError: it is gone.
        """
        row = self._one(f"{_MESSAGES} WHERE m.id = ?", (message_id,))
        if row is None:
            raise UserError("This message is no longer there.")
        return _message(row)

    def raw(self, message_id: int) -> bytes:
        """A message's source as it came; empty where the channel had none."""
        found = self._value("SELECT source FROM raw WHERE message_id = ?", (message_id,))
        return b"" if found is None else zlib.decompress(found)

    def last_customer_message_id(self, conversation_id: int) -> int | None:
        """The customer's last message in the thread: another id than when it was opened says that
        they have written meanwhile."""
        found: int | None = self._value(
            "SELECT id FROM messages WHERE conversation_id = ? AND role = 'customer'"
            " ORDER BY sent_at DESC, id DESC LIMIT 1",
            (self._living(conversation_id),),
        )
        return found

    def other_customer_names(self, conversation_id: int, limit: int = 200) -> tuple[str, ...]:
        """Names of other customers, those heard of last first: none of them belongs in a reply."""
        row = self._conversation(self._living(conversation_id))
        rows = self._all(
            "SELECT DISTINCT name FROM (SELECT k.name FROM"
            " (SELECT customer_id FROM conversations ORDER BY updated_at DESC, id DESC LIMIT ?) c"
            " JOIN customers k ON k.id = c.customer_id WHERE k.id <> ? AND k.name <> '')"
            " WHERE name <> (SELECT name FROM customers WHERE id = ?) LIMIT ?",
            (_LOOK_BACK, row["customer_id"], row["customer_id"], limit),
        )
        return tuple(row[0] for row in rows)

    def outcome_rows(self, conversation_id: int) -> list[Outcome]:
        """For each reply of ours: the customer's level in the message before it and the next.

        Replies without one of the two, or whose level is not known yet, are left out.
        """
        messages = self._messages(self._living(conversation_id))
        return outcomes(list(map(_spoken, messages)))

    def reply_headers(self, conversation_id: int) -> ReplyHeaders:
        """Whom a mail reply goes to, from which address, and the ids that thread it."""
        row = self._conversation(self._living(conversation_id))
        customer = self._customer(row["customer_id"])
        mails = self._all(
            "SELECT external_id, role, author_address, recipients FROM messages"
            " WHERE conversation_id = ? AND role <> 'note' ORDER BY sent_at, id",
            (row["id"],),
        )
        theirs = [mail["external_id"] for mail in mails if mail["role"] == Role.CUSTOMER]
        return ReplyHeaders(
            to_name=customer.name,
            to_address=customer.address,
            subject=row["subject"],
            in_reply_to=next(iter(_message_ids(reversed(theirs))), ""),
            references=_message_ids(mail["external_id"] for mail in mails),
            our_address=_our_address(mails),
        )

    def _messages(self, conversation_id: int) -> tuple[Message, ...]:
        rows = self._all(
            f"{_MESSAGES} WHERE m.conversation_id = ? ORDER BY m.sent_at, m.id", (conversation_id,)
        )
        return tuple(map(_message, rows))

    def _customer(self, customer_id: int) -> Customer:
        row = self._one(
            "SELECT id, name, address, since FROM customers WHERE id = ?", (customer_id,)
        )
        assert row is not None
        return Customer(row["id"], row["name"], row["address"], to_moment_or_none(row["since"]))

    def _contact_number(self, row: sqlite3.Row) -> int:
        """Which contact of this customer it is, counted from 1."""
        return 1 + int(
            self._value(
                "SELECT count(*) FROM conversations"
                " WHERE customer_id = ? AND (started_at, id) < (?, ?)",
                (row["customer_id"], row["started_at"], row["id"]),
            )
        )

    def _history(self, row: sqlite3.Row) -> tuple[PastContact, ...]:
        rows = self._all(
            "SELECT id, started_at, channel, snippet, level, state FROM conversations"
            " WHERE customer_id = ? AND id <> ? ORDER BY updated_at DESC, id DESC LIMIT ?",
            (row["customer_id"], row["id"], HISTORY),
        )
        return tuple(map(_past_contact, rows))


def _message(row: sqlite3.Row) -> Message:
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        role=Role(row["role"]),
        author=row["author"],
        text=row["text"],
        sent_at=to_moment(row["sent_at"]),
        quoted=row["quoted"],
        signature=row["signature"],
        automated=row["automated"],
        attachments=attachments(row["attachments"]),
        external_id=row["external_id"],
        analysis=analysis_in(row),
        correction=_correction_in(row),
        codes=strings(row["codes"]),
        plays=strings(row["plays"]),
    )


def _correction_in(row: sqlite3.Row) -> Correction | None:
    """The agent's last word; None too where that word was to take it all back."""
    if row["corrected"] is None:
        return None
    found = correction_of(row["their_level"], row["their_target"], row["remark"])
    return None if found == Correction() else found


def _mood(row: sqlite3.Row, messages: Sequence[Message]) -> Mood:
    ids = [message.id for message in messages]
    turned = row["turned_message_id"]
    return Mood(
        level=Level(row["level"] or 0),
        trend=Trend(row["said_trend"] or row["trend"]),
        readings=levels(row["readings"]),
        turned_at=ids.index(turned) if turned in ids else None,
        turned_from=None if row["turned_from"] is None else Level(row["turned_from"]),
    )


def _past_contact(row: sqlite3.Row) -> PastContact:
    return PastContact(
        conversation_id=row["id"],
        started_at=to_moment(row["started_at"]),
        channel=row["channel"],
        snippet=row["snippet"],
        level=None if row["level"] is None else Level(row["level"]),
        state=State(row["state"]),
    )


def _spoken(message: Message) -> Spoken:
    return Spoken(message.id, message.role, message.automated, message.level, message.plays)


def _message_ids(external_ids: Iterable[str]) -> tuple[str, ...]:
    """Those that are Message-IDs, in angle brackets, each once."""
    ids = (f"<{each.strip().strip('<>')}>" for each in external_ids if "@" in each)
    return tuple(dict.fromkeys(ids))


def _our_address(mails: Sequence[sqlite3.Row]) -> str:
    """Where we answered from last, else where the customer wrote to last; '' if unknown."""
    for mail in reversed(mails):
        if mail["role"] == Role.AGENT and mail["author_address"]:
            return str(mail["author_address"])
    for mail in reversed(mails):
        written_to = strings(mail["recipients"])
        if mail["role"] == Role.CUSTOMER and written_to:
            return written_to[0]
    return ""
