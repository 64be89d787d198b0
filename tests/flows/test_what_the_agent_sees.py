"""An insulting and a dangerous message in the real window: soft view, safety, quiet keys, and what
the agent says against the app."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cxdesk import app
from cxdesk.desk import Desk
from cxdesk.model import (
    Analysis,
    BlameTarget,
    Cue,
    Incoming,
    Level,
    Overruled,
    Role,
    State,
    Thread,
)
from cxdesk.paths import Profile
from cxdesk.ui.inbox.model import InboxModel
from cxdesk.ui.main_window import MainWindow

INSULT = "You useless clowns, where is parcel PX-48213? This is the third time I write."
DANGER = "Nobody helps. I don't want to live."


def _incoming(name: str, text: str) -> Incoming:
    address = f"{name.lower()}@example.org"
    sent_at = datetime.now(UTC) - timedelta(hours=2)
    known = {"customer_name": name, "customer_address": address}
    return Incoming(
        *("test", f"{name}#1", (name,), Role.CUSTOMER, name, address, (), text, sent_at, "chat"),
        **known,
    )


def _verdict(text: str, level: Level, **found: str) -> Analysis:
    cues = tuple(
        Cue(code, text.index(words), text.index(words) + len(words), words, 3.0, f"{code}.x", "why")
        for code, words in found.items()
    )
    return Analysis(level, 0.9, True, BlameTarget.COMPANY, tuple(found), cues)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on two conversations that have been read: Gus, who insults, and Una in danger."""
    desk = Desk.open(Profile(tmp_path / "profile"))
    desk.take_in([_incoming("Gus", INSULT), _incoming("Una", DANGER)])
    verdicts = {
        "Gus": _verdict(INSULT, Level.FURIOUS, abuse="useless clowns", repetition="third time"),
        "Una": _verdict(DANGER, Level.ANGRY, self_harm="don't want to live"),
    }
    for row in desk.rows("all"):
        message = desk.store.thread(row.id).messages[0]
        desk.store.save_analyses([(message.id, verdicts[row.customer])])
        desk.understanding.settle_mood(row.id)
    opened = app.open_window(desk)
    opened.show()
    qtbot.waitExposed(opened)
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    yield opened
    opened.close()
    opened.deleteLater()


def _open(window: MainWindow, customer: str) -> None:
    row = next(r for r in window.controller.desk.rows("all") if r.customer == customer)
    window.page.open(row.id)


def _listed(window: MainWindow, customer: str) -> str:
    models = window.page.inbox.findChildren(InboxModel)
    model = max(models, key=lambda each: each.rowCount())
    role = Qt.ItemDataRole.AccessibleTextRole
    said = [str(model.index(n, 0).data(role)) for n in range(model.rowCount())]
    return next(each for each in said if each.startswith(customer))


def test_l_hides_insults_everywhere_until_it_is_pressed_again(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(window, "Gus")
    window.page.inbox.focus_list()
    assert "clowns" in _listed(window, "Gus")

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_L)

    assert "You (insult), where is parcel PX-48213?" in _listed(window, "Gus")
    assert not any("clowns" in each for each in window.page.sidebar.facts.texts())
    assert window.controller.desk.view(window.page.view.thread.id).thread.messages[0].text == INSULT

    _open(window, "Una")
    _open(window, "Gus")
    assert "(insult)" in _listed(window, "Gus")

    window.page.inbox.focus_list()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_L)

    assert "clowns" in _listed(window, "Gus")


def test_danger_is_said_in_the_list_and_answered_by_the_procedure(window: MainWindow) -> None:
    _open(window, "Una")

    assert _listed(window, "Una").startswith("Una, safety, ")
    assert "safety" not in _listed(window, "Gus")
    assert window.page.sidebar.cards.panel() is not None
    assert window.page.sidebar.cards.plays() == []
    assert not window.actions_table.trigger("insert_1")
    assert window.page.composer.draft().text == ""


def test_quiet_keeps_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    window.use(replace(window.settings, guidance="quiet"))
    _open(window, "Gus")
    suggestion = window.page.view.guidance.suggestions[0]
    key = {"apology": "insert_1", "ownership": "insert_2", "extra_mile": "insert_3"}
    assert window.page.sidebar.cards.plays() == []

    window.actions_table.trigger("reply")
    qtbot.keyClick(
        QApplication.focusWidget(),
        Qt.Key(Qt.Key.Key_0 + int(key[suggestion.need][-1])),
        Qt.KeyboardModifier.ControlModifier,
    )

    assert suggestion.text.split(".")[0] in window.page.composer.draft().text


# ------------------------------------------------------------------ the agent's word


SHIFT = Qt.KeyboardModifier.ShiftModifier


def _press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    window.page.inbox.focus_list()
    qtbot.keyClick(QApplication.focusWidget(), key, SHIFT)


def _undo(window: MainWindow) -> None:
    buttons = window.notice.findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Undo").click()


def _thread(window: MainWindow) -> Thread:
    assert window.page.view is not None
    return window.page.view.thread


def test_a_false_alarm_is_called_one_and_called_back_by_one_key(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(window, "Una")
    sidebar = window.page.sidebar

    _press(qtbot, window, Qt.Key.Key_D)

    assert sidebar.cards.panel() is None
    assert sidebar.safety.isVisible()
    assert "safety" not in _listed(window, "Una")

    _press(qtbot, window, Qt.Key.Key_D)

    assert sidebar.cards.panel() is not None
    assert not sidebar.safety.isVisible()
    assert _listed(window, "Una").startswith("Una, safety, ")


def test_a_false_alarm_is_taken_back_in_its_notice_or_beside_what_is_going_on(
    window: MainWindow,
) -> None:
    _open(window, "Una")
    panel = window.page.sidebar.cards.panel()
    assert panel is not None

    panel.no_danger.click()
    _undo(window)
    undone = window.page.sidebar.cards.panel()
    assert undone is not None
    undone.no_danger.click()
    window.page.sidebar.safety.button.click()

    assert window.page.sidebar.cards.panel() is not None
    assert _thread(window).overruled == Overruled()


def test_where_no_danger_was_heard_there_is_nothing_to_call_false(window: MainWindow) -> None:
    _open(window, "Gus")

    assert not window.actions_table.trigger("no_danger")
    assert _thread(window).overruled == Overruled()


def test_what_is_counted_is_set_right_by_keys_and_undone(qtbot: QtBot, window: MainWindow) -> None:
    _open(window, "Gus")
    counts = window.page.sidebar.counts
    counted = window.page.view.moment.failures

    _press(qtbot, window, Qt.Key.Key_C)
    assert counts.failures.hasFocus()
    qtbot.keyClick(counts.failures, Qt.Key.Key_7)

    assert window.page.view.moment.failures == 7
    assert "7 failures (set by you)" in window.page.sidebar.facts.texts()[-1]
    assert counts.failures.hasFocus()

    _undo(window)

    assert window.page.view.moment.failures == counted
    assert _thread(window).overruled == Overruled()
    assert "set by you" not in window.page.sidebar.facts.texts()[-1]


def test_the_lead_gets_the_case_with_a_reason_and_gives_it_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(window, "Gus")
    before = _thread(window)

    _press(qtbot, window, Qt.Key.Key_H)
    for letter in "wants to sue":  # the first one leads into the field
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert _thread(window).messages[-1].text == "Handed over to the lead: wants to sue"
    assert _thread(window).state is State.SNOOZED
    assert not window.actions_table.action("hand_over").isEnabled()  # they have it

    _undo(window)

    assert _thread(window) == before


def test_where_somebody_is_in_danger_that_is_the_first_reason(
    qtbot: QtBot, window: MainWindow
) -> None:
    _open(window, "Una")
    panel = window.page.sidebar.cards.panel()
    assert panel is not None

    panel.hand_over.click()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert _thread(window).messages[-1].text.endswith(": somebody may be in danger")
    assert window.page.sidebar.cards.panel() is not None
