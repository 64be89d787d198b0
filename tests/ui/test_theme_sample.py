from __future__ import annotations

import pytest

from cxdesk.ui import theme
from cxdesk.ui.marks import LevelMark
from cxdesk.ui.theme_sample import ThemeSample


@pytest.mark.parametrize("choice", ("light", "dark", "contrast"))
def test_the_sample_is_drawn_in_the_colours_of_the_theme_in_force(qtbot, choice):
    sample = ThemeSample()
    qtbot.addWidget(sample)
    with qtbot.waitExposed(sample):
        sample.show()

    tokens = theme.apply(choice)
    picture = sample.grab().toImage()
    theme.apply("light")

    width, height = picture.width(), picture.height()
    seen = {picture.pixelColor(x, y).name() for x in range(width) for y in range(height)}
    wanted = (tokens.surface, tokens.text, tokens.levels[3], tokens.tint(tokens.accent))
    assert {color.name() for color in wanted} <= seen


def test_the_level_of_the_sample_has_its_word(qtbot):
    sample = ThemeSample()
    qtbot.addWidget(sample)

    assert sample.findChild(LevelMark).accessibleName() == "angry"
