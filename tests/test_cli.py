"""The command line as other programs call it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cxdesk.cli import cli


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, list(arguments), input=stdin)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def jsonl(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_analyze_answers_each_line_in_order_with_offsets_into_its_text() -> None:
    text = "Your driver lost my parcel. I'm furious!"

    result = run(
        "analyze", stdin=jsonl({"id": 7, "text": text, "extra": 1}, {"id": "b", "text": "Hi"})
    )

    assert result.exit_code == 0
    first, second = lines(result)
    assert first["id"] == 7
    assert first["level"] >= 3
    assert first["blames_company"] is True
    assert all(text[cue["start"] : cue["end"]] == cue["text"] for cue in first["cues"])
    assert second["id"] == "b"
    assert second["level"] == 0


def test_a_bad_line_gets_an_error_in_its_place_and_stops_nothing() -> None:
    stdin = (
        jsonl({"id": 1, "text": "Hello"}) + "not json\n" + jsonl({"id": 3}, {"id": 4, "text": "Hi"})
    )

    result = run("analyze", stdin=stdin)

    assert result.exit_code == 2
    found = lines(result)
    assert [each["id"] for each in found] == [1, None, 3, 4]
    assert ["error" in each for each in found] == [False, True, True, False]


def test_the_fast_tier_answers_in_the_same_form() -> None:
    result = run("analyze", "--fast", stdin=jsonl({"id": 1, "text": "I'm furious."}))

    assert lines(result)[0]["level"] >= 3


def test_review_finds_blame_and_offers_better_words() -> None:
    text = "You should have read the terms before you ordered."

    result = run("review", stdin=jsonl({"id": 1, "text": text}))

    (found,) = lines(result)
    finding = next(each for each in found["findings"] if each["code"] == "blame_customer")
    assert text[finding["start"] : finding["end"]] == finding["text"]
    assert finding["fixes"]
    assert found["score"] <= 30
    assert set(found["coverage"]) == {"heard", "owned", "next_step", "extra_mile"}


def test_review_context_overrides_what_the_conversation_shows() -> None:
    conversation = {"messages": [{"role": "customer", "text": "I'm furious. You lost it!"}]}
    context = {"fault": "customer", "level": 0}
    record = {"id": 1, "text": "We lost it. I'm sorry.", "conversation": conversation}

    plain, overridden = lines(run("review", stdin=jsonl(record, record | {"context": context})))

    assert "false_confession" not in {each["code"] for each in plain["findings"]}
    assert "false_confession" in {each["code"] for each in overridden["findings"]}


def test_suggest_gives_at_most_three_plays_each_with_a_because() -> None:
    conversation = {
        "id": "c",
        "channel": "chat",
        "customer": {"name": "Dana"},
        "messages": [{"role": "customer", "text": "You charged me twice! This is the third time."}],
    }

    result = run("suggest", stdin=jsonl({"id": 1, "conversation": conversation, "state": {}}))

    (found,) = lines(result)
    assert found["phase"] == "opening"
    assert 1 <= len(found["suggestions"]) <= 3
    assert all(each["because"] for each in found["suggestions"])
    assert "{" not in "".join(each["text"] for each in found["suggestions"])


def test_suggest_says_what_is_wrong_with_a_conversation() -> None:
    result = run("suggest", stdin=jsonl({"id": 1, "conversation": {"messages": [{"role": "x"}]}}))

    assert result.exit_code == 2
    assert "messages[0]" in lines(result)[0]["error"]


def test_import_counts_and_adds_nothing_when_repeated(tmp_path: Path) -> None:
    source = tmp_path / "talk.jsonl"
    message = {"role": "customer", "text": "Where is it?", "time": "2026-11-01T10:00:00Z"}
    source.write_text(jsonl({"id": "a", "channel": "chat", "messages": [message]}) + "broken\n")
    arguments = ("import", str(source), "--json", "--profile", str(tmp_path / "profile"))

    first, second = lines(run(*arguments))[0], lines(run(*arguments))[0]

    assert (first["conversations"], first["messages"], first["duplicates"]) == (1, 1, 0)
    assert [each["file"] for each in first["problems"]] == [str(source)]
    assert (second["conversations"], second["messages"], second["duplicates"]) == (0, 0, 1)


def test_an_import_of_nothing_readable_is_an_error(tmp_path: Path) -> None:
    result = run("import", str(tmp_path / "nowhere"), "--profile", str(tmp_path / "profile"))

    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_the_starter_playbook_has_no_problems() -> None:
    result = run("playbook", "check")

    assert result.exit_code == 0, result.output


def test_a_broken_play_is_named_with_file_line_and_field(tmp_path: Path) -> None:
    plays = tmp_path / "plays" / "apology"
    plays.mkdir(parents=True)
    (plays / "bad.yaml").write_text("id: bad\nfamily: nonsense\ntitle: Bad\n")

    result = run("playbook", "check", str(tmp_path), "--json")

    assert result.exit_code == 1
    families = [each for each in lines(result) if each["field"] == "family"]
    assert families
    assert families[0]["line"] == 2
    assert families[0]["file"].endswith("bad.yaml")


def test_explain_shows_both_readings() -> None:
    result = run("explain", "You should have told us.")

    assert "As a customer's message" in result.output
    assert "blame_customer" in result.output


def test_doctor_names_every_file_and_what_is_missing(tmp_path: Path) -> None:
    result = run("doctor", "--json", "--profile", str(tmp_path))

    report = lines(result)[0]
    assert report["missing"] == []
    assert {Path(each["path"]).name for each in report["writes"]} >= {"cxdesk.db", "outbox"}


def test_the_doctors_bundle_holds_no_customer_words(tmp_path: Path) -> None:
    profile, source = tmp_path / "profile", tmp_path / "talk.jsonl"
    message = {"role": "customer", "text": "xylophone-secret", "time": "2026-11-01T10:00:00Z"}
    source.write_text(jsonl({"id": "a", "messages": [message]}))
    run("import", str(source), "--profile", str(profile))

    run("doctor", "--profile", str(profile), "--bundle", str(tmp_path / "bundle.zip"))

    assert b"xylophone" not in (tmp_path / "bundle.zip").read_bytes()


@pytest.mark.parametrize("command", ("analyze", "review", "suggest", "import", "doctor", "demo"))
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert result.output.startswith("Usage")
