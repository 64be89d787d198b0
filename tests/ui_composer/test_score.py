"""The score of a draft, for the agent's eyes alone, and the questions it leaves open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QVBoxLayout, QWidget

from cxdesk.model import Coverage, Review, Role, ScorePart, Severity
from cxdesk.overruling import Cap, hurting
from cxdesk.ui.composer import ComposerPane
from cxdesk.ui.composer.score_popup import NOTHING, PRIVATE, cap_words

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
TEXT = "Hi Maria, nobody came on Wednesday. You should have told us about the gate."
PARTS = (
    ScorePart("L", 12, 12, ("nobody came on Wednesday",)),
    ScorePart("N", 10, 20, ()),
    ScorePart("R", 0, 15, ()),
)


@pytest.fixture
def pane(qtbot, thread) -> ComposerPane:
    """The composer of Maria's conversation with a draft that blames, reviewed, in a window."""
    window = QWidget()
    qtbot.addWidget(window)
    pane = ComposerPane()
    column = QVBoxLayout(window)
    column.addWidget(QLabel("thread"))
    column.addWidget(pane)
    window.resize(564, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    pane.open_for(thread)
    pane.focus_editor()
    pane.editor.insertPlainText(TEXT)
    pane.test_window = window  # keeps the window as long as the pane
    return pane


def show_review(pane: ComposerPane, blame, **other) -> None:
    review = Review(
        (blame,), (), Coverage(heard=True), 30, PARTS, "add a time: +15", revision=pane.revision
    )
    pane.set_review(review, **other)


def texts(popup: QWidget) -> list[str]:
    return [each.text() for each in popup.findChildren(QLabel) if each.isVisible()]


def test_the_ticks_open_the_score_and_esc_goes_back_to_the_draft(qtbot, pane, blame) -> None:
    show_review(pane, blame)

    qtbot.mouseClick(pane.bar.group, LEFT)

    assert pane.foot.score.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert not pane.foot.score.isVisible()


def test_the_best_next_change_comes_first_with_what_it_gains(pane, blame) -> None:
    show_review(pane, blame)

    pane.show_score()

    said = texts(pane.foot.score)
    assert said[:3] == ["Best next change", "Add a time", "+15"]
    assert PRIVATE in said
    assert "30 of 100" in said


def test_each_part_shows_its_points_and_the_words_that_earned_them(pane, blame) -> None:
    show_review(pane, blame)

    pane.show_score()

    rows = {row.name: row for row in pane.foot.score.rows}
    assert rows["Listening"].points == "12 of 12"
    assert rows["Listening"].words == "“nobody came on Wednesday”"
    assert rows["Next step and time"].points == "10 of 20"
    assert rows["Respect"].words == "“You should have”"
    assert "12 of 12" in pane.foot.score.accessibleDescription()


def test_what_holds_the_score_down_is_said_and_can_be_mended(qtbot, pane, blame) -> None:
    show_review(pane, blame, cap=Cap(30, blame))
    pane.show_score()

    assert "At most 30 while “You should have” stands: blames the customer." in texts(
        pane.foot.score
    )
    fixes = next(b for b in pane.foot.score.findChildren(QAbstractButton) if b.text() == "Fixes")
    qtbot.mouseClick(fixes, LEFT)

    assert not pane.foot.score.isVisible()
    assert pane.marked.popup.isVisible()


def test_a_cap_of_what_is_missing_has_no_words_to_quote(blame) -> None:
    finding = replace(blame, code="missing_next_step", title="Says nothing about what comes next")

    assert cap_words(Cap(65, finding)) == "At most 65 so far: says nothing about what comes next."


def test_what_costs_respect_is_quoted_the_gravest_first(blame) -> None:
    canned = replace(blame, code="canned", severity=Severity.ADVICE, text="rest assured", start=0)
    passive = replace(canned, code="passive_evasion", text="was not sent")

    assert hurting(Review((canned, passive, blame))) == ("You should have", "rest assured")


def test_the_score_follows_the_draft_while_it_is_open(pane, blame) -> None:
    show_review(pane, blame)
    pane.show_score()

    pane.set_review(Review((), (), Coverage(), 80, PARTS, "", revision=pane.revision))

    assert "80 of 100" in texts(pane.foot.score)
    assert pane.foot.score.isVisible()


def test_before_the_first_review_it_says_what_it_needs(qtbot, pane, thread) -> None:
    pane.open_for(replace(thread, id=2))

    with qtbot.waitSignal(pane.review_wanted):
        pane.show_score()

    assert NOTHING in texts(pane.foot.score)


def test_a_note_has_no_score(pane) -> None:
    pane.write(Role.NOTE)

    pane.show_score()

    assert NOTHING in texts(pane.foot.score)
    assert not pane.bar.group.isVisible()


def test_it_leaves_send_and_the_ticks_in_sight(pane, blame) -> None:
    show_review(pane, blame)

    pane.show_score()

    panel = pane.foot.score.panel
    bottom = panel.mapTo(pane.window(), panel.rect().bottomLeft()).y()
    assert bottom < pane.bar.mapTo(pane.window(), pane.bar.rect().topLeft()).y()


# ------------------------------------------------------------------ what is not answered yet

ASKED = ("Where is my parcel?", "Who signed for it?")


def test_what_is_not_answered_yet_is_listed_until_it_is(pane, blame) -> None:
    show_review(pane, blame, unanswered=ASKED)

    assert pane.unanswered() == ASKED
    said = pane.foot.asks.questions.accessibleName()
    assert said == "Not answered yet: “Where is my parcel?”, “Who signed for it?”"

    show_review(pane, blame)
    assert pane.unanswered() == ()
    assert not pane.foot.asks.isVisible()


def test_a_click_on_it_writes_on_at_the_end_of_the_draft(qtbot, pane, blame) -> None:
    show_review(pane, blame, unanswered=ASKED)
    pane.editor.select(0)

    qtbot.mouseClick(pane.foot.asks.questions, LEFT)

    assert pane.editor.hasFocus()
    assert pane.editor.cursor_offset() == len(TEXT)


def test_it_can_be_kept_quiet(qtbot, pane, blame) -> None:
    show_review(pane, blame, unanswered=ASKED)

    with qtbot.waitSignal(pane.asks_dismissed):
        qtbot.mouseClick(pane.foot.asks.close_button, LEFT)


def test_it_goes_with_the_draft(pane, blame, thread) -> None:
    show_review(pane, blame, unanswered=ASKED)

    pane.open_for(replace(thread, id=2))

    assert pane.unanswered() == ()


def test_the_text_does_not_move_when_it_comes(pane, blame) -> None:
    before = pane.editor.line_at(40)

    show_review(pane, blame, unanswered=ASKED)
    QApplication.processEvents()

    assert pane.editor.line_at(40) == before
