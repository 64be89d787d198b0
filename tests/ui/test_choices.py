from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMainWindow, QPushButton, QWidget
from shiboken6 import isValid

from cxdesk.ui.choices import Choice, ChoicePopup
from cxdesk.ui.waits import parse_wait

Key = Qt.Key
TIMES = [Choice("1", "Later today", "later"), Choice("2", "Tomorrow", "tomorrow", "Fri, 09:00")]


@pytest.fixture
def window(qtbot):
    """A shown window with two panes."""
    window = QMainWindow()
    window.resize(1280, 800)
    window.setCentralWidget(QWidget())
    layout = QHBoxLayout(window.centralWidget())
    window.left, window.right = QLineEdit(), QWidget()
    layout.addWidget(window.left, 1)
    layout.addWidget(window.right, 1)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.left.setFocus()
    return window


@pytest.fixture
def popup(window):
    """The snooze choices over the right pane, with a field."""

    def preview(text):
        return "in a while" if parse_wait(text) else ""

    popup = ChoicePopup("Snooze", TIMES, parent=window, free_text="2h30m", preview=preview)
    popup.open_over(window.right)
    return popup


def focused(popup):
    return popup.window().focusWidget()


def test_a_key_takes_its_choice_when_no_more_is_written(qtbot, window, popup):
    with qtbot.waitSignal(popup.chosen) as taken:
        qtbot.keyClick(focused(popup), Key.Key_2)

    assert taken.args == ["tomorrow"]
    assert window.left.hasFocus()


@pytest.mark.parametrize("text", ("2h30m", "90m"))
def test_a_length_of_time_can_be_written_straight_away(qtbot, popup, text):
    taken = []
    popup.chosen.connect(taken.append)

    for sign in text:
        qtbot.keyClicks(focused(popup), sign)
    with qtbot.waitSignal(popup.typed) as typed:
        qtbot.keyClick(focused(popup), Key.Key_Return)

    assert typed.args == [text]
    assert taken == []


def test_arrows_and_enter_take_one_too(qtbot, popup):
    qtbot.keyClick(focused(popup), Key.Key_Down)

    with qtbot.waitSignal(popup.chosen) as taken:
        qtbot.keyClick(focused(popup), Key.Key_Return)

    assert taken.args == ["tomorrow"]


def test_a_click_takes_one(qtbot, popup):
    button = popup.findChildren(QPushButton)[0]

    with qtbot.waitSignal(popup.chosen) as taken:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert taken.args == ["later"]


def test_tab_leads_to_the_field_where_digits_are_written(qtbot, popup):
    qtbot.keyClick(focused(popup), Key.Key_Tab)
    field = popup.findChild(QLineEdit)
    qtbot.keyClicks(field, "2h30m")

    with qtbot.waitSignal(popup.typed) as typed:
        qtbot.keyClick(field, Key.Key_Return)

    assert typed.args == ["2h30m"]


def test_words_that_mean_nothing_are_not_taken(qtbot, popup):
    field = popup.findChild(QLineEdit)
    field.setFocus()
    qtbot.keyClicks(field, "soon")

    with qtbot.assertNotEmitted(popup.typed):
        qtbot.keyClick(field, Key.Key_Return)

    assert popup.isVisible()


def test_esc_takes_nothing(qtbot, window, popup):
    taken = []
    popup.chosen.connect(taken.append)

    qtbot.keyClick(focused(popup), Key.Key_Escape)

    assert taken == []
    assert window.left.hasFocus()


def test_it_asks_once_and_goes(qtbot, popup):
    popup.close()

    qtbot.waitUntil(lambda: not isValid(popup))


def test_it_stands_over_its_pane_and_inside_the_window(window, popup):
    panel = popup.panel.geometry()

    assert panel.center().x() == pytest.approx(window.right.geometry().center().x(), abs=2)
    assert window.rect().contains(panel)


def test_each_choice_is_read_with_its_key(popup):
    names = [button.accessibleName() for button in popup.findChildren(QPushButton)]

    assert names == ["Later today, key 1", "Tomorrow, Fri, 09:00, key 2"]
