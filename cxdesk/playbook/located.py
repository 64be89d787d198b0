"""YAML with the line of every field, so that a problem can point at what to mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from cxdesk.model import Problem

MAX_BYTES = 64 * 1024
"""A play is about 2 kB and the shared file 12 kB; more than this is not a playbook file."""

Trail = tuple[str | int, ...]


class UnreadableError(Exception):
    """A file that cannot be read at all; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Located:
    """The plain data of a YAML mapping, and the line (from 1) where each field stands."""

    file: str
    data: Mapping[str, Any]
    lines: Mapping[Trail, int] = field(default_factory=dict)

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
    text = _text(path, name)
    yaml = YAML(typ="safe", pure=True)
    try:
        node = yaml.compose(text)
        lines = {} if node is None else _lines(node, name)
        data = None if node is None else yaml.constructor.construct_document(node)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        what = f"not readable as YAML: {error.problem or error.context or 'unknown error'}"
        raise UnreadableError(Problem(name, what, line)) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise UnreadableError(Problem(name, f"not readable as YAML: {error}")) from error
    if not isinstance(data, Mapping):
        raise UnreadableError(Problem(name, "empty, or not a list of named fields", 1))
    return Located(name, data, lines)


def _text(path: Path, name: str) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            what = f"{size} bytes; a playbook file has at most {MAX_BYTES}"
            raise UnreadableError(Problem(name, what))
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"not UTF-8 text (byte {error.start})"
        raise UnreadableError(Problem(name, what)) from error
    except OSError as error:
        raise UnreadableError(Problem(name, error.strerror or "cannot be opened")) from error


def _lines(root: Node, name: str) -> dict[Trail, int]:
    """The line of every field. A node met twice is an alias: a few of them grow without end."""
    lines: dict[Trail, int] = {}
    seen: set[int] = set()
    waiting: list[tuple[Trail, Node]] = [((), root)]
    while waiting:
        trail, node = waiting.pop()
        line = node.start_mark.line + 1
        if id(node) in seen:
            raise UnreadableError(
                Problem(name, "anchors and aliases are not used in a playbook", line)
            )
        seen.add(id(node))
        lines.setdefault(trail, line)
        waiting += [((*trail, key), child) for key, child in _children(node)]
        if isinstance(node, MappingNode):
            lines |= {(*trail, str(k.value)): k.start_mark.line + 1 for k, _ in node.value}
    return lines


def _children(node: Node) -> Sequence[tuple[str | int, Node]]:
    if isinstance(node, MappingNode):
        return [(str(key.value), value) for key, value in node.value]
    if isinstance(node, SequenceNode):
        return list(enumerate(node.value))
    return []
