"""What a clause promises: its deeds, each with its own time, or one time for them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cxdesk.nlp.promises.days import Calendar
from cxdesk.nlp.promises.due import Due, times
from cxdesk.nlp.promises.frames import Form
from cxdesk.nlp.promises.gate import Clause
from cxdesk.nlp.promises.patterns import compiled
from cxdesk.nlp.promises.wording import deed_in_words
from cxdesk.nlp.promises.words import words


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing promised: [start, end) of its sentence, in words, and when it is due."""

    start: int
    end: int
    what: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the verbs that a clause strings together, [start, end), and its time."""

    start: int
    end: int
    time: Due | None


def deeds(
    sentence: str,
    clause: Clause,
    said: Sequence[Due],
    calendar: Calendar,
    earlier: Sequence[Deed] = (),
) -> list[Deed]:
    """The deeds of a clause: one for each that has a time of its own, else one for them all.

    `earlier` are those of the clauses before, which "the same day" points back to.
    """
    parts = [_Part(*span, _own_time(sentence, clause, said, *span))
             for span in _spans(sentence, clause)]  # fmt: skip
    found: list[Deed] = []
    start = clause.start
    for part in parts:
        moment = _moment(sentence, clause, part.time, [*earlier, *found], calendar)
        if part.time is None or moment is None:
            continue
        end = _trimmed(sentence, max(min(part.end, clause.reach), part.time.end))
        found.append(Deed(start, end, _words(sentence, clause, part), moment))
        start = _next_verb(sentence, part.end, clause)
    return found or [_undivided(sentence, clause, parts)]


def _undivided(sentence: str, clause: Clause, parts: Sequence[_Part]) -> Deed:
    """The whole clause, with the time before it if there is one."""
    due = clause.leading.moment if clause.leading else None
    end = clause.reach if due else clause.end
    return Deed(clause.start, _trimmed(sentence, end), _words(sentence, clause, parts[0]), due)


def _words(sentence: str, clause: Clause, part: _Part) -> str:
    stops = part.time and part.start < part.time.start < part.end
    end = part.time.start if part.time and stops else part.end
    is_first = part.start == clause.deed
    return deed_in_words(
        sentence[part.start : end], clause.frame.form, clause.subject, is_first=is_first
    )


def _trimmed(sentence: str, end: int) -> int:
    return len(sentence[:end].rstrip(" ,.!?…;:–—-("))


# ------------------------------------------------------------------ several deeds


def _spans(sentence: str, clause: Clause) -> Iterator[tuple[int, int]]:
    """The deeds that are strung together with "and", from the verb on."""
    start = clause.deed
    for match in _AND_VERB.finditer(sentence, clause.deed, clause.end):
        if _is_verb(match["verb"], clause.frame.form):
            yield start, match.start()
            start = match.start("verb")
    yield start, clause.end


def _next_verb(sentence: str, at: int, clause: Clause) -> int:
    match = _AND_VERB.match(sentence, at)
    return match.start("verb") if match and at < clause.end else at


_AND_VERB = compiled(
    r"\s*,?\s*(?:\b(?:and then|and|then|plus|or)\b|&) "
    r"(?:(?:then|also|again|will|to|be|\w+ly|\w+'ll) )*(?P<verb>\w[\w-]*)"
)


def _is_verb(word: str, form: Form) -> bool:
    """Whether a word may go on with a clause whose verb stands in that form."""
    known, lower = words(), word.lower()
    if form is Form.PASSIVE:
        return lower in known.participles
    if form in (Form.THIRD, Form.ARRIVES):
        return lower in known.thirds or lower in known.travels
    return lower in known.deeds or (form is Form.GERUND and lower in known.gerunds)


# ------------------------------------------------------------------ which time counts

_OF_THE_OBJECT = compiled(
    r"\b(?:sent|made|taken|ordered|placed|dated|paid|bought|booked|issued|received|missed|reported"
    r"|scheduled|planned|due|of|from|left|arrived|happened|expired|expiring|starting|ending|valid"
    r"|running|leaving|departing)\s*$"
)
_ATTRIBUTE = compiled(r"\b(?:the|a|an|your|our) [0-9][0-9:.]*\s?(?:[ap]\.?m\.?)?$")
_NOUN = compiled(
    r" (?!(?:on|at|tomorrow|today|tonight|and|or|if|when|so|because|with|to|for|in|by|from|as)\b)"
    r"[a-z]"
)
_LIMITS = frozenset(("by", "before", "within", "in"))
_CONTENT = frozenset(("to", "of", "from", "since"))
_ARRANGED = frozenset(("for", "on", "at", "between", "until", "till", "around"))
_MOVED_TO = frozenset(("until", "till", "for"))


def _own_time(
    sentence: str, clause: Clause, said: Sequence[Due], start: int, end: int
) -> Due | None:
    """The time by which a deed is due: the outer limit, else the first that is no content."""
    end = min(end, clause.reach)
    own = [each for each in said if start <= each.start < end]
    own = [each for each in own if not _is_content(sentence, clause, each, start)]
    return next((each for each in own if each.is_latest), own[0] if own else None)


def _is_content(sentence: str, clause: Clause, due: Due, start: int) -> bool:
    """Whether a time is what the deed is about: "move it to the 15th", "the order of 3 March"."""
    if due.preposition == "from" and clause.frame.form is Form.NOUN:
        return False  # "ready from Friday"
    behind_verb = start + len(sentence[start : due.start].split(" ", 1)[0])
    if due.preposition in _CONTENT or _OF_THE_OBJECT.search(sentence, behind_verb, due.start):
        return True
    if due.preposition not in _LIMITS and _ATTRIBUTE.search(sentence, start, due.end):
        return _NOUN.match(sentence, due.end) is not None
    if clause.frame.form is not Form.BASE:
        return False
    verb = sentence[start:].split(maxsplit=1)[0].lower()
    arranged = verb in words().arranging and due.preposition in _ARRANGED
    return arranged or (verb in words().moving and due.preposition in _MOVED_TO)


_NEXT_DAY = compiled(r"\b(?:next|following) day$")


def _moment(
    sentence: str,
    clause: Clause,
    due: Due | None,
    before: Sequence[Deed],
    calendar: Calendar,
) -> datetime | None:
    """The moment of a time, with what was said before it: the same day, a day that leads."""
    if due is None:
        return None
    said = sentence[due.start : due.end]
    if re.search(r"\bsame\b", said, re.IGNORECASE):
        day = next((each.due for each in reversed(before) if each.due), calendar.now)
        return calendar.closing(day.date())
    if before and before[-1].due and _NEXT_DAY.search(said):
        return calendar.closing(before[-1].due.date() + timedelta(days=1))
    if clause.leading and not (before and before[-1].start >= clause.start):
        lead = sentence[clause.leading.start : clause.leading.end]
        joined = times(f"{lead} {said}", calendar)
        return joined[0].moment if len(joined) == 1 else due.moment
    return due.moment
