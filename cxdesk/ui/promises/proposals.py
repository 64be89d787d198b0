"""The promises found in a sent reply, proposed one after the other: never silent, never modal."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from cxdesk.desk import Sent
from cxdesk.model import FoundPromise, Message
from cxdesk.ui.promises import words
from cxdesk.ui.promises.deeds import PromiseDeeds
from cxdesk.ui.promises.toast import ProposalToast
from cxdesk.ui.sidebar.fact import shortened

_TITLE = 36  # characters of a promise in a title of one line
_SOFT = "Said with care, and heard as a promise all the same."


@dataclass(frozen=True, slots=True)
class Proposal:
    """One promise found in a reply, and its place among those of that reply."""

    message: Message
    customer: str
    found: FoundPromise
    number: int
    of: int


class Proposals(QObject):
    """Asks about one at a time; what nobody decides is not kept. `changed` after each step."""

    changed = Signal()

    def __init__(self, deeds: PromiseDeeds, toast: ProposalToast) -> None:
        super().__init__(toast)
        self._deeds, self._toast = deeds, toast
        self._waiting: deque[Proposal] = deque()
        toast.keep.clicked.connect(self.keep)
        toast.time.clicked.connect(self.ask_time)
        toast.drop.clicked.connect(self.drop)

    @property
    def current(self) -> Proposal | None:
        return self._waiting[0] if self._waiting else None

    def offer(self, sent: Sent, customer: str) -> None:
        """Propose what a reply promises; those of an earlier reply are asked about first."""
        was = self.current
        of = len(sent.promises)
        self._waiting.extend(
            Proposal(sent.message, customer, found, number, of)
            for number, found in enumerate(sent.promises, start=1)
        )
        if self.current != was:
            self._show()

    def take_back(self, message: Message) -> None:
        """A reply did not go out after all: nothing of it is proposed."""
        was = self.current
        self._waiting = deque(each for each in self._waiting if each.message.id != message.id)
        if self.current != was:
            self._show()

    def keep(self) -> None:
        """Keep the one shown, due as it was found."""
        if (here := self.current) is not None:
            self._keep(here, here.found)

    def ask_time(self) -> None:
        """Keep the one shown with another time, chosen or written."""
        if (here := self.current) is not None:
            title = f"When is “{shortened(_line(here.found.text), _TITLE)}” due?"
            self._deeds.ask_time(title, lambda due: self._keep(here, replace(here.found, due=due)))

    def drop(self) -> None:
        """It is no promise."""
        if self.current is not None:
            self._waiting.popleft()
            self._show()

    def _keep(self, proposal: Proposal, found: FoundPromise) -> None:
        if self.current is not proposal:  # taken back while its time was being chosen
            return
        self._waiting.popleft()
        self._show()
        self._deeds.keep(proposal.message, found)

    def _show(self) -> None:
        here = self.current
        if here is None:
            self._toast.leave()
        else:
            due = here.found.due
            asked = f"{words.moment(due)}, remind me?" if due else "No time said. Keep it open?"
            self._toast.say(
                f"Promise to {here.customer}",
                asked,
                f"“{_line(here.found.text)}”",
                remark=_SOFT if here.found.is_soft else "",
                count=f"{here.number} of {here.of}" if here.of > 1 else "",
            )
        self.changed.emit()


def _line(text: str) -> str:
    return " ".join(text.split())
