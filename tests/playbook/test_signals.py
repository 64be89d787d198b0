from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cxdesk.model import (
    Fault,
    Level,
    Message,
    Moment,
    Mood,
    Phase,
    Promise,
    PromiseState,
    Role,
    Thread,
    Trend,
)
from cxdesk.playbook import Playbook, moment, suggest

Said = Callable[..., Message]
AThread = Callable[..., Thread]
NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
OURS = {"fault": Fault.COMPANY, "fault_is_set": True}


def note(text: str) -> Message:
    return Message(0, 1, Role.NOTE, "Robin", text, NOON)


def a_promise(due: datetime, state: PromiseState = PromiseState.OPEN) -> Promise:
    said_at = due - timedelta(days=1)
    return Promise(1, 1, 1, "Maria", "", "chat", None, "by then", "call", said_at, due, state)


def after(a_thread: AThread, reply: Message, answer: Message, **changes: object) -> Moment:
    """The moment after a first word, this reply of ours and this answer to it."""
    first = Message(0, 1, Role.CUSTOMER, "Maria", "It broke.", NOON - timedelta(hours=9))
    return moment(a_thread(first, reply, answer, **changes), now=NOON)


# ------------------------------------------------------------------ our question


@pytest.mark.parametrize(
    ("told", "asked", "answer"),
    (
        ("Order A-20418, photo attached.", "Your order number and a photo, please?", "see"),
        ("Router AX-20, serial 99812.", "What's the serial of your router?", "I just told you."),
        ("It won't open, door 3B.", "Hello! How can I help?", "As I wrote, door 3B won't open."),
    ),
)
def test_a_question_whose_answer_was_there_does_not_end_the_opening(
    said: Said, replied: Said, a_thread: AThread, told: str, asked: str, answer: str
) -> None:
    ours = replied(asked, "one_question", ago=2)

    found = moment(a_thread(said(told, ago=3), ours, said(answer)), now=NOON)

    assert found.phase is Phase.OPENING
    assert "told_before" in found.signals


def test_a_question_that_was_open_ends_the_opening(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    asked = replied("Which colour would you like?", "one_question", ago=2)

    found = moment(a_thread(said("I'd like another one.", ago=3), asked, said("Red.")), now=NOON)

    assert found.phase is Phase.PROBLEM_SOLVING
    assert "told_before" not in found.signals


def test_who_was_asked_again_is_never_asked_once_more(
    starter: Playbook, said: Said, replied: Said, a_thread: AThread
) -> None:
    asked = replied("Could you send the reference?", "one_question", ago=2)
    thread = a_thread(said("Reference R-55.", ago=3), asked, said("I just sent it."))

    guidance = suggest(starter, moment(thread, now=NOON))

    assert guidance.row == "D14"
    assert guidance.suggestions[0].play == "ack-repeat-contact"
    assert "I just sent" in guidance.suggestions[0].because[0]


def test_a_request_for_what_was_told_is_no_step_either(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    told = said("Fridge KX-300, bought 2 May, receipt attached.", ago=3)
    asked = replied("Please tell us the date you bought the fridge.", "one_question", ago=2)

    assert moment(a_thread(told, asked, said("see")), now=NOON).phase is Phase.OPENING


@pytest.mark.parametrize(
    ("ours", "phase"),
    (
        ("I see the outage, the crew is at the bridge.", Phase.PROBLEM_SOLVING),
        ("So sorry, that must be frustrating!", Phase.OPENING),
    ),
)
def test_looking_into_it_ends_the_opening_and_sympathy_does_not(
    said: Said, replied: Said, a_thread: AThread, ours: str, phase: Phase
) -> None:
    thread = a_thread(said("No power.", ago=3), replied(ours, ago=2), said("And now?"))

    assert moment(thread, now=NOON).phase is phase


def test_after_nothing_but_sympathy_the_deed_is_due(
    starter: Playbook, said: Said, replied: Said, a_thread: AThread
) -> None:
    words = replied("I'm so sorry, I understand how stressful that is.", ago=2)
    deeds = replied("I'm so sorry. I've asked the depot.", "action", ago=2)

    assert suggest(starter, after(a_thread, words, said("How do I get home?"))).row == "D6"
    assert suggest(starter, after(a_thread, deeds, said("How do I get home?"))).row != "D6"


# ------------------------------------------------------------------ our promise


@pytest.mark.parametrize("text", ("It is Wednesday now.", "its past 4", "Still nothing here."))
def test_a_time_that_is_up_breaks_a_promise_only_where_we_gave_one(
    said: Said, replied: Said, a_thread: AThread, text: str
) -> None:
    timed = replied("I'll call you by Tuesday.", "ownership_i", "time_given", ago=2)
    vague = replied("I'll look into it.", "ownership_i", ago=2)

    assert "broken_promise" in after(a_thread, timed, said(text)).signals
    assert "broken_promise" not in after(a_thread, vague, said(text)).signals


def test_a_promise_that_ran_out_is_bad_news_to_bring_or_a_word_not_kept(
    starter: Playbook, said: Said, replied: Said, a_thread: AThread
) -> None:
    late = (a_promise(NOON - timedelta(hours=1)),)
    kept = (a_promise(NOON - timedelta(hours=1), PromiseState.KEPT),)
    asked, told = said("When?", ago=9), replied("At eleven.", "time_given", ago=8)

    silent = moment(a_thread(asked, told, promises=late), now=NOON)
    writes = moment(a_thread(asked, told, said("Hello?"), promises=late), now=NOON)
    done = moment(a_thread(asked, told, promises=kept), now=NOON)

    assert suggest(starter, silent).row == "D11"
    assert "broken_promise" in writes.signals
    assert not {"promise_at_risk", "broken_promise"} & done.signals


@pytest.mark.parametrize(
    ("text", "is_bad"),
    (
        ("Bus company: the big coach is in the workshop, only a 40-seater.", True),
        ("Supplier forgot to load them.", True),
        ("Loaded at nine, on its way.", False),
    ),
)
def test_a_note_after_a_time_we_gave_is_read_for_bad_news(
    said: Said, replied: Said, a_thread: AThread, text: str, is_bad: bool
) -> None:
    told = replied("It comes on Friday.", "time_given", ago=2)

    found = moment(a_thread(said("When?", ago=3), told, note(text)), now=NOON)

    assert ("promise_at_risk" in found.signals) is is_bad


def test_a_note_after_a_wish_we_passed_on_closes_the_loop(
    starter: Playbook, said: Said, replied: Said, a_thread: AThread
) -> None:
    told = replied("I've passed it to the app team.", ago=90)
    thread = a_thread(said("Please read the menu aloud.", ago=91), told, note("App 7.2 has it."))

    assert suggest(starter, moment(thread, now=NOON)).row == "D31"


# ------------------------------------------------------------------ our no


@pytest.mark.parametrize(
    "ours",
    (
        "I see the booking, the non-refundable rate.",
        "Saver tickets can't be moved once the train has left.",
        "The trial ended after 100 nights.",
        "Lost earnings are more than I may decide.",
    ),
)
def test_after_a_no_everything_but_a_yes_asks_for_the_same_again(
    starter: Playbook, said: Said, replied: Said, a_thread: AThread, ours: str
) -> None:
    reply = replied(ours, "ack_specific", ago=2)

    again = after(a_thread, reply, said("It is only one day late."))
    accepts = after(a_thread, reply, said("Fair enough."))

    assert suggest(starter, again).row == "D21"
    assert "request_refused" not in accepts.signals


# ------------------------------------------------------------------ words in their place


@pytest.mark.parametrize(
    ("text", "changes", "signal"),
    (
        ("Splendid work. I am now a seven-year-old.", OURS, "sarcasm"),
        ("Splendid work. It fits at once.", {"solved": True}, "praise"),
    ),
)
def test_high_praise_is_irony_while_our_failure_is_open(
    said: Said, a_thread: AThread, text: str, changes: dict[str, object], signal: str
) -> None:
    found = moment(a_thread(said(text), **changes), now=NOON)

    assert {"sarcasm", "praise"} & found.signals == {signal}


def test_praise_is_irony_for_an_open_failure_and_meant_for_a_reply(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    ours = replied("I've refunded it, it arrives by Friday.", "action", "time_given", ago=2)
    words = said("Thank you, you've been very helpful.", "praise", "gratitude")

    first = moment(a_thread(said("What a helpful website.", "praise"), **OURS), now=NOON)
    answer = after(a_thread, ours, words, **OURS)

    assert "sarcasm" in first.signals
    assert "sarcasm" not in answer.signals


def test_so_kind_as_to_is_a_formula_and_no_praise(said: Said, a_thread: AThread) -> None:
    found = moment(a_thread(said("Would you be so kind as to open it?", "praise")), now=NOON)

    assert "praise" not in found.signals


def test_relief_that_a_failure_follows_is_none(said: Said, a_thread: AThread) -> None:
    told = said("You said it works. It is stuck again.", "recovery", "repetition")
    assert told.analysis
    works, stuck = told.analysis.cues
    cues = (replace(works, start=9), replace(stuck, start=19))
    message = replace(told, analysis=replace(told.analysis, cues=cues))

    found = moment(a_thread(message), now=NOON)

    assert found.phase is Phase.OPENING
    assert "recovery" not in found.signals


@pytest.mark.parametrize(
    ("text", "codes", "leaves"),
    (
        ("Please cancel my plan, my son starts school.", ("churn",), "neutral_leaving"),
        ("Please cancel my plan by May.", ("churn",), "neutral_leaving"),
        ("Cancel my plan, I'm fed up with the prices.", ("churn", "affect"), "churn"),
        ("The 3rd outage was the last for me, how do I exit this plan?", (), "churn"),
        ("We're moving to Berlin, what is the new address?", (), ""),
    ),
)
def test_who_leaves_without_a_complaint_has_reasons_of_their_own(
    said: Said, a_thread: AThread, text: str, codes: tuple[str, ...], leaves: str
) -> None:
    found = moment(a_thread(said(text, *codes)), now=NOON).signals

    assert {"churn", "neutral_leaving"} & found == ({leaves} if leaves else set())


@pytest.mark.parametrize(
    ("text", "is_mask"),
    (
        ("No hurry, but my appointment is tomorrow.", True),
        ("No hurry at all, whenever it suits you.", False),
    ),
)
def test_courtesy_with_a_date_behind_it_is_a_mask(
    said: Said, a_thread: AThread, text: str, is_mask: bool
) -> None:
    assert ("polite_mask" in moment(a_thread(said(text)), now=NOON).signals) is is_mask


def test_what_it_cost_counts_when_it_is_solved_though_said_at_the_beginning(
    starter: Playbook, said: Said, replied: Said, a_thread: AThread
) -> None:
    messages = (
        said("We missed the christening.", "impact", level=Level.FRUSTRATED, ago=5),
        replied("I've refunded it.", "action", ago=4),
        said("It is on my account.", level=Level.ANNOYED),
    )

    solved = moment(a_thread(*messages, solved=True, **OURS), now=NOON)
    is_open = moment(a_thread(*messages, **OURS), now=NOON)

    assert suggest(starter, solved).row == "D24"
    assert "impact" not in is_open.signals


@pytest.mark.parametrize(
    ("text", "codes", "days"), (("Whatever.", ("resignation",), 3), ("It is wrong again.", (), 5))
)
def test_who_gave_up_is_missed_sooner_than_who_is_only_silent(
    said: Said, replied: Said, a_thread: AThread, text: str, codes: tuple[str, ...], days: int
) -> None:
    thread = a_thread(
        said(text, *codes, level=Level.FRUSTRATED, ago=2), replied("Which one?", ago=1)
    )

    def at(day: float) -> Moment:
        return moment(thread, now=NOON + timedelta(days=day))

    assert "quiet" not in at(days - 0.5).signals
    assert "quiet" in at(days).signals


def test_who_was_upset_is_not_asked_for_feedback_when_it_works(
    starter: Playbook, said: Said, a_thread: AThread
) -> None:
    mood = Mood(Level.CALM, Trend.FALLING, (Level.ANGRY, Level.CALM))

    found = moment(a_thread(said("It runs since Tuesday."), solved=True, mood=mood), now=NOON)

    assert suggest(starter, found).row == "D29s"


def test_steps_are_dreaded_only_where_we_asked_for_them(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    asked = replied("Please take the cover off and press the button.", "action", ago=2)
    other = replied("I've ordered the part.", "action", ago=2)
    dreads = said("I'm not taking covers off.")

    assert "dreads_steps" in after(a_thread, asked, dreads).signals
    assert "dreads_steps" not in after(a_thread, other, dreads).signals


# ------------------------------------------------------------------ grave words


@pytest.mark.parametrize(
    ("text", "row"),
    (
        ("Your technician is an incompetent buffoon.", "D1"),
        ("I have instructed solicitors.", "D3"),
        ("Who is the head of this department?", "D4"),
        ("14k followers are about to see this lamp.", "D5"),
        ("I terminate the membership, I am fed up.", "D9"),
    ),
)
def test_grave_words_decide_the_answer_though_they_weigh_little(
    starter: Playbook, said: Said, a_thread: AThread, text: str, row: str
) -> None:
    codes = ("affect",) if "fed up" in text else ()
    thread = a_thread(said(text, *codes, level=Level.ANNOYED))

    assert suggest(starter, moment(thread, now=NOON)).row == row


def test_insults_that_only_the_phrases_know_are_counted_too(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    thread = a_thread(
        said("you useless little worm", ago=4), replied("Please.", ago=3), said("half a brain")
    )

    assert moment(thread, now=NOON).abuse_count == 2


def test_a_guess_of_the_trained_tier_alone_brings_no_grave_row(
    said: Said, a_thread: AThread
) -> None:
    told = said("I would be obliged for a correction.", "legal_threat")
    assert told.analysis
    guess = replace(told.analysis.cues[0], rule="model.legal_threat")
    guessed = replace(told, analysis=replace(told.analysis, cues=(guess,)))
    flagged = replace(told, analysis=replace(told.analysis, cues=(guess,), flags=("legal_threat",)))

    assert "legal_threat" not in moment(a_thread(guessed), now=NOON).signals
    assert "legal_threat" in moment(a_thread(flagged), now=NOON).signals


def test_a_doubt_in_brackets_is_no_question(said: Said, a_thread: AThread) -> None:
    aside = said("The lady on till 4 (Precious?) helped my son.")
    asked = said("Is the lady on till 4 there?")

    found = moment(a_thread(aside, asked), now=NOON)

    assert found.asks == ("Is the lady on till 4 there?",)
