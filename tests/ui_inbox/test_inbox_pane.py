from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from cxdesk.model import Changes, Level
from cxdesk.ui.inbox.delegate import ROW_HEIGHT
from cxdesk.ui.inbox.list_view import STILL, ConversationList
from cxdesk.ui.inbox.pane import InboxPane
from cxdesk.ui.inbox.search_field import SearchField
from cxdesk.ui.inbox.split_tabs import SplitTabs

PAGE = 20  # as the source reads them


@pytest.fixture
def source(inbox_of, a_row):
    """Thirty conversations that need care."""
    return inbox_of([a_row(each, snippet=f"letter {each}") for each in range(1, 31)])


@pytest.fixture
def pane(qtbot, source, now):
    """The pane on those thirty, 320 pixels wide, on the screen."""
    pane = InboxPane(lambda: now)
    qtbot.addWidget(pane)
    pane.resize(320, 640)
    pane.show()
    pane.set_source(source)
    return pane


def the_list(pane: InboxPane) -> ConversationList:
    return next(each for each in pane.findChildren(ConversationList) if each.isVisible())


def the_search(pane: InboxPane) -> SearchField:
    return pane.findChild(SearchField)


def buttons(pane: InboxPane) -> dict[str, QPushButton]:
    return {each.text(): each for each in pane.findChildren(QPushButton) if each.isVisible()}


def top_of(pane: InboxPane, conversation_id: int) -> int:
    rows = the_list(pane)
    return rows.visualRect(rows.model().index(rows.model().place_of(conversation_id), 0)).top()


def click_row(
    qtbot, pane: InboxPane, place: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    rows = the_list(pane)
    at = QPoint(40, place * ROW_HEIGHT + 40)
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, keys, at)


def test_a_click_opens_a_conversation(pane, qtbot):
    with qtbot.waitSignal(pane.opened) as opened:
        click_row(qtbot, pane, 2)

    assert opened.args == [3]
    assert pane.current() == 3


def test_a_click_with_ctrl_selects_several_and_opens_none(pane, qtbot):
    click_row(qtbot, pane, 0)

    with qtbot.assertNotEmitted(pane.opened):
        click_row(qtbot, pane, 2, Qt.KeyboardModifier.ControlModifier)

    assert pane.selected() == (1, 3)


def test_a_step_opens_at_once(pane, qtbot):
    with qtbot.waitSignal(pane.opened, timeout=0) as opened:
        pane.step(1)

    assert opened.args == [1]


def test_a_held_key_opens_where_it_began_and_where_it_stops_and_nothing_between(pane, qtbot):
    seen = []
    pane.opened.connect(seen.append)

    for _ in range(5):
        pane.step(1)

    qtbot.waitUntil(lambda: seen == [1, 5])


def test_a_step_beyond_the_end_opens_nothing(pane, qtbot):
    pane.select(1)

    with qtbot.assertNotEmitted(pane.opened):
        pane.step(-1)


def test_the_arrow_keys_open_too_and_enter_goes_on_to_the_thread(pane, qtbot):
    pane.step(1)
    rows = the_list(pane)

    with qtbot.waitSignal(pane.opened) as opened:
        qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.command) as command:
        qtbot.keyClick(rows, Qt.Key.Key_Return)

    assert opened.args == [2]
    assert command.args == ["next_pane"]


def test_letters_are_commands_and_never_jump_to_a_name(pane, qtbot):
    pane.select(1)

    qtbot.keyClicks(the_list(pane), "Customer 5")

    assert pane.current() == 1


def test_stepping_down_reaches_rows_not_read_yet(pane):
    for _ in range(30):
        pane.step(1)

    assert pane.current() == 30


def test_rows_arriving_above_do_not_move_the_row_being_read(pane, source, a_row):
    pane.select(5)
    before = top_of(pane, 5)
    source.listed["needs_care"][:0] = [a_row(101), a_row(102)]

    pane.refresh(Changes(frozenset({101, 102})))

    assert top_of(pane, 5) == before
    assert "2 new" in buttons(pane)


def test_going_to_the_top_shows_what_is_new(pane, source, a_row, qtbot):
    pane.select(5)
    source.listed["needs_care"][:0] = [a_row(101)]
    pane.refresh(Changes(frozenset({101})))

    qtbot.mouseClick(buttons(pane)["1 new"], Qt.MouseButton.LeftButton)

    assert top_of(pane, 101) == 0
    assert "1 new" not in buttons(pane)


def test_a_row_that_moves_while_it_is_read_keeps_its_place_on_the_screen(pane, source):
    pane.select(6)
    before = top_of(pane, 6)
    rows = source.listed["needs_care"]
    rows.insert(12, replace(rows.pop(5), level=Level.ANGRY))

    pane.refresh(Changes(frozenset({6})))

    assert top_of(pane, 6) == before
    assert pane.current() == 6


def test_a_verdict_made_surer_shows_at_once_but_moves_no_row_under_the_hand(pane, source, qtbot):
    rows = source.listed["needs_care"]
    angry = replace(rows.pop(5), level=Level.ANGRY)
    rows.insert(0, angry)

    pane.show_where_they_are(Changes(frozenset({6})))

    model = the_list(pane).model()
    assert model.ids()[:7] == [1, 2, 3, 4, 5, 6, 7]
    assert model.row_at(5).level is Level.ANGRY
    qtbot.waitUntil(lambda: model.ids()[:3] == [6, 1, 2], timeout=2 * STILL)


def test_the_order_waits_while_the_pointer_moves_in_the_list(pane, source, qtbot):
    rows = source.listed["needs_care"]
    rows.insert(0, replace(rows.pop(5), level=Level.ANGRY))
    pane.show_where_they_are(Changes(frozenset({6})))

    for step in range(8):
        qtbot.wait(STILL // 6)
        qtbot.mouseMove(the_list(pane).viewport(), QPoint(40 + step, 40))

    assert the_list(pane).model().ids()[:2] == [1, 2]


def test_a_page_read_while_the_order_waits_leaves_no_conversation_out(pane, source, monkeypatch):
    def key(row):
        return (-row.level, row.id)

    def page(split, after):
        rows = sorted(source.listed[split], key=key)
        return [row for row in rows if after is None or key(row) > key(after)][:PAGE]

    monkeypatch.setattr(source, "rows", page)
    model, rows = the_list(pane).model(), source.listed["needs_care"]
    last = model.ids()[-1]
    rows[last - 1] = replace(rows[last - 1], level=Level.ANGRY)

    pane.show_where_they_are(Changes(frozenset({last})))
    model.fetchMore(QModelIndex())

    assert model.ids() == list(range(1, 31))


def test_a_conversation_that_turns_out_to_need_care_comes_in_once_nobody_moves(
    pane, source, a_row, qtbot
):
    source.listed["needs_care"].insert(0, a_row(101))

    pane.show_where_they_are(Changes(frozenset({101})))

    assert the_list(pane).model().place_of(101) is None
    qtbot.waitUntil(lambda: the_list(pane).model().place_of(101) == 0, timeout=2 * STILL)


def test_after_the_open_row_left_the_next_step_goes_to_the_row_in_its_place(pane, source):
    pane.select(3)
    del source.listed["needs_care"][2]

    pane.refresh(Changes(frozenset({3})))

    assert pane.current() is None
    pane.step(1)
    assert pane.current() == 4


def test_the_open_conversation_is_found_again_without_a_jump(pane):
    pane.leave()

    pane.find_again(15)

    assert pane.current() == 15
    assert the_list(pane).verticalScrollBar().value() == 0


def test_a_command_need_not_wait_for_the_keys_to_rest(pane):
    seen = []
    pane.opened.connect(seen.append)
    for _ in range(3):
        pane.step(1)

    pane.settle()

    assert seen == [1, 3]


def test_typing_in_the_search_field_lists_the_hits(pane, qtbot):
    pane.focus_search()

    with qtbot.waitSignal(the_search(pane).asked):
        qtbot.keyClicks(the_search(pane), "letter 30")

    assert the_list(pane).model().ids() == [30]


def test_escape_clears_the_search_and_returns_to_the_place_before(pane, qtbot):
    pane.select(4)
    pane.search("letter 30")

    qtbot.keyClick(the_search(pane), Qt.Key.Key_Escape)

    assert the_search(pane).text() == ""
    assert pane.current() == 4


def test_after_a_search_the_list_is_at_the_hit_that_was_opened(pane):
    pane.select(4)
    pane.search("letter 12")
    pane.step(1)

    pane.search("")

    assert pane.current() == 12


def test_escape_among_the_hits_returns_too(pane, qtbot):
    pane.search("letter 30")
    pane.focus_list()

    qtbot.keyClick(the_list(pane), Qt.Key.Key_Escape)

    assert the_search(pane).text() == ""
    assert len(the_list(pane).model().ids()) > 1


def test_enter_in_the_search_field_goes_on_to_the_first_hit(pane, qtbot):
    pane.focus_search()
    qtbot.keyClicks(the_search(pane), "letter 29")

    with qtbot.waitSignal(pane.opened) as opened:
        qtbot.keyClick(the_search(pane), Qt.Key.Key_Return)

    assert opened.args == [29]


def test_a_search_without_hits_says_how_to_ask_otherwise(pane):
    pane.search("nothing like it")

    said = [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]
    assert "Nothing found for “nothing like it”" in said


def test_an_empty_split_teaches_and_goes_on_with_the_next(pane, source, a_row, qtbot):
    source.listed = {"needs_care": [], "mine": [a_row(50), a_row(51)]}
    pane.refresh(Changes(everything=True))

    said = [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]
    with qtbot.waitSignal(pane.opened) as opened:
        click_row(qtbot, pane, 1)

    assert "Nothing needs care" in said
    assert "Next in Mine" in said
    assert "Alt+3" in said
    assert opened.args == [51]


def test_nothing_is_said_to_need_no_care_before_it_was_read(pane, source, a_row):
    source.listed = {"needs_care": [], "mine": [a_row(50)]}
    source.reads = True

    pane.refresh(Changes(everything=True))

    said = [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]
    assert "Reading the messages" in said
    assert "Nothing needs care" not in said


def test_with_no_conversation_at_all_the_list_offers_to_import(pane, source, qtbot):
    source.listed = {"needs_care": []}
    pane.refresh(Changes(everything=True))

    with qtbot.waitSignal(pane.command) as command:
        qtbot.mouseClick(buttons(pane)["Import files…"], Qt.MouseButton.LeftButton)

    assert command.args == ["import_files"]


def test_splits_go_round_and_numbers_choose_them(pane):
    pane.next_split()
    first = pane.split
    pane.next_split(-1)
    pane.next_split(-1)
    last = pane.split
    pane.show_split_number(1)

    assert (first, last, pane.split) == ("waiting", "mine", "needs_care")


@pytest.mark.parametrize("width", (264, 320, 480))
def test_tabs_that_do_not_fit_wait_behind_the_dots_but_the_chosen_one_shows(pane, width):
    pane.resize(width, 640)
    pane.show_split("mine")

    assert "mine" in pane.findChild(SplitTabs).shown()
