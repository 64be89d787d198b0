"""The rubric of GUIDANCE 5, its worked values first."""

from __future__ import annotations

import pytest

from cxdesk.model import Fault, Level, Phase, ReviewRequest
from cxdesk.nlp.review import Reviewer
from cxdesk.nlp.review.score import CAPS, POINTS, Case, score

WORKED = [
    (
        "I can see both charges of $49. The second is our error and I'm sorry. I've refunded it;"
        " your bank shows it by tomorrow 9 am.",
        "ack_specific apology_full ownership_i action time_given",
        100,
    ),
    (
        "Sorry about the second charge of $49, that's our error. I've refunded it.",
        "ack_specific apology_full ownership_i action",
        92,
    ),
    ("That must be annoying. I'll look into the double charge.", "empathy_named ownership_i", 38),
    (
        "We apologize for any inconvenience. Your request will be processed.",
        "non_apology canned missing_next_step passive_evasion",
        5,
    ),
    (
        "I'm sorry for the double charge, our error, refunded by me today. You should have told us"
        " sooner.",
        "ack_specific apology_full ownership_i action time_given blame_customer",
        30,
    ),
]


def _first_reply(text: str) -> ReviewRequest:
    return ReviewRequest(
        text,
        fault=Fault.COMPANY,
        level=Level.FRUSTRATED,
        customer_text="You charged me twice, $49 each. Please sort this out.",
    )


@pytest.mark.parametrize(("reply", "codes", "points"), WORKED)
def test_the_worked_values_of_the_guidance(
    reviewer: Reviewer, reply: str, codes: str, points: int
) -> None:
    review = reviewer.review(_first_reply(reply))

    shown = {each.code for each in (*review.good, *review.findings)} - {"short"}
    assert shown == set(codes.split())
    assert review.score == points


def test_every_phase_shares_out_a_hundred_points() -> None:
    assert {sum(points.values()) for points in POINTS.values()} == {100}


def test_parts_show_the_words_that_earned_them(reviewer: Reviewer) -> None:
    review = reviewer.review(_first_reply(WORKED[0][0]))

    parts = {each.code: each for each in review.parts}
    assert "by tomorrow" in parts["N"].words
    assert "$49" in parts["L"].words
    assert sum(each.possible for each in review.parts) == 100


def test_the_advice_names_the_change_that_gains_most(reviewer: Reviewer) -> None:
    assert reviewer.review(_first_reply(WORKED[1][0])).advice == "add a time: +8"
    assert reviewer.review(_first_reply(WORKED[4][0])).advice == "take out the blame: +70"
    assert reviewer.review(_first_reply(WORKED[0][0])).advice == ""


@pytest.mark.parametrize("code", sorted(CAPS))
def test_a_cap_holds_whatever_else_is_good(code: str) -> None:
    good = ("ack_specific", "apology_full", "ownership_i", "action", "time_given", "thanks")

    for phase in Phase:
        assert score([code], good, Case(phase, Level.ANGRY), {}).total <= CAPS[code]


def test_an_apology_is_due_once_and_only_for_our_fault() -> None:
    ours = ReviewRequest("", fault=Fault.COMPANY)
    again = ReviewRequest("", fault=Fault.COMPANY, prior_apologies=1)
    theirs = ReviewRequest("", fault=Fault.CUSTOMER)

    assert [Case.of(each).apology_due for each in (ours, again, theirs)] == [True, False, False]


def test_a_simple_answer_to_a_calm_customer_needs_no_ownership() -> None:
    calm, cross = Case(level=Level.CALM), Case(level=Level.FRUSTRATED)

    def owned(case: Case) -> float:
        return next(each.points for each in score([], [], case, {}).parts if each.code == "O")

    assert (owned(calm), owned(cross)) == (15, 0)
