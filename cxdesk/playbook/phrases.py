"""Phrases as data: what the words of a message say, found by regular expressions from YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from cxdesk import paths
from cxdesk.errors import UserError
from cxdesk.model import Problem
from cxdesk.playbook.fields import Fields
from cxdesk.playbook.located import UnreadableError, read_yaml

_FIELDS = frozenset({"from", "phrases", "unless", "examples"})
_STRAIGHT = str.maketrans("‘’“”´`\u00a0", "''\"\"'' ")  # one for one: offsets stay true
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*|[.!?]+")
LONGEST = 6000
"""Characters read of a message: what it is about stands at its beginning."""


@dataclass(frozen=True)
class Phrases:
    """The phrases of one code. `speaker` is whose words are read.

    `wanted` and `unless` are regular expressions, compiled when first looked for: all of them at
    once would take a tenth of a second of every start.
    """

    code: str
    wanted: str
    unless: str
    speaker: str
    examples: tuple[str, ...]

    def find(self, sentences: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """The words that match, as they were written."""
        found = []
        for lowered, written in sentences:
            match = self._wanted.search(lowered) if self._wanted else None
            if match and match.end() > match.start() and not self._excused(lowered):
                found.append(written[match.start() : match.end()].strip())
        return tuple(found)

    @cached_property
    def _wanted(self) -> re.Pattern[str] | None:
        return _compiled(self.wanted)

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return _compiled(self.unless)

    def _excused(self, sentence: str) -> bool:
        return self._unless is not None and self._unless.search(sentence) is not None


def _compiled(expression: str) -> re.Pattern[str] | None:
    return re.compile(expression) if expression else None


def straight(text: str) -> str:
    """The text with curly quotes and hard spaces replaced one for one."""
    return text.translate(_STRAIGHT)


def lower(text: str) -> str:
    """The text in small letters with straight quotes, every character in its place."""
    plain = straight(text)
    lowered = plain.lower()
    return (
        lowered if len(lowered) == len(plain) else plain
    )  # as in Turkish: one letter grows to two


def sentences(text: str) -> list[tuple[str, str]]:
    """Each sentence in lower case with straight quotes, and as it was written."""
    written = text[:LONGEST]
    lowered = lower(written)
    return [(lowered[m.start() : m.end()], written[m.start() : m.end()]) for m in _cut(lowered)]


def _cut(text: str) -> list[re.Match[str]]:
    return [match for match in _SENTENCE.finditer(text) if match.group().strip()]


def read_phrases(path: Path) -> tuple[Mapping[str, Phrases], list[Problem]]:
    """The phrases of a file by code, in its order, and what was wrong in it.

    Each phrase is tried: a broken one is named and left out.
    """
    return _read(path, _good_ones)


@cache
def shipped(name: str) -> Mapping[str, Phrases]:
    """The phrases that come with the program: `intents` or `states`; raises UserError.

    They are taken as they stand: a test has tried each.
    """
    found, problems = _read(paths.resources() / "playbook" / f"{name}.yaml", Fields.texts)
    if not found:
        raise UserError("; ".join(str(problem) for problem in problems))
    return found


def _read(
    path: Path, texts: Callable[[Fields, str], Sequence[str]]
) -> tuple[dict[str, Phrases], list[Problem]]:
    problems: list[Problem] = []
    try:
        source = read_yaml(path, path.name)
    except UnreadableError as error:
        return {}, [error.problem]
    found = {}
    for code in source.data:
        fields = Fields(source, problems, (str(code),))
        fields.only(_FIELDS)
        found[str(code)] = Phrases(
            str(code),
            _either(texts(fields, "phrases")),
            _either(texts(fields, "unless")),
            fields.text("from", "customer"),
            fields.texts("examples"),
        )
    return found, problems


def _good_ones(fields: Fields, name: str) -> list[str]:
    good = []
    for place, phrase in enumerate(fields.texts(name)):
        try:
            re.compile(phrase)
        except re.error as error:
            fields.wrong(f"not a regular expression: {error}", name, place)
        else:
            good.append(phrase)
    return good


def _either(phrases: Sequence[str]) -> str:
    """One regular expression for any of a few phrases, each beginning and ending at a word."""
    return (
        r"(?<!\w)(?:" + "|".join(f"(?:{each})" for each in phrases) + r")(?!\w)" if phrases else ""
    )
