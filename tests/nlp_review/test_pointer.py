"""What the network may add to a review, and what it may not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cxdesk import paths, yaml_files
from cxdesk.model import Fault, Finding, Level, ReviewRequest, Severity
from cxdesk.nlp.review import Reviewer
from cxdesk.nlp.review.reader import DraftReader, Reading, Settings, around
from cxdesk.nlp.review.rulebook import MODEL, Example, Guide, read_rulebook

HUNDRED = yaml_files.load(Path(__file__).with_name("hundred_drafts.yaml"))
TRADES = yaml_files.load(Path(__file__).with_name("good_replies.yaml"))
BLAME, WAVES, NEXT = "blame_customer", "invalidation", "missing_next_step"
VEILED = "The brief has seen five faces by now."  # no rule knows it
PLAIN = "I've sent the form to the printer."
UPSET = ReviewRequest(
    "", level=Level.FRUSTRATED, fault=Fault.COMPANY, customer_text="The heating is off again!"
)


class SaysSo:
    """A network that thinks of each text what the test says; of all others, nothing."""

    def __init__(self, chances: Mapping[str, float], code: str = BLAME) -> None:
        self.asked: list[str] = []
        self._chances = chances
        self._code = code

    @property
    def settings(self) -> Settings:
        codes = (BLAME, WAVES, NEXT)
        return Settings(codes, dict.fromkeys(codes, 0.8), sure=0.95, clears=0.02)

    def read(self, request: ReviewRequest, text: str) -> Reading:  # noqa: ARG002
        self.asked.append(text)
        part, chance = max(
            ((part, chance) for part, chance in self._chances.items() if part in text),
            key=lambda each: each[1],
            default=("", 0.01),
        )
        start = text.find(part)
        words = ((start, start + len(part.rstrip("."))),) if part else ((0, len(text)),)
        others = dict.fromkeys(self.settings.codes, 0.03)
        return Reading(others | {self._code: chance}, {self._code: words})


def _pointed(reader: SaysSo, request: ReviewRequest | str, *, quick: bool = False) -> list[Finding]:
    if isinstance(request, str):
        request = ReviewRequest(request)
    findings = Reviewer(reader=reader).review(request, quick=quick).findings
    return [each for each in findings if each.rule.startswith(MODEL)]


# ------------------------------------------------------------------ what it adds


def test_the_network_points_at_words_that_no_rule_knows() -> None:
    text = f"Hi Ana. {VEILED} {PLAIN}"

    (finding,) = _pointed(SaysSo({VEILED: 0.9}), text)

    assert finding.code == BLAME
    assert finding.severity is Severity.ADVICE
    assert text[finding.start : finding.end] == finding.text == VEILED.rstrip(".")
    assert finding.reads_as.startswith("may read as")
    assert finding.rewrite


def test_other_codes_are_pointed_at_in_the_words_of_their_rules() -> None:
    (finding,) = _pointed(SaysSo({VEILED: 0.9}, WAVES), VEILED)

    assert finding.rule == MODEL + WAVES
    assert "doesn't count" in finding.reads_as


def test_its_card_says_that_a_trained_model_points_and_no_rule() -> None:
    card = Reviewer().card(MODEL + BLAME)

    assert card is not None
    assert "trained model" in card.why
    assert min(len(card.flag), len(card.leave)) >= 5


def test_a_guess_is_advice_and_takes_no_points() -> None:
    request = ReviewRequest(VEILED, fault=Fault.COMPANY)

    guessed = Reviewer(reader=SaysSo({VEILED: 0.9})).review(request)
    silent = Reviewer().review(request)

    assert guessed.findings
    assert (guessed.score, guessed.parts, guessed.coverage, guessed.advice) == (
        silent.score,
        silent.parts,
        silent.coverage,
        silent.advice,
    )


def test_what_it_is_sure_of_counts_as_blame() -> None:
    review = Reviewer(reader=SaysSo({VEILED: 0.97})).review(ReviewRequest(VEILED))

    assert [each.severity for each in review.findings] == [Severity.BLAME]
    assert review.score <= 30


def test_only_blame_can_stop_a_reply_however_sure_it_is_of_another_code() -> None:
    (finding,) = _pointed(SaysSo({VEILED: 0.99}, WAVES), VEILED)

    assert finding.severity is Severity.ADVICE


def test_no_fix_is_offered_that_it_would_point_at_again() -> None:
    sentence = "I see the boots were left out and the filter has damaged it."
    told = SaysSo({"boots": 0.9})

    (finding,) = _pointed(told, sentence)

    assert all("boots" not in fix for fix in finding.fixes)


def test_a_missing_step_is_said_of_the_whole_draft_and_only_where_all_of_it_lacks_one() -> None:
    long = "\n\n".join([f"{PLAIN} {number}" for number in range(30)])

    (finding,) = _pointed(SaysSo({"": 0.9}, NEXT), VEILED)
    nowhere = _pointed(SaysSo({f"{PLAIN} 29": 0.9}, NEXT), long)

    assert finding.rule == MODEL + NEXT
    assert finding.fixes == ()
    assert nowhere == []


# ------------------------------------------------------------------ what it may not


@pytest.fixture(scope="module")
def certain() -> Reviewer:
    """A reviewer whose network takes every sentence for blame."""
    return Reviewer(reader=SaysSo({"": 0.99}))


def test_a_network_that_is_sure_is_heard(certain: Reviewer) -> None:
    assert certain.review(ReviewRequest(VEILED)).findings


def test_below_its_limit_it_is_silent() -> None:
    assert _pointed(SaysSo({VEILED: 0.79}), VEILED) == []


@pytest.mark.parametrize(
    "text",
    (
        "You should have read the terms.",
        'The mail that says "the brief has seen five faces" is not ours.',
        "Das haben wir Ihnen doch schon im Januar und im März geschrieben, oder nicht?",
        "",
    ),
)
def test_it_is_silent_where_a_rule_has_said_it_and_in_words_of_others(
    certain: Reviewer, text: str
) -> None:
    findings = certain.review(ReviewRequest(text)).findings

    assert [each.text for each in findings if each.rule.startswith(MODEL)] == []


def test_it_clears_advice_that_is_most_likely_wrong_and_never_blame() -> None:
    text = "Please calm down. You should have read the terms."

    kept = Reviewer(reader=SaysSo({"": 0.5}, WAVES)).review(ReviewRequest(text)).findings
    cleared = Reviewer(reader=SaysSo({"": 0.01}, WAVES)).review(ReviewRequest(text)).findings

    assert {each.code for each in kept} == {WAVES, BLAME}
    assert {each.code for each in cleared} == {BLAME}


def test_a_short_word_among_others_hurts_nobody(certain: Reviewer) -> None:
    findings = certain.review(ReviewRequest(f"Noted. {PLAIN}")).findings

    assert [each.text for each in findings] == [PLAIN]


# ------------------------------------------------------------------ while the agent types


def test_a_quick_review_asks_nothing_of_the_network_and_says_so() -> None:
    reader = SaysSo({VEILED: 0.9})

    review = Reviewer(reader=reader).review(ReviewRequest(VEILED), quick=True)

    assert (review.thorough, reader.asked) == (False, [])


def test_without_a_network_every_review_is_thorough() -> None:
    assert Reviewer().review(ReviewRequest(VEILED), quick=True).thorough


def test_a_mark_stays_while_its_sentence_stays_and_goes_with_it() -> None:
    reviewer = Reviewer(reader=SaysSo({VEILED: 0.9}))
    reviewer.review(ReviewRequest(f"{VEILED} {PLAIN}"))

    more = reviewer.review(ReviewRequest(f"Hi Ana. {VEILED} {PLAIN} And"), quick=True)
    other = reviewer.review(ReviewRequest(f"The brief has seen five. {PLAIN}"), quick=True)

    assert [each.text for each in more.findings] == [VEILED.rstrip(".")]
    assert other.findings == ()


def test_a_long_draft_is_read_in_pieces() -> None:
    calm = [
        f"{PLAIN} It leaves at {hour}, and you get a mail from me by then." for hour in range(9)
    ]
    reader = SaysSo({VEILED: 0.9})

    (finding,) = _pointed(reader, "\n\n".join([*calm, VEILED, *calm]))

    assert finding.text == VEILED.rstrip(".")
    assert max(map(len, reader.asked)) <= 700


def test_the_conversation_is_told_in_words_and_none_is_told_as_nothing() -> None:
    assert around(ReviewRequest("Hello.")) == ""
    assert around(UPSET) == "email, opening, fault company, frustrated: The heating is off again!"


# ------------------------------------------------------------------ the network that ships


@pytest.fixture(scope="module")
def shipped() -> Reviewer:
    return Reviewer(reader=DraftReader(paths.resources() / "reader"))


def _blamed(reviewer: Reviewer, texts: Sequence[str]) -> list[str]:
    return [
        text
        for text in texts
        if any(each.code == BLAME for each in reviewer.review(ReviewRequest(text)).findings)
    ]


def _codes(reviewer: Reviewer, example: Example) -> set[str]:
    return {each.code for each in reviewer.review(example.request).findings}


GUIDES = tuple(each for each in read_rulebook().guides.values() if each.id.startswith(MODEL))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda each: each.id)
def test_the_examples_on_its_cards_are_true(shipped: Reviewer, guide: Guide) -> None:
    flagged = [_codes(shipped, each) for each in guide.flag]
    left = [_codes(shipped, each) for each in guide.leave]

    assert [guide.code in codes for codes in flagged] == [True] * len(guide.flag)
    assert [guide.code in codes for codes in left] == [False] * len(guide.leave)
    assert min(len(guide.flag), len(guide.leave)) >= 5


def test_every_code_it_may_point_at_has_a_card() -> None:
    shown = DraftReader(paths.resources() / "reader").settings.least

    assert set(shown) == {each.code for each in GUIDES}


def test_of_a_hundred_drafts_it_finds_what_rules_miss_and_leaves_the_harmless(
    shipped: Reviewer, reviewer: Reviewer
) -> None:
    found = _blamed(shipped, HUNDRED["blame"])
    wrong = _blamed(shipped, HUNDRED["harmless"])

    assert len(found) >= len(_blamed(reviewer, HUNDRED["blame"])) + 5
    assert len(wrong) <= 3, wrong


def test_good_replies_stay_without_blame_all_but_one(shipped: Reviewer) -> None:
    replies = [reply for some in TRADES.values() for reply in some]

    assert len(_blamed(shipped, replies)) <= 1
