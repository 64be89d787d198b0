from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from cxdesk.ui.first_start import FirstStartPage

Key = Qt.Key


@pytest.fixture
def page(qtbot):
    """The first page of an empty desk, shown with the focus."""
    page = FirstStartPage(Path.home() / "cxdesk")
    page.resize(1216, 800)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    return page


def buttons(page):
    return {each.text(): each for each in page.findChildren(QPushButton)}


def words(page):
    return [each.text() for each in page.findChildren(QLabel)]


def cards(page):
    return [each for each in page.findChildren(QFrame) if "card" in str(each.property("role"))]


def test_the_demo_has_the_focus_and_opens_with_enter_space_or_its_key(qtbot, page):
    demo = buttons(page)["Open the demo"]
    assert demo.hasFocus()

    for key in (Key.Key_1, Key.Key_Space):
        with qtbot.waitSignal(page.demo_asked):
            qtbot.keyClick(demo, key)


def test_files_are_asked_for_with_2_or_a_click(qtbot, page):
    with qtbot.waitSignal(page.files_asked):
        qtbot.keyClick(buttons(page)["Open the demo"], Key.Key_2)

    with qtbot.waitSignal(page.files_asked):
        qtbot.mouseClick(buttons(page)["Choose files…"], Qt.MouseButton.LeftButton)


def test_the_mailbox_says_why_it_cannot_be_connected_yet(page):
    connect = buttons(page)["Connect…"]
    reason = "Comes with a later version. Until then, import what your mail program saves."

    assert not connect.isEnabled()
    assert connect.accessibleDescription() == reason
    assert reason in words(page)


def test_three_cards_of_the_pictured_size_stand_one_below_the_other(page):
    shapes = [(each.width(), each.height()) for each in cards(page)]
    tops = [each.mapTo(page, each.rect().topLeft()).y() for each in cards(page)]

    assert shapes == [(776, 126)] * 3
    assert [second - first for first, second in itertools.pairwise(tops)] == [138, 138]


def test_it_says_where_the_profile_lies_and_what_is_promised(page):
    assert "Profile: ~/cxdesk" in words(page)
    assert "Stays on this computer" in words(page)
    assert "Never sends by itself" in words(page)


def test_in_a_small_window_the_ways_in_are_still_in_sight(qtbot, page):
    last = cards(page)[-1]

    page.resize(936, 640)

    qtbot.waitUntil(lambda: last.mapTo(page, last.rect().bottomLeft()).y() < 520)
