from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.actions import ACTIONS, HOLDS_KEYS, Actions, Where
from cxdesk.ui.keymap import Keymap

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Desk(QMainWindow):
    """A window with one of each thing that can have the focus, which notes what was run."""

    def __init__(self) -> None:
        super().__init__()
        self.list, self.search, self.composer = QListWidget(), QLineEdit(), QPlainTextEdit()
        self.thread, self.fault, self.overlay = QTextBrowser(), QComboBox(), QWidget()
        self.list.addItems(["Maria", "Sam", "Jonas"])
        self.fault.addItems(["company", "nobody"])
        self.palette_field = QLineEdit(self.overlay)
        self.overlay.setProperty(HOLDS_KEYS, True)
        self.setCentralWidget(QWidget())
        layout = QVBoxLayout(self.centralWidget())
        for each in (self.list, self.search, self.composer, self.thread, self.fault, self.overlay):
            layout.addWidget(each)
        self.ran: list[tuple[str, ...]] = []
        self.actions_ = Actions(self)
        for spec in ACTIONS:
            self.actions_.bind(spec.id, lambda *words, id=spec.id: self.ran.append((id, *words)))
        self.actions_.attach(Where.LIST, self.list)
        self.actions_.attach(Where.COMPOSER, self.composer)


@pytest.fixture
def desk(qtbot):
    """The window, shown and active."""
    window = Desk()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def press(qtbot, widget, key, modifier=Mod.NoModifier):
    widget.setFocus()
    qtbot.keyClick(widget, key, modifier)


@pytest.mark.parametrize("place", ("search", "composer"))
def test_letters_typed_into_a_field_are_text_and_nothing_else(qtbot, desk, place):
    field = getattr(desk, place)
    field.setFocus()

    qtbot.keyClicks(field, "jkhecrnta[]?/z AJ")

    text = field.text() if place == "search" else field.toPlainText()
    assert text == "jkhecrnta[]?/z AJ"
    assert desk.ran == []


@pytest.mark.parametrize("place", ("list", "thread"))
@pytest.mark.parametrize(
    ("key", "modifier", "action"),
    (
        (Key.Key_J, Mod.NoModifier, ("next_conversation",)),
        (Key.Key_K, Mod.NoModifier, ("previous_conversation",)),
        (Key.Key_H, Mod.NoModifier, ("snooze", "")),
        (Key.Key_Question, Mod.NoModifier, ("keys",)),
        (Key.Key_Slash, Mod.NoModifier, ("search", "")),
        (Key.Key_BracketLeft, Mod.NoModifier, ("previous_message",)),
        (Key.Key_K, Mod.ControlModifier, ("palette",)),
    ),
)
def test_outside_fields_a_key_runs_its_command(qtbot, desk, place, key, modifier, action):
    press(qtbot, getattr(desk, place), key, modifier)

    assert desk.ran == [action]


def test_shift_and_slash_is_left_to_the_question_mark(qtbot, desk):
    press(qtbot, desk.list, Key.Key_Slash, Mod.ShiftModifier)

    assert desk.ran == []


@pytest.mark.parametrize(
    ("key", "modifier", "action"),
    (
        (Key.Key_K, Mod.ControlModifier, "palette"),
        (Key.Key_1, Mod.ControlModifier, "insert_1"),
        (Key.Key_F8, Mod.NoModifier, "next_finding"),
        (Key.Key_Period, Mod.ControlModifier, "fixes"),
        (Key.Key_Return, Mod.ControlModifier, "send"),
        (Key.Key_Enter, Mod.ControlModifier, "send"),
        (Key.Key_Return, Mod.ControlModifier | Mod.ShiftModifier, "send_and_next"),
        (Key.Key_F6, Mod.NoModifier, "next_pane"),
    ),
)
def test_keys_with_modifiers_act_while_writing(qtbot, desk, key, modifier, action):
    press(qtbot, desk.composer, key, modifier)

    assert [ran[0] for ran in desk.ran] == [action]
    assert desk.composer.toPlainText() == ""


def test_nothing_is_sent_from_outside_the_composer(qtbot, desk):
    for place in (desk.list, desk.thread, desk.search):
        press(qtbot, place, Key.Key_Return, Mod.ControlModifier)

    assert desk.ran == []


def test_tab_turns_the_tabs_in_the_list_and_moves_on_elsewhere(qtbot, desk):
    press(qtbot, desk.list, Key.Key_Tab)
    press(qtbot, desk.list, Key.Key_Backtab, Mod.ShiftModifier)

    press(qtbot, desk.thread, Key.Key_Tab)

    assert desk.ran == [("next_split",), ("previous_split",)]
    assert desk.fault.hasFocus()


def test_a_combo_found_by_letters_keeps_its_letters(qtbot, desk):
    press(qtbot, desk.fault, Key.Key_N)

    assert desk.fault.currentText() == "nobody"
    assert desk.ran == []


def test_an_overlay_keeps_the_keys_to_itself(qtbot, desk):
    press(qtbot, desk.palette_field, Key.Key_F6)
    press(qtbot, desk.palette_field, Key.Key_K, Mod.ControlModifier)

    assert desk.ran == []


def test_single_letters_can_be_switched_off(qtbot, desk):
    desk.actions_.use(Keymap(), single_keys=False)

    press(qtbot, desk.list, Key.Key_E)
    press(qtbot, desk.list, Key.Key_F6)

    assert desk.ran == [("next_pane",)]


def test_a_changed_key_acts_and_the_old_one_rests(qtbot, desk):
    desk.actions_.use(Keymap().changed("turn", "B"))

    press(qtbot, desk.thread, Key.Key_T)
    press(qtbot, desk.thread, Key.Key_B)

    assert desk.ran == [("turn",)]


def test_a_command_that_cannot_run_says_why(qtbot, desk):
    desk.actions_.enable("insert_3", False, "held back: no next step yet")

    with qtbot.waitSignal(desk.actions_.refused) as refused:
        press(qtbot, desk.composer, Key.Key_3, Mod.ControlModifier)

    assert refused.args == ["Insert extra mile: held back: no next step yet."]
    assert desk.ran == []
    command = next(each for each in desk.actions_.commands() if each.spec.id == "insert_3")
    assert not command.enabled
    assert command.detail == "held back: no next step yet"


def test_a_button_of_a_command_runs_it(desk):
    desk.actions_.action("done").trigger()

    assert desk.ran == [("done",)]


def test_an_argument_reaches_the_command(desk):
    desk.actions_.trigger("snooze", "2h")

    assert desk.ran == [("snooze", "2h")]


def test_what_nobody_answers_to_is_named(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)

    actions.bind("send", lambda: None)

    assert "reply" in actions.unbound()
    assert "send" not in actions.unbound()
    assert not actions.trigger("reply")


def test_an_unknown_command_is_an_error_at_once(desk):
    with pytest.raises(KeyError):
        desk.actions_.bind("fly", lambda: None)
