"""The word lists of promises, read once from `resources/promises/words.yaml`, and their forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cxdesk import paths, yaml_files

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Words:
    """What the lists of the file hold; what each is for stands in the file."""

    deeds: frozenset[str]
    irregular: Mapping[str, str]
    staff: frozenset[str]
    outsiders: frozenset[str]
    machines: frozenset[str]
    travels: frozenset[str]
    states: frozenset[str]
    forbearing: frozenset[str]
    arranging: frozenset[str]
    moving: frozenset[str]
    of_things: frozenset[str]
    quantifiers: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    participles: Mapping[str, str]
    """Past participle -> base form, of every deed."""
    gerunds: Mapping[str, str]
    """-ing form -> base form."""
    thirds: Mapping[str, str]
    """Third person -> base form."""
    unmistakable: frozenset[str]
    """Deeds that only people do."""


@cache
def words() -> Words:
    """The shipped lists. Raises what `yaml_files.load` raises."""
    data: dict[str, Any] = yaml_files.load(paths.resources() / "promises" / "words.yaml")
    lists = {name: frozenset(text.split()) for name, text in data.items() if name != "irregular"}
    deeds = lists["deeds"]
    return Words(
        **lists,
        irregular=data["irregular"],
        participles={form: verb for verb in deeds for form in _participles(verb)}
        | data["irregular"],
        gerunds={form: verb for verb in deeds for form in _gerunds(verb)},
        thirds={_third(verb): verb for verb in deeds},
        unmistakable=deeds - lists["of_things"],
    )


def one_of(some: Iterable[str]) -> str:
    """A pattern of one of these words, longer ones first."""
    return "(?:" + "|".join(sorted(some, key=lambda each: (-len(each), each))) + r")\b"


def _participles(verb: str) -> list[str]:
    if verb.endswith("e"):
        return [verb + "d"]
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return [verb[:-1] + "ied"]
    return [verb + "ed"] + [verb + verb[-1] + "ed"] * _may_double(verb)


def _gerunds(verb: str) -> list[str]:
    if verb.endswith("e") and not verb.endswith("ee"):
        return [verb[:-1] + "ing"]
    return [verb + "ing"] + [verb + verb[-1] + "ing"] * _may_double(verb)


def _may_double(verb: str) -> bool:
    """Whether the last letter may be written twice: one consonant behind one vowel."""
    return (
        len(verb) > 2
        and verb[-1] not in _VOWELS + "wxy"
        and verb[-2] in _VOWELS
        and verb[-3] not in _VOWELS
    )


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
