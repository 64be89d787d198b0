"""Where somebody may come to harm the company's procedure stands in place of any play."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk import paths
from cxdesk.model import Cue, Fault, Level, Message, Moment, Phase, Thread, Trend
from cxdesk.playbook import Playbook, check, moment, read_playbook, suggest
from cxdesk.playbook.procedures import DANGER, procedure_for, shipped_procedures

AMoment = Callable[..., Moment]
BOOK = read_playbook(paths.resources() / "playbook")[0]
OTHERS = sorted(set(BOOK.signals) - set(DANGER))


def noted(folder: Path, lines: str) -> Path:
    shared = (folder / "playbook.yaml").read_text("utf-8")
    (folder / "playbook.yaml").write_text(shared + lines, "utf-8")
    return folder


@settings(deadline=None)
@given(
    st.sampled_from(DANGER),
    st.frozensets(st.sampled_from(OTHERS), max_size=4),
    st.sampled_from(Phase),
    st.sampled_from(Level),
    st.booleans(),
)
def test_whatever_else_holds_danger_is_answered_by_the_procedure_alone(
    danger: str, others: frozenset[str], phase: Phase, level: Level, solved: bool
) -> None:
    signals = others | {danger}
    now = Moment(phase, level, Trend.STEADY, Fault.UNKNOWN, "chat", signals, solved=solved)

    guidance = suggest(BOOK, now)

    assert (guidance.row, guidance.suggestions) == ("S0", ())
    assert guidance.silence
    assert guidance.procedure is not None
    assert guidance.procedure.code == danger


def test_the_procedure_shows_the_words_behind_it(starter: Playbook, a_moment: AMoment) -> None:
    cue = Cue("self_harm", 0, 13, "I want to die", 3, "self_harm.means-it", "")

    found = procedure_for(starter, a_moment(signals=["self_harm"], cues=(cue,)))

    assert found is not None
    assert found.because == ("“I want to die”: may hurt themselves",)


def test_who_may_hurt_themselves_goes_before_a_threat(starter: Playbook, a_moment: AMoment) -> None:
    found = procedure_for(starter, a_moment(signals=["threat", "self_harm"]))

    assert found is not None
    assert found.code == "self_harm"


def test_without_danger_there_is_no_procedure(starter: Playbook, a_moment: AMoment) -> None:
    guidance = suggest(starter, a_moment(signals=["abuse"], level=Level.FURIOUS, abuse_count=1))

    assert guidance.procedure is None
    assert "de-abuse" in [one.play for one in guidance.suggestions]


def test_the_shipped_procedures_name_no_number_and_no_service() -> None:
    for procedure in shipped_procedures().values():
        assert procedure.call == ""
        assert len(procedure.steps) >= 4
        assert not any(sign.isdigit() for step in procedure.steps for sign in step)


def test_a_company_without_procedures_has_the_neutral_ones(folder: Path, a_moment: AMoment) -> None:
    book, problems = read_playbook(folder)

    found = procedure_for(book, a_moment(signals=["threat"]))

    assert problems == []
    assert found is not None
    assert found.steps == shipped_procedures()["threat"].steps


def test_a_company_writes_its_own(folder: Path, a_moment: AMoment) -> None:
    own = "procedures:\n  threat: {title: Stop here, steps: [Call Ana], call: Ana on line 7}\n"

    found = procedure_for(read_playbook(noted(folder, own))[0], a_moment(signals=["threat"]))

    assert found is not None
    assert (found.title, found.steps, found.call) == ("Stop here", ("Call Ana",), "Ana on line 7")


@pytest.mark.parametrize(
    ("lines", "field", "says"),
    (
        ("procedures:\n  threat: {title: Stop}\n", "procedures.threat.steps", "write the steps"),
        ("procedures:\n  threat: {steps: [Go]}\n", "procedures.threat.title", "missing"),
        ("procedures:\n  fire: {title: Run}\n", "procedures.fire", "unknown field"),
        ("procedures:\n  threat: {tittle: Stop}\n", "procedures.threat.tittle", "unknown field"),
        ("authority: {amount: much}\n", "authority.amount", "expected an amount"),
        ("authority: {limit: 5}\n", "authority.limit", "unknown field"),
    ),
)
def test_a_wrong_shared_field_is_named_with_its_line(
    folder: Path, lines: str, field: str, says: str
) -> None:
    before = len((folder / "playbook.yaml").read_text("utf-8").splitlines())

    found = [each for each in check(noted(folder, lines)) if each.field == field]

    assert len(found) == 1
    assert says in found[0].message
    assert found[0].file == "playbook.yaml"
    assert before < (found[0].line or 0) <= before + 2


# ------------------------------------------------------------------ in a conversation


def test_danger_once_spoken_of_is_not_over_with_the_next_message(
    starter: Playbook,
    a_thread: Callable[..., Thread],
    said: Callable[..., Message],
    replied: Callable[..., Message],
) -> None:
    thread = a_thread(
        said("I don't want to live any more.", "self_harm", ago=5, level=Level.FRUSTRATED),
        replied("I have read this and I'm getting help.", ago=4),
        said("ok", ago=3),
    )

    guidance = suggest(starter, moment(thread, now=thread.messages[-1].sent_at))

    assert guidance.row == "S0"
    assert guidance.procedure is not None
    assert guidance.procedure.because == ("said earlier in this conversation",)


def test_a_second_insult_offers_the_lead_and_a_break(
    starter: Playbook,
    a_thread: Callable[..., Thread],
    said: Callable[..., Message],
    replied: Callable[..., Message],
) -> None:
    first = said("You idiot.", "abuse", ago=5, level=Level.FURIOUS)
    boundary = replied("I can solve it, as long as we leave the insults out.", "action", ago=4)
    again = said("Idiot, I said.", "abuse", ago=3, level=Level.FURIOUS)

    once = suggest(starter, moment(a_thread(first), now=first.sent_at))
    twice = suggest(starter, moment(a_thread(first, boundary, again), now=again.sent_at))

    assert (once.row, once.suggestions[0].play) == ("D1", "de-abuse")
    assert "second time: lead takes over" in once.suggestions[0].follow_up
    assert (twice.row, [one.play for one in twice.suggestions]) == ("D2", ["own-lead-takes-over"])
    assert "take a break" in twice.suggestions[0].follow_up


def test_a_photo_that_is_there_is_not_asked_for(
    starter: Playbook, a_thread: Callable[..., Thread], said: Callable[..., Message]
) -> None:
    bare = a_thread(said("The vase came broken."))
    shown = a_thread(said("The vase came broken, here are two photos of it."))
    asked = a_thread(said("The vase came broken. Should I send a photo attached?"))

    signals = [moment(each, now=each.messages[0].sent_at).signals for each in (bare, shown, asked)]

    assert ["evidence_sent" in each for each in signals] == [False, True, False]
    assert "evidence_sent" in starter.by_id["clar-evidence"].avoid_signals
