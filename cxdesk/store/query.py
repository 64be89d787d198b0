"""What a person types into the search field, read into words and conditions.

Nothing typed is an error: what is not understood as a condition is searched for as words.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo

from cxdesk.model import Level, State
from cxdesk.store.times import to_ms
from cxdesk.store.words import storable

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_TERM = re.compile(
    r"""
    (?P<name>[a-z]+):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]+))
  | "(?P<phrase>[^"]*)(?P<closed>"?)
  | (?P<word>[^\s"]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMPARE: dict[str, Callable[[Level, Level], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
_COMPARISON = re.compile(r"(>=|<=|>|<|=)?(.+)")
_STATES = {state.value: (state,) for state in State} | {
    "done": (State.SOLVED,),
    "waiting": (State.NEW, State.OPEN),
}
_SHORTEST_PREFIX = 2  # one letter would match everything, and has no prefix index
_LONGEST_INDEXED_PREFIX = 3  # beyond it FTS5 gathers all hits of a prefix before it gives the first


@dataclass(frozen=True, slots=True)
class Query:
    """A search, understood. `words` are phrases of one word or more; all must occur.

    Times are milliseconds; `before` is exclusive, `after` inclusive: both are starts of days.
    """

    words: tuple[str, ...] = ()
    open_ended: bool = False
    authors: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    levels: tuple[Level, ...] | None = None
    signals: tuple[str, ...] = ()
    before: int | None = None
    after: int | None = None
    draft: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Query()

    @property
    def match(self) -> str:
        """The query for FTS5: quoted, so that no typed sign has a meaning there; '' for none."""
        phrases = [phrase(word) for word in self.words]
        if phrases and self.open_ended and len(self.words[-1]) >= _SHORTEST_PREFIX:
            phrases[-1] += "*"
        authors = [f"{{author author_address}} : {phrase(author)} *" for author in self.authors]
        return " AND ".join(phrases + authors)

    @property
    def gathers(self) -> bool:
        """Whether every look into the index costs as much as all hits together."""
        unfinished = self.words[-1:] if self.open_ended else ()
        return any(len(each) > _LONGEST_INDEXED_PREFIX for each in (*unfinished, *self.authors))


def read_query(text: str, zone: tzinfo = UTC) -> Query:
    """Words (the last one may be unfinished), "phrases", from: state: level: signal: before:
    after: is:draft. Dates are days in `zone`."""
    query = Query()
    for term in _TERM.finditer(storable(text).translate(_QUOTES)):
        condition = term["name"] and _with_condition(query, term, zone)
        query = condition or _with_words(query, term)
    return query


def _with_words(query: Query, term: re.Match[str]) -> Query:
    if term["phrase"] is not None:
        words, open_ended = [term["phrase"]], not term["closed"]
    else:
        words, open_ended = [term[0].replace('"', " ")], True
    words = list(_searchable(words))
    if not words:
        return query
    return replace(query, words=(*query.words, *words), open_ended=open_ended)


def _with_condition(query: Query, term: re.Match[str], zone: tzinfo) -> Query | None:
    """The query with this condition, or None when it is not one of ours."""
    value = (term["quoted"] if term["value"] is None else term["value"]).strip()
    match term["name"].lower():
        case "from" if any(_searchable([value])):
            return replace(query, authors=(*query.authors, value))
        case "state" if value.lower() in _STATES:
            return replace(query, states=_STATES[value.lower()])
        case "level":
            levels = _levels(value.lower())
            return None if levels is None else replace(query, levels=levels)
        case "signal" if value:
            return replace(query, signals=(*query.signals, value.lower()))
        case "before" if _day(value, zone) is not None:
            return replace(query, before=_day(value, zone))
        case "after" if _day(value, zone) is not None:
            return replace(query, after=_day(value, zone))
        case "is" if value.lower() == "draft":
            return replace(query, draft=True)
        case _:
            return None


def _searchable(words: Iterable[str]) -> Iterator[str]:
    """Those in which the index can find something: a letter or a digit."""
    return (word for word in words if any(sign.isalnum() for sign in word))


def phrase(words: str) -> str:
    """Words as FTS5 looks for them one after another."""
    return '"' + words.replace('"', " ") + '"'


def _levels(value: str) -> tuple[Level, ...] | None:
    """The levels of `angry`, `3`, `>=frustrated`, `<2`; None for anything else."""
    parts = _COMPARISON.fullmatch(value)
    if parts is None:
        return None
    names = {level.word: level for level in Level} | {str(int(level)): level for level in Level}
    level = names.get(parts[2].strip())
    if level is None:
        return None
    compare = _COMPARE[parts[1] or "="]
    return tuple(each for each in Level if compare(each, level))


def _day(value: str, zone: tzinfo) -> int | None:
    try:
        return to_ms(datetime.combine(date.fromisoformat(value), time(), zone))
    except (ValueError, OverflowError):
        return None
