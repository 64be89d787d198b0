"""The rooms of the house keep to themselves, so that nobody has to police it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "cxdesk"
SHARED = {"model", "errors", "paths", "settings", "yaml_files"}
ROOMS = {"channels", "store", "nlp", "playbook"}
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "paths": set(),
    "settings": {"model"},
    "lines": {"errors"},
    "record_check": {"model", "channels"},
    "yaml_files": {"paths"},
    **dict.fromkeys(ROOMS, SHARED),
    "said": {"model"},
    "intake": {"model", "store"},
    "outgoing": {"channels", "store", "settings"},
    "promised": {"model", "errors", "nlp"},
    "understanding": {"model", "said", "store", "nlp"},
    "experience": {"model", "store"},
    # of nlp what the score is made of, of store the shape of a dismissal
    "overruling": {"model", "said", "store", "nlp"},
    "desk": SHARED
    | ROOMS
    | {"said", "intake", "outgoing", "understanding", "overruling", "promised", "experience"},
    # of nlp the list of company words
    "background_process": SHARED | {"desk", "understanding", "nlp"},
    "background": SHARED | {"background_process", "desk"},
    "advisor": SHARED | ROOMS | {"desk", "said"},
    "demo": SHARED | {"desk"},
    "doctor": SHARED | {"nlp"},  # to see whether it loads
    "records": SHARED | {"desk"},
    # of nlp the handle of the worker process, of playbook the plays a page shows
    "ui": SHARED | {"nlp", "playbook", "desk", "said", "overruling", "background", "demo"},
    # of nlp the promises, which need no spaCy
    "cli": SHARED | {"nlp", "desk", "advisor", "lines", "record_check", "records", "doctor", "app"},
    "app": SHARED | {"desk", "ui", "background", "demo"},
    "__main__": {"cli"},
    "__init__": set(),
}
OWNED = {
    "PySide6": "ui",
    "spacy": "nlp",
    "sqlite_utils": "store",
    "sqlite3": "store",
    "ruamel": "yaml_files",
}


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)

    reached = {
        name.split(".")[1]
        for name in imports(path)
        if name.startswith("cxdesk.") and name != "cxdesk.__version__"
    }

    assert reached - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize(("library", "owner"), OWNED.items())
def test_a_material_has_one_room(library: str, owner: str) -> None:
    users = {
        room_of(path)
        for path in sources()
        for name in imports(path)
        if name.split(".")[0] == library
    }

    # app builds the QApplication: it is the composition root of the window
    assert users - {"app"} <= {owner}


def test_sql_is_written_in_the_store_alone() -> None:
    sql = re.compile(
        r"\s*(select\s.*\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s"
        r"|delete\s+from\s|(create|drop|alter)\s+table\s|pragma\s)",
        re.IGNORECASE | re.DOTALL,
    )

    strays = [
        f"{path.name}:{node.lineno}"
        for path in sources()
        if room_of(path) != "store"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if sql.match(node.value)
    ]

    assert strays == []


def test_the_top_level_is_fixed() -> None:
    allowed = {"cxdesk", "resources", "scripts", "tests", "pyproject.toml", "README.md", "LICENSE"}

    made_by_running = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()}

    seen = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert seen - made_by_running - {"cxdesk.egg-info"} <= allowed
