"""Ctrl+. on a finding: how it may read, better words, why, and the ways to overrule it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Finding, Severity
from cxdesk.ui import marks, theme
from cxdesk.ui.composer.findings import reading
from cxdesk.ui.composer.popup import Popup

WIDTH = 440
MOST_FIXES = 5
TAKE_OUT = "Take the sentence out"
SCOPES = (("once", "once"), ("this conversation", "conversation"), ("for me", "me"))
_ROW, _LINE, _SIDE, _INSET = 28, 19, 12, 4
_WRAP = int(Qt.TextFlag.TextWordWrap)
_NARROW = 420


class FixRow(QAbstractButton):
    """One better wording; the selected one has the focus."""

    def __init__(self, words: str, number: int, of: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(words.strip() or TAKE_OUT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{self.text()}, fix {number} of {of}")
        self._hint = "Enter"

    def fit(self, width: int) -> None:
        """Be as high as the words need at this width: 28 for one line, 19 for each more."""
        metrics = QFontMetrics(theme.font("body"))
        room = QRect(0, 0, self._words(QRect(0, 0, width, 0)).width(), 10_000)
        lines = round(metrics.boundingRect(room, _WRAP, self.text()).height() / metrics.height())
        self.setFixedHeight(_ROW + _LINE * (max(1, lines) - 1))

    def _words(self, rect: QRect) -> QRect:
        hint = QFontMetrics(theme.font("meta")).horizontalAdvance(self._hint)
        return rect.adjusted(_SIDE, 0, -_SIDE - hint - 12, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.selected if self.hasFocus() else tokens.hover)
            painter.drawRoundedRect(self.rect().adjusted(_INSET, 0, -_INSET, 0), 4, 4)
        painter.setPen(tokens.text)
        painter.setFont(theme.font("body"))
        wrapped = _WRAP | Qt.AlignmentFlag.AlignVCenter.value
        painter.drawText(self._words(self.rect()), wrapped, self.text())
        if self.hasFocus():
            painter.setPen(tokens.muted)
            painter.setFont(theme.font("meta"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -_SIDE, 0), right, self._hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A button of Qt moves the focus by arrows in its own order; here the popup does.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: object) -> None:
        del event
        self.update()

    def leaveEvent(self, event: object) -> None:
        del event
        self.update()


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
    dismissed = Signal(str)
    trainer_told = Signal()
    why_asked = Signal(QPoint)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "Fixes")
        self._rows: list[FixRow] = []
        self._build()

    # ------------------------------------------------------------------ build

    def _build(self) -> None:
        self._column = QVBoxLayout(self.panel)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._build_head())
        self._reads_line, row = _row(22)
        self._reads_below = QLabel()
        self._reads_below.setProperty("role", "meta muted")
        row.setContentsMargins(_SIDE + 24, 0, _SIDE, 6)
        row.addWidget(self._reads_below)
        self._column.addWidget(self._reads_line)
        self._fixes = QVBoxLayout()
        self._fixes.setSpacing(0)
        self._column.addLayout(self._fixes)
        self._why_line = self._build_why()
        self._column.addWidget(self._why_line)
        line = QFrame()
        line.setProperty("role", "line")
        self._column.addWidget(line)
        self._column.addWidget(self._build_dismissal())

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
        line, row = _row(_ROW)
        heading = QLabel("Why")
        heading.setProperty("role", "meta strong")
        self._why = QLabel()
        self._why.setProperty("role", "meta muted")
        self._more = _link("More", "Why this is marked, with examples")
        self._more_key = QLabel("F1")
        self._more_key.setProperty("role", "meta muted")
        row.addWidget(heading)
        row.addSpacing(6)
        row.addWidget(self._why, 1)
        row.addWidget(self._more)
        row.addWidget(self._more_key)
        self._more.clicked.connect(self._ask_why)
        return line

    def _build_dismissal(self) -> QWidget:
        self._scopes: dict[str, QPushButton] = {}
        strip, row = _row(32)
        label = QLabel("Dismiss")
        label.setProperty("role", "meta muted")
        row.addWidget(label)
        row.addSpacing(6)
        for words, scope in SCOPES:
            button = _link(words, f"Dismiss {words}")
            button.clicked.connect(lambda _on=False, scope=scope: self._dismiss(scope))
            row.addWidget(button)
            self._scopes[scope] = button
        row.addStretch(1)
        ask = _link("Ask trainer", "Ask the trainer about this finding")
        ask.clicked.connect(self._tell_trainer)
        self._ask_key = QLabel("Ctrl+Shift+.")
        self._ask_key.setProperty("role", "meta muted")
        row.addWidget(ask)
        row.addSpacing(6)
        row.addWidget(self._ask_key)
        return strip

    # ------------------------------------------------------------------ show

    def show_finding(
        self, finding: Finding, width: int, *, with_fixes: bool, with_why: bool = True
    ) -> QSize:
        """Fill the panel for `finding`; returns the size it needs. `open_at` comes next.

        Without fixes (its sentence has changed since) it tells which way to go instead. The line
        with the why gives way where there is little room; F1 tells it all the same.
        """
        self._why_line.setVisible(with_why)
        width = min(WIDTH, width)
        blames = finding.severity is Severity.BLAME
        self._sign.severity = finding.severity
        self._title.setText(finding.title or finding.code.replace("_", " ").capitalize())
        theme.set_role(self._title, "body strong blame" if blames else "body strong")
        self._fill_fixes(finding.fixes[:MOST_FIXES] if with_fixes else (), finding.rewrite, width)
        for key in (self._more_key, self._ask_key):
            key.setVisible(width >= _NARROW)
        here = "this conversation" if width >= _NARROW else "here"
        self._scopes["conversation"].setText(here)
        self._fill_words(finding, width)
        self._column.activate()
        if self._column.hasHeightForWidth():
            return QSize(width, self._column.totalHeightForWidth(width))
        return QSize(width, self._column.totalSizeHint().height())

    def _fill_words(self, finding: Finding, width: int) -> None:
        title = QFontMetrics(theme.font("body", strong=True))
        left = width - 2 * _SIDE - 24 - title.horizontalAdvance(self._title.text()) - 16
        self._say_reading(reading(finding), left, width)
        more = 90 if width >= _NARROW else 60
        _elide(self._why, finding.why, width - 2 * _SIDE - more - 36)

    def _say_reading(self, words: str, room: int, width: int) -> None:
        """Beside the title where there is room, else on a line of its own."""
        words = words[:1].upper() + words[1:]
        beside = QFontMetrics(theme.font("meta")).horizontalAdvance(words) <= room
        self._reads.setVisible(beside)
        self._reads.setText(words)
        self._reads_line.setVisible(not beside)
        _elide(self._reads_below, words, width - 2 * _SIDE - 24)
        self.setAccessibleName(f"{self._title.text()}. {words}")

    def _fill_fixes(self, fixes: tuple[str, ...], rewrite: str, width: int) -> None:
        while item := self._fixes.takeAt(0):
            widget = item.widget()
            assert widget is not None
            widget.hide()
            widget.deleteLater()
        self._rows = [
            FixRow(words, number, len(fixes), self.panel)
            for number, words in enumerate(fixes, start=1)
        ]
        for number, row in enumerate(self._rows):
            row.fit(width - 2)
            row.clicked.connect(lambda _on=False, number=number: self._choose(number))
            self._fixes.addWidget(row)
        if not fixes and rewrite:
            self._fixes.addWidget(_direction(rewrite, self.panel))

    def take_focus(self) -> None:
        """Select the first fix."""
        (self._rows[0] if self._rows else self).setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def rows(self) -> tuple[FixRow, ...]:
        return tuple(self._rows)

    # ------------------------------------------------------------------ what was chosen

    def _choose(self, number: int) -> None:
        self.close()
        self.fix_chosen.emit(number)

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
        else:
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
    row.setContentsMargins(_SIDE, 0, _SIDE, 0)
    row.setSpacing(0)
    return line, row


def _link(words: str, name: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("role", "link meta")
    button.setAccessibleName(name)
    return button


def _direction(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent, wordWrap=True)
    label.setContentsMargins(_SIDE, 2, _SIDE, 6)
    return label


def _elide(label: QLabel, words: str, width: int) -> None:
    metrics = QFontMetrics(theme.font("meta"))
    label.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, width)))
    label.setToolTip(words)
    label.setAccessibleName(words)
