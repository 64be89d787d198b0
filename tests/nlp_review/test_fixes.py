"""Fixes are real rewrites of the sentence, and never make a draft worse."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.model import Fault, Finding, Level, ReviewRequest
from cxdesk.nlp.review import Reviewer
from cxdesk.nlp.review.fixes import read_rewrites
from cxdesk.nlp.review.rulebook import read_rulebook
from cxdesk.nlp.review.verbs import bare

REWRITES, _ = read_rewrites()
EXAMPLES = [
    pytest.param(code, before, after, id=before)
    for code, rewrites in REWRITES.items()
    for rewrite in rewrites
    for before, after in rewrite.examples
]
SENTENCES = sorted(
    {
        example.request.text
        for guide in read_rulebook().guides.values()
        for example in (*guide.flag, *guide.leave)
        if len(example.request.text) < 200
    }
)
JOINS = st.sampled_from([" ", "\n", "\n\n", " - ", ", and ", '" ', "  ", "… "])


@pytest.mark.parametrize(
    ("participle", "form"),
    (("noted", "note"), ("filed", "file"), ("processed", "process"), ("handled", "handle")),
)
def test_a_participle_leads_back_to_its_verb(participle: str, form: str) -> None:
    assert bare(participle) == form


def _applied(text: str, finding: Finding, fix: str) -> str:
    return text[: finding.replace_start] + fix + text[finding.replace_end :]


def _request(text: str) -> ReviewRequest:
    return ReviewRequest(
        text, fault=Fault.COMPANY, level=Level.FRUSTRATED, customer_text="Where is my order?"
    )


def _finding(reviewer: Reviewer, text: str, code: str = "blame_customer") -> Finding:
    found = reviewer.review(_request(text)).findings
    return next(each for each in found if each.code == code)


@pytest.mark.parametrize(("code", "before", "after"), EXAMPLES)
def test_a_rewrite_does_what_its_example_says(
    picky_reviewer: Reviewer, code: str, before: str, after: str
) -> None:
    found = [each for each in picky_reviewer.review(_request(before)).findings if each.code == code]

    assert after in {_applied(before, each, fix) for each in found for fix in each.fixes}


def test_a_sentence_can_always_be_taken_out_last(reviewer: Reviewer) -> None:
    finding = _finding(reviewer, "I see. You should have read the terms. It's open till 6.")

    assert finding.fixes[-1] == ""
    assert len(finding.fixes) <= 5


def test_taking_a_sentence_out_leaves_no_double_space(reviewer: Reviewer) -> None:
    text = "I can see the order. You should have told us sooner. It leaves at 4."

    assert _applied(text, _finding(reviewer, text), "") == "I can see the order. It leaves at 4."


def test_the_last_sentence_takes_its_space_along(reviewer: Reviewer) -> None:
    text = "I've refunded it. You should have told us sooner."

    assert _applied(text, _finding(reviewer, text), "") == "I've refunded it."


def test_what_is_good_in_the_sentence_stays(reviewer: Reviewer) -> None:
    text = "I've refunded the second charge, but you should have told us sooner."

    assert _applied(text, _finding(reviewer, text), "") == "I've refunded the second charge."


def test_the_greeting_stays_in_front_of_a_rewrite(reviewer: Reviewer) -> None:
    text = "Hi Ana, you forgot to attach the photo."
    finding = _finding(reviewer, text)

    assert "Hi Ana, the photo didn't come through." in {
        _applied(text, finding, each) for each in finding.fixes
    }


def test_a_whole_sentence_is_rewritten_behind_its_greeting(reviewer: Reviewer) -> None:
    text = "Hi Maria, you should have read the terms. It's open till 6."
    finding = _finding(reviewer, text)

    assert _applied(text, finding, finding.fixes[0]) == (
        "Hi Maria, the terms should have said so more clearly. It's open till 6."
    )


def test_a_rewrite_that_would_lose_a_number_is_not_offered(reviewer: Reviewer) -> None:
    finding = _finding(reviewer, "You should have read the terms on page 14.")

    assert finding.fixes == ("",)


def test_a_rewrite_that_would_lose_a_name_is_not_offered(reviewer: Reviewer) -> None:
    finding = _finding(reviewer, "You should have read the terms that Priya sent.")

    assert finding.fixes == ("",)


def test_a_fix_of_something_else_does_not_leave_blame_standing(reviewer: Reviewer) -> None:
    text = "Sorry you feel that way but you should have read the terms."
    finding = _finding(reviewer, text, "non_apology")

    for fix in finding.fixes:
        codes = {
            each.code for each in reviewer.review(_request(_applied(text, finding, fix))).findings
        }
        assert "blame_customer" not in codes


@given(st.lists(st.tuples(st.sampled_from(SENTENCES), JOINS), min_size=1, max_size=5))
@settings(max_examples=120, deadline=None)
def test_applying_a_fix_never_adds_a_finding_of_its_code(
    reviewer: Reviewer, pieces: list[tuple[str, str]]
) -> None:
    text = "".join(sentence + join for sentence, join in pieces)
    review = reviewer.review(_request(text))
    before = Counter(each.code for each in review.findings)

    for finding in review.findings:
        for fix in finding.fixes:
            after = reviewer.review(_request(_applied(text, finding, fix))).findings
            found = sum(each.code == finding.code for each in after)
            assert found <= before[finding.code], (finding, fix)
