from __future__ import annotations

from pathlib import Path

import pytest

from cxdesk import paths
from cxdesk.model import Finding
from cxdesk.playbook import check

PLAY = Path("plays/apo-one.yaml")


def change(folder: Path, old: str, new: str) -> None:
    text = (folder / PLAY).read_text("utf-8")
    assert old in text
    (folder / PLAY).write_text(text.replace(old, new), "utf-8")


def test_the_starter_playbook_passes_its_own_check() -> None:
    assert check(paths.resources() / "playbook") == []


def test_a_good_play_has_no_problem(folder: Path) -> None:
    assert check(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    (
        ("Say sorry for our mistake", "Say sorry " * 8, "title", "at most 60"),
        ('avoid_when: ["the cause is not known"]', "avoid_when: []", "avoid_when", "when not"),
        ('"You did it again.", ', "", "examples_match", "at least 2"),
        ('"See you again!", ', "", "examples_no_match", "at least 2"),
        ("{cause}.\n  email", "{excuse}.\n  email", "variants.chat", "unknown slot: excuse"),
        ("{cause}.\n  email", "{cause.\n  email", "variants.chat", "a brace that is no slot"),
        ("and I'm sorry. {", "and sorry, valued customer. {", "variants.chat", "does not say"),
        ("and I'm sorry. {", "sorry " * 60 + "{", "variants.chat", "at most 60"),
        ("The reason:", "so " * 130, "variants.email", "at most 130"),
        (", source: Lewicki 2016", "", "why.source", "source"),
        ("  situation: We caused it.\n", "", "when.situation", "situation"),
        ("  signals_any: [repetition]\n", "", "when", "signal or an intent"),
        ("follow_up: {action: check it arrived, due: tomorrow}\n", "", "follow_up.due", "when"),
    ),
)
def test_what_a_trainer_has_to_mend_is_named(
    folder: Path, old: str, new: str, field: str, says: str
) -> None:
    change(folder, old, new)

    problems = [problem for problem in check(folder) if problem.field == field]

    assert len(problems) == 1
    assert says in problems[0].message
    assert problems[0].file == PLAY.as_posix()
    assert problems[0].line


@pytest.mark.parametrize("slots", ("[cause]", "7", "[cause, customer_name, item]"))
def test_a_list_of_slots_has_to_be_true(folder: Path, slots: str) -> None:
    change(folder, "why:", f"slots: {slots}\nwhy:")

    assert [problem.field for problem in check(folder)] == ["slots"]


def test_wording_that_blames_the_customer_is_named_by_the_rules_of_review(folder: Path) -> None:
    def review(text: str) -> list[Finding]:
        at = text.find("We got this wrong")
        code = "blame_customer"
        return [Finding(code, at, at + 6, "We got", "may read as blame", (), "b.test")]

    problems = check(folder, review)

    assert [problem.field for problem in problems] == ["variants.chat", "variants.email"]
    assert "“We got” may read as blame" in problems[0].message
