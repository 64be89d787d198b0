"""The painted marks every pane shares (level, trend, blame, spark) and the words that go with them.

A mark never stands alone: each has its word, so that no meaning hangs on colour. Signs are painted
rather than taken from a font, because ○◔◑◕● come in another size in every font. Measures are those
of the drawn screens: a 12-pixel ring, a 14-pixel arrow and wave, bars 6 wide and 2 apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cxdesk.model import BlameTarget, Confidence, Level, Trend
from cxdesk.ui import theme

RING = 12
ARROW = 14
WAVE = 14
GAP = 4
BAR_WIDTH = 6
BAR_GAP = 2
BAR_LOWEST = 4
BAR_STEP = 3
STROKE = 1.5

LEVEL_WORDS: Mapping[Level, str] = {level: level.word for level in Level}
TREND_WORDS: Mapping[Trend, str] = {
    Trend.RISING: "getting worse",
    Trend.STEADY: "steady",
    Trend.FALLING: "getting better",
}
TREND_SHORT: Mapping[Trend, str] = {
    Trend.RISING: "worse",
    Trend.STEADY: "",
    Trend.FALLING: "better",
}
NOT_SURE = "not sure"


def blame_words(target: BlameTarget) -> str:
    """Whom the customer blames, in two words; empty when nobody is."""
    if target.is_us:
        return "blames us"
    words = {BlameTarget.THIRD_PARTY: "blames others", BlameTarget.SELF: "blames self"}
    return words.get(target, "")


def level_words(level: Level | None, confidence: Confidence = Confidence.HIGH) -> str:
    """The level's word, "not sure" when the verdict is weak, nothing when there is none."""
    if level is None:
        return ""
    return NOT_SURE if confidence is Confidence.LOW else LEVEL_WORDS[level]


def level_color(
    level: Level | None, tokens: theme.Tokens, confidence: Confidence = Confidence.HIGH
) -> QColor:
    """The level's colour; muted when nothing certain is known."""
    if level is None or confidence is Confidence.LOW:
        return tokens.muted
    return tokens.levels[level]


# ------------------------------------------------------------------ time in words


def relative(moment: datetime, now: datetime) -> str:
    """How long ago, as rows show it: minutes under 60, hours under 48, days, years."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes}m"
    hours = minutes // 60
    days = hours // 24
    if hours < 48:
        return f"{hours}h"
    return f"{days}d" if days < 2 * 365 else f"{days // 365}y"


def full_time(moment: datetime) -> str:
    """The whole time in this computer's zone: "Thursday 12 March 2026, 18:05"."""
    local = moment.astimezone()
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"


def short_time(moment: datetime, now: datetime) -> str:
    """A message's time: "today 08:31", "Thu 18:05" within a week, then "9 Mar" with its year."""
    local, here = moment.astimezone(), now.astimezone()
    days = (here.date() - local.date()).days
    if days == 0:
        return f"today {local:%H:%M}"
    if 0 < days < 7:
        return f"{local:%a %H:%M}"
    day = f"{local.day} {local:%b}"
    return f"{day} {local:%H:%M}" if local.year == here.year else f"{day} {local.year}"


def due_time(due: datetime, now: datetime) -> str:
    """When a promise is due: "10:00" today, "Mon 17:00" within six days, else "9 Mar 17:00"."""
    local, here = due.astimezone(), now.astimezone()
    days = abs((local.date() - here.date()).days)
    if days < 7:
        return f"{local:%a %H:%M}" if days else f"{local:%H:%M}"
    day = f"{local.day} {local:%b}"
    return f"{day} {local:%H:%M}" if local.year == here.year else f"{day} {local.year}"


def due_short(due: datetime, now: datetime) -> str:
    """The same beside a name: "16:00" today, else only the day; "late" once it has passed."""
    if due < now:
        return "late"
    local, here = due.astimezone(), now.astimezone()
    days = (local.date() - here.date()).days
    if not days:
        return f"{local:%H:%M}"
    return f"{local:%a}" if days < 7 else f"{local.day} {local:%b}"


# ------------------------------------------------------------------ painting


def _square(rect: QRectF | QRect, side: float) -> QRectF:
    """A square of this side in the middle of `rect`, on whole pixels so that rings stay crisp."""
    center = QRectF(rect).center()
    return QRectF(round(center.x() - side / 2), round(center.y() - side / 2), side, side)


def _pen(color: QColor, width: float = STROKE) -> QPen:
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(color, width, Qt.PenStyle.SolidLine, cap, join)


def paint_level(
    painter: QPainter, rect: QRectF | QRect, level: Level | None, color: QColor
) -> None:
    """A ring filled by quarters, calm empty and furious full; dashed when nothing is known."""
    ring = _square(rect, RING).adjusted(0.75, 0.75, -0.75, -0.75)
    pen = _pen(color)
    if level is None:
        pen.setDashPattern([1.2, 1.6])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if level:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        pie = ring.adjusted(2, 2, -2, -2)
        painter.drawPie(pie, 90 * 16, -90 * 16 * int(level))
    painter.restore()


def wave_path(
    left: float, right: float, middle: float, *, length: float = 6.0, height: float = 3.0
) -> QPainterPath:
    """A wave from `left` to `right` around `middle`: one period is `length` pixels."""
    path = QPainterPath(QPointF(left, middle))
    x, sign = left, -1.0
    half = length / 2
    while x < right - 0.01:
        end = min(x + half, right)
        path.quadTo(QPointF((x + end) / 2, middle + sign * height), QPointF(end, middle))
        x, sign = end, -sign
    return path


def paint_wave(painter: QPainter, rect: QRectF | QRect, color: QColor) -> None:
    """The blame mark: a short wave, 14 pixels wide, in the middle of `rect`."""
    box = _square(rect, WAVE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(color))
    path = wave_path(box.left() + 1, box.right() - 1, box.center().y())
    painter.drawPath(path)
    painter.restore()


def paint_trend(painter: QPainter, rect: QRectF | QRect, trend: Trend, color: QColor) -> None:
    """An arrow up right (worse), right (steady) or down right (better), 14 pixels square."""
    box = _square(rect, ARROW)
    turn = {Trend.RISING: -45.0, Trend.STEADY: 0.0, Trend.FALLING: 45.0}[trend]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center())
    painter.rotate(turn)
    painter.setPen(_pen(color))
    painter.drawLine(QPointF(-4.5, 0), QPointF(4.5, 0))
    painter.drawPolyline([QPointF(1.25, -3.25), QPointF(4.5, 0), QPointF(1.25, 3.25)])
    painter.restore()


def spark_width(readings: Sequence[Level]) -> int:
    """How many pixels a spark of these readings takes."""
    return max(len(readings) * (BAR_WIDTH + BAR_GAP) - BAR_GAP, 0)


def paint_spark(
    painter: QPainter, rect: QRectF | QRect, readings: Sequence[Level], tokens: theme.Tokens
) -> None:
    """One bar per reading, oldest left, standing on the lower edge of `rect`."""
    box = QRectF(rect)
    for place, level in enumerate(readings):
        height = BAR_LOWEST + BAR_STEP * int(level)
        x = box.left() + place * (BAR_WIDTH + BAR_GAP)
        bar = QRectF(x, box.bottom() - height, BAR_WIDTH, height)
        painter.fillRect(bar, tokens.levels[level])


# ------------------------------------------------------------------ small widgets


class _Mark(QWidget):
    """A painted sign and its word on one line of 16 pixels, repainted when the theme changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self._strong = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.signals().changed.connect(self._retheme)

    def _retheme(self) -> None:
        self.updateGeometry()
        self.update()

    def _say(self, word: str) -> None:
        self._word = word
        self.setAccessibleName(word)
        self._retheme()

    def _sign_width(self) -> int:
        raise NotImplementedError

    def _paint_sign(self, painter: QPainter, box: QRect) -> QColor:
        """Paint the sign into `box` and return the colour of its word."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("meta", strong=self._strong))
        word = GAP + metrics.horizontalAdvance(self._word) if self._word else 0
        return QSize(self._sign_width() + word, 16)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        sign = self._sign_width()
        painter.setPen(self._paint_sign(painter, QRect(0, 0, sign, self.height())))
        painter.setFont(theme.font("meta", strong=self._strong))
        words = self.rect().adjusted(sign + GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._word)


class LevelMark(_Mark):
    """The level as ring and word, both in the level's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: Level | None = None
        self._confidence = Confidence.HIGH
        self._strong = True

    def set_level(self, level: Level | None, confidence: Confidence = Confidence.HIGH) -> None:
        """Show this level; "not sure" for a weak verdict, nothing at all for none."""
        self._level, self._confidence = level, confidence
        self._say(level_words(level, confidence))
        self.setVisible(level is not None)

    def _sign_width(self) -> int:
        return RING

    def _paint_sign(self, painter: QPainter, box: QRect) -> QColor:
        color = level_color(self._level, theme.tokens(), self._confidence)
        shown = None if self._confidence is Confidence.LOW else self._level
        paint_level(painter, box, shown, color)
        return color


class TrendMark(_Mark):
    """Where the level is going: arrow and word in the colour of the level it speaks about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend = Trend.STEADY
        self._level: Level | None = None

    def set_trend(self, trend: Trend, level: Level | None = None, *, short: bool = False) -> None:
        """Show this trend, muted when steady; `short` says "worse" for "getting worse"."""
        self._trend, self._level = trend, level
        self._say((TREND_SHORT if short else TREND_WORDS)[trend])

    def _sign_width(self) -> int:
        return ARROW

    def _paint_sign(self, painter: QPainter, box: QRect) -> QColor:
        steady = self._trend is Trend.STEADY
        color = level_color(None if steady else self._level, theme.tokens())
        paint_trend(painter, box, self._trend, color)
        return color


class Spark(QWidget):
    """The levels of the customer's messages so far, oldest left: at most the last eight."""

    MOST = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._readings: tuple[Level, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.signals().changed.connect(self.update)

    def set_readings(self, readings: Sequence[Level]) -> None:
        """Show these readings; a single one tells no story and stays hidden."""
        self._readings = tuple(readings[-self.MOST :])
        words = ", ".join(LEVEL_WORDS[level] for level in self._readings)
        self.setAccessibleName(f"levels so far: {words}")
        self.setToolTip(words.replace(", ", " → "))
        self.setVisible(len(self._readings) > 1)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(spark_width(self._readings), BAR_LOWEST + BAR_STEP * int(Level.FURIOUS))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_spark(QPainter(self), self.rect(), self._readings, theme.tokens())
