"""A trainer's list of harmless words changes what is read, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cxdesk.model import Cue, Level
from cxdesk.nlp.company_words import CompanyWords
from cxdesk.nlp.engine import Engine

LISTED = CompanyWords(("kill process", "dead pixel", "complaint form", "Driver's Mate", "Echo"))
TRICKY = st.sampled_from([*"aAsS'’ \n-İßſ", "kill", "process", "dead pixel", "\u00a0"])
ANY_TEXT = st.text(max_size=80) | st.lists(TRICKY, max_size=25).map("".join)


@pytest.mark.parametrize(
    ("text", "read"),
    (
        ("I need to kill process 4.", "I need to thing        4."),
        ("Dead\u00a0 pixels, again", "thing       , again"),
        ("a KILL\nPROCESS a day", "a thing        a day"),
        ("my driver’s mate is here", "my thing         is here"),
        ("the Echo is off", "the it   is off"),
        ("THE DEAD PIXEL IS BACK", "THE THING      IS BACK"),
        ("echoes of deadpixel and Echology", "echoes of deadpixel and Echology"),
    ),
)
def test_a_listed_phrase_reads_as_a_noun_of_the_same_length(text: str, read: str) -> None:
    assert LISTED.neutral(text) == read


def test_the_longer_of_two_phrases_counts() -> None:
    words = CompanyWords(("kill", "kill process", "kill process tree"))

    assert words.spans("kill process tree, kill processor") == [(0, 17), (19, 23)]


@given(text=ANY_TEXT, phrases=st.lists(ANY_TEXT, max_size=8))
@example(text="İ dead pixel", phrases=["dead pixel", "İ dead"])
def test_any_text_keeps_its_length_and_what_lies_outside_the_phrases(
    text: str, phrases: list[str]
) -> None:
    words = CompanyWords(tuple(phrases))

    read = words.neutral(text)

    inside = {at for start, stop in words.spans(text) for at in range(start, stop)}
    assert len(read) == len(text)
    assert all(read[at] == text[at] for at in range(len(text)) if at not in inside)


@given(phrase=ANY_TEXT, before=ANY_TEXT, after=ANY_TEXT)
def test_a_phrase_between_other_words_is_found(phrase: str, before: str, after: str) -> None:
    words = CompanyWords((phrase,))

    spans = words.spans(f"{before} {phrase} {after}")

    assert bool(spans) or not words.phrases


def test_a_cue_that_cuts_a_phrase_in_two_gets_the_whole_of_it() -> None:
    text = "I hate your dead pixel form"
    cue = Cue("affect", 2, 17, "hate your thing", 1.0, "rule", "why")

    (whole,) = LISTED.whole([cue], text)

    assert (whole.start, whole.end, whole.text) == (2, 22, "hate your dead pixel")
    assert CompanyWords().whole([cue], text) == (cue,)


def test_without_phrases_a_text_is_not_even_copied() -> None:
    text = "kill process"

    assert CompanyWords().neutral(text) is text
    assert CompanyWords(("", "x", " ", "y" * 81)).neutral(text) is text


def test_company_words_change_the_verdict_and_the_cues_show_what_was_written() -> None:
    text = "Two tickets for I Am Furious, please."
    angry = "I AM FURIOUS did not play, third time you cancel it, you lied and I hate you!"
    words = CompanyWords(("I am furious",))
    engine = Engine()
    before = engine.analyze([text])[0]

    engine.words = words
    verdict, loud = engine.analyze([text, angry])

    assert before.cues
    assert (verdict.level, verdict.cues) == (Level.CALM, ())
    assert loud.level >= Level.FRUSTRATED
    assert all(cue.text == angry[cue.start : cue.end] for cue in loud.cues)
    assert Engine(words).analyze([text]) == [verdict]
