"""The settings: everything at once, nothing modal, every change in force at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cxdesk.paths import Profile
from cxdesk.settings import Settings
from cxdesk.ui import icons
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.settings_hints import HiddenHintsSection
from cxdesk.ui.settings_keys import KeysSection
from cxdesk.ui.settings_sections import AppearanceSection, PrivacySection, WritingSection
from cxdesk.ui.settings_words import CompanyWordsSection

NAVIGATION, CONTENT, ROW = 232, 832, 36
SECTIONS = (
    ("Appearance", "sun"),
    ("Writing", "pencil"),
    ("Company words", "leaf"),
    ("Hidden hints", "eye"),
    ("Keys", "keyboard"),
    ("Privacy", "shield"),
)


class SettingsPage(QWidget):
    """Shows `Settings`; `changed` brings those a person made of them.

    `company_words` is the page of the company's harmless words, which lie in a file of their own;
    `hidden_hints` that of what the agent has put aside, which lies in the store.
    """

    changed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        keymap: Keymap,
        *,
        profile: Profile,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._build(settings, keymap, profile)
        self._connect()
        self.show_settings(settings)
        self.setFocusProxy(self._navigation)

    def show_settings(self, settings: Settings) -> None:
        """Show settings that came from elsewhere (the palette), without telling anybody."""
        self._settings = settings
        self._appearance.show_settings(settings)
        self._writing.show_settings(settings)
        self._keys.show_keymap(Keymap(dict(settings.keys)))
        self._keys.show_single_keys(settings.single_keys)

    def show_section(self, title: str) -> None:
        """Go to a section, as named in the list at the left."""
        self._navigation.setCurrentRow([name for name, _ in SECTIONS].index(title))

    # ------------------------------------------------------------ build

    def _build(self, settings: Settings, keymap: Keymap, profile: Profile) -> None:
        self._appearance, self._writing = AppearanceSection(settings), WritingSection(settings)
        self._keys, privacy = KeysSection(keymap), PrivacySection(profile)
        self.company_words, self.hidden_hints = CompanyWordsSection(), HiddenHintsSection()
        self._pages = QStackedWidget()
        pages = (
            *(self._appearance, self._writing, self.company_words, self.hidden_hints),
            *(self._keys, privacy),
        )
        for (title, _), section in zip(SECTIONS, pages, strict=True):
            self._pages.addWidget(_scrolled(title, section))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side())
        layout.addWidget(_line("vline"))
        layout.addWidget(self._pages, 1)

    def _side(self) -> QFrame:
        side = QFrame()
        side.setProperty("role", "surface")
        side.setFixedWidth(NAVIGATION - 1)
        title = _label("Settings", "title")
        title.setContentsMargins(16, 11, 16, 12)
        foot = _label("Changes hold at once.", "meta muted")
        foot.setContentsMargins(16, 10, 16, 12)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(title)
        layout.addWidget(self._list(), 1)
        layout.addWidget(_line("line"))
        layout.addWidget(foot)
        return side

    def _list(self) -> QListWidget:
        self._navigation = QListWidget()
        self._navigation.setProperty("role", "navigation")
        self._navigation.setAccessibleName("Sections of the settings")
        self._navigation.setIconSize(QSize(18, 18))
        for title, icon in SECTIONS:
            item = QListWidgetItem(icons.icon(icon), title)
            item.setSizeHint(QSize(0, ROW))
            self._navigation.addItem(item)
        return self._navigation

    def _connect(self) -> None:
        self._navigation.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._navigation.setCurrentRow(0)
        self._appearance.changed.connect(lambda made: self._tell(theme=made.theme))
        self._writing.changed.connect(self._tell_writing)
        self._keys.changed.connect(lambda keymap: self._tell(keys=dict(keymap.changes)))
        self._keys.single_keys_chosen.connect(lambda on: self._tell(single_keys=on))

    # ------------------------------------------------------------ tell

    def _tell_writing(self, made: Settings) -> None:
        self._tell(
            agent_name=made.agent_name,
            company=made.company,
            own_addresses=made.own_addresses,
            undo_seconds=made.undo_seconds,
            guidance=made.guidance,
        )

    def _tell(self, **chosen: object) -> None:
        self._settings = replace(self._settings, **chosen)  # type: ignore[arg-type]
        self.changed.emit(self._settings)


def _scrolled(title: str, section: QWidget) -> QScrollArea:
    """A section under its heading, as wide as can be read, scrolled where it is longer."""
    page = QWidget()
    page.setProperty("role", "page")
    column = QVBoxLayout()
    column.setContentsMargins(0, 16, 0, 24)
    column.setSpacing(12)
    column.addWidget(_label(title, "heading"))
    column.addWidget(section)
    column.addStretch(1)
    content = QWidget()
    content.setLayout(column)
    content.setMaximumWidth(CONTENT)
    whole = QHBoxLayout(page)
    whole.setContentsMargins(24, 0, 24, 0)
    whole.addStretch(1)
    whole.addWidget(content, 1000)
    whole.addStretch(1)
    area = QScrollArea(widgetResizable=True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


def _line(role: str) -> QFrame:
    line = QFrame()
    line.setProperty("role", role)
    return line


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
