from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from cxdesk.ui.csv_dialog import CsvDialog

LEFT = Qt.MouseButton.LeftButton
COLUMNS = ("ticket", "name", "body", "when", "direction")
ROWS = [
    ("17", "Ana Lima", "The kettle came <b>without</b> its lid.", "03/04/2026", "inbound"),
    ("17", "Priya", "I'm sending the lid today.", "04/04/2026", "outbound"),
]
GUESS = SimpleNamespace(
    text="body",
    customer="name",
    address="",
    time="when",
    subject="",
    conversation="ticket",
    role="direction",
    agent_value="outbound",
    day_first=None,
)


def dialog_for(qtbot, guess):
    dialog = CsvDialog(COLUMNS, ROWS, guess, title="tickets.csv")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def combo(dialog, name):
    return next(each for each in dialog.findChildren(QComboBox) if each.accessibleName() == name)


def button(dialog, words):
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == words)


def words(dialog):
    return [each.text() for each in dialog.findChildren(QLabel)]


def test_a_good_guess_needs_one_click(qtbot):
    dialog = dialog_for(qtbot, GUESS)

    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(button(dialog, "Import"), LEFT)

    assert chosen.args == [vars(GUESS)]


def test_the_first_message_is_shown_as_it_will_come_in(qtbot):
    dialog = dialog_for(qtbot, GUESS)

    assert "Ana Lima · 03/04/2026 · from the customer" in words(dialog)
    assert "The kettle came <b>without</b> its lid." in words(dialog)


def test_another_choice_is_shown_at_once_and_told(qtbot):
    dialog = dialog_for(qtbot, GUESS)

    combo(dialog, "Customer’s name").setCurrentText("not in this table")
    combo(dialog, "Order of day and month").setCurrentText("day first")
    dialog.findChild(QLineEdit).setText("inbound")

    assert "03/04/2026 · our own" in words(dialog)
    mapping = dialog.mapping()
    assert (mapping["customer"], mapping["day_first"]) == ("", True)
    assert mapping["agent_value"] == "inbound"


def test_without_a_message_column_it_cannot_be_imported_and_says_why(qtbot):
    dialog = dialog_for(qtbot, None)

    assert not button(dialog, "Import").isEnabled()
    assert "Choose the column with the messages." in words(dialog)

    combo(dialog, "Message").setCurrentText("body")
    assert button(dialog, "Import").isEnabled()


@pytest.mark.parametrize(("part", "name"), (("time", "Order of day and month"),))
def test_what_does_not_matter_is_not_asked(qtbot, part, name):
    guess = SimpleNamespace(**{**vars(GUESS), part: ""})

    dialog = dialog_for(qtbot, guess)

    assert not combo(dialog, name).isVisible()


def test_cancel_imports_nothing(qtbot):
    dialog = dialog_for(qtbot, GUESS)

    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.mouseClick(button(dialog, "Cancel"), LEFT)

    assert not dialog.isVisible()


def test_an_empty_table_can_be_looked_at(qtbot):
    dialog = CsvDialog(COLUMNS, [], None, title="empty.csv")
    qtbot.addWidget(dialog)

    assert dialog.mapping()["text"] == ""
