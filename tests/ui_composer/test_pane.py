"""The composer as an agent uses it: writing, keeping, review, fixes, and what holds Send."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QSplitter, QVBoxLayout, QWidget

from cxdesk.model import Block, Coverage, Draft, Message, Review, Role, State
from cxdesk.ui import theme
from cxdesk.ui.composer import ComposerPane
from cxdesk.ui.composer.coverage_bar import Said
from cxdesk.ui.composer.pane import KEEP_LIMIT_MS
from cxdesk.ui.composer.pause import Pause

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
TEXT = "Hi Maria, nobody came on Wednesday. You should have told us about the gate."
AT = datetime(2026, 3, 12, 9, 12, tzinfo=UTC)


@pytest.fixture
def pane(qtbot, thread) -> ComposerPane:
    """The composer of Maria's conversation under a piece of the thread, open and focused."""
    window = QWidget()
    qtbot.addWidget(window)
    middle = QSplitter(Qt.Orientation.Vertical)
    pane = ComposerPane()
    middle.addWidget(QLabel("thread"))
    middle.addWidget(pane)
    middle.setStretchFactor(0, 1)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(middle)
    window.resize(564, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    pane.open_for(thread)
    pane.focus_editor()
    pane.test_window = window  # keeps the window as long as the pane
    return pane


def _type(qtbot, pane: ComposerPane, words: str) -> None:
    qtbot.keyClicks(pane.editor, words)


def _with_finding(pane: ComposerPane, blame) -> None:
    pane.editor.insertPlainText(TEXT)
    pane.set_review(Review((blame,), revision=pane.revision))


# ------------------------------------------------------------------ drafts


def test_without_a_draft_the_composer_is_one_field(pane, thread) -> None:
    pane.open_for(thread)

    assert not pane.is_open()
    assert pane.closed_bar.field.text() == "Reply to Maria"
    assert pane.height() <= 58


def test_the_field_opens_it_ready_to_write(qtbot, pane, thread) -> None:
    pane.open_for(thread)

    qtbot.mouseClick(pane.closed_bar.field, Qt.MouseButton.LeftButton)

    assert pane.is_open()
    assert pane.editor.hasFocus()
    assert pane.height() > 200


def test_done_is_a_command(qtbot, pane, thread) -> None:
    pane.open_for(thread)

    with qtbot.waitSignal(pane.command) as told:
        pane.closed_bar.done.emit()

    assert told.args == ["done"]


def test_a_solved_conversation_offers_to_open_again(pane, thread) -> None:
    pane.open_for(replace(thread, state=State.SOLVED))

    button = pane.closed_bar.findChildren(type(pane.bar.button))[0]
    assert button.accessibleName() == "Open again"


def test_a_draft_is_shown_where_it_was_left(pane, thread) -> None:
    pane.open_for(replace(thread, draft=Draft(1, "Hello depot", ((6, 11, "partner"),), 5)))

    assert pane.is_open()
    assert pane.draft() == Draft(1, "Hello depot", ((6, 11, "partner"),), 5)


def test_another_conversation_never_shows_this_draft(qtbot, pane, thread) -> None:
    _type(qtbot, pane, "for Maria only")

    with qtbot.waitSignal(pane.draft_changed) as kept:
        pane.open_for(replace(thread, id=2))

    assert kept.args[0].conversation_id == 1
    assert kept.args[0].text == "for Maria only"
    assert pane.draft() == Draft(2, "")


def test_typing_is_kept_after_a_pause(qtbot, pane) -> None:
    with qtbot.waitSignal(pane.draft_changed, timeout=1500) as kept:
        _type(qtbot, pane, "abc")

    assert kept.args[0].text == "abc"


def test_typing_without_a_pause_is_kept_all_the_same(qtbot) -> None:
    keys = QTimer(interval=10)
    pause = Pause(100, keys, limit=250)
    keys.timeout.connect(pause.touch)
    keys.start()

    with qtbot.waitSignal(pause.came, timeout=1000):
        pass

    assert KEEP_LIMIT_MS < 1000


def test_leaving_the_editor_keeps_at_once(qtbot, pane) -> None:
    _type(qtbot, pane, "abc")

    with qtbot.waitSignal(pane.draft_changed, timeout=100):
        pane.bar.button.setFocus()


def test_hiding_the_window_keeps_at_once(qtbot, pane) -> None:
    _type(qtbot, pane, "abc")

    with qtbot.waitSignal(pane.draft_changed, timeout=100):
        pane.test_window.hide()


def test_a_note_and_a_reply_are_two_texts(qtbot, pane) -> None:
    _type(qtbot, pane, "to Maria")

    qtbot.mouseClick(pane.head.tabs[Role.NOTE], Qt.MouseButton.LeftButton)
    _type(qtbot, pane, "to Priya")
    note = pane.draft()
    qtbot.mouseClick(pane.head.tabs[Role.AGENT], Qt.MouseButton.LeftButton)

    assert (note.text, note.kind) == ("to Priya", Role.NOTE)
    assert (pane.draft().text, pane.draft().kind) == ("to Maria", Role.AGENT)


def test_a_note_is_not_reviewed(qtbot, pane) -> None:
    pane.write(Role.NOTE)

    with qtbot.assertNotEmitted(pane.review_wanted, wait=400):
        _type(qtbot, pane, "you should have")


def test_after_sending_nothing_is_left_to_keep(qtbot, pane) -> None:
    _type(qtbot, pane, "abc")

    with qtbot.assertNotEmitted(pane.draft_changed, wait=600):
        pane.clear()

    assert pane.draft().text == ""
    assert not pane.is_open()


def test_after_a_note_is_kept_the_reply_is_there_again(qtbot, pane) -> None:
    _type(qtbot, pane, "to Maria")
    pane.write(Role.NOTE)
    _type(qtbot, pane, "to Priya")

    pane.clear()

    assert pane.is_open()
    assert (pane.draft().text, pane.draft().kind) == ("to Maria", Role.AGENT)
    pane.write(Role.NOTE)
    assert pane.draft().text == ""


# ------------------------------------------------------------------ review


def test_a_review_is_wanted_after_the_last_key(qtbot, pane) -> None:
    with qtbot.waitSignal(pane.review_wanted, timeout=1000) as wanted:
        _type(qtbot, pane, "abc")

    assert wanted.args[0].text == "abc"
    assert wanted.args[1] == pane.revision


def test_no_review_while_an_input_method_is_composing(qtbot, pane) -> None:
    _type(qtbot, pane, "a")
    QApplication.sendEvent(pane.editor, QInputMethodEvent("に", []))

    with qtbot.assertNotEmitted(pane.review_wanted, wait=450):
        pass


def test_an_insert_is_reviewed_at_once(qtbot, pane, ownership) -> None:
    with qtbot.waitSignal(pane.review_wanted, timeout=50):
        pane.insert(ownership)


def test_an_old_review_is_not_shown(qtbot, pane, blame) -> None:
    _type(qtbot, pane, "abc")

    pane.set_review(Review((blame,), revision=pane.revision - 1))

    assert pane.findings() == ()
    assert not pane.reviewed()


def test_findings_are_counted_and_walked(qtbot, pane, blame) -> None:
    _with_finding(pane, blame)
    pane.editor.select(0)

    assert pane.bar.count.isVisible()
    qtbot.mouseClick(pane.bar.count, Qt.MouseButton.LeftButton)

    assert pane.reviewed()
    assert pane.editor.cursor_offset() == blame.start


def test_ticks_say_what_is_said_and_what_is_held_back(pane) -> None:
    pane.set_held_back({"extra_mile", "ownership"})

    pane.set_review(Review(coverage=Coverage(heard=True, owned=True), revision=pane.revision))

    said = {name: tick.said for name, tick in pane.bar.ticks.items()}
    assert said == {
        "heard": Said.SAID,
        "owned": Said.SAID,
        "next_step": Said.NOT_YET,
        "extra_mile": Said.HELD_BACK,
    }
    assert pane.bar.ticks["extra_mile"].accessibleName() == "extra mile: held back"


# ------------------------------------------------------------------ fixes


def test_enter_takes_the_first_fix_in_one_undo_step(qtbot, pane, blame) -> None:
    _with_finding(pane, blame)
    pane.open_fixes()

    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)

    assert pane.draft().text.endswith("Wednesday. The side gate wasn't on the driver's sheet.")
    assert pane.editor.hasFocus()
    pane.editor.undo()
    assert pane.draft().text == TEXT


def test_the_sentence_can_be_taken_out(qtbot, pane, blame) -> None:
    _with_finding(pane, blame)
    pane.open_fixes()

    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Up)
    assert QApplication.focusWidget().text() == "Take the sentence out"
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)

    assert pane.draft().text == "Hi Maria, nobody came on Wednesday."


def test_a_fix_is_followed_by_a_review(qtbot, pane, blame) -> None:
    _with_finding(pane, blame)

    with qtbot.waitSignal(pane.review_wanted, timeout=50):
        pane.marked.apply_fix(0)


def test_a_fix_of_a_changed_sentence_waits_for_its_review(qtbot, pane, blame) -> None:
    _with_finding(pane, blame)
    pane.editor.select(len(TEXT))
    _type(qtbot, pane, "!")
    pane.editor.select(len(TEXT) - 5)
    _type(qtbot, pane, "x")
    changed = pane.draft().text

    pane.marked.apply_fix(0)
    assert pane.draft().text == changed

    with qtbot.waitSignal(pane.review_wanted, timeout=50):
        pane.open_fixes()
    assert not pane.marked.popup.isVisible()
    pane.set_review(Review((blame,), revision=pane.revision))
    assert pane.marked.popup.isVisible()


def test_fixes_asked_for_before_the_first_review_open_with_it(qtbot, pane, blame) -> None:
    pane.focus_editor()
    _type(qtbot, pane, TEXT)

    with qtbot.waitSignal(pane.review_wanted, timeout=50):
        pane.open_fixes()
    pane.set_review(Review((blame,), revision=pane.revision))
    assert pane.marked.popup.isVisible()

    pane.marked.popup.close()
    pane.set_review(Review((blame,), revision=pane.revision))
    assert not pane.marked.popup.isVisible()


def test_the_popup_covers_neither_the_line_nor_send(pane, blame) -> None:
    _with_finding(pane, blame)

    pane.open_fixes()

    window = pane.window()
    popup = pane.marked.popup.panel
    top = popup.mapTo(window, popup.rect().topLeft()).y()
    bottom = popup.mapTo(window, popup.rect().bottomLeft()).y()
    line = pane.editor.line_at(blame.start).toRect()
    assert top >= pane.editor.viewport().mapTo(window, line.bottomLeft()).y() + 8
    assert popup.height() > 100
    assert bottom < pane.bar.mapTo(window, pane.bar.rect().topLeft()).y()


@pytest.mark.parametrize(("button", "scope"), (("Dismiss once", "once"), ("Dismiss for me", "me")))
def test_a_finding_can_be_dismissed(qtbot, pane, blame, button, scope) -> None:
    _with_finding(pane, blame)
    pane.open_fixes()
    buttons = pane.marked.popup.findChildren(QAbstractButton)
    found = next(each for each in buttons if each.accessibleName() == button)

    with qtbot.waitSignal(pane.dismissed) as told:
        qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    assert told.args == [blame, scope]
    assert pane.findings() == ()


def test_the_trainer_is_told_and_the_rule_explained_by_key(qtbot, pane, blame) -> None:
    _with_finding(pane, blame)
    pane.open_fixes()

    with qtbot.waitSignal(pane.why_asked) as why:
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_F1)
    shift = CONTROL | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(pane.trainer_told) as told:
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Period, shift)

    assert why.args[0] == blame.rule
    assert told.args == [blame]


def test_esc_closes_the_fixes_and_gives_the_focus_back(qtbot, pane, blame) -> None:
    _with_finding(pane, blame)
    pane.open_fixes()

    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)

    assert not pane.marked.popup.isVisible()
    assert pane.editor.hasFocus()
    assert pane.draft().text == TEXT


# ------------------------------------------------------------------ what holds Send


def test_send_asks_with_the_draft_as_it_stands(qtbot, pane) -> None:
    _type(qtbot, pane, "abc")

    with qtbot.waitSignal(pane.send_requested) as asked:
        pane.request_send(then_next=True)

    assert asked.args[0].text == "abc"
    assert asked.args[1] is True


def test_the_send_button_runs_the_command(qtbot, pane) -> None:
    with qtbot.waitSignal(pane.command) as told:
        qtbot.mouseClick(pane.bar.button, Qt.MouseButton.LeftButton)

    assert told.args == ["send"]


def test_an_open_field_is_shown_and_said(pane, ownership) -> None:
    pane.insert(ownership)
    start, end, _name = pane.draft().slots[0]

    pane.show_block(Block("open_slot", start, end, "Fill in “depot” first."))

    assert pane.editor.textCursor().selectedText() == "depot"
    assert pane.guard.notice.words() == "Fill in “depot” first."


def test_what_was_said_goes_when_the_text_changes(qtbot, pane, ownership) -> None:
    pane.insert(ownership)
    pane.show_block(Block("open_slot", *pane.draft().slots[0][:2], "Fill in “depot” first."))

    _type(qtbot, pane, "courier")

    assert pane.guard.notice.words() == ""


def test_blame_asks_for_a_second_key(pane, blame) -> None:
    _with_finding(pane, blame)

    pane.confirm_blame(blame)

    assert "You should have" in pane.guard.notice.words()
    assert "Ctrl+Enter again" in pane.guard.notice.words()
    assert pane.editor.cursor_offset() == blame.start


def _new_message() -> Message:
    return Message(9, 1, Role.CUSTOMER, "Maria", "Forget it,\nI found it.", AT)


def test_a_message_written_meanwhile_holds_send_and_shows_its_words(qtbot, pane) -> None:
    _type(qtbot, pane, "abc")

    pane.hold(_new_message())

    strip = pane.guard.hold_strip
    assert "Forget it, I found it." in strip.accessibleName()
    with qtbot.waitSignal(pane.message_reviewed):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert not strip.isVisible()
    assert pane.editor.hasFocus()
    assert pane.draft().text == "abc"


def test_ctrl_enter_on_the_hold_sends_anyway(qtbot, pane) -> None:
    _type(qtbot, pane, "abc")
    pane.request_send(then_next=True)
    pane.hold(_new_message())

    with qtbot.waitSignal(pane.send_requested) as asked:
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return, CONTROL)

    assert asked.args[1] is True


def test_the_hold_stays_while_the_draft_changes(qtbot, pane) -> None:
    pane.hold(_new_message())

    _type(qtbot, pane, "abc")

    assert pane.guard.hold_strip.isVisible()


# ------------------------------------------------------------------ look


def test_esc_goes_back_to_the_thread(qtbot, pane) -> None:
    with qtbot.waitSignal(pane.command) as told:
        qtbot.keyClick(pane.editor, KEY.Key_Escape)

    assert told.args == ["back_to_thread"]


def test_it_shows_when_the_draft_was_kept(pane) -> None:
    pane.show_kept(AT)

    said = [label.text() for label in pane.head.findChildren(QLabel)]
    assert f"Draft kept {AT.astimezone():%H:%M}" in said


def test_ticks_and_send_fit_a_narrow_pane(pane, blame) -> None:
    _with_finding(pane, blame)

    pane.test_window.resize(408, 640)
    QApplication.processEvents()

    for tick in pane.bar.ticks.values():
        assert tick.width() >= tick.sizeHint().width()
    assert pane.bar.button.geometry().right() <= 408 - 16


def test_the_theme_can_change_while_writing(pane, ownership) -> None:
    pane.insert(ownership)
    before = pane.draft()

    theme.apply("dark")
    theme.apply("light")

    assert pane.draft() == before
    pane.editor.undo()
    assert pane.draft().text == ""
