"""One play to be read: its title and situation, then its sections."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from cxdesk.playbook import Play, Playbook
from cxdesk.ui.labels import label
from cxdesk.ui.playbook.section import SIDE, WIDTH, line
from cxdesk.ui.playbook.sections import (
    AvoidSection,
    ExamplesSection,
    FieldsSection,
    GrantSection,
    WhenSection,
    WhySection,
)
from cxdesk.ui.playbook.wording_section import WordingSection

HEAD = 72
"""Pixels of title and situation with the line below; more where the situation wraps."""


class Page(QFrame):
    """A header that stays, over parts that are scrolled."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.title = label("", "title", wraps=True)
        self.lead = label("", "body muted", wraps=True)
        for each in (self.title, self.lead):
            each.setMaximumWidth(WIDTH)
        self.parts = QVBoxLayout()
        self.parts.setContentsMargins(0, 0, 0, 12)
        self.parts.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(line())
        column.addWidget(self._scrolled(), 1)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setMinimumHeight(HEAD - 1)
        rows = QVBoxLayout(head)
        rows.setContentsMargins(SIDE, 12, SIDE, 10)
        rows.setSpacing(3)
        rows.addWidget(self.title)
        rows.addWidget(self.lead)
        rows.addStretch(1)
        return head

    def _scrolled(self) -> QScrollArea:
        page = QFrame()
        page.setProperty("role", "surface")
        page.setLayout(self.parts)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(page)
        return self._area

    def to_top(self) -> None:
        self._area.verticalScrollBar().setValue(0)

    def settle(self) -> None:
        """Lay everything out now, from the innermost part outward.

        Left alone, Qt takes a round of events for each layer, and shows text cut off meanwhile.
        """
        for part in reversed(self.findChildren(QWidget)):  # an outer part stands before its own
            if layout := part.layout():
                layout.activate()
        QApplication.sendEvent(self._area, QEvent(QEvent.Type.LayoutRequest))


class PlayView(Page):
    """Shows one play of a book at a time."""

    def __init__(self, book: Playbook) -> None:
        super().__init__()
        self.setAccessibleName("The chosen play")
        self._play: Play | None = None
        self.wording = WordingSection(book)
        self.fields = FieldsSection(book)
        self._sections = (
            WhenSection(book),
            AvoidSection(book),
            ExamplesSection(),
            WhySection(),
            GrantSection(book),
        )
        when, *others = self._sections
        for part in (when, self.wording, self.fields, *others):
            self.parts.addWidget(part)
        self.parts.addStretch(1)
        self.wording.channel_chosen.connect(self._show_fields)

    def show_play(self, play: Play) -> None:
        """Show a play from its beginning; the same again changes nothing."""
        if play is self._play:
            return
        self._play = play
        self.title.setText(play.title)
        self.lead.setText(play.when.situation)
        for section in self._sections:
            section.show_play(play)
        self.wording.show_play(play)
        self._show_fields()
        self.to_top()

    def _show_fields(self, _channel: str = "") -> None:
        if self.wording.variant:
            self.fields.show_variant(self.wording.variant)
        self.settle()
