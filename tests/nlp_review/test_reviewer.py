"""The whole review of a draft: context, coverage, explanations, odd texts, speed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.model import Coverage, Fault, Level, Phase, Review, ReviewRequest, Severity
from cxdesk.nlp.review import Reviewer

PASSIVE = "The wrong form was attached to your mail."
MIXED = (
    "you should have read the terms sorry but I've refunded $49 by Friday ? ! . , \n \" ’ “ ” 😡 "
    "Hi Ana {name} [date] as I said our policy - … e\u0301 \u200b ﷽"
)
WORDS = st.sampled_from(MIXED.split(" "))


def _codes(review: Review) -> set[str]:
    return {each.code for each in review.findings}


def test_a_finding_explains_itself(reviewer: Reviewer) -> None:
    (finding,) = reviewer.review(ReviewRequest("You should have read the terms.")).findings

    assert finding.text == "You should have read"
    assert finding.severity is Severity.BLAME
    assert finding.title
    assert finding.why
    assert finding.rewrite
    assert finding.reads_as.startswith("may read as")
    card = reviewer.card(finding.rule)
    assert card is not None
    assert card.code == "blame_customer"
    assert card.flag
    assert card.leave


def test_an_unknown_rule_has_no_card(reviewer: Reviewer) -> None:
    assert reviewer.card("no.such.rule") is None


def test_a_passive_is_evasion_only_where_the_fault_is_ours(reviewer: Reviewer) -> None:
    ours = reviewer.review(ReviewRequest(PASSIVE, fault=Fault.COMPANY))
    unknown = reviewer.review(ReviewRequest(PASSIVE))

    assert "passive_evasion" in _codes(ours)
    assert "passive_evasion" not in _codes(unknown)


def test_a_draft_alone_is_not_judged_by_a_conversation_it_has_not(reviewer: Reviewer) -> None:
    request = ReviewRequest("Have you seen our new range? It's on offer.", level=Level.ANGRY)

    assert _codes(reviewer.review(request)) == set()


def test_an_offer_is_fine_once_it_is_solved_and_calm(reviewer: Reviewer) -> None:
    asked = {"text": "Have you seen our new range?", "customer_text": "The hinge is broken."}
    open_case = ReviewRequest(**asked, level=Level.FRUSTRATED)
    solved = ReviewRequest(**asked, phase=Phase.CLOSING, solved=True)

    assert "selling" in _codes(reviewer.review(open_case))
    assert "selling" not in _codes(reviewer.review(solved))


def test_a_gift_after_the_repair_is_no_bribe(reviewer: Reviewer) -> None:
    said = {"level": Level.FRUSTRATED, "customer_text": "The sofa came with a torn back."}
    first = ReviewRequest("Here's a voucher for next time.", **said)
    after = ReviewRequest("I've ordered a new sofa for you. Here's a voucher too.", **said)

    assert "early_compensation" in _codes(reviewer.review(first))
    assert "early_compensation" not in _codes(reviewer.review(after))


def test_words_of_others_in_quotes_are_not_the_agents(reviewer: Reviewer) -> None:
    text = 'The mail that says "you should have read the terms" is not from us.'

    assert "blame_customer" not in _codes(reviewer.review(ReviewRequest(text)))


def test_a_term_the_customer_used_first_is_no_jargon(reviewer: Reviewer) -> None:
    asked = ReviewRequest("Your RMA is 4471.", customer_text="What's my RMA?")

    assert "jargon" not in _codes(reviewer.review(asked))
    assert "jargon" in _codes(reviewer.review(ReviewRequest("We'll raise an RMA.")))


def test_the_question_left_open_is_quoted(picky_reviewer: Reviewer) -> None:
    request = ReviewRequest(
        "Thank you for your order.", customer_text="Does the cot mattress come with it?"
    )

    findings = picky_reviewer.review(request).findings
    found = [each for each in findings if each.code == "ignored_question"]

    assert '"Does the cot mattress come with it?"' in found[0].reads_as


def test_ticks_come_from_the_words_of_the_draft(reviewer: Reviewer) -> None:
    request = ReviewRequest(
        "The torn back is our doing, I'm sorry. I've ordered a new sofa, it comes on Friday."
        " The return label is attached.",
        fault=Fault.COMPANY,
        level=Level.FRUSTRATED,
        customer_text="The sofa came with a torn back.",
    )

    assert reviewer.review(request).coverage == Coverage(
        heard=True, owned=True, next_step=True, extra_mile=True
    )


def test_an_empty_draft_has_nothing_to_say(reviewer: Reviewer) -> None:
    review = reviewer.review(ReviewRequest("", revision=7))

    assert (review.findings, review.good, review.blocks, review.score) == ((), (), (), 0)
    assert review.coverage == Coverage()
    assert review.revision == 7


@pytest.mark.parametrize(
    "text",
    (
        "YOU SHOULD HAVE READ THE TERMS.",
        "You should’ve read the terms.",
        "you shouldve read the terms",
        "U should have read the terms 🙄",
        "> quoted line\nYou should have read the terms.",
        "Hi Ana\n\nI looked at the order again this morning, and you should have\nread the terms.",
    ),
)
def test_blame_is_found_however_it_is_typed(reviewer: Reviewer, text: str) -> None:
    assert "blame_customer" in _codes(reviewer.review(ReviewRequest(text)))


def test_what_was_told_is_quoted_where_it_is_asked_for_again(reviewer: Reviewer) -> None:
    request = ReviewRequest(
        "I'd love to help. What is your order number?",
        earlier_messages=("Hi! Order number PX-48213 never came.", "Anybody there?"),
        customer_text="Third time I write.",
    )

    (found,) = (each for each in reviewer.review(request).findings if each.code == "asked_again")

    assert found.text == "What is your order number?"
    assert '"Order number PX-48213 never came."' in found.reads_as
    assert not found.fixes


@given(
    st.lists(WORDS | st.text(max_size=12), max_size=40),
    st.text(max_size=60),
    st.lists(st.lists(WORDS, max_size=20).map(" ".join), max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_reviewed_and_all_spans_are_in_range(
    reviewer: Reviewer, words: list[str], customer: str, earlier: list[str]
) -> None:
    text = " ".join(words)
    request = ReviewRequest(
        text,
        level=Level.FRUSTRATED,
        fault=Fault.COMPANY,
        limit=10,
        customer_text=customer,
        earlier_messages=tuple(earlier),
        earlier_replies=tuple(reversed(earlier)),
        other_names=("Ana",),
        open_slots=((0, 5, "name"), (90, 99, "date")),
    )

    review = reviewer.review(request)

    for finding in review.findings:
        assert finding.text == text[finding.start : finding.end]
        assert 0 <= finding.start < finding.end <= len(text)
        assert 0 <= finding.replace_start <= finding.replace_end <= len(text)
    for word in review.good:
        assert word.text == text[word.start : word.end]
    for block in review.blocks:
        assert 0 <= block.start < block.end <= len(text)
    assert 0 <= review.score <= 100


def test_five_thousand_words_are_reviewed(reviewer: Reviewer) -> None:
    text = "I can see the order. It left Leeds at 9. You should have told us sooner. " * 330

    review = reviewer.review(ReviewRequest(text))

    assert len(review.findings) > 300
