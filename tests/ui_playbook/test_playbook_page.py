from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from cxdesk import paths
from cxdesk.model import Problem
from cxdesk.playbook import read_playbook
from cxdesk.ui import theme
from cxdesk.ui.marks import LevelMark
from cxdesk.ui.playbook.chips import Chips
from cxdesk.ui.playbook_page import PlaybookPage
from cxdesk.ui.slot_text import SlotText

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
WIDEST = 720


def shown(page: PlaybookPage) -> str:
    return page.view.title.text()


def texts(of: QWidget) -> list[str]:
    return [each.text() for each in of.findChildren(QLabel) if each.isVisible()]


def button(of: QWidget, name: str) -> QPushButton:
    return next(b for b in of.findChildren(QPushButton) if name in (b.accessibleName(), b.text()))


def places(page: PlaybookPage) -> dict[str, QWidget]:
    return {
        "field": page.finder.field,
        "tree": page.finder.tree,
        "box": page.view.wording.box,
        "channel": button(page.view, "Channel: Chat"),
    }


def type_(qtbot, page: PlaybookPage, words: str) -> None:
    qtbot.keyClicks(page.finder.field, words)


# ------------------------------------------------------------ find


def test_a_visitor_can_type_at_once_and_reads_the_first_play(page):
    assert page.finder.field.hasFocus()
    assert shown(page) == "A plain apology"
    assert "3 plays" in texts(page.finder)


def test_typing_filters_and_the_nearest_play_is_read(qtbot, page):
    type_(qtbot, page, "late")

    assert shown(page) == "We are late"
    assert "2 of 3 plays" in texts(page.finder)

    type_(qtbot, page, " voucher")
    assert shown(page) == "A small gesture"
    assert "1 of 3 plays" in texts(page.finder)


def test_down_goes_to_the_plays_and_arrows_turn_the_page(qtbot, page):
    qtbot.keyClick(page.finder.field, Key.Key_Down)
    assert page.finder.tree.hasFocus()

    qtbot.keyClick(page.finder.tree, Key.Key_Down)

    assert shown(page) == "We are late"


@pytest.mark.parametrize("place", ("tree", "box", "channel"))
def test_letters_typed_anywhere_go_on_in_the_search_and_reach_no_command(qtbot, page, place):
    ran = []
    done = QShortcut("E", page.window())
    done.activated.connect(lambda: ran.append("done"))
    where = places(page)[place]
    where.setFocus()

    qtbot.keyClick(where, Key.Key_E)

    assert ran == []
    assert page.finder.field.hasFocus()
    assert page.finder.field.text() == "e"


def test_a_click_on_a_heading_closes_its_family_and_searching_opens_it_meanwhile(qtbot, page):
    tree = page.finder.tree
    extra_mile = tree.visualRect(tree.model().index(1, 0)).center()

    qtbot.mouseClick(tree.viewport(), Left, pos=extra_mile)
    assert not tree.isExpanded(tree.model().index(1, 0))

    type_(qtbot, page, "overdue")
    assert tree.isExpanded(tree.model().index(1, 0))

    page.finder.field.clear()
    assert not tree.isExpanded(tree.model().index(1, 0))


def test_the_play_that_is_read_stays_when_the_search_is_over(qtbot, page):
    type_(qtbot, page, "voucher")

    qtbot.keyClick(page.finder.field, Key.Key_Escape)

    assert shown(page) == "A small gesture"
    assert page.finder.tree.currentIndex().data() == "A small gesture"


def test_enter_on_a_heading_opens_and_closes_it(qtbot, page):
    tree = page.finder.tree
    tree.setFocus()
    heading = tree.model().index(1, 0)
    tree.setCurrentIndex(heading)

    qtbot.keyClick(tree, Key.Key_Return)
    assert not tree.isExpanded(heading)

    qtbot.keyClick(tree, Key.Key_Return)
    assert tree.isExpanded(heading)


def test_an_empty_result_teaches_and_offers_the_way_back(qtbot, page):
    type_(qtbot, page, "zebra")

    qtbot.waitUntil(lambda: "No play has “zebra”" in texts(page.finder))
    assert not page.finder.tree.isVisible()

    qtbot.mouseClick(button(page.finder, "Show all plays"), Left)
    assert page.finder.tree.isVisible()
    assert page.finder.field.hasFocus()
    assert "3 plays" in texts(page.finder)


def test_escape_clears_the_search(qtbot, page):
    type_(qtbot, page, "zebra")

    qtbot.keyClick(page.finder.field, Key.Key_Escape)

    assert page.finder.field.text() == ""
    assert page.finder.tree.isVisible()


def test_a_playbook_without_plays_says_where_plays_come_from(qtbot, book):
    empty = PlaybookPage(type(book)())
    qtbot.addWidget(empty)
    with qtbot.waitExposed(empty):
        empty.show()

    assert "The playbook has no plays" in texts(empty.finder)


# ------------------------------------------------------------ read


def test_a_play_is_read_in_people_s_words(qtbot, page):
    type_(qtbot, page, "we are late")
    said = texts(page.view)

    assert "The parcel is late because of us." in said
    assert "Opening, problem solving" in said
    assert "The fault is ours, nobody has apologised yet" in said
    assert "The wait is within what was agreed" in said
    assert "“Where is it?”" in said
    assert "“When do you open?”" in said
    assert "A named time calms." in said
    assert "Goodwill up to $20" in said
    assert not any("_" in each or "{" in each for each in said)


def test_signs_are_chips_and_levels_are_marks_with_words(qtbot, page):
    type_(qtbot, page, "we are late")

    chips = [each.words() for each in page.view.findChildren(Chips) if each.isVisible()]
    levels = [m.accessibleName() for m in page.view.findChildren(LevelMark) if m.isVisible()]

    assert chips == [("a long wait", "nobody answered"), ("a late delivery",), ("legal steps",)]
    assert levels == ["annoyed", "angry"]


def test_what_a_play_does_not_say_takes_no_room(page):
    said = texts(page.view)

    assert shown(page) == "A plain apology"
    assert "Not when" not in said
    assert "Fill in" not in said
    assert "About" not in said


def test_the_channel_stays_while_one_goes_from_play_to_play(qtbot, page):
    qtbot.mouseClick(button(page.view, "Channel: E-mail"), Left)
    type_(qtbot, page, "we are late")

    assert page.view.wording.box.text.text().startswith("Hi name,")
    assert "name" in texts(page.view.fields)
    assert "6 words" in texts(page.view.wording)


# ------------------------------------------------------------ copy


@pytest.mark.parametrize(
    ("place", "key"),
    (
        *((place, Key.Key_Return) for place in ("field", "tree", "box")),
        *((place, Key.Key_C) for place in ("field", "tree", "box", "channel")),
    ),
)
def test_enter_and_ctrl_c_copy_the_wording_from_wherever_the_focus_is(qtbot, page, place, key):
    QGuiApplication.clipboard().clear()
    type_(qtbot, page, "we are late")
    where = places(page)[place]
    where.setFocus()

    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(where, key, control if key == Key.Key_C else Qt.KeyboardModifier.NoModifier)

    copied = QGuiApplication.clipboard().text()
    assert copied == "I'm sorry about [the problem]. You'll have it by [time]."


def test_ctrl_c_in_the_field_copies_what_is_selected_there(qtbot, page):
    type_(qtbot, page, "late")
    page.finder.field.selectAll()

    qtbot.keyClick(page.finder.field, Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "late"


def test_the_button_says_that_it_copied_and_offers_it_again(qtbot, page):
    copy = button(page.view, "Copy")

    qtbot.mouseClick(copy, Left)
    assert copy.accessibleName() == "Copied"

    qtbot.waitUntil(lambda: copy.accessibleName() == "Copy", timeout=5000)


def test_nothing_is_copied_while_nothing_is_found(qtbot, page):
    QGuiApplication.clipboard().setText("before")
    type_(qtbot, page, "zebra")

    qtbot.keyClick(page.finder.field, Key.Key_Return)

    assert QGuiApplication.clipboard().text() == "before"


# ------------------------------------------------------------ problems


PROBLEMS = (
    Problem("plays/b.yaml", "missing", None, "variants.chat"),
    Problem("plays/b.yaml", "unknown: furios", 7, "when.phases"),
    Problem("plays/a.yaml", "not YAML", 12),
)


def test_files_that_could_not_be_read_are_named_with_line_and_field(qtbot, page):
    page.show_problems(PROBLEMS)

    qtbot.mouseClick(button(page.finder, "2 files could not be read"), Left)

    assert texts(page.problems) == [
        "2 files could not be read",
        "All other plays work. The files are read again at the next start.",
        *("plays/a.yaml", "line 12", "not YAML"),
        *("plays/b.yaml", "line 7", "when.phases: unknown: furios"),
        *("", "variants.chat: missing"),
    ]


def test_a_chosen_play_takes_the_place_of_the_problems(qtbot, page):
    page.show_problems(PROBLEMS)
    qtbot.mouseClick(button(page.finder, "2 files could not be read"), Left)

    type_(qtbot, page, "voucher")

    assert page.view.isVisible()
    assert not page.problems.isVisible()


def test_the_play_that_was_read_comes_back_by_its_row_or_the_same_button(qtbot, page):
    page.show_problems(PROBLEMS)
    way, tree = button(page.finder, "2 files could not be read"), page.finder.tree

    qtbot.mouseClick(way, Left)
    qtbot.mouseClick(way, Left)
    assert page.view.isVisible()

    qtbot.mouseClick(way, Left)
    qtbot.mouseClick(tree.viewport(), Left, pos=tree.visualRect(tree.currentIndex()).center())
    assert page.view.isVisible()


def test_without_problems_nothing_speaks_of_them(page):
    page.show_problems(PROBLEMS)
    page.show_problems(())

    assert not any("could not be read" in each for each in texts(page))
    assert page.view.isVisible()


# ------------------------------------------------------------ look


@pytest.fixture
def whole(qtbot) -> PlaybookPage:
    """The page of the shipped playbook at the window's smallest size."""
    book, _ = read_playbook(paths.resources() / "playbook")
    page = PlaybookPage(book)
    page.resize(936, 640)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def cut(of: QWidget) -> list[QWidget]:
    """Parts that have less room than their words need."""
    return [
        each
        for each in of.findChildren(QWidget)
        if each.isVisible()
        and isinstance(each, (QLabel, SlotText, Chips))
        and each.hasHeightForWidth()
        and each.height() < each.heightForWidth(each.width())
    ]


@pytest.mark.parametrize("channel", ("Chat", "E-mail"))
def test_every_shipped_play_is_read_at_once_without_braces_codes_or_cut_words(
    qtbot, whole, channel
):
    view, book = whole.view, read_playbook(paths.resources() / "playbook")[0]
    qtbot.mouseClick(button(view, f"Channel: {channel}"), Left)

    for play in book.plays:
        whole.finder.tree.choose(play)

        assert not any("{" in each or "_" in each for each in texts(view)), play.id
        assert not cut(view), play.id
        assert view.wording.box.width() <= WIDEST


def test_no_word_is_cut_when_the_window_becomes_narrow(qtbot, whole):
    whole.resize(1600, 800)
    qtbot.waitUntil(lambda: whole.width() == 1600)

    whole.resize(936, 640)

    qtbot.waitUntil(lambda: not cut(whole.view))


def test_only_the_theme_s_four_sizes_are_used(whole):
    sizes = {each.font().pixelSize() for each in whole.findChildren(QWidget)}

    assert sizes <= set(theme.SIZES.values())


def test_no_control_is_without_a_name(whole):
    reached = [
        each
        for each in whole.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert all(each.accessibleName() or getattr(each, "text", str)() for each in reached)
    assert len(reached) >= 5


def test_the_page_follows_a_change_of_theme_at_once(whole):
    light = whole.grab().toImage().pixelColor(QPoint(900, 20))
    theme.apply("dark")
    dark = whole.grab().toImage().pixelColor(QPoint(900, 20))
    theme.apply("light")

    assert (light, dark) == (theme.named("light").surface, theme.named("dark").surface)


def test_the_wording_s_box_scrolls_the_page_by_key(qtbot, whole):
    box, bar = whole.view.wording.box, whole.view._area.verticalScrollBar()
    whole.activateWindow()
    box.setFocus()

    qtbot.keyClick(box, Key.Key_PageDown)

    assert bar.value() > 0
