"""The story of the work, without a window: a real store, the real playbook, real language rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from cxdesk import demo
from cxdesk.desk import Desk
from cxdesk.errors import UserError
from cxdesk.model import (
    Block,
    Correction,
    Draft,
    Fault,
    Incoming,
    Level,
    Overruled,
    Review,
    ReviewRequest,
    Role,
    State,
    Trend,
)
from cxdesk.nlp.engine import Engine
from cxdesk.nlp.mood import DANGER
from cxdesk.outgoing import HeldMail
from cxdesk.overruling import UNANSWERED
from cxdesk.paths import Profile
from cxdesk.said import codes, last_of_customer

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The language engine, loaded once."""
    return Engine()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, engine: Engine) -> Iterator[Desk]:
    """An empty desk whose clock stands at noon."""
    opened = Desk.open(Profile(tmp_path / "profile"), clock)
    opened.engine = engine
    yield opened
    opened.close()


def a_mail(text: str, number: int = 1, *, role: Role = Role.CUSTOMER, hours: float = 1) -> Incoming:
    return Incoming(
        source="mail",
        external_id=f"<{number}@example.com>",
        thread_keys=(f"<{number}@example.com>", "<1@example.com>"),
        role=role,
        author_name="Maria Lopez",
        author_address="maria@example.com",
        recipients=("help@shop.example",),
        text=text,
        sent_at=NOON - timedelta(hours=hours),
        channel="email",
        subject="My lamp",
    )


def understood(desk: Desk, *mails: Incoming) -> int:
    """Store and analyse; the conversation's id."""
    changes = desk.take_in(list(mails))
    while desk.analyse_pending().conversations:
        pass
    return next(iter(changes.conversations))


def test_an_angry_message_is_understood_and_needs_care(desk: Desk) -> None:
    conversation = understood(
        desk, a_mail("This is unacceptable. You lost my parcel and nobody answers. I'm furious!")
    )

    row = desk.row(conversation)
    assert row is not None
    assert row.level is not None
    assert row.level >= Level.ANGRY
    assert row.blame_target.is_us
    assert [each.id for each in desk.rows("needs_care")] == [conversation]


def test_a_calm_question_waits_but_needs_no_care(desk: Desk) -> None:
    understood(desk, a_mail("Hello, could you tell me the opening hours on Saturday?"))

    counts = {split.id: split.count for split in desk.splits()}

    assert counts["waiting"] == 1
    assert counts["needs_care"] == 0


def test_a_correction_takes_effect_at_once(desk: Desk) -> None:
    conversation = understood(desk, a_mail("Great job. Second broken lamp in a row."))
    message = desk.view(conversation).thread.messages[0]

    desk.correct(message.id, conversation, Correction(level=Level.CALM))

    assert desk.view(conversation).thread.mood.level is Level.CALM


def test_getting_worse_shows_as_a_rising_trend_and_a_turning_point(desk: Desk) -> None:
    conversation = understood(
        desk,
        a_mail("Hello, where is my parcel?", 1, hours=50),
        a_mail("Hi, any news about the parcel?", 2, hours=30),
        a_mail("You lied to me, this is a disgrace and I'm furious. You lost it!", 3, hours=2),
    )

    mood = desk.view(conversation).thread.mood

    assert mood.trend is Trend.RISING
    assert mood.turned_at == 2


def test_the_fault_the_agent_sets_stays(desk: Desk) -> None:
    conversation = understood(desk, a_mail("You charged me twice and I want my money back."))

    desk.set_fault(conversation, Fault.THIRD_PARTY)

    view = desk.view(conversation)
    assert view.thread.fault is Fault.THIRD_PARTY
    assert view.moment.fault is Fault.THIRD_PARTY


def test_what_the_agent_counts_reaches_guidance_and_review(desk: Desk) -> None:
    conversation = understood(desk, a_mail("It came broken, and nobody answers. I'm fed up!"))

    desk.overrule(conversation, Overruled(failures=2, apologies=2))

    view = desk.view(conversation)
    request = desk.review_request(view.thread, view.moment, Draft(conversation, "Sorry."))
    assert (view.moment.failures, view.moment.apologies) == (2, 2)
    assert request.prior_apologies == 1


def test_a_false_alarm_needs_no_care_until_the_next_words_of_danger(desk: Desk) -> None:
    conversation = understood(desk, a_mail("If it is late again I will come over and kill you."))
    alarmed = desk.view(conversation)
    last = alarmed.thread.messages[-1].id

    desk.overrule(conversation, Overruled(safe_until=last))

    assert alarmed.guidance.row == "S0"
    assert desk.view(conversation).guidance.procedure is None
    assert desk.store.in_danger([conversation], DANGER) == frozenset()
    understood(desk, a_mail("I mean it: I will kill you.", 2, hours=0))
    assert desk.view(conversation).guidance.row == "S0"


def test_what_is_handed_over_comes_back_with_its_reason_unless_it_is_undone(
    desk: Desk, clock: Clock
) -> None:
    conversation = understood(desk, a_mail("Get me somebody who can decide this."))
    before = desk.view(conversation)

    note = desk.hand_over(conversation, " above my limit ", NOON + timedelta(hours=20))
    handed = desk.view(conversation)
    desk.undo_hand_over(note)
    undone = desk.view(conversation)
    desk.hand_over(conversation, "above my limit", NOON + timedelta(hours=20))
    clock.time += timedelta(hours=21)
    desk.wake_due()

    assert handed.thread.state is State.SNOOZED
    assert handed.why_back == "Handed over to the lead: above my limit"
    assert undone == before
    back = desk.view(conversation)
    assert back.thread.state is State.OPEN
    assert back.why_back == "Handed over to the lead: above my limit"


def test_suggestions_say_why_in_the_customers_words(desk: Desk) -> None:
    text = "This is the third time I'm writing. You promised Wednesday and nobody came. I'm angry."
    conversation = understood(desk, a_mail(text))

    guidance = desk.view(conversation).guidance

    assert 1 <= len(guidance.suggestions) <= 3
    assert all(suggestion.because for suggestion in guidance.suggestions)


def test_a_reply_becomes_a_mail_file_that_answers_the_customers_message(desk: Desk) -> None:
    conversation = understood(desk, a_mail("Where is my lamp? It should have arrived on Monday."))
    thread = desk.view(conversation).thread
    draft = Draft(conversation, "I've sent a new lamp today; it is with you by Friday.")

    sent = desk.send(thread, draft, Review())
    assert not list(desk.profile.outbox.glob("*.eml"))
    desk.finish_send(sent)

    (file,) = desk.profile.outbox.glob("*.eml")
    mail = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    assert mail["In-Reply-To"] == "<1@example.com>"
    assert "<1@example.com>" in mail["References"]
    assert mail["Subject"] == "Re: My lamp"
    assert "new lamp today" in mail.get_content()
    assert desk.view(conversation).thread.state is State.PENDING


def test_undo_brings_back_the_draft_and_the_waiting_customer(desk: Desk) -> None:
    conversation = understood(desk, a_mail("Where is my lamp?"))
    before = desk.row(conversation)
    thread = desk.view(conversation).thread
    draft = Draft(conversation, "It left today.", cursor=5)

    sent = desk.send(thread, draft, Review())
    desk.take_back(sent, draft)

    view = desk.view(conversation)
    after = desk.row(conversation)
    assert before is not None
    assert after is not None
    assert after.waiting_since == before.waiting_since
    assert view.thread.draft is not None
    assert view.thread.draft.text == "It left today."
    assert [m.role for m in view.thread.messages] == [Role.CUSTOMER]
    assert not list(desk.profile.outbox.rglob("*.eml"))


def test_what_was_sent_before_a_crash_still_goes_out(desk: Desk) -> None:
    conversation = understood(desk, a_mail("Where is my lamp?"))
    thread = desk.view(conversation).thread
    desk.send(thread, Draft(conversation, "It left today."), Review())

    desk.finish_held_sends()

    assert len(list(desk.profile.outbox.glob("*.eml"))) == 1


def test_what_was_taken_back_or_never_recorded_does_not_go_out_after_a_crash(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = understood(desk, a_mail("Where is my lamp?"))
    thread = desk.view(conversation).thread
    draft = Draft(conversation, "It left today.")
    with monkeypatch.context() as patch:
        patch.setattr(HeldMail, "drop", lambda _: None)  # the crash came before the file was gone
        desk.take_back(desk.send(thread, draft, Review()), draft)
        patch.setattr(desk.store, "add_reply", _crash)
        with pytest.raises(RuntimeError):
            desk.send(thread, draft, Review())
    assert len(list(desk.profile.outbox.rglob("*.eml"))) == 2

    desk.finish_held_sends()

    assert not list(desk.profile.outbox.rglob("*.eml"))


def test_words_begun_after_sending_stand_below_the_reply_that_is_taken_back(desk: Desk) -> None:
    conversation = understood(desk, a_mail("Where is my lamp?"))
    thread = desk.view(conversation).thread
    draft = Draft(conversation, "It left today.")
    sent = desk.send(thread, draft, Review())
    desk.keep_draft(Draft(conversation, "PS: by (time)", slots=((7, 13, "time"),)))

    desk.take_back(sent, draft)

    kept = desk.view(conversation).thread.draft
    assert kept is not None
    assert kept.text == "It left today.\n\nPS: by (time)"
    ((start, end, _),) = kept.slots
    assert kept.text[start:end] == "(time)"


def test_a_message_is_read_together_with_its_mood_or_not_at_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (conversation,) = desk.take_in([a_mail("You lost my parcel. I'm furious!")]).conversations
    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "save_mood", _crash)
        with pytest.raises(RuntimeError):
            desk.analyse_pending()
    assert desk.is_reading()

    desk.analyse_pending()

    row = desk.row(conversation)
    assert row is not None
    assert row.level is not None


def test_a_stored_reply_is_read_beside_what_the_customer_had_asked(desk: Desk) -> None:
    asked = "Where is my grey lamp?"
    reply = "The grey lamp left our depot this morning."
    conversation = understood(
        desk, a_mail(asked, hours=3), a_mail(reply, 2, role=Role.AGENT, hours=1)
    )

    found = desk.view(conversation).thread.messages[-1].codes

    assert found == codes(desk.engine.review(ReviewRequest(reply, customer_text=asked)))
    assert found != codes(desk.engine.review(ReviewRequest(reply)))


def _crash(*_: object, **__: object) -> None:
    raise RuntimeError("killed")


def test_a_blocked_draft_is_never_sent(desk: Desk) -> None:
    conversation = understood(desk, a_mail("Where is my lamp?"))
    thread = desk.view(conversation).thread
    block = Block("open_slot", 0, 4, "Fill in the time first.")

    with pytest.raises(UserError, match="Fill in the time"):
        desk.send(thread, Draft(conversation, "time"), Review(blocks=(block,)))

    assert len(desk.view(conversation).thread.messages) == 1


def test_a_message_that_arrived_while_writing_is_noticed(desk: Desk) -> None:
    conversation = understood(desk, a_mail("Where is my lamp?"))
    thread = desk.view(conversation).thread
    seen = last_of_customer(thread)
    assert desk.written_meanwhile(conversation, seen) is None

    desk.take_in([a_mail("Never mind, it has just arrived!", 2, hours=0)])

    newer = desk.written_meanwhile(conversation, seen)
    assert newer is not None
    assert newer.text.startswith("Never mind")


def test_a_dismissed_finding_stays_away_and_others_stay(desk: Desk) -> None:
    text = "You should have read the terms. Please calm down."
    review = desk.engine.review(ReviewRequest(text))
    conversation = understood(desk, a_mail("Where is my lamp?"))
    blame = next(f for f in review.findings if f.code == "blame_customer")

    desk.dismiss(blame.rule, "me", conversation)

    seen = desk.reviewed(desk.view(conversation), review, text)
    codes = {f.code for f in seen.marked.findings}
    assert "blame_customer" not in codes
    assert "invalidation" in codes
    assert [each.code for each in seen.put_aside] == ["blame_customer"]


def test_a_question_the_draft_has_no_word_for_is_listed_until_it_is_put_aside(desk: Desk) -> None:
    view = desk.view(understood(desk, a_mail("Where is my lamp?")))

    def unanswered(text: str) -> tuple[str, ...]:
        return desk.reviewed(view, Review(), text).unanswered

    assert unanswered("Thanks for writing, Maria!") == ("Where is my lamp?",)
    assert unanswered("Your lamp is at our depot.") == ()
    assert unanswered(" ") == ()

    desk.dismiss(UNANSWERED, "conversation", view.thread.id)

    assert unanswered("Thanks for writing, Maria!") == ()


def test_the_outcome_of_a_reply_is_the_customers_next_level(desk: Desk, clock: Clock) -> None:
    conversation = understood(
        desk, a_mail("You lost my parcel, this is unacceptable. I'm furious!")
    )
    thread = desk.view(conversation).thread
    sent = desk.send(thread, Draft(conversation, "I've sent a new one today."), Review())
    desk.finish_send(sent)
    clock.time += timedelta(hours=1)

    understood(desk, a_mail("Thank you so much, it has arrived!", 2, hours=-1))

    (outcome,) = desk.view(conversation).outcomes
    assert outcome.change < 0


def test_the_demo_is_alive_and_its_customers_answer(desk: Desk) -> None:
    answers = demo.fill(desk)
    while desk.analyse_pending().conversations:
        pass

    maria = next(row for row in desk.rows("needs_care") if row.customer == "Maria Lopez")
    incoming = demo.answer_to(desk, maria.id, answers[maria.id], frozenset({"action"}))
    desk.take_in([incoming])

    assert maria.level is not None
    assert maria.level >= Level.ANGRY
    thread = desk.view(maria.id).thread
    assert thread.messages[-1].text == answers[maria.id].good


def test_the_demo_shows_every_level_and_at_least_ten_long_conversations(desk: Desk) -> None:
    demo.fill(desk)
    while desk.analyse_pending().conversations:
        pass

    rows = desk.rows("all")
    long = [row for row in rows if len(desk.view(row.id).thread.messages) >= 4]

    assert len(rows) >= 24
    assert len(long) >= 10
    assert {row.level for row in rows} >= set(Level)


def test_lengths_of_time_are_read() -> None:
    assert demo.ago("2d 15h 20m") == timedelta(days=2, hours=15, minutes=20)
