"""Rows of the fixes: better words to choose, above them the sentence as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from cxdesk.ui import theme
from cxdesk.ui.composer.rewriting import Span
from cxdesk.ui.offsets import Offsets

ROW, LINE, SIDE = 28, 19, 12
_INSET, _CORNER = 4, 4
MOST_LINES = 3
_HINT = "Enter"


class Wrapped:
    """Words on lines of 19 pixels, some of them strong, muted, warned of or struck out.

    With `most` lines, the last one ends in an ellipsis where there are more words.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._layout = QTextLayout()
        self._layout.setCacheEnabled(True)
        self._offsets = Offsets("")

    def lay_out(self, words: str, width: int, styles: Iterable[tuple[Span, str]] = ()) -> int:
        """Wrap to `width`; the answer is the height of a row with them. Spans come with
        `strong`, `struck`, `muted` or `warning`."""
        self._offsets = Offsets(words)
        self._layout.clearLayout()
        self._layout.setText(words)
        self._layout.setFont(theme.font("body"))
        self._layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        self._layout.setFormats([self._range(span, style) for span, style in styles])
        seen = self._break_lines(width)
        if seen < len(self._layout.text()):
            self._layout.setText(words[: self._offsets.to_python(seen) - 2].rstrip() + "…")
            self._break_lines(width)
        return ROW + LINE * (max(1, self._layout.lineCount()) - 1)

    def _break_lines(self, width: int) -> int:
        """Up to where the words are on lines (UTF-16)."""
        self._layout.beginLayout()
        count = end = 0
        while count != self._most and (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, count * LINE))
            end = line.textStart() + line.textLength()
            count += 1
        self._layout.endLayout()
        return end

    def _range(self, span: Span, style: str) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        start, end = (self._offsets.to_qt(each) for each in span)
        found.start, found.length = start, end - start
        found.format = _format(style)
        return found

    def paint(self, painter: QPainter, left: int, ink: QColor) -> None:
        """Draw from `left`, the first line in the middle of a row of one line."""
        painter.setPen(ink)
        first: QTextLine = self._layout.lineAt(0)
        top = (ROW - first.height()) / 2 if first.isValid() else 0.0
        self._layout.draw(painter, QPointF(left, top))


def _format(style: str) -> QTextCharFormat:
    tokens = theme.tokens()
    made = QTextCharFormat()
    if style == "strong":
        made.setFontWeight(QFont.Weight.DemiBold)
    elif style == "struck":
        made.setFontStrikeOut(True)
    else:
        made.setForeground(tokens.warning if style == "warning" else tokens.muted)
    return made


class ChoiceRow(QAbstractButton):
    """Words to choose with Enter or a click; the one with the focus is the selected one."""

    def __init__(self, words: str, name: str, parent: QWidget, *, most: int | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._styles: Sequence[tuple[Span, str]] = ()
        self._wrapped = Wrapped(most)
        theme.signals().changed.connect(self._restyle)

    def fit(self, width: int, styles: Sequence[tuple[Span, str]] = ()) -> None:
        """Be as high as the words need at this width: 28 for one line, 19 for each more."""
        self._styles = styles
        hint = QFontMetrics(theme.font("meta")).horizontalAdvance(_HINT)
        self.setFixedSize(
            width, self._wrapped.lay_out(self.text(), width - 2 * SIDE - hint - 12, styles)
        )

    def _restyle(self) -> None:
        self.fit(self.width(), self._styles)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.selected if self.hasFocus() else tokens.hover)
            box = self.rect().adjusted(_INSET, 0, -_INSET, 0)
            painter.drawRoundedRect(box, _CORNER, _CORNER)
        self._wrapped.paint(painter, SIDE, tokens.text)
        if self.hasFocus():
            painter.setPen(tokens.muted)
            painter.setFont(theme.font("meta"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(0, 0, self.width() - SIDE, ROW), right, _HINT)

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


class OriginalRow(QWidget):
    """The sentence as it is now, muted; what the selected fix takes out of it is struck."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("original")
        self._words = ""
        self._struck: tuple[str, ...] = ()
        self._wrapped = Wrapped(MOST_LINES)
        self._styles: Sequence[tuple[Span, str]] = ()
        theme.signals().changed.connect(self._restyle)

    def show_words(self, words: str, width: int) -> None:
        self._words = words
        self.setAccessibleName(f"Now: {words}")
        self.setFixedWidth(width)
        self.strike(())

    def strike(self, gone: Sequence[Span], facts: Sequence[Span] = ()) -> None:
        """Strike out these words, and let the facts that stay stand out."""
        self._struck = tuple(self._words[start:end] for start, end in gone)
        self._styles = [*((each, "struck") for each in gone), *((each, "strong") for each in facts)]
        self._restyle()

    def struck(self) -> tuple[str, ...]:
        """The words that are struck out."""
        return self._struck

    def _restyle(self) -> None:
        height = self._wrapped.lay_out(self._words, self.width() - 2 * SIDE, self._styles)
        self.setFixedHeight(height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        self._wrapped.paint(QPainter(self), SIDE, theme.tokens().muted)
