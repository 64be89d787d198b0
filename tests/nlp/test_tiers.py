"""The trained tiers as they ship."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk import paths
from cxdesk.model import BlameTarget, Tier
from cxdesk.nlp.deep import DeepModel
from cxdesk.nlp.estimate import Estimate, Kind
from cxdesk.nlp.fast import FastModel, terms_of
from cxdesk.nlp.tiers import MOST_PIECES, Tiers

MODEL = paths.resources() / "model"
ANGRY = "Nobody came again and I am so sick of waiting for your driver"
CALM = "Could you tell me when the shop opens on Sunday?"
TEXTS = st.text(max_size=150) | st.lists(
    st.sampled_from([*ANGRY.split(), *CALM.split(), "😡", "soooo", "İ", "@Shop", "!!", "\n", "’"])
).map(" ".join)
BOTH = pytest.mark.parametrize("tier", Tier)


@pytest.fixture(scope="module")
def tiers() -> Tiers:
    return Tiers(MODEL)


def estimate(tiers: Tiers, text: str, tier: Tier) -> Estimate:
    return tiers.estimate([text], tier)[0]


@BOTH
def test_trouble_is_told_from_a_question(tiers: Tiers, tier: Tier) -> None:
    assert estimate(tiers, ANGRY, tier).frustrated > 0.7
    assert estimate(tiers, CALM, tier).frustrated < 0.3


@BOTH
def test_trouble_comes_with_its_words(tiers: Tiers, tier: Tier) -> None:
    found = estimate(tiers, ANGRY, tier)

    words = [ANGRY[each.start : each.end] for each in found.of(Kind.CUE)]
    assert any("sick" in each for each in words)


@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
@BOTH
def test_any_text_is_estimated_with_words_that_are_in_it(
    tiers: Tiers, tier: Tier, text: str
) -> None:
    found = estimate(tiers, text, tier)

    assert 0 <= found.frustrated <= 1
    assert sum(found.targets.values()) == pytest.approx(1, abs=1e-3)
    for each in found.words:
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end].strip()


@BOTH
def test_a_text_reads_the_same_alone_and_among_others(tiers: Tiers, tier: Tier) -> None:
    among = tiers.estimate([CALM, ANGRY, CALM * 9], tier)

    assert among[1].frustrated == pytest.approx(estimate(tiers, ANGRY, tier).frustrated)


def test_words_of_the_deep_tier_are_whole_words(tiers: Tiers) -> None:
    for each in estimate(tiers, ANGRY, Tier.DEEP).words:
        around = ANGRY[max(each.start - 1, 0) : each.start] + ANGRY[each.end : each.end + 1]
        assert not any(map(str.isalnum, around))


CALM_MAIL = """I moved to the new flat in May and the lift works well. My sister lives two floors
down and looks after the plants. The post comes at ten. We have bought a small table for the
balcony, and the man in the shop carried it to the car. On Sundays the baker is open until noon.
The meter stands in the cellar, behind the blue door. My phone number is still the same as before.
The contract runs until March, and I would like to keep it. The garden is shared by four families.
"""


@BOTH
def test_trouble_far_down_a_long_mail_is_found_where_it_stands(tiers: Tiers, tier: Tier) -> None:
    trouble = f"{ANGRY}. This is a disgrace. You promised, and nobody even picks up the phone. "
    text = CALM_MAIL * 4 + trouble * 2 + CALM_MAIL * 2

    found, calm = estimate(tiers, text, tier), estimate(tiers, CALM_MAIL * 7, tier)

    assert calm.frustrated < 0.4 < found.frustrated
    assert any("sick" in text[each.start : each.end] for each in found.words)


def test_of_a_very_long_mail_the_deep_tier_reads_a_part_only(
    tiers: Tiers, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    before = DeepModel.estimate

    def counted(model: DeepModel, texts: list[str]) -> list[Estimate]:
        read.append(len(texts))
        return before(model, texts)

    monkeypatch.setattr(DeepModel, "estimate", counted)

    estimate(tiers, (CALM + " ") * 1000, Tier.DEEP)

    assert read == [MOST_PIECES]


def test_the_model_is_a_package_that_spacy_loads() -> None:
    nlp = spacy.load(MODEL)

    doc = nlp(ANGRY)

    assert nlp.pipe_names == ["fast", "deep"]
    assert doc.cats["frustrated"] > 0.7
    assert doc.spans["cue"]


def test_the_model_says_what_it_was_made_of() -> None:
    meta = json.loads((MODEL / "meta.json").read_text("utf-8"))

    assert "Apache-2.0" in meta["license"]
    assert "conversations" in meta["notes"]


def test_the_model_is_small_enough_to_ship() -> None:
    size = sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file())

    assert size < 40_000_000


@pytest.mark.parametrize("component", (DeepModel, FastModel))
def test_a_tier_writes_what_it_has_loaded(
    component: type[DeepModel] | type[FastModel], tmp_path: Path
) -> None:
    name = "deep" if component is DeepModel else "fast"

    component().from_disk(MODEL / name).to_disk(tmp_path)

    again = component().from_disk(tmp_path)
    assert again.estimate([ANGRY])[0].frustrated > 0.7


def test_all_shares_of_blame_are_named(tiers: Tiers) -> None:
    assert set(estimate(tiers, ANGRY, Tier.DEEP).targets) == set(BlameTarget)


# ------------------------------------------------------------------ terms of the fast tier


def test_terms_leave_out_what_only_one_writer_has() -> None:
    assert terms_of("@Shop 12 parcels: https://a.b soooo LATE") == [
        "@", "0", "parcels", ":", "link", "soo", "late",
        "< @", "@ 0", "0 parcels", "parcels :", ": link", "link soo", "soo late", "late >",
        "<capitals>",
    ]  # fmt: skip
