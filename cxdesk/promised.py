"""What our replies promise: found in their words, and said again when its time comes."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from cxdesk.errors import without_words
from cxdesk.model import FoundPromise, Hours, Promise, PromiseState

log = logging.getLogger(__name__)


def found_in(text: str, now: datetime, hours: Hours) -> tuple[FoundPromise, ...]:
    """The promises in a reply written now, due in this computer's time zone."""
    # loaded with the first reply, not with the window
    from cxdesk.nlp.promises import find_promises

    found = find_promises(text, now.astimezone(), hours)
    return tuple(replace(each, due=each.due and _local(each.due)) for each in found)


def found_in_sent(text: str, now: datetime, hours: Hours) -> tuple[FoundPromise, ...]:
    """As `found_in`, but it never fails: a reply that went out must not seem not to have."""
    try:
        return found_in(text, now, hours)
    except Exception as error:  # our bug, but of a proposal only
        log.error("no promises found in a reply: %s", without_words(error))
        return ()


def why_back(promises: Iterable[Promise], reason: str, now: datetime, lead: timedelta) -> str:
    """Why a conversation is back in the list, or will be: the next promise to keep, or the reason
    that the agent gave for laying it aside, while that promise is not due within `lead` yet."""
    dated = [(each.due, each) for each in promises if each.state is PromiseState.OPEN and each.due]
    if not dated:
        return reason
    due, promise = min(dated, key=lambda pair: pair[0])
    if reason and due > now + lead:
        return reason
    return f"You promised by {_time(due, now)}: “{promise.text}”"


def _local(due: datetime) -> datetime:
    """The same time of day as clocks here will show it: until then they may have been changed, and
    a zone read off the clock knows its present offset only."""
    return due.replace(tzinfo=None).astimezone()


def _time(moment: datetime, now: datetime) -> str:
    """15:00, with the day where it is not today's."""
    here = moment.astimezone()
    if here.date() == now.astimezone().date():
        return f"{here:%H:%M}"
    return f"{here:%a} {here.day} {here:%b %H:%M}"
