from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk import paths
from cxdesk.errors import UserError
from cxdesk.model import Fault, Filled, Level, Moment, Phase, Trend
from cxdesk.playbook import Playbook, search, suggest
from cxdesk.playbook.table import read_table, shipped_table

AMoment = Callable[..., Moment]

SOLVING = {"phase": Phase.PROBLEM_SOLVING}
CLOSED = {"phase": Phase.CLOSING, "solved": True}
OURS = {"fault": Fault.COMPANY}
ANNOYED = {"level": Level.ANNOYED}
ROWS: tuple[tuple[str, dict[str, object], str], ...] = (
    ("S0", {"signals": ["self_harm", "automated"], "level": Level.FURIOUS}, ""),
    ("S1", {"signals": ["automated", "abuse"]}, ""),
    ("S2", {"signals": ["answered"]}, ""),
    ("S3", {"signals": ["gratitude", "only_thanks"]}, ""),
    ("S4", {"signals": ["other_language", "gratitude"]}, ""),
    ("S5", {"phase": Phase.FOLLOW_UP, "signals": ["answered"]}, ""),
    ("S6", {"phase": Phase.FOLLOW_UP, "solved": True, "signals": ["gratitude"]}, ""),
    ("D1", {"signals": ["abuse"], "level": Level.FURIOUS, "abuse_count": 1}, "de-abuse"),
    (
        "D2",
        {"signals": ["abuse"], "level": Level.FURIOUS, "abuse_count": 2},
        "own-lead-takes-over",
    ),
    ("D3", {"signals": ["legal_threat", "polite_mask"], "level": Level.FRUSTRATED}, "de-legal"),
    ("D4", {"signals": ["supervisor_request"], "level": Level.FRUSTRATED}, "de-supervisor"),
    ("D5", {"signals": ["public_threat"], "level": Level.FRUSTRATED}, "de-public"),
    ("D6", SOLVING | {"signals": ["stop_apologising"]}, "step-short-for-angry"),
    ("D7", {"level": Level.FURIOUS, "signals": ["shouting"]}, "de-hot-first-reply"),
    ("D7h", {"level": Level.ANGRY, "signals": ["profanity"]}, "de-hot-first-reply"),
    (
        "D8",
        SOLVING | OURS | {"failures": 2, "level": Level.FRUSTRATED, "signals": ["repetition"]},
        "apo-second-failure",
    ),
    ("D9", {"signals": ["churn"], "level": Level.FRUSTRATED}, "de-churn"),
    (
        "D9n",
        {"signals": ["neutral_leaving"], "intents": ["cancel_request"]},
        "step-confirm-leaving",
    ),
    ("D10", ANNOYED | {"signals": ["sarcasm"]}, "de-sarcasm"),
    (
        "D11",
        {"phase": Phase.FOLLOW_UP, "signals": ["promise_at_risk", "answered"]},
        "exp-bad-news-early",
    ),
    ("D12", {"signals": ["praise"]}, "fb-thank-praise"),
    ("D12q", {"signals": ["praise"], "asks": ("Is it still in stock?",)}, "clar-answer-first"),
    ("D12w", {"signals": ["gratitude"], "intents": ["praise"]}, "fb-thank-praise"),
    ("D13", {"fault": Fault.CUSTOMER, "signals": ["blame_self"]}, "own-user-slip"),
    ("D14", ANNOYED | {"signals": ["repetition"]}, "ack-repeat-contact"),
    ("D14e", SOLVING | {"signals": ["told_before", "case_spoken"]}, "ack-repeat-contact"),
    ("D15", SOLVING | ANNOYED | {"signals": ["polite_mask"]}, "ack-polite-mask"),
    ("D16", ANNOYED | OURS | {"signals": ["unmet_expectation"]}, "apo-full"),
    (
        "D16n",
        SOLVING | OURS | {"signals": ["broken_promise"], "failures": 1},
        "own-broken-promise",
    ),
    (
        "D17",
        ANNOYED | {"fault": Fault.THIRD_PARTY, "signals": ["blame_third_party"]},
        "apo-sympathy",
    ),
    ("D17c", {"fault": Fault.NOBODY, "signals": ["impact"]}, "apo-sympathy"),
    ("D18", ANNOYED | {"signals": ["affect"]}, "ack-specific"),
    ("D18c", {"signals": ["unmet_expectation"]}, "ack-specific"),
    ("D19", {"signals": ["first_order"]}, "xm-welcome"),
    ("D19o", {"intents": ["order_placed"]}, "xm-thank-you-note"),
    ("D20", {"asks": ("Which cable fits?",)}, "clar-answer-first"),
    ("D21", SOLVING | {"signals": ["request_refused"]}, "no-with-alternative"),
    ("D22", SOLVING | {"signals": ["asks_when", "case_spoken"]}, "exp-update-slot"),
    ("D23", SOLVING | ANNOYED | {"signals": ["dreads_steps"]}, "clar-permission"),
    ("D24", CLOSED | OURS | ANNOYED | {"signals": ["impact", "recovery"]}, "xm-goodwill"),
    ("D25", SOLVING | {"signals": ["patient", "case_spoken"]}, "exp-thanks-waiting"),
    (
        "D26",
        SOLVING | {"level": Level.FRUSTRATED, "trend": Trend.RISING, "signals": ["affect"]},
        "ack-specific",
    ),
    (
        "D26c",
        SOLVING | ANNOYED | {"trend": Trend.RISING, "signals": ["affect"]},
        "ack-specific",
    ),
    ("D27", SOLVING | ANNOYED, "step-now-next-when"),
    ("D28", CLOSED, "xm-next-issue"),
    ("D28c", CLOSED | {"signals": ["recovery"]}, "xm-warm-close"),
    ("D29", CLOSED | {"level": Level.FRUSTRATED}, "step-solved-check"),
    ("D29s", CLOSED | {"signals": ["profanity"]}, "step-solved-check"),
    ("D30", ANNOYED | {"phase": Phase.FOLLOW_UP, "signals": ["quiet"]}, "fb-silent-nudge"),
    ("D31", {"phase": Phase.FOLLOW_UP, "signals": ["change_made"]}, "fb-close-loop"),
    ("D32", SOLVING, "step-now-next-when"),
    ("R1", {"intents": ["return_request"]}, "xm-easy-return"),
)


@pytest.mark.parametrize(("row", "state", "play"), ROWS, ids=[row for row, _, _ in ROWS])
def test_a_row_wins_its_moment_and_offers_its_play(
    starter: Playbook, a_moment: AMoment, row: str, state: dict[str, object], play: str
) -> None:
    guidance = suggest(starter, a_moment(**state))

    assert guidance.row == row
    assert play in [one.play for one in guidance.suggestions] or not play
    assert bool(guidance.silence) is not bool(play)


def test_every_row_has_its_test() -> None:
    assert {row.id for row in shipped_table().rows} == {row for row, _, _ in ROWS}


def test_every_name_in_the_table_is_known(starter: Playbook) -> None:
    table = shipped_table()
    plays, words = set(starter.by_id), set(starter.signals)

    for row in (*table.rows, *table.limits):
        assert {*row.suggest, *row.hold} <= plays | set(starter.families), row.id
        assert row.when.any_of | row.when.all_of | row.when.none_of <= words, row.id
        assert row.when.intents <= set(starter.intents), row.id
        assert row.silence or row.because or row.held, row.id


def test_the_shipped_table_is_read_without_a_problem() -> None:
    assert read_table(paths.resources() / "playbook" / "table.yaml")[1] == []


def test_a_table_without_a_row_for_everything_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.yaml"
    path.write_text("rows:\n  - id: D1\n    when: {level: [1, 4]}\n", "utf-8")

    with pytest.raises(UserError, match="the last row must hold for every moment"):
        read_table(path)


def test_an_unknown_condition_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "table.yaml"
    path.write_text("rows:\n  - id: D32\n    when: {moon: full}\n", "utf-8")

    problems = read_table(path)[1]

    assert [(p.field, p.line) for p in problems] == [("rows.0.when.moon", 3)]


def test_a_play_with_a_question_mark_waits_for_words_that_call_for_it(
    starter: Playbook, a_moment: AMoment
) -> None:
    state = SOLVING | ANNOYED | OURS | {"trend": Trend.RISING, "signals": ["affect"]}
    promised = state | {"signals": ["broken_promise"]}

    plain = [one.play for one in suggest(starter, a_moment(**state)).suggestions]
    quoted = [one.play for one in suggest(starter, a_moment(**promised)).suggestions]

    assert "own-broken-promise" not in plain
    assert "own-broken-promise" in quoted


# ------------------------------------------------------------------ what the rows do together


def shown(book: Playbook, moment: Moment) -> list[str]:
    return [one.play for one in suggest(book, moment).suggestions]


def test_a_refusal_is_seen_though_the_customer_slipped(
    starter: Playbook, a_moment: AMoment
) -> None:
    state = SOLVING | {"fault": Fault.CUSTOMER, "signals": ["request_refused", "blame_self"]}

    assert suggest(starter, a_moment(**state)).row == "D21"


def test_a_solved_case_is_closed_though_the_customer_slipped(
    starter: Playbook, a_moment: AMoment
) -> None:
    state = CLOSED | {"fault": Fault.CUSTOMER, "signals": ["recovery"]}

    assert suggest(starter, a_moment(**state)).row == "D28c"
    assert "own-user-slip" not in shown(starter, a_moment(**state))


@pytest.mark.parametrize("level", list(Level)[:4])
def test_deeds_instead_of_words_are_heard_at_every_level(
    starter: Playbook, a_moment: AMoment, level: Level
) -> None:
    guidance = suggest(
        starter, a_moment(**SOLVING, level=level, signals=["stop_apologising"], fault=Fault.COMPANY)
    )

    assert guidance.row == "D6"
    assert {one.family for one in guidance.suggestions} == {"next_step"}


def test_who_leaves_for_reasons_of_their_own_is_not_won_back(
    starter: Playbook, a_moment: AMoment
) -> None:
    plays = shown(starter, a_moment(signals=["neutral_leaving"], intents=["cancel_request"]))

    assert plays == ["step-confirm-leaving"]


def test_a_small_wait_gets_thanks_and_no_second_sorry(starter: Playbook, a_moment: AMoment) -> None:
    state = SOLVING | OURS | {"signals": ["patient", "case_spoken"], "apologies": 1, "failures": 1}

    assert shown(starter, a_moment(**state))[0] == "exp-thanks-waiting"


def test_a_second_insult_hands_over_to_the_lead_and_nothing_else(
    starter: Playbook, a_moment: AMoment
) -> None:
    state = SOLVING | {"signals": ["abuse"], "abuse_count": 2, "level": Level.ANNOYED}

    assert shown(starter, a_moment(**state)) == ["own-lead-takes-over"]


def test_a_failure_of_ours_told_calmly_gets_its_apology_and_a_question_its_answer(
    starter: Playbook, a_moment: AMoment
) -> None:
    told = a_moment(**OURS, signals=["unmet_expectation"], asks=("Where is it?",), failures=1)
    asked = a_moment(asks=("Where is your shop?",))

    assert shown(starter, told)[0] == "apo-full"
    assert shown(starter, asked)[0] == "clar-answer-first"


# ------------------------------------------------------------------ the fixed limits


def test_limit_a_one_apology_for_each_failure(starter: Playbook, a_moment: AMoment) -> None:
    state = ANNOYED | OURS | {"signals": ["unmet_expectation"], "failures": 1}

    first = suggest(starter, a_moment(**state)).suggestions
    again = suggest(starter, a_moment(**state, apologies=1)).suggestions

    assert "apology" in {one.family for one in first}
    assert "apology" not in {one.family for one in again}


def test_limit_b_no_gift_before_the_repair(starter: Playbook, a_moment: AMoment) -> None:
    state = SOLVING | ANNOYED | OURS | {"signals": ["impact"], "intents": ["goodwill_request"]}

    assert "xm-goodwill" not in shown(starter, a_moment(**state))
    assert "xm-goodwill" in shown(starter, a_moment(**state, solved=True))


def test_limit_c_no_amount_that_the_agent_gives_is_filled_in(
    starter: Playbook, a_moment: AMoment
) -> None:
    known = {"amount": Filled("amount", "$400", "they name it")}
    state = SOLVING | ANNOYED | OURS | {"signals": ["impact"], "solved": True, "known": known}

    gift = next(
        one for one in suggest(starter, a_moment(**state)).suggestions if one.play == "xm-goodwill"
    )

    assert "amount_given" in {slot.name for slot in gift.open_slots}
    assert "$400" not in gift.text


@pytest.mark.parametrize("state", (SOLVING, CLOSED, {"phase": Phase.FOLLOW_UP, "solved": True}))
def test_limit_d_no_feedback_and_nothing_to_sell_from_level_2(
    starter: Playbook, a_moment: AMoment, state: dict[str, object]
) -> None:
    moment = a_moment(**state, level=Level.FRUSTRATED, signals=["gratitude"])

    assert not {"fb-ask-open", "xm-useful-extra", "xm-thank-you-note"} & set(shown(starter, moment))


@pytest.mark.parametrize("phase", (Phase.OPENING, Phase.PROBLEM_SOLVING))
def test_limit_e_nothing_is_asked_that_they_have_told(
    starter: Playbook, a_moment: AMoment, phase: Phase
) -> None:
    guidance = suggest(starter, a_moment(phase=phase, signals=["told_before"]))

    assert guidance.row in {"D14", "D14e"}
    assert "clarify" not in {one.family for one in guidance.suggestions}


def test_limit_f_a_time_is_the_agents_to_give(starter: Playbook, a_moment: AMoment) -> None:
    state = SOLVING | {"signals": ["asks_when", "case_spoken"], "fault": Fault.NOBODY}

    (slot_play,) = suggest(starter, a_moment(**state)).suggestions

    assert slot_play.play == "exp-update-slot"
    assert [slot.name for slot in slot_play.open_slots] == ["update_time"]


def test_limit_g_what_is_held_back_stays_in_reach(starter: Playbook, a_moment: AMoment) -> None:
    moment = a_moment(**ANNOYED, signals=["impact"], fault=Fault.COMPANY)

    assert "xm-goodwill" not in shown(starter, moment)
    assert "xm-goodwill" in {one.play for one in search(starter, "goodwill", moment)}
