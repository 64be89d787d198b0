"""Offsets of Qt and of Python meet at every character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cxdesk.ui.offsets import Offsets


@given(st.text(st.sampled_from("aé—😡👍🏽")), st.data())
def test_python_offsets_come_back_from_utf_16(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    offsets = Offsets(text)

    in_qt = offsets.to_qt(offset)

    assert in_qt == len(text[:offset].encode("utf-16-le")) // 2
    assert offsets.to_python(in_qt) == offset


def test_the_middle_of_a_wide_character_counts_as_its_end() -> None:
    assert Offsets("a😡b").to_python(2) == 2
