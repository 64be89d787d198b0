"""What the trained model may add to a review, and what it may not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cxdesk import paths, yaml_files
from cxdesk.model import Fault, Finding, ReviewRequest, Severity, Tier
from cxdesk.nlp.estimate import Estimate, Kind, Words
from cxdesk.nlp.review import Reviewer
from cxdesk.nlp.review.pointer import RULE
from cxdesk.nlp.tiers import Tiers
from cxdesk.nlp.weights import Weight, Weights

HUNDRED = yaml_files.load(Path(__file__).with_name("hundred_drafts.yaml"))
TRADES = yaml_files.load(Path(__file__).with_name("good_replies.yaml"))
VEILED = "The brief has seen five faces by now."  # no rule knows it
PLAIN = "I've sent the form to the printer."
AS_IT_IS = Weight(0.0, 1.0, 0.0)


class SaysSo:
    """A tier that thinks of each text what the test says; of all others, nothing."""

    def __init__(self, chances: Mapping[str, float], *, points: bool = True) -> None:
        self.asked: list[str] = []
        self._chances = chances
        self._points = points

    def estimate(self, texts: Sequence[str], tier: Tier) -> list[Estimate]:
        assert tier is Tier.DEEP
        self.asked += texts
        return [self._of(text) for text in texts]

    def weights(self, tier: Tier) -> Weights:  # noqa: ARG002
        return Weights(AS_IT_IS, AS_IT_IS, AS_IT_IS, (AS_IT_IS, AS_IT_IS, AS_IT_IS, AS_IT_IS))

    def _of(self, text: str) -> Estimate:
        chance = max((self._chances[part] for part in self._chances if part in text), default=0.01)
        words = (
            Words(Kind.BLAME_CUSTOMER, 0, 3, chance),
            Words(Kind.BLAME_CUSTOMER, 10, len(text.rstrip(".")), chance),
        )
        return Estimate(0.01, (0.01,) * 4, {}, chance, words if self._points else ())


def _pointed(trained: SaysSo, text: str) -> list[Finding]:
    findings = Reviewer(trained=trained).review(ReviewRequest(text)).findings
    return [each for each in findings if each.rule == RULE]


# ------------------------------------------------------------------ what it adds


def test_the_model_points_at_words_that_no_rule_knows() -> None:
    text = f"Hi Ana. {VEILED} {PLAIN}"

    (finding,) = _pointed(SaysSo({VEILED: 0.9}), text)

    assert finding.code == "blame_customer"
    assert finding.severity is Severity.ADVICE
    assert text[finding.start : finding.end] == finding.text == VEILED.rstrip(".")
    assert finding.reads_as.startswith("may read as")
    assert finding.rewrite


def test_its_card_says_that_a_trained_model_points_and_no_rule() -> None:
    card = Reviewer().card(RULE)

    assert card is not None
    assert "trained model" in card.why
    assert min(len(card.flag), len(card.leave)) >= 5


def test_a_guess_is_advice_and_takes_no_points() -> None:
    request = ReviewRequest(VEILED, fault=Fault.COMPANY)

    guessed = Reviewer(trained=SaysSo({VEILED: 0.9})).review(request)
    silent = Reviewer().review(request)

    assert guessed.findings
    assert (guessed.score, guessed.parts, guessed.coverage, guessed.advice) == (
        silent.score,
        silent.parts,
        silent.coverage,
        silent.advice,
    )


def test_what_it_is_sure_of_counts_as_blame() -> None:
    review = Reviewer(trained=SaysSo({VEILED: 0.97})).review(ReviewRequest(VEILED))

    assert [each.severity for each in review.findings] == [Severity.BLAME]
    assert review.score <= 30


def test_no_fix_is_offered_that_it_would_point_at_again() -> None:
    sentence = "I see the boots were left out and the filter has damaged it."
    told = SaysSo({"boots": 0.9})

    (finding,) = _pointed(told, sentence)

    assert all("boots" not in fix for fix in finding.fixes)


# ------------------------------------------------------------------ what it may not


@pytest.fixture(scope="module")
def certain() -> Reviewer:
    """A reviewer whose model takes every sentence for blame."""
    return Reviewer(trained=SaysSo({"": 0.99}))


def test_a_model_that_is_sure_is_heard(certain: Reviewer) -> None:
    assert certain.review(ReviewRequest(VEILED)).findings


def test_it_never_points_without_words() -> None:
    assert _pointed(SaysSo({VEILED: 0.99}, points=False), VEILED) == []


@pytest.mark.parametrize(
    "text",
    (
        "You should have read the terms.",
        "With respect, you should have told us.",
        "Our printer sent it to the wrong street, that was our mistake.",
        "You should have been told on the phone.",
        "You forgot nothing, the list was complete.",
        'The mail that says "the brief has seen five faces" is not ours.',
        "Noted. Thanks!",
        "Das haben wir Ihnen doch schon im Januar und im März geschrieben, oder nicht?",
        "",
    ),
)
def test_it_is_silent_where_rules_speak_or_excuse_and_in_words_of_others(
    certain: Reviewer, text: str
) -> None:
    findings = certain.review(ReviewRequest(text)).findings

    assert [each.text for each in findings if each.rule == RULE] == []


def test_a_sentence_has_to_blame_among_its_neighbours_too() -> None:
    class Relieved(SaysSo):
        def _of(self, text: str) -> Estimate:
            return super()._of(text if PLAIN not in text else PLAIN)

    trained = Relieved({VEILED: 0.97})

    assert _pointed(trained, VEILED)
    assert _pointed(trained, f"{VEILED} {PLAIN}") == []


def test_while_typing_only_the_changed_sentence_is_read_again() -> None:
    trained = SaysSo({})
    reviewer = Reviewer(trained=trained)
    reviewer.review(ReviewRequest(f"{PLAIN} It leaves at nine."))
    trained.asked.clear()

    reviewer.review(ReviewRequest(f"{PLAIN} It leaves at nine sharp."))

    assert trained.asked == ["It leaves at nine sharp."]


def test_a_long_draft_is_read_by_paragraphs() -> None:
    calm = [
        f"{PLAIN} It leaves at {hour}, and you get a mail from me by then." for hour in range(9)
    ]
    trained = SaysSo({VEILED: 0.9})

    (finding,) = _pointed(trained, "\n\n".join([*calm, VEILED, *calm]))

    assert finding.text == VEILED.rstrip(".")
    assert all(len(each) < 100 for each in trained.asked)


# ------------------------------------------------------------------ the model that ships


@pytest.fixture(scope="module")
def shipped() -> Reviewer:
    return Reviewer(trained=Tiers(paths.resources() / "model"))


def _blamed(reviewer: Reviewer, texts: Sequence[str]) -> list[str]:
    return [
        text
        for text in texts
        if any(
            each.code == "blame_customer" for each in reviewer.review(ReviewRequest(text)).findings
        )
    ]


def test_the_examples_on_its_card_are_true(shipped: Reviewer) -> None:
    card = shipped.card(RULE)
    assert card is not None

    pointed = [
        [each.rule for each in shipped.review(ReviewRequest(text)).findings] for text in card.flag
    ]
    assert pointed == [[RULE]] * len(card.flag)
    assert _blamed(shipped, card.leave) == []


def test_of_a_hundred_drafts_it_finds_what_rules_miss_and_leaves_the_harmless(
    shipped: Reviewer, reviewer: Reviewer
) -> None:
    found = _blamed(shipped, HUNDRED["blame"])
    wrong = _blamed(shipped, HUNDRED["harmless"])

    assert len(found) >= len(_blamed(reviewer, HUNDRED["blame"])) + 5
    assert len(wrong) <= 3, wrong


def test_good_replies_stay_without_blame(shipped: Reviewer) -> None:
    replies = [reply for some in TRADES.values() for reply in some]

    assert _blamed(shipped, replies) == []
