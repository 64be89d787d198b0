"""What the sidebar says: the customer's own words, and why there is no guidance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.model import (
    Analysis,
    BlameTarget,
    Correction,
    Cue,
    Fault,
    Level,
    Message,
    Moment,
    Role,
    Thread,
)
from cxdesk.ui.sidebar import words
from cxdesk.ui.sidebar.fact import shortened

NOW = datetime(2026, 3, 12, 9, 12, tzinfo=UTC)


def _fact(thread: Thread, moment: Moment, label: str) -> str:
    return next((f.words for f in words.facts(thread, moment) if f.label == label), "")


def test_because_quotes_the_three_strongest_cues(thread, moment) -> None:
    found = _fact(thread, moment, "Because")

    assert found == "“You promised Wednesday”, “third time”, “nobody called”"


def test_words_within_other_words_are_not_quoted_twice(thread, moment) -> None:
    cues = (*moment.cues, Cue("x", 0, 3, "promised", 3, "r", "w"))

    assert "“promised”" not in _fact(thread, replace(moment, cues=cues), "Because")


def test_calm_is_because_of_good_words(thread, moment) -> None:
    cues = (Cue("gratitude", 0, 7, "Perfect, it works.", 1, "r", "w"),)
    calm = replace(moment, level=Level.CALM, cues=cues)

    assert _fact(thread, calm, "They say") == "“Perfect, it works”"


def test_thanks_are_no_reason_to_be_frustrated(thread, moment) -> None:
    cues = (Cue("gratitude", 0, 9, "Thank you", 1, "r", "w"),)

    better = replace(moment, level=Level.FRUSTRATED, cues=cues)

    assert _fact(thread, better, "They say") == "“Thank you”"
    assert _fact(thread, better, "Because") == ""


def test_blame_says_whom_and_their_words(thread, moment) -> None:
    assert _fact(thread, moment, "Blames us") == "Your driver lost it"


def test_the_agents_correction_of_blame_holds(thread, moment) -> None:
    last = replace(thread.messages[0], correction=Correction(blame_target=BlameTarget.NONE))

    assert _fact(replace(thread, messages=(last,)), moment, "Blames us") == ""


def test_without_a_promise_it_says_so(thread, moment) -> None:
    assert _fact(thread, moment, "Promised") == "delivery on Wednesday"
    assert _fact(thread, replace(moment, known={}), "Promised") == "nothing open"


def test_what_went_before_is_counted(thread, moment) -> None:
    before = replace(moment, failures=2, apologies=1, abuse_count=1)

    assert _fact(thread, before, "So far") == "2 failures, 1 apology, 1 insult, not solved"
    assert _fact(thread, replace(moment, solved=True), "So far") == "no failure of ours, solved"


def test_what_is_counted_says_by_which_words(thread, moment) -> None:
    ours = Message(2, 1, Role.AGENT, "Robin", "Hi. I'm sorry we lost it. Soon!", NOW)
    replied = replace(ours, codes=("apology_full",))
    told = replace(thread, messages=(*thread.messages, replied))
    before = replace(moment, failures=2, apologies=1)

    origin = next(f.origin for f in words.facts(told, before) if f.label == "So far")

    assert "“third time”, " in origin
    assert "“You promised Wednesday”, " in origin
    assert "“I'm sorry we lost it”, " in origin


def test_a_sorry_that_counts_for_our_own_failure_is_shown_with_its_words(thread, moment) -> None:
    ours = Message(2, 1, Role.AGENT, "Robin", "Our sync stopped and I'm sorry it did.", NOW)
    told = replace(thread, messages=(*thread.messages, replace(ours, codes=("sympathy",))))

    shown = [
        next(f.origin for f in words.facts(told, before) if f.label == "So far")
        for before in (
            replace(moment, apologies=1, fault=Fault.COMPANY),
            replace(moment, apologies=1, fault=Fault.NOBODY),
        )
    ]

    assert ["I'm sorry it did" in each for each in shown] == [True, False]


def test_of_several_sorries_the_one_for_something_of_ours_is_shown(thread, moment) -> None:
    text = "Sorry to ask twice for the number. We lost it, and we apologise for the loss."
    ours = Message(2, 1, Role.AGENT, "Robin", text, NOW, codes=("apology_full",))
    told = replace(thread, messages=(*thread.messages, ours))

    before = replace(moment, apologies=1)
    origin = next(f.origin for f in words.facts(told, before) if f.label == "So far")

    assert "we apologise for the loss" in origin
    assert "Sorry to ask" not in origin


def test_an_insult_that_only_a_phrase_knows_is_shown_with_its_words(thread, moment) -> None:
    theirs = Message(3, 1, Role.CUSTOMER, "Maria", "My spaniel could do your job.", NOW)
    told = replace(thread, messages=(*thread.messages, theirs))

    before = replace(moment, abuse_count=1)
    origin = next(f.origin for f in words.facts(told, before) if f.label == "So far")

    assert "could do your job" in origin


def test_no_question_is_said(thread, moment) -> None:
    assert _fact(thread, replace(moment, asks=()), "Asks") == "nothing open"


@pytest.mark.parametrize(
    ("message", "reason"),
    (
        ({"automated": "auto-reply"}, "sent by a machine (auto reply)"),
        ({"analysis": "de"}, "not in English"),
        ({}, ""),
    ),
)
def test_why_there_is_no_guidance_is_said(thread, message, reason) -> None:
    if "analysis" in message:
        message = {
            "analysis": Analysis(Level.CALM, 0, False, BlameTarget.NONE, (), (), language="de")
        }

    found = words.no_guidance(replace(thread, messages=(replace(thread.messages[0], **message),)))

    assert reason in found
    assert bool(found) == bool(reason)


def test_an_out_of_office_does_not_hide_what_a_person_wrote(thread) -> None:
    auto = Message(2, 1, Role.CUSTOMER, "", "", datetime.now(UTC), automated="auto-reply")

    assert words.no_guidance(replace(thread, messages=(*thread.messages, auto))) == ""


def test_only_what_the_agent_has_not_set_is_proposed(thread, moment) -> None:
    assert words.proposed(thread, moment).startswith("Fault and phase proposed")
    assert words.proposed(replace(thread, fault_is_set=True), moment).startswith("Phase proposed")
    set_ = replace(thread, fault_is_set=True, phase_is_set=True)
    assert words.proposed(set_, moment) == ""
    unknown = replace(moment, fault=Fault.UNKNOWN)
    assert words.proposed(thread, unknown).startswith("Phase proposed")


@given(st.text("ab cd.", max_size=80), st.integers(5, 40))
def test_shortened_words_fit(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= max(most, 1)
