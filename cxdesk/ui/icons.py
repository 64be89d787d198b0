"""One family of line icons, tinted by the theme in force, sharp on every screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from cxdesk import paths
from cxdesk.ui import svg, theme


def names() -> tuple[str, ...]:
    """Every icon that is drawn, sorted."""
    return tuple(sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg")))


def icon(name: str, *, color: QColor | None = None, size: int = svg.GRID) -> QIcon:
    """The icon `name`; without a `color` it follows the text colour, also when the theme changes.

    Raises FileNotFoundError for a name that is not drawn.
    """
    svg.drawing(name)
    return QIcon(_TintedIcon(name, color, size))


def pixmap(
    name: str, size: int = svg.GRID, color: QColor | None = None, ratio: float = 1
) -> QPixmap:
    """The icon for painters: `size` in logical pixels, for a screen of this pixel `ratio`."""
    return _rendered(name, size, (color or theme.tokens().text).rgba(), ratio)


@lru_cache(maxsize=1024)
def _rendered(name: str, size: int, rgba: int, ratio: float) -> QPixmap:
    return svg.render(name, QColor.fromRgba(rgba), size, ratio)


class _TintedIcon(QIconEngine):
    """Renders at the moment of painting, so a change of theme needs no new icons."""

    def __init__(self, name: str, color: QColor | None, size: int) -> None:
        super().__init__()
        self._name, self._color, self._size = name, color, size

    def clone(self) -> QIconEngine:
        return _TintedIcon(self._name, self._color, self._size)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:  # noqa: N802
        del mode, state
        side = min(size.width(), size.height(), self._size)
        return QSize(side, side)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        ratio = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        corner = rect.center() - QPoint((side - 1) // 2, (side - 1) // 2)
        painter.drawPixmap(corner, pixmap(self._name, side, self._tint(mode), ratio))

    def scaledPixmap(  # noqa: N802
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        del state
        side = round(min(size.width(), size.height()) / scale)
        return pixmap(self._name, max(1, side), self._tint(mode), scale)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1)

    def _tint(self, mode: QIcon.Mode) -> QColor:
        if mode == QIcon.Mode.Disabled:
            return theme.tokens().muted
        return self._color or theme.tokens().text
