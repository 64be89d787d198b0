"""The story of a promise: made in a reply, proposed, kept in mind, thought of, and kept."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from cxdesk.model import PromiseState
from cxdesk.ui.main_window import MainWindow

PATIENCE = 30_000
CONTROL = Qt.KeyboardModifier.ControlModifier
WORDS = "I'll call you by 4 pm tomorrow"


def press(window: MainWindow, qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    modifier = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


@pytest.fixture
def sent(window: MainWindow, qtbot: QtBot) -> int:
    """A mail to Tomasz with a promise, sent and proposed; the conversation."""
    row = next(
        each for each in window.controller.desk.rows("all") if each.customer.startswith("Tom")
    )
    window.page.open(row.id)
    window.page.thread_pane.take_focus()
    press(window, qtbot, Qt.Key.Key_R)
    qtbot.keyClicks(window.page.composer.editor, f"I'm sorry about the wait. {WORDS}.")
    press(window, qtbot, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: window.page.sending.can_undo, timeout=PATIENCE)
    return row.id


def badge(window: MainWindow) -> str:
    buttons = window.rail.findChildren(QAbstractButton)
    return next(each for each in buttons if each.text() == "Promises").accessibleName()


def four_tomorrow(window: MainWindow) -> datetime:
    tomorrow = window.controller.desk.now().astimezone().date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(16)).astimezone()


def test_a_promise_is_proposed_kept_in_mind_reminded_of_and_kept(
    window: MainWindow, qtbot: QtBot, sent: int
) -> None:
    desk = window.controller.desk
    due = four_tomorrow(window)

    # proposed with its words and time, and kept by one key
    proposal = window.promised.proposal_toast
    when = f"{due:%a} {due.day} {due:%b} 16:00"
    assert proposal.words() == f"Promise to Tomasz {when}, remind me? “{WORDS}”"
    assert desk.promises() == ()
    press(window, qtbot, Qt.Key.Key_P)
    assert proposal.isHidden()
    (promise,) = desk.promises()
    assert (promise.text, promise.due) == (WORDS, due)

    # said in the sidebar and in the row
    row = desk.row(sent)
    assert row is not None
    assert row.promise_due == due
    facts = window.page.sidebar.facts.texts()
    assert f"Promised: “{WORDS}”, due {due:%a} 16:00" in facts

    # a day later it is late: on the rail, and in one note that stays
    real = desk.now
    desk.now = lambda: real() + timedelta(days=1, hours=24)
    window.controller.tick()
    assert badge(window) == "Promises, 1 late"
    reminder = window.promised.reminder_toast
    assert "Late, it was due" in reminder.words()

    # kept on the page, and everything about it is gone
    press(window, qtbot, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert window.pages.currentWidget() is window.promises
    press(window, qtbot, Qt.Key.Key_E)
    assert desk.promises() == ()
    assert [each.state for each in desk.settled_promises()] == [PromiseState.KEPT]
    assert badge(window) == "Promises"
    assert reminder.isHidden()
    row = desk.row(sent)
    assert row is not None
    assert row.promise_due is None


@pytest.mark.usefixtures("sent")
def test_a_reply_that_is_taken_back_takes_its_promise_along(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(window, qtbot, Qt.Key.Key_P)
    assert len(window.controller.desk.promises()) == 1

    press(window, qtbot, Qt.Key.Key_Z)

    assert window.controller.desk.promises() == ()
    assert window.promised.proposal_toast.isHidden()
    assert WORDS in window.page.composer.draft().text


@pytest.mark.usefixtures("sent")
def test_what_is_no_promise_is_kept_nowhere(window: MainWindow, qtbot: QtBot) -> None:
    press(window, qtbot, Qt.Key.Key_D)

    assert window.promised.proposal_toast.isHidden()
    assert window.controller.desk.promises() == ()


def test_telling_the_customer_puts_the_play_into_their_draft(
    window: MainWindow, qtbot: QtBot, sent: int
) -> None:
    press(window, qtbot, Qt.Key.Key_P)
    window.show_page("promises")
    qtbot.waitUntil(lambda: window.promises.listing.current() is not None)

    press(window, qtbot, Qt.Key.Key_R)

    assert window.pages.currentWidget() is window.page
    assert window.page.view is not None
    assert window.page.view.thread.id == sent
    draft = window.page.composer.draft()
    assert "what I promised for tomorrow won't happen as agreed" in draft.text
    assert {"cause", "time_by"} <= {name for _, _, name in draft.slots}
