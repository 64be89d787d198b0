"""All colours, fonts and the one style sheet, so that no widget names a colour or a size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from cxdesk import paths
from cxdesk.ui import svg

CHOICES = ("system", "light", "dark", "contrast")
SIZES = {"meta": 12, "body": 13, "heading": 15, "title": 18}  # pixels; there is no fifth size


@dataclass(frozen=True)
class Tokens:
    """The colours in force. Those below `levels` are computed from those above."""

    name: str
    window: QColor
    surface: QColor
    line: QColor
    text: QColor
    muted: QColor
    accent: QColor
    blame: QColor
    good: QColor
    levels: tuple[QColor, QColor, QColor, QColor, QColor]
    hover: QColor
    selected: QColor
    control: QColor
    on_accent: QColor
    shadow: QColor
    dim: QColor
    tint_share: float
    edge_share: float

    @property
    def warning(self) -> QColor:
        """What a person should look at: the colour of the first level above calm."""
        return self.levels[1]

    def tint(self, color: QColor) -> QColor:
        """A field of `color`: 9 % of it on the surface, in the dark 16 %."""
        return mix(color, self.surface, self.tint_share)

    def edge(self, color: QColor) -> QColor:
        """A line of `color`: 35 % of it on the surface, in the dark 45 %."""
        return mix(color, self.surface, self.edge_share)


def mix(color: QColor, ground: QColor, share: float) -> QColor:
    """`share` (0 to 1) of `color` laid over `ground`."""

    def part(above: int, below: int) -> int:
        return round(above * share + below * (1 - share))

    return QColor(
        part(color.red(), ground.red()),
        part(color.green(), ground.green()),
        part(color.blue(), ground.blue()),
    )


@dataclass(frozen=True)
class _Ink:
    """What a theme is given; the rest of its tokens follows from this."""

    plain: str  # window, surface, line, text, muted, accent, blame, good
    levels: str
    on_accent: str
    hover: float
    selected: float
    tint: float
    edge: float
    control: float
    shadow: int  # alpha of black
    dim: tuple[str, int]


_DIM_LIGHT = ("#1B1F24", 46)  # 18 % text colour
_DIM_DARK = ("#000000", 128)
_INKS = {
    "light": _Ink(
        "#F6F7F9 #FFFFFF #D9DDE3 #1B1F24 #59636E #0B66C3 #6B3FA0 #1F7A3F",
        "#4B6B57 #8A5A00 #B04A00 #C0262D #8E1466",
        *("#FFFFFF", 0.045, 0.10, 0.09, 0.35, 0.72, 41, _DIM_LIGHT),
    ),
    "dark": _Ink(
        "#14161A #1C1F25 #343A43 #E8EAED #A0A8B3 #6CB2FF #C3A6F2 #6FCF8C",
        "#8FBFA0 #E3B341 #F29A5B #FF7B7B #F08CD0",
        *("#14161A", 0.06, 0.16, 0.16, 0.45, 0.72, 128, _DIM_DARK),
    ),
    # Nothing below 7:1, and lines as dark as text: WCAG 1.4.6.
    "contrast-light": _Ink(
        "#FFFFFF #FFFFFF #1B1F24 #000000 #2B3138 #00429B #46207E #0A5226",
        "#1F4A30 #5A3A00 #742F00 #8A0C16 #6A0850",
        *("#FFFFFF", 0.05, 0.10, 0.0, 1.0, 1.0, 41, _DIM_LIGHT),
    ),
    "contrast-dark": _Ink(
        "#000000 #000000 #E8EAED #FFFFFF #DDE1E6 #8CC8FF #DCC8FF #8CF0A8",
        "#B5E6C6 #FFD466 #FFBE8F #FFB0B0 #FFB8E6",
        *("#000000", 0.10, 0.20, 0.0, 1.0, 1.0, 128, _DIM_DARK),
    ),
}


@cache
def named(name: str) -> Tokens:
    """The tokens of one theme: `light`, `dark`, `contrast-light` or `contrast-dark`."""
    ink = _INKS[name]
    window, surface, line, text, muted, accent, blame, good = map(QColor, ink.plain.split())
    calm, annoyed, frustrated, angry, furious = map(QColor, ink.levels.split())
    dim = QColor(ink.dim[0])
    dim.setAlpha(ink.dim[1])
    return Tokens(
        name=name,
        window=window,
        surface=surface,
        line=line,
        text=text,
        muted=muted,
        accent=accent,
        blame=blame,
        good=good,
        levels=(calm, annoyed, frustrated, angry, furious),
        hover=mix(text, surface, ink.hover),
        selected=mix(accent, surface, ink.selected),
        control=mix(muted, surface, ink.control),
        on_accent=QColor(ink.on_accent),
        shadow=QColor(0, 0, 0, ink.shadow),
        dim=dim,
        tint_share=ink.tint,
        edge_share=ink.edge,
    )


class _Signals(QObject):
    changed = Signal()


class _Force:
    """What is in force now: the person's choice and the tokens it came to."""

    choice = "light"
    tokens: Tokens | None = None
    following = False


@cache
def signals() -> _Signals:
    """`signals().changed` tells painters that other tokens are in force."""
    return _Signals()


@cache
def _images() -> QTemporaryDir:
    # A style sheet takes pictures only from files; the folder goes when the program ends.
    return QTemporaryDir()


def tokens() -> Tokens:
    """The tokens in force; light ones before `apply`."""
    return _Force.tokens or named("light")


def apply(choice: str) -> Tokens:
    """Put a theme in force: `system` (and follow it), `light`, `dark` or `contrast`."""
    app = QApplication.instance()
    assert isinstance(app, QApplication), "a theme needs a QApplication"
    _Force.choice = choice
    _ask_for_scheme(choice)
    _Force.tokens = found = named(_theme_name(choice))
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(found))
    app.setFont(font("body"))
    app.setStyleSheet(style_sheet(found))
    _follow_system()
    signals().changed.emit()
    return found


def _ask_for_scheme(choice: str) -> None:
    """Ask for title bars and system dialogs of the same lightness as the window."""
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    QGuiApplication.styleHints().setColorScheme(scheme.get(choice, Qt.ColorScheme.Unknown))


def _theme_name(choice: str) -> str:
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() == Qt.ColorScheme.Dark
    if choice == "contrast" or (choice == "system" and _system_wants_contrast()):
        return "contrast-dark" if dark else "contrast-light"
    if choice == "system":
        return "dark" if dark else "light"
    return choice


def _system_wants_contrast() -> bool:
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)  # from Qt 6.10 on
    if accessibility is None:
        return False
    return bool(accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def _follow_system() -> None:
    if not _Force.following:
        _Force.following = True
        QGuiApplication.styleHints().colorSchemeChanged.connect(_system_changed)


def _system_changed() -> None:
    if _Force.choice in ("system", "contrast") and _theme_name(_Force.choice) != tokens().name:
        apply(_Force.choice)


def font(role: str, *, strong: bool = False) -> QFont:
    """The system's font as `meta`, `body`, `heading` or `title`; figures are tabular."""
    found = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    found.setPixelSize(SIZES[role])
    found.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    found.setFeature(QFont.Tag("tnum"), 1)
    return found


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its roles in the style sheet ("meta muted"), also after it was shown."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def style_sheet(found: Tokens) -> str:
    """`resources/styles/desk.qss` with the tokens filled in; raises KeyError for an unknown one."""
    template = (paths.resources() / "styles" / "desk.qss").read_text("utf-8")
    values = _values(found)
    # A rule's own braces hold more than one word, so only {token} is replaced.
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], template)


def _values(found: Tokens) -> dict[str, str]:
    colors = {each: value for each, value in vars(found).items() if isinstance(value, QColor)} | {
        f"level_{number}": color for number, color in enumerate(found.levels)
    }
    values = {each: _css(color) for each, color in colors.items()}
    values |= {f"tint_{each}": _css(found.tint(color)) for each, color in colors.items()}
    values |= {f"edge_{each}": _css(found.edge(color)) for each, color in colors.items()}
    values |= {f"px_{role}": f"{size}px" for role, size in SIZES.items()}
    values["image_check"] = _image("check", found.on_accent, 14)
    values["image_down"] = _image("chevron-down", found.text, 14)
    return values


def _css(color: QColor) -> str:
    return f"rgba({color.red()}, {color.green()}, {color.blue()}, {color.alpha()})"


def _image(name: str, color: QColor, size: int) -> str:
    path = Path(_images().path()) / f"{name}-{color.name()[1:]}.svg"
    path.write_text(svg.tinted(name, color, size), "utf-8")
    return f"url({path.as_posix()})"


def _palette(found: Tokens) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, color in (
        (roles.Window, found.window),
        (roles.WindowText, found.text),
        (roles.Base, found.surface),
        (roles.AlternateBase, found.window),
        (roles.Text, found.text),
        (roles.Button, found.surface),
        (roles.ButtonText, found.text),
        (roles.BrightText, found.on_accent),
        (roles.PlaceholderText, found.muted),
        (roles.Highlight, found.accent),
        (roles.HighlightedText, found.on_accent),
        (roles.Accent, found.accent),
        (roles.Link, found.accent),
        (roles.LinkVisited, found.accent),
        (roles.ToolTipBase, found.surface),
        (roles.ToolTipText, found.text),
        (roles.Light, found.surface),
        (roles.Midlight, found.line),
        (roles.Mid, found.line),
        (roles.Dark, found.control),
        (roles.Shadow, found.shadow),
    ):
        palette.setColor(role, color)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, found.muted)
    return palette
