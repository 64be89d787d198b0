"""Who the customer is, at the lower edge: since when, and what they came with before."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cxdesk.model import PastContact, Thread
from cxdesk.ui import icons, marks, people, theme
from cxdesk.ui.labels import as_written, label
from cxdesk.ui.sidebar import words

MOST_CONTACTS = 3
FOLDED = 40
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | _VCENTER


class ContactRow(QAbstractButton):
    """An earlier conversation: day, level, their words, channel. A click opens it."""

    def __init__(self, contact: PastContact, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contact = contact
        self._day = words.day(contact.started_at, now)
        self._channel = words.channel(contact.channel)
        self.setFixedHeight(24)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        level = marks.level_words(contact.level)
        said = ", ".join(x for x in (self._day, level, f"“{contact.snippet}”", self._channel) if x)
        self.setAccessibleName(f"Open the conversation of {said}")
        tip = f"{marks.full_time(contact.started_at)}\n{level}\n“{contact.snippet}”"
        self.setToolTip(as_written(tip))

    def sizeHint(self) -> QSize:
        return QSize(220, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.selected if self.hasFocus() else tokens.hover)
            painter.drawRoundedRect(self.rect(), 4, 4)
        painter.setFont(theme.font("meta"))
        painter.setPen(tokens.muted)
        painter.drawText(self.rect(), _VCENTER, self._day)
        painter.drawText(self.rect(), _RIGHT, self._channel)
        self._paint_snippet(painter)

    def _paint_snippet(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        meta = QFontMetrics(theme.font("meta"))
        left = max(52, meta.horizontalAdvance(self._day) + 8)
        if self._contact.level is not None:
            color = tokens.levels[self._contact.level]
            box = QRect(left, 0, 12, self.height())
            marks.paint_level(painter, box, self._contact.level, color)
        right = meta.horizontalAdvance(self._channel) + 12
        rest = self.rect().adjusted(left + 20, 0, -right, 0)
        painter.setPen(tokens.text)
        painter.setFont(theme.font("body"))
        elide = Qt.TextElideMode.ElideRight
        quote = f"“{' '.join(self._contact.snippet.split())}”"
        painter.drawText(
            rest, _VCENTER, painter.fontMetrics().elidedText(quote, elide, rest.width())
        )


class FoldedLine(QAbstractButton):
    """The block on one line: a chevron, "Customer", which contact this is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contact = ""
        self.setCheckable(True)
        self.setFixedHeight(FOLDED)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        name = "chevron-down" if self.isChecked() else "chevron-right"
        top = (self.height() - 14) // 2
        sign = icons.pixmap(name, 14, tokens.text, self.devicePixelRatioF())
        painter.drawPixmap(0, top, sign)
        painter.setPen(tokens.accent if self.hasFocus() else tokens.text)
        painter.setFont(theme.font("meta", strong=True))
        painter.drawText(self.rect().adjusted(20, 0, 0, 0), _VCENTER, "Customer")
        painter.setPen(tokens.muted)
        painter.setFont(theme.font("meta"))
        painter.drawText(self.rect(), _RIGHT, self.contact)


class CustomerBlock(QWidget):
    """Name, since when, and the last contacts; one line where there is little room."""

    conversation_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_folded = False
        self._build()

    def _build(self) -> None:
        self.line = FoldedLine()
        self._name = label("", "strong")
        self._since = QLabel()
        self._since.setProperty("role", "meta muted")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 4)
        head.addWidget(self._name, 1)
        head.addWidget(self._since)
        self._page = QWidget()
        self._contacts = QVBoxLayout(self._page)
        self._contacts.setContentsMargins(0, 12, 0, 12)
        self._contacts.setSpacing(0)
        self._contacts.addLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self._page)
        self.line.toggled.connect(self._show)

    def show_customer(self, thread: Thread, now: datetime) -> None:
        """Show whose conversation this is; `now` tells this year's days from others."""
        name = people.full_name(thread.customer)
        self._name.setText(name)
        self._name.setToolTip(as_written(thread.customer.address))
        self._since.setText(words.since(thread.customer.since))
        self.line.contact = words.contact(thread.contact_number)
        self.line.setAccessibleName(f"{name}, {self.line.contact}")
        while self._contacts.count() > 1:
            item = self._contacts.takeAt(1)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        for contact in thread.history[:MOST_CONTACTS]:
            self._add(contact, now)
        self._show()

    def _add(self, contact: PastContact, now: datetime) -> None:
        row = ContactRow(contact, now)
        number = contact.conversation_id
        row.clicked.connect(lambda: self.conversation_asked.emit(number))
        self._contacts.addWidget(row)

    def set_folded(self, on: bool) -> None:
        """Fold to one line, which unfolds on a click."""
        if on != self.is_folded:
            self.is_folded = on
            self.line.setChecked(False)
        self._show()

    def _show(self, *_toggled: bool) -> None:
        self.line.setVisible(self.is_folded)
        self._page.setVisible(not self.is_folded or self.line.isChecked())
        margin = 0 if self.is_folded else 12
        self._contacts.setContentsMargins(0, margin, 0, 12)
