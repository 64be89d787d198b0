"""Plays that go the way a finding points to, for drafts that no rewrite can mend."""

from __future__ import annotations

from collections.abc import Mapping

from cxdesk.model import Moment, Suggestion
from cxdesk.playbook.because import words_line
from cxdesk.playbook.play import Play, Playbook
from cxdesk.playbook.ranking import closeness
from cxdesk.playbook.rendering import render
from cxdesk.playbook.suggesting import CARD_WORDING, fits, offered
from cxdesk.playbook.table import shipped_table

# The rewrite directions of GUIDANCE 2.5, as plays and families, the nearest first.
_GOES: Mapping[str, tuple[str, ...]] = {
    "blame_customer": ("own-user-slip", "acknowledge"),
    "invalidation": ("acknowledge",),
    "canned": ("acknowledge",),
    "doubt": ("clar-evidence", "clarify"),
    "argue": ("clar-say-back", "clarify"),
    "command": ("clar-permission", "clarify"),
    "policy_hiding": ("say_no",),
    "over_authority": ("no-above-limit", "say_no"),
    "deflection": ("own-warm-handover", "ownership"),
    "passive_evasion": ("apology", "ownership"),
    "non_apology": ("apology", "acknowledge"),
    "false_confession": ("apo-sympathy", "acknowledge"),
    "repeated_apology": ("ownership", "next_step"),
    "overpromise": ("expectation", "next_step"),
    "missing_next_step": ("next_step", "ownership"),
    "early_compensation": ("next_step", "ownership"),
    "selling": ("next_step",),
    "feedback_too_early": ("next_step",),
    "ignored_question": ("next_step", "clarify"),
}


def mend(book: Playbook, code: str, moment: Moment) -> Suggestion | None:
    """The play that fits the moment and says what a finding of this code misses; None where none
    does, or where it is held back now."""
    wanted = _GOES.get(code, ())
    table = shipped_table()
    held = [table.rows_for(moment)[0], *table.limits_on(moment)]
    ranked = [
        (_place(play, wanted), play.id in moment.said_plays, -closeness(play, moment), play.id)
        for play in book.plays
        if _place(play, wanted) < len(wanted)
        and fits(play, moment)
        and not any(one.withholds(play) for one in held)
    ]
    if not ranked:
        return None
    best = next(play for play in book.plays if play.id == min(ranked)[-1])
    because = words_line(best, moment, book)
    rendered = render(best, CARD_WORDING, moment.known, book.slots)
    return offered(best, rendered, (because,) if because else (), book)


def _place(play: Play, wanted: tuple[str, ...]) -> int:
    """How near the play is to what is wanted; the length of the list for not at all."""
    named = (play.id, play.family)
    return next((at for at, each in enumerate(wanted) if each in named), len(wanted))
