"""The column of cards: one per need, in the order a reply is written, or one quiet line."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cxdesk.model import Guidance
from cxdesk.ui import theme
from cxdesk.ui.sidebar.card import HeldBackCard, PlayCard, Silence
from cxdesk.ui.sidebar.words import NEEDS

GAP, NARROW_GAP = 12, 8
_KEYS = {"apology": "insert_1", "ownership": "insert_2", "extra_mile": "insert_3"}
DEFAULT_KEYS = {"insert_1": "Ctrl+1", "insert_2": "Ctrl+2", "insert_3": "Ctrl+3"}


class Cards(QWidget):
    """Shows guidance as the agent wants it: `learner`, `standard` or `quiet`."""

    chosen = Signal(int)
    """The suggestion to insert, counted from 1 in the order of the guidance."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guidance: Guidance | None = None
        self._level = "standard"
        self._opened = False
        self._keys: Mapping[str, str] = DEFAULT_KEYS
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        theme.signals().changed.connect(self._fill)  # icons in labels are pictures

    def show_guidance(self, guidance: Guidance | None) -> None:
        """Show this guidance; the same again changes nothing, so that nothing flickers."""
        if guidance != self._guidance:
            self._guidance = guidance
            self._opened = False
            self._fill()

    def set_level(self, level: str) -> None:
        self._level = level
        self._fill()

    def set_keys(self, keys: Mapping[str, str]) -> None:
        self._keys = {**DEFAULT_KEYS, **keys}
        self._fill()

    def set_narrow(self, on: bool) -> None:
        """Stand closer where there is little room."""
        self._column.setSpacing(NARROW_GAP if on else GAP)

    def first(self) -> QWidget | None:
        """What the focus goes to first; None when there is nothing to choose."""
        found = [each for each in self._widgets() if isinstance(each, PlayCard | QPushButton)]
        return found[0] if found else None

    def plays(self) -> list[PlayCard]:
        """The cards that can be inserted, from top to bottom."""
        return [each for each in self._widgets() if isinstance(each, PlayCard)]

    def _widgets(self) -> list[QWidget]:
        items = (self._column.itemAt(n) for n in range(self._column.count()))
        return [widget for item in items if item and (widget := item.widget())]

    def _fill(self) -> None:
        focused = next((card.suggestion.need for card in self.plays() if card.hasFocus()), "")
        for widget in self._widgets():
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        if self._guidance is not None:
            self._add(self._guidance)
        for widget in self._widgets():
            widget.show()  # now, not with the next event: the focus may go there at once
        for card in self.plays():
            if focused and card.suggestion.need == focused:
                card.setFocus()

    def _add(self, guidance: Guidance) -> None:
        if guidance.suggestions and self._level == "quiet" and not self._opened:
            self._add_quiet_line(guidance)
            return
        self._add_cards(guidance)
        if guidance.silence and not guidance.suggestions:
            self._column.addWidget(Silence(guidance.silence))

    def _add_cards(self, guidance: Guidance) -> None:
        places = {each.need: n for n, each in enumerate(guidance.suggestions, start=1)}
        held = {each.need: each for each in guidance.held_back}
        for need in (*NEEDS, *(each for each in places if each not in NEEDS)):
            if need in places:
                self._add_play(guidance, places[need])
            elif need in held and self._level != "quiet":
                self._column.addWidget(HeldBackCard(held[need]))

    def _add_play(self, guidance: Guidance, place: int) -> None:
        suggestion = guidance.suggestions[place - 1]
        key = self._key(suggestion.need)
        card = PlayCard(suggestion, key, learner=self._level == "learner")
        card.clicked.connect(lambda: self.chosen.emit(place))
        self._column.addWidget(card)

    def _key(self, need: str) -> str:
        return self._keys.get(_KEYS.get(need, ""), "")

    def _add_quiet_line(self, guidance: Guidance) -> None:
        count = len(guidance.suggestions)
        key = self._key(guidance.suggestions[0].need)
        button = QPushButton(f"•  {count} suggestion{'s' if count != 1 else ''}, {key}")
        button.setProperty("role", "link meta")
        button.setToolTip("Show them")
        button.clicked.connect(self._open)
        self._column.addWidget(button)

    def _open(self) -> None:
        self._opened = True
        self._fill()
        if first := self.first():
            first.setFocus()
