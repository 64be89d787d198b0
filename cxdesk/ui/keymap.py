"""Which key runs which command: the defaults, what a person changed, and where two clash."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from cxdesk.ui.action_table import ACTIONS, ActionSpec, Where

_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
_NAMES = {"return": "Enter", "escape": "Esc", "pgup": "PageUp", "pgdown": "PageDown"}
_TEXT_KEYS = {
    "Ctrl+C": "copies",
    "Ctrl+X": "cuts",
    "Ctrl+V": "pastes",
    "Ctrl+A": "selects all",
    "Ctrl+Z": "undoes",
    "Ctrl+Y": "redoes",
    "Ctrl+Shift+Z": "redoes",
}
_MAC = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧", "Meta": "⌃"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two commands that want the same key where both could act."""

    key: str
    first: str
    second: str

    def other(self, action: str) -> str:
        return self.second if action == self.first else self.first


@dataclass(frozen=True)
class Keymap:
    """The keys in force. `changes` holds only what differs from the table: "" for no key."""

    changes: Mapping[str, str] = field(default_factory=dict)
    specs: Sequence[ActionSpec] = ACTIONS

    def keys(self, action: str) -> tuple[str, ...]:
        """Every key of an action, in one spelling; empty for an unknown action."""
        spec = self._spec(action)
        if spec is None:
            return ()
        if action not in self.changes or spec.fixed:
            return tuple(normal(key) for key in spec.keys)
        return (normal(self.changes[action]),) if self.changes[action] else ()

    def text(self, action: str) -> str:
        """An action's first key as it is shown to people, "" without one."""
        keys = self.keys(action)
        return shown(keys[0]) if keys else ""

    def is_changed(self, action: str) -> bool:
        return action in self.changes

    def changed(self, action: str, key: str) -> Keymap:
        """This keymap with another key ("" for none) on one action; its own key is no change."""
        spec = self._spec(action)
        if spec is None or spec.fixed:
            return self
        rest = {each: value for each, value in self.changes.items() if each != action}
        if normal(key) != (normal(spec.keys[0]) if spec.keys else ""):
            rest[action] = normal(key)
        return replace(self, changes=rest)

    def given(self, action: str, key: str) -> Keymap:
        """This keymap with `key` on `action`, taken from all who would clash with it."""
        keymap = self.changed(action, key)
        for conflict in keymap.conflicts_of(action):
            keymap = keymap.changed(conflict.other(action), "")
        return keymap

    def reset(self, action: str) -> Keymap:
        """This keymap with the table's own key on one action."""
        rest = {each: value for each, value in self.changes.items() if each != action}
        return replace(self, changes=rest)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Every pair of actions that share a key where both could act."""
        return tuple(
            Conflict(key, one.id, two.id)
            for one, two in combinations(self.specs, 2)
            for key in self.keys(one.id)
            if key in self.keys(two.id) and _overlap(one, two, key)
        )

    def conflicts_of(self, action: str) -> tuple[Conflict, ...]:
        return tuple(each for each in self.conflicts() if action in (each.first, each.second))

    def objection(self, action: str, key: str) -> str:
        """Why a key cannot work for an action at all, in words; "" where it can."""
        spec = self._spec(action)
        if spec is None or spec.fixed:
            return "This key belongs to the field itself."
        if spec.inside and spec.where == Where.COMPOSER and is_single(key):
            return "In the composer a single letter is typed, so it cannot be a key there."
        if use := _TEXT_KEYS.get(normal(key), ""):
            return f"In every text field {shown(normal(key))} {use}."
        held = next((each for each in self._fixed(key) if _overlap(spec, each, key)), None)
        return f"“{held.text}” keeps {shown(normal(key))}." if held else ""

    def clash(self, action: str, key: str) -> str:
        """Who else would act on this key, and why that is so, in one sentence; "" for nobody."""
        found = self.changed(action, key).conflicts_of(action)
        spec = self._spec(action)
        other = self._spec(found[0].other(action)) if found else None
        if spec is None or other is None:
            return ""
        key, place = shown(normal(key)), other.where.words.lower()
        if spec.where == Where.EVERYWHERE != other.where:
            return f"“Everywhere” includes the {place}, where {key} is “{other.text}”."
        if other.where == Where.EVERYWHERE:
            return f"{key} is “{other.text}” everywhere."
        reason = "" if spec.where == other.where else "Keys of one pane act beside it too: "
        return f"{reason}{key} is “{other.text}” in the {place}."

    def _fixed(self, key: str) -> list[ActionSpec]:
        return [each for each in self.specs if each.fixed and normal(key) in self.keys(each.id)]

    def _spec(self, action: str) -> ActionSpec | None:
        return next((spec for spec in self.specs if spec.id == action), None)


def _overlap(one: ActionSpec, two: ActionSpec, key: str) -> bool:
    """Keys inside two different places never meet, nor those of two pages; a letter never meets
    what is being typed."""
    if one.where.page and two.where.page and one.where.page != two.where.page:
        return False
    if one.inside and two.inside:
        return one.where == two.where
    typed = any(spec.inside and spec.where == Where.COMPOSER for spec in (one, two))
    return not (typed and is_single(key))


def is_single(key: str) -> bool:
    """Whether a key is one character, with Shift or without: what a text field would take."""
    modifiers, last = _split(key)
    return len(last) == 1 and set(modifiers) <= {"Shift"}


def normal(key: str) -> str:
    """A key in one spelling: "shift+ctrl+return" is "Ctrl+Shift+Enter"."""
    modifiers, last = _split(key)
    return "+".join([each for each in _MODIFIERS if each in modifiers] + [last]) if last else ""


def shown(key: str, platform: str = sys.platform) -> str:
    """A key as this system's people write it."""
    if platform != "darwin" or not key:
        return key
    modifiers, last = _split(key)
    return "".join(_MAC[each] for each in modifiers) + last


def _split(key: str) -> tuple[list[str], str]:
    head, plus, last = key.strip().rpartition("+")
    if plus and not last:  # "Ctrl++": the key is the plus itself
        head, last = head.rstrip("+"), "+"
    modifiers = [part.strip().capitalize() for part in head.split("+") if part.strip()]
    last = last.strip()
    spelled = _NAMES.get(last.lower(), last)
    return modifiers, spelled.upper() if len(spelled) == 1 else spelled[:1].upper() + spelled[1:]
