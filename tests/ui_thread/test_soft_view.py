"""Soft view in the thread: insults are named, facts stay, and what was written can be copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from cxdesk.model import Level, RuleCard, Thread
from cxdesk.ui import theme
from cxdesk.ui.thread import cue_marks
from cxdesk.ui.thread.cue_text import CueText
from cxdesk.ui.thread.folded_line import FoldedLine
from cxdesk.ui.thread.message_card import MessageCard
from cxdesk.ui.thread.pane import ThreadPane

EARLIER = "Where is my bloody box?"
TEXT = "🙏 You useless clowns lost PX-48213, and nobody came. When is it here?"


@pytest.fixture
def insulting(a_message, a_thread, verdict) -> Thread:
    """A swear word in the first message, which is folded, and an insult in the last."""
    earlier = verdict(EARLIER, Level.FRUSTRATED, ("profanity", "bloody"))
    last = verdict(
        TEXT,
        Level.FURIOUS,
        ("abuse", "You useless clowns"),
        ("blame_company", "You useless clowns lost PX-48213"),
        ("ignored", "nobody came"),
    )
    ours = [a_message(n, "agent", "One moment.") for n in range(2, 8)]
    return a_thread(
        a_message(1, "customer", EARLIER, analysis=earlier),
        *ours,
        a_message(8, "customer", TEXT, analysis=last),
    )


@pytest.fixture
def pane(qtbot, insulting, now) -> ThreadPane:
    """The pane with that conversation, in soft view."""
    pane = ThreadPane()
    qtbot.addWidget(pane)
    pane.resize(565, 600)
    pane.show()
    pane.activateWindow()
    pane.show_thread(insulting, now)
    pane.set_soft(True)
    return pane


def _card(pane: ThreadPane) -> MessageCard:
    return next(c for c in pane.findChildren(MessageCard) if c.isVisible() and c.message.id == 8)


def _text(pane: ThreadPane) -> CueText:
    return _card(pane).text


def test_an_insult_is_named_and_facts_stay(pane) -> None:
    shown = "🙏 You (insult) lost PX-48213, and nobody came. When is it here?"

    assert _text(pane).toPlainText() == shown
    assert shown in _card(pane).accessibleName()
    assert "clowns" not in _text(pane).accessibleDescription()


def test_a_folded_message_is_soft_too(pane) -> None:
    line = next(f for f in pane.findChildren(FoldedLine) if f.isVisible() and f.message.id == 1)

    assert "Where is my (swear word) box?" in line.accessibleName()


def test_marks_stay_under_their_words(pane) -> None:
    text = _text(pane)
    found = {
        mark.cue.code: text.toPlainText().encode("utf-16-le")[2 * mark.start : 2 * mark.end]
        for mark in text.marks
    }

    assert found["ignored"].decode("utf-16-le") == "nobody came"
    assert found["blame_company"].decode("utf-16-le") == "You (insult) lost PX-48213"


def test_a_copy_has_what_was_written(pane, qtbot) -> None:
    text = _text(pane)
    text.setFocus()
    QGuiApplication.clipboard().clear()

    qtbot.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == TEXT


def test_a_part_of_a_name_copies_the_whole_insult(pane) -> None:
    text = _text(pane)
    cursor = text.textCursor()
    cursor.setPosition(text.toPlainText().index("sult") + 1)  # the emoji is two units
    cursor.setPosition(cursor.position() + 3, cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)

    assert text.createMimeDataFromSelection().text() == "useless clowns"


def test_the_menu_does_not_say_the_words(pane) -> None:
    text = _text(pane)
    mark = next(each for each in text.marks if each.cue.code == "abuse")
    at = text.runs(mark)[0].box.center().toPoint()

    entries = [action.text() for action in text.menu(at).actions()]

    assert "This is harmless here" in entries
    assert text.words_meant(at) != ""
    assert not any("clowns" in entry for entry in entries)


def test_the_rule_card_of_an_insult_has_no_examples(pane) -> None:
    card = RuleCard("r", "abuse", "Insult", "Why it stands.", "", ("You clowns",), ("My clowns",))

    popup = pane.show_rule(card, QPoint(20, 20))

    assert not any("clowns" in each.text() for each in popup.findChildren(QLabel))
    popup.close()


def test_switched_off_everything_is_there_again(pane) -> None:
    pane.set_soft(False)

    assert _text(pane).toPlainText() == TEXT
    assert not any(each.soft for each in pane.findChildren(MessageCard) if each.isVisible())


def test_a_message_without_insults_keeps_its_widget(pane, a_message, a_thread, now) -> None:
    plain = a_thread(a_message(20, "customer"), id=2)
    pane.show_thread(plain, now)
    before = next(each for each in pane.findChildren(MessageCard) if each.isVisible())

    pane.set_soft(False)

    assert next(each for each in pane.findChildren(MessageCard) if each.isVisible()) is before


def test_another_theme_tints_the_names_anew(pane) -> None:
    theme.apply("dark")

    found = _text(pane).extraSelections()
    tints = [each.format.background().color() for each in found]
    expected = theme.tokens().selected
    theme.apply("light")

    assert tints == [expected]


def test_a_place_of_the_mark_is_the_same_without_soft_view(a_message, verdict) -> None:
    message = a_message(
        1, "customer", TEXT, analysis=verdict(TEXT, Level.ANGRY, ("ignored", "nobody came"))
    )

    assert cue_marks.marks_of(message)[0].start == TEXT.index("nobody came") + 1


def test_the_reason_to_be_back_stands_above_the_messages(pane) -> None:
    pane.show_why_back("You promised by 15:00: “I will write”")

    shown = [w for w in pane.findChildren(QLabel) if w.isVisible() and "promised by" in w.text()]
    assert len(shown) == 1

    pane.show_why_back("")

    assert not shown[0].isVisible()


def test_danger_is_said_beside_the_name(pane) -> None:
    def seen() -> bool:
        return any(w.isVisible() and w.text() == "safety" for w in pane.findChildren(QLabel))

    assert not seen()
    pane.show_safety(True)
    assert seen()
