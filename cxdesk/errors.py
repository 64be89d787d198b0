"""Two kinds of error: what the person can act on, and our bugs (every other exception)."""

from __future__ import annotations


class UserError(Exception):
    """Something the person can understand and act on; its text is shown as written."""
