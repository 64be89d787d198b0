"""Two kinds of error: what the person can act on, and our bugs (every other exception)."""

from __future__ import annotations

import traceback
from pathlib import Path


class UserError(Exception):
    """Something the person can understand and act on; its text is shown as written."""


def without_words(error: BaseException) -> str:
    """Which kind of error it was and where; its text may quote what a customer wrote."""
    steps = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(steps[-1].filename).name}:{steps[-1].lineno}" if steps else ""
    return f"{type(error).__name__}{place}"
