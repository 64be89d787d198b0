"""Lines that a mail program broke flow again; lines that people ended stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.ui.thread.reflow import flowed

WRAPPED = (
    "I ordered the lamp three weeks ago and it still has not come, and when I\n"
    "called the shop on Tuesday nobody could tell me where it was or who would\n"
    "know. Please find out."
)


def test_the_breaks_of_a_mail_program_become_blanks() -> None:
    assert flowed(WRAPPED) == WRAPPED.replace("\n", " ")


@pytest.mark.parametrize(
    "kept",
    (
        "Hello,\n",
        "\n\nKind regards\nMaria Lopez\n12 Long Lane\n",
        "\n- the lamp, which is much too dark for the room that I bought it for\n- the shade",
        "\n> I ordered the lamp three weeks ago and it still has not come, and so\n> on",
        "\n    def wrapped(line, below, width): return len(line) + 1 + len(below) >\n    width",
    ),
)
def test_lines_that_people_ended_stay(kept: str) -> None:
    text = f"{WRAPPED}\n{kept}"

    assert flowed(text).endswith(f"\n{kept}")


def test_a_line_that_ends_its_sentence_stays() -> None:
    text = f"{WRAPPED}\n\nThe number of my order is 1234567 and it was placed on Monday.\nThanks"

    assert flowed(text).endswith("\nThanks")


@pytest.mark.parametrize(
    "text", ("Two short lines\nof a chat", "one line without any end " * 9 + "\nand another")
)
def test_text_that_no_mail_program_wrapped_stays(text: str) -> None:
    assert flowed(text) == text


@given(st.text("ab .,\n->", max_size=400))
def test_every_character_keeps_its_place(text: str) -> None:
    shown = flowed(text)

    assert len(shown) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, shown, strict=True))
