"""Words that mean danger are heard on both tiers, whatever the trained model thinks of them."""

from __future__ import annotations

import pytest

from cxdesk import paths
from cxdesk.model import Level, Tier
from cxdesk.nlp.engine import Engine
from cxdesk.nlp.hearing import Hearing
from cxdesk.nlp.mood import DANGER, THREATS, mood, needs_care
from cxdesk.nlp.rules import parse_example, read_rules

RULES = read_rules(paths.resources() / "lexicon")[0]
SPOKEN = [
    (rule.code, parse_example(text)[0])
    for rule in RULES
    if rule.code in DANGER
    for text in rule.flag
]
LEFT_ALONE = [text for rule in RULES if rule.code in DANGER for text in rule.leave]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def test_both_codes_show_themselves_in_many_wordings() -> None:
    for code in DANGER:
        assert sum(spoken == code for spoken, _ in SPOKEN) >= 12
    assert len(LEFT_ALONE) >= 24


@pytest.mark.parametrize("tier", Tier)
def test_danger_becomes_a_flag_on_every_tier(engine: Engine, tier: Tier) -> None:
    verdicts = engine.analyze([text for _, text in SPOKEN], tier)

    missed = [
        (code, text)
        for (code, text), verdict in zip(SPOKEN, verdicts, strict=True)
        if code not in verdict.flags
    ]
    assert missed == []


@pytest.mark.parametrize("tier", Tier)
def test_figures_of_speech_are_no_danger_on_any_tier(engine: Engine, tier: Tier) -> None:
    verdicts = engine.analyze(LEFT_ALONE, tier)

    wrong = [
        (text, verdict.flags)
        for text, verdict in zip(LEFT_ALONE, verdicts, strict=True)
        if DANGER & set(verdict.flags)
    ]
    assert wrong == []


def test_what_is_skipped_unread_on_the_fast_tier_holds_no_alarm(hearing: Hearing) -> None:
    told = [
        (rule.code, parse_example(text)[0])
        for rule in RULES
        if rule.code in THREATS
        for text in rule.flag
    ]

    missed = [
        (code, text)
        for code, text in told
        if code not in {cue.code for cue in hearing.hear_alarms(text).cues}
    ]
    assert missed == []


def test_a_denial_and_a_condition_do_not_take_danger_away(engine: Engine) -> None:
    verdicts = engine.analyze(
        [
            "I can't promise that I won't kill myself.",
            "If my account stays closed I'm going to kill myself.",
            "Do you want to know what I think? I will kill you.",
        ]
    )

    assert ["self_harm" in each.flags for each in verdicts] == [True, True, False]
    assert "threat" in verdicts[2].flags


def test_whoever_may_be_in_danger_needs_care_and_a_threat_is_hostile(engine: Engine) -> None:
    despair, threat = engine.analyze(["I want to die.", "I will kill you."])

    assert despair.level >= Level.FRUSTRATED
    assert threat.level is Level.FURIOUS
    for verdict in (despair, threat):
        assert needs_care(mood([(0, verdict.level)]), verdict.blame_target, verdict.flags)
