"""A trainer says that words are harmless, in the conversation or in the settings, and takes it
back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.model import Analysis, Incoming, Level, Role
from cxdesk.ui.main_window import MainWindow
from cxdesk.ui.settings_words import CompanyWordsSection
from cxdesk.ui.thread.cue_text import CueText

PATIENCE = 60_000
TEXT = "Two tickets for I Am Furious, please."
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def conversation(window: MainWindow, qtbot: QtBot) -> int:
    """A fan's message, opened and read as furious."""
    incoming = Incoming(
        source="test",
        external_id="fan#1",
        thread_keys=("fan",),
        role=Role.CUSTOMER,
        author_name="Ida Fan",
        author_address="ida@home.example",
        recipients=(),
        text=TEXT,
        sent_at=datetime.now(UTC),
        channel="email",
    )
    changes = window.controller.desk.take_in([incoming])
    window.controller.background.wake()
    (found,) = changes.conversations
    qtbot.waitUntil(lambda: verdict(window, found) is not None, timeout=PATIENCE)
    window.page.open(found)
    return found


def verdict(window: MainWindow, conversation: int) -> Analysis | None:
    return window.controller.desk.store.thread(conversation).messages[0].analysis


def level(window: MainWindow, conversation: int) -> Level:
    found = verdict(window, conversation)
    assert found is not None
    return found.level


def text_of(window: MainWindow) -> CueText:
    return next(each for each in window.findChildren(CueText) if each.toPlainText() == TEXT)


def named(window: MainWindow, words: str) -> QPushButton:
    return next(
        each
        for each in window.findChildren(QPushButton)
        if each.isVisible() and words in (each.text(), each.accessibleName())
    )


def test_marked_words_are_harmless_from_their_menu_on_until_undone(
    window: MainWindow, qtbot: QtBot, conversation: int
) -> None:
    before = level(window, conversation)
    text = text_of(window)
    at = text.runs(text.marks[0])[0].box.center().toPoint()

    entry = text.menu(at).actions()[-1]
    entry.trigger()

    assert entry.text() == "“I Am Furious” is harmless here"
    assert before >= Level.FRUSTRATED
    qtbot.waitUntil(lambda: level(window, conversation) is Level.CALM, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not text_of(window).marks, timeout=PATIENCE)
    assert text_of(window).toPlainText() == TEXT
    qtbot.mouseClick(named(window, "Undo"), LEFT)
    qtbot.waitUntil(lambda: level(window, conversation) == before, timeout=PATIENCE)
    assert window.controller.company_words.phrases() == ((), [])


@pytest.mark.usefixtures("conversation")
@pytest.mark.parametrize("point", ("focus", "selection", "words"))
def test_the_command_takes_the_mark_the_selection_or_the_words_of_the_palette(
    window: MainWindow, point: str
) -> None:
    text = text_of(window)
    words = ""
    if point == "focus":
        text.setFocus(Qt.FocusReason.TabFocusReason)
    elif point == "selection":
        text.find("I Am Furious")
    else:
        words = "i am furious"

    window.actions_table.trigger("harmless", words)

    listed, _ = window.controller.company_words.phrases()
    assert [each.lower() for each in listed] == ["i am furious"]


@pytest.mark.usefixtures("conversation")
def test_with_nothing_pointed_at_the_command_says_what_it_needs(window: MainWindow) -> None:
    window.rail.setFocus()
    window.cursor().setPos(window.mapToGlobal(QPoint(2, 2)))

    window.actions_table.trigger("harmless")

    assert told(window).startswith("Select the words")
    assert window.controller.company_words.phrases() == ((), [])


def test_the_settings_add_and_remove_words_by_keyboard(
    window: MainWindow, qtbot: QtBot, conversation: int
) -> None:
    window.show_page("settings")
    section = window.preferences.company_words
    navigation = window.preferences.findChild(QListWidget)
    navigation.setCurrentItem(navigation.findItems("Company words", Qt.MatchFlag.MatchExactly)[0])
    field, table = section.findChild(QLineEdit), section.findChild(QListWidget)

    for words in ("Dead pixel", "  I am   furious ", "dead PIXEL"):
        qtbot.keyClicks(field, words)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert shown(section) == ["Dead pixel", "I am furious"]
    assert told(window) == "“dead PIXEL” is listed already."
    qtbot.waitUntil(lambda: level(window, conversation) is Level.CALM, timeout=PATIENCE)
    table.setCurrentRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert shown(section) == ["Dead pixel"]
    qtbot.mouseClick(named(window, "Remove the chosen word"), LEFT)
    assert shown(section) == []
    assert not table.isVisible()
    qtbot.waitUntil(lambda: level(window, conversation) > Level.CALM, timeout=PATIENCE)


def test_a_bad_entry_in_the_file_is_said_on_the_page(window: MainWindow) -> None:
    path = window.controller.desk.profile.company_words
    path.write_text("words:\n  - 3310\n  - dead pixel\n", "utf-8")

    window.show_page("settings")

    section = window.preferences.company_words
    said = [label.text() for label in section.findChildren(QLabel)]
    assert shown(section) == ["dead pixel"]
    assert any(each.startswith("company_words.yaml:2: words.0:") for each in said)


def told(window: MainWindow) -> str:
    return " ".join(each.text() for each in window.notice.findChildren(QLabel)).strip()


def shown(section: CompanyWordsSection) -> list[str]:
    table = section.findChild(QListWidget)
    return [table.item(row).text() for row in range(table.count())]
