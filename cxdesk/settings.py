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
    theme: str = "system"  # system, light, dark, contrast
    guidance: str = "standard"  # learner, standard, quiet
    undo_seconds: int = 15
    single_keys: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)
    window: Mapping[str, Any] = field(default_factory=dict)  # geometry and splitters, base64 text


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
    for each in fields(Settings):
        if each.name not in data:
            continue
        value = data[each.name]
        default = getattr(Settings(), each.name)
        if isinstance(default, tuple) and isinstance(value, list):
            good[each.name] = tuple(str(item) for item in value)
        elif type(value) is type(default):
            good[each.name] = value
        else:
            message = f"expected {type(default).__name__}, kept the default"
            problems.append(Problem(str(path), message, field=each.name))
    return Settings(**good), problems


def write(path: Path, settings: Settings) -> None:
    """Write settings so that a crash leaves either the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n", "utf-8")
    temporary.replace(path)
