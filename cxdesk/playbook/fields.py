"""Typed access to the fields of a YAML file: a wrong one becomes a problem and a default."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from cxdesk.model import Problem
from cxdesk.playbook.located import Located
from cxdesk.yaml_files import Trail

Word = TypeVar("Word", bound=StrEnum)


class Fields:
    """The fields of one mapping of a file. What is wrong in them is added to `problems`."""

    def __init__(self, source: Located, problems: list[Problem], trail: Trail = ()) -> None:
        self.source = source
        self.problems = problems
        self.trail = trail
        data: Any = source.data
        for part in trail:
            data = _below(data, part)
        self.data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if data is not None and not isinstance(data, Mapping):
            self.wrong("expected named fields")

    def wrong(self, message: str, *trail: str | int) -> None:
        self.problems.append(self.source.problem(message, *self.trail, *trail))

    def part(self, name: str) -> Fields:
        """The fields below one field; none when it is missing."""
        return Fields(self.source, self.problems, (*self.trail, name))

    def only(self, names: Collection[str]) -> None:
        """Name every field that has no meaning here: most often a slip of the pen."""
        for name in self.data:
            if name not in names:
                self.wrong(f"unknown field; known are {', '.join(sorted(names))}", str(name))

    def parts(self, name: str) -> list[Fields]:
        """The items of a list of mappings; none when it is missing."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, list):
            self.wrong("expected a list", name)
            return []
        trail = (*self.trail, name)
        return [Fields(self.source, self.problems, (*trail, n)) for n in range(len(value or []))]

    def text(self, name: str, default: str = "", *, required: bool = False) -> str:
        value = self.data.get(name)
        if value is None or value == "":
            if required:
                self.wrong("missing", name)
            return default
        if isinstance(value, bool | list | dict):
            self.wrong("expected text", name)
            return default
        return str(value).strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; a single text stands for a list of one."""
        value = self.data.get(name)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value.strip(),)
        if not isinstance(value, list) or any(isinstance(item, dict | list) for item in value):
            self.wrong("expected a list of texts", name)
            return ()
        return tuple(str(item).strip() for item in value if item is not None)

    def chosen(self, name: str, known: Collection[str]) -> frozenset[str]:
        """The known words of a list; each unknown one is named."""
        words = self.texts(name)
        for place, word in enumerate(words):
            if word not in known:
                self.wrong(f"unknown: {word}", name, place)
        return frozenset(word for word in words if word in known)

    def words(self, name: str, kind: type[Word]) -> frozenset[Word]:
        """The members of an enumeration named in a list; each unknown one is named."""
        return frozenset(kind(word) for word in self.chosen(name, [str(one) for one in kind]))

    def flag(self, name: str, default: bool | None = None) -> bool | None:
        value = self.data.get(name, default)
        if value is not None and not isinstance(value, bool):
            self.wrong("expected true or false", name)
            return default
        return value

    def amount(self, name: str) -> float | None:
        """An amount of money from 0; None when missing."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            self.wrong("expected an amount from 0", name)
            return None
        return float(value)

    def day(self, name: str) -> date | None:
        """A date, written 2027-01-31; None when missing."""
        value = self.data.get(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong("expected a date, like 2027-01-31", name)
            return None

    def number(self, name: str, default: int | None = None) -> int | None:
        """A whole number from 0; `default` when missing."""
        value = self.data.get(name, default)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            self.wrong("expected a whole number", name)
            return default
        if value is not None and value < 0:
            self.wrong("expected a number from 0", name)
            return default
        return value

    def span(self, name: str, least: int, most: int) -> tuple[int, int]:
        """A pair [from, to] within bounds; the whole range when missing or wrong."""
        value = self.data.get(name)
        if value is None:
            return least, most
        if not (isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value)):
            self.wrong("expected two whole numbers, [from, to]", name)
            return least, most
        low, high = value
        if not least <= low <= high <= most:
            self.wrong(f"expected numbers from {least} to {most}, the smaller first", name)
            return least, most
        return low, high

    def mapping(self, name: str) -> dict[str, str]:
        """Names with a text each."""
        part = self.part(name)
        return {str(key): part.text(str(key)) for key in part.data}


def _below(data: Any, part: str | int) -> Any:
    """The value at a key of a mapping or a place of a list; None when there is none."""
    if isinstance(data, Mapping):
        return data.get(part)
    return data[part] if isinstance(data, list) and isinstance(part, int) else None
