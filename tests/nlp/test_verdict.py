"""Where the rules and a tier meet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.model import Analysis, BlameTarget, Confidence, Cue, Level
from cxdesk.nlp.estimate import Estimate, Kind, Words
from cxdesk.nlp.hearing import Heard
from cxdesk.nlp.verdict import MODEL, judged
from cxdesk.nlp.weights import Weight, Weights

TEXT = "Nobody came on Tuesday and I am tired of waiting"
NOBODY = Words(Kind.BLAME_US, 0, 11, 0.9)
TIRED = Words(Kind.CUE, 32, 37, 0.9, "affect")
EQUAL = Weight(0.0, 1.0, 1.0)
WEIGHTS = Weights(EQUAL, EQUAL, (EQUAL, EQUAL, EQUAL, EQUAL))
CALM = Estimate(0.05, (0.1, 0.04, 0.02, 0.01), {BlameTarget.NONE: 1.0}, ())
UPSET = Estimate(
    0.9,
    (0.95, 0.9, 0.2, 0.05),
    {BlameTarget.COMPANY: 0.5, BlameTarget.AGENT: 0.4, BlameTarget.NONE: 0.1},
    (NOBODY, TIRED),
)


def cue(code: str, start: int, end: int, weight: float = 2.0) -> Cue:
    return Cue(code, start, end, TEXT[start:end], weight, f"{code}.rule", "why")


def verdict(heard: Heard, estimate: Estimate) -> Analysis:
    return judged(TEXT, heard, estimate, WEIGHTS, lambda code: f"about {code}")


# ------------------------------------------------------------------ the number and the level


def test_two_calm_witnesses_make_a_calm_verdict() -> None:
    found = verdict(Heard(frustrated=0.1, blames_us=0.1), CALM)

    assert found.level is Level.CALM
    assert not found.frustrated
    assert found.cues == ()
    assert found.confidence is Confidence.HIGH


def test_a_tier_alone_is_believed_where_no_rule_has_read() -> None:
    found = verdict(Heard(), UPSET)

    assert found.level is Level.FRUSTRATED
    assert found.frustration == pytest.approx(0.9)


def test_rules_can_outweigh_the_tier() -> None:
    assert verdict(Heard(frustrated=0.99), CALM).frustrated
    assert not verdict(Heard(frustrated=0.02), replace(UPSET, frustrated=0.6)).frustrated


def test_witnesses_that_disagree_evenly_leave_it_unsure() -> None:
    found = verdict(Heard(frustrated=0.1), UPSET)

    assert found.frustration == pytest.approx(0.5)
    assert found.confidence is Confidence.LOW


def test_words_that_say_more_than_their_weight_hold_the_level_up() -> None:
    found = verdict(Heard(frustrated=0.5, floor=Level.FURIOUS), CALM)

    assert found.level is Level.FURIOUS
    assert found.frustrated
    assert found.confidence is not Confidence.LOW


def test_solved_trouble_holds_the_level_down() -> None:
    found = verdict(Heard(frustrated=0.5, ceiling=Level.ANNOYED), UPSET)

    assert found.level is Level.ANNOYED


def test_a_level_of_two_needs_a_frustrated_customer() -> None:
    divided = replace(UPSET, frustrated=0.2, at_least=(0.9, 0.6, 0.1, 0.0))

    assert verdict(Heard(), divided).level is Level.ANNOYED


def test_praise_that_is_not_meant_does_not_calm() -> None:
    found = verdict(Heard(frustrated=0.7, flags=("sarcasm",)), CALM)

    assert found.level is Level.FRUSTRATED


# ------------------------------------------------------------------ blame


def test_a_tier_names_who_is_blamed_when_no_rule_does() -> None:
    assert verdict(Heard(), UPSET).blame_target is BlameTarget.COMPANY


def test_the_rules_know_better_who_it_is() -> None:
    found = verdict(Heard(blames_us=0.9, target=BlameTarget.AGENT), UPSET)

    assert found.blame_target is BlameTarget.AGENT


def test_blame_of_somebody_else_stays_where_we_are_not_blamed() -> None:
    found = verdict(Heard(blames_us=0.1, target=BlameTarget.THIRD_PARTY), CALM)

    assert found.blame_target is BlameTarget.THIRD_PARTY


def test_blame_that_does_not_hold_shows_no_words() -> None:
    heard = Heard(blames_us=0.6, target=BlameTarget.COMPANY, cues=(cue("blame_company", 0, 11),))

    found = verdict(heard, CALM)

    assert found.blame_target is BlameTarget.NONE
    assert found.cues == ()


def test_blame_of_somebody_else_stands_unless_the_tier_is_sure_that_it_is_us() -> None:
    heard = Heard(target=BlameTarget.THIRD_PARTY)
    surely = replace(UPSET, targets={BlameTarget.COMPANY: 0.95, BlameTarget.NONE: 0.05})

    assert verdict(heard, UPSET).blame_target is BlameTarget.COMPANY
    assert verdict(heard, surely).blame_target is BlameTarget.COMPANY
    unsure = replace(UPSET, targets={BlameTarget.COMPANY: 0.7, BlameTarget.NONE: 0.3})
    assert verdict(heard, unsure).blame_target is BlameTarget.THIRD_PARTY


def test_blame_is_never_shown_without_words() -> None:
    unsure = replace(UPSET, words=(replace(NOBODY, probability=0.1),))

    found = verdict(Heard(), unsure)

    assert [(each.code, each.text) for each in found.cues] == [("blame_company", "Nobody came")]


# ------------------------------------------------------------------ words


def test_words_of_the_tier_are_explained_and_say_where_they_come_from() -> None:
    found = verdict(Heard(), UPSET)

    assert [(each.text, each.rule, each.why) for each in found.cues] == [
        ("Nobody came", MODEL + "blame_company", "about blame_company"),
        ("tired", MODEL + "affect", "about affect"),
    ]


def test_words_that_a_rule_has_marked_are_not_marked_again() -> None:
    heard = Heard(frustrated=0.9, cues=(cue("affect", 30, 48),))

    found = verdict(heard, UPSET)

    assert [each.rule for each in found.cues if each.code == "affect"] == ["affect.rule"]


def test_a_calm_message_shows_no_words_of_the_tier() -> None:
    assert verdict(Heard(), replace(CALM, words=(TIRED,))).cues == ()


def test_a_frustrated_message_shows_the_tiers_surest_words_when_no_rule_has_any() -> None:
    faint = replace(TIRED, probability=0.2)

    found = verdict(Heard(), replace(UPSET, targets={BlameTarget.NONE: 1.0}, words=(faint,)))

    assert [each.text for each in found.cues] == ["tired"]


def test_praise_that_the_tier_hears_is_no_reason_for_trouble() -> None:
    praise = Words(Kind.CUE, 0, 11, 0.9, "praise")

    found = verdict(Heard(), replace(UPSET, words=(praise, TIRED)))

    assert "praise" not in {cue.code for cue in found.cues}
    assert "affect" in {cue.code for cue in found.cues}


def test_words_in_quotation_marks_do_not_speak_for_the_customer() -> None:
    quoted = Heard(frustrated=0.1, blames_us=0.1, unmeant=((0, len(TEXT)),))

    found = verdict(quoted, UPSET)

    assert found.level is Level.CALM
    assert found.blame_target is BlameTarget.NONE


# ------------------------------------------------------------------ whatever comes

CHANCES = st.floats(0, 1)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    steps = sorted((draw(CHANCES) for _ in range(4)), reverse=True)
    shares = [draw(st.floats(0.01, 1)) for _ in BlameTarget]
    targets = {each: share / sum(shares) for each, share in zip(BlameTarget, shares, strict=True)}
    kinds = draw(st.lists(st.sampled_from(list(Kind)), max_size=4))
    words = tuple(Words(kind, 0, 6, draw(CHANCES), "affect") for kind in kinds)
    return Estimate(draw(CHANCES), tuple(steps), targets, words)  # type: ignore[arg-type]


@given(estimates(), CHANCES, CHANCES, st.sampled_from(BlameTarget))
def test_a_verdict_never_contradicts_itself(
    estimate: Estimate, frustrated: float, blames: float, target: BlameTarget
) -> None:
    found = verdict(Heard(frustrated=frustrated, blames_us=blames, target=target), estimate)

    assert found.frustrated or found.level < Level.FRUSTRATED
    assert not found.frustrated or found.level > Level.CALM
    assert found.blames_company == (found.blame >= 0.5)
    assert 0 <= found.frustration <= 1
    assert all(TEXT[each.start : each.end] == each.text for each in found.cues)
