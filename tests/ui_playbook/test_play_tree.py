from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cxdesk.playbook import Playbook
from cxdesk.ui.playbook.searching import PlayIndex
from cxdesk.ui.playbook.tree_model import PlayTreeModel


def ids(index: PlayIndex, query: str) -> list[str]:
    return [play.id for play in index.find(query)]


def test_plays_come_by_family_then_by_title(book: Playbook):
    assert ids(PlayIndex(book), "") == ["apo-plain", "apo-late", "xm-voucher"]


def test_every_word_must_stand_somewhere_in_the_play(book: Playbook):
    index = PlayIndex(book)

    assert ids(index, "overdue") == ["apo-plain", "apo-late", "xm-voucher"]
    assert ids(index, "VOUCHER account") == ["xm-voucher"]
    assert ids(index, "late delivery") == ["apo-late", "xm-voucher"]
    assert ids(index, "the problem time") == ["apo-late"]
    assert ids(index, "extra mile") == ["xm-voucher"]
    assert ids(index, "voucher nonsense") == []


def test_the_nearest_has_the_words_in_its_title(book: Playbook):
    index = PlayIndex(book)
    found = index.find("late")

    assert index.nearest("late", found).id == "apo-late"
    assert index.nearest("parcel", index.find("")).id == "apo-plain"
    assert index.nearest("late", []) is None


def test_the_model_keeps_qt_s_promises(book: Playbook):
    model = PlayTreeModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.show_plays(book.plays)
    model.show_plays(())
    model.show_plays(book.plays[:1])

    assert tester.model() is model
    assert model.rowCount() == 1


def test_headings_say_how_many_plays_they_have(book: Playbook):
    model = PlayTreeModel()
    model.show_plays(PlayIndex(book).find(""))

    apology = model.index(0, 0)

    assert apology.data() == "Apology"
    assert apology.data(Qt.ItemDataRole.AccessibleTextRole) == "Apology, 2 plays"
    assert model.family(apology) == "apology"
    assert model.play(apology) is None


def test_a_play_is_found_again_in_the_tree(book: Playbook):
    model = PlayTreeModel()
    model.show_plays(PlayIndex(book).find("voucher"))
    voucher, late = book.by_id["xm-voucher"], book.by_id["apo-late"]

    assert model.play(model.place(voucher)) == voucher
    assert model.place(voucher).data() == "A small gesture"
    assert not model.place(late).isValid()
