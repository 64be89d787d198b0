"""Limits and the past of plays at the desk: a real store, the real playbook, the real review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cxdesk.desk import Desk, View
from cxdesk.errors import UserError
from cxdesk.model import Draft, Fault, Incoming, PlayUse, Review, Role
from cxdesk.nlp.engine import Engine
from cxdesk.paths import Profile

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FIXED = "Works again now, but I lost two days because of you and I'm disappointed."


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The language engine, loaded once."""
    return Engine()


@pytest.fixture
def desk(tmp_path: Path, engine: Engine) -> Iterator[Desk]:
    """An empty desk whose clock stands at noon."""
    opened = Desk.open(Profile(tmp_path / "profile"), lambda: NOON)
    opened.engine = engine
    yield opened
    opened.close()


def opened(desk: Desk, text: str, number: int) -> View:
    """A conversation of Maria's, stored, understood and opened; each number is another one."""
    mail = Incoming(
        source="mail",
        external_id=f"<{number}@example.com>",
        thread_keys=(f"<{number}@example.com>",),
        role=Role.CUSTOMER,
        author_name="Maria Lopez",
        author_address="maria@example.com",
        recipients=("help@shop.example",),
        text=text,
        sent_at=NOON - timedelta(hours=9 - number),
        channel="email",
    )
    (conversation,) = desk.take_in([mail]).conversations
    while desk.analyse_pending().conversations:
        pass
    return desk.view(conversation)


def reviewed(desk: Desk, view: View, text: str, *plays: str) -> Review:
    draft = Draft(view.thread.id, text, plays=plays)
    return desk.engine.review(desk.review_request(view.thread, view.moment, draft))


def test_a_gift_above_the_limit_of_its_play_holds_send(desk: Desk) -> None:
    view = opened(desk, FIXED, 1)
    text = "It's fixed. I've put a $30 voucher on your account, no strings attached."

    above = reviewed(desk, view, text, "xm-goodwill")
    within = reviewed(desk, view, text.replace("30", "20"), "xm-goodwill")

    assert [each.code for each in above.blocks] == ["over_authority"]
    assert "limit of 20" in above.blocks[0].message
    assert within.blocks == ()
    with pytest.raises(UserError, match="ask for approval"):
        desk.send(view.thread, Draft(view.thread.id, text, plays=("xm-goodwill",)), above)


def test_without_a_play_the_companys_limit_holds(desk: Desk) -> None:
    view = opened(desk, FIXED, 1)

    above = reviewed(desk, view, "I've added a $60 credit to your account for the trouble.")
    within = reviewed(desk, view, "I've added a $45 credit to your account for the trouble.")
    refund = reviewed(desk, view, "I've refunded the $90 you were charged twice.")

    assert [each.code for each in above.blocks] == ["over_authority"]
    assert within.blocks == refund.blocks == ()


def test_what_was_granted_in_one_conversation_is_held_back_in_the_next(desk: Desk) -> None:
    first = opened(desk, FIXED, 1)
    desk.send(first.thread, Draft(first.thread.id, "Done.", plays=("xm-goodwill",)), Review())
    desk.set_fault(first.thread.id, Fault.COMPANY)

    again = opened(desk, FIXED, 2)
    desk.set_fault(again.thread.id, Fault.COMPANY)
    guidance = desk.view(again.thread.id).guidance

    assert again.moment.past.uses == (PlayUse("xm-goodwill", first.thread.id, NOON),)
    assert "xm-goodwill" not in [one.play for one in guidance.suggestions]


def test_a_conversations_own_plays_are_no_past_of_it(desk: Desk) -> None:
    view = opened(desk, FIXED, 1)
    desk.send(view.thread, Draft(view.thread.id, "Done.", plays=("apo-full",)), Review())

    moment = desk.view(view.thread.id).moment

    assert moment.said_plays == ("apo-full",)
    assert moment.past.uses == ()
    assert moment.past.today == NOON.date()


def test_a_draft_is_read_beside_all_that_was_written_before(desk: Desk) -> None:
    first = opened(desk, "My order number is PX-48213. The kettle leaks.", 1)
    said = "I am sorry to hear that your kettle leaks. Let me see."
    desk.send(first.thread, Draft(first.thread.id, said), Review())
    view = desk.view(first.thread.id)

    review = reviewed(desk, view, f"{said} Could you send me your order number?")

    found = {each.code: each.text for each in review.findings}
    assert found["asked_again"] == "Could you send me your order number?"
    assert found["said_before"] == "I am sorry to hear that your kettle leaks"


def test_somebody_in_danger_gets_the_procedure_at_the_desk(desk: Desk) -> None:
    view = opened(desk, "You closed my account. I don't want to live any more.", 1)

    assert view.guidance.row == "S0"
    assert view.guidance.procedure is not None
    assert view.guidance.suggestions == ()
    assert "live" in view.guidance.procedure.because[0]


def test_the_company_may_leave_its_limit_open(desk: Desk) -> None:
    view = opened(desk, FIXED, 1)
    desk.book = replace(desk.book, authority=replace(desk.book.authority, amount=None))

    review = reviewed(desk, view, "I've added a $600 credit to your account for the trouble.")

    assert review.blocks == ()
