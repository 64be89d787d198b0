"""The story the app exists for, typed and clicked in the real window."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cxdesk import demo
from cxdesk.desk import View
from cxdesk.model import Fault, Incoming, Level, Role, Row, Severity, State
from cxdesk.ui.main_window import MainWindow

PATIENCE = 30_000
CONTROL = Qt.KeyboardModifier.ControlModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Person:
    """Does in the window what an agent does: keys, typing, and looking."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.page = window.page
        self.desk = window.controller.desk
        self.qtbot = qtbot

    def row(self, name: str) -> Row:
        return next(row for row in self.desk.rows("all") if row.customer == name)

    def open(self, name: str) -> View:
        self.page.open(self.row(name).id)
        return self.view

    @property
    def view(self) -> View:
        assert self.page.view is not None
        return self.page.view

    @property
    def text(self) -> str:
        return self.page.composer.draft().text

    @property
    def editor(self) -> QWidget:
        return self.page.composer.editor

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.qtbot.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def reply(self) -> None:
        self.page.thread_pane.take_focus()
        self.press(Qt.Key.Key_R)
        assert self.page.composer.has_focus()
        self.press(Qt.Key.Key_End, CONTROL)

    def write(self, words: str) -> None:
        self.reply()
        self.qtbot.keyClicks(self.editor, words)

    def send(self) -> None:
        self.press(Qt.Key.Key_Return, CONTROL)

    def wait(self, happened: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(happened()), timeout=PATIENCE)

    def blame_is_underlined(self) -> bool:
        return any(f.severity is Severity.BLAME for f in self.page.composer.findings())


@pytest.fixture
def agent(window: MainWindow, qtbot: QtBot) -> Person:
    """A person at the window."""
    return Person(window, qtbot)


def a_message(row: Row, text: str) -> Incoming:
    """What a customer of the demo writes now."""
    key = next(r["id"] for r in demo.records() if r["customer"]["name"] == row.customer)
    return Incoming(
        source="demo",
        external_id=f"{key}#{text}",
        thread_keys=(key,),
        role=Role.CUSTOMER,
        author_name=row.customer,
        author_address="",
        recipients=(),
        text=text,
        sent_at=datetime.now(UTC),
        channel=row.channel,
    )


def arrive(agent: Person, row: Row, text: str) -> None:
    agent.window.controller.changed.emit(agent.desk.take_in([a_message(row, text)]))
    agent.window.controller.background.wake()


def test_from_an_angry_message_to_a_calmer_customer(agent: Person) -> None:
    hanna = agent.row("Hanna Lindqvist")
    assert hanna.level is Level.CALM

    # it arrives, and the row turns angry
    arrive(agent, hanna, "You cancelled my order without telling me! I'm furious, you lied to me.")
    agent.wait(lambda: (agent.row("Hanna Lindqvist").level or 0) >= Level.ANGRY)

    # it is opened: the words behind the verdict, and what may help
    view = agent.open("Hanna Lindqvist")
    assert view.thread.mood.turned_at is not None
    assert view.thread.messages[-1].analysis is not None
    assert view.thread.messages[-1].analysis.cues
    assert view.guidance.suggestions

    # a suggestion is inserted at the cursor, beside what is typed
    agent.write("Hi Hanna, I've read it. ")
    agent.press(Qt.Key.Key_1, CONTROL)
    assert agent.text.startswith("Hi Hanna, I've read it.")
    assert view.guidance.suggestions[0].text.split(".")[0] in agent.text

    # blame in the draft is underlined and fixed
    agent.write(" You should have told us about the side gate.")
    agent.wait(agent.blame_is_underlined)
    agent.press(Qt.Key.Key_Period, CONTROL)
    agent.press(Qt.Key.Key_Return)
    agent.wait(lambda: not agent.blame_is_underlined())
    assert "should have" not in agent.text

    # open fields hold Send, and Tab walks them
    for _ in range(12):
        if not agent.page.composer.draft().slots:
            break
        agent.page.composer.next_slot()
        agent.qtbot.keyClicks(agent.editor, "the order")
    agent.write(" I've put the order back and you will hear from me by 4 pm today.")
    agent.wait(agent.page.composer.reviewed)

    # it is sent; a chat cannot be taken back
    agent.send()
    agent.wait(lambda: agent.view.thread.messages[-1].role is not Role.CUSTOMER or _calmer(agent))
    assert "put the order back" in QGuiApplication.clipboard().text()

    # the customer answers, calmer, and the outcome is visible
    agent.wait(lambda: _calmer(agent))
    assert agent.view.outcomes[-1].after < agent.view.outcomes[-1].before


def _calmer(agent: Person) -> bool:
    outcomes = agent.view.outcomes
    return bool(outcomes and outcomes[-1].change < 0)


def test_an_open_field_holds_send_and_says_where(agent: Person) -> None:
    agent.open("Maria Lopez")
    agent.reply()
    agent.press(Qt.Key.Key_1, CONTROL)
    assert agent.page.composer.draft().slots

    agent.send()

    agent.wait(agent.page.composer.guard.isVisible)
    assert not agent.page.sending.can_undo
    assert agent.view.thread.messages[-1].role is Role.CUSTOMER


def test_another_customers_name_holds_send(agent: Person) -> None:
    agent.open("Grace Mbeki")
    agent.write("Hi Tomasz, I've refunded the 12 pounds today.")

    agent.send()

    agent.wait(agent.page.composer.guard.isVisible)
    assert agent.view.thread.messages[-1].role is Role.CUSTOMER


def test_blame_needs_a_second_key_press(agent: Person) -> None:
    agent.open("Grace Mbeki")
    agent.write("You should have kept the receipt. I've refunded the 12 pounds today.")

    agent.send()
    agent.wait(agent.page.composer.guard.isVisible)
    held = agent.view.thread.messages[-1].role
    agent.send()

    agent.wait(lambda: agent.page.sending.can_undo)
    assert held is Role.CUSTOMER


def test_a_mail_can_be_taken_back_with_its_draft(agent: Person) -> None:
    agent.open("Grace Mbeki")
    agent.write("Hi Grace, I've refunded the 12 pounds today.")
    agent.send()
    agent.wait(lambda: agent.page.sending.can_undo)

    agent.page.inbox.show_split("needs_care")
    assert agent.page.inbox.isAncestorOf(agent.window.focusWidget())
    agent.press(Qt.Key.Key_Z)

    agent.wait(lambda: "refunded the 12 pounds" in agent.text)
    assert agent.page.inbox.current() == agent.view.thread.id
    assert agent.view.thread.messages[-1].role is Role.CUSTOMER
    assert not list(agent.desk.profile.outbox.rglob("*.eml"))


def test_a_snooze_by_mistake_is_undone_in_its_notice(agent: Person) -> None:
    grace = agent.open("Grace Mbeki").thread
    agent.page.thread_pane.take_focus()

    agent.press(Qt.Key.Key_H)
    agent.press(Qt.Key.Key_2)
    agent.wait(lambda: agent.row("Grace Mbeki").state is State.SNOOZED)
    undo = next(each for each in agent.window.notice.findChildren(QPushButton) if each.text())
    undo.click()

    assert agent.row("Grace Mbeki").state is grace.state
    assert agent.row("Grace Mbeki").snoozed_until is None


def test_a_sent_mail_lies_in_the_outbox_when_its_time_is_over(agent: Person) -> None:
    agent.desk.choose(replace(agent.desk.settings, undo_seconds=0))
    agent.open("Grace Mbeki")
    agent.write("Hi Grace, I've refunded the 12 pounds today.")

    agent.send()

    agent.wait(lambda: list(agent.desk.profile.outbox.glob("*.eml")))


def test_send_is_held_when_the_customer_has_written_meanwhile(agent: Person) -> None:
    grace = agent.row("Grace Mbeki")
    agent.open("Grace Mbeki")
    agent.write("Hi Grace, I've refunded the 12 pounds today.")
    arrive(agent, grace, "Never mind, the bank has just shown it!")

    agent.send()

    agent.wait(agent.page.composer.guard.isVisible)
    assert not agent.page.sending.can_undo


def test_drafts_stay_with_their_conversations(agent: Person) -> None:
    agent.open("Grace Mbeki")
    agent.write("For Grace alone.")

    agent.open("Tomasz Nowak")
    elsewhere = agent.text
    agent.open("Grace Mbeki")

    assert "Grace alone" not in elsewhere
    assert agent.text == "For Grace alone."


def test_letters_typed_in_the_composer_are_letters(agent: Person) -> None:
    agent.open("Grace Mbeki")

    agent.write("jkxhecrn?/[]tz")

    assert agent.text == "jkxhecrn?/[]tz"


def test_the_agent_overrules_the_level_with_one_key(agent: Person) -> None:
    agent.open("Tomasz Nowak")
    agent.page.thread_pane.take_focus()

    agent.press(Qt.Key.Key_C)
    agent.press(Qt.Key.Key_0)

    agent.wait(lambda: agent.view.thread.mood.level is Level.CALM)
    assert agent.view.thread.messages[0].correction is not None


def test_the_fault_the_agent_sets_changes_the_guidance(agent: Person) -> None:
    view = agent.open("Maria Lopez")
    before = view.guidance

    agent.page.sidebar.fault_chosen.emit(Fault.THIRD_PARTY)

    assert agent.view.moment.fault is Fault.THIRD_PARTY
    assert agent.view.guidance != before


def test_done_moves_on_to_the_next_conversation(agent: Person) -> None:
    agent.page.inbox.step(1)
    first = agent.view.thread.id
    agent.page.thread_pane.take_focus()

    agent.press(Qt.Key.Key_E)

    assert agent.view.thread.id != first
    row = agent.desk.row(first)
    assert row is not None
    assert row.state is State.SOLVED


def test_a_conversation_is_snoozed_by_its_key(agent: Person) -> None:
    view = agent.open("Tomasz Nowak")
    agent.page.thread_pane.take_focus()

    agent.press(Qt.Key.Key_H)
    agent.press(Qt.Key.Key_2)

    agent.wait(lambda: agent.row("Tomasz Nowak").state is State.SNOOZED)
    assert agent.view.thread.id != view.thread.id


def test_search_finds_words_in_any_message(agent: Person) -> None:
    agent.page.thread_pane.take_focus()

    agent.press(Qt.Key.Key_Slash)
    agent.qtbot.keyClicks(agent.window.focusWidget(), "solicitor")

    agent.wait(lambda: [row.customer for row in agent.desk.search("solicitor")] == ["Devon Clarke"])


def test_files_dropped_on_the_window_come_in(agent: Person, tmp_path: Path) -> None:
    path = tmp_path / "talk.jsonl"
    message = {"role": "customer", "text": "Your driver lost my piano. I'm furious!"}
    record = {"id": "p", "channel": "chat", "customer": {"name": "Ada Pianist"}}
    path.write_text(json.dumps(record | {"messages": [message]}) + "\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])

    agent.window.dropEvent(
        QDropEvent(
            QPointF(400, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            NO_MODIFIER,
        )
    )

    agent.wait(lambda: any(row.customer == "Ada Pianist" for row in agent.desk.rows("all")))
    agent.wait(lambda: (agent.row("Ada Pianist").level or 0) >= Level.ANGRY)


def test_no_letter_acts_on_a_conversation_nobody_looks_at(agent: Person) -> None:
    view = agent.open("Tomasz Nowak")
    agent.window.show_page("settings")

    agent.press(Qt.Key.Key_E)

    row = agent.desk.row(view.thread.id)
    assert row is not None
    assert row.state is not State.SOLVED


def test_f8_says_when_nothing_is_marked(agent: Person) -> None:
    agent.open("Grace Mbeki")
    agent.write("I've refunded the 12 pounds today.")
    agent.wait(agent.page.composer.reviewed)

    agent.press(Qt.Key.Key_F8)

    assert agent.window.notice.isVisible()


def test_every_command_does_something(agent: Person) -> None:
    assert agent.window.actions_table.unbound() == ()


def test_enter_presses_the_button_that_has_the_keyboard(agent: Person) -> None:
    agent.open("Sam Okoro")
    button = next(each for each in agent.page.sidebar.findChildren(QAbstractButton) if each)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus()

    agent.press(Qt.Key.Key_Return)

    assert pressed == [True]


def test_the_arrow_keys_go_through_the_list_from_the_first_moment(agent: Person) -> None:
    agent.window.show_page("inbox")
    agent.wait(lambda: agent.page.view)
    first = agent.view.thread.id

    agent.press(Qt.Key.Key_Down)

    agent.wait(lambda: agent.view.thread.id != first)


def test_a_customer_without_name_or_address_is_named_alike_everywhere(agent: Person) -> None:
    now = agent.desk.now()
    nobody = Incoming(
        source="test",
        external_id="nobody",
        thread_keys=("nobody",),
        role=Role.CUSTOMER,
        author_name="",
        author_address="",
        recipients=(),
        text="It is broken.",
        sent_at=now,
        channel="email",
    )
    agent.desk.take_in([nobody])

    agent.open("Unknown customer")

    said = [each.text() for each in agent.window.findChildren(QLabel) if each.isVisible()]
    assert said.count("Unknown customer") >= 2
    assert "Customer" in said
