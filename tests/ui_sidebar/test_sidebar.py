"""The sidebar in use: cards that insert, choices that overrule, silence that says why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from cxdesk.model import Fault, Guidance, Phase
from cxdesk.ui import theme
from cxdesk.ui.sidebar import SidebarPane
from cxdesk.ui.sidebar.card import HeldBackCard, PlayCard, Silence
from cxdesk.ui.sidebar.customer import ContactRow

KEY = Qt.Key


@pytest.fixture
def pane(qtbot) -> SidebarPane:
    """A sidebar of 340 by 800, shown and empty."""
    window = QWidget()
    window.resize(340, 800)
    qtbot.addWidget(window)
    pane = SidebarPane(window)
    pane.resize(340, 800)
    with qtbot.waitExposed(window):
        window.show()
    pane.test_window = window  # keeps the window as long as the pane
    return pane


def _held(pane: SidebarPane) -> list[HeldBackCard]:
    return [each for each in pane.findChildren(HeldBackCard) if each.isVisible()]


def _silence(pane: SidebarPane) -> list[str]:
    return [each.accessibleName() for each in pane.findChildren(Silence) if each.isVisible()]


def test_each_need_has_its_card_in_the_order_of_a_reply(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)

    said = [card.accessibleName() for card in pane.cards.plays()]
    assert said == ["Apology, Ctrl+1: I'm sorry.", "Ownership, Ctrl+2: I'll call the depot now."]
    assert _held(pane)[0].accessibleName() == (
        "Extra mile, held back: no next step yet. opens when it is done"
    )


def test_the_because_stands_on_the_card(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)

    said = pane.cards.plays()[0].accessibleDescription()
    assert said == "because “third time”: repeated contact"


def test_a_click_inserts(qtbot, pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)

    with qtbot.waitSignal(pane.insert_requested) as asked:
        qtbot.mouseClick(pane.cards.plays()[1], Qt.MouseButton.LeftButton)

    assert asked.args == [2]


def test_enter_on_a_card_inserts(qtbot, pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)
    pane.take_focus()

    with qtbot.waitSignal(pane.insert_requested) as asked:
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)

    assert asked.args == [1]


def test_with_nothing_to_add_it_says_why(pane, thread, moment) -> None:
    pane.show(thread, moment, Guidance("D20", silence="Her question is answered."))

    assert _silence(pane) == ["Nothing to add. Her question is answered."]
    assert pane.cards.plays() == []


def test_until_the_message_is_read_it_says_so(pane, thread) -> None:
    pane.show(thread, None, None)

    assert pane.state.text() == "Reading…"
    assert not pane.facts.isVisible()


def test_a_message_in_another_language_gets_no_guess(pane, thread, moment, guidance) -> None:
    last = thread.messages[0]
    assert last.analysis is not None
    german = replace(last, analysis=replace(last.analysis, language="de"))

    pane.show(replace(thread, messages=(german,)), moment, guidance)

    assert pane.state.text() == "No guidance: this message is not in English."
    assert pane.cards.plays() == []


def test_quiet_is_one_line_that_opens(qtbot, pane, thread, moment, guidance) -> None:
    pane.set_guidance_level("quiet")
    pane.show(thread, moment, guidance)
    line = next(b for b in pane.cards.findChildren(QPushButton) if b.isVisible())

    assert "2 suggestions, Ctrl+1" in line.text()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)

    assert len(pane.cards.plays()) == 2


def test_a_learner_sees_all_reasons(pane, thread, moment, guidance) -> None:
    pane.set_guidance_level("learner")
    pane.show(thread, moment, guidance)

    assert "second failure of ours" in pane.cards.plays()[0].accessibleDescription()


def test_changed_keys_are_shown(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)

    pane.set_keys({"insert_1": "Ctrl+F1"})

    assert pane.cards.plays()[0].accessibleName().startswith("Apology, Ctrl+F1")


def test_the_same_guidance_again_changes_no_card(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)
    before = pane.cards.plays()

    pane.show(thread, moment, guidance)

    assert pane.cards.plays() == before


def test_the_focus_stays_on_its_need(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)
    pane.cards.plays()[1].setFocus()
    other = replace(guidance.suggestions[1], text="Other words.")

    pane.show(thread, moment, replace(guidance, suggestions=(guidance.suggestions[0], other)))

    assert pane.cards.plays()[1].hasFocus()


def test_choosing_the_fault_overrules_the_proposal(qtbot, pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)
    assert pane.fault.accessibleName() == "Fault: company, proposed by cxdesk"
    pane.fault.setFocus()

    with qtbot.waitSignal(pane.fault_chosen) as chosen:
        qtbot.keyClick(pane.fault, KEY.Key_Down)

    assert chosen.args == [Fault.CUSTOMER]


def test_what_the_agent_set_is_shown_as_set(pane, thread, moment, guidance) -> None:
    pane.show(replace(thread, phase=Phase.CLOSING, phase_is_set=True), moment, guidance)

    assert pane.phase.accessibleName() == "Phase: closing, set by you"


def test_the_app_can_be_let_propose_again(qtbot, pane, thread, moment, guidance) -> None:
    pane.show(replace(thread, phase=Phase.OPENING, phase_is_set=True), moment, guidance)

    with qtbot.waitSignal(pane.phase_chosen) as chosen:
        qtbot.keyClick(pane.phase, KEY.Key_Home)

    assert chosen.args == [None]


def test_showing_a_conversation_chooses_nothing(qtbot, pane, thread, moment, guidance) -> None:
    with qtbot.assertNotEmitted(pane.fault_chosen), qtbot.assertNotEmitted(pane.phase_chosen):
        pane.show(thread, moment, guidance)


def test_c_corrects_the_level(qtbot, pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)

    with qtbot.waitSignal(pane.correct_requested):
        qtbot.mouseClick(pane.facts.correct, Qt.MouseButton.LeftButton)


def test_an_earlier_conversation_opens(qtbot, pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)
    row = pane.findChildren(ContactRow)[0]

    with qtbot.waitSignal(pane.conversation_asked) as asked:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)

    assert asked.args == [7]
    assert "“Where is it?”" in row.accessibleName()


def test_a_small_sidebar_clips_no_card(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)
    pane.resize(264, 400)
    QApplication.processEvents()

    for card in pane.findChildren(PlayCard):
        assert card.height() >= card.heightForWidth(card.width())
        assert card.width() <= 264 - 2 * 12
    assert not pane.phase.isVisible()
    assert pane.customer.is_folded


def test_the_folded_customer_unfolds(qtbot, pane, thread, moment, guidance) -> None:
    pane.resize(264, 640)
    pane.show(thread, moment, guidance)
    assert not pane.findChildren(ContactRow)[0].isVisible()

    qtbot.mouseClick(pane.customer.line, Qt.MouseButton.LeftButton)

    assert pane.findChildren(ContactRow)[0].isVisible()


def test_another_theme_keeps_what_is_shown(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)

    theme.apply("dark")
    theme.apply("light")

    assert len(pane.cards.plays()) == 2
    assert len(_held(pane)) == 1


def test_closing_the_conversation_empties_it(pane, thread, moment, guidance) -> None:
    pane.show(thread, moment, guidance)

    pane.clear()

    assert pane.cards.plays() == []
    assert not pane.facts.isVisible()


def test_a_long_play_leaves_room_for_the_others(pane, thread, moment, guidance) -> None:
    long = replace(guidance.suggestions[0], text="A long sentence of the play.\n\n" * 20)

    pane.show(thread, moment, replace(guidance, suggestions=(long, guidance.suggestions[1])))
    QApplication.processEvents()

    card = pane.cards.plays()[0]
    assert card.height() < 220
    assert long.text.strip() in card.toolTip()
