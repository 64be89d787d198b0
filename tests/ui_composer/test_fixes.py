"""The fixes of a finding: the sentence beside its rewrite, the ways to overrule, a play instead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from cxdesk.model import Finding, Suggestion
from cxdesk.ui import theme
from cxdesk.ui.composer.choice_row import LINE, ROW
from cxdesk.ui.composer.fixes_popup import WIDTH, FixesPopup, Offer

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
ORIGINAL = "You should have told us about the gate on Wednesday."
SCOPES = {"O": "once", "S": "sentence", "C": "conversation", "M": "me"}


@pytest.fixture
def popup(qtbot) -> FixesPopup:
    """The popup in a window with a field that had the focus."""
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    owner = QWidget(window, focusPolicy=Qt.FocusPolicy.StrongFocus)
    owner.setGeometry(0, 200, 564, 326)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    owner.setFocus()
    popup = FixesPopup(owner)
    popup.test_window = window  # keeps the window as long as the popup
    return popup


def show(popup: FixesPopup, offer: Offer) -> None:
    size = popup.show_offer(offer, WIDTH)
    popup.open_at(_rect(size))
    popup.take_focus()
    QApplication.processEvents()


def _rect(size: QSize) -> QRect:
    return QRect(QPoint(20, 20), size)


def press(qtbot, key: KEY) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


@pytest.fixture
def offer(blame: Finding) -> Offer:
    """Blame whose fixes keep the day, and one that takes it out with the sentence."""
    fixes = ("The gate on Wednesday wasn't on our sheet.", "We didn't ask on Wednesday.", "")
    return Offer(replace(blame, fixes=fixes), ORIGINAL)


@pytest.fixture
def play() -> Suggestion:
    """A play that fits a finding without better words."""
    return Suggestion("own", "ownership", "ownership", "Take it over", "I'm on it. " * 40, ())


def test_the_original_stands_above_its_fixes_with_what_goes_struck_out(popup, offer) -> None:
    show(popup, offer)

    original = popup.panel.findChild(QWidget, "original")
    assert original.isVisible()
    assert original.accessibleName() == f"Now: {ORIGINAL}"
    assert original.geometry().bottom() < popup.rows[0].geometry().top()
    assert original.struck() == ("You should have told us about",)


def test_what_is_struck_out_follows_the_selected_fix(qtbot, popup, offer) -> None:
    show(popup, offer)
    first = popup.panel.findChild(QWidget, "original").struck()

    press(qtbot, KEY.Key_Down)

    assert popup.panel.findChild(QWidget, "original").struck() != first


def test_a_fix_says_which_facts_it_keeps_and_deletion_which_go(popup, offer) -> None:
    show(popup, offer)

    said = [row.accessibleName() for row in popup.rows]
    assert said[0] == "The gate on Wednesday wasn't on our sheet., fix 1 of 3, keeps Wednesday"
    assert popup.rows[2].text() == "Take the sentence out, with Wednesday"


@pytest.mark.parametrize(("key", "scope"), SCOPES.items())
def test_each_scope_has_its_letter(qtbot, popup, offer, key, scope) -> None:
    show(popup, offer)

    with qtbot.waitSignal(popup.dismissed) as told:
        press(qtbot, getattr(KEY, f"Key_{key}"))

    assert told.args == [scope]
    assert not popup.isVisible()


@pytest.mark.parametrize(
    ("name", "scope"),
    (
        ("Dismiss once", "once"),
        ("Dismiss this sentence", "sentence"),
        ("Dismiss this conversation", "conversation"),
        ("Dismiss for me", "me"),
    ),
)
def test_each_scope_has_its_link_that_tab_reaches(qtbot, popup, offer, name, scope) -> None:
    show(popup, offer)
    wanted = next(b for b in popup.findChildren(QAbstractButton) if b.accessibleName() == name)

    for _ in range(12):
        if QApplication.focusWidget() is wanted:
            break
        press(qtbot, KEY.Key_Tab)
    with qtbot.waitSignal(popup.dismissed) as told:
        press(qtbot, KEY.Key_Return)

    assert told.args == [scope]


def test_the_trainer_is_one_letter_or_one_click_away(qtbot, popup, offer) -> None:
    show(popup, offer)
    with qtbot.waitSignal(popup.trainer_told):
        press(qtbot, KEY.Key_T)

    show(popup, offer)
    ask = next(b for b in popup.findChildren(QAbstractButton) if b.text() == "Ask trainer")
    with qtbot.waitSignal(popup.trainer_told):
        qtbot.mouseClick(ask, LEFT)


def test_without_better_words_the_way_and_a_play_are_offered(qtbot, popup, offer, play) -> None:
    bare = replace(offer.finding, fixes=("",), rewrite="Say who does it.")
    show(popup, Offer(bare, ORIGINAL, play))

    texts = [each.text() for each in popup.panel.findChildren(QLabel) if each.isVisible()]
    assert "Say who does it." in texts
    assert not popup.panel.findChild(QWidget, "original").isVisible()
    assert popup.rows[0].accessibleName().startswith("Insert “Take it over”")
    assert popup.rows[0].height() == ROW + 2 * LINE
    with qtbot.waitSignal(popup.play_chosen) as chosen:
        press(qtbot, KEY.Key_Return)
    assert chosen.args == [play]


def test_nothing_of_the_strip_is_cut_where_there_is_little_room(popup, offer) -> None:
    for width in (300, 384, 440):
        size = popup.show_offer(offer, width)
        popup.open_at(_rect(size))
        QApplication.processEvents()

        for each in popup.findChildren(QAbstractButton):
            if each.isVisible() and each.parentWidget() is not popup.panel:
                words = QFontMetrics(theme.font("meta")).horizontalAdvance(each.text())
                assert each.width() >= words + 8, each.text()
                right = each.mapTo(popup.panel, each.rect().topRight()).x()
                assert right < popup.panel.width(), each.text()


def test_a_long_fix_is_shown_to_its_end(popup, offer) -> None:
    words = "We have checked it. " * 20
    show(popup, Offer(replace(offer.finding, fixes=(words,)), ORIGINAL))

    assert popup.rows[0].height() >= ROW + 5 * LINE
