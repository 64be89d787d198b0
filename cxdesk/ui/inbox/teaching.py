"""What an empty split says: what comes here, and what makes it leave. An empty list teaches."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cxdesk.ui.key_words import with_key
from cxdesk.ui.keymap import Keymap


@dataclass(frozen=True, slots=True)
class Point:
    """One reason, with the sign rows use for it: "level", "trend" or "wave"; else a key."""

    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Teaching:
    """An empty split in one block; `action` is the id of a command offered as a link."""

    icon: str
    title: str
    lead: str
    points: tuple[Point, ...] = ()
    end: str = ""
    action: str = ""
    action_words: str = ""


_TEACHINGS = {
    "needs_care": Teaching(
        "leaf",
        "Nothing needs care",
        "A conversation comes here when",
        (
            Point("level", "the customer is frustrated, angry or furious"),
            Point("trend", "it is getting worse"),
            Point("wave", "the customer blames us"),
        ),
        "and leaves when you have answered it.",
    ),
    "waiting": Teaching(
        "clock",
        "Nobody is waiting",
        "A conversation comes here when a customer has written.",
        end="It leaves when you reply, snooze it or mark it done.",
    ),
    "mine": Teaching(
        "person",
        "Nothing is yours yet",
        "A conversation becomes yours when you reply to it or assign it to yourself.",
        end="It leaves when it is done.",
    ),
    "snoozed": Teaching(
        "clock",
        "Nothing is snoozed",
        "{snooze} puts a conversation away until a time you choose.",
        end="It comes back by itself, or when the customer writes.",
    ),
    "done": Teaching(
        "check",
        "Nothing is done yet",
        "{done} puts a conversation here.",
        end="It comes back when the customer writes again.",
    ),
}
_NOTHING_AT_ALL = Teaching(
    "inbox",
    "No conversations yet",
    "Import your mail files, or drop them on this window.",
    action="import_files",
    action_words="Import files…",
)
READING = Teaching(
    "leaf",
    "Reading the messages",
    "What needs care stands here in a moment. It takes a minute or two for thousands of messages.",
)


def of_split(split_id: str, *, is_everything_empty: bool, keymap: Keymap) -> Teaching:
    """What this empty split says; with no conversation anywhere, how to bring some in."""
    if is_everything_empty or split_id not in _TEACHINGS:
        return _NOTHING_AT_ALL
    found = _TEACHINGS[split_id]
    named = {each: with_key(each.capitalize(), each, keymap) for each in ("snooze", "done")}
    return replace(found, lead=found.lead.format_map(named))


def of_search(query: str) -> Teaching:
    """What a search without hits says: how to ask otherwise."""
    shown = query if len(query) <= 40 else query[:39] + "…"
    return Teaching(
        "search",
        f"Nothing found for “{shown}”",
        "Every word must stand in one message. You can also ask for",
        (
            Point("“ ”", "words in this order: “out for delivery”"),
            Point("from:", "a customer: from:maria"),
            Point("level:", "a mood: level:angry, level:>=2"),
            Point("signal:", "a moment: signal:blame, signal:churn"),
            Point("before:", "a time: before:2026-11-01"),
        ),
        "Esc goes back to the list.",
    )
