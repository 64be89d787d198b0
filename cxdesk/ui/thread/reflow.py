"""Mail programs break lines near column 72; in a narrower card that leaves a ragged word a line."""

from __future__ import annotations

import re
from itertools import pairwise

NARROWEST, WIDEST = 58, 84
"""Characters: hard-wrapped mail has its longest line between these."""
SHORTEST = 40
"""A shorter line was ended by the person who wrote it: a greeting, an address, a verse."""

# lists, quotes, tables, headers and code begin a line of their own, whatever stands above
_OWN_LINE = re.compile(r"\s|[-*•–>|=+#_~{}<]|\d+[.)]|[\w-]+:(?:\s|//)")
_SENTENCE_END = re.compile(r"[.!?:;…][\"”’)\]]*$")


def flowed(text: str) -> str:
    """The text with the breaks of a mail program as blanks: as long as before, offset by offset.

    A break counts as a mail program's where the next word would not have fitted on the line.
    """
    lines = text.split("\n")
    width = max((len(line) for line in lines if " " in line), default=0)
    if not NARROWEST <= width <= WIDEST:
        return text
    joints = [" " if _is_wrapped(line, below, width) else "\n" for line, below in pairwise(lines)]
    return "".join(part for pair in zip(lines, [*joints, ""], strict=True) for part in pair)


def _is_wrapped(line: str, below: str, width: int) -> bool:
    if len(line) < SHORTEST or " " not in line or not below.strip() or _OWN_LINE.match(below):
        return False
    if line[0].isspace() or (_SENTENCE_END.search(line) and not below[0].islower()):
        return False
    return len(line.rstrip()) + 1 + len(below.split(" ", 1)[0]) > width
