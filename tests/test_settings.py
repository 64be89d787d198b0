"""Settings: whatever the file holds, the desk opens."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path

import pytest

from cxdesk.model import Hours
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
        ("day_start", "9:00"),
        ("day_start", "25:00"),
        ("day_end", "08:00"),
        ("day_end", 17),
        ("weekend", ["caturday"]),
        ("weekend", ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
        ("remind_minutes", -1),
        ("remind_minutes", 1441),
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


def test_a_company_may_work_on_sundays_and_late() -> None:
    chosen = Settings(day_start="12:30", day_end="21:00", weekend=("monday",))

    assert chosen.hours == Hours(time(12, 30), time(21), frozenset({0}))
    assert Settings().hours == Hours()
    assert Settings(weekend=()).hours.weekend == frozenset()


def test_the_file_that_was_broken_stays_beside_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "company": "Lumen')

    write(path, Settings(theme="light"))
    write(path, Settings(theme="light", company="Lumen"))

    assert read(path) == (Settings(theme="light", company="Lumen"), [])
    assert (tmp_path / "settings.json.broken").read_text() == '{"theme": "dark", "company": "Lumen'
