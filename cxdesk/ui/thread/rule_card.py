"""The popup of F1 on a mark: the rule in words, why it stands, and its own examples."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cxdesk.model import RuleCard
from cxdesk.ui.labels import label

WIDTH = 400
FLAGGED = 2
LEFT_ALONE = 1
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class RuleCardPopup(QFrame):
    """Closes with any key, or a click beside it: there is nothing to do in it."""

    def __init__(self, card: RuleCard, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self._build(card)
        self.setAccessibleName(f"Rule: {card.title}. {card.why}")

    def _build(self, card: RuleCard) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(label(card.title, "heading", wraps=True))
        column.addWidget(label(card.why, "body", wraps=True))
        self._examples(column, "It marks", card.flag[:FLAGGED])
        self._examples(column, "It leaves alone", card.leave[:LEFT_ALONE])
        column.addSpacing(8)
        source = f"Source: {card.source} · " if card.source else ""
        column.addWidget(label(f"{source}rule {card.rule}", "meta muted", wraps=True))

    def _examples(self, column: QVBoxLayout, heading: str, examples: tuple[str, ...]) -> None:
        if not examples:
            return
        column.addSpacing(8)
        column.addWidget(label(heading, "meta strong muted", wraps=True))
        for example in examples:
            column.addWidget(label(f"“{example}”", "body", wraps=True))

    def open_at(self, at: QPoint) -> None:
        """Show the popup with its upper left corner at `at`, wholly on that point's screen."""
        self.adjustSize()
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        self.move(_within(QRect(at, self.size()), screen.availableGeometry()))
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _HELD:
            self.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()


def _within(box: QRect, screen: QRect) -> QPoint:
    left = max(min(box.left(), screen.right() - box.width()), screen.left())
    top = max(min(box.top(), screen.bottom() - box.height()), screen.top())
    return QPoint(left, top)
