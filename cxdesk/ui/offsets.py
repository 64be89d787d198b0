"""Qt counts UTF-16 units, Python characters: an emoji is two of the one, one of the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Offsets:
    """Converts offsets of one text both ways."""

    def __init__(self, text: str) -> None:
        # Most texts have no wide character, and isascii is answered from a flag.
        wide = [] if text.isascii() else [at for at, char in enumerate(text) if char > "\uffff"]
        self._wide = wide
        self._behind = [at + before + 2 for before, at in enumerate(wide)]

    def to_qt(self, offset: int) -> int:
        """The UTF-16 offset of a Python offset."""
        return offset + bisect_left(self._wide, offset)

    def to_python(self, offset: int) -> int:
        """The Python offset of a UTF-16 offset; from within a wide character, the one behind it."""
        return offset - bisect_right(self._behind, offset)
