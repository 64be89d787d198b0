from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from cxdesk.model import Changes, Level
from cxdesk.ui.inbox.model import InboxModel, Roles


@pytest.fixture
def shown(inbox_of, a_row, now):
    """A model of three rows, watched by Qt's own tester, and its source."""
    source = inbox_of([a_row(1), a_row(2), a_row(3)])
    model = InboxModel(source, lambda: now)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    assert tester.model() is model
    model.show_split("needs_care")
    return model, source


def fetch_all(model: QAbstractItemModel) -> None:
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())


def changed(*ids: int) -> Changes:
    return Changes(frozenset(ids))


def test_pages_are_fetched_until_the_end_without_repeats(inbox_of, a_row, now):
    model = InboxModel(inbox_of([a_row(each) for each in range(1, 96)]), lambda: now)
    model.show_split("needs_care")

    fetch_all(model)

    assert model.ids() == list(range(1, 96))


def test_roles_give_the_row_its_sentence_and_its_tooltip(shown):
    model, _ = shown
    index = model.index(0, 0)

    assert index.data(int(Roles.ROW)).id == 1
    assert index.data(int(Roles.ID)) == 1
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Customer 1, calm")
    assert "× (1 + 0)" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert bytes(model.roleNames()[int(Roles.ROW)]) == b"row"


def test_danger_is_said_first_and_follows_what_is_read_anew(shown, qtbot):
    model, source = shown
    index = model.index(1, 0)
    assert "safety" not in index.data(Qt.ItemDataRole.AccessibleTextRole)
    source.danger = frozenset({2})
    source.listed["needs_care"][1] = replace(source.row(2), snippet="I don't want to live.")

    with qtbot.waitSignal(model.dataChanged):
        model.refresh(changed(2))

    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Customer 2, safety, calm")
    assert not model.is_in_danger(source.row(1))


def test_a_change_that_moves_nothing_reads_one_row_and_no_page(shown, qtbot):
    model, source = shown
    source.listed["needs_care"][1] = replace(source.row(2), has_draft=True)
    read = source.pages_read

    with qtbot.waitSignal(model.dataChanged) as signal:
        model.refresh(changed(2))

    assert signal.args[0].row() == 1
    assert model.row_at(1).has_draft
    assert source.pages_read == read


def test_a_row_that_turned_angry_moves_up_and_stays_selected(shown):
    model, source = shown
    kept = QPersistentModelIndex(model.index(2, 0))
    rows = source.listed["needs_care"]
    rows.insert(0, replace(rows.pop(2), level=Level.ANGRY))

    model.refresh(changed(3))

    assert model.ids() == [3, 1, 2]
    assert kept.row() == 0


def test_a_new_conversation_comes_in_where_it_belongs(shown, a_row):
    model, source = shown
    source.listed["needs_care"].insert(1, a_row(9))

    model.refresh(changed(9))

    assert model.ids() == [1, 9, 2, 3]


def test_an_answered_conversation_leaves_the_split(shown):
    model, source = shown
    row = source.listed["needs_care"].pop(0)
    source.listed["mine"].append(replace(row, waiting_since=None))

    model.refresh(changed(1))

    assert model.ids() == [2, 3]


def test_a_change_elsewhere_leaves_the_rows_alone(shown):
    model, source = shown
    read = source.pages_read

    model.refresh(changed(77))

    assert source.pages_read == read


def test_everything_changed_reads_as_far_down_as_the_screen_shows(inbox_of, a_row, now):
    source = inbox_of([a_row(each) for each in range(1, 101)])
    model = InboxModel(source, lambda: now)
    model.show_split("needs_care")
    fetch_all(model)

    model.refresh(Changes(everything=True), down_to=25)

    assert model.ids() == list(range(1, 41))
    fetch_all(model)
    assert len(model.ids()) == 100


def test_a_search_lists_its_hits_and_keeps_the_match_when_a_row_changes(shown):
    model, source = shown
    source.listed["needs_care"][2] = replace(source.row(3), snippet="my lamp broke")

    model.show_search("lamp")
    model.refresh(changed(3))

    assert model.ids() == [3]
    assert model.row_at(0).match == "my \u2068lamp\u2069 broke"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.permutations(range(1, 9)), after=st.sets(st.integers(1, 14)), data=st.data())
def test_whatever_changes_the_list_ends_as_the_source_has_it(
    inbox_of, a_row, now, before, after, data
):
    source = inbox_of([a_row(each) for each in before])
    model = InboxModel(source, lambda: now)
    model.show_split("needs_care")
    order = data.draw(st.permutations(sorted(after)))
    source.listed["needs_care"] = [a_row(each, has_draft=True) for each in order]

    model.refresh(Changes(everything=True), down_to=20)

    assert model.ids() == order
    assert all(model.row_at(place).has_draft for place in range(len(order)))
