"""Where popups open, and the search of the playbook."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from cxdesk.model import Suggestion
from cxdesk.ui.composer import PlaySearch
from cxdesk.ui.composer.play_search import SIZE as SEARCH
from cxdesk.ui.composer.play_search import PlayModel, because_words
from cxdesk.ui.composer.popup import clear_of, place

KEY = Qt.Key
ROOM = QRect(376, 512, 564, 240)
WINDOW = QRect(0, 0, 1280, 800)
SIZE = QSize(440, 176)
LINE = QRect(392, 534, 500, 20)


def test_a_popup_opens_8_pixels_below_its_line() -> None:
    found = place(SIZE, LINE, LINE, ROOM, WINDOW)

    assert found.topLeft().toTuple() == (392, 562)


def test_it_leaves_the_whole_sentence_in_sight_where_it_can() -> None:
    two_lines = LINE.adjusted(0, 0, 0, 20)
    four_lines = LINE.adjusted(0, 0, 0, 60)

    low = QSize(440, 160)

    assert place(low, two_lines, LINE, ROOM, WINDOW).top() == 562 + 20
    assert place(low, four_lines, LINE, ROOM, WINDOW).top() == 562


def test_it_opens_upward_only_without_room_below() -> None:
    line = QRect(392, 720, 500, 20)

    found = place(SIZE, line, line, ROOM, WINDOW)

    assert found.bottom() < line.top() - 7


def test_it_stays_in_the_window() -> None:
    line = QRect(900, 20, 500, 20)

    found = place(SIZE, line, line, QRect(0, 0, 900, 60), QRect(0, 0, 1000, 640))

    assert found.right() <= 1000 - 8
    assert found.top() >= 0


@given(st.integers(0, 779), st.integers(0, 1200))
def test_the_line_being_written_is_never_covered(top: int, left: int) -> None:
    line = QRect(left, top, 400, 20)

    found = clear_of(line, SEARCH, WINDOW.adjusted(8, 8, -8, -8))

    assert not found.intersects(line)
    assert WINDOW.contains(found)
    assert found.height() >= 300


def test_a_play_that_is_held_back_says_why_and_what_opens_it() -> None:
    held = replace(_play("gift"), because=("held back now: it is open; opens when it is solved",))
    fits = replace(_play("gift"), because=("“third time”: came back",))

    assert because_words(held) == "Held back now: it is open; opens when it is solved."
    assert because_words(fits) == "because “third time”: came back"


def _play(name: str) -> Suggestion:
    return Suggestion(name, "extra_mile", "extra_mile", f"Title {name}", f"Text of {name}", ())


PLAYS = [_play("delay"), _play("refund"), _play("delay-two")]


@pytest.fixture
def search(qtbot) -> PlaySearch:
    """A search over three plays, open in a window with a field that had the focus."""
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    owner = QWidget(window, focusPolicy=Qt.FocusPolicy.StrongFocus)
    owner.setGeometry(0, 200, 564, 326)
    with qtbot.waitExposed(window):
        window.show()
    owner.setFocus()
    search = PlaySearch(owner, lambda query: [each for each in PLAYS if query in each.play])
    search.open()
    search.test_window = window  # keeps the window as long as the search
    return search


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_the_model_keeps_the_rules_of_qt(qtmodeltester) -> None:
    model = PlayModel()
    QAbstractItemModelTester(model)
    model.show_found(PLAYS)

    qtmodeltester.check(model)

    index = model.index(0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Title delay, extra mile: Text of delay"


def test_letters_narrow_the_list_and_enter_chooses(qtbot, search) -> None:
    qtbot.keyClicks(_focus(), "delay")
    qtbot.keyClick(_focus(), KEY.Key_Down)

    with qtbot.waitSignal(search.chosen) as chosen:
        qtbot.keyClick(_focus(), KEY.Key_Return)

    assert chosen.args[0].play == "delay-two"
    assert not search.isVisible()


def test_nothing_found_is_said_and_enter_does_nothing(qtbot, search) -> None:
    qtbot.keyClicks(_focus(), "zz")

    with qtbot.assertNotEmitted(search.chosen):
        qtbot.keyClick(_focus(), KEY.Key_Return)

    assert search.isVisible()


def test_esc_closes_it_and_gives_the_focus_back(qtbot, search) -> None:
    with qtbot.waitSignal(search.closed):
        qtbot.keyClick(_focus(), KEY.Key_Escape)

    assert _focus() is search.owner


def test_it_closes_when_the_focus_goes_elsewhere(search) -> None:
    search.owner.setFocus()

    assert not search.isVisible()


def test_an_argument_of_the_palette_is_searched_at_once(search) -> None:
    search.close()

    search.open("refund")

    assert search.isVisible()
    assert search._model.rowCount() == 1
