from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QListView, QMainWindow

from cxdesk.ui.actions import ACTIONS, Actions
from cxdesk.ui.palette import Palette
from cxdesk.ui.palette_list import PaletteModel

Key = Qt.Key


class Desk(QMainWindow):
    """A window with a field that has the focus, and a palette over it."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1280, 800)
        self.field = QLineEdit()
        self.setCentralWidget(self.field)
        self.ran: list[tuple[str, ...]] = []
        self.commands = Actions(self)
        for spec in ACTIONS:
            self.commands.bind(spec.id, lambda *words, id=spec.id: self.ran.append((id, *words)))
        self.palette_ = Palette(self, self.commands)
        self.input = self.palette_.findChild(QLineEdit)
        self.rows = self.palette_.findChild(QListView)

    def shown(self) -> list[str]:
        model = self.rows.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def type(self, qtbot, text: str) -> None:
        qtbot.keyClicks(self.input, text)


@pytest.fixture
def desk(qtbot):
    """The window, shown, its palette open."""
    window = Desk()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.field.setFocus()
    window.palette_.open()
    return window


def test_it_opens_with_the_cursor_in_its_field_and_every_command(desk):
    assert desk.input.hasFocus()
    assert len(desk.shown()) == len([spec for spec in ACTIONS if not spec.fixed]) - 1


def test_letters_and_enter_run_a_command_where_the_focus_was(qtbot, desk):
    desk.type(qtbot, "settings")
    qtbot.keyClick(desk.input, Key.Key_Return)

    assert desk.ran == [("settings",)]
    assert not desk.palette_.isVisible()
    assert desk.field.hasFocus()


def test_words_after_a_command_go_with_it(qtbot, desk):
    desk.type(qtbot, "snooze 2h30m")
    qtbot.keyClick(desk.input, Key.Key_Return)

    assert desk.ran == [("snooze", "2h30m")]


def test_tab_prepares_the_words(qtbot, desk):
    desk.type(qtbot, "snoo")
    qtbot.keyClick(desk.input, Key.Key_Tab)
    desk.type(qtbot, "1d")

    assert desk.input.text() == "snooze 1d"
    assert desk.shown()[0] == "Snooze"


def test_arrows_choose_and_stop_at_the_ends(qtbot, desk):
    desk.type(qtbot, "ins")
    for key in (Key.Key_Up, Key.Key_Down, Key.Key_Down, Key.Key_Up):
        qtbot.keyClick(desk.input, key)
    qtbot.keyClick(desk.input, Key.Key_Return)

    assert desk.ran == [("insert_2",)]


def test_a_command_that_cannot_run_stays_with_its_reason(qtbot, desk):
    desk.palette_.close()
    desk.commands.enable("insert_3", False, "held back: no next step yet")
    desk.palette_.open("insert extra mile")

    qtbot.keyClick(desk.input, Key.Key_Return)

    assert desk.ran == []
    assert desk.palette_.isVisible()
    spoken = desk.rows.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    expected = "Insert extra mile, not possible now, held back: no next step yet, Ctrl+3"
    assert spoken == expected


def test_recent_commands_come_first_only_in_an_empty_field(qtbot, desk):
    desk.type(qtbot, "next pane")
    qtbot.keyClick(desk.input, Key.Key_Return)
    desk.commands.trigger("done")

    desk.palette_.open()
    assert desk.shown()[:2] == ["Done", "Next pane"]

    desk.type(qtbot, "next")
    assert desk.shown()[0] == "Next conversation"


def test_esc_a_click_beside_and_ctrl_k_again_close_it(qtbot, desk):
    qtbot.keyClick(desk.input, Key.Key_Escape)
    assert not desk.palette_.isVisible()

    desk.palette_.open()
    qtbot.mouseClick(desk.palette_, Qt.MouseButton.LeftButton, pos=desk.rect().bottomRight())
    assert not desk.palette_.isVisible()

    desk.palette_.open()
    qtbot.keyClick(desk.input, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not desk.palette_.isVisible()
    assert desk.ran == []


def test_a_click_runs_a_row(qtbot, desk):
    desk.type(qtbot, "undo")
    at = desk.rows.visualRect(desk.rows.model().index(0, 0)).center()

    qtbot.mouseClick(desk.rows.viewport(), Qt.MouseButton.LeftButton, pos=at)

    assert desk.ran == [("undo_send",)]


def test_the_list_keeps_its_height_and_the_panel_its_place(qtbot, desk):
    before = desk.palette_.panel.geometry()

    desk.type(qtbot, "xyz")

    assert desk.palette_.panel.geometry() == before
    assert (before.width(), before.top()) == (584, 88)
    assert before.center().x() == pytest.approx(desk.width() / 2, abs=1)


def test_it_follows_the_window_s_size(desk):
    desk.resize(1000, 640)

    assert desk.palette_.size() == desk.size()
    assert desk.palette_.panel.geometry().bottom() < 640


def test_the_model_keeps_qt_s_promises(desk):
    model = PaletteModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.take(desk.commands.commands(), ("done",))
    model.find("in")
    model.find("nothing like it")

    assert model.rowCount() == 0
    assert tester.model() is model
