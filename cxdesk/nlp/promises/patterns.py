"""Patterns as the rules of promises write them, made regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping

_LOOKING_BACK = re.compile(r"(\(\?<[=!][^)]*\))")
_NAME = re.compile(r"\{([a-z][a-z_]*)\}")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern without regard to case, in which a space is any white space.

    Only one such character where it looks back, for that wants a fixed width.
    """
    parts = _LOOKING_BACK.split(pattern)
    spaced = (part.replace(" ", r"\s" if at % 2 else r"\s+") for at, part in enumerate(parts))
    return re.compile("".join(spaced), re.IGNORECASE)


def folded(pattern: str) -> str:
    """A pattern of a YAML file: folded over lines that mean nothing, with `_` for a space."""
    return re.sub(r"\s+", "", pattern).replace("_", " ")


def filled(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with its {names} replaced by what they stand for, which may have names too.

    Raises KeyError for a name that nothing stands for.
    """
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda name: parts[name[1]], pattern)
    return pattern
