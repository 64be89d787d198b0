from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk import paths
from cxdesk.errors import UserError
from cxdesk.model import Fault, Level, Moment, Phase, Trend
from cxdesk.playbook import Playbook, suggest
from cxdesk.playbook.table import read_table, shipped_table

AMoment = Callable[..., Moment]

SOLVING = {"phase": Phase.PROBLEM_SOLVING}
CLOSED = {"phase": Phase.CLOSING, "solved": True}
OURS = {"fault": Fault.COMPANY}
ANNOYED = {"level": Level.ANNOYED}
ROWS: tuple[tuple[str, dict[str, object], str], ...] = (
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
        {"signals": ["churn", "neutral_leaving"], "intents": ["cancel_request"]},
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
    ("D14c", ANNOYED | OURS | {"signals": ["ignored"], "failures": 1}, "apo-delay"),
    ("D14", ANNOYED | {"signals": ["repetition"]}, "ack-repeat-contact"),
    ("D15", SOLVING | ANNOYED | {"signals": ["polite_mask"]}, "ack-polite-mask"),
    ("D16", ANNOYED | OURS | {"signals": ["unmet_expectation"]}, "apo-full"),
    (
        "D16n",
        SOLVING | ANNOYED | OURS | {"trend": Trend.RISING, "signals": ["impact"], "failures": 1},
        "apo-full",
    ),
    ("D16c", OURS | {"signals": ["unmet_expectation"]}, "apo-full"),
    (
        "D17",
        ANNOYED | {"fault": Fault.THIRD_PARTY, "signals": ["blame_third_party"]},
        "apo-sympathy",
    ),
    ("D17c", {"fault": Fault.NOBODY, "signals": ["impact"]}, "apo-sympathy"),
    ("D18", ANNOYED | {"signals": ["affect"]}, "ack-specific"),
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
    ("C1", {"intents": ["cancel_request"]}, "step-confirm-leaving"),
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
