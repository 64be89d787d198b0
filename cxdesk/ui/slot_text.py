"""A play's text as it will stand in the draft, with its open fields tinted; only to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from cxdesk.model import OpenSlot
from cxdesk.ui import theme
from cxdesk.ui.offsets import Offsets

LINE, PARAGRAPH = 19, 8
"""Pixels of a line, and of the empty one between paragraphs."""
_ELLIPSIS_ROOM = 14
_SIDE, _CORNER = 3.0, 4.0


class SlotText(QWidget):
    """Wraps to its width; `muted` for text that is not offered now, `line` in pixels."""

    def __init__(
        self, parent: QWidget | None = None, *, muted: bool = False, line: int = LINE
    ) -> None:
        super().__init__(parent)
        self._muted = muted
        self._line = line
        self._text = ""
        self._slots: tuple[tuple[int, int], ...] = ()
        self._most_lines = 0
        self._layout = QTextLayout()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.signals().changed.connect(self._lay_out)

    def set_text(self, text: str, slots: Sequence[OpenSlot] = ()) -> None:
        """Show `text`; offsets of `slots` are Python characters into it."""
        offsets = Offsets(text)
        self._text = text
        self._slots = tuple((offsets.to_qt(s.start), offsets.to_qt(s.end)) for s in slots)
        self.setAccessibleName(text)
        self._lay_out()

    def set_most_lines(self, most: int) -> None:
        """Show at most so many lines with words, the last with an ellipsis; 0 for all."""
        self._most_lines = most
        self._lay_out()

    def text(self) -> str:
        return self._text

    def _lay_out(self) -> None:
        self._arrange(self._layout, max(1, self.width()))
        self.updateGeometry()
        self.update()

    def _arrange(self, layout: QTextLayout, width: float) -> int:
        """Break lines at this width; returns the height."""
        layout.setText(self._text.replace("\n", "\u2028"))
        layout.setFont(theme.font("body"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([part for slot in self._slots for part in _formats(*slot)])
        layout.beginLayout()
        height = self._break_lines(layout, width)
        layout.endLayout()
        return height

    def _break_lines(self, layout: QTextLayout, width: float) -> int:
        top, count = 0, 0
        firsts = {start for start, _ in self._slots}
        while (line := layout.createLine()).isValid():
            left = _SIDE if line.textStart() in firsts else 0  # room for the slot's ground
            line.setLineWidth(width - left)
            count += line.textLength() > 1
            is_last = count == self._most_lines
            if is_last:
                line.setLineWidth(width - left - _ELLIPSIS_ROOM)
            line.setPosition(QPointF(left, top + (self._line - line.height()) / 2))
            top += self._line if line.textLength() > 1 else PARAGRAPH
            if is_last:
                break
        return top

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QTextLayout(), max(1, width))

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens()
        for start, end in self._slots:
            self._paint_tint(painter, start, end, tokens)
        painter.setPen(tokens.muted if self._muted else tokens.text)
        self._layout.draw(painter, QPointF(0, 0))
        self._paint_ellipsis(painter)

    def _paint_ellipsis(self, painter: QPainter) -> None:
        last = self._layout.lineAt(self._layout.lineCount() - 1)
        if last.isValid() and last.textStart() + last.textLength() < len(self._layout.text()):
            painter.setFont(theme.font("body"))
            at = QPointF(last.x() + last.naturalTextWidth() + 2, last.y() + last.ascent())
            painter.drawText(at, "…")

    def _paint_tint(self, painter: QPainter, start: int, end: int, tokens: theme.Tokens) -> None:
        """A field's ground; an outline in high contrast, whose tints are the surface itself."""
        painter.setPen(Qt.PenStyle.NoPen if tokens.tint_share else tokens.edge(tokens.accent))
        painter.setBrush(tokens.tint(tokens.accent))
        inset = 0 if tokens.tint_share else 0.5
        for rect, _baseline in self.parts(start, end):
            box = rect.adjusted(-_SIDE + inset, inset, -inset, -inset)
            box.setLeft(max(box.left(), inset))
            painter.drawRoundedRect(box, _CORNER, _CORNER)

    def parts(self, start: int, end: int) -> Iterator[tuple[QRectF, float]]:
        """Where [start, end) (UTF-16) stands: a rectangle and a baseline per line."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if rect := part_of_line(line, start, end):
                yield rect, line.y() + line.ascent()


def _formats(start: int, end: int) -> Iterator[QTextLayout.FormatRange]:
    """A slot's ink, and room at both sides so that its ground touches no other word."""
    if start:
        yield _format(start - 1, start, apart=True)
    yield _format(start, end - 1, ink=True)
    yield _format(end - 1, end, ink=True, apart=True)


def _format(
    start: int, end: int, *, ink: bool = False, apart: bool = False
) -> QTextLayout.FormatRange:
    made = QTextCharFormat()
    if ink:
        made.setForeground(theme.tokens().accent)
    if apart:
        made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        made.setFontLetterSpacing(_SIDE)
    part = QTextLayout.FormatRange()
    part.start, part.length, part.format = start, end - start, made
    return part


def part_of_line(line: QTextLine, start: int, end: int) -> QRectF | None:
    """Where [start, end) (UTF-16) stands in this line, in the layout's coordinates.

    A space at a wrap hangs beyond the line and is left out; None when nothing is in this line.
    """
    first = max(start, line.textStart())
    last = min(end, line.textStart() + line.textLength())
    if first >= last:
        return None
    one, other = _x(line, first), _x(line, last)
    right = min(max(one, other), line.x() + line.naturalTextWidth())
    left = min(one, other)
    return QRectF(left, line.y(), right - left, line.height())


def _x(line: QTextLine, offset: int) -> float:
    found: object = line.cursorToX(offset)
    x = found[0] if isinstance(found, tuple) else found
    assert isinstance(x, float)
    return x
