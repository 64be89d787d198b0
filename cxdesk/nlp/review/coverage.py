"""The four ticks under the draft: heard, owned, next step, extra mile. They come from its words."""

from __future__ import annotations

from collections.abc import Iterable

from cxdesk.model import Coverage

_HEARD = frozenset(("ack_specific", "say_back", "empathy_named"))
_OWNED = frozenset(("ownership_i", "handover_warm", "apology_full"))
_NEXT = frozenset(("time_given", "options", "one_question"))
_EXTRA = frozenset(("extra_mile", "goodwill_ok"))


def coverage(good: Iterable[str], bad: Iterable[str]) -> Coverage:
    """Which of the four needs a draft meets.

    A question or two options are a next step; an action needs its time. Deflection owns nothing.
    """
    shown, flagged = frozenset(good), frozenset(bad)
    return Coverage(
        heard=bool(shown & _HEARD),
        owned=bool(shown & _OWNED) and "deflection" not in flagged,
        next_step=bool(shown & _NEXT),
        extra_mile=bool(shown & _EXTRA),
    )
