"""Soft view: insults go, facts stay, and every place leads back to where it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.model import Cue
from cxdesk.ui.softening import Softener, soften


def _cues(text: str, **words: str) -> list[Cue]:
    return [
        Cue(code, text.index(said), text.index(said) + len(said), said, 1.0, f"{code}.x", "")
        for code, said in words.items()
    ]


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    (
        ("You are idiots.", {"abuse": "You are idiots"}, "You are (insult)."),
        ("Where is my bloody box?", {"profanity": "bloody"}, "Where is my (swear word) box?"),
        (
            "The stupid driver threw PX-48213.",
            {"abuse": "stupid driver"},
            "The (insult) driver threw PX-48213.",
        ),
        ("IDIOTS 20931 morons", {"abuse": "IDIOTS 20931 morons"}, "(insult) 20931 (insult)"),
        ("What a bunch of clowns", {"abuse": "bunch of clowns"}, "What a (insult)"),
        ("you f***ing liars", {"profanity": "f***ing", "abuse": "liars"}, "you (insult)"),
        ("Nobody called.", {"ignored": "Nobody called"}, "Nobody called."),
    ),
)
def test_insults_go_and_facts_stay(text: str, words: dict[str, str], shown: str) -> None:
    assert soften(text, _cues(text, **words)).text == shown


def test_a_threat_is_not_hidden() -> None:
    text = "I know where you live and will kill you"

    soft = soften(text, _cues(text, abuse="know where you live", threat="know where you live"))

    assert soft.text == text


def test_a_place_leads_there_and_back() -> None:
    text = "You are idiots, all of you."
    soft = soften(text, _cues(text, abuse="idiots"))

    assert soft.text == "You are (insult), all of you."
    for place in (0, 4, text.index(","), len(text)):
        assert soft.to_original(soft.to_soft(place)) == place
    within = soft.text.index("sult")
    assert soft.to_original(within) == text.index("idiots")
    assert soft.to_original(within, is_end=True) == text.index(",")


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4)
)
def test_any_text_keeps_what_is_not_hidden(text: str, spans: list[tuple[int, int]]) -> None:
    bounded = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in spans]
    cues = [Cue("abuse", a, b, text[a:b], 1.0, "abuse.x", "") for a, b in bounded]

    soft = soften(text, cues)

    back = soft.text
    for gone, (start, end) in reversed(list(zip(soft.hidden, soft.places, strict=True))):
        back = back[:start] + text[gone.start : gone.end] + back[end:]
    assert back == text
    assert all(0 <= soft.to_original(place) <= len(text) for place in range(len(soft.text) + 1))


def test_words_that_are_quoted_elsewhere_go_too() -> None:
    text = "You useless\nbunch of idiots, where is it?"
    soften_words = Softener.of([(text, _cues(text, abuse="useless\nbunch of idiots"))])

    assert soften_words("“useless bunch of idiots”: an insult") == "“(insult)”: an insult"
    assert soften_words("You Useless bunch of…") == "You (insult)…"
    assert soften_words("a useful bunch") == "a useful bunch"
