"""What `cxdesk doctor` says: versions, paths, every file the app writes, and what is missing."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import sys
import zipfile
from pathlib import Path
from typing import Any

from cxdesk import __version__, paths
from cxdesk.model import ReviewRequest, Tier
from cxdesk.paths import Profile

PACKAGES = (
    *("PySide6-Essentials", "spacy", "onnxruntime", "tokenizers"),
    *("sqlite-utils", "ruamel.yaml", "inscriptis", "chardet"),
)
RESOURCES = (
    "lexicon", "review", "reader", "promises", "model", "playbook", "icons", "styles", "demo"
)  # fmt: skip

Report = dict[str, Any]


def examine(profile: Profile) -> Report:
    """The report, ready for JSON. `missing` names what keeps the app from working fully."""
    versions = {name: _version(name) for name in PACKAGES}
    resources = paths.resources()
    missing = [f"package {name}" for name, found in versions.items() if not found]
    missing += [f"folder resources/{name}" for name in RESOURCES if not (resources / name).is_dir()]
    model = _model(resources / "model")
    missing += [f"model, {tier} tier: {wrong}" for tier, wrong in model["tiers"].items() if wrong]
    reader = _wrong_with_reader(resources / "reader")
    missing += [f"reader of drafts: {reader}"] if reader else []
    if sys.platform == "linux" and not _has_display():
        note = "no display: the demo runs off-screen and saves pictures"
    else:
        note = "a display is there"
    return {
        "cxdesk": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "packages": versions,
        "model": model,
        "display": note,
        "profile": str(profile.root),
        "resources": str(resources),
        "writes": [_file(path) for path in _written(profile)],
        "missing": missing,
    }


def in_words(report: Report) -> str:
    lines = [f"cxdesk {report['cxdesk']}, Python {report['python']}, {report['system']}"]
    lines += [f"  {name} {found or 'MISSING'}" for name, found in report["packages"].items()]
    lines += [_model_in_words(report["model"])]
    lines += [f"Display: {report['display']}", f"Profile: {report['profile']}"]
    lines += ["Every file cxdesk writes:"]
    lines += [f"  {each['path']}  ({each['size']})" for each in report["writes"]]
    lines += [f"Missing: {each}" for each in report["missing"]] or ["Nothing is missing."]
    return "\n".join(lines)


def write_bundle(report: Report, profile: Profile, target: Path) -> None:
    """A zip with the report and the logs, which never hold a customer's words. Raises OSError."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("doctor.json", json.dumps(report, indent=2, ensure_ascii=False))
        for log in (profile.log, *_older_logs(profile)):
            if log.exists():
                bundle.write(log, log.name)


def _written(profile: Profile) -> list[Path]:
    own = [profile.database, profile.settings, profile.outbox, profile.playbook]
    own += [profile.company_words, profile.settings.with_name(f"{profile.settings.name}.broken")]
    beside = [profile.database.with_name(profile.database.name + end) for end in ("-wal", "-shm")]
    return [*own, *beside, profile.lock, profile.log, *_older_logs(profile), paths.cache()]


def _older_logs(profile: Profile) -> list[Path]:
    return sorted(profile.root.glob(f"{profile.log.name}.*"))


def _file(path: Path) -> dict[str, str]:
    if path.is_dir():
        count = sum(1 for each in path.rglob("*") if each.is_file())
        return {"path": str(path), "size": f"{count} files"}
    size = f"{path.stat().st_size} bytes" if path.exists() else "not yet"
    return {"path": str(path), "size": size}


def _model(folder: Path) -> Report:
    """Which language model lies there, and for each tier what keeps it from reading, or ""."""
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        name, version = str(meta["name"]), str(meta["version"])
    except (OSError, ValueError, LookupError, TypeError):
        name = version = ""
    tiers = {tier.value: _wrong_with(tier, folder) for tier in Tier}
    return {"folder": str(folder), "name": name, "version": version, "tiers": tiers}


def _wrong_with(tier: Tier, folder: Path) -> str:
    """Try a tier on a sentence: a file may be there and not be whole."""
    try:
        from cxdesk.nlp.engine import Engine

        Engine(model=folder).analyze(["Where is my order?"], tier)
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return ""


def _wrong_with_reader(folder: Path) -> str:
    """What keeps the network that reads drafts from reading, or ""."""
    try:
        from cxdesk.nlp.review.reader import DraftReader

        DraftReader(folder).read(ReviewRequest(""), "Thank you for writing.")
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return ""


def _model_in_words(model: Report) -> str:
    named = f"{model['name']} {model['version']}".strip() or "MISSING"
    tiers = ", ".join(
        f"{tier} {'BROKEN' if wrong else 'works'}" for tier, wrong in model["tiers"].items()
    )
    return f"Language model: {named} ({tiers}) in {model['folder']}"


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
