"""Rail, key page and progress strip: the small parts around the panes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QMainWindow, QProgressBar, QPushButton

from cxdesk.model import Progress
from cxdesk.ui.actions import ACTIONS, Actions
from cxdesk.ui.key_overlay import KeyOverlay
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.progress_bar import ProgressStrip
from cxdesk.ui.rail import Rail, RailItem

LEFT = Qt.MouseButton.LeftButton
PAGES = (
    RailItem("inbox", "Inbox", "inbox"),
    RailItem("playbook", "Playbook", "book"),
    RailItem("settings", "Settings", "settings", at_end=True),
)


@pytest.fixture
def rail(qtbot):
    """A rail with three pages, the first shown."""
    rail = Rail(PAGES)
    rail.resize(64, 800)
    rail.select("inbox")
    qtbot.addWidget(rail)
    rail.show()
    return rail


def pages(rail):
    return {each.text(): each for each in rail.findChildren(QAbstractButton)}


def test_a_click_or_space_asks_for_a_page(qtbot, rail):
    for deed in (
        lambda button: qtbot.mouseClick(button, LEFT),
        lambda button: qtbot.keyClick(button, Qt.Key.Key_Space),
    ):
        with qtbot.waitSignal(rail.chosen) as chosen:
            deed(pages(rail)["Playbook"])
        assert chosen.args == ["playbook"]


def test_one_page_is_marked(rail):
    rail.select("settings")

    assert [name for name, each in pages(rail).items() if each.isChecked()] == ["Settings"]


def test_pages_at_the_end_lie_at_the_bottom(rail):
    places = {name: each.geometry() for name, each in pages(rail).items()}

    assert places["Inbox"].top() == 8
    assert (places["Playbook"].top(), places["Playbook"].height()) == (64, 56)
    assert places["Settings"].bottom() == 791
    assert rail.width() == 64


def test_a_badge_is_read_out_and_goes_at_zero(rail):
    rail.set_badge("inbox", 3)
    said = pages(rail)["Inbox"].accessibleName()
    rail.set_badge("inbox", 0)

    assert said == "Inbox, 3 waiting"
    assert pages(rail)["Inbox"].accessibleName() == "Inbox"


# ------------------------------------------------------------------ keys


@pytest.fixture
def keys(qtbot):
    """The page of keys over a window."""
    window = QMainWindow()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    window.commands = Actions(window, Keymap().changed("turn", "B"))
    window.keys = KeyOverlay(window, window.commands)
    window.keys.open()
    return window


def words(overlay):
    return [label.text() for label in overlay.findChildren(QLabel)]


def test_the_key_page_tells_every_key_that_is_in_force(keys):
    shown = words(keys.keys)

    assert all(spec.text in shown for spec in ACTIONS if spec.keys)
    assert "B" in shown
    assert "T" not in shown


def test_a_changed_key_is_there_at_the_next_look(keys):
    keys.keys.close()
    keys.commands.use(Keymap().changed("snooze", "Ctrl+H"))
    keys.keys.open()

    assert "Ctrl+H" in words(keys.keys)


@pytest.mark.parametrize("key", (Qt.Key.Key_Escape, Qt.Key.Key_Question))
def test_esc_and_the_same_key_close_it(qtbot, keys, key):
    qtbot.keyClick(keys.keys, key)

    assert not keys.keys.isVisible()


# ------------------------------------------------------------------ progress


@pytest.fixture
def strip(qtbot):
    """A strip that has begun."""
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.begin("Importing mail.mbox")
    return strip


def test_progress_is_told_in_words_and_as_a_bar(strip):
    strip.show_progress(Progress("Reading mail.mbox", 1240, 8000))

    bar = strip.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (1240, 8000)
    assert words(strip) == ["Reading mail.mbox", "1,240 of 8,000"]


def test_a_length_that_is_not_known_is_not_invented(strip):
    strip.show_progress(Progress("Reading mail.mbox", 70))

    assert words(strip)[1] == "70"
    assert strip.findChild(QProgressBar).maximum() == 0


def test_cancel_is_heard_once_and_said_at_once(qtbot, strip):
    button = strip.findChild(QPushButton)

    with qtbot.waitSignal(strip.cancelled):
        qtbot.mouseClick(button, LEFT)

    assert not button.isEnabled()
    assert button.text() == "Stopping…"
    strip.begin("Again")
    assert button.isEnabled()


def test_it_is_hidden_before_and_after(qtbot):
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    assert not strip.isVisible()

    strip.show_progress(Progress("Analysing", 1, 2))
    assert strip.isVisible()

    strip.end()
    assert not strip.isVisible()
