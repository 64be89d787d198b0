"""When a conversation counts as being with the lead."""

from __future__ import annotations

from datetime import UTC, datetime

from cxdesk.model import (
    HANDED_OVER,
    Customer,
    Level,
    Message,
    Mood,
    Role,
    State,
    Thread,
    Trend,
)
from cxdesk.ui.handing_over import is_with_lead

NOW = datetime(2026, 3, 12, 9, 12, tzinfo=UTC)
ASKS = Message(1, 1, Role.CUSTOMER, "Maria", "Who decides?", NOW)
HANDED = Message(2, 1, Role.NOTE, "Robin", f"{HANDED_OVER}: they want somebody who decides", NOW)
RANG = Message(3, 1, Role.NOTE, "Robin", "Lead rang, deals with it at 4.", NOW)
AGAIN = Message(4, 1, Role.CUSTOMER, "Maria", "And?", NOW)


def thread(*messages: Message, state: State = State.SNOOZED) -> Thread:
    maria = Customer(1, "Maria")
    return Thread(1, "Parcel", "email", state, maria, messages, Mood(Level.CALM, Trend.STEADY))


def test_it_is_with_the_lead_while_it_sleeps_on_the_note() -> None:
    assert is_with_lead(thread(ASKS, HANDED))
    assert not is_with_lead(thread(ASKS, HANDED, state=State.OPEN))


def test_a_later_note_does_not_take_it_back() -> None:
    assert is_with_lead(thread(ASKS, HANDED, RANG))


def test_the_customers_next_word_takes_it_back() -> None:
    assert not is_with_lead(thread(ASKS, HANDED, AGAIN))
