"""Who is the customer in mail between strangers, where only the thread can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.model import Role


@dataclass(frozen=True, slots=True)
class Heard:
    """A mail as far as roles go. `role` is None where the channel did not know."""

    address: str
    recipients: tuple[str, ...]
    role: Role | None = None


def customer_of(mails: Sequence[Heard]) -> Heard | None:
    """The first mail, in time order, that is a customer's: its sender is the customer."""
    return next((mail for mail in mails if mail.role in (None, Role.CUSTOMER)), None)


def cast(mails: Sequence[Heard], customer_address: str) -> list[Role]:
    """A role for each mail of a thread, in time order.

    The customer's own address is the customer's; whoever was written to before answers as agent;
    anybody else who writes is a customer too.
    """
    written_to: set[str] = set()
    roles = []
    for mail in mails:
        roles.append(mail.role or _infer(mail.address, customer_address, written_to))
        written_to.update(mail.recipients)
    return roles


def _infer(sender: str, customer_address: str, written_to: set[str]) -> Role:
    if sender and sender != customer_address and sender in written_to:
        return Role.AGENT
    return Role.CUSTOMER
