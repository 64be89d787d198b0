"""What the playbook page's tests share: a book of three plays in two families, and its page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from cxdesk.model import Fault, Phase
from cxdesk.playbook import Play, Playbook, Slot, Variant
from cxdesk.playbook.limits import Limit
from cxdesk.playbook.play import When
from cxdesk.ui import theme
from cxdesk.ui.playbook_page import PlaybookPage

WHEN = When(
    situation="The parcel is late because of us.",
    phases=frozenset({Phase.PROBLEM_SOLVING, Phase.OPENING}),
    levels=(1, 3),
    signals=frozenset({"duration", "ignored"}),
    intents=frozenset({"delivery_late"}),
    faults=frozenset({Fault.COMPANY}),
    max_apologies=0,
)
LATE = Play(
    id="apo-late",
    family="apology",
    title="We are late",
    trigger="text",
    when=WHEN,
    avoid_when=("the wait is within what was agreed",),
    avoid_signals=frozenset({"legal_threat"}),
    admits_fault=True,
    chat=Variant("chat", "I'm sorry about {issue}. You'll have it by {time_by}."),
    email=Variant("email", "Hi {customer_name},\n\nI'm sorry about {issue|this}."),
    follow_up="check the new time was met",
    follow_up_due="time_by",
    limit=Limit("goodwill", 20, "$"),
    why="A named time calms.",
    source="Maister 1985",
    examples_match=("Where is it?", "It should have been here on Monday."),
    examples_no_match=("When do you open?",),
    keywords=("overdue",),
)
PLAIN = replace(
    LATE,
    id="apo-plain",
    title="A plain apology",
    when=replace(WHEN, situation="Something small went wrong.", intents=frozenset()),
    chat=Variant("chat", "I'm sorry."),
    avoid_when=(),
    avoid_signals=frozenset(),
    admits_fault=False,
    limit=Limit(),
    follow_up="none",
)
VOUCHER = replace(
    LATE,
    id="xm-voucher",
    family="extra_mile",
    title="A small gesture",
    chat=Variant("chat", "I've put a voucher on your account."),
)


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> None:
    """Every widget is seen in the light theme."""
    if theme.tokens().name != "light" or not qapp.styleSheet():
        theme.apply("light")


@pytest.fixture
def book() -> Playbook:
    """Two apologies and one extra mile."""
    slots = (
        Slot("issue", "noun_phrase", "the problem", "in their own nouns", "the second charge"),
        Slot("time_by", "time", "time", "a time you control", "4 pm today"),
        Slot("customer_name", "name", "name"),
    )
    return Playbook(
        plays=(VOUCHER, LATE, PLAIN),
        slots={slot.name: slot for slot in slots},
        families={"apology": "apology", "extra_mile": "extra_mile"},
        signals={
            "duration": "a long wait",
            "ignored": "nobody answered",
            "legal_threat": "legal steps",
        },
        intents={"delivery_late": "a late delivery"},
    )


@pytest.fixture
def page(qtbot, book: Playbook) -> PlaybookPage:
    """The page on screen, the focus where a visitor finds it."""
    shown = PlaybookPage(book)
    shown.resize(1216, 800)
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    shown.setFocus()
    return shown
