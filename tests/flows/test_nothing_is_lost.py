"""What is typed, begun or on its way survives what comes between, in the real window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cxdesk.model import Role
from cxdesk.ui.main_window import MainWindow

PATIENCE = 30_000
REPLY = "Hi Grace, I've refunded the 12 pounds today."


class Writer:
    """Somebody who writes to Grace."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.page, self.qtbot = window, window.page, qtbot
        self.open("Grace Mbeki")

    def open(self, name: str) -> None:
        rows = self.window.controller.desk.rows("all")
        self.page.open(next(row.id for row in rows if row.customer == name))

    def write(self, words: str, kind: Role = Role.AGENT) -> None:
        self.page.composer.write(kind)
        self.qtbot.keyClicks(self.editor, words)

    def wait(self, happened: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(happened()), timeout=PATIENCE)

    def send(self) -> None:
        self.page.composer.request_send()
        self.wait(lambda: self.page.sending.can_undo)

    @property
    def editor(self) -> QWidget:
        return self.page.composer.editor

    @property
    def text(self) -> str:
        return self.page.composer.draft().text

    @property
    def last_role(self) -> Role:
        assert self.page.view is not None
        return self.page.view.thread.messages[-1].role


@pytest.fixture
def writer(window: MainWindow, qtbot: QtBot) -> Writer:
    """Somebody at the window, with Grace's conversation open."""
    return Writer(window, qtbot)


def test_words_typed_while_a_reply_is_checked_are_kept_and_nothing_is_sent(writer: Writer) -> None:
    writer.write(REPLY)

    writer.page.composer.request_send()
    writer.qtbot.keyClicks(writer.editor, " Best,")
    writer.wait(writer.page.composer.reviewed)

    assert writer.text == REPLY + " Best,"
    assert writer.last_role is Role.CUSTOMER
    assert not writer.page.sending.can_undo


def test_a_reply_is_not_sent_once_another_conversation_is_open(writer: Writer) -> None:
    said: list[str] = []
    writer.page.sending.told.connect(said.append)
    writer.write(REPLY)

    writer.page.composer.request_send()
    writer.open("Tomasz Nowak")

    assert [each for each in said if "not sent" in each]
    writer.open("Grace Mbeki")
    assert writer.text == REPLY
    assert writer.last_role is Role.CUSTOMER


def test_words_begun_after_sending_outlive_undo(writer: Writer) -> None:
    writer.write(REPLY)
    writer.send()

    writer.write("PS: keep the receipt.")
    writer.page.sending.undo()

    assert writer.text == f"{REPLY}\n\nPS: keep the receipt."


def test_a_note_begun_after_sending_outlives_undo(writer: Writer) -> None:
    writer.write(REPLY)
    writer.send()

    writer.write("The bank was slow.", Role.NOTE)
    writer.page.sending.undo()
    reply = writer.text
    writer.page.composer.write(Role.NOTE)

    assert (reply, writer.text) == (REPLY, "The bank was slow.")


def test_the_end_of_an_import_leaves_the_keys_with_who_is_typing(writer: Writer) -> None:
    writer.write("Hi Grace")

    writer.window.importing.done.emit("3 messages in 1 new conversation.", None)
    in_the_composer = writer.page.composer.has_focus()
    writer.window.show_page("playbook")
    writer.window.importing.done.emit("3 messages in 1 new conversation.", None)

    assert in_the_composer
    assert writer.window.pages.currentWidget() is writer.window.playbook


def test_the_window_closes_in_the_middle_of_an_import(writer: Writer, tmp_path: Path) -> None:
    source = tmp_path / "talk.jsonl"
    message = {"role": "customer", "text": "Where is my lamp?"}
    source.write_text(
        "".join(json.dumps({"id": n, "messages": [message]}) + "\n" for n in range(5_000)), "utf-8"
    )
    writer.write("Hi Grace")
    writer.window.importing.take([source])
    with writer.qtbot.waitSignal(writer.window.controller.progressed, timeout=PATIENCE):
        pass

    writer.window.close()
    writer.qtbot.wait(200)  # what is still on its way arrives, and an error would fail this test

    assert not writer.window.isVisible()
