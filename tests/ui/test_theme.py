from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QPushButton

from cxdesk.ui import theme

LIGHT_AND_DARK = ("light", "dark", "contrast-light", "contrast-dark")


def luminance(color: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, two: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def inks(tokens: theme.Tokens) -> list[QColor]:
    plain = [tokens.text, tokens.muted, tokens.accent, tokens.blame, tokens.good]
    return [*plain, *tokens.levels]


@pytest.mark.parametrize("name", LIGHT_AND_DARK)
def test_every_text_colour_can_be_read_on_every_ground(name):
    tokens = theme.named(name)
    grounds = [tokens.window, tokens.surface, tokens.hover, tokens.selected]
    least = 7 if name.startswith("contrast") else 4.5

    ratios = [contrast(ink, ground) for ink, ground in product(inks(tokens), grounds)]

    assert min(ratios) >= least


@pytest.mark.parametrize("name", LIGHT_AND_DARK)
def test_text_on_its_own_tint_and_on_the_accent_can_be_read(name):
    tokens = theme.named(name)

    ratios = [contrast(ink, tokens.tint(ink)) for ink in inks(tokens)]

    assert min(ratios) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


@pytest.mark.parametrize("name", LIGHT_AND_DARK)
def test_the_outline_of_a_field_stands_out_from_both_surfaces(name):
    tokens = theme.named(name)

    assert contrast(tokens.control, tokens.surface) >= 3
    assert contrast(tokens.control, tokens.window) >= 3


def test_derived_colours_are_those_measured_in_the_pictures():
    light, dark = theme.named("light"), theme.named("dark")

    assert [each.name().upper() for each in (light.hover, light.selected, light.control)] == [
        "#F5F5F5",
        "#E7F0F9",
        "#878F97",
    ]
    assert [each.name().upper() for each in (dark.hover, dark.selected, dark.control)] == [
        "#282B31",
        "#293748",
        "#7B828B",
    ]


def test_a_change_of_theme_reaches_palette_style_sheet_and_painters(qtbot, qapp):
    with qtbot.waitSignal(theme.signals().changed):
        theme.apply("dark")

    dark = theme.named("dark")
    assert theme.tokens() is dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == dark.window
    accent = dark.accent
    assert f"rgba({accent.red()}, {accent.green()}, {accent.blue()}, 255)" in qapp.styleSheet()


@pytest.mark.parametrize("name", LIGHT_AND_DARK)
def test_no_token_of_the_style_sheet_is_left_unfilled(name):
    sheet = theme.style_sheet(theme.named(name))

    assert "{accent}" not in sheet
    assert "{px_meta}" not in sheet
    assert "#" not in sheet.replace("/*", "")


def test_roles_of_the_style_sheet_can_be_combined_and_changed(qtbot):
    label = QLabel("Maria Lopez")
    qtbot.addWidget(label)

    theme.set_role(label, "title")
    label.ensurePolished()
    title = label.font().pixelSize(), label.font().weight()
    theme.set_role(label, "meta muted")

    assert title == (18, 600)
    assert label.font().pixelSize() == 12
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.tokens().muted


def test_a_focused_button_keeps_its_size(qtbot):
    button = QPushButton("Send")
    button.setProperty("role", "primary")
    qtbot.addWidget(button)
    button.show()
    before = button.sizeHint()

    button.setFocus()

    assert button.sizeHint() == before


def test_figures_are_tabular_and_there_are_four_sizes():
    sizes = [theme.font(role).pixelSize() for role in theme.SIZES]

    assert sizes == [12, 13, 15, 18]
    assert theme.font("meta").featureTags()
