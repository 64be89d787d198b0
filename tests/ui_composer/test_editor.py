"""Writing a draft: fields, inserted plays, undo, and text that stays plain."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from cxdesk.model import OpenSlot, Severity, Suggestion
from cxdesk.ui.composer.editor import DraftEditor
from cxdesk.ui.composer.findings import Mark
from cxdesk.ui.composer.underlines import pieces

KEY = Qt.Key
PLAY = "I'll call the depot now and write to you by 11:00."


def _slot_words(editor: DraftEditor) -> list[str]:
    return [editor.text()[start:end] for start, end, _name in editor.open_slots()]


def _selected(editor: DraftEditor) -> str:
    return editor.textCursor().selectedText()


# ------------------------------------------------------------------ inserting


def test_a_play_goes_to_the_cursor_and_its_fields_are_open(qtbot, editor, ownership) -> None:
    qtbot.keyClicks(editor, "Nobody came.")

    editor.insert_play(ownership)

    assert editor.text() == "Nobody came. " + PLAY
    assert _slot_words(editor) == ["depot", "11:00"]
    assert editor.plays() == ("own-i-have-it",)
    assert editor.cursor_offset() == len(editor.text())


def test_undo_takes_out_exactly_what_was_inserted(qtbot, editor, ownership) -> None:
    qtbot.keyClicks(editor, "Nobody came.")
    editor.insert_play(ownership)

    qtbot.keyClick(editor, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert editor.text() == "Nobody came."
    assert editor.cursor_offset() == len(editor.text())
    assert editor.plays() == ()


def test_backspace_right_after_takes_it_out_too(qtbot, editor, ownership) -> None:
    qtbot.keyClicks(editor, "Nobody came.")
    editor.insert_play(ownership)

    qtbot.keyClick(editor, KEY.Key_Backspace)

    assert editor.text() == "Nobody came."


def test_backspace_later_takes_out_one_letter(qtbot, editor, ownership) -> None:
    editor.insert_play(ownership)
    qtbot.keyClicks(editor, "!")

    qtbot.keyClick(editor, KEY.Key_Backspace)
    qtbot.keyClick(editor, KEY.Key_Backspace)

    assert editor.text() == PLAY[:-1]


def test_a_selection_is_never_overwritten(qtbot, editor, ownership) -> None:
    qtbot.keyClicks(editor, "Nobody came. Sorry.")
    editor.select(0, len("Nobody came."))

    editor.insert_play(ownership)

    assert editor.text() == f"Nobody came. {PLAY} Sorry."


def test_two_plays_stack(editor, ownership) -> None:
    editor.insert_play(ownership)
    editor.insert_play(Suggestion("xm", "extra_mile", "extra_mile", "", "A note.", ()))

    assert editor.text() == f"{PLAY} A note."
    assert editor.plays() == ("own-i-have-it", "xm")


def test_words_typed_behind_a_play_are_not_the_play(qtbot, editor, ownership) -> None:
    editor.insert_play(ownership)
    qtbot.keyClicks(editor, " Mine.")
    editor.select(0, len(PLAY))

    qtbot.keyClick(editor, KEY.Key_Delete)

    assert editor.text() == " Mine."
    assert editor.plays() == ()


def test_the_colons_that_asked_give_way_to_the_play(qtbot, editor, ownership) -> None:
    with qtbot.waitSignal(editor.play_asked):
        qtbot.keyClicks(editor, "So ::")

    editor.insert_play(ownership)

    assert editor.text() == "So " + PLAY


def test_a_fix_is_one_undo_step(qtbot, editor) -> None:
    qtbot.keyClicks(editor, "One. You forgot. Three.")

    editor.replace(5, 16, "It is missing.")
    assert editor.text() == "One. It is missing. Three."
    editor.undo()

    assert editor.text() == "One. You forgot. Three."
    assert editor.cursor_offset() == len("One. You forgot.")


# ------------------------------------------------------------------ fields


def test_tab_walks_the_fields_and_typing_fills_them(qtbot, editor, ownership) -> None:
    editor.insert_play(ownership)

    qtbot.keyClick(editor, KEY.Key_Tab)
    assert _selected(editor) == "depot"
    qtbot.keyClicks(editor, "courier")
    qtbot.keyClick(editor, KEY.Key_Tab)
    assert _selected(editor) == "11:00"
    qtbot.keyClicks(editor, "noon")

    assert editor.text() == "I'll call the courier now and write to you by noon."
    assert editor.open_slots() == ()


def test_shift_tab_goes_back(qtbot, editor, ownership) -> None:
    editor.insert_play(ownership)

    qtbot.keyClick(editor, KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert _selected(editor) == "11:00"
    qtbot.keyClick(editor, KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)

    assert _selected(editor) == "depot"


def test_tab_moves_the_focus_when_no_field_is_open(qtbot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    layout = QVBoxLayout(frame)
    editor, after = DraftEditor(), QLineEdit()
    layout.addWidget(editor)
    layout.addWidget(after)
    with qtbot.waitActive(frame):
        frame.show()
    editor.setFocus()

    qtbot.keyClick(editor, KEY.Key_Tab)

    assert QApplication.focusWidget() is after
    assert editor.text() == ""


def test_undo_makes_a_filled_field_open_again(qtbot, editor, ownership) -> None:
    editor.insert_play(ownership)
    qtbot.keyClick(editor, KEY.Key_Tab)
    qtbot.keyClicks(editor, "x")
    assert _slot_words(editor) == ["11:00"]

    editor.undo()

    assert _slot_words(editor) == ["depot", "11:00"]
    editor.redo()
    assert editor.text() == PLAY.replace("depot", "x")
    assert _slot_words(editor) == ["11:00"]


def test_deleting_part_of_a_field_makes_it_plain(qtbot, editor, ownership) -> None:
    editor.insert_play(ownership)
    editor.select(PLAY.index("depot") + 2)

    qtbot.keyClick(editor, KEY.Key_Delete)

    assert _slot_words(editor) == ["11:00"]
    editor.undo()
    assert _slot_words(editor) == ["depot", "11:00"]
    assert editor.text() == PLAY


@pytest.mark.parametrize("beside", (0, 5))
def test_letters_beside_a_field_stay_outside_it(qtbot, editor, ownership, beside) -> None:
    editor.insert_play(ownership)
    editor.select(PLAY.index("depot") + beside)

    qtbot.keyClicks(editor, "big")

    assert _slot_words(editor) == ["depot", "11:00"]


def test_a_letter_before_a_field_that_begins_the_draft_stays_outside(qtbot, editor) -> None:
    editor.insert_play(
        Suggestion("p", "f", "n", "", "name, hello", (), (OpenSlot("n", "name", 0, 4),))
    )
    editor.select(0)

    qtbot.keyClicks(editor, "My ")

    assert editor.text() == "My name, hello"
    assert editor.open_slots() == ((3, 7, "n"),)


def test_text_put_in_the_middle_of_a_field_makes_it_plain(editor, ownership) -> None:
    editor.insert_play(ownership)
    editor.select(PLAY.index("depot") + 2)
    QApplication.clipboard().setText("XX")

    editor.paste()

    assert _slot_words(editor) == ["11:00"]


def test_offsets_of_fields_count_characters_behind_an_emoji(editor, ownership) -> None:
    editor.show_draft("😡 So. ", (), 7)

    editor.insert_play(ownership)

    assert _slot_words(editor) == ["depot", "11:00"]


def test_a_draft_comes_back_as_it_was(editor, ownership) -> None:
    editor.show_draft("😡\n\u00a0So. ", (), 7)
    editor.insert_play(ownership)
    text, slots, cursor = editor.text(), editor.open_slots(), editor.cursor_offset()

    editor.show_draft("", (), 0)
    editor.show_draft(text, slots, cursor)

    assert (editor.text(), editor.open_slots(), editor.cursor_offset()) == (text, slots, cursor)
    assert not editor.document().isUndoAvailable()


def test_a_click_on_a_field_selects_its_label(qtbot, editor, ownership) -> None:
    editor.insert_play(ownership)
    rect = editor.line_at(PLAY.index("depot") + 2)

    qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=rect.center().toPoint())

    assert _selected(editor) == "depot"


# ------------------------------------------------------------------ plain text


def test_pasted_text_is_plain(editor) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("one\r\ntwo")

    assert editor.canInsertFromMimeData(data)
    editor.insertFromMimeData(data)

    assert editor.text() == "one\ntwo"


def test_copied_fields_are_plain(editor, ownership) -> None:
    editor.insert_play(ownership)
    editor.selectAll()
    editor.copy()

    assert QApplication.clipboard().mimeData().formats() == ["text/plain"]


def test_the_revision_grows_with_each_change_of_the_text(qtbot, editor) -> None:
    before = editor.revision

    qtbot.keyClicks(editor, "ab")
    editor.select(0)

    assert editor.revision == before + 2


def test_letters_an_input_method_holds_are_not_text_yet(editor) -> None:
    QApplication.sendEvent(editor, QInputMethodEvent("に", []))

    assert editor.is_composing()
    assert editor.text() == ""

    done = QInputMethodEvent("", [])
    done.setCommitString("日")
    QApplication.sendEvent(editor, done)

    assert not editor.is_composing()
    assert editor.text() == "日"


def test_enter_breaks_lines_of_one_height_also_on_an_empty_one(qtbot, editor) -> None:
    for key in (KEY.Key_A, KEY.Key_Return, KEY.Key_Return, KEY.Key_Return, KEY.Key_B):
        qtbot.keyClick(editor, key)

    assert editor.text() == "a\n\n\nb"
    assert editor.line_at(4).top() - editor.line_at(0).top() == 60


def test_esc_asks_to_leave_and_keeps_the_text(qtbot, editor) -> None:
    qtbot.keyClicks(editor, "abc")

    with qtbot.waitSignal(editor.left):
        qtbot.keyClick(editor, KEY.Key_Escape)

    assert editor.text() == "abc"


def test_enter_sends_only_where_told(qtbot, editor) -> None:
    qtbot.keyClick(editor, KEY.Key_Return)
    assert editor.text() == "\n"

    editor.enter_sends = True
    with qtbot.waitSignal(editor.send_asked):
        qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.keyClick(editor, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    assert len(editor.text()) == 2


# ------------------------------------------------------------------ underlines


def test_an_underline_follows_wrapped_lines(editor) -> None:
    text = "word " * 60
    editor.show_draft(text, (), 0)

    found = list(pieces(editor, 10, 200))

    assert len(found) > 2
    assert all(rect.right() <= editor.viewport().width() for rect, _ in found)
    baselines = [baseline for _, baseline in found]
    assert {b - a for a, b in itertools.pairwise(baselines)} == {20.0}


def test_an_underline_scrolls_with_the_text(editor) -> None:
    editor.show_draft("word\n" * 50, (), 0)
    before = next(pieces(editor, 100, 104))[1]

    editor.verticalScrollBar().setValue(60)

    assert next(pieces(editor, 100, 104))[1] == before - 60


def test_an_underline_stands_below_its_words_behind_an_emoji(editor) -> None:
    editor.show_draft("😡 bad", (), 0)
    editor.set_marks([Mark(2, 5, Severity.BLAME)])

    rect, _ = next(pieces(editor, 3, 6))
    image = editor.viewport().grab().toImage()

    assert rect.left() == pytest.approx(editor.line_at(2).left(), abs=1)
    below = round(rect.bottom())
    colors = {
        image.pixelColor(round(rect.center().x()) + x, below + y).name()
        for x in range(-4, 4)
        for y in range(-3, 3)
    }
    assert len(colors) > 1


def test_text_never_moves_for_an_underline(editor) -> None:
    editor.show_draft("You should have told us", (), 0)
    before = editor.line_at(10)

    editor.set_marks([Mark(0, 15, Severity.BLAME), Mark(4, 10, Severity.ADVICE)])
    editor.viewport().grab()

    assert editor.line_at(10) == before


def test_a_long_draft_is_typed_into_without_waiting(qtbot, editor) -> None:
    editor.show_draft(("Words and words. " * 30 + "\n") * 60, (), 10)
    editor.set_marks([Mark(at, at + 5, Severity.BLAME) for at in range(0, 20000, 100)])
    marks_seen = []
    editor.edited.connect(marks_seen.append)

    qtbot.keyClicks(editor, "typed in the middle")

    assert len(marks_seen) == len("typed in the middle")
    assert editor.revision > len(marks_seen)
