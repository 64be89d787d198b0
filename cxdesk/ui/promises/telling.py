"""What to write when a promise will not be kept: the playbook's own words for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from cxdesk.desk import View
from cxdesk.model import Filled, Promise, PromiseState, Suggestion
from cxdesk.playbook import Playbook, render
from cxdesk.ui import marks
from cxdesk.ui.promises import words

PLAY = "exp-bad-news-early"
"""GUIDANCE 3, row D11: a promise of ours will be missed."""
_EARLY = "bad news is better told before the time than after"
_LATE = "it is past its time"


def to_the_customer(
    book: Playbook, view: View, promise: Promise, now: datetime
) -> Suggestion | None:
    """The play rendered for the promise's conversation; None where the playbook has none, and for
    a promise that is settled."""
    play = book.by_id.get(PLAY)
    if play is None or promise.state is not PromiseState.OPEN:
        return None
    origin = f"your reply of {marks.short_time(promise.said_at, now)}"
    known = {**view.moment.known, "promise": Filled("promise", named(promise, now), origin)}
    rendered = render(play, view.thread.channel, known, book.slots)
    return Suggestion(
        play=play.id,
        family=play.family,
        need="",
        title=play.title,
        text=rendered.text,
        because=(_LATE if words.is_late(promise, now) else _EARLY,),
        open_slots=rendered.open_slots,
        filled=rendered.filled,
    )


def named(promise: Promise, now: datetime) -> str:
    """The promise as a noun phrase within a sentence: "what I promised for Friday"."""
    if promise.due is None:
        return "what I promised"
    local, today = promise.due.astimezone(), now.astimezone().date()
    ahead = local.date() - today
    if not ahead:
        return f"what I promised for {local:%H:%M} today"
    if ahead == timedelta(days=1):
        return "what I promised for tomorrow"
    if abs(ahead) < timedelta(days=7):
        return f"what I promised for {local:%A}"
    return f"what I promised for {local.day} {local:%B}"
