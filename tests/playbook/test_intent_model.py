from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk import paths
from cxdesk.playbook import find_intents
from cxdesk.playbook.intent_model import (
    IntentModel,
    Settings,
    pairs_of,
    read_model,
    shipped_model,
    tokens_of,
    write_model,
)

SHIPPED = paths.resources() / "playbook" / "intents"
CODES = ("bug", "praise")
TERMS = ("crashes", "lovely", "not lovely", "crash*", "the")
WEIGHTS = array("b", (100, -100, -100, 100, 60, -60, 50, -50, 0, 0)).tobytes()


@pytest.fixture
def model() -> IntentModel:
    """A judge of two intents that knows five terms."""
    return IntentModel(Settings(CODES, (0.0, 0.0), 0.05), TERMS, WEIGHTS)


def test_the_words_decide(model: IntentModel) -> None:
    shares = model.probabilities(tokens_of("The app crashes"))

    assert shares["bug"] > 0.9
    assert sum(shares.values()) == pytest.approx(1)


def test_two_words_together_may_mean_something_else(model: IntentModel) -> None:
    alone, negated = (
        model.probabilities(tokens_of(text))["praise"] for text in ("is lovely", "not lovely")
    )

    assert negated < alone


def test_an_unknown_word_counts_as_its_kin(model: IntentModel) -> None:
    assert model.probabilities(tokens_of("crashd again"))["bug"] > 0.9


def test_a_text_of_unknown_words_leaves_it_open(model: IntentModel) -> None:
    assert model.probabilities(tokens_of("qwerty")) == {"bug": 0.5, "praise": 0.5}


def test_the_words_shown_are_those_that_weigh_most(model: IntentModel) -> None:
    text = "Good morning. The app Crashes a lot"

    start, end = model.words_for("bug", tokens_of(text), text)

    assert text[start:end] == "Crashes"


def test_a_text_that_says_nothing_of_an_intent_shows_no_words(model: IntentModel) -> None:
    assert model.words_for("bug", tokens_of("hello there"), "hello there") == (0, 0)


def test_a_written_model_is_read_again(model: IntentModel, tmp_path: Path) -> None:
    write_model(tmp_path, Settings(CODES, (0.0, 0.0), 0.05), TERMS, WEIGHTS)

    again = read_model(tmp_path)

    text = tokens_of("the app crashes")
    assert again.probabilities(text) == model.probabilities(text)


def test_the_ends_of_a_text_are_neighbours_too() -> None:
    assert pairs_of(tokens_of("It’s 12")) == ["< it's", "it's 0", "0 >"]


def test_the_shipped_model_fits_its_terms_and_stays_below_a_megabyte() -> None:
    terms = (SHIPPED / "terms.txt").read_text("utf-8").split("\n")

    assert len((SHIPPED / "weights.bin").read_bytes()) == len(terms) * len(shipped_model().codes)
    assert len(set(terms)) == len(terms)
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 1_000_000


@pytest.mark.parametrize(
    ("text", "code"),
    (
        ("wheres my parcel its a week late", "delivery_late"),
        ("Your courier claims he handed it to me. Nobody handed me anything.", "delivery_missing"),
        ("I asked for the blue one and a green one came.", "item_wrong"),
        ("The vase arrived smashed.", "item_damaged"),
        ("You took the fee off my card two times.", "billing_error"),
        ("When will I see the money for the shoes I sent back?", "refund_status"),
        ("it doesnt fit can i send it back", "return_request"),
        ("I would like to end my membership.", "cancel_request"),
        ("locked out again, the code never comes", "account_access"),
        ("The app freezes when I press save.", "bug"),
        ("No internet in the whole village.", "outage"),
        ("How do I change the filter?", "how_to"),
        ("The engineer never turned up on Monday.", "missed_appointment"),
        ("Four emails and still no answer.", "no_reply"),
        ("Your clerk shouted at my mother.", "complaint_staff"),
        ("Why has my premium gone up by 20 %?", "price_change"),
        ("Could you add a dark mode?", "feature_request"),
        ("Please delete all the data you hold about me.", "privacy"),
        ("I think some compensation would be fair.", "goodwill_request"),
        ("Just placed my first order, did it go through?", "order_placed"),
        ("Best service ever, thank you so much!", "praise"),
    ),
)
def test_each_intent_is_heard_in_plain_words(text: str, code: str) -> None:
    found = dict(find_intents(text))

    assert code in found
    assert found[code] in text


def test_one_sentence_tells_the_matter_of_a_long_angry_message() -> None:
    text = (
        "Great job. Second broken lamp in a row. Nobody checks a box before you send it. Do you"
        " throw them at the van, or is somebody aiming?"
    )

    assert [code for code, _ in find_intents(text)] == ["item_damaged"]


@pytest.mark.parametrize(
    "text", ("hi", "ok", "As discussed.", "I lost my hat on your bus.", "Do you hire students?")
)
def test_small_talk_and_other_matters_have_no_intent(text: str) -> None:
    assert find_intents(text) == ()


@settings(deadline=None)
@given(st.text(max_size=300))
def test_the_words_of_an_intent_stand_in_the_text(text: str) -> None:
    for _, words in find_intents(text):
        assert words in text


@settings(deadline=None)
@given(st.text(max_size=120))
def test_tokens_stand_where_they_say(text: str) -> None:
    for token in tokens_of(text):
        assert 0 <= token.start < token.end <= len(text)
