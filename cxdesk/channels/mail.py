"""One mail, as bytes from anywhere, becomes one `Incoming`."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.message import Message

from cxdesk.channels import automated, body, envelope, quoting
from cxdesk.channels.envelope import Mailbox
from cxdesk.channels.lenient import parse, parse_head
from cxdesk.model import Incoming, Role

SOURCE = "mail"
"""Mail has one name space, Message-ID, wherever it lies: a moved mailbox adds nothing."""

_POSTMARK = re.compile(rb"^>?From (?!\s*:)[^\r\n]*\r?\n")
_BYTE_COUNT = re.compile(rb"(\d{1,9})[ \t]*\r?\n(?=[!-9;-~]+[ \t]*:)")
_DATE = re.compile(rb"^Date:([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_ANSWERED = re.compile(
    r"^\s*(?:re|aw|antw|sv|vs|odp|ynt|rif|res|回复|答复)\s*(?:\[\d+\])?[:：]", re.I
)


def read(raw: bytes, *, own_addresses: frozenset[str], now: datetime) -> Incoming:
    """The mail in `raw`, bare or as mbox and Apple Mail (.emlx) wrap it. Never raises on bad mail.

    `own_addresses` are the company's, in lower case; with none, `role` stays None. A mail without
    a usable Message-ID is known by the hash of its bytes, so that reading it again adds nothing.
    """
    raw, postmark = unwrap(raw)
    mail = parse(raw)
    own_id = envelope.message_id(mail) or fingerprint(raw)
    author, role, is_form = _author(mail, own_addresses)
    recipients = envelope.mailboxes(mail, "to", "cc")
    customer = _customer(role, author, recipients, own_addresses)
    content = body.read(mail)
    # A mail passed on whole and without a word of its own: what it says is in the mail inside
    is_passed_on = not content.text.strip()
    parts = quoting.split(content.quoted if is_passed_on else content.text)
    subject = envelope.subject(mail)
    return Incoming(
        source=SOURCE,
        external_id=own_id,
        thread_keys=tuple(dict.fromkeys((own_id, *envelope.reference_ids(mail)))),
        role=role,
        author_name=envelope.readable_name(author) if author.address else author.name,
        author_address=author.address,
        recipients=envelope.addresses(recipients),
        text=parts.text or _subject_as_text(subject, parts.quoted),
        sent_at=envelope.sent_at(mail, postmark, now),
        channel="email",
        subject=subject,
        quoted=parts.quoted if is_passed_on else _joined(parts.quoted, content.quoted),
        signature=parts.signature,
        automated="" if is_form else automated.reason(mail, own_addresses),
        attachments=content.attachments,
        raw=raw,
        customer_name=envelope.readable_name(customer) if customer else "",
        customer_address=customer.address if customer else "",
    )


def _joined(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block)


def unwrap(raw: bytes) -> tuple[bytes, str]:
    """The bare mail, and the date of its postmark line: "" for a mail without one."""
    postmark = _POSTMARK.match(raw)
    if postmark:
        return raw[postmark.end() :], _postmark_date(postmark[0])
    count = _BYTE_COUNT.match(raw)
    return (raw[count.end() : count.end() + int(count[1])] if count else raw), ""


def date_of(head: bytes, now: datetime) -> datetime | None:
    """When the mail that begins with `head` was sent, as `read` will say."""
    head, postmark = unwrap(head)
    end = _HEAD_END.search(head)
    line = _DATE.search(head, 0, end.start() if end else len(head))
    written = line[1].decode("ascii", "replace") if line else ""
    return envelope.first_believable([written], now) or envelope.sent_at(
        parse_head(head), postmark, now
    )


def fingerprint(raw: bytes) -> str:
    """A name for a mail that has none: the same however its line ends were stored."""
    return "sha256:" + hashlib.sha256(raw.replace(b"\r\n", b"\n").rstrip(b"\n")).hexdigest()


def _postmark_date(postmark: bytes) -> str:
    """The date of "From maria@x.example Tue Mar  3 10:22:00 2026", in RFC 5322 order."""
    line = postmark.decode("ascii", "replace").strip()
    found = re.search(r"([A-Z][a-z]{2})\s+(\d{1,2})\s+([\d:]{4,8})\s+(?:\S+\s+)?(\d{4})", line)
    return f"{found[2]} {found[1]} {found[4]} {found[3]}" if found else ""


def _author(mail: Message, own: frozenset[str]) -> tuple[Mailbox, Role | None, bool]:
    """Who wrote it, in which role, and whether through a form on the company's own site.

    A form mails from the company's address to the company and puts the customer in Reply-To.
    """
    authors = envelope.mailboxes(mail, "from", "sender") or (Mailbox("", ""),)
    author = authors[0]
    reached = {
        box.address
        for box in envelope.mailboxes(
            mail, "to", "cc", "delivered-to", "x-original-to", "envelope-to"
        )
    }
    if author.address in own:
        answer_to = envelope.mailboxes(mail, "reply-to")
        if answer_to and answer_to[0].address not in own and reached and reached <= own:
            return answer_to[0], Role.CUSTOMER, True
        return author, Role.AGENT, False
    return author, Role.CUSTOMER if reached & own else None, False


def _customer(
    role: Role | None, author: Mailbox, recipients: tuple[Mailbox, ...], own: frozenset[str]
) -> Mailbox | None:
    if role is Role.CUSTOMER:
        return author
    if role is Role.AGENT:
        return next((box for box in recipients if box.address not in own), None)
    return None


def _subject_as_text(subject: str, quoted: str) -> str:
    """Some write all they have to say into the subject; an empty answer says nothing by it."""
    return "" if quoted or _ANSWERED.match(subject) else subject
