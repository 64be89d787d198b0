"""Where a message's cues are drawn: from the analysis' Python offsets to lines under laid-out text.

Qt counts UTF-16 units, Python counts characters: an emoji is two of the former and one of the
latter, and a mark that slips by one loses the agent's trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock, QTextDocument, QTextLine

from cxdesk.model import Analysis, Confidence, Cue, Level, Message
from cxdesk.nlp.mood import RELIEF
from cxdesk.ui import marks, theme
from cxdesk.ui.offsets import Offsets
from cxdesk.ui.softening import SoftText
from cxdesk.ui.thread.reflow import flowed

BELOW = 3
"""Pixels between the baseline and the middle of a mark."""
LINE_WIDTH = 2.0
WAVE_WIDTH = 1.5


class Stroke(StrEnum):
    """The style of a mark: never told apart by colour alone."""

    LINE = "line"
    WAVE = "wave"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue as it is drawn: [start, end) in UTF-16 units of the shown text."""

    cue: Cue
    start: int
    end: int
    stroke: Stroke
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The part of a mark on one line of laid-out text: its box, and the height of its baseline."""

    box: QRectF
    baseline: float


# ------------------------------------------------------------------ from cues to marks


def shown(text: str) -> str:
    """The text as it can be shown, every character in its place, so that offsets stay true.

    A carriage return would vanish or break a line twice, and half of a surrogate pair cannot be
    drawn at all; U+FDD0 and U+FDD1 begin and end frames in Qt's documents.
    """
    straight = flowed(text.replace("\r\n", " \n").replace("\r", "\n"))
    return re.sub("[\ud800-\udfff\ufdd0\ufdd1\0]", "\ufffd", straight)


def marks_of(message: Message, soft: SoftText | None = None) -> tuple[Mark, ...]:
    """The marks of a customer's message in reading order; none before it is analysed.

    In the `soft` view of its text they stand where their words do there, and quote it.
    """
    if message.analysis is None:
        return ()
    offsets = Offsets(soft.text if soft else message.text)
    cues = [_softened(cue, soft) if soft else cue for cue in message.analysis.cues]
    found = (_mark(offsets, cue, message.analysis) for cue in cues)
    return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end)))


def _softened(cue: Cue, soft: SoftText) -> Cue:
    start, end = soft.to_soft(cue.start), soft.to_soft(cue.end, is_end=True)
    return replace(cue, start=start, end=end, text=soft.text[start:end])


def _mark(offsets: Offsets, cue: Cue, analysis: Analysis) -> Mark:
    dotted = analysis.confidence is Confidence.LOW
    start, end = offsets.to_qt(cue.start), offsets.to_qt(cue.end)
    return Mark(cue, start, end, stroke_of(cue.code), dotted)


def stroke_of(code: str) -> Stroke:
    """How cues of this code are drawn: blame as a wave, good news in good, the rest as a line."""
    if code.startswith("blame_"):
        return Stroke.WAVE
    return Stroke.GOOD if code in RELIEF else Stroke.LINE


def color_of(mark: Mark, level: Level | None, tokens: theme.Tokens) -> QColor:
    """The mark's colour: blame, good, or the message's level (muted where that is calm)."""
    if mark.stroke is Stroke.WAVE:
        return tokens.blame
    if mark.stroke is Stroke.GOOD:
        return tokens.good
    return tokens.levels[level] if level else tokens.muted


def parts(marks: Sequence[Mark]) -> list[tuple[Mark, int, int]]:
    """What is drawn of each mark: words that have two get one, blame before the others."""
    found: list[tuple[Mark, int, int]] = []
    drawn: list[Mark] = []
    for mark in sorted(marks, key=lambda each: each.stroke is not Stroke.WAVE):
        found += [(mark, start, end) for start, end in without(mark, drawn)]
        drawn.append(mark)
    return found


def without(mark: Mark, others: Iterable[Mark]) -> list[tuple[int, int]]:
    """The parts of a mark that no other covers."""
    left, start = [], mark.start
    for other in sorted(others, key=lambda each: each.start):
        if other.end <= start or other.start >= mark.end:
            continue
        if other.start > start:
            left.append((start, other.start))
        start = max(start, other.end)
    return [*left, (start, mark.end)] if start < mark.end else left


# ------------------------------------------------------------------ laid-out text


def runs(document: QTextDocument, start: int, end: int) -> list[Run]:
    """Where [start, end) stands in the laid-out document, one run for each line it touches."""
    found: list[Run] = []
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        found += _runs_of_block(document, block, start - block.position(), end - block.position())
        block = block.next()
    return found


def _runs_of_block(document: QTextDocument, block: QTextBlock, start: int, end: int) -> list[Run]:
    origin = document.documentLayout().blockBoundingRect(block).topLeft()
    layout, text = block.layout(), block.text().encode("utf-16-le", "surrogatepass")
    found = []
    number = layout.lineForTextPosition(max(start, 0)).lineNumber()
    while 0 <= number < layout.lineCount() and layout.lineAt(number).textStart() < end:
        line = layout.lineAt(number)
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        while last > first and text[2 * last - 2 : 2 * last] == b" \0":
            last -= 1  # a mark does not hang over the space at which the line was broken
        if first < last:
            found.append(_run(line, first, last, origin))
        number += 1
    return found


def _run(line: QTextLine, first: int, last: int, origin: QPointF) -> Run:
    x1, x2 = _x(line, first), _x(line, last)
    box = QRectF(min(x1, x2), line.y(), abs(x2 - x1), line.height())
    return Run(box.translated(origin), origin.y() + line.y() + line.ascent())


def _x(line: QTextLine, place: int) -> float:
    # PySide gives back the position beside the x, where C++ changes its argument.
    return cast(tuple[float, int], line.cursorToX(place))[0]


def paint_run(painter: QPainter, run: Run, mark: Mark, color: QColor) -> None:
    """Draw one run of a mark under its words."""
    wave = mark.stroke is Stroke.WAVE
    pen = QPen(color, WAVE_WIDTH if wave else LINE_WIDTH)
    if mark.dotted:
        pen.setDashPattern([1.0, 1.5])
    painter.setPen(pen)
    y = run.baseline + BELOW
    if wave:
        painter.drawPath(_wave(run, y + 1))
    else:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(run.box.left(), round(y), run.box.right(), round(y)))


def _wave(run: Run, middle: float) -> QPainterPath:
    return marks.wave_path(run.box.left(), run.box.right(), middle, length=8.0, height=4.0)
