"""Paints slots behind and underlines below laid-out text, following its lines; text never moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock, QTextLine
from PySide6.QtWidgets import QTextEdit

from cxdesk.model import Severity
from cxdesk.ui import marks, theme

DROP = 3.0
"""Pixels from the baseline down to the middle of an underline."""
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
    first = _behind_preedit(block, start - block.position())
    last = _behind_preedit(block, end - block.position())
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        if piece := _piece(line, first, last):
            yield piece[0].translated(corner), piece[1] + corner.y()


def _behind_preedit(block: QTextBlock, offset: int) -> int:
    """The layout also holds what an input method is composing; the document does not."""
    layout = block.layout()
    composing = layout.preeditAreaText()
    return offset + (len(composing) if composing and offset > layout.preeditAreaPosition() else 0)


def _piece(line: QTextLine, first: int, last: int) -> tuple[QRectF, float] | None:
    start = max(first, line.textStart())
    end = min(last, line.textStart() + line.textLength())
    if start >= end:
        return None
    one, other = _x(line, start), _x(line, end)
    # A space at a wrap hangs beyond the line; an underline must not.
    right = min(max(one, other), line.x() + line.naturalTextWidth())
    left = min(one, other)
    return QRectF(left, line.y(), right - left, line.height()), line.y() + line.ascent()


def _x(line: QTextLine, offset: int) -> float:
    found: Any = line.cursorToX(offset)
    return float(found[0] if isinstance(found, tuple) else found)


def paint_slot(painter: QPainter, rect: QRectF) -> None:
    """The tint behind a slot's words."""
    tokens = theme.tokens()
    wider = rect.adjusted(-_SLOT_SIDE, 0, _SLOT_SIDE, 0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.tint(tokens.accent))
    painter.drawRoundedRect(wider, _SLOT_CORNER, _SLOT_CORNER)


def paint_mark(painter: QPainter, rect: QRectF, baseline: float, severity: Severity) -> None:
    """A wave for blame, dots for advice, a solid line where Send is held."""
    y = baseline + DROP
    color = _color(severity)
    if severity is Severity.BLAME:
        painter.strokePath(marks.wave_path(rect.left(), rect.right(), y), _pen(color, 1.5))
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
