"""The cards of the sidebar: one play per need, or the reason why there is none."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import HeldBack, Suggestion
from cxdesk.ui import icons, theme
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.labels import as_written
from cxdesk.ui.sidebar.words import NEED_WORDS
from cxdesk.ui.slot_text import SlotText

MOST_LINES = 4
"""Lines of a play on its card, so that all three needs are in sight; the tooltip has the rest."""
_ROW_ID = re.compile(r" \([A-Z]\d+\w?\)")
_QUOTED = re.compile(r"^(“[^”]+”): .+")
_MARGINS = (12, 10, 12, 10)


class PlayCard(QAbstractButton):
    """One play: need and key, its text with open fields, and why now. A click inserts it."""

    hand_over = Signal()
    """The lead, whom this play needs, is to have the case."""

    def __init__(
        self, suggestion: Suggestion, key: str, *, learner: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.suggestion = suggestion
        self._because = because_words(suggestion, learner=learner)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        need = NEED_WORDS.get(suggestion.need, suggestion.title)
        self.setAccessibleName(f"{need}, {key}: {suggestion.text}")
        after = [f"Afterwards: {suggestion.follow_up}"] if suggestion.follow_up else []
        limit = f"You may grant: {suggestion.limit}" if suggestion.limit else ""
        told = (self._because, limit, *after)
        self.setAccessibleDescription(". ".join(each for each in told if each))
        parts = (suggestion.title, suggestion.text, "\n".join((*origins(suggestion), *after)))
        self.setToolTip(as_written("\n\n".join(part for part in parts if part)))
        self._build(need, key, learner)

    def _build(self, need: str, key: str, learner: bool) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*_MARGINS)
        column.setSpacing(4)
        column.addLayout(_title_line(_words(need, "strong"), _words(key, "meta muted")))
        if learner:
            column.addWidget(_words(self.suggestion.title, "meta muted", wraps=True))
        text = SlotText()
        text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        text.set_text(self.suggestion.text, self.suggestion.open_slots)
        text.set_most_lines(0 if learner else MOST_LINES)
        column.addWidget(text)
        if self._because:
            column.addSpacing(2)
            column.addWidget(_words(self._because, "meta muted", wraps=True))
        if self.suggestion.limit:
            column.addLayout(_signed("user-check", self.suggestion.limit))
        if self.suggestion.needs_lead:
            column.addWidget(self._build_lead(), 0, Qt.AlignmentFlag.AlignLeft)
        if learner:
            for line in origins(self.suggestion):
                column.addWidget(_words(line, "meta muted", wraps=True))
            if self.suggestion.follow_up:
                column.addLayout(_signed("clock", f"afterwards: {self.suggestion.follow_up}"))

    def _build_lead(self) -> QPushButton:
        button = QPushButton("Hand over to the lead")
        button.setProperty("role", "link meta")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(self.hand_over)
        return button

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._column.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._column.totalMinimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        fill = tokens.hover if self.underMouse() else tokens.surface
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 2 if self.hasFocus() else 1
        painter.setPen(QPen(tokens.accent if self.hasFocus() else tokens.line, wide))
        painter.setBrush(tokens.selected if self.isDown() else fill)
        half = wide / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(half, half, -half, -half), 6, 6)


class HeldBackCard(QFrame):
    """A need that gets no play now: no fill, muted, its reason and what opens it."""

    def __init__(self, held: HeldBack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        need = NEED_WORDS.get(held.need, held.need)
        opens = f"opens when {held.opens_when}" if held.opens_when else ""
        self.setAccessibleName(f"{need}, held back: {held.because}. {opens}")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_MARGINS)
        column.setSpacing(4)
        sign = QLabel()
        sign.setPixmap(icons.icon("pause", color=theme.tokens().muted).pixmap(QSize(16, 16)))
        row = _title_line(_words(need, "strong muted"), _words("held back", "meta muted"))
        row.insertWidget(0, sign)
        column.addLayout(row)
        why = SlotText(muted=True)
        why.set_text(_sentence(held.because))
        column.addWidget(why)
        if opens:
            column.addWidget(_words(opens, "meta", wraps=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tokens().line)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class Silence(QWidget):
    """ "Nothing to add", and one sentence saying why: silence that looks intended."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        line = QFrame()
        line.setProperty("role", "line")
        column.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(14)
        sign = QLabel()
        sign.setPixmap(icons.icon("check", color=theme.tokens().muted).pixmap(QSize(18, 18)))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(_words("Nothing to add", "strong"))
        why = SlotText(muted=True)
        why.set_text(sentence)
        words.addWidget(why)
        row.addLayout(words, 1)
        column.addLayout(row)
        self.setAccessibleName(f"Nothing to add. {sentence}")


def because_words(suggestion: Suggestion, *, learner: bool) -> str:
    """The because line: the customer's words and the row's reason; a learner sees all of it."""
    lines = suggestion.because
    if not learner:
        lines = tuple(_short(each) for each in lines[:2])
    return "because " + ", ".join(lines) if lines else ""


def _short(line: str) -> str:
    """Their words alone say enough, and "second failure of ours" is no less than with its row."""
    return _QUOTED.sub(r"\1", _ROW_ID.sub("", line)).removeprefix("a ").removeprefix("the ")


def origins(suggestion: Suggestion) -> list[str]:
    """Where the words of filled fields came from, a line each."""
    return [f"“{each.value}”: {each.origin}" for each in suggestion.filled if each.origin]


def _sentence(words: str) -> str:
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?")) else words + "."


def _title_line(title: QLabel, right: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(title, 1)
    row.addWidget(right)
    return row


def _signed(icon: str, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    sign = IconLabel(icon, 14)
    sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(_words(words, "meta muted", wraps=True), 1)
    return row


def _words(words: str, role: str, *, wraps: bool = False) -> QLabel:
    label = QLabel(words, wordWrap=wraps)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
