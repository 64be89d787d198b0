"""The trainer's file of company words survives hands, windows and mistakes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.errors import UserError
from cxdesk.nlp.word_list import MOST, WordList

BY_HAND = """\
# Our trade
words:
  # hardware
  - dead pixel   # of a screen
  - "3310"

  # software
  - kill process
# the end
"""
PHRASES = st.lists(st.text(max_size=12) | st.sampled_from(["no", "a: b", "#x", "3310", "it’s"]))


@pytest.fixture
def by_hand(tmp_path: Path) -> WordList:
    path = tmp_path / "company_words.yaml"
    path.write_text(BY_HAND, "utf-8")
    return WordList(path)


def test_a_list_that_is_not_there_is_empty_and_made_with_a_comment(tmp_path: Path) -> None:
    words = WordList(tmp_path / "new" / "company_words.yaml")
    before = words.read()

    words.add("  Kill \n process ")

    assert before[0].phrases == ()
    assert before[1] == []
    assert words.read()[0].phrases == ("Kill process",)
    assert words.path.read_text("utf-8").startswith("# Words that are harmless")


def test_a_word_is_added_and_removed_by_one_line(by_hand: WordList) -> None:
    by_hand.add("Robin: our bot")
    added = by_hand.path.read_text("utf-8")
    by_hand.remove("robin: OUR bot")
    by_hand.remove("dead pixel")

    line = '  - kill process\n  - "Robin: our bot"\n'
    assert added == BY_HAND.replace("  - kill process\n", line)
    assert by_hand.path.read_text("utf-8") == BY_HAND.replace(
        "  - dead pixel   # of a screen\n", ""
    )


def test_what_is_there_is_not_added_and_what_is_not_there_is_not_removed(by_hand: WordList) -> None:
    assert not by_hand.add("DEAD  pixel")
    assert not by_hand.remove("livid")
    assert by_hand.path.read_text("utf-8") == BY_HAND


@pytest.mark.parametrize(
    "written", ("words: [dead pixel, kill]", "words: []", "words:", "", "# mine\n", "words:\n- a b")
)
def test_any_way_of_writing_the_list_can_be_added_to(tmp_path: Path, written: str) -> None:
    words = WordList(tmp_path / "company_words.yaml")
    words.path.write_text(f"# kept\n{written}", "utf-8")
    before = words.read()[0].phrases

    words.add("furious fox")

    assert words.read()[0].phrases == (*before, "furious fox")
    assert "# kept" in words.path.read_text("utf-8")


def test_a_bad_entry_is_named_and_the_good_ones_still_work(tmp_path: Path) -> None:
    words = WordList(tmp_path / "company_words.yaml")
    words.path.write_text("words:\n  - dead pixel\n  - 3310\n  - x\n  - '...'\n  - livid", "utf-8")

    found, problems = words.read()

    assert found.phrases == ("dead pixel", "livid")
    assert [(each.line, each.field) for each in problems] == [
        (3, "words.1"),
        (4, "words.2"),
        (5, "words.3"),
    ]
    assert str(problems[0]).startswith("company_words.yaml:3: words.1: not a text; write it in qu")


@pytest.mark.parametrize("content", (b"words: [", b"\xff\xfe", b"- dead pixel", b"words: 3", b"7"))
def test_an_unreadable_file_is_a_problem_and_is_never_written_over(
    tmp_path: Path, content: bytes
) -> None:
    words = WordList(tmp_path / "company_words.yaml")
    words.path.write_bytes(content)

    found, problems = words.read()

    assert found.phrases == ()
    assert [each.file for each in problems] == ["company_words.yaml"]
    with pytest.raises(UserError, match="Mend the file"):
        words.add("dead pixel")
    assert words.path.read_bytes() == content


def test_no_more_words_than_can_be_kept_in_mind(tmp_path: Path) -> None:
    words = WordList(tmp_path / "company_words.yaml")
    lines = "".join(f"  - word {number}\n" for number in range(MOST + 1))
    words.path.write_text(f"words:\n{lines}", "utf-8")

    found, problems = words.read()

    assert len(found.phrases) == MOST
    assert [each.line for each in problems] == [MOST + 2]
    with pytest.raises(UserError):
        words.add("another")


@given(phrases=PHRASES)
@settings(max_examples=60, deadline=None)
def test_whatever_can_be_listed_is_read_back(phrases: list[str]) -> None:
    with TemporaryDirectory() as folder:
        words = WordList(Path(folder) / "company_words.yaml")
        added = []
        for each in phrases:
            try:
                if words.add(each):
                    added.append(" ".join(each.split()))
            except UserError:
                continue

        assert words.read() == (type(words.read()[0])(tuple(added)), [])
        for each in added:
            assert words.remove(each)
        assert words.read()[0].phrases == ()
