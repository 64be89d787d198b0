"""What belongs to the author of a mail, shape by shape and language by language."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.channels.quoting import Parts, split

CASES = Path(__file__).with_name("quoting_cases.txt").read_text("utf-8")
Case = list[tuple[str, str]]


def cases() -> list[tuple[str, Case]]:
    """(name, [(part, line)]) for each case of quoting_cases.txt."""
    found: list[tuple[str, Case]] = []
    for line in CASES.splitlines():
        if line.startswith("# "):
            found.append((line[2:], []))
        elif found and line[1:2] == "|":
            found[-1][1].append((line[0], line[2:]))
    return found


def filled(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(("name", "case"), cases(), ids=[name for name, _ in cases()])
def test_each_line_goes_where_it_belongs(name: str, case: Case) -> None:
    mail = "\n".join(line for _, line in case)

    parts = split(mail)

    expected = {part: [line.strip() for mark, line in case if mark == part] for part in "tqs"}
    found = {"t": parts.text, "q": parts.quoted, "s": parts.signature}
    assert {part: filled(text) for part, text in found.items()} == expected, name


def test_there_are_many_shapes() -> None:
    assert len(cases()) >= 60


SHAPES = [
    "On Tue, 3 Mar 2026 at 10:22, Support <support@shop.example> wrote:",
    "-----Original Message-----",
    "From: Support <support@shop.example>",
    "Sent: Tuesday, March 3, 2026 10:22 AM",
    "Subject: Order",
    "> quoted",
    "-- ",
    "Best regards,",
    "Sent from my iPhone",
    "________________________________",
    "This e-mail is confidential.",
    "I want my money back!",
    "wrote:",
    "",
    "  ",
]


@given(st.lists(st.sampled_from(SHAPES) | st.text(max_size=30), max_size=25))
def test_no_line_is_ever_lost_or_doubled(lines: list[str]) -> None:
    lines = [line for text in lines for line in text.split("\n")]

    parts = split("\n".join(lines))

    kept = "\n".join((parts.text, parts.quoted, parts.signature)).split("\n")
    assert sorted(filter(str.strip, kept)) == sorted(
        line.rstrip() for line in lines if line.strip()
    )


@given(st.lists(st.sampled_from(SHAPES), max_size=25))
def test_splitting_the_text_again_keeps_most_of_it(lines: list[str]) -> None:
    once = split("\n".join(lines)).text

    assert "\n" not in once[:1]
    assert once == once.strip("\n")


def test_a_plain_message_is_all_text() -> None:
    assert split("Hello.\n\nMy parcel is late.") == Parts("Hello.\n\nMy parcel is late.")


def test_the_authors_indentation_stays() -> None:
    assert split("I ordered:\n    2 lamps\n    1 rug").text == "I ordered:\n    2 lamps\n    1 rug"


@pytest.mark.timeout(10)
def test_a_ten_megabyte_line_is_split_at_once() -> None:
    line = "complaint " * 1_000_000

    assert split(f"{line}\n> quoted").text == line.rstrip()


@pytest.mark.timeout(10)
def test_a_long_mail_of_announcing_lines_takes_linear_time() -> None:
    mail = "\n".join(["On Tue, 3 Mar 2026 at 10:22, Support", "From: a@b.example"] * 20_000)

    split(mail)
