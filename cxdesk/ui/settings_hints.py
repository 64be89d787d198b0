"""The settings' page of hints an agent has put aside: which, where, since when, and back again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.desk import Dismissal
from cxdesk.ui import marks, theme
from cxdesk.ui.labels import as_written, label

WHAT = "Hints you have dismissed while writing. They cost no points while they are hidden."
NOTHING = (
    "Nothing is hidden. On a marked word Ctrl+. offers to dismiss its hint: once, for this"
    " sentence, in this conversation, or for you. What you dismiss is listed here, to be restored."
)
ROW, FEWEST, MOST = 48, 3, 9  # pixels of a row; rows that the list is high at least and at most
_SIDE = 12
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
HINT = Qt.ItemDataRole.UserRole
WHERE = Qt.ItemDataRole.UserRole + 1
WHEN = Qt.ItemDataRole.UserRole + 2


def where_words(hint: Dismissal) -> str:
    """Where it is hidden: `in the conversation with Maria Lopez · “You should have …”`."""
    name = hint.customer
    where = {
        "once": f"once, in your draft to {name}" if name else "once, in one draft",
        "conversation": f"in the conversation with {name}" if name else "in one conversation",
        "sentence": "wherever you write",
        "me": "in everything you write",
    }[hint.scope]
    said = hint.sentence if hint.scope in ("once", "sentence") else ""
    return f"{where}{':' if hint.scope == 'sentence' else ' ·'} “{said}”" if said else where


class HintModel(QAbstractListModel):
    """The hidden hints, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hints: list[Dismissal] = []
        self._title: Callable[[Dismissal], str] = lambda hint: hint.rule
        self._now: datetime | None = None

    def show_hints(
        self, hints: Sequence[Dismissal], title: Callable[[Dismissal], str], now: datetime | None
    ) -> None:
        self.beginResetModel()
        self._hints, self._title, self._now = list(hints), title, now
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._hints)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hint = self._hints[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(hint)
        if role == HINT:
            return hint
        if role == WHERE:
            return where_words(hint)
        if role == WHEN:
            return marks.short_time(hint.at, self._now) if hint.at and self._now else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            when = f", since {marks.full_time(hint.at)}" if hint.at else ""
            return f"{self._title(hint)}, hidden {where_words(hint)}{when}"
        if role == Qt.ItemDataRole.ToolTipRole:
            since = f"Since {marks.full_time(hint.at)}" if hint.at else ""
            return as_written("\n".join(filter(None, (hint.sentence, since))))
        return None


class _HintDelegate(QStyledItemDelegate):
    """The rule in words and when, under them where it is hidden."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option, index
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = theme.tokens()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = _fill(option, tokens)
        if fill is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, 4, 4)
        inside = rect.adjusted(_SIDE, 6, -_SIDE, -6)
        when = str(index.data(WHEN))
        _draw(painter, inside, when, "meta", right=True)
        room = inside.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(when) - _SIDE, 0)
        _draw(painter, room, str(index.data()), "body")
        _draw(painter, inside, str(index.data(WHERE)), "meta", below=True)
        painter.restore()


def _fill(option: QStyleOptionViewItem, tokens: theme.Tokens) -> Any:
    state: QStyle.StateFlag = option.state
    if state & QStyle.StateFlag.State_Selected:
        return tokens.selected
    return tokens.hover if state & QStyle.StateFlag.State_MouseOver else None


def _draw(
    painter: QPainter,
    room: QRect,
    words: str,
    role: str,
    *,
    right: bool = False,
    below: bool = False,
) -> None:
    painter.setFont(theme.font(role, strong=role == "body"))
    painter.setPen(theme.tokens().text if role == "body" else theme.tokens().muted)
    elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    line = Qt.AlignmentFlag.AlignBottom if below else Qt.AlignmentFlag.AlignTop
    painter.drawText(room, side | line, elided)


class _HintList(QListView):
    """Enter and Delete restore the chosen hint, and so does a double click."""

    restore_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "words")
        self.setAccessibleName("Hidden hints")
        self.setAccessibleDescription("Enter restores the chosen hint.")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_HintDelegate(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        restoring = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if event.key() in restoring:
            self.restore_asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self.restore_asked.emit()


class HiddenHintsSection(QWidget):
    """Shows the list; `restore_asked` brings the `Dismissal` to be shown again."""

    restore_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model = HintModel(self)
        self._build()
        self.show_hints((), lambda hint: hint.rule, None)

    def show_hints(
        self, hints: Sequence[Dismissal], title: Callable[[Dismissal], str], now: datetime | None
    ) -> None:
        """Show these, each under its rule's title; what was chosen stays near."""
        here = self._list.currentIndex().row()
        self._model.show_hints(hints, title, now)
        row = min(max(here, 0), len(hints) - 1)
        self._list.setCurrentIndex(self._model.index(row))
        self._list.setFixedHeight(min(max(len(hints), FEWEST), MOST) * ROW + 10)
        for each in (self._list, self._restore, self._key):
            each.setVisible(bool(hints))
        self._nothing.setVisible(not hints)

    def _build(self) -> None:
        self._nothing = label(NOTHING, "muted", wraps=True)
        self._list = _HintList()
        self._list.setModel(self._model)
        self._list.restore_asked.connect(self._ask)
        self._restore = QPushButton("Restore")
        self._restore.setAccessibleName("Restore the chosen hint")
        self._restore.clicked.connect(self._ask)
        self._key = label("Enter", "meta muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(label(WHAT, "body", wraps=True))
        layout.addWidget(self._nothing)
        layout.addWidget(self._list)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._restore)
        row.addWidget(self._key)
        row.addStretch(1)
        layout.addLayout(row)

    def _ask(self) -> None:
        hint = self._list.currentIndex().data(HINT)
        if hint is not None:
            self.restore_asked.emit(hint)
            if self._model.rowCount():
                self._list.setFocus()
