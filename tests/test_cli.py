"""The command line as other programs call it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.cli import cli
from cxdesk.desk import Desk
from cxdesk.lines import Json, answer
from cxdesk.model import BlameTarget, Correction, Level, Tier
from cxdesk.nlp.engine import Engine
from cxdesk.paths import Profile

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(
        ["customer", "agent", "company", "opening", "2026-11-01", "9999-12-31T23:59Z"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["messages", "role", "text", "name", "now", "known", "fault", "level"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def run(*arguments: str, stdin: str | bytes = "") -> Result:
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


def test_analyze_reads_deep_unless_the_fast_tier_is_asked_for() -> None:
    text = "The lamp came broken and nobody answers my mails, what a surprise."
    engine = Engine()

    (deep,) = lines(run("analyze", stdin=jsonl({"id": 1, "text": text})))
    (fast,) = lines(run("analyze", "--fast", stdin=jsonl({"id": 1, "text": text})))

    for tier, found in ((Tier.DEEP, deep), (Tier.FAST, fast)):
        (expected,) = engine.analyze([text], tier)
        assert found["frustration"] == round(expected.frustration, 4)
        assert found["blame"] == round(expected.blame, 4)
        assert found["confidence"] == expected.confidence
    assert deep != fast


def test_many_lines_are_answered_in_order_by_the_fast_tier() -> None:
    texts = ["Where is it?", "not json", "", "You lost it!"] * 100
    stdin = "".join(
        each + "\n" if "json" in each or not each else jsonl({"id": number, "text": each})
        for number, each in enumerate(texts)
    )

    found = lines(run("analyze", "--fast", stdin=stdin))

    ids = [None if "json" in each else number for number, each in enumerate(texts) if each]
    assert [each["id"] for each in found] == ids


def test_a_line_is_answered_before_the_next_one_is_written() -> None:
    command = [sys.executable, "-m", "cxdesk", "analyze", "--fast"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(jsonl({"id": number, "text": "Hi"}).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()

    assert process.returncode == 0


def test_a_record_our_code_fails_on_spoils_no_other_of_its_batch() -> None:
    def work(records: Sequence[Json]) -> list[Json]:
        return [{"double": 2 * each["number"]} for each in records]

    good = jsonl({"id": 1, "number": 1}, {"id": 2}, {"id": 3, "number": 3}).encode()
    out = io.BytesIO()

    assert not answer(io.BytesIO(good), out, lambda _: "", work, most=8)

    first, second, third = map(json.loads, out.getvalue().splitlines())
    assert (first, third) == ({"id": 1, "double": 2}, {"id": 3, "double": 6})
    assert "a mistake of ours" in second["error"]


@given(st.lists(st.binary(max_size=12)), st.integers(1, 5), st.integers(1, 9))
def test_lines_come_out_whole_however_they_are_cut(parts: list[bytes], most: int, cut: int) -> None:
    whole = b"\n".join(part.replace(b"\n", b" ") for part in parts)

    class Slow(io.BytesIO):
        def read1(self, size: int | None = -1) -> bytes:
            return super().read(min(cut, size or cut))

    out = io.BytesIO()
    answer(Slow(whole), out, lambda _: "", lambda records: [{} for _ in records], most)
    seen = [json.loads(line).get("error", "") for line in out.getvalue().splitlines()]

    expected = [number for number, line in enumerate(whole.split(b"\n"), 1) if line.strip()]
    assert len(seen) == len(expected)
    named = [int(each.split(":")[0].removeprefix("line ")) for each in seen if each]
    assert set(named) <= set(expected)


def test_a_bad_line_gets_an_error_in_its_place_and_stops_nothing() -> None:
    stdin = (
        jsonl({"id": 1, "text": "Hello"}) + "not json\n" + jsonl({"id": 3}, {"id": 4, "text": "Hi"})
    )

    result = run("analyze", stdin=stdin)

    assert result.exit_code == 2
    found = lines(result)
    assert [each["id"] for each in found] == [1, None, 3, 4]
    assert ["error" in each for each in found] == [False, True, True, False]


def test_a_line_that_is_not_utf_8_spoils_no_other() -> None:
    stdin = '{"id":1,"text":"café"}\n'.encode("latin-1") + b'{"id":2,"text":"Hi"}\n'

    result = run("analyze", stdin=stdin)

    assert result.exit_code == 2
    assert [each["id"] for each in lines(result)] == [None, 2]
    assert "UTF-8" in lines(result)[0]["error"]


def test_the_mark_some_programs_put_before_utf_8_is_read_over() -> None:
    assert run("analyze", stdin=b'\xef\xbb\xbf{"id":1,"text":"Hi"}\n').exit_code == 0


@pytest.mark.parametrize("line", ("[" * 100_000, '{"id":NaN,"text":"Hi"}', "[]", "1"))
def test_what_is_no_record_is_said_in_its_place(line: str) -> None:
    result = run("analyze", stdin=line + "\n" + jsonl({"id": 2, "text": "Hi"}))

    assert result.exit_code == 2
    assert ["error" in each for each in lines(result)] == [True, False]


def test_a_text_cut_within_an_emoji_is_read_and_its_id_given_back() -> None:
    stdin = '{"id":"\\ud83d","text":"I am furious \\ud83d"}\n'

    (found,) = lines(run("analyze", stdin=stdin))

    assert found["id"] == "\ud83d"
    assert found["level"] >= 3


@pytest.mark.parametrize(
    ("field", "value"),
    (
        ("level", "3"),
        ("level", 7),
        ("level", True),
        ("level", 1.5),
        ("fault", "nobody's"),
        ("fault", ["company"]),
        ("phase", 2),
        ("channel", {}),
        ("limit", "20"),
        ("prior_apologies", -1),
        ("legal_threat", "no"),
        ("customer", ["Hi"]),
    ),
)
def test_a_wrong_field_of_the_context_is_named(field: str, value: object) -> None:
    records = [{"id": 1, "text": "Hi", "context": {field: value}}, {"id": 2, "text": "Hi"}]

    result = run("review", stdin=jsonl(*records))

    assert result.exit_code == 2
    assert [each["id"] for each in lines(result)] == [1, 2]
    assert f"context.{field} is not" in lines(result)[0]["error"]


def test_what_stands_in_the_conversation_is_not_to_be_asked_again() -> None:
    said = (
        ("customer", "Order number PX-48213 never came."),
        ("agent", "We are looking into this with the depot in your town."),
        ("customer", "And?"),
    )
    talk = {"messages": [{"role": role, "text": text} for role, text in said]}
    text = "We are looking into this with the depot. What is your order number?"

    result = run("review", stdin=jsonl({"id": 1, "text": text, "conversation": talk}))

    assert {each["code"] for each in lines(result)[0]["findings"]} >= {"asked_again", "said_before"}


def test_what_is_null_in_a_context_or_a_state_is_as_good_as_absent() -> None:
    names = ("fault", "level", "phase", "channel", "limit", "prior_apologies", "customer")
    talk = {"customer": None, "subject": None, "messages": [{"role": "customer", "text": "Hi"}]}
    state = {"fault": None, "solved": None, "now": None, "known": {"order_number": None}}

    reviewed = run("review", stdin=jsonl({"id": 1, "text": "Hi", "context": dict.fromkeys(names)}))
    advised = run("suggest", stdin=jsonl({"id": 1, "conversation": talk, "state": state}))

    assert (reviewed.exit_code, advised.exit_code) == (0, 0)
    assert "None" not in advised.stdout


@pytest.mark.parametrize(
    ("record", "named"),
    (
        ({"conversation": None}, "conversation is missing"),
        ({"conversation": []}, "conversation is not an object"),
        ({"conversation": {"messages": {}}}, "conversation.messages is not a list"),
        ({"conversation": {"messages": [], "customer": 5}}, "conversation.customer is not"),
        ({"conversation": {"messages": [5]}}, "conversation.messages[0] is not an object"),
        ({"conversation": {"messages": []}, "state": "solved"}, "state is not an object"),
        ({"conversation": {"messages": []}, "state": {"now": "soon"}}, "state.now is not"),
        ({"conversation": {"messages": []}, "state": {"known": {"a": []}}}, "state.known.a is not"),
    ),
)
def test_a_wrong_field_of_a_conversation_or_its_state_is_named(
    record: dict[str, Any], named: str
) -> None:
    result = run("suggest", stdin=jsonl({"id": 1} | record))

    assert result.exit_code == 2
    assert named in lines(result)[0]["error"]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["text", "context", "conversation", "state"]), JSON_VALUES),
        max_size=12,
    )
)
def test_every_record_is_answered_in_its_place_whatever_it_holds(records: list[Any]) -> None:
    numbered = [record | {"id": number} for number, record in enumerate(records)]

    for command in ("review", "suggest"):
        result = run(command, stdin=jsonl(*numbered))

        assert result.exit_code in (0, 2)
        found = lines(result)
        assert [each["id"] for each in found if each["id"] is not None] == [
            number for number, each in enumerate(found) if each["id"] is not None
        ]
        assert len(found) == len(records)
        assert not any("mistake of ours" in each.get("error", "") for each in found)


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


def test_suggest_takes_the_callers_word_for_trend_and_false_alarms() -> None:
    message = {"role": "customer", "text": "Late again, and I will come over and kill you all."}
    asked = {"id": 1, "conversation": {"messages": [message]}}
    state = {"safe": True, "trend": "rising", "failures": 2, "apologies": 0}

    alarmed, calmed = lines(run("suggest", stdin=jsonl(asked) + jsonl(asked | {"state": state})))

    assert (alarmed["row"], alarmed["trend"]) == ("S0", "steady")
    assert "procedure" not in calmed
    assert (calmed["row"] != "S0", calmed["trend"]) == (True, "rising")


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
    (tmp_path / "playbook.yaml").write_text("slots: {}\n")
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
    names = {Path(each["path"]).name for each in report["writes"]}
    assert names >= {"cxdesk.db", "cxdesk.db-wal", "cxdesk.lock", "settings.json", "outbox"}


def test_the_doctors_bundle_holds_no_customer_words(tmp_path: Path) -> None:
    profile, source = tmp_path / "profile", tmp_path / "talk.jsonl"
    message = {"role": "customer", "text": "xylophone-secret", "time": "2026-11-01T10:00:00Z"}
    source.write_text(jsonl({"id": "a", "messages": [message]}))
    run("import", str(source), "--profile", str(profile))

    run("doctor", "--profile", str(profile), "--bundle", str(tmp_path / "bundle.zip"))

    assert b"xylophone" not in (tmp_path / "bundle.zip").read_bytes()


def test_the_demo_mixes_with_no_desk(tmp_path: Path) -> None:
    run("import", __file__, "--profile", str(tmp_path))

    result = run("demo", "--profile", str(tmp_path))

    assert result.exit_code == 2
    assert "holds a desk already" in result.stderr


def test_a_profile_named_before_the_command_is_used(tmp_path: Path) -> None:
    result = run("--profile", str(tmp_path), "doctor", "--json")

    assert lines(result)[0]["profile"] == str(tmp_path)


@pytest.mark.parametrize(
    "arguments",
    (
        ("nonsense",),
        ("import",),
        ("playbook",),
        ("analyze", "no-such-file"),
        ("analyze", "--profile", __file__),
        ("import", "x", "--profile", f"{__file__}/below"),
        ("import", "x", "--map", "nonsense"),
        ("import", ""),
        ("demo", "--profile", __file__),
        ("playbook", "check", "no-such-folder"),
        ("doctor", "--bundle", "no-such-folder/bundle.zip"),
    ),
)
def test_wrong_use_is_said_in_one_line(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stderr.startswith("cxdesk: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    source.write_text(jsonl(*({"id": n, "text": "Hi there."} for n in range(3000))))
    command = [sys.executable, "-m", "cxdesk", "analyze", str(source)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()

    assert (process.returncode, errors) == (0, b"")


def test_a_program_may_ask_line_by_line() -> None:
    command = [sys.executable, "-m", "cxdesk", "analyze"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}

    with subprocess.Popen(command, text=True, bufsize=1, env=os.environ, **pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write('{"id":1,"text":"Hi"}\n')
        answer = process.stdout.readline()
        process.stdin.close()

    assert json.loads(answer)["id"] == 1


@pytest.mark.parametrize("command", ("analyze", "review", "suggest", "import", "doctor", "demo"))
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert result.output.startswith("Usage")


# ------------------------------------------------------------------ company words, corrections


def test_a_profile_s_company_words_hold_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "company_words.yaml").write_text("words:\n  - i am furious\n  - 7\n", "utf-8")
    stdin = jsonl({"id": 1, "text": "Two tickets for I Am Furious, please."})

    listed = run("analyze", "--profile", str(tmp_path), stdin=stdin)
    unlisted = run("analyze", "--profile", str(tmp_path / "new"), stdin=stdin)
    checked = run("playbook", "check", "--json", "--profile", str(tmp_path))

    assert lines(unlisted)[0]["level"] > 0
    assert lines(listed)[0]["level"] == 0
    assert listed.exit_code == 0
    assert "company_words.yaml:3: words.1" in listed.stderr
    assert [(each["file"], each["line"]) for each in lines(checked)] == [("company_words.yaml", 3)]


def test_corrections_are_printed_as_labelled_cases(tmp_path: Path) -> None:
    talk = tmp_path / "talk.jsonl"
    texts = ("Great, lost again.", "My line is down.", "Hi")
    talk.write_text(
        jsonl(
            {
                "id": "c",
                "messages": [{"role": "customer", "text": text} for text in texts],
            }
        ),
        "utf-8",
    )
    profile = str(tmp_path / "profile")
    nothing = run("corrections", "--profile", profile)
    run("import", str(talk), "--profile", profile)
    with contextlib.closing(Desk.open(Profile(Path(profile)))) as desk:
        conversation = desk.rows("all")[0].id
        first, second, _ = (m.id for m in desk.view(conversation).thread.messages)
        desk.correct(first, conversation, Correction(level=Level.FRUSTRATED, remark="sarcasm"))
        desk.correct(second, conversation, Correction(level=Level.ANNOYED))
        desk.correct(first, conversation, Correction(blame_target=BlameTarget.COMPANY))
        desk.correct(first, conversation, Correction(level=Level.ANGRY))

    result = run("corrections", "--profile", profile)

    assert nothing.exit_code == result.exit_code == 0
    assert nothing.stdout == ""
    assert lines(result) == [
        {
            "id": first,
            "text": texts[0],
            "level": 3,
            "frustrated": True,
            "blame_target": "company",
        },
        {"id": second, "text": texts[1], "level": 1, "frustrated": None, "blame_target": None},
    ]
