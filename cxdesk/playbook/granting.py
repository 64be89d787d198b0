"""How much a draft may grant: by the plays in it, else by the company's word (FEATURES C10)."""

from __future__ import annotations

from collections.abc import Iterable

from cxdesk.playbook.play import Playbook


def most_granted(book: Playbook, plays: Iterable[str]) -> float | None:
    """The amount up to which a draft with these plays may grant something; None: no limit known.

    A play's own limit goes before the company's. Of several plays the most generous counts: which
    of them a sentence belongs to is not known, and Send is held only where none allows it.
    """
    used = (book.by_id[play].limit.amount for play in plays if play in book.by_id)
    amounts = [amount for amount in used if amount is not None]
    return max(amounts, default=book.authority.amount)
