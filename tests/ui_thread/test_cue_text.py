from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cxdesk.model import Level
from cxdesk.ui import theme
from cxdesk.ui.thread import cue_marks
from cxdesk.ui.thread.cue_text import CueText, widest

TEXT = "You promised Wednesday 🙏 and nobody came. Your driver lost it, the third time already."


@pytest.fixture
def text(qtbot, a_message, verdict):
    """Marked text between two buttons, 260 pixels wide, so that it wraps."""
    window = QWidget()
    qtbot.addWidget(window)
    found = (
        ("broken_promise", "You promised"),
        ("ignored", "nobody came"),
        ("blame_company", "Your driver lost it"),
    )
    message = a_message(1, "customer", TEXT, analysis=verdict(TEXT, Level.ANGRY, *found))
    text = CueText(TEXT, "heading", 22, parent=window)
    text.set_marks(cue_marks.marks_of(message), Level.ANGRY)
    column = QVBoxLayout(window)
    before, after = QPushButton("before"), QPushButton("after")
    for each in (before, text, after):
        column.addWidget(each)
    QWidget.setTabOrder(before, text)
    QWidget.setTabOrder(text, after)
    window.resize(260, window.heightForWidth(260))
    window.show()
    window.activateWindow()
    yield text
    window.close()


def colors_below(text: CueText, mark: cue_marks.Mark) -> set[str]:
    """The colours in the strip just below a mark's words."""
    image: QImage = text.grab().toImage()
    run = text.runs(mark)[0]
    middle = int(run.box.center().x())
    strip = range(int(run.baseline) + 1, int(run.baseline) + 8)
    return {
        image.pixelColor(x, y).name()
        for x in range(middle - 6, middle + 6)
        for y in strip
        if y < image.height()
    }


def test_the_text_is_as_high_as_its_wrapped_lines(text):
    assert text.height() >= text.document().size().height()
    assert text.document().size().height() % 22 == 0


def test_each_mark_has_a_run_on_every_line_it_touches(text):
    text.setFixedWidth(110)

    runs = [text.runs(mark) for mark in text.marks]

    assert len(runs[2]) > 1
    assert all(run.box.width() > 8 for part in runs for run in part)


def test_marks_are_painted_in_level_colour_and_in_blame_colour(text):
    tokens = theme.tokens()

    assert tokens.levels[Level.ANGRY].name() in colors_below(text, text.marks[0])
    assert tokens.levels[Level.ANGRY].name() not in colors_below(text, text.marks[2])


def test_the_words_under_a_point_name_their_mark(text):
    place = text.runs(text.marks[1])[0].box.center().toPoint()

    assert [mark.cue.text for mark in text.marks_at(place)] == ["nobody came"]


def test_tab_goes_from_mark_to_mark_and_then_on(text, qtbot):
    before, after = text.window().findChildren(QPushButton)
    before.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []

    for _ in range(4):
        qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Tab)
        mark = text.current_mark() if text.hasFocus() else None
        seen.append(mark.cue.text if mark else None)

    assert seen == ["You promised", "nobody came", "Your driver lost it", None]
    assert after.hasFocus()


def test_back_tab_enters_at_the_last_mark(text, qtbot):
    _, after = text.window().findChildren(QPushButton)
    after.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(after, Qt.Key.Key_Backtab)

    assert text.current_mark().cue.text == "Your driver lost it"


def test_the_words_can_be_selected_and_copied_by_keys(text, qtbot):
    text.setFocus()

    qtbot.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == TEXT


def test_nobody_can_type_into_a_customers_words(text, qtbot):
    text.setFocus()

    qtbot.keyClicks(text, "hello")

    assert text.toPlainText() == TEXT


def test_markup_in_a_message_is_shown_and_never_loaded(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    source = "<img src='http://example.com/pixel.png'><b>hello</b>"

    text = CueText(source, "heading", 22, parent=window)

    assert text.toPlainText() == source
    assert text.loadResource(2, "http://example.com/pixel.png") is None


def test_text_is_never_wider_than_seventy_two_characters(text):
    text.setMinimumWidth(0)

    assert text.maximumWidth() == widest("heading")
    assert 480 < widest("heading") < 640


def test_the_menu_offers_the_words_pointed_at_as_harmless_and_else_nothing_more(text):
    blame = text.marks[-1]
    told = []
    text.harmless_asked.connect(told.append)
    standard = len(text.menu(QPoint(0, text.height() - 1)).actions())

    text.menu(text.runs(blame)[0].box.center().toPoint()).actions()[-1].trigger()
    text.selectAll()
    text.menu(QPoint(0, 0)).actions()[-1].trigger()

    assert standard == len(text.createStandardContextMenu().actions())
    assert told == [blame.cue.text, TEXT]


def test_words_that_nobody_judged_are_not_offered_as_harmless(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    reply = CueText("I am sorry", "body", 20, parent=window)
    reply.selectAll()

    assert reply.words_meant() == ""
