"""The words of a cue that are underlined: few, whole, and never beyond the end of a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.nlp.engine import Engine
from cxdesk.nlp.hearing import Hearing

MARKS = [
    ("Still no answer. It's my son's birthday present.", "blame_company", "no answer"),
    ("It fails, I tried ten times and nothing.", "effort", "tried ten times"),
    ("I'm losing it, I can't get through at all.", "effort", "can't get through"),
    ("The label still doesn't print.", "repetition", "still doesn't print"),
    ("Nobody picks up the phone!", "ignored", "Nobody picks up"),
    ("I can't log in.", "unmet_expectation", "can't log in"),
    ("The lamp arrived with a cracked shade.", "unmet_expectation", "arrived with a cracked shade"),
    ("I lost two days because of you.", "blame_company", "because of you"),
    ("I don't understand where your number comes from.", "confusion", "don't understand"),
    ("WHERE IS IT? I PAID FOR IT. Please look.", "shouting", "WHERE IS IT"),
]
WORDS = "no answer. you lost my parcel and again still not third time! can't nobody I'm so annoyed"
TEXTS = st.lists(st.sampled_from([*WORDS.split(), "\n\n", "?", "your"]), max_size=30).map(" ".join)


@pytest.mark.parametrize(("text", "code", "words"), MARKS)
def test_the_words_a_person_would_underline_are_marked(
    hearing: Hearing, text: str, code: str, words: str
) -> None:
    cues = hearing.hear(text).cues

    assert words in [cue.text for cue in cues if cue.code == code]


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_no_cue_crosses_the_end_of_a_sentence_or_runs_on(engine: Engine, text: str) -> None:
    cues = engine.analyze([text])[0].cues

    for cue in cues:
        inside = cue.text.rstrip(".!? ")
        assert not any(end in inside for end in (". ", "! ", "? ", "\n\n"))
        assert len(cue.text.split()) <= 14
