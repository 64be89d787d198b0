"""Playbook: plays (read, check, render) and the decision table that says which to offer when."""

from cxdesk.playbook.checking import check
from cxdesk.playbook.intents import asks, find_intents
from cxdesk.playbook.play import Play, Playbook, Slot, Variant
from cxdesk.playbook.reading import read_playbook
from cxdesk.playbook.rendering import Rendered, render
from cxdesk.playbook.searching import search
from cxdesk.playbook.situation import moment
from cxdesk.playbook.suggesting import suggest

__all__ = [
    "Play",
    "Playbook",
    "Rendered",
    "Slot",
    "Variant",
    "asks",
    "check",
    "find_intents",
    "moment",
    "read_playbook",
    "render",
    "search",
    "suggest",
]
