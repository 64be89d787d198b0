"""Names a command together with the key that runs it, so that hints follow a changed keymap."""

from __future__ import annotations

from cxdesk.ui.keymap import Keymap


def with_key(words: str, action: str, keymap: Keymap) -> str:
    """ "Snooze (H)"; the words alone for a command without a key."""
    key = keymap.text(action)
    return f"{words} ({key})" if key else words
