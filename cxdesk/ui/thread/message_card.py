"""One unfolded message. The customer's stands on a card in the largest type; ours stays behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.model import Message, Role
from cxdesk.ui import marks, theme
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.labels import label
from cxdesk.ui.softening import SoftText
from cxdesk.ui.thread import cue_marks, words
from cxdesk.ui.thread.cue_text import CueText
from cxdesk.ui.thread.disclosure import Disclosure


@dataclass(frozen=True)
class _Look:
    """How a kind of message stands in the column."""

    font: str
    line_height: int
    muted: bool
    role: str
    margins: tuple[int, int, int, int]


_CUSTOMER = _Look("heading", 22, False, "card", (16, 10, 16, 12))
_OURS = _Look("body", 20, True, "", (17, 4, 17, 4))
_NOTE = _Look("body", 20, False, "note", (17, 8, 17, 10))


def _look(message: Message) -> _Look:
    if message.role is Role.NOTE:
        return _NOTE
    ours = message.role is Role.AGENT or message.automated
    return _OURS if ours else _CUSTOMER


class _Head(QWidget):
    """Who and when; a click folds the message."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class MessageCard(QFrame):
    """A message in full. Enter on the card, or a click on its head, asks to fold it."""

    fold_asked = Signal()
    mark_focused = Signal(QRect)
    """A mark in its text got the keyboard: its place within this card."""
    why_asked = Signal()
    """The rule behind that mark is wanted."""
    harmless_asked = Signal(str)
    """These words are harmless in this trade."""

    def __init__(
        self,
        message: Message,
        now: datetime,
        own_name: str,
        parent: QWidget,
        *,
        is_set_aside: bool = False,
        soft: SoftText | None = None,
    ) -> None:
        super().__init__(parent)
        self.message = message
        self.is_set_aside = is_set_aside
        self.soft = soft
        self._look = _look(message)
        self._author = self._name(own_name)
        self._build(now)
        self._connect()
        self.setAccessibleName(self._sentence())

    def _name(self, own_name: str) -> str:
        if self.message.automated:
            return f"Automatic mail ({self.message.automated}), not read for mood"
        ours = self.message.role is not Role.CUSTOMER
        who = self.message.author or (words.YOU if ours else words.CUSTOMER)
        who = words.YOU if ours and who == own_name else who
        if self.message.role is not Role.NOTE:
            return who
        return f"Note by {'you' if who == words.YOU else who}, seen by us only"

    def _sentence(self) -> str:
        level = marks.level_words(self.message.level)
        time = marks.full_time(self.message.sent_at)
        aside = words.not_read(self.message) if self.is_set_aside else ""
        said = self.soft.text if self.soft else self.message.text
        parts = (self._author, level, time, aside, said)
        return ", ".join(part for part in parts if part)

    def _build(self, now: datetime) -> None:
        self.setProperty("role", self._look.role)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(*self._look.margins)
        column.setSpacing(0)
        self._head = self._build_head(now)
        self.text = self._build_text()
        column.addWidget(self._head)
        column.addSpacing(4)
        column.addWidget(self.text)
        for part in self._extras():
            column.addSpacing(8)
            column.addWidget(part)

    def _build_head(self, now: datetime) -> _Head:
        head = _Head()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        sign = "note" if self.message.role is Role.NOTE else "settings"
        if self.message.role is Role.NOTE or self.message.automated:
            row.addWidget(IconLabel(sign, 14))
        strong = "meta strong" if self._look is _CUSTOMER else "meta strong muted"
        row.addWidget(label(self._author, strong), 1)
        time = label(marks.short_time(self.message.sent_at, now), "meta muted")
        time.setToolTip(marks.full_time(self.message.sent_at))
        row.addWidget(time)
        return head

    def _build_text(self) -> CueText:
        look = self._look
        shown = self.message.text.rstrip()
        text = CueText(
            shown, look.font, look.line_height, muted=look.muted, soft=self.soft, parent=self
        )
        text.setAccessibleName(f"{self._author}’s message")
        if look is _CUSTOMER:
            text.set_marks(cue_marks.marks_of(self.message, self.soft), self.message.level)
        return text

    def _extras(self) -> list[QWidget]:
        """What stands below the text: corrections, attachments, folded parts."""
        found: list[QWidget] = []
        if self.is_set_aside:
            found.append(_signed("warning", words.not_read(self.message)))
        if self.message.correction:
            found.append(self._correction())
        found += [_signed("file", words.attachment(part)) for part in self.message.attachments]
        if self.message.quoted:
            found.append(Disclosure("Quoted", self.message.quoted, self))
        if self.message.signature:
            found.append(Disclosure("Signature", self.message.signature, self))
        return found

    def _correction(self) -> QWidget:
        assert self.message.correction is not None
        return _signed("user-check", words.said(self.message.correction))

    def _connect(self) -> None:
        self._head.clicked.connect(self.fold_asked)
        self.text.why_asked.connect(self.why_asked)
        self.text.harmless_asked.connect(self.harmless_asked)
        self.text.mark_focused.connect(
            lambda place: self.mark_focused.emit(place.translated(self.text.pos()))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            enter
            and self.hasFocus()
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.fold_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._look is _NOTE:
            painter.setPen(QPen(tokens.edge(tokens.accent), 1))
            painter.setBrush(tokens.tint(tokens.accent))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(tokens.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)


def _signed(icon: str, text: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(IconLabel(icon, 14))
    row.addWidget(label(text, "meta muted"), 1)
    return line
