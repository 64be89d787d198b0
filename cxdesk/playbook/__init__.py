"""Playbook: plays (read, check, render) and the decision table that says which to offer when."""

from cxdesk.playbook.case import case_of
from cxdesk.playbook.checking import check
from cxdesk.playbook.granting import most_granted
from cxdesk.playbook.intent_model import shipped_model
from cxdesk.playbook.intents import asks, find_intents
from cxdesk.playbook.mending import mend
from cxdesk.playbook.overruled import is_called_safe
from cxdesk.playbook.phrases import shipped
from cxdesk.playbook.play import Play, Playbook, Slot, Variant
from cxdesk.playbook.reading import read_playbook
from cxdesk.playbook.rendering import Rendered, render
from cxdesk.playbook.searching import HELD_BACK, search
from cxdesk.playbook.situation import moment
from cxdesk.playbook.suggesting import suggest
from cxdesk.playbook.table import shipped_table
from cxdesk.playbook.things import item

__all__ = [
    "HELD_BACK",
    "Play",
    "Playbook",
    "Rendered",
    "Slot",
    "Variant",
    "asks",
    "case_of",
    "check",
    "find_intents",
    "is_called_safe",
    "mend",
    "moment",
    "most_granted",
    "prepare",
    "read_playbook",
    "render",
    "search",
    "suggest",
]


def prepare() -> None:
    """Read the shipped phrases and the table now, which the first opened conversation would else
    wait for. Call it while nobody waits; later calls cost nothing.
    """
    shipped_model()
    item("")  # compiles what finds the thing they speak of
    shipped("intents")
    shipped("states")
    shipped_table()
