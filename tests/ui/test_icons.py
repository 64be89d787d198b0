from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from cxdesk.ui import icons, svg, theme
from cxdesk.ui.action_table import ACTIONS

WANTED = (
    "inbox flag book target settings search sort chevron-right chevron-down check clock dots "
    "pencil heart person pause arrow-up-right arrow-right arrow-down-right wave quote plug file "
    "play folder shield send help warning note bell undo copy x leaf import user-check star eye"
)


def test_every_icon_the_window_names_is_drawn():
    wanted = {*WANTED.split(), *(spec.icon for spec in ACTIONS)}

    assert wanted <= set(icons.names())


@pytest.mark.parametrize("name", icons.names())
def test_icons_are_of_one_family(name):
    drawing = svg.drawing(name)

    assert 'viewBox="0 0 20 20"' in drawing
    assert re.findall(r'stroke-width="([\d.]+)"', drawing) == ["1.5"]
    assert "#" not in drawing


def test_the_stroke_is_as_thick_at_every_size():
    small = svg.tinted("search", QColor("black"), 14)
    large = svg.tinted("search", QColor("black"), 28)

    thickness = [float(re.search(r'stroke-width="([\d.]+)"', each)[1]) for each in (small, large)]
    assert [round(thickness[0] * 14 / 20, 2), round(thickness[1] * 28 / 20, 2)] == [1.5, 1.5]


def inked(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """The colours of an icon's opaque pixels."""
    image = icon.pixmap(QSize(20, 20), 2, mode).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_an_icon_follows_the_theme_without_being_made_again():
    icon = icons.icon("check")
    light = inked(icon)

    theme.apply("dark")

    assert light == {theme.named("light").text.name()}
    assert inked(icon) == {theme.named("dark").text.name()}


def test_a_disabled_icon_is_muted_and_a_coloured_one_keeps_its_colour():
    good = theme.tokens().good
    icon = icons.icon("check", color=good)

    assert inked(icon) == {good.name()}
    assert inked(icon, QIcon.Mode.Disabled) == {theme.tokens().muted.name()}


def test_an_icon_is_sharp_on_a_dense_screen():
    assert icons.pixmap("send", 16, ratio=2).size() == QSize(32, 32)
    assert icons.pixmap("send", 16, ratio=2).deviceIndependentSize().width() == 16


def test_an_unknown_icon_is_named_at_once():
    with pytest.raises(FileNotFoundError):
        icons.icon("unicorn")
