"""What an agent has put aside is neither marked nor counted; what still holds the score says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.model import Fault, Level, Moment, Phase, Review, ReviewRequest, Trend
from cxdesk.nlp.review import Reviewer
from cxdesk.overruling import Reviewed, choices, reviewed, sentence_of
from cxdesk.store import Dismissal

MOMENT = Moment(Phase.OPENING, Level.FRUSTRATED, Trend.STEADY, Fault.COMPANY, "email")
BLAMING = "You should have read the terms."
GOOD = (
    "I'm sorry we sent the wrong lamp, Maria. I've ordered the right one and will write to you"
    " by 4 pm."
)


@pytest.fixture(scope="module")
def reviewer() -> Reviewer:
    """The rules alone."""
    return Reviewer()


def review_of(reviewer: Reviewer, text: str) -> Review:
    return reviewer.review(
        ReviewRequest(
            text, level=MOMENT.level, fault=MOMENT.fault, customer_text="You sent the wrong lamp."
        )
    )


def seen(reviewer: Reviewer, text: str, *dismissals: Dismissal) -> Reviewed:
    return reviewed(review_of(reviewer, text), dismissals, text, MOMENT)


def test_without_dismissals_the_review_stays_as_it_was(reviewer: Reviewer) -> None:
    review = review_of(reviewer, f"{GOOD} {BLAMING}")

    found = reviewed(review, (), f"{GOOD} {BLAMING}", MOMENT)

    assert found.counted == review
    assert found.put_aside == ()


def test_what_holds_the_score_down_is_named(reviewer: Reviewer) -> None:
    found = seen(reviewer, f"{GOOD} {BLAMING}")

    assert found.cap is not None
    assert found.cap.most == found.counted.score == 30
    assert found.cap.finding.code == "blame_customer"


def test_what_is_put_aside_costs_nothing_any_more(reviewer: Reviewer) -> None:
    text = f"{GOOD} {BLAMING}"
    (blame,) = (f for f in review_of(reviewer, text).findings if f.code == "blame_customer")

    found = seen(reviewer, text, Dismissal(blame.rule, "me"))

    assert found.put_aside == (blame,)
    assert found.cap is None
    assert found.counted.score == review_of(reviewer, GOOD).score


def test_one_sentence_is_put_aside_wherever_it_stands(reviewer: Reviewer) -> None:
    first = f"{BLAMING} {GOOD}"
    (blame,) = (f for f in review_of(reviewer, first).findings if f.code == "blame_customer")
    aside = Dismissal(blame.rule, "sentence", sentence_of(blame, first))

    here = seen(reviewer, f"{GOOD}\n\n{BLAMING}", aside)
    another = seen(reviewer, f"{GOOD} You should have read the mail.", aside)

    assert "blame_customer" not in {each.code for each in here.marked.findings}
    assert "blame_customer" in {each.code for each in another.marked.findings}


def test_what_a_tick_says_is_counted_and_not_underlined(reviewer: Reviewer) -> None:
    found = seen(reviewer, "Mistakes were made.")

    assert "missing_next_step" in {each.code for each in found.counted.findings}
    assert "missing_next_step" not in {each.code for each in found.marked.findings}


def test_what_was_done_about_blame_is_told_of_each_words(reviewer: Reviewer) -> None:
    text = "You should have read the terms. You failed to reply. Please calm down."
    first, second = (f for f in review_of(reviewer, text).findings if f.code == "blame_customer")
    held = [(first.rule, first.text), (second.rule, second.text), ("gone", "your own fault")]

    made = choices(held, seen(reviewer, text, Dismissal(second.rule, "conversation")))

    assert [(each.words, each.choice) for each in made] == [
        (first.text, "sent"),
        (second.text, "put aside"),
        ("your own fault", "mended"),
    ]


@given(text=st.sampled_from([GOOD, BLAMING, f"{GOOD} {BLAMING} Please calm down."]), data=st.data())
def test_putting_aside_never_takes_points(
    reviewer: Reviewer, text: str, data: st.DataObject
) -> None:
    review = review_of(reviewer, text)
    rules = sorted({each.rule for each in review.findings})
    chosen = data.draw(st.sets(st.sampled_from(rules))) if rules else set()

    found = reviewed(review, [Dismissal(each, "me") for each in chosen], text, MOMENT)

    assert found.counted.score >= review.score
    assert found.counted.findings == tuple(f for f in review.findings if f.rule not in chosen)
