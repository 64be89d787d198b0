from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QToolButton

from cxdesk.model import (
    Attachment,
    BlameTarget,
    Correction,
    Level,
    Outcome,
    RuleCard,
)
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.thread.folded_line import BundleLine, FoldedLine
from cxdesk.ui.thread.message_card import MessageCard
from cxdesk.ui.thread.mood_line import MoodLineWidget
from cxdesk.ui.thread.pane import ThreadPane


@pytest.fixture
def pane(qtbot):
    """The pane, 565 by 420 pixels, on the screen."""
    pane = ThreadPane()
    qtbot.addWidget(pane)
    pane.resize(565, 420)
    pane.show()
    pane.activateWindow()
    return pane


@pytest.fixture
def long_thread(a_thread, a_message, verdict):
    """Five hundred messages."""
    text = "Where is my parcel? " * 4
    levels = [verdict("", Level(each % 4)) for each in range(501)]
    roles = ("agent", "customer")
    return a_thread(*(a_message(n, roles[n % 2], text, analysis=levels[n]) for n in range(1, 501)))


def cards(pane: ThreadPane) -> dict[int, MessageCard]:
    return {each.message.id: each for each in pane.findChildren(MessageCard) if each.isVisible()}


def folded(pane: ThreadPane) -> dict[int, FoldedLine]:
    return {each.message.id: each for each in pane.findChildren(FoldedLine) if each.isVisible()}


def said(pane: ThreadPane) -> list[str]:
    return [each.text() for each in pane.findChildren(QLabel) if each.isVisible()]


def mood_lines(pane: ThreadPane) -> list[str]:
    return [each.accessibleName() for each in pane.findChildren(MoodLineWidget) if each.isVisible()]


def on_screen(pane: ThreadPane, message_id: int) -> tuple[int, int]:
    """Where a message begins and ends below the upper edge of what is scrolled."""
    area = pane.findChild(QScrollArea)
    widget = cards(pane).get(message_id) or folded(pane)[message_id]
    top = widget.mapTo(area, QPoint(0, 0)).y()
    return top, top + widget.height()


def scroll_height(pane: ThreadPane) -> int:
    return pane.findChild(QScrollArea).viewport().height()


def test_a_conversation_opens_with_the_turning_message_whole(pane, turned, now):
    pane.resize(416, 330)

    pane.show_thread(turned, now)

    top, bottom = on_screen(pane, 3)
    assert top >= 0
    assert bottom <= scroll_height(pane)
    assert mood_lines(pane) == ["Turned here, from annoyed to angry"]
    assert pane.turn_message_id() == 3


def test_it_stays_whole_when_the_composer_takes_its_room(pane, turned, now):
    pane.resize(565, 700)
    pane.show_thread(turned, now)

    pane.resize(565, 330)

    top, bottom = on_screen(pane, 3)
    assert top >= 0
    assert bottom <= scroll_height(pane)


def test_the_header_says_who_and_how(pane, turned, now):
    pane.show_thread(replace(turned, contact_number=3), now)

    assert "Maria Lopez" in said(pane)
    assert "· E-mail · third contact · Where is PX-48213?" in said(pane)


def test_before_analysis_the_header_claims_nothing(pane, a_thread, a_message, now):
    pane.show_thread(a_thread(a_message(1, "customer")), now)

    assert "E-mail · first contact · Where is PX-48213?" in said(pane)


@pytest.mark.parametrize(("tip", "command"), (("Snooze (H)", "snooze"), ("Done (E)", "done")))
def test_the_headers_buttons_are_commands(pane, turned, now, qtbot, tip, command):
    pane.show_thread(turned, now)
    button = next(each for each in pane.findChildren(QToolButton) if each.toolTip() == tip)

    with qtbot.waitSignal(pane.command) as sent:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert sent.args == [command]


def test_a_click_unfolds_a_message_and_enter_folds_it_again(pane, turned, now, qtbot):
    pane.show_thread(turned, now)

    qtbot.mouseClick(folded(pane)[1], Qt.MouseButton.LeftButton)
    unfolded = set(cards(pane))
    qtbot.keyClick(cards(pane)[1], Qt.Key.Key_Return)

    assert 1 in unfolded
    assert 1 in folded(pane)


def test_unfolding_keeps_the_keyboard_on_the_message(pane, turned, now, qtbot):
    pane.show_thread(turned, now)
    folded(pane)[2].setFocus()

    qtbot.keyClick(folded(pane)[2], Qt.Key.Key_Return)

    assert cards(pane)[2].hasFocus()


def test_the_keys_go_from_message_to_message_and_to_the_turn(pane, turned, now):
    pane.show_thread(turned, now)
    seen = []

    for go in (pane.next_message, pane.next_message, pane.next_message, pane.previous_message):
        go()
        seen.append(QGuiApplication.focusObject().message.id)
    pane.jump_to_turn()

    assert seen == [3, 4, 4, 3]
    assert cards(pane)[3].hasFocus()


def test_a_new_message_appears_without_a_jump(pane, turned, a_message, now):
    pane.show_thread(turned, now)
    before = on_screen(pane, 3)

    pane.update_thread(
        replace(turned, messages=(*turned.messages, a_message(5, "customer", "Hello?"))), now
    )

    assert on_screen(pane, 3) == before
    assert 5 in cards(pane)


def test_an_update_keeps_what_was_unfolded_and_the_widgets_of_what_did_not_change(
    pane, turned, now, qtbot, verdict
):
    pane.show_thread(turned, now)
    qtbot.mouseClick(folded(pane)[1], Qt.MouseButton.LeftButton)
    kept, changed = cards(pane)[1], cards(pane)[4]
    angry = replace(turned.messages[3], analysis=verdict("", Level.ANGRY))

    pane.update_thread(replace(turned, messages=(*turned.messages[:3], angry)), now)

    assert cards(pane)[1] is kept
    assert cards(pane)[4] is not changed


def test_the_outcome_of_a_reply_stands_above_the_answer(pane, a_thread, a_message, verdict, now):
    thread = a_thread(
        a_message(1, "customer", analysis=verdict("", Level.ANGRY)),
        a_message(2, "agent", author=""),
    )
    pane.show_thread(thread, now)
    answer = a_message(3, "customer", "Thank you.", analysis=verdict("", Level.ANNOYED))

    pane.update_thread(replace(thread, messages=(*thread.messages, answer)), now)

    assert mood_lines(pane) == ["angry → annoyed after your reply"]
    pane.show_outcomes([Outcome(2, Level.FURIOUS, Level.ANNOYED)])
    assert mood_lines(pane) == ["furious → annoyed after your reply"]


def test_why_asks_for_the_rule_of_the_mark_with_the_keyboard(pane, turned, now, qtbot):
    pane.show_thread(turned, now)
    pane.next_message()
    for _ in range(2):
        qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Tab)

    with qtbot.waitSignal(pane.rule_asked) as asked:
        assert pane.why()
    with qtbot.waitSignal(pane.rule_asked) as entered:
        qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)

    assert asked.args[0] == entered.args[0] == "r-blame_company"


def test_why_without_a_mark_pointed_at_explains_the_turning_message(pane, turned, now, qtbot):
    pane.show_thread(turned, now)

    with qtbot.waitSignal(pane.rule_asked) as asked:
        pane.why()

    assert asked.args[0] == "r-repetition"


def test_why_says_no_where_nothing_is_marked(pane, a_thread, a_message, now):
    pane.show_thread(a_thread(a_message(1, "customer")), now)

    assert not pane.why()


def test_the_rule_card_shows_why_two_examples_and_one_left_alone(pane, turned, now, qtbot):
    pane.show_thread(turned, now)
    card = RuleCard(
        "r", "ignored", "Nobody answers", "They wait.", "GUIDANCE 2.1", ("a", "b", "c"), ("d", "e")
    )

    popup = pane.show_rule(card, QPoint(20, 20))

    shown = [each.text() for each in popup.findChildren(QLabel)]
    assert [each for each in shown if each.startswith("“")] == ["“a”", "“b”", "“d”"]
    assert {"Nobody answers", "They wait.", "Source: GUIDANCE 2.1 · rule r"} <= set(shown)
    qtbot.keyClick(popup, Qt.Key.Key_J)
    assert not popup.isVisible()


def test_correcting_asks_for_the_customers_latest_or_the_focused_message(pane, turned, now):
    pane.show_thread(turned, now)
    asked = []
    pane.correct_requested.connect(asked.append)

    pane.correct()
    pane.jump_to_turn()
    pane.correct()

    assert asked == [4, 3]


def test_a_corrected_message_shows_what_the_agent_said(pane, a_thread, a_message, verdict, now):
    message = a_message(
        1,
        "customer",
        analysis=verdict("", Level.ANGRY),
        correction=Correction(Level.ANNOYED, BlameTarget.NONE),
    )

    pane.show_thread(a_thread(message), now)

    assert "you said: annoyed, blames nobody" in said(pane)


def test_quoted_parts_signatures_and_attachments_are_never_dropped(
    pane, a_thread, a_message, now, qtbot
):
    message = a_message(
        1,
        "customer",
        quoted="\n".join(f"> line {each}" for each in range(14)),
        signature="Maria Lopez",
        attachments=(Attachment("receipt.pdf", "application/pdf", 123_456),),
    )
    pane.resize(565, 600)
    pane.show_thread(a_thread(message), now)
    buttons = {each.text(): each for each in pane.findChildren(QPushButton)}
    before = cards(pane)[1].height()

    qtbot.mouseClick(buttons["Quoted: 14 lines"], Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: cards(pane)[1].height() > before + 13 * 20)
    assert "Signature: 1 line" in buttons
    assert "receipt.pdf, 123 kB" in said(pane)


def test_automatic_mail_is_marked_and_folded(pane, a_thread, a_message, now):
    thread = a_thread(a_message(1, "customer"), a_message(2, "customer", automated="auto-reply"))

    pane.show_thread(thread, now)

    assert folded(pane)[2].accessibleName().startswith("Automatic (auto-reply)")


def test_own_replies_are_headed_you(pane, a_thread, a_message, now):
    pane.set_own_name("Priya")

    pane.show_thread(a_thread(a_message(1, "customer"), a_message(2, "agent")), now)

    assert "You" in said(pane)


def test_of_five_hundred_messages_most_come_only_when_asked(pane, long_thread, now, qtbot):
    pane.show_thread(long_thread, now)
    bundle = next(each for each in pane.findChildren(BundleLine) if each.isVisible())
    before = len(folded(pane))

    qtbot.mouseClick(bundle, Qt.MouseButton.LeftButton)

    assert bundle.text() == "487 more messages"
    assert len(folded(pane)) == before + 40


def test_hints_follow_a_changed_key(pane, turned, now):
    pane.show_thread(turned, now)

    pane.set_keymap(Keymap().changed("snooze", "S"))

    assert "Snooze (S)" in [each.toolTip() for each in pane.findChildren(QToolButton)]


def test_clearing_says_how_to_open_a_conversation(pane, turned, now):
    pane.show_thread(turned, now)

    pane.clear()

    assert pane.thread_id() is None
    assert any("Choose a conversation" in each for each in said(pane))


def test_a_message_that_could_not_be_read_says_so(pane, a_message, a_thread, verdict, now):
    skimmed = verdict("", Level.CALM)
    thread = a_thread(a_message(1, "customer", "One", analysis=skimmed), a_message(2, "customer"))
    pane.show_thread(thread, now)

    pane.show_set_aside(frozenset({2}))

    assert "This message could not be read by the language check." in said(pane)
    pane.show_set_aside(frozenset())
    assert not [each for each in said(pane) if "language check" in each]
