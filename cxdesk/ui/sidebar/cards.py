"""The column of cards: one per need, in the order a reply is written, or one quiet dot."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from cxdesk.model import Guidance
from cxdesk.ui import theme
from cxdesk.ui.sidebar.card import HeldBackCard, PlayCard, Silence
from cxdesk.ui.sidebar.procedure_panel import ProcedurePanel
from cxdesk.ui.sidebar.words import NEEDS

GAP, NARROW_GAP = 12, 8
_KEYS = {"apology": "insert_1", "ownership": "insert_2", "extra_mile": "insert_3"}
DEFAULT_KEYS = {"insert_1": "Ctrl+1", "insert_2": "Ctrl+2", "insert_3": "Ctrl+3"}


class Dot(QAbstractButton):
    """All that Quiet shows: there is something, for whoever wants to see it."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(28, 28)
        name = f"{count} suggestion{'s' if count != 1 else ''}"
        self.setAccessibleName(f"{name}, not shown. Press to show them")
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(tokens.accent, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(tokens.hover)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.accent)
        painter.drawEllipse(QRectF(10, 10, 8, 8))


class Cards(QWidget):
    """Shows guidance as the agent wants it: `learner`, `standard` or `quiet`."""

    chosen = Signal(int)
    """The suggestion to insert, counted from 1 in the order of the guidance."""
    why_asked = Signal(QPoint)
    """The rule that brought the company's procedure is wanted."""
    command = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guidance: Guidance | None = None
        self._about = 0
        self._level = "standard"
        self._opened = False
        self._keys: Mapping[str, str] = DEFAULT_KEYS
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        theme.signals().changed.connect(self._fill)  # icons in labels are pictures

    def show_guidance(self, guidance: Guidance | None, about: int = 0) -> None:
        """Show this guidance; the same again changes nothing, so that nothing flickers.

        What was opened in Quiet stays open as long as it is `about` the same conversation.
        """
        if about != self._about:
            self._about, self._opened = about, False
        elif guidance == self._guidance:
            return
        self._guidance = guidance
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
        if panel := self.panel():
            return panel.why
        return next((each for each in self._widgets() if isinstance(each, PlayCard | Dot)), None)

    def panel(self) -> ProcedurePanel | None:
        """The company's procedure, where somebody may come to harm."""
        return next((each for each in self._widgets() if isinstance(each, ProcedurePanel)), None)

    def ask_why(self) -> bool:
        """Ask for the rule behind the panel; False where there is none."""
        panel = self.panel()
        if panel:
            panel.why.click()
        return panel is not None

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
        if guidance.procedure:
            panel = ProcedurePanel(guidance.procedure, self._keys)
            panel.why_asked.connect(self.why_asked)
            panel.command.connect(self.command)
            self._column.addWidget(panel)
        elif self._level == "quiet" and not self._opened:
            self._add_dot(len(guidance.suggestions))
        else:
            self._add_cards(guidance)
            if guidance.silence and not guidance.suggestions:
                self._column.addWidget(Silence(guidance.silence))

    def _add_cards(self, guidance: Guidance) -> None:
        places = {each.need: n for n, each in enumerate(guidance.suggestions, start=1)}
        held = {each.need: each for each in guidance.held_back}
        for need in (*NEEDS, *(each for each in places if each not in NEEDS)):
            if need in places:
                self._add_play(guidance, places[need])
            elif need in held:
                self._column.addWidget(HeldBackCard(held[need]))

    def _add_play(self, guidance: Guidance, place: int) -> None:
        suggestion = guidance.suggestions[place - 1]
        key = self._key(suggestion.need)
        card = PlayCard(suggestion, key, learner=self._level == "learner")
        card.clicked.connect(lambda: self.chosen.emit(place))
        card.hand_over.connect(lambda: self.command.emit("hand_over"))
        self._column.addWidget(card)

    def _key(self, need: str) -> str:
        return self._keys.get(_KEYS.get(need, ""), "")

    def _add_dot(self, count: int) -> None:
        if count:
            dot = Dot(count)
            dot.clicked.connect(self._open)
            self._column.addWidget(dot)

    def _open(self) -> None:
        self._opened = True
        self._fill()
        if first := self.first():
            first.setFocus()
