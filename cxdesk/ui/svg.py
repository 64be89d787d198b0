"""Reads the drawn icons, so that theme and icons tint them in one way."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cxdesk import paths

GRID = 20  # the drawings' own width and height
STROKE = 1.5  # pixels on screen, at every size


@cache
def drawing(name: str) -> str:
    """The SVG text of the icon `name`, as drawn; raises FileNotFoundError for an unknown name."""
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


def tinted(name: str, color: QColor, size: int) -> str:
    """The drawing in `color`, its stroke as thick on screen at `size` pixels as at any other."""
    stroke = STROKE * GRID / size
    return (
        drawing(name)
        .replace("currentColor", color.name())
        .replace('stroke-width="1.5"', f'stroke-width="{stroke:g}"')
    )


def render(name: str, color: QColor, size: int, ratio: float) -> QPixmap:
    """The drawing as a pixmap of `size` logical pixels for a screen of this device `ratio`."""
    # An image first: a pixmap made by hand has no transparency on a 16-bit screen.
    side = round(size * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setOpacity(color.alphaF())
    renderer = QSvgRenderer(QByteArray(tinted(name, color, size).encode()))
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return QPixmap.fromImage(image)
