"""The only module that knows directories."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of shipped data: inside the package when installed, beside it in a checkout."""
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def default_profile() -> Path:
    """The user's data folder, where everything the app writes lies unless told otherwise."""
    return Path(platformdirs.user_data_dir("cxdesk", appauthor=False))


def cache() -> Path:
    """The folder for what can be made again at any time; `CXDESK_CACHE` names another one."""
    chosen = os.environ.get("CXDESK_CACHE")
    return Path(chosen or platformdirs.user_cache_dir("cxdesk", appauthor=False))


@dataclass(frozen=True, slots=True)
class Profile:
    """Every place the app writes to, below one folder."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "cxdesk.db"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def playbook(self) -> Path:
        """The company's own playbook; until a trainer makes one, the starter playbook is used."""
        return self.root / "playbook"

    @property
    def company_words(self) -> Path:
        """Beside the playbook and not in it: a company may have words before it has a playbook."""
        return self.root / "company_words.yaml"

    @property
    def log(self) -> Path:
        return self.root / "cxdesk.log"

    @property
    def lock(self) -> Path:
        """There while a window has this profile open."""
        return self.root / "cxdesk.lock"

    def create(self) -> Profile:
        """Make the folder, readable by this user alone where the system knows such a thing."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self
