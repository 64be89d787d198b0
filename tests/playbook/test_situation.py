from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cxdesk.model import BlameTarget, Correction, Fault, Level, Message, Phase, Role, State, Thread
from cxdesk.playbook import moment

Said = Callable[..., Message]
AThread = Callable[..., Thread]
NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)


def note(text: str) -> Message:
    return Message(0, 1, Role.NOTE, "Robin", text, NOON)


def test_a_first_message_opens_the_conversation(said: Said, a_thread: AThread) -> None:
    assert moment(a_thread(said("It broke.")), now=NOON).phase is Phase.OPENING


def test_an_empty_conversation_has_a_moment_too(a_thread: AThread) -> None:
    found = moment(a_thread(), now=NOON)

    assert (found.phase, found.level, found.fault) == (Phase.OPENING, Level.CALM, Fault.UNKNOWN)


@pytest.mark.parametrize("code", ("ack_specific", "action", "one_question"))
def test_a_reply_that_hears_or_acts_ends_the_opening(
    said: Said, replied: Said, a_thread: AThread, code: str
) -> None:
    thread = a_thread(said("It broke.", ago=3), replied("Yes.", code, ago=2), said("And?", ago=1))

    assert moment(thread, now=NOON).phase is Phase.PROBLEM_SOLVING


def test_an_empty_reply_does_not_end_the_opening_but_two_do(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    one = a_thread(said("It broke.", ago=5), replied("Hello", ago=4), said("And?", ago=3))
    two = a_thread(*one.messages, replied("Hi", ago=2), said("And?", ago=1))

    assert moment(one, now=NOON).phase is Phase.OPENING
    assert moment(two, now=NOON).phase is Phase.PROBLEM_SOLVING


def test_a_solved_case_is_closing(said: Said, a_thread: AThread) -> None:
    by_agent = a_thread(said("ok then"), state=State.SOLVED)
    by_words = a_thread(said("It works now!", "recovery"))

    assert moment(by_agent, now=NOON).phase is Phase.CLOSING
    assert moment(by_words, now=NOON).phase is Phase.CLOSING


def test_after_a_silent_day_a_reply_of_ours_is_a_follow_up(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    thread = a_thread(said("It broke.", ago=60), replied("I've sent one.", "action", ago=50))

    assert moment(thread, now=NOON).phase is Phase.FOLLOW_UP


def test_a_customer_who_waits_for_days_is_no_follow_up(said: Said, a_thread: AThread) -> None:
    found = moment(a_thread(said("Where is it?", ago=72)), now=NOON)

    assert found.phase is Phase.OPENING
    assert found.waiting_days == pytest.approx(3)


def test_the_agent_has_the_last_word_on_phase_and_fault(said: Said, a_thread: AThread) -> None:
    thread = a_thread(
        said("You broke it.", blames=BlameTarget.COMPANY),
        phase=Phase.CLOSING,
        phase_is_set=True,
        fault=Fault.NOBODY,
        fault_is_set=True,
    )

    found = moment(thread, now=NOON)

    assert (found.phase, found.fault) == (Phase.CLOSING, Fault.NOBODY)


@pytest.mark.parametrize(
    ("target", "fault"),
    (
        (BlameTarget.COMPANY, Fault.COMPANY),
        (BlameTarget.AGENT, Fault.COMPANY),
        (BlameTarget.PRODUCT, Fault.COMPANY),
        (BlameTarget.THIRD_PARTY, Fault.THIRD_PARTY),
        (BlameTarget.SELF, Fault.CUSTOMER),
        (BlameTarget.NONE, Fault.UNKNOWN),
    ),
)
def test_a_fault_is_proposed_from_whom_they_blame(
    said: Said, a_thread: AThread, target: BlameTarget, fault: Fault
) -> None:
    assert moment(a_thread(said("Look at this.", blames=target)), now=NOON).fault is fault


def test_whom_a_message_blames_first_of_all_decides_and_not_every_cue_in_it(
    said: Said, a_thread: AThread
) -> None:
    thieves = said("You are thieves.", "blame_third_party", blames=BlameTarget.COMPANY)
    lost = said("I lost a client, you deleted it.", "blame_self", blames=BlameTarget.PRODUCT)

    assert moment(a_thread(thieves), now=NOON).fault is Fault.COMPANY
    assert moment(a_thread(lost), now=NOON).fault is Fault.COMPANY


def test_a_message_in_another_language_says_so(said: Said, a_thread: AThread) -> None:
    found = said("Où est mon colis ?")
    assert found.analysis
    french = replace(found, analysis=replace(found.analysis, language="fr"))

    assert "other_language" in moment(a_thread(french), now=NOON).signals


def test_a_corrected_blame_counts_instead_of_the_found_one(said: Said, a_thread: AThread) -> None:
    found = said("You broke it.", blames=BlameTarget.COMPANY)
    message = replace(found, correction=Correction(blame_target=BlameTarget.THIRD_PARTY))

    assert moment(a_thread(message), now=NOON).fault is Fault.THIRD_PARTY


def test_a_thought_in_several_lines_is_one_turn(said: Said, a_thread: AThread) -> None:
    thread = a_thread(said("third time", "repetition", ago=2), said("furious", "affect", ago=1))

    assert {"repetition", "affect"} <= moment(thread, now=NOON).signals


def test_signals_are_those_of_the_last_turn(said: Said, replied: Said, a_thread: AThread) -> None:
    thread = a_thread(
        said("furious", "affect", ago=3), replied("Done.", "action", ago=2), said("thanks", ago=1)
    )

    assert "affect" not in moment(thread, now=NOON).signals


def test_each_complaint_after_we_acted_is_a_failure(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    complaint = "unmet_expectation"
    first = said("It leaks.", complaint, ago=6)
    again = said("It leaks, still.", complaint, ago=4)
    acted = replied("I've sent the fitter.", "action", ago=5)
    heard = replied("I see.", ago=5)

    assert moment(a_thread(first), now=NOON).failures == 1
    assert moment(a_thread(first, heard, again), now=NOON).failures == 1
    assert moment(a_thread(first, acted, again), now=NOON).failures == 2


def test_a_first_message_may_tell_of_two_failures(said: Said, a_thread: AThread) -> None:
    told = said("You said it was fixed. It broke again.", "broken_promise", "repetition")

    assert moment(a_thread(told), now=NOON).failures == 2


def test_apologies_and_plays_already_used_are_counted(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    sorry = replied("We broke it, I'm sorry.", "apology_full", ago=2, plays=("apo-full",))

    found = moment(a_thread(said("It broke.", ago=3), sorry, said("And now?")), now=NOON)

    assert (found.apologies, found.said_plays, found.replies) == (1, ("apo-full",), 1)


def test_insults_are_counted_by_turn(said: Said, replied: Said, a_thread: AThread) -> None:
    thread = a_thread(
        said("idiot", "abuse", ago=4),
        said("clown", "abuse", ago=3),
        replied("Please.", ago=2),
        said("moron", "abuse", ago=1),
    )

    assert moment(thread, now=NOON).abuse_count == 2


def test_questions_the_lexicon_knows_as_complaints_are_not_asked(
    said: Said, a_thread: AThread
) -> None:
    real = said("Where is my parcel?")
    mocking = said("Do you even read this?", "rhetorical_question")

    assert moment(a_thread(real, mocking), now=NOON).asks == ("Where is my parcel?",)


def test_a_question_that_blames_is_no_question_unless_it_wants_a_reason(
    said: Said, a_thread: AThread
) -> None:
    blaming = said("Your driver lost it and now it's here?", "blame_agent")
    asking = said("Why did you close it?", "blame_company")

    assert moment(a_thread(blaming, asking), now=NOON).asks == ("Why did you close it?",)


@pytest.mark.parametrize(
    ("text", "signal"),
    (
        ("Depot: van off the road, nothing leaves today.", "promise_at_risk"),
        ("Shop team: it is live since Monday.", "change_made"),
    ),
)
def test_a_new_note_brings_news_the_customer_does_not_have(
    said: Said, replied: Said, a_thread: AThread, text: str, signal: str
) -> None:
    asked = said("When does it come?", ago=3)
    told = replied("On Thursday.", "time_given", ago=2)

    found = moment(a_thread(asked, told, note(text)), now=NOON)
    answered = moment(a_thread(asked, note(text), told), now=NOON)

    assert signal in found.signals
    assert found.phase is Phase.FOLLOW_UP
    assert signal not in answered.signals


def test_a_troubled_customer_who_stays_silent_is_quiet(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    messages = (
        said("It cuts out again.", level=Level.FRUSTRATED, ago=210),
        replied("Which version?", "one_question", ago=209),
        said("no idea. never mind", "resignation", level=Level.FRUSTRATED, ago=208),
    )

    assert "quiet" in moment(a_thread(*messages), now=NOON).signals
    assert "quiet" not in moment(a_thread(*messages, solved=True), now=NOON).signals


def test_values_given_from_outside_win(said: Said, a_thread: AThread) -> None:
    thread = a_thread(said("Order A-20418"))

    found = moment(thread, now=NOON, known={"order_ref": "B-1", "cause": "a van broke down"})

    assert found.known["order_ref"].value == "B-1"
    assert found.known["cause"].origin == "given"


@pytest.mark.parametrize(
    ("text", "is_only_thanks"),
    (
        ("Thank you, I will.", True),
        ("Thanks! When does it come?", False),
        ("Thank you. The fitter can come again on 23 or 24 March.", False),
    ),
)
def test_thanks_and_nothing_else_need_no_answer(
    said: Said, a_thread: AThread, text: str, is_only_thanks: bool
) -> None:
    found = moment(a_thread(said(text, "gratitude")), now=NOON)

    assert ("only_thanks" in found.signals) is is_only_thanks
