"""`::` or Ctrl+;: find a play by any of its words, read it, insert it with Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Suggestion
from cxdesk.playbook import HELD_BACK
from cxdesk.ui import theme
from cxdesk.ui.composer.popup import GAP, Popup, clear_of, inside
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.slot_text import SlotText

SIZE = QSize(640, 320)
_LIST_WIDTH = 264
_ROW = 44
_Index = QModelIndex | QPersistentModelIndex
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -5,
    Qt.Key.Key_PageDown: 5,
}


class PlayModel(QAbstractListModel):
    """The plays found, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: list[Suggestion] = []

    def show_found(self, found: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self._found = list(found)
        self.endResetModel()

    def play(self, index: _Index) -> Suggestion | None:
        return self._found[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        play = self.play(index)
        if play is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return play.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return play.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{play.title}, {family_words(play.family)}: {play.text}"
        return None


class _PlayDelegate(QStyledItemDelegate):
    """Title over family, on the selected fill where selected."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del option, index
        return QSize(_LIST_WIDTH, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, PlayModel)
        play = model.play(index)
        assert play is not None
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if _is_selected(option):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tokens().selected)
            painter.drawRoundedRect(rect.adjusted(4, 0, -4, 0), 4, 4)
        self._paint_words(painter, rect.adjusted(12, 4, -12, -4), play)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, play: Suggestion) -> None:
        painter.setPen(theme.tokens().text)
        painter.setFont(theme.font("body"))
        elide = Qt.TextElideMode.ElideRight
        title = painter.fontMetrics().elidedText(play.title, elide, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignTop, title)
        painter.setPen(theme.tokens().muted)
        painter.setFont(theme.font("meta"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignBottom, family_words(play.family))


def _is_selected(option: QStyleOptionViewItem) -> bool:
    state: QStyle.StateFlag = option.state
    return bool(state & QStyle.StateFlag.State_Selected)


class PlaySearch(Popup):
    """Field, list, preview. `find` is asked at each letter and must be fast; `line` says where in
    the window the line being written stands, which stays in sight."""

    chosen = Signal(object)

    def __init__(
        self,
        owner: QWidget,
        find: Callable[[str], list[Suggestion]],
        line: Callable[[], QRect | None] = lambda: None,
    ) -> None:
        super().__init__(owner, "Insert from the playbook")
        self._find = find
        self._line = line
        self._build()
        self._field.textChanged.connect(self._search)
        self._list.selectionModel().currentChanged.connect(self._preview_current)
        self._list.clicked.connect(self._choose)

    # ------------------------------------------------------------------ build

    def _build(self) -> None:
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._build_field())
        column.addWidget(_line("line"))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._build_list())
        row.addWidget(_line("vline"))
        row.addWidget(self._build_preview(), 1)
        column.addLayout(row, 1)

    def _build_field(self) -> QHBoxLayout:
        self._field = QLineEdit(placeholderText="Search the playbook")
        self._field.setProperty("role", "bare")
        self._field.setAccessibleName("Search the playbook")
        self._field.installEventFilter(self)
        self._count = QLabel()
        self._count.setProperty("role", "meta muted")
        self._sign = IconLabel("search", 16, "text")
        row = QHBoxLayout()
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(8)
        for each in (self._sign, self._field, self._count):
            row.addWidget(each)
        return row

    def _build_list(self) -> QListView:
        self._model = PlayModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_PlayDelegate(self._list))
        self._list.setFixedWidth(_LIST_WIDTH)
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("Plays found")
        return self._list

    def _build_preview(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._title = QLabel(wordWrap=True)
        self._title.setProperty("role", "strong")
        self._preview = SlotText()
        self._because = QLabel(wordWrap=True)
        self._because.setProperty("role", "meta muted")
        for each in (self._title, self._preview, self._because):
            column.addWidget(each)
        column.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        return scroll

    # ------------------------------------------------------------------ use

    def open(self, query: str = "") -> None:
        """Show over the draft with this query and take the focus."""
        self._field.setText(query)
        self._search(query)
        self.open_at(self._spot())
        self._field.setFocus()

    def _spot(self) -> QRect:
        window = self.owner.window()
        edge = window.rect().adjusted(GAP, GAP, -GAP, -GAP)
        line = self._line()
        if line is not None:
            return clear_of(line, SIZE, edge)
        size = SIZE.boundedTo(edge.size())
        corner = self.owner.mapTo(window, self.owner.rect().center())
        corner -= QPoint(size.width() // 2, size.height() // 2)
        return inside(QRect(corner, size), edge)

    def _search(self, query: str) -> None:
        found = self._find(query)
        self._model.show_found(found)
        self._count.setText(f"{len(found)} found" if found else "")
        self._list.setCurrentIndex(self._model.index(0))
        self._preview_current()

    def _preview_current(self, *_changed: object) -> None:
        play = self._model.play(self._list.currentIndex())
        if play is None:
            self._title.setText("Nothing in the playbook has these words.")
            self._preview.set_text("")
            self._because.setText("")
            return
        self._title.setText(play.title)
        self._preview.set_text(play.text, play.open_slots)
        self._because.setText(because_words(play))

    def _choose(self, *_index: object) -> None:
        play = self._model.play(self._list.currentIndex())
        if play is not None:
            self.close()
            self.chosen.emit(play)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _STEPS:
                self._step(_STEPS[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _step(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        row = max(0, min(row, self._model.rowCount() - 1))
        self._list.setCurrentIndex(self._model.index(row))


def because_words(play: Suggestion) -> str:
    """Why the play is here, or why it is held back and what opens it."""
    reason = ", ".join(play.because)
    if reason.startswith(HELD_BACK):
        return f"{reason[:1].upper()}{reason[1:]}."
    return f"because {reason}" if reason else ""


def family_words(family: str) -> str:
    """A family as people say it: "extra mile"."""
    return family.replace("_", " ")


def _line(role: str) -> QFrame:
    line = QFrame()
    line.setProperty("role", role)
    return line
