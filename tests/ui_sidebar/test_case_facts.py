"""The case card in the sidebar: what, who and why, each with where it comes from."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from cxdesk.model import Case, CasePart
from cxdesk.ui.sidebar.case_facts import case_facts, case_title

CASE = Case(
    issue=CasePart("issue", "Where is my\nparcel?", "from their message of 12 Mar"),
    intents=(CasePart("delivery_late", "Where is my parcel", "from their message of 12 Mar"),),
    facts=(
        CasePart("waiting_time", "two days", "computed"),
        CasePart("amount", "80 euros", "the one amount they name"),
        CasePart("count", "third", "“third time”"),
        CasePart("order_ref", "PX-48213", "“parcel PX-48213”, from their message of 9 Mar"),
    ),
    who=(CasePart("name", "Maria", "signed"), CasePart("contact", "third contact", "counted")),
    why=(CasePart("need", "It's a birthday present.", "from their message of 12 Mar"),),
)


def test_what_who_and_why_are_told_with_their_origins() -> None:
    found = {fact.label: fact for fact in case_facts(CASE)}

    assert found["What"].words == "“Where is my parcel?”\nPX-48213, 80 euros, waiting two days"
    assert found["Who"].words == "Maria, third contact"
    assert found["Why"].words == "“It's a birthday present.”"
    assert "order ref “PX-48213”: “parcel PX-48213”, from" in found["What"].origin
    assert "delivery late “Where is my parcel”" in found["What"].origin


def test_what_is_not_said_has_no_row() -> None:
    assert case_facts(Case()) == ()
    assert case_title(Case()) == "Case"


def test_the_title_names_the_case_by_its_number_first() -> None:
    assert case_title(CASE) == "Case: PX-48213, 80 euros, waiting two days"
    long = replace(CASE, facts=(CasePart("item", "the " + "very " * 20 + "long sofa", "x"),))
    assert len(case_title(long)) <= 44


def test_the_case_opens_on_a_key_and_stays_open(qtbot, pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance, CASE)
    assert pane.more.button.text().startswith("Case: PX-48213, 80 euros")
    assert not pane.more.rows.isVisible()

    pane.more.button.setFocus()
    qtbot.keyClick(pane.more.button, Qt.Key.Key_Space)

    assert pane.more.rows.isVisible()
    assert pane.more.rows.texts()[1] == "Who: Maria, third contact"

    pane.show(replace(thread, id=2), moment, guidance, replace(CASE, facts=()))

    assert pane.more.rows.isVisible()
    assert pane.more.button.text() == "Case"


def test_without_a_case_there_is_no_button(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)

    assert not pane.more.isVisible()


def test_a_small_sidebar_has_the_case_behind_more(pane, thread, moment, guidance) -> None:
    pane.resize(264, 640)

    pane.show(thread, moment, guidance, CASE)

    assert pane.more.button.text() == "More"
    assert [each.partition(":")[0] for each in pane.more.rows.texts()][:3] == ["What", "Who", "Why"]
