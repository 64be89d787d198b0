"""Paints slots behind and underlines below laid-out text, following its lines; text never moves."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock
from PySide6.QtWidgets import QTextEdit

from cxdesk.model import Severity
from cxdesk.ui import marks, theme
from cxdesk.ui.slot_text import part_of_line

DROP, WAVE_DROP = 3.0, 5.0
"""Pixels from the baseline down to the middle of an underline."""
_WAVE_LENGTH = 8.0
_SLOT_SIDE = 3.0
_SLOT_CORNER = 4.0


def pieces(editor: QTextEdit, start: int, end: int) -> Iterator[tuple[QRectF, float]]:
    """Where [start, end) (UTF-16) stands in the viewport: a rectangle and a baseline per line."""
    document = editor.document()
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        yield from _pieces_in(editor, block, start, end)
        block = block.next()


def _pieces_in(
    editor: QTextEdit, block: QTextBlock, start: int, end: int
) -> Iterator[tuple[QRectF, float]]:
    layout = block.layout()
    corner = editor.document().documentLayout().blockBoundingRect(block).topLeft() - QPointF(
        editor.horizontalScrollBar().value(), editor.verticalScrollBar().value()
    )
    first = _behind_preedit(block, max(0, start - block.position()))
    last = _behind_preedit(block, end - block.position())
    number = layout.lineForTextPosition(first).lineNumber()
    while 0 <= number < layout.lineCount():
        line = layout.lineAt(number)
        if line.textStart() >= last:
            return
        if rect := part_of_line(line, first, last):
            yield rect.translated(corner), line.y() + line.ascent() + corner.y()
        number += 1


def _behind_preedit(block: QTextBlock, offset: int) -> int:
    """The layout also holds what an input method is composing; the document does not."""
    layout = block.layout()
    composing = layout.preeditAreaText()
    return offset + (len(composing) if composing and offset > layout.preeditAreaPosition() else 0)


def paint_slot(painter: QPainter, rect: QRectF) -> None:
    """The tint behind a slot's words."""
    tokens = theme.tokens()
    wider = rect.adjusted(-_SLOT_SIDE, 0, _SLOT_SIDE, 0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.tint(tokens.accent))
    painter.drawRoundedRect(wider, _SLOT_CORNER, _SLOT_CORNER)


def paint_mark(painter: QPainter, rect: QRectF, baseline: float, severity: Severity) -> None:
    """A wave for blame, dots for advice, a solid line where Send is held."""
    color = _color(severity)
    y = baseline + (WAVE_DROP if severity is Severity.BLAME else DROP)
    if severity is Severity.BLAME:
        painter.strokePath(
            marks.wave_path(rect.left(), rect.right(), y, length=_WAVE_LENGTH), _pen(color, 1.5)
        )
    elif severity is Severity.ADVICE:
        painter.setPen(_dots(color))
        painter.drawLine(QPointF(rect.left() + 1, y), QPointF(rect.right() - 1, y))
    else:
        painter.setPen(_pen(color, 2))
        painter.drawLine(QPointF(rect.left() + 1, y), QPointF(rect.right() - 1, y))


def _color(severity: Severity) -> QColor:
    tokens = theme.tokens()
    if severity is Severity.BLOCK:
        return tokens.levels[3]
    return tokens.blame if severity is Severity.BLAME else tokens.muted


def _pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _dots(color: QColor) -> QPen:
    pen = _pen(color, 1.75)
    pen.setDashPattern([0.01, 2.0])
    return pen
