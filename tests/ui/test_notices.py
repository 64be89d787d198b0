from __future__ import annotations

import logging
import sys
import threading

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
)

from cxdesk.errors import UserError
from cxdesk.model import Problem
from cxdesk.ui.bugs import BugDialog, report
from cxdesk.ui.notices import NoticeBar, UndoToast, install

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot):
    """A shown window with a field in focus, a notice bar and an undo toast."""
    window = QMainWindow()
    window.resize(1280, 800)
    window.field = QLineEdit()
    window.setCentralWidget(window.field)
    window.bar, window.toast = NoticeBar(window), UndoToast(window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.field.setFocus()
    return window


def said(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def button(widget, text):
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


def test_a_result_is_told_without_moving_anything_and_goes_by_itself(qtbot, window):
    window.bar.linger_ms = 1
    before = window.field.geometry()

    window.bar.tell("Done: Sam.")

    assert said(window.bar) == ["Done: Sam."]
    assert window.field.geometry() == before
    assert window.field.hasFocus()
    qtbot.waitUntil(lambda: not window.bar.isVisible())


def test_it_stays_beside_the_thread_where_the_list_is_narrow(window):
    window.bar.room = window.toast.room = lambda: 248

    window.bar.tell("Snoozed until the customer replies: Ingrid Holm.", button="Undo")
    window.toast.start("Sent to Maria", 15)

    assert (window.bar.width(), window.toast.width()) == (248, 248)
    assert not window.bar.geometry().intersects(window.toast.geometry())


def test_a_newer_result_takes_the_place_of_the_older(window):
    window.bar.tell("Done: Sam.")
    window.bar.tell("Done: Maria.")

    assert said(window.bar) == ["Done: Maria."]


def test_what_a_person_can_mend_stays_and_others_wait_behind_it(window):
    window.bar.warn("“a.csv” cannot be read.")
    window.bar.warn("“b.csv” cannot be read.")
    window.bar.warn("“b.csv” cannot be read.")

    assert said(window.bar) == ["“a.csv” cannot be read.", "1 more"]
    window.bar.dismiss()
    assert said(window.bar) == ["“b.csv” cannot be read."]
    window.bar.dismiss()
    assert not window.bar.isVisible()


def test_nothing_goes_away_under_the_pointer(qtbot, window):
    window.bar.linger_ms = 1
    window.bar.tell("Done: Sam.")
    at = QPointF(5, 5)

    QApplication.sendEvent(window.bar, QEnterEvent(at, at, at))

    qtbot.wait(20)  # longer than it would linger
    assert window.bar.isVisible()


def test_its_button_acts_once_and_closes_it(qtbot, window):
    acted = []
    window.bar.tell("Done: Sam.", button="Undo", action=lambda: acted.append(True))

    qtbot.mouseClick(button(window.bar, "Undo"), LEFT)

    assert acted == [True]
    assert not window.bar.isVisible()
    assert window.field.hasFocus()


def test_the_keyboard_reaches_it_and_esc_brings_the_focus_back(qtbot, window):
    window.bar.tell("Done: Sam.", button="Undo", action=list)

    window.bar.take_focus()
    assert button(window.bar, "Undo").hasFocus()

    qtbot.keyClick(button(window.bar, "Undo"), Qt.Key.Key_Escape)
    assert not window.bar.isVisible()
    assert window.field.hasFocus()


def test_details_can_be_opened(qtbot, window):
    window.bar.tell("2 could not be read.", details="a.csv:12: no text\nb.csv:9: no date")
    details = window.bar.findChild(QPlainTextEdit)
    assert not details.isVisible()

    qtbot.mouseClick(button(window.bar, "Details"), LEFT)

    assert details.isVisible()
    assert "b.csv:9" in details.toPlainText()
    assert window.rect().contains(window.bar.geometry())


def test_a_reply_can_be_taken_back_while_the_toast_counts_down(qtbot, window):
    window.toast.start("Sent to Maria", 14)
    assert said(window.toast) == ["Sent to Maria.", "Z", "14 s"]

    with qtbot.waitSignal(window.toast.undo_asked):
        qtbot.mouseClick(button(window.toast, "Undo"), LEFT)

    assert window.field.hasFocus()


def test_the_countdown_ends_by_hiding(qtbot, window):
    window.toast.start("Sent to Maria", 1)

    qtbot.waitUntil(lambda: not window.toast.isVisible(), timeout=3000)


def test_no_undo_time_shows_no_toast(window):
    window.toast.start("Sent to Maria", 0)

    assert not window.toast.isVisible()


def test_two_notes_do_not_cover_each_other_nor_the_thread(window):
    window.bar.warn("A long warning that needs more than one line to say what should be done.")
    window.toast.start("Sent to Maria", 14)

    assert not window.bar.geometry().intersects(window.toast.geometry())
    assert window.toast.geometry().top() > window.bar.geometry().bottom()
    assert window.bar.geometry().right() < 384


# ------------------------------------------------------------------ bugs


@pytest.fixture
def catcher(window, monkeypatch):
    """Uncaught errors go to the window; the interpreter's own hooks come back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    return install(window)


def raised(error):
    try:
        raise error
    except Exception as caught:
        return caught


def throw(error):
    caught = raised(error)
    sys.excepthook(type(caught), caught, caught.__traceback__)


@pytest.mark.usefixtures("catcher")
def test_an_error_a_person_can_mend_becomes_a_warning(window):
    throw(UserError("“a.csv” has no column with the messages."))

    assert said(window.bar) == ["“a.csv” has no column with the messages."]
    assert window.findChild(BugDialog) is None


@pytest.mark.usefixtures("catcher")
def test_a_bug_is_logged_and_shown_once_without_anybody_s_words(window, caplog):
    with caplog.at_level(logging.ERROR):
        throw(ValueError("Where is my parcel, you lot?"))
        throw(KeyError("Maria Lopez"))

    assert len(window.findChildren(BugDialog)) == 1
    assert "ValueError" in caplog.text
    assert "KeyError" in caplog.text
    assert "parcel" not in caplog.text
    assert "Maria" not in caplog.text
    window.findChild(BugDialog).close()


@pytest.mark.usefixtures("catcher")
def test_a_bug_in_a_thread_reaches_the_window(qtbot, window):
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

    qtbot.waitUntil(lambda: window.findChild(BugDialog) is not None)
    window.findChild(BugDialog).close()


def test_the_report_names_places_and_causes_but_no_home_folder():
    try:
        try:
            raise KeyError("a customer's name")
        except KeyError as cause:
            raise RuntimeError("words of a customer") from cause
    except RuntimeError as error:
        text = report(error)

    assert text.index("KeyError") < text.index("RuntimeError")
    assert "tests/ui/test_notices.py:" in text
    assert "customer" not in text
    assert str(__file__) not in text


def test_the_report_can_be_copied(qtbot):
    dialog = BugDialog("cxdesk 0.1\nKeyError")
    qtbot.addWidget(dialog)

    qtbot.mouseClick(button(dialog, "Copy report"), LEFT)

    assert QGuiApplication.clipboard().text() == "cxdesk 0.1\nKeyError"


def test_settings_that_could_not_be_read_name_file_and_field(window):
    problems = [
        Problem("/home/a/settings.json", "expected one of learner, quiet", field="guidance"),
        Problem("/home/a/settings.json", "expected HH:MM", field="day_end"),
    ]

    window.bar.warn_of("Some settings could not be read", [])
    assert not window.bar.isVisible()
    window.bar.warn_of("Some settings could not be read", problems)

    assert said(window.bar) == ["Some settings could not be read: settings.json, guidance, day_end"]
    button(window.bar, "Details").click()
    details = window.bar.findChild(QPlainTextEdit).toPlainText()
    assert "guidance: expected one of learner, quiet" in details


def test_what_is_told_before_the_window_is_shown_stands_in_its_place(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    bar = NoticeBar(window)
    bar.warn("Some settings could not be read.")

    with qtbot.waitExposed(window):
        window.show()

    assert bar.geometry().left() == 72
    assert bar.geometry().bottom() > window.height() - 20
    assert bar.width() >= 224
