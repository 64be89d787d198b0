"""YAML files, each parsed once: the parser takes 4 ms for a kilobyte, and a start reads 150 files.

What a file holds is kept as JSON in the user's cache, beside the hash of its bytes: a changed file
is parsed again. One bundle holds the files of one folder, for opening files is what costs where a
virus scanner watches; without one, a cache file for each YAML file is as fast (measured on Linux).
The cache may be gone, broken or unwritable at any time: it saves time and nothing else.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxdesk import paths

if TYPE_CHECKING:  # imported where a file is parsed: with a warm cache the window never needs it
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import Node

Trail = tuple[str | int, ...]
"""Names and places (from 0) that lead from the top of a file to a field."""

_FORMAT = b"1"
_DAY = 86_400
_UNUSED_DAYS = 60  # a bundle that nobody read for so long belongs to a folder that is gone

_Kept = Mapping[str, list[str]]  # file name -> [hash of its bytes, value as JSON]


class BrokenYamlError(ValueError):
    """A text that is not readable as YAML; `line` counts from 1, None when nobody knows."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def load(path: Path) -> Any:
    """What a file holds, as the safe YAML parser reads it; the caller may change the value.

    Raises BrokenYamlError, for anchors and aliases too: a few of them grow without end. Raises
    OSError and UnicodeDecodeError when the file cannot be read as UTF-8.
    """
    content = path.read_bytes()
    key = hashlib.sha256(_parser_version() + content).hexdigest()
    bundle = _bundle_of(path.parent)
    with contextlib.suppress(LookupError, TypeError, ValueError):
        known, text = _kept(bundle)[path.name]
        if known == key:
            return json.loads(text)
    value = _parsed(content.decode("utf-8-sig"))
    if (as_json := _as_json(value)) is not None:
        _keep(bundle, path, [key, as_json])
    return value


def lines(path: Path) -> dict[Trail, int]:
    """The line (from 1) of every field of a file. Slow: ask where there is a problem to point at.

    Raises what `load` raises.
    """
    text = path.read_bytes().decode("utf-8-sig")
    with _breakage():
        root = _yaml().compose(text)
        return {} if root is None else _lines(root)


# ------------------------------------------------------------------ parsing


def _yaml() -> YAML:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True)


def _parsed(text: str) -> Any:
    yaml = _yaml()
    with _breakage():
        root = yaml.compose(text)
        if root is None:
            return None
        _refuse_aliases(root)
        return yaml.constructor.construct_document(root)


@contextlib.contextmanager
def _breakage() -> Iterator[None]:
    """Whatever the parser raises, as one kind of error that names the line."""
    from ruamel.yaml.error import MarkedYAMLError

    try:
        yield
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "unknown error"
        line = None if mark is None else mark.line + 1
        raise BrokenYamlError(f"not readable as YAML: {what}", line) from error
    except BrokenYamlError:
        raise
    except Exception as error:  # odd texts end in KeyError, RecursionError and more
        raise BrokenYamlError(f"not readable as YAML: {error}") from error


def _refuse_aliases(root: Node) -> None:
    """A node met twice is an alias."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            line = node.start_mark.line + 1
            raise BrokenYamlError("anchors and aliases are not used here", line)
        seen.add(id(node))
        waiting += (child for _, child in _children(node))
        waiting += (key for key, _ in _pairs(node))


def _lines(root: Node) -> dict[Trail, int]:
    found: dict[Trail, int] = {}
    waiting: list[tuple[Trail, Node]] = [((), root)]
    while waiting:
        trail, node = waiting.pop()
        found.setdefault(trail, node.start_mark.line + 1)
        waiting += [((*trail, name), child) for name, child in _children(node)]
        found |= {(*trail, str(key.value)): key.start_mark.line + 1 for key, _ in _pairs(node)}
    return found


def _children(node: Node) -> list[tuple[str | int, Node]]:
    from ruamel.yaml.nodes import SequenceNode

    if isinstance(node, SequenceNode):
        return list(enumerate(node.value))
    return [(str(key.value), value) for key, value in _pairs(node)]


def _pairs(node: Node) -> list[tuple[Node, Node]]:
    from ruamel.yaml.nodes import MappingNode

    return list(node.value) if isinstance(node, MappingNode) else []


# ------------------------------------------------------------------ keeping


@functools.cache
def _parser_version() -> bytes:
    """What tells one parser from the next: its first file, for importing it takes 30 ms."""
    found = importlib.util.find_spec("ruamel.yaml")
    with contextlib.suppress(OSError):
        if found and found.origin:
            return _FORMAT + Path(found.origin).read_bytes()
    return _FORMAT


def _bundle_of(folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()
    return paths.cache() / "yaml" / f"{name[:24]}.json"


def _kept(bundle: Path) -> _Kept:
    """What a bundle holds; nothing when it cannot be read."""
    try:
        known = bundle.stat()
        return _read(bundle, known.st_mtime_ns, known.st_size)
    except (OSError, ValueError):
        return {}


@functools.lru_cache(maxsize=2)
def _read(bundle: Path, changed: int, _size: int) -> _Kept:
    """A bundle in one state. A day after the last time it is marked as still used."""
    kept = json.loads(bundle.read_bytes())
    if time.time() - changed / 1e9 > _DAY:
        with contextlib.suppress(OSError):
            os.utime(bundle)
    return kept if isinstance(kept, dict) else {}


def _keep(bundle: Path, path: Path, entry: list[str]) -> None:
    """Put a file's value into the bundle of its folder, and take out files that are gone.

    Two processes that do so at once may lose a value of one of them, never a bundle.
    """
    with contextlib.suppress(OSError):
        there = {each.name for each in path.parent.iterdir()}
        kept = {name: known for name, known in _kept(bundle).items() if name in there}
        if not bundle.exists():
            _forget_unused(bundle.parent)
        _write(bundle, json.dumps(kept | {path.name: entry}))


def _write(bundle: Path, text: str) -> None:
    bundle.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=bundle.parent, suffix=".tmp", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(text)
            file.close()  # Windows moves no open file
            temporary.replace(bundle)
        finally:
            temporary.unlink(missing_ok=True)


def _forget_unused(folder: Path) -> None:
    oldest = time.time() - _UNUSED_DAYS * _DAY
    with contextlib.suppress(FileNotFoundError):
        for file in folder.iterdir():
            if file.stat().st_mtime < oldest:
                file.unlink()


def _as_json(value: Any) -> str | None:
    """The value as JSON; None when JSON would not give back the very same, as with dates."""
    try:
        text = json.dumps(value, allow_nan=False) if _is_plain(value) else None
    except (ValueError, RecursionError):
        return None
    return text if text is not None and json.loads(text) == value else None


def _is_plain(value: Any) -> bool:
    if type(value) is dict:
        return all(type(key) is str and _is_plain(part) for key, part in value.items())
    if type(value) is list:
        return all(map(_is_plain, value))
    return value is None or type(value) in (str, int, float, bool)
