"""After Send each promise of the reply is proposed, quietly, one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPushButton

from cxdesk.desk import Desk, Sent
from cxdesk.model import FoundPromise
from cxdesk.ui.choices import ChoicePopup
from cxdesk.ui.promises.deeds import PromiseDeeds
from cxdesk.ui.promises.proposals import Proposals
from cxdesk.ui.promises.toast import ProposalToast

LEFT = Qt.MouseButton.LeftButton
NOON = datetime(2026, 11, 20, 12, 0).astimezone()  # when the clock of the tests stands still
HOUR = timedelta(hours=1)
REPLY = "I'll ring the depot by 4 pm. We hope to write as soon as the part is in."
FIRST = FoundPromise(0, 27, REPLY[:27], "ring the depot", NOON + 4 * HOUR)
SECOND = FoundPromise(29, 71, REPLY[29:71], "write", None, is_soft=True)


@pytest.fixture
def toast(window: QMainWindow) -> ProposalToast:
    """The note, over an empty window."""
    return ProposalToast(window)


@pytest.fixture
def proposals(deeds: PromiseDeeds, toast: ProposalToast) -> Proposals:
    """Nothing proposed yet."""
    return Proposals(deeds, toast)


@pytest.fixture
def sent(hand) -> Sent:
    """A reply with one promise for four o'clock, and a soft one without a time."""
    return replace(hand.send(REPLY), promises=(FIRST, SECOND))


def test_a_promise_is_proposed_with_its_words_and_its_time(
    proposals: Proposals, toast: ProposalToast, sent: Sent, desk: Desk
) -> None:
    proposals.offer(sent, "Maria")

    assert toast.words() == (
        "Promise to Maria Fri 20 Nov 16:00, remind me? “I'll ring the depot by 4 pm”"
    )
    assert desk.promises() == ()


def test_proposing_takes_the_focus_from_nobody(
    proposals: Proposals, sent: Sent, window: QMainWindow
) -> None:
    field = QLineEdit(window)
    field.show()
    field.setFocus()

    proposals.offer(sent, "Maria")

    assert window.focusWidget() is field


def test_each_is_decided_in_its_turn(
    qtbot, proposals: Proposals, toast: ProposalToast, sent: Sent, desk: Desk
) -> None:
    proposals.offer(sent, "Maria")

    qtbot.mouseClick(toast.keep, LEFT)
    second = toast.words()
    qtbot.mouseClick(toast.drop, LEFT)

    assert second.startswith("Promise to Maria No time said. Keep it open? “We hope to write")
    assert "heard as a promise" in second
    assert toast.words() == ""
    (kept,) = desk.promises()
    assert (kept.text, kept.due) == (FIRST.text, FIRST.due)


def test_an_undated_one_is_kept_open(proposals: Proposals, sent: Sent, desk: Desk, told) -> None:
    proposals.offer(replace(sent, promises=(SECOND,)), "Maria")

    proposals.keep()

    assert [each.due for each in desk.promises()] == [None]
    assert told[-1][0] == "Promise to Maria kept in mind: open, no time."


@pytest.mark.parametrize(("keys", "due"), (("2h30m", 2.5), ("18:00", 6)))
def test_another_time_can_be_written_straight_away(
    qtbot, proposals: Proposals, sent: Sent, window: QMainWindow, desk: Desk, keys: str, due: float
) -> None:
    proposals.offer(sent, "Maria")

    proposals.ask_time()
    popup = window.findChild(ChoicePopup)
    for key in keys:
        qtbot.keyClick(window.focusWidget(), key)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    assert not popup.isVisible()
    assert [each.due for each in desk.promises()] == [NOON + timedelta(hours=due)]


def test_words_go_into_the_field_of_the_popup_too(
    qtbot, proposals: Proposals, sent: Sent, window: QMainWindow, desk: Desk
) -> None:
    proposals.offer(sent, "Maria")

    proposals.ask_time()
    for key in "tomorrow 10":
        qtbot.keyClick(window.focusWidget(), key)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)

    assert [each.due for each in desk.promises()] == [NOON + 22 * HOUR]


def test_leaving_the_popup_leaves_the_proposal(
    qtbot, proposals: Proposals, sent: Sent, window: QMainWindow, desk: Desk
) -> None:
    proposals.offer(sent, "Maria")

    proposals.ask_time()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)

    assert proposals.current is not None
    assert desk.promises() == ()


def test_a_reply_taken_back_is_not_asked_about(
    proposals: Proposals, toast: ProposalToast, sent: Sent
) -> None:
    proposals.offer(sent, "Maria")

    proposals.take_back(sent.message)

    assert proposals.current is None
    assert toast.words() == ""


def test_an_earlier_reply_is_asked_about_first(
    proposals: Proposals, toast: ProposalToast, sent: Sent, hand
) -> None:
    proposals.offer(replace(sent, promises=(FIRST,)), "Maria")
    later = hand.send("I'll ring the depot by 4 pm. Aiko.", 2)
    proposals.offer(replace(later, promises=(FIRST,)), "Aiko")

    before = toast.words()
    proposals.drop()

    assert before.startswith("Promise to Maria")
    assert toast.words().startswith("Promise to Aiko")


def test_keeping_tells_the_window_which_conversation_changed(
    proposals: Proposals, sent: Sent, controller, qtbot
) -> None:
    proposals.offer(sent, "Maria")

    with qtbot.waitSignal(controller.changed) as changed:
        proposals.keep()

    assert changed.args[0].conversations == {1}


def test_every_button_names_itself_and_its_key(toast: ProposalToast) -> None:
    buttons = toast.findChildren(QPushButton)

    said = [(each.accessibleName(), each.accessibleDescription()) for each in buttons]
    assert sorted(said) == [("Change time", "W"), ("Keep", "P"), ("Not a promise", "D")]
