"""The review of a draft in the real window: overruled in five ways, scored, sent all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView
from pytestqt.qtbot import QtBot

from cxdesk.model import Severity
from cxdesk.ui.main_window import MainWindow

PATIENCE = 60_000
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
BLAMING = "You should have told us about the side gate."


class Writer:
    """Opens conversations of the demo and writes in them, by keys."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.page, self.composer = window.page, window.page.composer
        self.desk = window.controller.desk

    def open(self, name: str) -> int:
        number = next(row.id for row in self.desk.rows("all") if row.customer == name)
        self.page.open(number)
        return number

    def write(self, words: str) -> None:
        """Write these words, and nothing else, into the reply."""
        self.composer.focus_editor()
        self.press(KEY.Key_A, CONTROL)
        self.press(KEY.Key_Delete)
        self.qtbot.keyClicks(self.composer.editor, words)
        self.wait(self.composer.reviewed)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def wait(self, happened: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(happened()), timeout=PATIENCE)

    def blamed(self) -> bool:
        return any(each.severity is Severity.BLAME for each in self.composer.findings())

    def write_blame(self) -> None:
        self.write(BLAMING)
        self.wait(self.blamed)

    def put_aside(self, key: Qt.Key) -> None:
        """Ctrl+. on the marked words, then the letter of a scope."""
        self.press(KEY.Key_Period, CONTROL)
        assert self.composer.marked.popup.isVisible()
        self.press(key)
        self.wait(lambda: self.composer.reviewed() and not self.blamed())

    def notice(self) -> list[str]:
        return [each.text() for each in self.window.notice.findChildren(QLabel)]

    def undo(self) -> None:
        buttons = self.window.notice.findChildren(QAbstractButton)
        next(each for each in buttons if each.text() == "Undo").click()


@pytest.fixture
def writer(window: MainWindow, qtbot: QtBot) -> Writer:
    """Somebody who writes replies."""
    return Writer(window, qtbot)


def test_who_asks_for_what_they_wrote_is_shown_where_they_wrote_it(writer: Writer) -> None:
    writer.open("Maria Lopez")
    writer.write("Hi Maria, could you send me your order number?")

    writer.wait(lambda: any(each.code == "asked_again" for each in writer.composer.findings()))
    writer.press(KEY.Key_Period, CONTROL)

    popup = writer.composer.marked.popup
    assert popup.isVisible()
    assert any("PX-48213" in each.text() for each in popup.findChildren(QLabel))


def test_a_hint_put_aside_for_one_sentence_is_restored_in_the_settings(writer: Writer) -> None:
    writer.open("Maria Lopez")
    writer.write_blame()

    # for this sentence, in every conversation
    writer.put_aside(KEY.Key_S)
    assert "Hidden wherever you write this sentence." in writer.notice()
    writer.open("Aiko Tanaka")
    writer.write(BLAMING)
    assert not writer.blamed()

    # it is listed in words, and Enter shows it again
    assert writer.window.actions_table.trigger("hidden_hints")
    section = writer.window.preferences.hidden_hints
    listed = section.findChild(QListView)
    writer.wait(lambda: listed.model().index(0, 0).data() == "Says what they should have done")
    assert listed.isVisible()
    listed.setFocus()
    writer.press(KEY.Key_Return)
    assert listed.model().rowCount() == 0
    writer.window.actions_table.trigger("inbox")
    writer.wait(writer.blamed)


def test_once_is_this_draft_and_every_dismissal_can_be_undone_at_once(writer: Writer) -> None:
    writer.open("Maria Lopez")
    writer.write_blame()

    writer.put_aside(KEY.Key_M)
    writer.undo()
    writer.wait(writer.blamed)

    writer.put_aside(KEY.Key_O)
    writer.press(KEY.Key_Return, CONTROL)
    writer.wait(lambda: writer.page.sending.can_undo)
    writer.page.sending.finish()

    writer.write_blame()


def test_blame_that_was_put_aside_is_on_record_too(writer: Writer) -> None:
    writer.open("Maria Lopez")
    writer.write_blame()
    writer.put_aside(KEY.Key_C)

    writer.press(KEY.Key_Return, CONTROL)
    writer.wait(lambda: writer.page.sending.can_undo)

    (override,) = writer.desk.store.blame_overrides()
    assert override.choice == "put aside"


def test_the_trainer_is_told_with_the_sentence_and_the_hint_stays(writer: Writer) -> None:
    number = writer.open("Maria Lopez")
    writer.write_blame()

    writer.press(KEY.Key_Period, CONTROL)
    writer.press(KEY.Key_T)

    (note,) = writer.desk.store.told_trainer()
    assert (note.text, note.conversation_id) == (BLAMING, number)
    assert writer.blamed()


def test_blame_needs_a_second_press_and_the_choice_is_recorded(writer: Writer) -> None:
    number = writer.open("Maria Lopez")
    writer.write_blame()

    writer.press(KEY.Key_Return, CONTROL)
    writer.wait(writer.composer.guard.isVisible)
    assert not writer.page.sending.can_undo
    writer.press(KEY.Key_Return, CONTROL)
    writer.wait(lambda: writer.page.sending.can_undo)

    (override,) = writer.desk.store.blame_overrides()
    reply = writer.desk.store.thread(number).messages[-1]
    assert (override.choice, override.message_id) == ("sent", reply.id)
    assert override.words in BLAMING
    assert "blame_customer" in reply.codes

    # taken back, it never was; written again, it asks again
    writer.page.sending.undo()
    assert writer.desk.store.blame_overrides() == []
    writer.wait(writer.blamed)
    writer.press(KEY.Key_Return, CONTROL)
    writer.wait(writer.composer.guard.isVisible)


def test_blame_that_was_mended_is_told_from_blame_that_was_sent(writer: Writer) -> None:
    number = writer.open("Maria Lopez")
    writer.write_blame()
    writer.press(KEY.Key_Return, CONTROL)
    writer.wait(writer.composer.guard.isVisible)

    writer.press(KEY.Key_Period, CONTROL)
    writer.press(KEY.Key_Return)
    writer.wait(lambda: writer.composer.reviewed() and not writer.blamed())
    writer.press(KEY.Key_Return, CONTROL)
    writer.wait(lambda: writer.page.sending.can_undo)

    reply = writer.desk.store.thread(number).messages[-1]
    (choice,) = writer.desk.store.blame_choices(reply.id)
    assert choice.choice == "mended"
    assert writer.desk.store.blame_overrides() == []


def test_the_score_and_the_open_question_follow_the_draft(writer: Writer) -> None:
    writer.open("Maria Lopez")
    writer.write("Hello Maria.")
    writer.wait(writer.composer.unanswered)
    assert "Where is my parcel?" in writer.composer.unanswered()

    # the key goes to the end of the draft; an answer takes the question away
    writer.composer.editor.select(0)
    writer.press(KEY.Key_A, SHIFT)
    assert writer.composer.editor.cursor_offset() == len("Hello Maria.")
    writer.qtbot.keyClicks(writer.composer.editor, " Your parcel is at our depot in Leeds.")
    writer.wait(lambda: not writer.composer.unanswered())

    # F9 shows the score; it goes up with what the draft says
    writer.press(KEY.Key_F9)
    score = writer.composer.foot.score
    writer.wait(lambda: score.rows)
    before = score.accessibleDescription()
    writer.press(KEY.Key_Escape)
    assert writer.composer.editor.hasFocus()
    writer.qtbot.keyClicks(writer.composer.editor, " I'll bring it to you by 4 pm today.")
    writer.wait(writer.composer.reviewed)
    writer.press(KEY.Key_F9)
    writer.wait(lambda: score.accessibleDescription() != before)


def test_without_hints_f8_says_so_quietly(writer: Writer) -> None:
    writer.open("Maria Lopez")
    writer.write("Hello Maria.")

    writer.press(KEY.Key_F8)

    assert "No hints in this draft." in writer.notice()


def test_the_search_of_plays_leaves_the_line_being_written_in_sight(writer: Writer) -> None:
    writer.open("Maria Lopez")
    writer.write("Hello Maria, ::")

    popup = writer.window.commands._plays
    line = writer.composer.writing_line()

    assert popup.isVisible()
    assert line is not None
    assert not popup.panel.geometry().translated(popup.pos()).intersects(line)
