"""Replies as .eml files, ready to open and send in any mail program. Nothing is sent here."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email import charset
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime, formataddr, make_msgid
from pathlib import Path

from cxdesk.channels.charsets import clean, one_line
from cxdesk.errors import UserError

_UTF8 = charset.Charset("utf-8")
_UTF8.header_encoding = charset.SHORTEST
_UTF8.body_encoding = charset.QP

_ID = re.compile(r"<[^<>\s]{1,990}>")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\\\"@]+@[^\s<>()\[\],;:\\\"@]+")
_ANSWERED = re.compile(
    r"\s*(?:re|aw|antw|sv|vs|odp|ynt|rif)\s*(?:\[\d+\])?\s*[:：]\s*", re.IGNORECASE
)
_MOST_REFERENCES = 20
_FALLBACK_DOMAIN = "cxdesk.invalid"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply to write. `in_reply_to` is the Message-ID of the customer's last mail, `references`
    the ids of the thread, oldest first; empty for the first mail of a thread. `sent_at` is aware.
    """

    to_name: str
    to_address: str
    from_name: str
    from_address: str
    subject: str
    text: str
    sent_at: datetime
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


def write(reply: Outgoing, folder: Path) -> Path:
    """Write the reply as a new file in `folder` (made when missing) and return its path.

    The file is there whole or not at all, also after a power cut. Raises UserError for an address
    that is none or a folder that cannot be written.
    """
    data = compose(reply)
    path = folder / file_name(reply)
    temporary = path.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(folder)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise UserError(f"The reply could not be written to {folder}: {error.strerror}") from error
    return path


def compose(reply: Outgoing) -> bytes:
    """The reply as a mail (RFC 5322), lines ended by CRLF. Raises UserError for a bad address.

    Without a receiver's or sender's address that header is left out; X-Unsent lets mail programs
    open the file as a draft of theirs. Built on the old header classes on purpose: the new ones
    turn a Message-ID longer than a line into encoded words, and the thread breaks
    (https://github.com/python/cpython/issues/80222).
    """
    mail = Message(policy=compat32.clone(linesep="\r\n", max_line_length=0))
    if reply.from_address:
        mail["From"] = _mailbox(reply.from_name, reply.from_address)
    if reply.to_address:
        mail["To"] = _mailbox(reply.to_name, reply.to_address)
    mail["Subject"] = _header_text(subject_of_reply(reply.subject))
    mail["Date"] = format_datetime(reply.sent_at)
    mail["Message-ID"] = make_msgid(domain=_domain(reply.from_address))
    if _ID.fullmatch(reply.in_reply_to):
        mail["In-Reply-To"] = reply.in_reply_to
    ids = _references(reply)
    if ids:
        mail["References"] = "\r\n ".join(ids)
    mail["X-Unsent"] = "1"
    mail["MIME-Version"] = "1.0"
    mail.set_payload(clean(reply.text).rstrip("\n") + "\n", _UTF8)
    return mail.as_bytes()


def message_id(path: Path) -> str:
    """The Message-ID of a written reply, so that the customer's answer finds its thread."""
    found = re.search(rb"^Message-ID:\s*(<[^>\s]+>)", path.read_bytes(), re.MULTILINE)
    return found[1].decode("ascii") if found else ""


def subject_of_reply(subject: str) -> str:
    """ "Re: …", once: marks of earlier answers in any language are taken off first."""
    text = one_line(subject)
    while (found := _ANSWERED.match(text)) and found.end():
        text = text[found.end() :]
    return f"Re: {text}" if text else "Re:"


def _header_text(text: str) -> str:
    """Text for a header, folded, in encoded words where it is not plain ASCII."""
    charset_needed = "us-ascii" if text.isascii() else _UTF8
    return Header(text, charset_needed, header_name="Subject").encode(linesep="\r\n")


def _mailbox(name: str, address: str) -> str:
    address = one_line(address)
    if not _ADDRESS.fullmatch(address):
        raise UserError(f"“{address}” is not an e-mail address.")
    local, _, domain = address.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
        local.encode("ascii")
    except UnicodeError as error:
        raise UserError(f"“{address}” is not an e-mail address mail servers take.") from error
    return formataddr((one_line(name), f"{local}@{domain}"), _UTF8)


def _domain(address: str) -> str:
    """The right side of our Message-IDs; never this computer's name."""
    domain = one_line(address).rpartition("@")[2]
    return domain if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", domain, re.ASCII) else _FALLBACK_DOMAIN


def _references(reply: Outgoing) -> list[str]:
    """The thread's ids: the first and the latest, the answered one last (RFC 5322 3.6.4)."""
    ids = list(dict.fromkeys(_usable((*reply.references, reply.in_reply_to))))
    if reply.in_reply_to in ids:
        ids.remove(reply.in_reply_to)
        ids.append(reply.in_reply_to)
    return ids if len(ids) <= _MOST_REFERENCES else [ids[0], *ids[1 - _MOST_REFERENCES :]]


def _usable(ids: Iterable[str]) -> list[str]:
    return [each for each in ids if _ID.fullmatch(each) and each.isascii()]


def file_name(reply: Outgoing) -> str:
    """A new name in plain letters: when, to whom, about what, and a mark that makes it unique."""
    words = re.findall(r"[a-z0-9]+", f"{reply.to_name} {reply.subject}".lower())
    title = "-".join(words)[:40].strip("-") or "reply"
    return f"{reply.sent_at:%Y%m%d-%H%M%S}-{title}-{secrets.token_hex(4)}.eml"


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable where folders can be synced (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
