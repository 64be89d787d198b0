"""Settings: whatever the file holds, the desk opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cxdesk.settings import Settings, read, write


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    chosen = Settings(
        agent_name="Zoë", own_addresses=("a@b.example",), theme="dark", keys={"send": "F2"}
    )

    write(path, chosen)

    assert read(path) == (chosen, [])


@pytest.mark.parametrize(
    ("field", "value"),
    (
        ("theme", "purple"),
        ("guidance", 3),
        ("undo_seconds", -5),
        ("undo_seconds", True),
        ("keys", {"send": 5}),
        ("window", {"geometry": None}),
        ("own_addresses", [1]),
        ("agent_name", None),
    ),
)
def test_a_wrong_value_is_named_and_keeps_its_default(
    tmp_path: Path, field: str, value: object
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({field: value, "company": "Lumen"}))

    chosen, problems = read(path)

    assert chosen == Settings(company="Lumen")
    assert [each.field for each in problems] == [field]


@pytest.mark.parametrize("content", (b"", b"{", b"[]", b"\xff\xfe"))
def test_a_file_that_is_no_settings_is_named_and_changes_nothing(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)

    chosen, problems = read(path)

    assert chosen == Settings()
    assert len(problems) == 1


def test_a_name_typed_with_half_an_emoji_is_kept_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"

    write(path, Settings(agent_name="Robin \ud83d", company="Lumen"))

    assert read(path)[0].company == "Lumen"
