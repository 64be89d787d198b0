"""Whether the customer has sent what we might ask for: a photo, a receipt (GUIDANCE 3, limit e)."""

from __future__ import annotations

import re

from cxdesk.model import Role, Thread

_PROOF = r"(?:photos?|pictures?|pics?|images?|screenshots?|videos?|receipts?|invoices?|scans?)"
_SENT = re.compile(
    rf"\b{_PROOF}(?: \w+){{0,4}} (?:attached|enclosed)\b|\b{_PROOF} (?:is |are )?below\W*$"
    rf"|\b(?:attached|attaching|enclosed|enclosing|i sent)\b[^.!?\n]{{0,40}}\b{_PROOF}\b"
    r"|\b(?:here(?:'s| is| are)|see) (?:the|a|an|my|two|three|some|both|attached)\b"
    rf"[^.!?\n]{{0,20}}\b{_PROOF}\b",
    re.IGNORECASE,
)
_NOT_SENT = re.compile(
    r"\b(?:no|not|without|can't|cannot|couldn't|didn't|should i|shall i|do you (?:need|want)"
    r"|will|can)\b",
    re.IGNORECASE,
)


def has_sent_evidence(thread: Thread) -> bool:
    """True when they attached a file, or say that a photo or receipt is there."""
    theirs = [message for message in thread.messages if message.role is Role.CUSTOMER]
    return any(message.attachments or _says_so(message.text) for message in theirs)


def _says_so(text: str) -> bool:
    return any(
        _SENT.search(sentence) and not _NOT_SENT.search(sentence)
        for sentence in re.split(r"(?<=[.!?])\s+|\n", text)
    )
