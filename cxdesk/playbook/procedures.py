"""The company's fixed procedures where somebody may come to harm: no play answers that."""

from __future__ import annotations

from functools import cache

from cxdesk import paths
from cxdesk.model import Moment, Procedure
from cxdesk.playbook.because import words_of
from cxdesk.playbook.fields import Fields
from cxdesk.playbook.located import read_yaml
from cxdesk.playbook.play import SHARED, Playbook

DANGER = ("self_harm", "threat")
"""Signals that have a procedure, the most urgent first."""

_EARLIER = "said earlier in this conversation"


def read_procedures(fields: Fields) -> dict[str, Procedure]:
    """The procedures of a playbook by signal; one without title or steps is named and left out."""
    fields.only(DANGER)
    found = {}
    for code in DANGER:
        if code not in fields.data:
            continue
        part = fields.part(code)
        part.only(("title", "steps", "call"))
        title, steps = part.text("title", required=True), part.texts("steps")
        if not steps:
            part.wrong("write the steps, one a line", "steps")
        if title and steps:
            found[code] = Procedure(code, title, steps, part.text("call"))
    return found


@cache
def shipped_procedures() -> dict[str, Procedure]:
    """Those that come with the program, neutral, for a company that has written none."""
    source = read_yaml(paths.resources() / "playbook" / SHARED, SHARED)
    return read_procedures(Fields(source, []).part("procedures"))


def procedure_for(book: Playbook, moment: Moment) -> Procedure | None:
    """The procedure of a moment in which somebody may come to harm, with the words; else None."""
    for code in DANGER:
        if code in moment.signals:
            found = book.procedures.get(code) or shipped_procedures()[code]
            said = words_of(code, moment, book) or _EARLIER
            return Procedure(code, found.title, found.steps, found.call, (said,))
    return None
