"""One quiet line under the draft: what the customer asked and the draft does not answer yet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QToolButton, QWidget

from cxdesk.ui import icons, theme
from cxdesk.ui.labels import as_written

HEIGHT = 28
LABEL = "Not answered yet"
_VCENTER = Qt.AlignmentFlag.AlignVCenter


class _Questions(QAbstractButton):
    """The first question in their words, and how many more there are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.asked: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.signals().changed.connect(self.update)

    def show_questions(self, asked: tuple[str, ...]) -> None:
        self.asked = asked
        said = ", ".join(f"“{each}”" for each in asked)
        self.setAccessibleName(f"{LABEL}: {said}")
        self.setToolTip(as_written("\n".join(asked)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setFont(theme.font("meta"))
        painter.setPen(tokens.muted)
        painter.drawText(self.rect(), _VCENTER, LABEL)
        more = f"and {len(self.asked) - 1} more" if len(self.asked) > 1 else ""
        metrics = painter.fontMetrics()
        left = metrics.horizontalAdvance(LABEL) + 8
        room = self.rect().adjusted(left, 0, -metrics.horizontalAdvance(more) - 8, 0)
        first = "“" + " ".join(" ".join(self.asked[:1]).split()) + "”"
        shown = metrics.elidedText(first, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(tokens.accent if self.underMouse() else tokens.text)
        painter.drawText(room, _VCENTER, shown)
        painter.setPen(tokens.muted)
        behind = room.left() + metrics.horizontalAdvance(shown) + 6
        painter.drawText(self.rect().adjusted(behind, 0, 0, 0), _VCENTER, more)
        if self.hasFocus():
            painter.fillRect(0, self.height() - 3, self.width(), 2, tokens.accent)


class AsksStrip(QWidget):
    """Gone when every question has its answer."""

    chosen = Signal()
    """The agent wants to answer it."""
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.questions = _Questions(self)
        self.close_button = QToolButton(self)
        self.close_button.setProperty("role", "iconbutton")
        self.close_button.setIcon(icons.icon("x"))
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setToolTip("Keep quiet about it in this conversation")
        self.close_button.setAccessibleName("Dismiss questions not answered in this conversation")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(4)
        self._row.addWidget(self.questions, 1)
        self._row.addWidget(self.close_button)
        self.questions.clicked.connect(lambda: self.chosen.emit())
        self.close_button.clicked.connect(lambda: self.dismissed.emit())
        self.hide()

    def set_side(self, side: int) -> None:
        """The padding left and right, in pixels."""
        self._row.setContentsMargins(side, 0, side - 6, 0)

    def show_questions(self, asked: tuple[str, ...]) -> None:
        """List these, and go when there are none."""
        self.questions.show_questions(asked)
        self.setVisible(bool(asked))

    def words(self) -> tuple[str, ...]:
        """What is listed now."""
        return () if self.isHidden() else self.questions.asked
