"""The sections of a play besides its wording: when, with what, when not, for which words, why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from cxdesk.model import Level
from cxdesk.playbook import Play, Playbook, Variant
from cxdesk.ui.labels import label
from cxdesk.ui.marks import LevelMark
from cxdesk.ui.playbook import words
from cxdesk.ui.playbook.chips import HEIGHT, Chips
from cxdesk.ui.playbook.section import Line, Section, SignedLines

_NAMES = 56
_FIELD = 152
_FITS, _MISSES = "It fits", "It does not fit"


class WhenSection(Section):
    """What calls for the play, and what must hold besides."""

    def __init__(self, book: Playbook) -> None:
        super().__init__("When", "the moment")
        self._book = book
        self._signals, self._intents = Chips("One of these signs"), Chips("About one of these")
        self._phases, self._only = label("", "body", wraps=True), label("", "body", wraps=True)
        self._rows: list[tuple[QLabel, QWidget]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.content.addLayout(self._grid)
        for name, control in (
            ("Signs", self._signals),
            ("About", self._intents),
            ("Phase", self._phases),
            ("Level", self._levels()),
            ("Only if", self._only),
        ):
            self._add(name, control)

    def _add(self, name: str, control: QWidget) -> None:
        row = len(self._rows)
        named = label(name, "meta muted")
        named.setFixedWidth(_NAMES)
        named.setFixedHeight(HEIGHT if isinstance(control, Chips) else 18)
        self._grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(control, row, 1)
        self._rows.append((named, control))

    def _levels(self) -> QWidget:
        self._lowest, self._highest = LevelMark(), LevelMark()
        self._to, self._any = label("to", "meta muted"), label("any level", "meta muted")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._lowest, self._to, self._highest, self._any):
            row.addWidget(part)
        row.addStretch(1)
        made = QWidget()
        made.setLayout(row)
        return made

    def show_play(self, play: Play) -> None:
        when = play.when
        self._signals.show_words(words.chips(when.signals, self._book.signals))
        self._intents.show_words(words.chips(when.intents, self._book.intents))
        self._phases.setText(words.phases(when))
        self._show_levels(*when.levels)
        self._any.setVisible(words.is_any_level(when))
        self._only.setText(words.conditions(when))
        self._only.setVisible(bool(self._only.text()))
        for named, control in self._rows:
            named.setVisible(not control.isHidden())

    def _show_levels(self, lowest: int, highest: int) -> None:
        self._lowest.set_level(Level(lowest))
        self._highest.set_level(Level(highest) if highest != lowest else None)
        self._to.setVisible(highest != lowest)


class FieldsSection(Section):
    """What goes into each open field of the wording on screen."""

    def __init__(self, book: Playbook) -> None:
        super().__init__("Fill in", "the open fields")
        self._book = book
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.content.addLayout(self._grid)

    def show_variant(self, variant: Variant) -> None:
        found = words.fields(variant, self._book.slots)
        while len(self._rows) < len(found):
            self._add()
        for (name, hint), field in zip(self._rows, found, strict=False):
            name.setText(field.label)
            hint.setText(field.hint)
            hint.setAccessibleName(f"{field.label}: {field.hint}")
        for number, row in enumerate(self._rows):
            for part in row:
                part.setVisible(number < len(found))
        self.setVisible(bool(found))

    def _add(self) -> None:
        name, hint = label("", "body accent", wraps=True), label("", "meta muted", wraps=True)
        name.setFixedWidth(_FIELD)
        self._grid.addWidget(name, len(self._rows), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(hint, len(self._rows), 1)
        self._rows.append((name, hint))


class AvoidSection(Section):
    """What would spoil it, and the signs it is held back for."""

    def __init__(self, book: Playbook) -> None:
        super().__init__("Not when", "what spoils it")
        self._book = book
        self._lines = SignedLines()
        self._signs = Chips("Held back at")
        self._held = label("Held back at", "meta muted")
        self._held.setFixedHeight(HEIGHT)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._held, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._signs, 1)
        self.content.addWidget(self._lines)
        self.content.addLayout(row)

    def show_play(self, play: Play) -> None:
        self._lines.show_lines(
            [Line("pause", "muted", words.sentence(each), "Not when") for each in play.avoid_when]
        )
        self._signs.show_words(words.chips(play.avoid_signals, self._book.signals))
        self._held.setVisible(bool(self._signs.words()))
        self.setVisible(bool(play.avoid_when or self._signs.words()))


class ExamplesSection(Section):
    """What a customer may write that it fits, and what it does not fit."""

    def __init__(self) -> None:
        super().__init__("Examples", "what it is for")
        self._fits, self._misses = SignedLines(), SignedLines()
        self._fits_name, self._misses_name = (
            label(_FITS, "meta muted strong"),
            label(_MISSES, "meta muted strong"),
        )
        for part in (self._fits_name, self._fits, self._misses_name, self._misses):
            self.content.addWidget(part)

    def show_play(self, play: Play) -> None:
        self._fits.show_lines(
            [Line("check", "good", f"“{each}”", _FITS) for each in play.examples_match]
        )
        self._misses.show_lines(
            [Line("x", "warning", f"“{each}”", _MISSES) for each in play.examples_no_match]
        )
        self._fits_name.setVisible(bool(play.examples_match))
        self._misses_name.setVisible(bool(play.examples_no_match))
        self.setVisible(bool(play.examples_match or play.examples_no_match))


class WhySection(Section):
    """Why it works, and who found that out."""

    def __init__(self) -> None:
        super().__init__("Why", "and who says so")
        self._why = label("", "body", wraps=True)
        self._source = label("", "meta muted", wraps=True)
        self.content.setSpacing(2)
        self.content.addWidget(self._why)
        self.content.addWidget(self._source)

    def show_play(self, play: Play) -> None:
        self._why.setText(play.why)
        self._source.setText(play.source)
        self._source.setVisible(bool(play.source))
        self.setVisible(bool(play.why or play.source))


class GrantSection(Section):
    """What the agent may give with it, and what is left to do."""

    def __init__(self, book: Playbook) -> None:
        super().__init__("Grant", "yours to give")
        self._book = book
        self._lines = SignedLines()
        self.content.addWidget(self._lines)

    def show_play(self, play: Play) -> None:
        lines = [Line("shield", "muted", words.authority(play), "You may give")]
        if play.admits_fault:
            fault = "Its words say that we were at fault."
            lines.append(Line("warning", "warning", fault, "Mind"))
        if after := words.afterwards(play, self._book):
            lines.append(Line("clock", "muted", after, "Afterwards"))
        self._lines.show_lines(lines)
