"""What the head of a mail says: who wrote to whom, when, and in answer to what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.message import Message
from email.utils import parsedate_tz

from cxdesk.channels.charsets import header

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|<[^<>]*>|\([^()]*\)|[,;]|[^",;<(]+|.', re.DOTALL)
_BARE = re.compile(r'[^\s<>()\[\],;:"\']+@[^\s<>()\[\],;:"\']+')
_PLAIN = re.compile(r"\s*([\w .'-]*?)\s*<([\w.+-]+@[\w.-]+)>\s*", re.ASCII)
_GROUP = re.compile(r'^\s*[^"<@:]*:')
_VIA = re.compile(r"\s+(?:via|über)\s+.+$", re.IGNORECASE)
_ID = re.compile(r"<[^<>\s]{3,}>")
_BARE_ID = re.compile(r"[^<>\s]+@[^<>\s]+")
_MOST_ADDRESSES_TEXT = 100_000
_MOST_REFERENCES = 100
_DAY = timedelta(days=1)
_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an address; the address is lower-case, the name may be empty."""

    name: str
    address: str


def mailboxes(mail: Message, *names: str) -> tuple[Mailbox, ...]:
    """The mailboxes of the named headers, in order, each address once."""
    found: dict[str, Mailbox] = {}
    for name in names:
        for value in mail.get_all(name, []):
            for mailbox in parse_mailboxes(value):
                found.setdefault(mailbox.address, mailbox)
    return tuple(found.values())


def parse_mailboxes(value: str) -> list[Mailbox]:
    """The mailboxes of one header value; unreadable pieces are left out, nothing is raised.

    "Lopez, Maria <m@x.example>" without quotes is one person, as Outlook writes it.
    """
    found: list[Mailbox] = []
    loose = ""
    for entry in _entries(value[:_MOST_ADDRESSES_TEXT]):
        mailbox = _mailbox(entry, loose)
        if mailbox is None:
            loose = f"{loose}{entry.strip()}, " if entry.strip() else loose
        else:
            found.append(mailbox)
            loose = ""
    return found


def _entries(value: str) -> Iterator[str]:
    entry = ""
    for token in _TOKEN.findall(value):
        if token in (",", ";"):
            yield entry
            entry = ""
        else:
            entry += token
    yield entry


def _mailbox(entry: str, loose: str) -> Mailbox | None:
    plain_case = None if loose else _PLAIN.fullmatch(entry)
    if plain_case:
        return Mailbox(_name(plain_case[1]), plain_case[2].lower())
    entry = _GROUP.sub("", entry)
    angle = re.search(r"<([^<>]*)>", entry)
    bare = _BARE.search(angle[1] if angle else entry)
    if bare is None:
        return None
    rest = entry[: angle.start()] if angle else entry.replace(bare[0], "", 1)
    comment = re.search(r"\(([^()]*)\)", entry)
    plain = re.sub(r"\([^()]*\)", "", rest).strip()
    name = loose + plain if angle else plain
    return Mailbox(_name(name or (comment[1] if comment else "")), bare[0].lower())


def _name(text: str) -> str:
    name = header(re.sub(r"\\(.)", r"\1", text.replace('"', " ")))
    name = _VIA.sub("", name).strip(" ,'’‘")
    if "@" in name:
        return ""
    last, comma, first = name.partition(", ")
    is_person = comma and "," not in first and len(name.split()) <= 4 and "." not in first
    return f"{first} {last}" if is_person else name


def readable_name(mailbox: Mailbox) -> str:
    """The mailbox's name, else one made from its address: "maria.lopez42@…" is "Maria Lopez"."""
    if mailbox.name:
        return mailbox.name
    local = mailbox.address.partition("@")[0].partition("+")[0]
    words = [word for word in re.split(r"[._\-\d]+", local) if word]
    return " ".join(word.capitalize() for word in words) or mailbox.address


def message_id(mail: Message) -> str:
    """The mail's own id in angle brackets, "" when it is missing or malformed."""
    value = str(mail.get("message-id", "")).strip()
    found = _ID.search(value)
    if found:
        return found[0]
    return f"<{value}>" if _BARE_ID.fullmatch(value) else ""


def reference_ids(mail: Message) -> tuple[str, ...]:
    """The ids this mail answers: In-Reply-To, then References; the first and the latest of many."""
    values = [*mail.get_all("in-reply-to", []), *mail.get_all("references", [])]
    ids = list(dict.fromkeys(found for value in values for found in _ID.findall(value)))
    if len(ids) > _MOST_REFERENCES:
        ids = ids[:2] + ids[2 - _MOST_REFERENCES :]
    return tuple(ids)


def sent_at(mail: Message, postmark: str, now: datetime) -> datetime | None:
    """When the mail was sent; None when nothing in it says so believably.

    A date in the future or before there was mail is a wrong clock: then the time of receipt
    counts, from the topmost Received header or the date of the mbox `postmark`.
    """
    return first_believable((str(mail.get("date", "")), _receipt(mail), postmark), now)


def first_believable(dates: Iterable[str], now: datetime) -> datetime | None:
    """The first of some written dates that a mail can have been sent at."""
    for value in dates:
        moment = parse_date(value)
        if moment is not None and _OLDEST < moment < now + _DAY:
            return moment
    return None


def _receipt(mail: Message) -> str:
    return str(mail.get("received", "")).rpartition(";")[2]


def parse_date(value: str) -> datetime | None:
    """An RFC 5322 date or near miss as an aware time (no zone: UTC), None when unreadable."""
    try:
        parts = parsedate_tz(value[:200])
        if parts is None:
            return None
        zone = timezone(timedelta(seconds=parts[9] or 0))
        return datetime(*parts[:6], tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def subject(mail: Message) -> str:
    """The subject on one line, cut after 500 characters (the raw mail keeps all of it)."""
    return header(str(mail.get("subject", ""))[:10_000])[:500]


def addresses(boxes: Sequence[Mailbox]) -> tuple[str, ...]:
    return tuple(box.address for box in boxes)
