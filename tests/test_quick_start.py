"""The window is there at once because of what it does not load; this is where that is kept."""

from __future__ import annotations

import subprocess
import sys

import pytest

SLOW = ("spacy", "numpy", "email", "lxml", "inscriptis", "chardet", "PySide6.QtTest")


def loaded_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_the_window_loads_nothing_slow_that_it_does_not_show() -> None:
    assert loaded_by("import cxdesk.app") & {*SLOW, "ruamel.yaml"} == set()


def test_a_known_playbook_is_opened_without_the_yaml_parser() -> None:
    code = (
        "from cxdesk import paths, playbook\nplaybook.read_playbook(paths.resources() / 'playbook')"
    )
    loaded_by(code)

    loaded = loaded_by(code)

    assert "ruamel.yaml" not in loaded


@pytest.mark.parametrize("module", ("cxdesk.nlp.worker", "cxdesk.__main__"))
def test_a_process_beside_the_window_begins_without_the_window(module: str) -> None:
    loaded = loaded_by(f"import {module}")

    assert {"PySide6", "cxdesk.desk", "cxdesk.cli"} & loaded == set()


def test_numpy_is_hidden_from_the_database_alone() -> None:
    assert "numpy" in loaded_by("import cxdesk.store, numpy; numpy.zeros(1)")
