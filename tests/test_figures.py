"""The figures by which the model is judged are right themselves."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from evaluation import drafts, figures, messages, speed  # noqa: E402 - after the path is set
from labelled import Labelled  # noqa: E402

from cxdesk.model import (  # noqa: E402
    Analysis,
    BlameTarget,
    Confidence,
    Cue,
    Finding,
    Level,
    Review,
)

scored = st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=1)


def a_label(text: str = "You lost it.", **labels: object) -> Labelled:
    return Labelled(text, text, "test", **labels)  # type: ignore[arg-type]


def a_verdict(
    frustration: float = 0.0,
    blame: float = 0.0,
    target: BlameTarget = BlameTarget.NONE,
    level: Level = Level.CALM,
    cues: Sequence[Cue] = (),
    confidence: Confidence = Confidence.HIGH,
) -> Analysis:
    return Analysis(
        level, frustration, frustration >= 0.5, target, (), tuple(cues), confidence, blame=blame
    )


def a_cue(code: str, start: int, end: int) -> Cue:
    return Cue(code, start, end, "", 1.0, code, "")


# ------------------------------------------------------------------ figures


def test_precision_recall_and_f1_follow_their_definitions() -> None:
    rows = [(True, True)] * 3 + [(True, False)] * 1 + [(False, True)] * 2 + [(False, False)] * 4

    found = {
        each.__name__: figures.measured(each, rows).value
        for each in (figures.precision, figures.recall, figures.f1, figures.macro_f1)
    }

    assert found == pytest.approx(
        {"precision": 3 / 5, "recall": 3 / 4, "f1": 6 / 9, "macro_f1": (6 / 9 + 8 / 11) / 2}
    )


@given(scored)
def test_auc_is_the_share_of_pairs_in_the_right_order_with_ties_as_half(
    rows: list[tuple[bool, int]],
) -> None:
    yes = [score for wanted, score in rows if wanted]
    no = [score for wanted, score in rows if not wanted]

    found = figures.auc(*map(np.array, zip(*rows, strict=True)))

    pairs = [(one > other) + (one == other) / 2 for one in yes for other in no]
    assert found == pytest.approx(sum(pairs) / len(pairs) if pairs else math.nan, nan_ok=True)


def test_what_cannot_be_said_is_not_a_number() -> None:
    nobody_labelled = figures.measured(figures.recall, [(False, True), (False, False)])
    nothing_there = figures.measured(figures.f1, [])

    assert math.isnan(nobody_labelled.value)
    assert (str(nobody_labelled), nobody_labelled.count) == ("-", 2)
    assert (str(nothing_there), nothing_there.count) == ("-", 0)


def test_an_interval_holds_its_figure_narrows_with_more_texts_and_stays_the_same() -> None:
    few = figures.measured(figures.share, [(True,), (False,)] * 20)
    many = figures.measured(figures.share, [(True,), (False,)] * 2_000)

    assert few.low < few.value == 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 5
    assert few == figures.measured(figures.share, [(True,), (False,)] * 20)


def test_an_interval_of_a_share_is_as_wide_as_the_binomial_says() -> None:
    found = figures.measured(figures.share, [(True,)] * 300 + [(False,)] * 100)

    by_theory = 1.96 * math.sqrt(0.75 * 0.25 / 400)
    assert found.high - found.low == pytest.approx(2 * by_theory, rel=0.1)


def test_overlap_counts_characters_once_though_spans_cross() -> None:
    counts = figures.characters([(0, 10)], [(5, 10), (8, 15)])

    assert counts == (5, 10, 10)
    assert figures.measured(figures.overlap, [counts]).value == 0.5


def test_levels_count_as_near_within_one_step() -> None:
    rows = [(0, 0), (1, 2), (4, 2), (3, 3)]

    assert figures.measured(figures.exact, rows).value == 0.5
    assert figures.measured(figures.within_one, rows).value == 0.75


def test_a_confusion_has_a_line_for_each_label() -> None:
    table = figures.confusion([(False, False), (True, False), (True, True)], ("no", "yes"))

    lines = [line.split() for line in table.splitlines()]
    assert lines == [["labelled", "no", "yes"], ["no", "1", "0"], ["yes", "1", "1"]]


# ------------------------------------------------------------------ messages


def test_a_label_left_open_counts_neither_way() -> None:
    both = [
        (a_label(frustrated=True, blames=None), a_verdict(frustration=0.9)),
        (a_label(frustrated=None, blames=False), a_verdict(frustration=0.9)),
    ]

    rows = messages.by_tier(both)

    assert rows["frustrated"]["precision"].count == 1
    assert rows["blames us"]["F1"].count == 1
    assert rows["level"]["exact"].count == 0
    assert rows["level"]["not sure"].count == 2


def test_whom_and_words_are_asked_only_of_messages_that_blame_us() -> None:
    agent, courier = BlameTarget.AGENT, BlameTarget.THIRD_PARTY
    blaming = a_verdict(blame=0.9, target=agent, cues=[a_cue("blame_agent", 0, 8)])
    both = [
        (a_label(blames=True, target=agent, spans=((0, 8),)), blaming),
        (a_label(blames=True, target=agent, spans=((0, 8),)), a_verdict()),
        (a_label(blames=False, target=courier, spans=((0, 8),)), a_verdict(target=courier)),
    ]

    row = messages.by_tier(both)["whom, in which words"]

    assert (row["target"].value, row["target"].count) == (0.5, 2)
    assert (row["words"].value, row["words"].count) == (pytest.approx(2 / 3), 2)
    assert (row["words where found"].value, row["words where found"].count) == (1.0, 1)


def test_words_that_are_no_blame_are_not_measured_as_blame() -> None:
    verdict = a_verdict(blame=0.9, target=BlameTarget.COMPANY, cues=[a_cue("affect", 0, 8)])

    row = messages.by_tier([(a_label(blames=True, spans=((0, 8),)), verdict)])

    assert row["whom, in which words"]["words"].value == 0.0


def test_a_verdict_of_low_confidence_counts_as_not_sure() -> None:
    both = [
        (a_label(), a_verdict(confidence=confidence))
        for confidence in (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH, Confidence.HIGH)
    ]

    assert messages.by_tier(both)["level"]["not sure"].value == 0.25


def test_a_tool_that_knows_only_how_negative_a_text_is_stands_beside_the_tiers() -> None:
    examples = [
        a_label("awful", frustrated=True, blames=True),
        a_label("fine", frustrated=False, blames=False),
    ]

    rows = messages.by_tool(lambda text: 0.8 if text == "awful" else -0.8, examples)

    assert rows["frustrated"]["macro-F1"].value == 1.0
    assert rows["blames us"]["AUC"].value == 1.0


def test_the_surest_errors_come_first_with_the_words_that_led_there() -> None:
    both = [
        (a_label("Rightly calm.", frustrated=False), a_verdict(frustration=0.1)),
        (a_label("Nearly right.", frustrated=False), a_verdict(frustration=0.6)),
        (
            a_label("Wrong and sure.", frustrated=False),
            a_verdict(frustration=0.99, cues=[Cue("affect", 0, 5, "Wrong", 1.0, "affect.x", "")]),
        ),
    ]

    errors = messages.errors(both, 20)

    assert [each.partition(":")[0] for each in errors] == ["Wrong and sure.", "Nearly right."]
    assert "affect.x: Wrong" in errors[0]
    assert messages.errors(both, 1) == errors[:1]


# ------------------------------------------------------------------ drafts and speed


def a_review(*codes: str) -> Review:
    return Review(tuple(Finding(code, 0, 8, "You lost", "", (), code) for code in codes))


def test_only_blame_of_the_customer_counts_in_a_draft() -> None:
    both = [
        (a_label(blames=True, spans=((0, 8),), is_draft=True), a_review("blame_customer")),
        (a_label(blames=False, is_draft=True), a_review("jargon")),
    ]

    row = drafts.by_review(both)

    assert [row[name].value for name in ("precision", "recall", "words")] == [1.0, 1.0, 1.0]
    assert drafts.errors(both, 20) == []


def test_drafts_that_all_are_fine_have_false_alarms_alone() -> None:
    both = [
        (a_label("Fine.", blames=False, is_draft=True), a_review("blame_customer")),
        (a_label("Good.", blames=False, is_draft=True), a_review()),
    ]

    assert drafts.by_review(both)["false alarms"].value == 0.5
    assert [each.partition(":")[0] for each in drafts.errors(both, 20)] == ["Fine."]


def test_letters_are_timed_whole_and_only_when_they_are_long(tmp_path: Path) -> None:
    long, short = "word " * 200, "word " * 20
    (tmp_path / "complaint_letters_unlabelled.jsonl").write_text(
        "".join(
            f'{{"id": "{name}", "text": "{text}"}}\n'
            for name, text in (("one", long), ("two", short), ("three", long))
        )
    )

    assert speed.long_texts(tmp_path) == [long, long]
    assert len(speed.very_long_text(tmp_path).split()) == 400


def test_each_tool_reads_the_same_texts_for_its_rate() -> None:
    read: dict[str, set[str]] = {"one": set(), "other": set()}
    texts = [f"text {number}" for number in range(100)]

    found = speed.rates(texts, {tool: seen.update for tool, seen in read.items()})

    assert read["one"] == read["other"] == set(texts)
    assert all(rate > 0 for rate in found.values())
