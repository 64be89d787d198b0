"""The body of a mail: the words, the quoted mails inside it, and a list of what is attached."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.message import Message

from cxdesk.channels.charsets import clean, decode, header
from cxdesk.channels.flowed import unwrap
from cxdesk.channels.lenient import file_name, parse
from cxdesk.channels.markup import to_text
from cxdesk.model import Attachment

_DEEPEST = 30
_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
_EMPTY_ALTERNATIVE = re.compile(
    r"\W*(?:[\w' ,-]{0,40}\b(?:html)\b[\w' ,.-]{0,80}(?:view|viewer|support|message|client|mail)"
    r"[\w' ,.-]{0,60})\W*$",
    re.IGNORECASE,
)
_FIRST_BOUNDARY = re.compile(rb"^--(\S[^\r\n]{0,199}?)[ \t]*\r?\n(?=[A-Za-z-]+:)", re.MULTILINE)
_QUOTED_HEAD = ("From", "Date", "To", "Subject")


@dataclass(frozen=True, slots=True)
class Body:
    """`text` as the mail shows it, quotes included; `quoted` holds whole mails put inside."""

    text: str
    quoted: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(slots=True)
class _Found:
    texts: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


def read(mail: Message) -> Body:
    """The body of a parsed mail. Never raises on a broken one."""
    found = _Found()
    _walk(_with_boundary(mail), found, 0)
    texts = (text.strip("\n") for text in found.texts)
    return Body(
        "\n\n".join(text for text in texts if text.strip()),
        "\n\n".join(found.quoted),
        tuple(found.attachments),
    )


def _with_boundary(mail: Message) -> Message:
    """A multipart mail that lost its boundary parameter, read again with the one in its body."""
    if mail.get_content_maintype() != "multipart" or mail.is_multipart() or mail.get_boundary():
        return mail
    payload = _bytes(mail)
    first = _FIRST_BOUNDARY.search(payload)
    if first is None:
        return mail
    head = b'Content-Type: multipart/mixed; boundary="%s"\n\n' % first[1].replace(b'"', b"")
    return parse(head + payload)


def _walk(part: Message, found: _Found, depth: int) -> None:
    kind = part.get_content_type()
    if depth > _DEEPEST:
        return
    if kind in ("message/rfc822", "message/global", "text/rfc822-headers"):
        _fold_mail(part, found, depth)
    elif kind == "message/delivery-status":
        found.quoted += [clean(str(inner)).strip() for inner in _parts(part)]
    elif not part.is_multipart():
        _leaf(part, kind, found)
    elif kind == "multipart/alternative":
        _alternatives(part, found, depth)
    else:
        for inner in _parts(part):
            _walk(inner, found, depth + 1)


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if part.is_multipart() else []


def _alternatives(part: Message, found: _Found, depth: int) -> None:
    """One of several forms of the same words: plain text if it says something, else HTML."""
    plain: _Found | None = None
    rich: _Found | None = None
    for inner in _parts(part):
        each = _Found()
        is_plain = inner.get_content_type() == "text/plain"
        if not is_plain and plain is not None:
            _attachments_only(inner, each, depth + 1)
        else:
            _walk(inner, each, depth + 1)
        if is_plain and plain is None and _says_something(each):
            plain = each
        elif each.texts and (rich is None or not is_plain):
            rich = each
        found.attachments += each.attachments
        found.quoted += each.quoted
    chosen = plain or rich
    found.texts += chosen.texts if chosen else []


def _says_something(found: _Found) -> bool:
    text = "".join(found.texts).strip()
    return bool(text) and not (len(text) < 200 and _EMPTY_ALTERNATIVE.match(text))


def _attachments_only(part: Message, found: _Found, depth: int) -> None:
    """Lists what an unused alternative carries without rendering its words."""
    for inner in _parts(part):
        if depth <= _DEEPEST and inner.get_content_maintype() not in ("text", "multipart"):
            _walk(inner, found, depth + 1)


def _leaf(part: Message, kind: str, found: _Found) -> None:
    name = file_name(part)
    is_attached = part.get_content_disposition() == "attachment"
    is_words = kind in ("text/plain", "text/html", "text/enriched") or kind.startswith("multipart/")
    if not is_words or is_attached or (name and found.texts):
        found.attachments.append(Attachment(name or _default_name(part, kind), kind, _size(part)))
    else:
        found.texts.append(_words(part, kind))


def _default_name(part: Message, kind: str) -> str:
    if kind == "application/ms-tnef":
        return "winmail.dat"
    subject = header(str(part.get("content-description", "")))
    return subject or kind.partition("/")[2]


def _words(part: Message, kind: str) -> str:
    text = decode(_bytes(part), str(part.get_param("charset") or ""))
    if kind in ("text/html", "text/enriched") or _LOOKS_LIKE_HTML.match(text):
        return clean(to_text(text))
    text = clean(text)
    if str(part.get_param("format") or "").lower() == "flowed":
        text = unwrap(text, delete_space=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    if payload == b"":  # what is not in the encoding it claims decodes to nothing
        payload = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return payload if isinstance(payload, bytes) else b""


def _size(part: Message) -> int:
    return len(_bytes(part))


def _fold_mail(part: Message, found: _Found, depth: int) -> None:
    """A mail inside the mail, shown folded: its head in four lines and its words."""
    inner = _parts(part)
    if not inner:
        inner = [parse(_bytes(part))]
    for mail in inner:
        nested = _Found()
        _walk(mail, nested, depth + 1)
        head = [f"{name}: {header(str(mail[name]))}" for name in _QUOTED_HEAD if mail.get(name)]
        words = [text.strip() for text in nested.texts + nested.quoted if text.strip()]
        found.quoted.append("\n\n".join(["\n".join(head), *words]).strip())
        found.attachments += nested.attachments
