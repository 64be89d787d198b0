"""The composer's lower bar: four quiet ticks, the count of findings, Send."""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from cxdesk.model import Coverage, Finding, Severity
from cxdesk.ui import marks, theme
from cxdesk.ui.composer.buttons import KeyedButton
from cxdesk.ui.composer.ticks import INSET, Said, Tick, TickGroup

HEIGHT = 48
_STEPS = ((14, True, False), (9, True, False), (9, False, False), (7, False, True))
"""How the bar gives way: pixels between its parts, keys shown or not, small words or not."""
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_PARTS = (
    ("heard", "heard"),
    ("owned", "owned"),
    ("next_step", "next step"),
    ("extra_mile", "extra mile"),
)
_NEED_OF = {"owned": "ownership", "extra_mile": "extra_mile"}


class FindingCount(QAbstractButton):
    """How many findings the draft has, and the key to the next one; gone at zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count, self._blames, self.key = 0, False, "F8"
        self._shows_key = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(24)
        self.hide()
        theme.signals().changed.connect(self.update)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        self.count = len(findings)
        self._blames = any(each.severity is Severity.BLAME for each in findings)
        words = f"{self.count} finding{'s' if self.count != 1 else ''}"
        self.setAccessibleName(f"{words} in the draft, go to the next")
        self.setToolTip(f"{words}. {self.key} goes to the next.")
        self.setVisible(bool(findings))
        self.updateGeometry()
        self.update()

    def show_key(self, on: bool) -> None:
        """Leave the key out where the bar is narrow; the tooltip keeps it."""
        self._shows_key = on
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("meta"))
        width = 20 + metrics.horizontalAdvance(str(self.count))
        width += 8 + metrics.horizontalAdvance(self.key) if self._shows_key else 0
        return QSize(width, 24)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        ink = tokens.blame if self._blames else tokens.muted
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_sign(painter, ink)
        painter.setFont(theme.font("meta"))
        painter.setPen(ink)
        words = self.rect().adjusted(20, 0, 0, 0)
        painter.drawText(words, _VCENTER, str(self.count))
        if self._shows_key:
            painter.setPen(tokens.text if self.underMouse() else tokens.muted)
            painter.drawText(words, _VCENTER | Qt.AlignmentFlag.AlignRight, self.key)
        if self.hasFocus():
            painter.fillRect(0, self.height() - 2, self.width(), 2, tokens.accent)

    def _paint_sign(self, painter: QPainter, ink: QColor) -> None:
        if self._blames:
            marks.paint_wave(painter, QRect(0, 0, 16, self.height()), ink)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for x in (3, 8, 13):
            painter.drawEllipse(QPointF(x, self.height() / 2), 1.25, 1.25)


class CoverageBar(QWidget):
    """48 pixels at the foot of the composer."""

    next_finding = Signal()
    score = Signal()
    send = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._coverage = Coverage()
        self._held: frozenset[str] = frozenset()
        self.ticks = {part: Tick(words) for part, words in _PARTS}
        self.count = FindingCount()
        self.button = KeyedButton("Send", "Ctrl+Enter", role="primary")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(14)
        self.group = TickGroup(self.ticks.values())
        self._row.addWidget(self.group)
        self._row.addStretch(1)
        self._row.addWidget(self.count)
        self._row.addWidget(self.button)
        self.group.clicked.connect(lambda: self.score.emit())
        self.count.clicked.connect(self.next_finding)
        self.button.clicked.connect(self.send)

    def set_side(self, side: int) -> None:
        """The padding left and right, in pixels."""
        self._row.setContentsMargins(side - INSET, 0, side, 0)

    def set_note(self, on: bool) -> None:
        """A note is for colleagues: nothing is ticked, and it is kept rather than sent."""
        self.group.setVisible(not on)
        self.button.set_name("Keep note" if on else "Send")

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Count these, with the key to the next one."""
        self.count.show_findings(findings)
        self._fit()

    def set_coverage(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self._show()

    def set_held_back(self, needs: Set[str]) -> None:
        """Needs the decision table withholds now: `ownership`, `extra_mile`."""
        self._held = frozenset(needs)
        self._show()

    def _show(self) -> None:
        for part, tick in self.ticks.items():
            held = _NEED_OF.get(part) in self._held
            unsaid = Said.HELD_BACK if held else Said.NOT_YET
            tick.set_said(Said.SAID if getattr(self._coverage, part) else unsaid)
        self.group.describe()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give way in steps where the ticks would be cut."""
        for spacing, keys, small in _STEPS:
            self._row.setSpacing(spacing)
            self.group.fit(spacing, small=small)
            self.count.show_key(keys)
            self.button.show_key(keys)
            self._row.invalidate()
            if self._row.sizeHint().width() <= self.width():
                return
