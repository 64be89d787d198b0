"""Finding a play by typing: name, keyword, body; what fits the moment comes first."""

from __future__ import annotations

from cxdesk.model import Moment, Suggestion
from cxdesk.playbook.because import words_line
from cxdesk.playbook.limits import spent
from cxdesk.playbook.play import Play, Playbook
from cxdesk.playbook.ranking import closeness, turn
from cxdesk.playbook.rendering import render
from cxdesk.playbook.suggesting import fits, offered
from cxdesk.playbook.table import Row, shipped_table

MOST = 20
"""Plays a list shows: more are found faster by typing another letter."""

HELD_BACK = "held back now"
"""How the reason of a play begins that the moment withholds."""

_TITLE, _WORD, _KEYWORD, _ID, _FAMILY, _INSIDE, _BODY = 0, 1, 2, 3, 4, 5, 6


def search(book: Playbook, query: str, moment: Moment) -> list[Suggestion]:
    """At most twenty plays with all words of the query, the closest first.

    Without a query, those that suit the moment. A play that is held back now stays in reach, at
    the end of its equals and with the reason; the agent decides.
    """
    words = query.lower().split()
    table = shipped_table()
    row = table.rows_for(moment)[0]
    held = [row, *table.limits_on(moment)]
    ranked = []
    for play in book.plays:
        ranks = [rank for word in words if (rank := _rank(play, word)) is not None]
        if len(ranks) == len(words):
            reason = _reason_against(play, moment, held, book)
            ranked.append((max(ranks, default=0), bool(reason), -_suits(play, moment, row), play))
    ranked.sort(key=lambda one: (*one[:3], one[3].title))
    return [_found(play, moment, held, book) for *_, play in ranked[:MOST]]


def _rank(play: Play, word: str) -> int | None:
    """How near the word is to the play's name; None when it does not occur."""
    title = play.title.lower()
    body = "\n".join(variant.text for _, variant in play.variants).lower()
    family = play.family.replace("_", " ")
    tests = (
        (_TITLE, title.startswith(word)),
        (_WORD, any(part.startswith(word) for part in title.split())),
        (_KEYWORD, any(keyword.startswith(word) for keyword in play.keywords)),
        (_ID, word in play.id),
        (_FAMILY, word in family or word in play.family),
        (_INSIDE, word in title or any(word in keyword for keyword in play.keywords)),
        (_BODY, word in body),
    )
    return next((rank for rank, hit in tests if hit), None)


def _suits(play: Play, moment: Moment, row: Row) -> float:
    place = row.place(play)
    return closeness(play, moment) + (0 if place is None else 10 - place)


def _reason_against(play: Play, moment: Moment, held: list[Row], book: Playbook) -> str:
    """Why the play is not for now, in words; "" when nothing speaks against it."""
    if gone := spent(play.id, book.need(play), play.limit, moment):
        return f"{HELD_BACK}: {gone.because}; opens when {gone.opens_when}"
    holding = next((one for one in held if one.withholds(play)), None)
    if holding is None:
        return "" if fits(play, moment) else "not made for this moment"
    hold = holding.held.get(book.need(play))
    if hold is None:
        return f"{HELD_BACK}: {holding.because}"
    return f"{HELD_BACK}: {hold.because}; opens when {hold.opens_when}"


def _found(play: Play, moment: Moment, held: list[Row], book: Playbook) -> Suggestion:
    reason = _reason_against(play, moment, held, book) or words_line(play, moment, book)
    rendered = render(play, moment.channel, moment.known, book.slots, turn(play, moment))
    return offered(play, rendered, (reason,) if reason else (), book)
