"""Lower case that moves nothing: what is found in it stands at the same place of the text."""

from __future__ import annotations


def lower(text: str) -> str:
    """Lower case of the same length: "İ" has two characters in lower case and stays."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := each.lower()) == 1 else each for each in text)
