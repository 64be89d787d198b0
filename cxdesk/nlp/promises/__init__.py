"""Promises in a reply: which of its words bind us, and when they fall due.

Two subjects. The gate (`gate`, with `clauses`, `subjects`, `frames`, `exempt`) says which clauses
bind us; the grammar of times (`time_table`, `time_readers`, `due`, `moments`, `days`) says when.
`deeds` brings both together. Its tables are data: `resources/promises`. No spaCy: the window's own
process calls it. What counts is defined in the guidance on promises.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cxdesk.model import FoundPromise, Hours
from cxdesk.nlp.promises.days import Calendar
from cxdesk.nlp.promises.deeds import Deed, deeds
from cxdesk.nlp.promises.due import times
from cxdesk.nlp.promises.gate import bound_clauses
from cxdesk.nlp.promises.sentences import Sentence, sentences


def find_promises(text: str, now: datetime, hours: Hours | None = None) -> list[FoundPromise]:
    """What a reply promises, in order; offsets into `text`.

    `now` is the local time at which it is sent, naive or aware; `due` is of the same kind.
    """
    calendar = Calendar(now, hours or Hours())
    return [each for part in sentences(text) for each in _promises(text, part, calendar)]


def _promises(text: str, sentence: Sentence, calendar: Calendar) -> Iterator[FoundPromise]:
    said = times(sentence.text, calendar)
    found: list[Deed] = []
    for clause in bound_clauses(sentence.text, said):
        for deed in deeds(sentence.text, clause, said, calendar, found):
            found.append(deed)
            start, end = sentence.start + deed.start, sentence.start + deed.end
            yield FoundPromise(
                start, end, text[start:end], deed.what, deed.due, clause.frame.is_soft
            )
