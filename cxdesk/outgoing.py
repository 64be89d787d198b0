"""Replies on their way out: held while they can be taken back, then in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cxdesk import channels
from cxdesk.settings import Settings
from cxdesk.store import ReplyHeaders

if TYPE_CHECKING:
    from cxdesk.channels.outbox import Outgoing


def addressed(headers: ReplyHeaders, chosen: Settings, text: str, now: datetime) -> Outgoing:
    """A reply as it goes out: from the address the customer wrote to, else from our first."""
    own = chosen.own_addresses
    return channels.outbox.Outgoing(
        to_name=headers.to_name,
        to_address=headers.to_address,
        from_name=chosen.agent_name,
        from_address=headers.our_address or (own[0] if own else ""),
        subject=headers.subject,
        text=text,
        in_reply_to=headers.in_reply_to,
        references=headers.references,
        sent_at=now,
    )


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail file that does not lie in the outbox yet."""

    path: Path
    message_id: str

    def release(self) -> None:
        """Put it into the outbox. Raises OSError."""
        self.path.replace(self.path.parent.parent / self.path.name)

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)


class Outbox:
    """The folder that replies go out from, with those that are held in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._held = folder / "held"

    def hold(self, reply: Outgoing) -> HeldMail:
        """Write a reply and keep it back. Raises UserError when it cannot be written."""
        return _held(channels.outbox.write(reply, self._held))

    def held(self) -> list[HeldMail]:
        """Those kept back, the oldest first."""
        return [_held(path) for path in sorted(self._held.glob("*.eml"))]


def _held(path: Path) -> HeldMail:
    return HeldMail(path, channels.outbox.message_id(path))
