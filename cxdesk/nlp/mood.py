"""How a conversation goes: its level, its trend and the message that changed it (GUIDANCE 2.7).

Without spaCy: the window asks this for every conversation it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cxdesk.model import BlameTarget, Level, Mood, Trend

DANGER = frozenset(("self_harm", "threat"))
"""Where somebody may come to harm: the company's procedure comes before any reply."""
THREATS = DANGER | frozenset(
    ("abuse", "churn", "legal_threat", "public_threat", "resignation", "supervisor_request")
)
RELIEF = frozenset(("gratitude", "praise", "recovery"))
"""What is good news (GUIDANCE 2.3), and no reason for trouble."""


def carried(
    readings: Sequence[tuple[int, Level, Collection[str]]],
) -> list[tuple[int, Level]]:
    """Readings (index in the thread, level, signals) with the level that each message leaves.

    Who writes again before anybody answered is no calmer for it, unless the words say so: "Still
    no answer" after an angry mail is not a customer getting better.
    """
    levels: list[tuple[int, Level]] = []
    for index, level, signals in readings:
        if levels and levels[-1][0] == index - 1 and not RELIEF & set(signals):
            level = max(level, levels[-1][1])
        levels.append((index, level))
    return levels


def mood(readings: Sequence[tuple[int, Level]]) -> Mood:
    """The mood after some customer messages, oldest first, each (index in the thread, level).

    One "ok" does not wipe out fury: the conversation's level falls by one step a message at most.
    It turned at the message that rose most above it, the latest of such; the first message is only
    where it began.
    """
    levels = tuple(level for _, level in readings)
    running = levels[0] if levels else Level.CALM
    rise = 0
    turned_at: int | None = None
    turned_from: Level | None = None
    for index, level in readings:
        if level - running >= max(rise, 1):
            rise, turned_at, turned_from = level - running, index, running
        running = max(level, Level(max(running - 1, 0)))
    return Mood(running, trend(levels), levels, turned_at, turned_from)


def trend(levels: Sequence[Level]) -> Trend:
    """The last level against the mean of the two before it; steady with fewer than two levels."""
    if len(levels) < 2:
        return Trend.STEADY
    before = levels[-3:-1]
    change = levels[-1] - sum(before) / len(before)
    if change >= 1:
        return Trend.RISING
    return Trend.FALLING if change <= -1 else Trend.STEADY


def needs_care(mood: Mood, blame_target: BlameTarget, flags: Collection[str]) -> bool:
    """Whether it belongs to "Needs care": some frustration, blame on us, or a threat.

    Not when the last word is that it works and hardly any anger is left.
    """
    if "recovery" in flags and mood.level <= Level.ANNOYED:
        return False
    return mood.level >= Level.ANNOYED or blame_target.is_us or bool(THREATS & set(flags))
