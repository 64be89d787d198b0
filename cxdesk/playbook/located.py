"""YAML with the line of every field, so that a problem can point at what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cxdesk import yaml_files
from cxdesk.model import Problem
from cxdesk.yaml_files import BrokenYamlError, Trail

MAX_BYTES = 64 * 1024
"""A play is about 2 kB and the shared file 12 kB; more than this is not a playbook file."""


class UnreadableError(Exception):
    """A file that cannot be read at all; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Located:
    """The plain data of a YAML mapping, and the line (from 1) where each field stands."""

    file: str
    data: Mapping[str, Any]
    path: Path | None = None

    @cached_property
    def lines(self) -> Mapping[Trail, int]:
        """Read from the file when the first problem asks; none when it has gone meanwhile."""
        try:
            return yaml_files.lines(self.path) if self.path else {}
        except (OSError, ValueError):
            return {}

    def line(self, trail: Trail) -> int | None:
        """The line of a field, or of the nearest field around it that exists."""
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return self.lines.get(trail)

    def problem(self, message: str, *trail: str | int) -> Problem:
        """A problem that names this file, the field and its line."""
        name = ".".join(str(part) for part in trail)
        return Problem(self.file, message, self.line(trail), name)


def read_yaml(path: Path, name: str) -> Located:
    """One YAML mapping from a file, called `name` in problems; raises UnreadableError."""
    try:
        data = _data(path, name)
    except BrokenYamlError as error:
        raise UnreadableError(Problem(name, str(error), error.line)) from error
    except UnicodeDecodeError as error:
        what = f"not UTF-8 text (byte {error.start})"
        raise UnreadableError(Problem(name, what)) from error
    except OSError as error:
        raise UnreadableError(Problem(name, error.strerror or "cannot be opened")) from error
    if not isinstance(data, Mapping):
        raise UnreadableError(Problem(name, "empty, or not a list of named fields", 1))
    return Located(name, data, path)


def _data(path: Path, name: str) -> Any:
    size = path.stat().st_size
    if size > MAX_BYTES:
        what = f"{size} bytes; a playbook file has at most {MAX_BYTES}"
        raise UnreadableError(Problem(name, what))
    return yaml_files.load(path)
