"""Settings: one dataclass with defaults, read once, passed to those who need them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import time
from pathlib import Path
from typing import Any

from cxdesk.model import Hours, Problem

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an agent may choose. `keys` holds only changed keys: action id to key text.

    `day_start` and `day_end` are HH:MM in local time, `weekend` the names of days without work:
    what "by Friday" means in a reply. `remind_minutes` before a promise is due it is brought back.
    """

    agent_name: str = ""
    company: str = ""
    own_addresses: tuple[str, ...] = ()
    theme: str = "system"
    guidance: str = "standard"
    undo_seconds: int = 15
    single_keys: bool = True
    day_start: str = "09:00"
    day_end: str = "17:00"
    weekend: tuple[str, ...] = ("saturday", "sunday")
    remind_minutes: int = 30
    keys: Mapping[str, str] = field(default_factory=dict)
    window: Mapping[str, Any] = field(default_factory=dict)  # geometry and splitters, base64 text

    @property
    def hours(self) -> Hours:
        """When the company works."""
        return Hours(
            time.fromisoformat(self.day_start),
            time.fromisoformat(self.day_end),
            frozenset(map(WEEKDAYS.index, self.weekend)),
        )


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
    problems: list[Problem] = []
    for name in [each.name for each in fields(Settings) if each.name in data]:
        if wrong := _wrong(name, data[name]):
            problems.append(Problem(str(path), f"{wrong}, kept the default", field=name))
            del data[name]
    chosen = _with(data)
    if chosen.day_start >= chosen.day_end:  # HH:MM, so that texts sort as times
        wrong = "expected a time after day_start, kept both defaults"
        problems.append(Problem(str(path), wrong, field="day_end"))
        usual = Settings()
        chosen = replace(chosen, day_start=usual.day_start, day_end=usual.day_end)
    return chosen, problems


def _with(data: Mapping[str, Any]) -> Settings:
    """Settings from the values of a JSON object; what else stands in it is left alone."""
    values: dict[str, Any] = {
        each.name: tuple(value) if isinstance(value := data[each.name], list) else value
        for each in fields(Settings)
        if each.name in data
    }
    return Settings(**values)


def _wrong(name: str, value: Any) -> str:
    """What keeps a value from being that of a setting, or ""."""
    default = getattr(Settings(), name)
    if isinstance(default, tuple):
        if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
            return "expected a list of texts"
    elif type(value) is not type(default):
        return f"expected {type(default).__name__}"
    if isinstance(value, dict) and not all(isinstance(each, str) for each in value.values()):
        return "expected texts"
    return _CHECKS[name](value) if name in _CHECKS else ""


def _one_of(*words: str) -> Callable[[str], str]:
    return lambda value: "" if value in words else f"expected one of {', '.join(words)}"


def _between(least: int, most: int) -> Callable[[int], str]:
    return lambda value: "" if least <= value <= most else f"expected {least} to {most}"


def _clock_time(value: str) -> str:
    return "" if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII) else "expected HH:MM"


def _weekend(value: list[str]) -> str:
    if not set(value) <= set(WEEKDAYS):
        return f"expected days among {', '.join(WEEKDAYS)}"
    # "in two working days" would never come
    return "" if set(value) != set(WEEKDAYS) else "expected a day to work on"


_CHECKS: Mapping[str, Callable[[Any], str]] = {
    "theme": _one_of("system", "light", "dark", "contrast"),
    "guidance": _one_of("learner", "standard", "quiet"),
    "undo_seconds": _between(0, 3600),
    "day_start": _clock_time,
    "day_end": _clock_time,
    "weekend": _weekend,
    "remind_minutes": _between(0, 24 * 60),
}


def write(path: Path, settings: Settings) -> None:
    """Write settings so that a crash leaves either the old file or the new one.

    A file with anything wrong in it is not lost: it stays beside the new one, as `.broken`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    text = json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n"
    temporary.write_text(text, "utf-8", errors="replace")  # half an emoji may have been typed
    if read(path)[1]:
        path.replace(path.with_name(f"{path.name}.broken"))
    temporary.replace(path)
