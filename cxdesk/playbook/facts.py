"""What a conversation already says for the slots of a play, each with where it was read.

A value is taken only where the words leave no doubt; else the slot stays open for the agent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from cxdesk.model import Filled, Message, Role, Thread
from cxdesk.playbook import figures, things, wishes
from cxdesk.playbook.names import signed_name, spoken_name
from cxdesk.playbook.phrases import LONGEST, straight

Finder = Callable[[str], tuple[str, str]]
"""Finds a slot's value in a message, and the words it was read from; ("", "") for none."""

FINDERS: dict[str, Finder] = {
    "order_ref": figures.order_ref,
    "case_ref": figures.case_ref,
    "waiting_time": figures.waiting_time,
    "count": figures.count,
    "promise": wishes.promise,
    "request": wishes.request,
    "issue": things.issue,
    "impact": things.impact,
    "occasion": things.occasion,
    "item": things.item,
    "partner": things.partner,
}


def known_facts(
    thread: Thread, *, now: datetime, agent_name: str = "", company: str = ""
) -> dict[str, Filled]:
    """Slot values that the conversation and the settings give, by slot, each with its origin."""
    facts = [*_own(agent_name, company), *_name(thread, now), *_from_words(thread, now)]
    found = {fact.name: fact for fact in reversed(facts)}
    if "waiting_time" not in found and (wait := _since_first_word(thread, now)):
        found["waiting_time"] = wait
    return found


def _own(agent_name: str, company: str) -> Iterator[Filled]:
    if agent_name:
        yield Filled("agent_name", agent_name, "your name in the settings")
    if company:
        yield Filled("company", company, "the company in the settings")


def _name(thread: Thread, now: datetime) -> Iterator[Filled]:
    """The name as signed, newest first; else as the customer is known."""
    ours = {spoken_name(each.author) for each in thread.messages if each.role is Role.AGENT}
    for message in _of_customer(thread):
        name = signed_name(message.text, message.signature, thread.customer.name)
        if name and name not in ours:  # "Thanks! Robin" thanks the agent
            yield Filled("customer_name", name, f"signed “{name}” in {message_of(message, now)}")
    if name := spoken_name(thread.customer.name):
        yield Filled("customer_name", name, f"known as “{thread.customer.name}”")


def _from_words(thread: Thread, now: datetime) -> Iterator[Filled]:
    """What the customer's own words say, newest first: the latest word counts."""
    messages = _of_customer(thread)
    for message in messages:
        text = straight(message.text[:LONGEST])
        for slot, finder in FINDERS.items():
            value, words = finder(text)
            if value:
                yield Filled(slot, value, _origin(value, words, message, now))
    yield from _amount(messages, now)


def _amount(messages: list[Message], now: datetime) -> Iterator[Filled]:
    """The only sum of the conversation: with two amounts only the agent knows which is meant."""
    named = [(each, figures.amounts(straight(each.text[:LONGEST]))) for each in messages]
    if len({sum_ for _, sums in named for sum_ in sums}) == 1:
        message, sums = next(one for one in named if one[1])
        words = next(iter(sums.values()))
        origin = f"the one amount they name, in {message_of(message, now)}"
        yield Filled("amount", words, origin)


def _of_customer(thread: Thread) -> list[Message]:
    return [message for message in reversed(thread.messages) if message.role is Role.CUSTOMER]


def _origin(value: str, words: str, message: Message, now: datetime) -> str:
    """Their words are repeated only where the value does not have them already."""
    source = f"from {message_of(message, now)}"
    return source if words.lower() in value.lower() else f"“{words}”, {source}"


def message_of(message: Message, now: datetime) -> str:
    """A message as people name it: "their message of 12 May, 10:24"; the year where it is old."""
    sent = message.sent_at.astimezone(now.tzinfo)
    year = f" {sent.year}" if sent.year != now.year else ""
    return f"their message of {sent.day} {sent:%b}{year}, {sent:%H:%M}"


def _since_first_word(thread: Thread, now: datetime) -> Filled | None:
    """How long they have waited since they first wrote, from one day on."""
    messages = _of_customer(thread)
    if not messages or now - messages[-1].sent_at < timedelta(days=1):
        return None
    first = messages[-1].sent_at.astimezone(now.tzinfo)
    origin = f"computed: first message {first.day} {first:%b}, today {now.day} {now:%b}"
    return Filled("waiting_time", _in_words((now - first).days), origin)


def _in_words(days: int) -> str:
    if days < 14:
        return _counted(days, "day")
    return _counted(days // 7, "week") if days < 60 else _counted(days // 30, "month")


def _counted(number: int, unit: str) -> str:
    word = figures.NUMBERS[number - 1] if number <= len(figures.NUMBERS) else str(number)
    return f"{word} {unit}" if number == 1 else f"{word} {unit}s"
