"""Ctrl+. on a finding: how it may read, better words, why, and the ways to overrule it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Finding, Severity, Suggestion
from cxdesk.ui import marks, theme
from cxdesk.ui.composer import rewriting
from cxdesk.ui.composer.choice_row import MOST_LINES, ROW, SIDE, ChoiceRow, OriginalRow
from cxdesk.ui.composer.dismissal_strip import DismissalStrip, link
from cxdesk.ui.composer.findings import reading
from cxdesk.ui.composer.popup import Popup
from cxdesk.ui.labels import label

WIDTH = 440
MOST_FIXES = 5
TAKE_OUT = "Take the sentence out"
_NARROW = 420


class Detail(IntEnum):
    """How much is shown: what gives way first where there is little room is the why."""

    LEAST = 0
    NO_WHY = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """What the popup shows: a finding, the words a fix would replace, and a play for the case that
    there are none better."""

    finding: Finding
    original: str
    play: Suggestion | None = None

    @property
    def fixes(self) -> tuple[str, ...]:
        return self.finding.fixes[:MOST_FIXES]

    @property
    def rewrites(self) -> bool:
        """Whether a fix says it better, beyond taking the sentence out."""
        return any(each.strip() for each in self.fixes)


class _Sign(QWidget):
    """The wave of blame, or the dots of advice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.severity = Severity.BLAME
        self.setFixedSize(16, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        if self.severity is Severity.BLAME:
            marks.paint_wave(painter, self.rect(), theme.tokens().blame)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().muted)
        for x in (2, 7, 12):
            painter.drawEllipse(x, 7, 3, 3)


class FixesPopup(Popup):
    """Shows one finding at a time; says what the agent chose."""

    fix_chosen = Signal(int)
    play_chosen = Signal(object)
    dismissed = Signal(str)
    trainer_told = Signal()
    why_asked = Signal(QPoint)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "Fixes")
        self._rows: list[ChoiceRow] = []
        self._offer: Offer | None = None
        self._build()
        QApplication.instance().focusChanged.connect(self._strike)  # type: ignore[union-attr]

    # ------------------------------------------------------------------ build

    def _build(self) -> None:
        self._column = QVBoxLayout(self.panel)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._build_head())
        self._reads_line, row = _row(22)
        self._reads_below = QLabel()
        self._reads_below.setProperty("role", "meta muted")
        row.setContentsMargins(SIDE + 24, 0, SIDE, 6)
        row.addWidget(self._reads_below)
        self._column.addWidget(self._reads_line)
        self._original = OriginalRow()
        self._column.addWidget(self._original)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(0)
        self._column.addLayout(self._choices)
        self._why_line = self._build_why()
        self._column.addWidget(self._why_line)
        line = QFrame()
        line.setProperty("role", "line")
        self._column.addWidget(line)
        self._dismissal = DismissalStrip()
        self._dismissal.dismissed.connect(self._dismiss)
        self._dismissal.trainer_told.connect(self._tell_trainer)
        self._column.addWidget(self._dismissal)

    def _build_head(self) -> QWidget:
        head, row = _row(34)
        self._sign = _Sign(head)
        self._title = QLabel()
        self._reads = QLabel()
        self._reads.setProperty("role", "meta muted")
        row.addWidget(self._sign)
        row.addSpacing(8)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._reads)
        return head

    def _build_why(self) -> QWidget:
        line, row = _row(ROW)
        heading = QLabel("Why")
        heading.setProperty("role", "meta strong")
        self._why = QLabel()
        self._why.setProperty("role", "meta muted")
        more = link("More", "Why this is marked, with examples", self._ask_why)
        self._more_key = QLabel("F1")
        self._more_key.setProperty("role", "meta muted")
        row.addWidget(heading)
        row.addSpacing(6)
        row.addWidget(self._why, 1)
        row.addWidget(more)
        row.addWidget(self._more_key)
        return line

    # ------------------------------------------------------------------ show

    def show_offer(self, offer: Offer, width: int, detail: Detail = Detail.ALL) -> QSize:
        """Fill the panel; returns the size it needs. `open_at` comes next.

        Without better words it tells which way to go, and offers the play.
        """
        self._offer = offer
        width = min(WIDTH, width)
        self._why_line.setVisible(detail is Detail.ALL)
        self._original.setVisible(offer.rewrites and detail is not Detail.LEAST)
        self._original.show_words(offer.original, width - 2)
        self._fill_head(offer.finding, width)
        self._fill_choices(offer, width - 2, detail)
        self._more_key.setVisible(width >= _NARROW)
        self._dismissal.fit(width - 2)
        self._strike()
        self._column.activate()
        if self._column.hasHeightForWidth():
            return QSize(width, self._column.totalHeightForWidth(width))
        return QSize(width, self._column.totalSizeHint().height())

    def _fill_head(self, finding: Finding, width: int) -> None:
        blames = finding.severity is Severity.BLAME
        self._sign.severity = finding.severity
        self._title.setText(finding.title or finding.code.replace("_", " ").capitalize())
        theme.set_role(self._title, "body strong blame" if blames else "body strong")
        title = QFontMetrics(theme.font("body", strong=True))
        left = width - 2 * SIDE - 24 - title.horizontalAdvance(self._title.text()) - 16
        self._say_reading(reading(finding), left, width)
        more = 90 if width >= _NARROW else 60
        _elide(self._why, finding.why, width - 2 * SIDE - more - 36)

    def _say_reading(self, words: str, room: int, width: int) -> None:
        """Beside the title where there is room, else on a line of its own."""
        words = words[:1].upper() + words[1:]
        beside = QFontMetrics(theme.font("meta")).horizontalAdvance(words) <= room
        self._reads.setVisible(beside)
        self._reads.setText(words)
        self._reads_line.setVisible(not beside and bool(words))
        _elide(self._reads_below, words, width - 2 * SIDE - 24)
        self.setAccessibleName(f"{self._title.text()}. {words}")

    def _fill_choices(self, offer: Offer, width: int, detail: Detail) -> None:
        while item := self._choices.takeAt(0):
            widget = item.widget()
            assert widget is not None
            widget.hide()
            widget.deleteLater()
        if not offer.rewrites and offer.finding.rewrite:
            self._choices.addWidget(_direction(offer.finding.rewrite, self.panel))
        self._rows = []
        if not offer.rewrites and offer.play:
            lines = 1 if detail is Detail.LEAST else MOST_LINES
            self._add_row(_play_row(offer.play, width, lines, self.panel), self._choose_play)
        for number in range(len(offer.fixes)):
            row = _fix_row(offer, number, width, self.panel)
            self._add_row(row, partial(self._choose, number))

    def _add_row(self, row: ChoiceRow, act: Callable[[], None]) -> None:
        row.clicked.connect(lambda _on=False: act())
        self._choices.addWidget(row)
        self._rows.append(row)

    def _strike(self, *_focus: object) -> None:
        """Strike out in the original what the selected fix takes out of it."""
        if self._offer is None or not self._offer.rewrites:
            return
        here = next((n for n, row in enumerate(self._rows) if row.hasFocus()), 0)
        old, new = self._offer.original, self._offer.fixes[here]
        facts = rewriting.places(old, rewriting.kept_facts(old, new))
        self._original.strike(rewriting.changed_words(old, new), facts)

    def take_focus(self) -> None:
        """Select the first fix."""
        (self._rows[0] if self._rows else self).setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def rows(self) -> tuple[ChoiceRow, ...]:
        return tuple(self._rows)

    # ------------------------------------------------------------------ what was chosen

    def _choose(self, number: int) -> None:
        self.close()
        self.fix_chosen.emit(number)

    def _choose_play(self) -> None:
        assert self._offer is not None
        self.close()
        self.play_chosen.emit(self._offer.play)

    def _dismiss(self, scope: str) -> None:
        self.close()
        self.dismissed.emit(scope)

    def _tell_trainer(self) -> None:
        self.close()
        self.trainer_told.emit()

    def _ask_why(self) -> None:
        self.why_asked.emit(self.panel.mapToGlobal(self.panel.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, pressed = event.key(), QKeySequence(event.keyCombination())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press()
        elif key == Qt.Key.Key_F1:
            self._ask_why()
        elif pressed in _TELL:
            self._tell_trainer()
        elif event.modifiers() or not self._dismissal.take_key(event):
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        here = next((n for n, row in enumerate(self._rows) if row.hasFocus()), -step)
        if self._rows:
            self._rows[(here + step) % len(self._rows)].setFocus()

    def _press(self) -> None:
        focus = self.focusWidget()
        if isinstance(focus, QAbstractButton):
            focus.click()
        else:
            self.close()


# With Shift held, the key of the full stop is another character on many keyboards.
_TELL = (QKeySequence("Ctrl+Shift+."), QKeySequence("Ctrl+Shift+:"), QKeySequence("Ctrl+Shift+>"))


def _row(height: int) -> tuple[QWidget, QHBoxLayout]:
    line = QWidget()
    line.setFixedHeight(height)
    row = QHBoxLayout(line)
    row.setContentsMargins(SIDE, 0, SIDE, 0)
    row.setSpacing(0)
    return line, row


def _fix_row(offer: Offer, number: int, width: int, parent: QWidget) -> ChoiceRow:
    """A fix with its facts standing out; taking the sentence out says which facts go with it."""
    fix, of = offer.fixes[number].strip(), f"fix {number + 1} of {len(offer.fixes)}"
    if fix:
        kept = rewriting.kept_facts(offer.original, fix)
        name = f"{fix}, {of}{', keeps ' + _listed(kept) if kept else ''}"
        row = ChoiceRow(fix, name, parent)
        row.fit(width, [(span, "strong") for span in rewriting.places(fix, kept)])
        return row
    lost = rewriting.lost_facts(offer.original, "")
    words = f"{TAKE_OUT}, with {_listed(lost)}" if lost else TAKE_OUT
    row = ChoiceRow(words, f"{words}, {of}", parent)
    row.fit(width, [((len(TAKE_OUT), len(words)), "warning")])
    return row


def _play_row(play: Suggestion, width: int, lines: int, parent: QWidget) -> ChoiceRow:
    title = f"Insert “{play.title}”"
    words = f"{title}  {' '.join(play.text.split())}"
    row = ChoiceRow(words, f"{title}: {play.text}", parent, most=lines)
    row.fit(width, [((0, len(title)), "strong"), ((len(title), len(words)), "muted")])
    return row


def _listed(words: Sequence[str]) -> str:
    """`Maria, Wednesday and PX-48213`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _direction(words: str, parent: QWidget) -> QWidget:
    line = QWidget(parent)
    column = QVBoxLayout(line)
    column.setContentsMargins(SIDE, 2, SIDE, 6)
    column.addWidget(label(words, "body", wraps=True))
    return line


def _elide(line: QLabel, words: str, width: int) -> None:
    metrics = QFontMetrics(theme.font("meta"))
    line.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, width)))
    line.setToolTip(words)
    line.setAccessibleName(words)
