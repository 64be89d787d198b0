"""The because of a suggestion: the customer's own words first, in lines short enough to read."""

from __future__ import annotations

from collections.abc import Iterable

from cxdesk.model import Cue, Moment
from cxdesk.playbook.play import Play, Playbook
from cxdesk.playbook.table import Row

LINE = 60
"""Characters of a line in the sidebar."""


def because(play: Play, row: Row, moment: Moment, book: Playbook) -> tuple[str, ...]:
    """Why this play now: their words, or else what it is about, and the reason of the row."""
    lines = (words_line(play, moment, book), f"{row.because} ({row.id})")
    return tuple(line for line in lines if line)


def words_line(play: Play, moment: Moment, book: Playbook) -> str:
    """The strongest words of the customer that call for the play, and what they show."""
    if cue := strongest(cue for cue in moment.cues if cue.code in play.when.signals):
        return _said(cue, book)
    for code in sorted(play.when.intents & moment.intents):
        return f"about {book.intents.get(code, code.replace('_', ' '))}"
    for code in sorted(play.when.signals & moment.signals):
        return book.signals.get(code, "")
    if cue := strongest(cue for cue in moment.cues if cue.weight > 0):
        return _said(cue, book)
    return _quoted(moment.asks[0], "asked") if moment.asks else ""


def words_of(code: str, moment: Moment, book: Playbook) -> str:
    """The customer's words for one thing they show; "" when none of them were of the last turn."""
    cue = strongest(cue for cue in moment.cues if cue.code == code)
    return _said(cue, book) if cue else ""


def strongest(cues: Iterable[Cue]) -> Cue | None:
    """The cue that weighs most, for or against."""
    return max(cues, key=lambda cue: abs(cue.weight), default=None)


def _said(cue: Cue, book: Playbook) -> str:
    return _quoted(cue.text, book.signals.get(cue.code, cue.code.replace("_", " ")))


def _quoted(words: str, shows: str) -> str:
    """“their words”: what they show; the quotation gives way when the line is too long."""
    words = " ".join(words.split())
    room = LINE - len(shows) - len("“”: ")
    if len(words) > room:
        words = words[: room - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
    return f"“{words}”: {shows}"
