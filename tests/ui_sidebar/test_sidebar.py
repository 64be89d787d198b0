"""The sidebar in use: cards that insert, choices that overrule, silence that says why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from cxdesk.model import Cue, Fault, Guidance, Phase, Procedure, Thread
from cxdesk.ui import theme
from cxdesk.ui.sidebar import SidebarPane
from cxdesk.ui.sidebar.card import HeldBackCard, PlayCard, Silence
from cxdesk.ui.sidebar.cards import Dot
from cxdesk.ui.sidebar.customer import ContactRow

KEY = Qt.Key


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
    assert said == "because “third time”, second failure of ours"


def test_what_a_play_may_grant_stands_on_its_card(pane, thread, moment, guidance) -> None:
    limit = "goodwill up to $20, once per customer, lead above"
    cards = (replace(guidance.suggestions[0], limit=limit), guidance.suggestions[1])

    pane.show(thread, moment, replace(guidance, suggestions=cards))

    first, second = pane.cards.plays()
    assert f"You may grant: {limit}" in first.accessibleDescription()
    assert limit in [label.text() for label in first.findChildren(QLabel)]
    assert "grant" not in second.accessibleDescription()


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


def _dots(pane: SidebarPane) -> list[Dot]:
    return [each for each in pane.cards.findChildren(Dot) if each.isVisible()]


def test_quiet_is_a_dot_that_opens(qtbot, pane, thread, moment, guidance) -> None:
    pane.set_guidance_level("quiet")
    pane.show(thread, moment, guidance)
    assert _dots(pane)[0].accessibleName() == "2 suggestions, not shown. Press to show them"
    assert _held(pane) == []

    pane.take_focus()
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Space)

    assert len(pane.cards.plays()) == 2
    assert _dots(pane) == []


def test_quiet_stays_open_while_the_draft_grows(qtbot, pane, thread, moment, guidance) -> None:
    pane.set_guidance_level("quiet")
    pane.show(thread, moment, guidance)
    qtbot.mouseClick(_dots(pane)[0], Qt.MouseButton.LeftButton)
    turned = replace(guidance, suggestions=guidance.suggestions[::-1])

    pane.show(thread, moment, turned)
    assert len(pane.cards.plays()) == 2

    pane.show(replace(thread, id=2), moment, guidance)
    assert len(_dots(pane)) == 1


def test_quiet_has_no_dot_and_no_words_where_there_is_nothing(pane, thread, moment) -> None:
    pane.set_guidance_level("quiet")

    pane.show(thread, moment, Guidance("D20", silence="Her question is answered."))

    assert _dots(pane) == []
    assert _silence(pane) == []


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


def test_a_small_sidebar_has_the_rest_behind_more(qtbot, pane, thread, moment, guidance) -> None:
    pane.resize(264, 640)
    pane.show(thread, moment, guidance)
    assert pane.facts.texts() == [
        "Because: “You promised Wednesday”, “third time”, “nobody called”"
    ]
    assert pane.fault.isVisible()
    assert not pane.more.rows.isVisible()

    pane.more.button.setFocus()
    qtbot.keyClick(pane.more.button, KEY.Key_Space)

    assert pane.phase.isVisible()
    assert [each.partition(":")[0] for each in pane.more.rows.texts()] == [
        *("Blames us", "Asks", "Promised", "So far")
    ]

    pane.resize(340, 800)

    assert not pane.more.isVisible()
    assert pane.phase.isVisible()
    assert len(pane.facts.texts()) == 5


PROCEDURE = Procedure(
    "self_harm",
    "Somebody may be in danger",
    ("Tell your lead.", "Stay."),
    because=("“I don't want to live”: may hurt themselves",),
)


@pytest.fixture
def in_danger(thread: Thread) -> Thread:
    """The thread with words that say somebody may come to harm."""
    cue = Cue("self_harm", 0, 4, "I don't want to live", 3, "self_harm.plain", "why")
    last = thread.messages[0]
    assert last.analysis is not None
    heard = replace(last, analysis=replace(last.analysis, cues=(*last.analysis.cues, cue)))
    return replace(thread, messages=(heard,))


def test_danger_shows_the_procedure_and_nothing_else(pane, in_danger, moment, guidance) -> None:
    pane.show(in_danger, moment, replace(guidance, procedure=PROCEDURE))

    panel = pane.cards.panel()
    assert panel is not None
    assert "1. Tell your lead. 2. Stay." in panel.accessibleName()
    assert "Nobody has written here yet whom to call" in panel.accessibleName()
    assert pane.cards.plays() == []
    assert _held(pane) == []
    for part in (pane.facts, pane.fault, pane.phase, pane.more):
        assert not part.isVisible()


def test_the_procedure_says_whom_to_call_first(pane, in_danger, moment, guidance) -> None:
    called = replace(PROCEDURE, call="Ana, 4400")

    pane.show(in_danger, moment, replace(guidance, procedure=called))

    panel = pane.cards.panel()
    assert panel is not None
    assert panel.accessibleName().startswith("Safety: Somebody may be in danger. Call: Ana, 4400.")


def test_the_procedure_names_the_rule_that_brought_it(
    qtbot, pane, in_danger, moment, guidance
) -> None:
    pane.show(in_danger, moment, replace(guidance, procedure=PROCEDURE))

    with qtbot.waitSignal(pane.rule_asked) as asked:
        assert pane.why()

    assert asked.args[0] == "self_harm.plain"


def test_danger_is_shown_in_quiet_too(pane, in_danger, moment, guidance) -> None:
    pane.set_guidance_level("quiet")

    pane.show(in_danger, moment, replace(guidance, procedure=PROCEDURE))

    assert pane.cards.panel() is not None


def test_soft_view_quotes_no_insult(pane, thread, moment, guidance) -> None:
    text = "You useless clowns, where is it?"
    cue = Cue("abuse", 0, 18, text[:18], 4, "abuse.insult", "why")
    analysis = replace(thread.messages[0].analysis, cues=(cue,))
    said = replace(thread.messages[0], text=text, analysis=analysis)
    insulted = replace(thread, messages=(said,))
    card = replace(guidance.suggestions[0], because=("“You useless clowns”: an insult",))
    moment = replace(moment, cues=(cue,))

    pane.set_soft(True)
    pane.show(insulted, moment, replace(guidance, suggestions=(card,)))

    assert pane.facts.texts()[0] == "Because: “You (insult)”"
    assert pane.cards.plays()[0].accessibleDescription() == "because “You (insult)”"

    pane.set_soft(False)

    assert pane.facts.texts()[0] == "Because: “You useless clowns”"


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
