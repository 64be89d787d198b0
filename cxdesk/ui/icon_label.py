"""An icon that stands beside words and follows the theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cxdesk.ui import icons, theme


class IconLabel(QWidget):
    """Shows an icon in a colour of the theme, named as in `Tokens` ("muted", "good").

    It has no accessible name: the words beside it say what it means.
    """

    def __init__(
        self, name: str, size: int = 18, token: str = "muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._size, self._token = name, size, token
        self.setFixedSize(size, size)

    def show_icon(self, name: str, token: str) -> None:
        self._name, self._token = name, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        color: QColor = getattr(theme.tokens(), self._token)
        painter.drawPixmap(
            0, 0, icons.pixmap(self._name, self._size, color, self.devicePixelRatioF())
        )
