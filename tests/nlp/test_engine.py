"""The verdict on whole messages, and what holds for any text."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk import paths
from cxdesk.model import Analysis, BlameTarget, Confidence, Level
from cxdesk.nlp import engine as module
from cxdesk.nlp.engine import Engine
from cxdesk.nlp.rules import read_yaml

CASES: list[dict[str, Any]] = read_yaml(paths.resources() / "lexicon" / "cases.yaml")[0]["cases"]
PIECES = """you lost my parcel! furious, AGAIN?! 😡 don’t not “quoted” é it's @Shop #fail never
your app crashed :( i was charged twice but if 🏴󠁧󠁢󠁳󠁣󠁴󠁿 third time > thanks ... ‘x’"""
WORDS = st.sampled_from([*PIECES.split(), "\n\n", "\n> "])
ANY_TEXT = st.text(max_size=200) | st.lists(WORDS, max_size=30).map(" ".join)


def of(engine: Engine, text: str) -> Analysis:
    return engine.analyze([text])[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60] or "nothing")
def test_a_message_is_read_as_people_read_it(
    engine: Engine, case: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    if case.get("missed"):
        request.applymarker(pytest.mark.xfail(strict=True, reason="the shipped model misses it"))
    verdict = of(engine, case["text"])

    level = case.get("level", [0, 4])
    least, most = (level, level) if isinstance(level, int) else level
    codes = {cue.code for cue in verdict.cues}
    assert least <= verdict.level <= most, verdict.cues
    assert verdict.blame_target == case.get("blame", verdict.blame_target), verdict.cues
    assert set(case.get("has", ())) <= codes
    assert not set(case.get("lacks", ())) & codes
    assert set(case.get("flags", ())) <= set(verdict.flags)


@given(text=ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_every_cue_is_the_text_it_points_at(engine: Engine, text: str) -> None:
    verdict = of(engine, text)

    for cue in verdict.cues:
        assert cue.text == text[cue.start : cue.end]
        assert cue.text.strip()
        assert cue.why
        assert engine.explain(cue.rule) is not None
    assert 0 <= verdict.frustration <= 1


@given(text=ANY_TEXT)
@settings(max_examples=50, deadline=None)
def test_a_message_reads_the_same_alone_and_among_others(engine: Engine, text: str) -> None:
    assert engine.analyze(["You lost it!!", text, ""])[1] == of(engine, text)


def test_a_higher_score_is_never_less_frustrated(engine: Engine) -> None:
    texts = ("Hello", "It is late", "It is late again, third time now", "I am livid, you lost it!!")

    values = [of(engine, text).frustration for text in texts]

    assert values == sorted(values)


def test_another_language_gets_no_verdict(engine: Engine) -> None:
    german = of(engine, "Ich warte seit drei Wochen auf mein Paket und bin sehr verärgert!!!")
    russian = of(engine, "Где мой заказ? Это уже третий раз!!!")

    assert (german.language, russian.language) == ("de", "other")
    assert german.cues == russian.cues == ()
    assert german.confidence is russian.confidence is Confidence.LOW


def test_one_weak_cue_gives_low_confidence_and_many_give_high(engine: Engine) -> None:
    assert of(engine, "My line is down.").confidence is Confidence.LOW
    many = of(engine, "Third time I write, nobody answers, I am livid and I missed my flight.")
    assert many.confidence is Confidence.HIGH


def test_a_very_long_mail_is_read(engine: Engine) -> None:
    verdict = of(engine, "The shop opens at nine. " * 10_000 + "I am furious.")

    assert verdict.level is Level.CALM  # what lies beyond the limit is not read
    assert verdict.blame_target is BlameTarget.NONE


def test_the_shipped_rules_have_no_problems(engine: Engine) -> None:
    assert engine.problems == []


def test_an_engine_that_has_seen_too_many_words_starts_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = Engine()
    before = of(engine, "You lost my parcel!")
    vocabulary = engine._nlp.vocab

    monkeypatch.setattr(module, "WORDS_KEPT", 0)

    assert of(engine, "You lost my parcel!") == before
    assert engine._nlp.vocab is not vocabulary
