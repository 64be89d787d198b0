"""One line of "What is going on", and how much of somebody's words it quotes."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_QUOTE, LONGEST_QUESTION = 44, 90
"""Characters."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of "What is going on": a label, words, and where they come from."""

    label: str
    words: str
    is_blame: bool = False
    is_muted: bool = False
    origin: str = ""
    is_first: bool = False
    """Stays in sight where there is little room."""
    corrects: str = ""
    """What the button beside it does, "" for none."""


def shortened(words: str, most: int = LONGEST_QUOTE) -> str:
    """At most `most` characters, cut between words."""
    if len(words) <= most:
        return words
    return words[: most - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
