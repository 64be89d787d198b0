"""A promise is said again when its time comes: once, in a note that stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from cxdesk.desk import Desk
from cxdesk.model import PromiseState
from cxdesk.ui.promises.deeds import PromiseDeeds
from cxdesk.ui.promises.reminders import Reminders
from cxdesk.ui.promises.toast import ReminderToast

LEFT = Qt.MouseButton.LeftButton
NOON = datetime(2026, 11, 20, 12, 0).astimezone()  # when the clock of the tests stands still
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def toast(window: QMainWindow) -> ReminderToast:
    """The note, over an empty window."""
    return ReminderToast(window)


@pytest.fixture
def reminders(deeds: PromiseDeeds, toast: ReminderToast) -> Reminders:
    """Nothing told yet."""
    return Reminders(deeds, toast)


def test_a_promise_is_told_half_an_hour_ahead_and_again_when_it_is_late(
    reminders: Reminders, toast: ReminderToast, hand, clock
) -> None:
    hand.promise("I'll ring the depot", NOON + HOUR)
    reminders.check()
    assert toast.words() == ""

    clock.time += 31 * MINUTE
    reminders.check()
    ahead = toast.words()
    clock.time += HOUR
    reminders.check()

    assert ahead == "Promise to Maria Lopez Due 13:00, in 29 min “I'll ring the depot”"
    assert toast.words() == ("Promise to Maria Lopez Late, it was due 13:00 “I'll ring the depot”")


def test_a_closed_note_does_not_come_back_until_the_time_has_passed(
    qtbot, reminders: Reminders, toast: ReminderToast, hand, clock
) -> None:
    hand.promise("I'll ring the depot", NOON + 20 * MINUTE)
    reminders.check()

    qtbot.keyClick(toast, Qt.Key.Key_Escape)
    clock.time += 10 * MINUTE
    reminders.check()
    assert toast.words() == ""

    clock.time += 11 * MINUTE
    reminders.check()
    assert "Late" in toast.words()


def test_several_are_told_in_one_note_that_leads_to_all_of_them(
    qtbot, reminders: Reminders, toast: ReminderToast, hand
) -> None:
    hand.promise("I'll ring the depot", NOON - HOUR)
    hand.promise("I'll send the invoice", NOON + 10 * MINUTE, 2)

    reminders.check()

    assert toast.words() == "2 promises are due 1 of them late Maria Lopez, Aiko Tanaka"
    assert toast.kept.isHidden()
    with qtbot.waitSignal(reminders.open_asked) as asked:
        qtbot.mouseClick(toast.open, LEFT)
    assert asked.args == [None]
    assert toast.isHidden()


def test_open_leads_to_the_conversation(
    qtbot, reminders: Reminders, toast: ReminderToast, hand
) -> None:
    kept = hand.promise("I'll ring the depot", NOON - HOUR)
    reminders.check()

    with qtbot.waitSignal(reminders.open_asked) as asked:
        qtbot.mouseClick(toast.open, LEFT)

    assert asked.args == [kept]


def test_kept_settles_it_and_the_note_goes(
    qtbot, reminders: Reminders, toast: ReminderToast, hand, desk: Desk
) -> None:
    hand.promise("I'll ring the depot", NOON - HOUR)
    reminders.check()

    qtbot.mouseClick(toast.kept, LEFT)
    reminders.check()  # as every change does

    assert toast.isHidden()
    assert [each.state for each in desk.settled_promises()] == [PromiseState.KEPT]


def test_what_was_settled_elsewhere_leaves_the_note(
    reminders: Reminders, toast: ReminderToast, hand, desk: Desk
) -> None:
    first = hand.promise("I'll ring the depot", NOON - HOUR)
    hand.promise("I'll send the invoice", NOON - HOUR, 2)
    reminders.check()
    assert toast.words().startswith("2 promises are late")

    desk.settle_promise(first.id, PromiseState.BROKEN)
    reminders.check()

    assert toast.words().startswith("Promise to Aiko Tanaka")


def test_call_you_in_ten_minutes_is_told_halfway(
    reminders: Reminders, toast: ReminderToast, hand, clock
) -> None:
    hand.promise("I'll call you in ten minutes", NOON + 10 * MINUTE, ago=timedelta())
    reminders.check()
    assert toast.words() == ""

    clock.time += 5 * MINUTE
    reminders.check()

    assert "in 5 min" in toast.words()


def test_a_time_just_chosen_is_not_told_back(
    reminders: Reminders, toast: ReminderToast, deeds: PromiseDeeds, hand
) -> None:
    kept = hand.promise("I'll ring the depot", NOON + 24 * HOUR)

    deeds.move(kept, NOON + 20 * MINUTE)
    reminders.check()

    assert toast.words() == ""


def test_a_time_chosen_for_later_is_told_then(
    reminders: Reminders, toast: ReminderToast, deeds: PromiseDeeds, hand, clock
) -> None:
    kept = hand.promise("I'll ring the depot", NOON - HOUR)

    deeds.move(kept, NOON + 2 * HOUR)
    clock.time += 2 * HOUR - 20 * MINUTE
    reminders.check()

    assert "in 20 min" in toast.words()


def test_the_badge_counts_what_is_late(qtbot, reminders: Reminders, hand) -> None:
    hand.promise("I'll ring the depot", NOON - HOUR)
    hand.promise("I'll send the invoice", NOON - MINUTE, 2)
    hand.promise("I'll write", None, 3)

    with qtbot.waitSignal(reminders.late_counted) as counted:
        reminders.check()

    assert counted.args == [2]
