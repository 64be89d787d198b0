"""What customers are called where they are shown, also those who left no name."""

from __future__ import annotations

from cxdesk.model import Customer

NOBODY = "Unknown customer"


def full_name(customer: Customer) -> str:
    """The name, else the address, else that neither is known."""
    return customer.name.strip() or customer.address or NOBODY


def first_name(customer: Customer) -> str:
    """What "Reply to …" goes on with: the first name, else the address, else "the customer"."""
    words = customer.name.split()
    return words[0] if words else customer.address or "the customer"
