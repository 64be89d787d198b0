"""Groups, pages, the fold, and finding, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt

from cxdesk.model import Changes, Promise, PromiseState
from cxdesk.ui.promises.model import PAGE, Heading, PromiseModel

NOW = datetime(2026, 3, 13, 9, 13).astimezone()
HOUR = timedelta(hours=1)
TOP = QModelIndex()


def promise(number: int, due: datetime | None, text: str = "I'll write") -> Promise:
    return Promise(
        number, number, number, f"Customer {number}", "", "chat", None, text, "", NOW, due
    )


class Shelf:
    """Promises in the order of the store."""

    def __init__(self, open_: Sequence[Promise], settled: Sequence[Promise] = ()) -> None:
        self.open, self.settled = list(open_), list(settled)
        self.reads = 0

    def promises(self, after: Promise | None, limit: int) -> Sequence[Promise]:
        self.reads += 1
        first = 0 if after is None else self.open.index(after) + 1
        return self.open[first : first + limit]

    def promises_of(self, conversation_id: int) -> Sequence[Promise]:
        every = self.open + self.settled
        return [each for each in every if each.conversation_id == conversation_id]

    def settled_promises(self) -> Sequence[Promise]:
        return self.settled

    def kept_rate(self) -> tuple[int, int]:
        kept = [each for each in self.settled if each.state is PromiseState.KEPT]
        return len(kept), len(self.settled)


DUE = (NOW - 40 * HOUR, NOW - HOUR, NOW + HOUR, NOW + 80 * HOUR, None)
OPEN = [promise(number, due) for number, due in enumerate(DUE, start=1)]
KEPT = replace(promise(9, NOW - HOUR), state=PromiseState.KEPT, settled_at=NOW - 2 * HOUR)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


def model_of(*args: Sequence[Promise], clock: Clock | None = None) -> PromiseModel:
    made = PromiseModel(Shelf(*args), clock or Clock())
    made.read()
    return made


def shown(model: PromiseModel) -> list[str | int]:
    entries = (model.entry(place) for place in range(model.rowCount()))
    return [
        " ".join(filter(None, (each.group.value, each.count, each.detail)))
        if isinstance(each, Heading)
        else each.id  # type: ignore[union-attr]
        for each in entries
    ]


def test_qt_finds_nothing_wrong_with_it(qtmodeltester):
    qtmodeltester.check(model_of(OPEN, [KEPT]))


def test_promises_stand_in_groups_by_when_they_are_due():
    assert shown(model_of(OPEN, [KEPT])) == [
        "Overdue 2",
        1,
        2,
        "Today Friday 13 March",
        3,
        "Later 2",
        4,
        5,
        "Settled kept 1 of 1",
    ]


def test_settled_ones_are_folded_until_asked_for():
    model = model_of(OPEN[4:], [KEPT])

    model.set_unfolded(True)

    assert shown(model) == ["Later 1", 5, "Settled kept 1 of 1", 9]


def test_time_moves_a_promise_to_overdue():
    clock = Clock()
    model = model_of(OPEN[2:3], clock=clock)
    assert shown(model) == ["Today Friday 13 March", 3]

    clock.now += 2 * HOUR
    model.tick()

    assert shown(model) == ["Overdue 1", 3]


def test_only_an_empty_desk_is_empty():
    assert model_of([]).is_empty()
    assert not model_of([], [KEPT]).is_empty()
    searched = model_of(OPEN)
    searched.find("nobody")
    assert searched.rowCount() == 0
    assert not searched.is_empty()


def test_finding_takes_every_word_of_what_whom_and_which():
    model = model_of([promise(1, None, "I'll ring the depot"), promise(2, None)])

    model.find("DEPOT customer")

    assert shown(model) == ["Later 1", 1]


def test_a_promise_on_the_last_page_is_found(qtbot):
    many = [promise(number, NOW + number * HOUR) for number in range(1, 3500)]
    model = model_of(many)

    model.find("Customer 3456")
    qtbot.waitUntil(lambda: not model.canFetchMore(TOP))

    assert shown(model) == ["Later 1", 3456]


def test_pages_follow_as_they_are_asked_for_and_counts_say_so():
    model = model_of([promise(number, NOW + number * HOUR + 20 * HOUR) for number in range(500)])
    assert (model.rowCount(), model.count_words()) == (PAGE + 1, "200+")

    model.fetchMore(TOP)
    assert shown(model)[0] == "Later 400+"
    model.fetchMore(TOP)

    assert (model.rowCount(), model.count_words()) == (501, "500")
    assert not model.canFetchMore(TOP)


def test_a_change_of_few_reads_no_page_again():
    shelf = Shelf([promise(number, NOW + number * HOUR) for number in range(1, 500)])
    model = PromiseModel(shelf, Clock())
    model.read()
    reads = shelf.reads
    shelf.open[2] = promise(3, NOW - HOUR)  # earlier than it was
    shelf.open[3] = promise(4, None)  # behind what was read
    del shelf.open[4]  # the fifth: settled
    changed = Changes(frozenset({3, 4, 5}))

    model.refresh(changed)

    assert shelf.reads == reads
    ids = [each for each in shown(model) if isinstance(each, int)]
    assert ids == [3, 1, 2, *range(6, PAGE + 1)]


@pytest.mark.parametrize("changes", (Changes(everything=True), Changes(frozenset(range(99)))))
def test_after_a_change_of_many_all_is_read_anew(changes):
    shelf = Shelf(OPEN[:1])
    model = PromiseModel(shelf, Clock())
    model.read()
    shelf.open = OPEN[1:2]

    model.refresh(changes)

    assert shown(model) == ["Overdue 1", 2]


def test_a_box_is_checked_for_a_kept_promise_and_pressing_it_is_told(qtbot):
    model = model_of(OPEN[:1], [KEPT])
    model.set_unfolded(True)
    box = Qt.ItemDataRole.CheckStateRole

    with qtbot.waitSignal(model.ticked) as ticked:
        model.setData(model.index(1, 0), Qt.CheckState.Checked, box)

    assert ticked.args == [OPEN[0]]
    assert model.index(1, 0).data(box) == Qt.CheckState.Unchecked  # the desk says when it is kept
    assert model.index(3, 0).data(box) == Qt.CheckState.Checked


def test_keys_pass_over_headings_but_not_over_the_fold():
    model = model_of(OPEN[:1], [KEPT])

    flags = [model.flags(model.index(place, 0)) for place in range(3)]

    selectable = Qt.ItemFlag.ItemIsSelectable
    assert [bool(each & selectable) for each in flags] == [False, True, True]


@pytest.mark.parametrize(("place", "near"), ((0, 1), (2, 2), (3, 4), (5, 4), (99, 4)))
def test_the_nearest_promise_takes_a_place_that_was_left(place, near):
    model = model_of([OPEN[0], OPEN[1], OPEN[3]], [KEPT])

    assert model.near(place) == near
