"""The demo: written conversations told relative to now, and customers who answer your replies."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cxdesk import paths, yaml_files
from cxdesk.desk import Desk
from cxdesk.errors import UserError
from cxdesk.model import Draft, Incoming, Role, State
from cxdesk.paths import Profile

AGENT = "Robin"
COMPANY = "Lumen"
SOURCE = "demo"
OUR_ADDRESS = "help@lumen.example"

# What a reply must do for the customer to answer its better line (GUIDANCE 5: ownership and
# solution weigh most once the problem is on the table).
HELPFUL = frozenset({"ownership_i", "action", "options", "alternative", "check_solved"})
HARMFUL = frozenset({"blame_customer", "invalidation", "doubt", "argue", "deflection"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a customer writes next: after a reply that helps, or after one that does not."""

    good: str
    poor: str


@contextlib.contextmanager
def profile(kept: Path | None = None) -> Iterator[Profile]:
    """A throw-away profile, gone at the end, or one that is kept in a folder.

    Raises UserError when that folder holds a desk already: its mail and the demo's would mix.
    """
    if kept is not None:
        made = Profile(kept)
        if made.database.exists():
            raise UserError(f"{kept} holds a desk already; choose a new folder for the demo")
        yield made
        return
    with tempfile.TemporaryDirectory(prefix="cxdesk-demo-", ignore_cleanup_errors=True) as folder:
        yield Profile(Path(folder))


def fill(desk: Desk) -> dict[int, Answer]:
    """Put the demo's conversations on a desk. Returns how each customer would answer."""
    now = desk.now()
    desk.choose(
        replace(desk.settings, agent_name=AGENT, company=COMPANY, own_addresses=(OUR_ADDRESS,))
    )
    answers: dict[int, Answer] = {}
    for record in sorted(records(), key=lambda each: _first_ago(each), reverse=True):
        found = desk.take_in(list(_messages(record, now))).conversations
        conversation = next(iter(found))
        _arrange(desk, conversation, record, now)
        if "then" in record:
            answers[conversation] = Answer(record["then"]["good"], record["then"]["poor"])
    return answers


def records() -> list[dict[str, Any]]:
    folder = paths.resources() / "demo"
    return [each for path in sorted(folder.glob("*.yaml")) for each in yaml_files.load(path)]


def answer_to(desk: Desk, conversation_id: int, answer: Answer, codes: frozenset[str]) -> Incoming:
    """The customer's next message, chosen by what the reply did."""
    thread = desk.store.thread(conversation_id)
    helped = codes & HELPFUL and not codes & HARMFUL
    last = next(m for m in reversed(thread.messages) if m.role is Role.CUSTOMER)
    key = last.external_id.rsplit("#", 1)[0]
    now = desk.now()
    return Incoming(
        source=SOURCE,
        external_id=f"{key}#{now.timestamp():.3f}",
        thread_keys=(key,),
        role=Role.CUSTOMER,
        author_name=thread.customer.name,
        author_address=thread.customer.address,
        recipients=(OUR_ADDRESS,),
        text=answer.good if helped else answer.poor,
        sent_at=now,
        channel=thread.channel,
    )


def ago(text: str) -> timedelta:
    """`2d 15h 20m` as a length of time."""
    units = {"d": "days", "h": "hours", "m": "minutes"}
    found = re.findall(r"(\d+)([dhm])", text)
    return timedelta(**{units[unit]: int(number) for number, unit in found})


def _first_ago(record: Mapping[str, Any]) -> timedelta:
    return ago(record["messages"][0]["ago"])


def _messages(record: Mapping[str, Any], now: datetime) -> Iterator[Incoming]:
    customer = record["customer"]
    for number, each in enumerate(record["messages"]):
        theirs = each["role"] == "customer"
        by = AGENT if each.get("by") == "me" else each.get("by", "")
        yield Incoming(
            source=SOURCE,
            external_id=f"{record['id']}#{number}",
            thread_keys=(record["id"],),
            role=Role(each["role"]),
            author_name=customer["name"] if theirs else by,
            author_address=customer["address"] if theirs else OUR_ADDRESS,
            recipients=(OUR_ADDRESS,) if theirs else (customer["address"],),
            text=each["text"],
            sent_at=now - ago(each["ago"]),
            channel=record["channel"],
            subject=record.get("subject", ""),
            quoted=each.get("quoted", ""),
            automated=each.get("automated", ""),
            customer_name=customer["name"],
            customer_address=customer["address"],
        )


def _arrange(desk: Desk, conversation: int, record: Mapping[str, Any], now: datetime) -> None:
    if record.get("mine"):
        desk.assign_to_me(conversation, True)
    if "state" in record:
        desk.set_state(conversation, State(record["state"]))
    if "snooze" in record:
        desk.snooze(conversation, now + ago(record["snooze"]))
    if "draft" in record:
        text = record["draft"]
        desk.keep_draft(Draft(conversation, text, cursor=len(text)))
