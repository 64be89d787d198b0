"""What is counted, shown as counted or as set, and set right by mouse and keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from cxdesk.model import Guidance, Moment, Overruled, Procedure, Thread, Trend
from cxdesk.ui.sidebar import SidebarPane, so_far
from cxdesk.ui.sidebar.labelled_combo import LabelledCombo

KEY = Qt.Key


def pencil(pane: SidebarPane) -> QToolButton:
    buttons = pane.findChildren(QToolButton)
    return next(b for b in buttons if b.isVisible() and b.accessibleName().startswith("Correct"))


def said(thread: Thread, **fields: object) -> Thread:
    return replace(thread, overruled=Overruled(**fields))


def test_the_counts_are_folded_until_they_are_asked_for(
    qtbot, pane, thread, moment, guidance
) -> None:
    pane.show(thread, moment, guidance)
    assert not pane.counts.isVisible()

    qtbot.mouseClick(pencil(pane), Qt.MouseButton.LeftButton)
    assert pane.counts.failures.hasFocus()

    qtbot.mouseClick(pencil(pane), Qt.MouseButton.LeftButton)
    assert not pane.counts.isVisible()


def test_another_conversation_folds_them_again(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)
    pane.correct_counts()

    pane.show(replace(thread, id=2), moment, guidance)

    assert not pane.counts.isVisible()


def test_each_count_says_whether_it_is_counted_or_set(pane, thread, moment, guidance) -> None:
    counted = replace(moment, failures=2, solved=True)
    pane.show(said(thread, failures=2, trend=Trend.STEADY), counted, guidance)

    names = [combo.accessibleName() for combo in pane.counts.findChildren(LabelledCombo)]

    assert names == [
        "Failures: 2, set by you",
        "Apologies: 0, counted by cxdesk",
        f"Trend: {names[2].split(': ')[1].split(',')[0]}, set by you",
        "Solved: yes, counted by cxdesk",
    ]


@pytest.mark.parametrize(
    ("name", "key", "value"),
    (
        ("failures", KEY.Key_4, 4),
        ("apologies", KEY.Key_0, 0),
        ("trend", KEY.Key_B, Trend.FALLING),
        ("solved", KEY.Key_Y, True),
        ("failures", KEY.Key_A, None),
    ),
)
def test_a_key_sets_it(qtbot, pane, thread, moment, guidance, name, key, value) -> None:
    pane.show(said(thread, failures=1, apologies=3), replace(moment, apologies=3), guidance)
    pane.correct_counts()
    combo = getattr(pane.counts, name)

    with qtbot.waitSignal(pane.count_chosen) as chosen:
        qtbot.keyClick(combo, key)

    assert chosen.args == [name, value]


def test_more_than_nine_is_shown_as_nine(pane, thread, moment, guidance) -> None:
    pane.show(thread, replace(moment, apologies=12), guidance)

    assert pane.counts.apologies.currentText() == "9"


def test_a_small_sidebar_has_them_behind_more(pane, thread, moment, guidance) -> None:
    pane.resize(264, 640)
    pane.show(thread, moment, guidance)

    pane.correct_counts()
    QApplication.processEvents()

    assert pane.more.is_open
    assert pane.counts.isVisible()
    page = pane.scroll_area.widget()
    assert page.width() <= pane.scroll_area.viewport().width()  # nothing is cut off at its side


def test_the_line_says_what_the_agent_set(moment: Moment) -> None:
    set_ = Overruled(failures=0, apologies=0, trend=Trend.RISING, solved=False)

    words = so_far.so_far(replace(moment, failures=0, apologies=0), set_)

    assert words == (
        "no failure of ours (set by you), no apology (set by you), "
        "getting worse (set by you), not solved (set by you)"
    )


def test_what_customers_say_works_is_solved(moment: Moment) -> None:
    works = replace(moment, signals=frozenset({"recovery"}))

    assert so_far.so_far(works, Overruled()).endswith(", solved")


def test_a_false_alarm_leaves_its_line_and_new_danger_takes_it(
    qtbot, pane, thread, moment, guidance
) -> None:
    last = thread.messages[0]
    threat = replace(last.analysis.cues[0], code="threat")
    heard = replace(last, analysis=replace(last.analysis, cues=(threat,)))
    alarmed = replace(thread, messages=(heard,))
    procedure = Procedure("threat", "Somebody is threatened", ("Tell your lead.",))

    pane.show(said(alarmed, safe_until=last.id), moment, guidance)
    assert pane.safety.isVisible()
    with qtbot.waitSignal(pane.command) as asked:
        qtbot.keyClick(pane.safety.button, KEY.Key_Space)
    pane.show(said(alarmed, safe_until=last.id), moment, Guidance("S0", procedure=procedure))

    assert asked.args == ["no_danger"]
    assert not pane.safety.isVisible()


def test_the_procedure_has_its_buttons_with_their_keys(qtbot, pane, thread, moment) -> None:
    pane.set_keys({"hand_over": "Shift+H", "no_danger": "Shift+D"})
    procedure = Procedure("threat", "Somebody is threatened", ("Tell your lead.",))
    pane.show(thread, moment, Guidance("S0", procedure=procedure))
    panel = pane.cards.panel()

    asked: list[str] = []
    pane.command.connect(asked.append)
    qtbot.keyClick(panel.hand_over, KEY.Key_Space)
    qtbot.keyClick(panel.no_danger, KEY.Key_Space)

    assert asked == ["hand_over", "no_danger"]
    assert panel.hand_over.text() == "Hand over to the lead  Shift+H"
    assert panel.no_danger.accessibleName() == "No danger here"


def test_a_play_that_needs_the_lead_hands_over_and_inserts_nothing(
    qtbot, pane, thread, moment, guidance
) -> None:
    first, second = guidance.suggestions
    cards = (replace(first, limit="needs the lead", needs_lead=True), second)
    pane.show(thread, moment, replace(guidance, suggestions=cards))
    (button,) = pane.cards.plays()[0].findChildren(QPushButton)

    with qtbot.assertNotEmitted(pane.insert_requested), qtbot.waitSignal(pane.command) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert asked.args == ["hand_over"]
    assert not pane.cards.plays()[1].findChildren(QPushButton)
