from __future__ import annotations

from pathlib import Path

import pytest

from cxdesk import paths
from cxdesk.errors import UserError
from cxdesk.model import Fault, Phase
from cxdesk.playbook import read_playbook


def add(folder: Path, name: str, text: str) -> None:
    (folder / "plays" / name).write_text(text, "utf-8")


def the_play(folder: Path) -> str:
    return (folder / "plays" / "apo-one.yaml").read_text("utf-8")


def test_the_starter_playbook_is_read_without_a_problem() -> None:
    book, problems = read_playbook(paths.resources() / "playbook")

    assert problems == []
    assert len(book.plays) >= 57
    assert {book.need(play) for play in book.plays} == {"apology", "ownership", "extra_mile"}


def test_a_play_says_when_it_is_a_candidate(folder: Path) -> None:
    requires = "  requires: {fault: [company], resolved: true, min_failures: 2, max_apologies: 0}\n"
    add(folder, "apo-one.yaml", the_play(folder).replace("avoid_when", requires + "avoid_when", 1))

    book, problems = read_playbook(folder)

    assert problems == []
    when = book.plays[0].when
    assert (when.phases, when.levels) == (frozenset({Phase.OPENING}), (1, 3))
    assert (when.faults, when.resolved) == (frozenset({Fault.COMPANY}), True)
    assert (when.min_failures, when.max_apologies) == (2, 0)


@pytest.mark.parametrize(
    ("broken", "says"),
    (
        ("id: [unclosed", "not readable as YAML"),
        ("id: two\nid: two\n", "not readable as YAML"),
        ("", "empty"),
        ("- a list\n", "not a list of named fields"),
        ("id: !!python/object:os.system x\n", "not readable as YAML"),
        ("a: &x [1]\nb: *x\n", "anchors and aliases"),
        ("id: " + "x" * 70_000, "at most 65536"),
    ),
)
def test_a_broken_file_is_named_and_hides_no_other(folder: Path, broken: str, says: str) -> None:
    add(folder, "broken.yaml", broken)

    book, problems = read_playbook(folder)

    assert [play.id for play in book.plays] == ["apo-one"]
    assert [problem.file for problem in problems] == ["plays/broken.yaml"]
    assert says in problems[0].message


def test_bytes_that_are_no_text_are_named(folder: Path) -> None:
    (folder / "plays" / "latin.yaml").write_bytes(b"title: caf\xe9\n")

    book, problems = read_playbook(folder)

    assert len(book.plays) == 1
    assert "not UTF-8" in problems[0].message


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    (
        ("phases: [opening]", "phases: [beginning]", "when.phases.0", "unknown: beginning"),
        ("[repetition]", "[repetition, joy]", "when.signals_any.1", "unknown: joy"),
        ("level: [1, 3]", "level: [3, 9]", "when.level", "expected numbers from 0 to 4"),
        ("family: apology", "family: sorrow", "family", "unknown: sorrow"),
        ("title: Say", "tittle: Say", "tittle", "unknown field"),
        ("  chat: We", "  chatt: We", "variants.chat", "missing"),
        ("why: {text", "why: {txt", "why.txt", "unknown field"),
    ),
)
def test_a_wrong_field_is_named_with_its_line(
    folder: Path, old: str, new: str, field: str, says: str
) -> None:
    text = the_play(folder)
    assert old in text
    add(folder, "apo-one.yaml", text.replace(old, new))

    _, problems = read_playbook(folder)

    found = next(problem for problem in problems if problem.field == field)
    line = found.line or 0
    near = "\n".join(text.splitlines()[max(line - 1, 0) : line + 1])
    assert says in found.message
    assert old.split(":")[0].strip() in near or field == "variants.chat"


def test_a_play_without_one_of_its_wordings_is_left_out(folder: Path) -> None:
    text = the_play(folder)
    add(folder, "apo-one.yaml", text.replace("  chat: We got this wrong", "  # chat: We", 1))

    book, problems = read_playbook(folder)

    assert book.plays == ()
    assert [(p.field, p.message) for p in problems] == [("variants.chat", "missing")]


def test_the_second_play_of_one_id_is_left_out_and_named(folder: Path) -> None:
    add(folder, "copy.yaml", the_play(folder))

    book, problems = read_playbook(folder)

    assert [play.file for play in book.plays] == ["plays/apo-one.yaml"]
    assert problems[0].file == "plays/copy.yaml"
    assert "apo-one is taken by plays/apo-one.yaml" in problems[0].message


def test_a_folder_that_is_no_playbook_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a playbook"):
        read_playbook(tmp_path)


def test_a_broken_shared_file_is_named(folder: Path) -> None:
    (folder / "playbook.yaml").write_text("needs: {apology: [", "utf-8")

    book, problems = read_playbook(folder)

    assert book.plays == ()
    assert problems[0].file == "playbook.yaml"
