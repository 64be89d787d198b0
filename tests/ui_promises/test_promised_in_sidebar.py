"""The sidebar lists what is promised in the conversation that is open."""

from __future__ import annotations

from datetime import datetime, timedelta

from cxdesk.model import PromiseState
from cxdesk.ui.sidebar import words

NOON = datetime(2026, 11, 20, 12, 0).astimezone()  # when the clock of the tests stands still
HOUR = timedelta(hours=1)


def promised(desk) -> list[str]:
    view = desk.view(1)
    facts = words.facts(view.thread, view.moment, NOON)
    return [line for fact in facts if fact.label == "Promised" for line in fact.words.split("\n")]


def test_open_promises_stand_there_with_their_time(desk, hand):
    hand.promise("I'll ring the depot", NOON - HOUR)
    hand.promise("I'll write on Monday", NOON + 77 * HOUR)
    hand.promise("I'll call once it is here", None)

    assert promised(desk) == [
        "“I'll ring the depot”, late, was due 11:00",
        "“I'll write on Monday”, due Mon 17:00",
        "“I'll call once it is here”, no time said",
    ]


def test_a_kept_promise_stands_there_no_more(desk, hand):
    kept = hand.promise("I'll ring the depot", NOON - HOUR)

    desk.settle_promise(kept.id, PromiseState.KEPT)

    assert promised(desk) == ["nothing open"]
