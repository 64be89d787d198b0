"""Settings: one dataclass with defaults, read once, passed to those who need them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from cxdesk.model import Problem


@dataclass(frozen=True, slots=True)
class Settings:
    """What an agent may choose. `keys` holds only changed keys: action id to key text."""

    agent_name: str = ""
    company: str = ""
    own_addresses: tuple[str, ...] = ()
    theme: str = "system"
    guidance: str = "standard"
    undo_seconds: int = 15
    single_keys: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)
    window: Mapping[str, Any] = field(default_factory=dict)  # geometry and splitters, base64 text


_WORDS = {
    "theme": ("system", "light", "dark", "contrast"),
    "guidance": ("learner", "standard", "quiet"),
}
_LONGEST_UNDO_S = 3600


def read(path: Path) -> tuple[Settings, list[Problem]]:
    """Settings from a JSON file, and what was wrong in it; a wrong field keeps its default."""
    if not path.exists():
        return Settings(), []
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        return Settings(), [Problem(str(path), f"not readable as settings: {error}")]
    if not isinstance(data, dict):
        return Settings(), [Problem(str(path), "not readable as settings: expected an object")]
    good: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in (each.name for each in fields(Settings) if each.name in data):
        wrong = _wrong(name, data[name])
        if wrong:
            problems.append(Problem(str(path), f"{wrong}, kept the default", field=name))
        else:
            good[name] = tuple(data[name]) if isinstance(data[name], list) else data[name]
    return Settings(**good), problems


def _wrong(name: str, value: Any) -> str:
    """What keeps a value from being that of a setting, or ""."""
    default = getattr(Settings(), name)
    if isinstance(default, tuple):
        texts = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return "" if texts else "expected a list of texts"
    if type(value) is not type(default):
        return f"expected {type(default).__name__}"
    if isinstance(value, dict) and not all(isinstance(each, str) for each in value.values()):
        return "expected texts"
    if name in _WORDS and value not in _WORDS[name]:
        return f"expected one of {', '.join(_WORDS[name])}"
    if name == "undo_seconds" and not 0 <= value <= _LONGEST_UNDO_S:
        return f"expected 0 to {_LONGEST_UNDO_S}"
    return ""


def write(path: Path, settings: Settings) -> None:
    """Write settings so that a crash leaves either the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    text = json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n"
    temporary.write_text(text, "utf-8", errors="replace")  # half an emoji may have been typed
    temporary.replace(path)
