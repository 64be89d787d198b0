"""Phrases as data: what the words of a message say, found by regular expressions from YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cxdesk import paths
from cxdesk.errors import UserError
from cxdesk.model import Problem
from cxdesk.playbook.fields import Fields
from cxdesk.playbook.located import UnreadableError, read_yaml

_FIELDS = frozenset({"from", "phrases", "weak", "unless", "examples"})
_STRAIGHT = str.maketrans("‘’“”´`\u00a0", "''\"\"'' ")  # one for one: offsets stay true
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*|[.!?]+")
_LONGEST = 6000
"""Characters read of a message: what it is about stands at its beginning."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one code. `speaker` is whose words are read."""

    code: str
    strong: re.Pattern[str] | None
    weak: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    speaker: str
    examples: tuple[str, ...]

    def find(self, sentences: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """The words that match, as they were written; none when only weak ones do."""
        return self._found(self.strong, sentences)

    def find_weak(self, sentences: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        return self._found(self.weak, sentences)

    def _found(
        self, wanted: re.Pattern[str] | None, sentences: Sequence[tuple[str, str]]
    ) -> tuple[str, ...]:
        found = []
        for lowered, written in sentences:
            match = wanted.search(lowered) if wanted else None
            if match and match.end() > match.start() and not self._excused(lowered):
                found.append(written[match.start() : match.end()].strip())
        return tuple(found)

    def _excused(self, sentence: str) -> bool:
        return self.unless is not None and self.unless.search(sentence) is not None


def straight(text: str) -> str:
    """The text with curly quotes and hard spaces replaced one for one."""
    return text.translate(_STRAIGHT)


def sentences(text: str) -> list[tuple[str, str]]:
    """Each sentence in lower case with straight quotes, and as it was written."""
    written = text[:_LONGEST]
    lowered = straight(written).lower()
    if len(lowered) != len(written):  # a letter whose small form is longer, as in Turkish
        lowered = written = straight(written)
    return [(lowered[m.start() : m.end()], written[m.start() : m.end()]) for m in _cut(lowered)]


def _cut(text: str) -> list[re.Match[str]]:
    return [match for match in _SENTENCE.finditer(text) if match.group().strip()]


def read_phrases(path: Path) -> tuple[Mapping[str, Phrases], list[Problem]]:
    """The phrases of a file by code, in its order, and what was wrong in it."""
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
            _pattern(fields, "phrases"),
            _pattern(fields, "weak"),
            _pattern(fields, "unless"),
            fields.text("from", "customer"),
            fields.texts("examples"),
        )
    return found, problems


def _pattern(fields: Fields, name: str) -> re.Pattern[str] | None:
    """One pattern of all good phrases; a broken phrase is named and left out."""
    good = []
    for place, phrase in enumerate(fields.texts(name)):
        try:
            re.compile(phrase)
        except re.error as error:
            fields.wrong(f"not a regular expression: {error}", name, place)
        else:
            good.append(f"(?:{phrase})")
    return re.compile(r"(?<!\w)(?:" + "|".join(good) + r")(?!\w)") if good else None


@cache
def shipped(name: str) -> Mapping[str, Phrases]:
    """The phrases that come with the program: `intents` or `states`; raises UserError."""
    found, problems = read_phrases(paths.resources() / "playbook" / f"{name}.yaml")
    if not found:
        raise UserError("; ".join(str(problem) for problem in problems))
    return found
