"""What an agent may grant with a play: an amount, once for each customer, with or without the lead.

Checked here and nowhere else (FEATURES C10): cards show the words, the review of a draft gets the
amount, and a play that is spent for a customer is held back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cxdesk.model import HeldBack, Moment
from cxdesk.playbook.fields import Fields

_FIELDS = frozenset({"grants", "amount", "currency", "percent", "once_per_customer", "needs_lead"})
AUTHORITY_FIELDS = frozenset({"amount", "currency"})
_AGAIN = "the lead agrees to a second time"


class Lead(StrEnum):
    """When the lead has to agree."""

    NEVER = "never"
    ABOVE = "above"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Limit:
    """The bounds of what is granted. `percent` is of the order; `grants` says what in words."""

    grants: str = ""
    amount: float | None = None
    currency: str = ""
    percent: int | None = None
    once_per_customer: bool = False
    needs_lead: Lead = Lead.NEVER

    @property
    def text(self) -> str:
        """For a card: "goodwill up to $20, once per customer, lead above"; "" for no limit."""
        parts = (
            self._granted(),
            "once per customer" if self.once_per_customer else "",
            {Lead.ALWAYS: "needs the lead", Lead.ABOVE: "lead above"}.get(self.needs_lead, ""),
        )
        return ", ".join(part for part in parts if part)

    def _granted(self) -> str:
        most = " or ".join(part for part in (self._money(), self._share()) if part)
        return f"{self.grants} up to {most}".strip() if most else self.grants

    def _money(self) -> str:
        """A sign stands before the number, a code after it: $20, 20 EUR."""
        if self.amount is None:
            return ""
        number = f"{self.amount:,.2f}".removesuffix(".00")
        return f"{number} {self.currency}" if self.currency.isalpha() else self.currency + number

    def _share(self) -> str:
        return "" if self.percent is None else f"{self.percent} % of the order"


def read_limit(fields: Fields) -> Limit:
    """The limit of a play; none when the field is missing."""
    fields.only(_FIELDS)
    leads = fields.chosen("needs_lead", [str(one) for one in Lead])
    return Limit(
        grants=fields.text("grants"),
        amount=fields.amount("amount"),
        currency=fields.text("currency"),
        percent=fields.number("percent"),
        once_per_customer=bool(fields.flag("once_per_customer", False)),
        needs_lead=Lead(next(iter(leads), Lead.NEVER)),
    )


def read_authority(fields: Fields) -> Limit:
    """What an agent may grant alone where no play says otherwise."""
    fields.only(AUTHORITY_FIELDS)
    return Limit(amount=fields.amount("amount"), currency=fields.text("currency"))


def faults_of(limit: Limit) -> Iterator[tuple[str, str]]:
    """What is wrong with a limit: the field, and what to do about it."""
    if limit.amount is not None and not limit.currency:
        yield "currency", "name the currency"
    if limit.percent is not None and not 1 <= limit.percent <= 100:
        yield "percent", "expected a number from 1 to 100"
    if limit.needs_lead is Lead.ABOVE and limit.amount is None and limit.percent is None:
        yield "needs_lead", "above what? name an amount or a percent"


def spent(play: str, need: str, limit: Limit, moment: Moment) -> HeldBack | None:
    """Why a play is not for this customer any more: granted once, and once is all."""
    if not limit.once_per_customer:
        return None
    if play in moment.said_plays or any(use.play == play for use in moment.past.uses):
        return HeldBack(need, "given to this customer before", _AGAIN, play)
    return None
