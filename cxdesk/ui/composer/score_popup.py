"""The score of a draft with its parts and the words that earned them: for the agent's eyes alone.

It lives as long as the draft is on screen: no score is kept, sent, or shown to anybody else.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.model import Finding, Review, ScorePart
from cxdesk.overruling import QUIET, Cap, hurting
from cxdesk.ui import theme
from cxdesk.ui.composer.dismissal_strip import link
from cxdesk.ui.composer.popup import GAP, Popup
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.labels import label
from cxdesk.ui.overlay import announce

WIDTH = 440
PRIVATE = "For you alone: never kept, never sent."
NOTHING = "There is no score yet: it comes from the words of a reply, as soon as there are some."
_ROW, _SIDE, _NAME, _POINTS = 26, 12, 128, 64
_METER_WIDTH, _METER_HEIGHT, _ROOM_FOR_METER = 40, 4, 420
_PARTS = {
    "L": ("Listening", "say back one of their facts"),
    "A": ("Apology", "sorry, for what we did"),
    "O": ("Ownership", "“I”, and what you do"),
    "S": ("Solution", "what is done, or a choice"),
    "N": ("Next step and time", "what comes next, and when"),
    "R": ("Respect", "nothing that may hurt"),
    "C": ("Care", "thanks, or a warm word"),
}
_VCENTER = Qt.AlignmentFlag.AlignVCenter


class PartRow(QWidget):
    """One part: its name, the words that earned it or what would, its points of those possible."""

    def __init__(self, part: ScorePart, words: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._part = part
        self.name, earns = _PARTS[part.code]
        self.words = ", ".join(f"“{_one_line(each)}”" for each in words)
        self._shown = self.words or ("" if self.is_full else earns)
        self.points = f"{_figure(part.points)} of {_figure(part.possible)}"
        self.setFixedHeight(_ROW)
        self.setAccessibleName(f"{self.name}: {self.points}. {self._shown}")
        self.setToolTip(self._shown)

    @property
    def is_full(self) -> bool:
        return self._part.points >= self._part.possible

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        painter.setPen(tokens.text)
        painter.setFont(theme.font("body"))
        painter.drawText(inside, _VCENTER, self.name)
        painter.setFont(theme.font("meta"))
        right = _VCENTER | Qt.AlignmentFlag.AlignRight
        painter.setPen(tokens.good if self.is_full else tokens.muted)
        painter.drawText(inside, right, self.points)
        meter = _METER_WIDTH + 12 if self.width() >= _ROOM_FOR_METER else 0
        if meter:
            self._paint_meter(painter, inside.right() - _POINTS - _METER_WIDTH)
        painter.setPen(tokens.muted)
        room = inside.adjusted(_NAME, 0, -_POINTS - meter, 0)
        elided = painter.fontMetrics().elidedText(
            self._shown, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _VCENTER, elided)

    def _paint_meter(self, painter: QPainter, left: int) -> None:
        tokens = theme.tokens()
        ground = QRectF(left, (_ROW - _METER_HEIGHT) / 2, _METER_WIDTH, _METER_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.line)
        painter.drawRoundedRect(ground, 2, 2)
        share = self._part.points / self._part.possible
        if share > 0:
            painter.setBrush(tokens.good)
            painter.drawRoundedRect(ground.adjusted(0, 0, -_METER_WIDTH * (1 - share), 0), 2, 2)


class ScorePopup(Popup):
    """Opens upward from the ticks. `finding_asked` is what holds the score, to be mended."""

    finding_asked = Signal(object)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "Score of this draft")
        self.rows: list[PartRow] = []
        self._column = QVBoxLayout(self.panel)
        self._column.setContentsMargins(1, 6, 1, 6)
        self._column.setSpacing(0)
        self._content = QWidget()
        self._column.addWidget(self._content)

    # ------------------------------------------------------------------ show

    def open_above(self, bar: QWidget, review: Review | None, cap: Cap | None) -> None:
        """Show the score of this review over the bar with the ticks; without one, what it needs."""
        self._show(review, cap, min(WIDTH, bar.width() - 2 * GAP))
        self._content.show()  # in an open panel it is measured before Qt would show it
        window = self.owner.window()
        corner = bar.mapTo(window, bar.rect().topLeft())
        size = self._size(min(WIDTH, bar.width() - 2 * GAP))
        top = max(GAP, corner.y() - 4 - size.height())
        self.open_at(QRect(corner.x() + GAP, top, size.width(), size.height()))
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        announce(self, self.accessibleDescription())

    def _size(self, width: int) -> QSize:
        self._column.activate()
        high = self._column.hasHeightForWidth()
        hint = self._column.totalSizeHint().height()
        return QSize(width, self._column.totalHeightForWidth(width) if high else hint)

    def _show(self, review: Review | None, cap: Cap | None, width: int) -> None:
        old, self._content = self._content, QWidget()
        self._column.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()
        self._content.setFixedWidth(width - 2)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if review is None:
            self.rows = []
            column.addLayout(_teaching())
            self.setAccessibleDescription(NOTHING)
            return
        self._fill(column, review)
        if cap:
            column.addLayout(self._cap_line(cap))
        said = [row.accessibleName() for row in self.rows]
        held = [cap_words(cap)] if cap else []
        score = f"{review.score} of 100."
        self.setAccessibleDescription(" ".join([score, review.advice, *said, *held, PRIVATE]))

    def _fill(self, column: QVBoxLayout, review: Review) -> None:
        column.addLayout(_advice(review.advice))
        column.addWidget(_rule())
        self.rows = [PartRow(part, _words(part, review), self._content) for part in review.parts]
        for row in self.rows:
            column.addWidget(row)
        column.addWidget(_rule())
        column.addLayout(_total(review.score))

    def _cap_line(self, cap: Cap) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(_SIDE, 2, _SIDE - 4, 4)
        line.setSpacing(8)
        line.addWidget(IconLabel("warning", 16, "warning"))
        line.addWidget(label(cap_words(cap), "body", wraps=True), 1)
        if cap.finding.code not in QUIET:
            ask = lambda: self._ask(cap.finding)  # noqa: E731
            line.addWidget(link("Fixes", f"Fixes for “{cap.finding.text}”", ask))
        return line

    def _ask(self, finding: Finding) -> None:
        self.close()
        self.finding_asked.emit(finding)


def cap_words(cap: Cap) -> str:
    """Why the draft scores no more: `At most 30 while “You should have” stands: argues.`"""
    title = cap.finding.title[:1].lower() + cap.finding.title[1:]
    if cap.finding.code in QUIET:
        return f"At most {cap.most} so far: {title}."
    return f"At most {cap.most} while “{_one_line(cap.finding.text)}” stands: {title}."


def _words(part: ScorePart, review: Review) -> tuple[str, ...]:
    """What earned a part; for respect, what took from it."""
    if part.code == "R" and part.points < part.possible:
        return hurting(review)
    return part.words


def _advice(advice: str) -> QVBoxLayout:
    """The one best next change, first of all."""
    change, _, points = advice.rpartition(": +")
    column = QVBoxLayout()
    column.setContentsMargins(_SIDE, 4, _SIDE, 8)
    column.setSpacing(2)
    column.addWidget(label("Best next change" if change else "Score of this draft", "meta muted"))
    line = QHBoxLayout()
    words = change[:1].upper() + change[1:] if change else "No single change would add to it."
    line.addWidget(label(words, "body strong", wraps=True), 1)
    if change:
        line.addWidget(label(f"+{points}", "body strong good"))
    column.addLayout(line)
    return column


def _teaching() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(_SIDE, 4, _SIDE, 4)
    column.setSpacing(4)
    column.addWidget(label(NOTHING, "body", wraps=True))
    column.addWidget(label(PRIVATE, "meta muted"))
    return column


def _total(score: int) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(_SIDE, 6, _SIDE, 2)
    line.addWidget(label(PRIVATE, "meta muted"), 1)
    line.addWidget(label(f"{score} of 100", "body strong"))
    return line


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line


def _figure(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")


def _one_line(words: str) -> str:
    return " ".join(words.split())
