"""The frames of a promise, read from `resources/promises/frames.yaml`, which explains them."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from cxdesk import paths, yaml_files
from cxdesk.nlp.promises.patterns import compiled, filled, folded
from cxdesk.nlp.promises.subjects import Who
from cxdesk.nlp.promises.words import Words, one_of, words


class Form(Enum):
    """How a deed stands in the text."""

    BASE = "base"
    GERUND = "gerund"
    PASSIVE = "passive"
    THIRD = "third"
    NOUN = "noun"
    ARRIVES = "arrives"


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to bind oneself; `who` is empty where there is no subject."""

    name: str
    who: frozenset[Who]
    pattern: re.Pattern[str]
    form: Form
    needs_time: bool
    is_soft: bool

    def deed_at(self, sentence: str, start: int) -> int | None:
        """Where the deed begins when the frame fits at `start`; None when it does not."""
        match = self.pattern.match(sentence, start)
        if match is None:
            return None
        listed = match.groupdict()
        begins = match.start("deed")
        fits = all(word.lower() in long_lists()[name] for name, word in listed.items()
                   if word and name != "deed")  # fmt: skip
        return begins if fits else None


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, each kind in the order in which they are tried."""

    behind: Mapping[Who, tuple[Frame, ...]]
    bare: tuple[Frame, ...]


@cache
def frames() -> Frames:
    """The shipped frames. Raises what `yaml_files.load` raises."""
    data: dict[str, Any] = yaml_files.load(paths.resources() / "promises" / "frames.yaml")
    parts = _lists(words()) | data["parts"]
    behind = [_frame(each, parts) for each in data["frames"]]
    return Frames(
        {who: tuple(each for each in behind if who in each.who) for who in Who},
        tuple(_frame(each, parts) for each in data["bare"]),
    )


def _frame(data: Mapping[str, Any], parts: Mapping[str, str]) -> Frame:
    return Frame(
        name=data["name"],
        who=frozenset(Who(each) for each in data.get("who", "").split()),
        pattern=compiled(folded(filled(data["pattern"], parts))),
        form=Form(data["form"]),
        needs_time=data.get("needs_time", False),
        is_soft=data.get("is_soft", False),
    )


def _lists(known: Words) -> dict[str, str]:
    """The lists of words as patterns, by the names that frames use.

    A long list is any word, looked up when a frame has matched: as patterns they would take
    half a second to compile.
    """
    short = {
        "travels": one_of(known.travels),
        "states": one_of(known.states),
        "forbearing": one_of(known.forbearing),
    }
    return short | {name: rf"(?P<{name}>\w[\w-]*)\b" for name in long_lists()}


@cache
def long_lists() -> Mapping[str, Container[str]]:
    known = words()
    return {
        "deeds": known.deeds,
        "unmistakable": known.unmistakable,
        "gerunds": known.gerunds,
        "participles": known.participles,
        "thirds": known.thirds,
    }
