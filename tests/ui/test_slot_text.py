from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from cxdesk.model import OpenSlot
from cxdesk.ui import theme
from cxdesk.ui.slot_text import LINE, SlotText

TEXT = "first option is what I can do, or second option."


def a_slot(label: str) -> OpenSlot:
    start = TEXT.index(label)
    return OpenSlot(label, label, start, start + len(label))


@pytest.fixture
def shown(qtbot) -> SlotText:
    """A text whose two fields begin it and nearly end it, on one line."""
    text = SlotText()
    text.resize(600, 40)
    qtbot.addWidget(text)
    text.set_text(TEXT, [a_slot("first option"), a_slot("second option")])
    return text


def colors(text: SlotText) -> set[str]:
    picture = text.grab().toImage()
    size = picture.size()
    return {
        picture.pixelColor(x, y).name() for x in range(size.width()) for y in range(size.height())
    }


def test_a_field_s_ground_touches_neither_its_neighbours_nor_the_edge(shown):
    [first], [second] = (list(shown.parts(*slot)) for slot in ((0, 12), (34, 47)))
    [before] = shown.parts(33, 34)
    plain = SlotText()
    plain.resize(600, 40)
    plain.set_text(TEXT)
    [space] = plain.parts(33, 34)

    assert first[0].left() == 3
    assert before[0].width() == pytest.approx(space[0].width() + 3, abs=0.5)
    assert second[0].left() == pytest.approx(before[0].right(), abs=0.5)


def test_fields_are_told_by_a_ground_and_in_high_contrast_by_an_outline(shown):
    light = theme.tokens()
    assert light.tint(light.accent).name() in colors(shown)

    tokens = theme.apply("contrast")
    outlined = colors(shown)
    theme.apply("light")

    assert tokens.tint(tokens.accent) == QColor(tokens.surface)
    assert tokens.accent.name() in outlined


def test_lines_are_as_high_as_they_are_asked_to_be(qtbot):
    near, far = SlotText(), SlotText(line=22)
    for text in (near, far):
        qtbot.addWidget(text)
        text.set_text(TEXT)

    assert (near.heightForWidth(600), far.heightForWidth(600)) == (LINE, 22)
