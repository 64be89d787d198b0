"""`cxdesk promises` as other programs call it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from cxdesk.cli import cli

NOW = "2026-03-11T10:20:00"


def run(profile: Path, *records: object) -> Result:
    stdin = "".join(json.dumps(record) + "\n" for record in records)
    return CliRunner().invoke(cli, ["promises", "--profile", str(profile)], input=stdin)


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_reply_is_answered_with_its_promises(tmp_path: Path) -> None:
    text = "Sorry about that. I'll release the payment on Friday, and we'll call you shortly."

    result = run(tmp_path, {"id": 7, "text": text, "now": NOW, "mood": "any other field"})

    assert result.exit_code == 0
    assert answers(result) == [
        {
            "id": 7,
            "promises": [
                {"start": 18, "end": 52, "due": "2026-03-13T17:00:00",
                 "what": "release the payment"},
                {"start": 58, "end": 80, "due": None, "what": "call"},
            ],
        }
    ]  # fmt: skip


def test_a_due_time_keeps_the_offset_of_now(tmp_path: Path) -> None:
    record = {"id": 1, "text": "I'll call you at 3 pm.", "now": f"{NOW}-07:00"}

    (answer,) = answers(run(tmp_path, record))

    assert answer["promises"][0]["due"] == "2026-03-11T15:00:00-07:00"


def test_bad_lines_are_answered_in_their_place_and_end_with_exit_code_two(tmp_path: Path) -> None:
    good = {"id": "good", "text": "Thank you.", "now": NOW}

    result = run(tmp_path, {"id": 1, "text": "Hi"}, good, {"id": 3, "text": 4, "now": NOW},
                 {"id": 4, "text": "Hi", "now": "soon"})  # fmt: skip

    first, second, third, fourth = answers(result)
    assert result.exit_code == 2
    assert first == {"id": 1, "error": "line 1: now is missing"}
    assert second == {"id": "good", "promises": []}
    assert third == {"id": 3, "error": "line 3: text is not a string"}
    assert fourth == {"id": 4, "error": "line 4: now is not an ISO time"}


def test_the_hours_are_those_of_the_settings(tmp_path: Path) -> None:
    chosen = {"day_start": "08:00", "day_end": "18:30", "weekend": ["friday", "saturday"]}
    (tmp_path / "settings.json").write_text(json.dumps(chosen), "utf-8")
    record = {"id": 1, "text": "We'll mend it in two working days.", "now": NOW}

    (answer,) = answers(run(tmp_path, record))

    assert answer["promises"][0]["due"] == "2026-03-15T18:30:00"
