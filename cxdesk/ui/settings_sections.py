"""The settings' pages besides the keys: how it looks, how you write, what lies where."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cxdesk.paths import Profile
from cxdesk.settings import Settings
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.segmented import Segmented
from cxdesk.ui.theme_sample import ThemeSample

LABEL, LINE, FIELD, GAP = 176, 48, 360, 12
THEMES = (("system", "System"), ("light", "Light"), ("dark", "Dark"), ("contrast", "High contrast"))
UNDO = ((0, "Off"), (5, "5 s"), (10, "10 s"), (15, "15 s"), (30, "30 s"), (60, "60 s"))
GUIDANCE = (("learner", "Learner"), ("standard", "Standard"), ("quiet", "Quiet"))
GUIDANCE_WORDS = {
    "learner": "Cards are open, and each says why it is there.",
    "standard": "Cards are open; the why is one key away.",
    "quiet": "Only a dot says that there are some; it opens them. Nobody is told which you chose.",
}
PROMISES = (
    ("shield", "Nothing leaves this computer but the replies you send."),
    ("send", "Nothing is ever sent by the app alone."),
    ("pencil", "No typed word older than one second is lost."),
    ("eye", "Every verdict shows its words and can be overruled with C."),
    ("person", "Nobody is ranked."),
)


class Section(QWidget):
    """A page of settings that shows a `Settings` and tells the one a person made of it."""

    changed = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._form = QGridLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(0)
        self._form.setColumnStretch(1, 1)

    def add(self, words: str, control: QWidget, hint: str = "") -> QLabel:
        """A line of the form; its hint, to be changed later."""
        row = self._form.rowCount()
        label = QLabel(words)
        label.setFixedWidth(LABEL)
        label.setBuddy(control)
        self._form.addWidget(label, row, 0)
        self._form.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
        self._form.setRowMinimumHeight(row, LINE)
        below = QLabel(hint, wordWrap=True)
        below.setProperty("role", "meta muted")
        self._form.addWidget(below, row + 1, 1)
        below.setVisible(bool(hint))  # before it has a place it would be a window of its own
        return below

    def tell(self, **chosen: object) -> None:
        """Tell the settings with these fields changed, unless that changes nothing."""
        settings = replace(self._settings, **chosen)  # type: ignore[arg-type]
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)


class AppearanceSection(Section):
    """Light, dark, high contrast, or as the system has it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._theme = Segmented("Theme", THEMES)
        self._theme.chosen.connect(lambda value: self.tell(theme=value))
        self.add("Theme", self._theme, "System follows light, dark and contrast of this computer.")
        self._form.setRowMinimumHeight(self._form.rowCount(), GAP)
        left = Qt.AlignmentFlag.AlignLeft
        self._form.addWidget(ThemeSample(), self._form.rowCount() + 1, 1, left)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._theme.choose(settings.theme)


class WritingSection(Section):
    """Who writes, for whom, how long a reply can be taken back, how much help is shown."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._name = self._field("Your name", "as customers read it", "agent_name")
        self._company = self._field("Company", "as customers know it", "company")
        self._addresses = _line("Own addresses", "support@example.com, help@example.com")
        self._addresses.editingFinished.connect(self._tell_addresses)
        self.add(
            "Own addresses",
            self._addresses,
            "Mail from these is ours, not a customer’s. Commas between several.",
        )
        self._undo = Segmented("Undo send", UNDO)
        self._undo.chosen.connect(lambda value: self.tell(undo_seconds=value))
        self.add("Undo send", self._undo, "For mail. A chat message goes out at once.")
        self._guidance = Segmented("Guidance", GUIDANCE)
        self._guidance.chosen.connect(lambda value: self.tell(guidance=value))
        self._guidance.chosen.connect(self._explain)
        self._explained = self.add("Guidance", self._guidance, " ")

    def _field(self, words: str, example: str, name: str) -> QLineEdit:
        field = _line(words, example)
        field.editingFinished.connect(lambda: self.tell(**{name: field.text().strip()}))
        self.add(words, field)
        return field

    def _tell_addresses(self) -> None:
        parts = self._addresses.text().replace(";", ",").split(",")
        self.tell(own_addresses=tuple(part.strip().lower() for part in parts if part.strip()))

    def _explain(self, guidance: object) -> None:
        self._explained.setText(GUIDANCE_WORDS.get(str(guidance), ""))

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._name.setText(settings.agent_name)
        self._company.setText(settings.company)
        self._addresses.setText(", ".join(settings.own_addresses))
        self._undo.choose(settings.undo_seconds)
        self._guidance.choose(settings.guidance)
        self._explain(settings.guidance)


class PrivacySection(QWidget):
    """Every place the app writes to, and what it promises."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        layout.addLayout(_promises())
        layout.addWidget(_label("What lies where", "heading"))
        layout.addLayout(_places(profile))


def _promises() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(1, 1)
    for row, (icon, words) in enumerate(PROMISES):
        grid.addWidget(IconLabel(icon, 18, "good"), row, 0)
        grid.addWidget(_label(words, "body"), row, 1)
    return grid


def _places(profile: Profile) -> QGridLayout:
    """All files below the profile: nothing is written anywhere else."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(1, 1)
    for row, (what, path) in enumerate(
        (
            ("Conversations and drafts", profile.database),
            ("Replies as mail files", profile.outbox),
            ("Settings", profile.settings),
            ("Your own playbook", profile.playbook),
            ("Company words", profile.company_words),
            ("Log, without customers’ words", profile.log),
        )
    ):
        where = _label(str(path), "muted")
        where.setWordWrap(True)
        where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        where.setAccessibleName(f"{what}: {path}")
        grid.addWidget(_label(what, "body"), row, 0)
        grid.addWidget(where, row, 1)
    return grid


def _line(name: str, example: str) -> QLineEdit:
    field = QLineEdit(placeholderText=example)
    field.setFixedWidth(FIELD)
    field.setAccessibleName(name)
    return field


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
