"""Words the thread says about a conversation: contact numbers, channels, folded parts, sizes."""

from __future__ import annotations

from datetime import datetime

from cxdesk.model import Attachment, Confidence, Correction, Message, State, Thread
from cxdesk.ui import marks

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_CHANNELS = {"email": "E-mail", "chat": "Chat", "sms": "SMS", "phone": "Phone", "social": "Social"}
YOU, CUSTOMER = "You", "Customer"


def contact(number: int) -> str:
    """Which contact of this customer this is: "third contact"; past the twelfth in figures."""
    if 0 < number <= len(_ORDINALS):
        return f"{_ORDINALS[number - 1]} contact"
    return f"contact {number}"


def channel(code: str) -> str:
    """The channel as people write it."""
    return _CHANNELS.get(code, code.replace("_", " ").capitalize())


def about(thread: Thread, now: datetime) -> str:
    """What the header says beside the mood: state, channel, contact, subject."""
    parts = [channel(thread.channel), contact(thread.contact_number), thread.subject]
    if thread.state is State.SNOOZED and thread.snoozed_until:
        parts.insert(0, f"snoozed until {marks.short_time(thread.snoozed_until, now)}")
    elif thread.state is State.SOLVED:
        parts.insert(0, "done")
    return " · ".join(part for part in parts if part)


def first_name(author: str) -> str:
    """The first word of a name, as folded lines show it."""
    return author.split()[0] if author.split() else ""


def one_line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def lines(count: int) -> str:
    """ "1 line", "14 lines"."""
    return "1 line" if count == 1 else f"{count} lines"


def attachment(part: Attachment) -> str:
    """An attachment's name and size: "receipt.pdf, 120 kB"."""
    size = part.size
    for unit in ("bytes", "kB"):
        if size < 1000:
            return f"{part.name}, {size} {unit}"
        size = round(size / 1000)
    return f"{part.name}, {size} MB"


def said(correction: Correction) -> str:
    """What the agent said against the app's verdict: "you said: annoyed, blames us"."""
    parts = [
        "" if correction.level is None else marks.level_words(correction.level, Confidence.HIGH),
        _blame(correction),
        correction.remark,
    ]
    return "you said: " + ", ".join(part for part in parts if part)


def not_read(message: Message) -> str:
    """What is said below a message that the language engine could not read."""
    if message.analysis is None:
        return "This message could not be read by the language check."
    return "Only a quick look was possible: the language check could not read this message in full."


def _blame(correction: Correction) -> str:
    if correction.blame_target is None:
        return ""
    return marks.blame_words(correction.blame_target) or "blames nobody"
