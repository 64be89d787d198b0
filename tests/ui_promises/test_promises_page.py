"""The page of promises, used as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from cxdesk.desk import Desk
from cxdesk.model import Changes, PromiseState
from cxdesk.ui import theme
from cxdesk.ui.choices import ChoicePopup
from cxdesk.ui.promises.deeds import PromiseDeeds
from cxdesk.ui.promises.delegate import HEADING, ROW, box
from cxdesk.ui.promises.said import SaidText
from cxdesk.ui.promises_page import PromisesPage
from cxdesk.ui.sidebar.card import PlayCard

LEFT = Qt.MouseButton.LeftButton
NOON = datetime(2026, 11, 20, 12, 0).astimezone()  # when the clock of the tests stands still
HOUR = timedelta(hours=1)
Told = list[tuple[str, Callable[[], object] | None]]


@pytest.fixture
def page(
    qtbot: QtBot,
    window: QMainWindow,
    controller,
    deeds: PromiseDeeds,
    desk: Desk,
    hand,
) -> Iterator[PromisesPage]:
    """Three promises: one to Maria is late, one to Aiko is for today, one to Devon has no time."""
    hand.promise("It will be with you on Thursday", NOON - 19 * HOUR)
    hand.promise("I'll send the invoice by 4 pm", NOON + 4 * HOUR, 2)
    hand.promise("I'll write as soon as I know more", None, 3)
    made = shown(qtbot, window, controller, deeds, desk)
    yield made
    made.hide()


def shown(
    qtbot: QtBot,
    window: QMainWindow,
    controller,
    deeds: PromiseDeeds,
    desk: Desk,
) -> PromisesPage:
    made = PromisesPage(desk, deeds)
    controller.changed.connect(made.refresh)
    window.setCentralWidget(made)
    made.listing.setFocus()
    qtbot.waitUntil(made.isVisible)
    return made


def texts(page: PromisesPage) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def rows(page: PromisesPage) -> list[str]:
    model = page.model
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def choose(qtbot: QtBot, page: PromisesPage, customer: str) -> None:
    places = range(page.model.rowCount())
    page.listing.setCurrentIndex(
        next(
            page.model.index(place, 0)
            for place in places
            if customer in page.model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        )
    )
    qtbot.waitUntil(lambda: f"Promised to {customer}" in texts(page))


def test_the_first_promise_is_shown_with_where_it_was_said(page: PromisesPage) -> None:
    said = page.detail.findChild(SaidText)

    assert "Promised to Maria" in texts(page)
    assert "Thu 19 November, 17:00 (19 h late)" in texts(page)
    assert said.text() == (
        "Thank you for writing. It will be with you on Thursday. Sorry for the delay."
    )


def test_rows_and_headings_have_the_drawn_heights(page: PromisesPage) -> None:
    heights = [page.listing.rowHeight(place) for place in range(page.model.rowCount())]

    assert heights == [HEADING, ROW, HEADING, ROW, HEADING, ROW]


def test_heights_follow_what_stands_there_now(page: PromisesPage, deeds: PromiseDeeds) -> None:
    promise = page.listing.current()
    assert promise is not None

    deeds.move(promise, NOON + 5 * HOUR)

    heights = [page.listing.rowHeight(place) for place in range(page.model.rowCount())]
    assert heights == [HEADING, ROW, ROW, HEADING, ROW]


def test_ticking_the_box_keeps_the_promise_and_can_be_undone(
    qtbot: QtBot, page: PromisesPage, desk: Desk, told: Told
) -> None:
    row = page.listing.visualRect(page.model.index(1, 0))

    qtbot.mouseClick(page.listing.viewport(), LEFT, pos=box(row).center())

    assert [each.state for each in desk.settled_promises()] == [PromiseState.KEPT]
    assert rows(page)[:2] == ["Today, Friday 20 November", "“I'll send the invoice by 4 pm”"]
    words, undo = told[-1]
    assert words == "Promise kept: “It will be with you on Thursday”"
    assert undo is not None
    undo()
    assert rows(page)[1] == "“It will be with you on Thursday”"


def test_a_click_beside_the_box_only_chooses(qtbot: QtBot, page: PromisesPage, desk: Desk) -> None:
    row = page.listing.visualRect(page.model.index(3, 0))

    qtbot.mouseClick(page.listing.viewport(), LEFT, pos=row.center())

    assert desk.settled_promises() == ()
    qtbot.waitUntil(lambda: "Promised to Aiko" in texts(page))


def test_space_ticks_the_promise_off(qtbot: QtBot, page: PromisesPage, desk: Desk) -> None:
    qtbot.keyClick(page.listing, Qt.Key.Key_Space)

    assert [each.state for each in desk.settled_promises()] == [PromiseState.KEPT]


def test_after_one_is_settled_the_next_is_chosen(qtbot: QtBot, page: PromisesPage) -> None:
    page.settle(PromiseState.BROKEN)

    qtbot.waitUntil(lambda: "Promised to Aiko" in texts(page))


def test_settled_ones_unfold_and_can_be_opened_again(
    qtbot: QtBot, page: PromisesPage, desk: Desk
) -> None:
    page.settle(PromiseState.BROKEN)
    fold = page.model.rowCount() - 1
    assert rows(page)[fold] == "Settled, kept 0 of 1, folded"

    page.listing.setCurrentIndex(page.model.index(fold, 0))
    qtbot.keyClick(page.listing, Qt.Key.Key_Return)
    page.listing.step(1)
    qtbot.waitUntil(lambda: "Open again" in buttons(page))
    page.settle(PromiseState.KEPT)

    assert desk.settled_promises() == ()
    assert len(desk.promises()) == 3


def buttons(page: PromisesPage) -> list[str]:
    return [each.accessibleName() for each in page.findChildren(QPushButton) if each.isVisible()]


def test_a_new_time_moves_the_promise(qtbot: QtBot, page: PromisesPage, desk: Desk) -> None:
    page.new_time()
    popup = page.window().findChild(ChoicePopup)
    qtbot.keyClick(popup, "5")  # no time

    moved = [NOON + 4 * HOUR, None, None]
    qtbot.waitUntil(lambda: [each.due for each in desk.promises()] == moved)


def test_telling_the_customer_brings_the_play_for_bad_news(
    qtbot: QtBot, page: PromisesPage
) -> None:
    card = page.findChild(PlayCard)

    with qtbot.waitSignal(page.tell_asked) as asked:
        page.tell()

    conversation, play = asked.args
    assert conversation == 1
    assert play.play == "exp-bad-news-early"
    assert "what I promised for Thursday won't happen as agreed" in play.text
    assert [slot.name for slot in play.open_slots][:2] == ["cause", "time_by"]
    assert card.suggestion == play


def test_enter_asks_for_the_conversation(qtbot: QtBot, page: PromisesPage) -> None:
    choose(qtbot, page, "Aiko")

    with qtbot.waitSignal(page.open_asked) as asked:
        qtbot.keyClick(page.listing, Qt.Key.Key_Return)

    assert asked.args == [2]


def test_arrows_and_steps_pass_over_the_headings(qtbot: QtBot, page: PromisesPage) -> None:
    qtbot.keyClick(page.listing, Qt.Key.Key_Down)
    by_arrow = page.listing.current()
    page.listing.step(1)
    by_step = page.listing.current()
    page.listing.step(-1)

    assert by_arrow is not None
    assert by_step is not None
    assert (by_arrow.customer, by_step.customer) == ("Aiko Tanaka", "Devon Clarke")
    assert page.listing.current() == by_arrow


def test_finding_and_leaving_the_field(qtbot: QtBot, page: PromisesPage) -> None:
    qtbot.keyClicks(page.field, "invoice")
    qtbot.waitUntil(lambda: rows(page)[1:] == ["“I'll send the invoice by 4 pm”"])
    qtbot.keyClicks(page.field, "zz")
    qtbot.waitUntil(lambda: "Nothing found" in texts(page))

    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(rows(page)) == 6)
    qtbot.keyClick(page.field, Qt.Key.Key_Down)

    assert page.listing.hasFocus()


def test_time_passes_and_the_row_is_late(page: PromisesPage, clock) -> None:
    clock.time += 5 * HOUR

    page.tick()

    assert rows(page)[:3] == [
        "Overdue, 2",
        "“It will be with you on Thursday”",
        "“I'll send the invoice by 4 pm”",
    ]


def test_a_page_out_of_sight_is_read_when_it_is_seen_again(page: PromisesPage, hand) -> None:
    page.hide()
    hand.promise("I'll call", NOON + HOUR)
    page.refresh(Changes(frozenset({1})))
    assert len(rows(page)) == 6

    page.show()

    assert "“I'll call”" in rows(page)


def test_what_was_promised_in_an_empty_desk_is_taught(
    qtbot: QtBot,
    window: QMainWindow,
    controller,
    deeds: PromiseDeeds,
    desk: Desk,
) -> None:
    page = shown(qtbot, window, controller, deeds, desk)

    assert "Nothing is promised" in texts(page)
    assert not page.field.isVisible()


@pytest.mark.parametrize("name", ("light", "dark", "contrast"))
@pytest.mark.parametrize("size", ((1280, 800), (936, 640)))
def test_it_is_painted_in_every_theme_and_size(
    qtbot: QtBot, page: PromisesPage, name: str, size: tuple[int, int]
) -> None:
    theme.apply(name)
    page.window().resize(*size)

    def panel_fits() -> bool:
        left = page.detail.mapTo(page, QPoint(0, 0)).x()
        return page.width() - left == page.detail.width()

    qtbot.waitUntil(panel_fits)
    assert not page.grab().isNull()
    theme.apply("light")
