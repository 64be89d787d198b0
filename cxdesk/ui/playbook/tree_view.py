"""The tree of plays: families as headings, the chosen play marked as every chosen row is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from cxdesk.playbook import Play
from cxdesk.ui import icons, theme
from cxdesk.ui.playbook.tree_model import Index, PlayTreeModel

ROW = 28
PADDING, CHEVRON, HEADING, CHILD, BAR = 12, 14, 30, 34, 3
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def is_letter(event: QKeyEvent) -> bool:
    """Whether a key types a letter or a figure."""
    return event.text().isalnum() and event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )


class PlayTree(QTreeView):
    """Shows a PlayTreeModel. Families that were closed stay so, except while searching."""

    chosen = Signal(object)
    """The `Play` of the row that was gone to."""
    copy_asked = Signal()

    def __init__(self, model: PlayTreeModel) -> None:
        super().__init__()
        self._plays = model
        self._closed: set[str] = set()
        self._searching = False
        self._build()
        self.collapsed.connect(lambda index: self._note(index, closed=True))
        self.expanded.connect(lambda index: self._note(index, closed=False))
        self.selectionModel().currentChanged.connect(self._tell)
        self.clicked.connect(self._tell)

    def _build(self) -> None:
        self.setModel(self._plays)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("Plays by family")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW)

    def show_found(self, plays: list[Play], *, searching: bool) -> None:
        """Show these plays; while searching nothing found is hidden in a closed family."""
        self._searching = searching
        self._plays.show_plays(plays)
        for row in range(self._plays.rowCount()):
            index = self._plays.index(row, 0)
            closed = not searching and self._plays.family(index) in self._closed
            self.setExpanded(index, not closed)

    def choose(self, play: Play) -> None:
        """Go to a play, as a person would."""
        self.setCurrentIndex(self._plays.place(play))

    def _note(self, index: QModelIndex, *, closed: bool) -> None:
        if self._searching:
            return
        change = self._closed.add if closed else self._closed.discard
        change(self._plays.family(index))

    def _tell(self, index: QModelIndex, *_before: QModelIndex) -> None:
        if play := self._plays.play(index):
            self.chosen.emit(play)

    # ------------------------------------------------------------ Qt's own

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._plays.family(index):
            self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and self._plays.family(index):
            self.setExpanded(index, not self.isExpanded(index))
        elif enters or event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif is_letter(event):
            event.ignore()  # it goes on in the search, rather than to a row that begins with it
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            width = self.viewport().width()
            QPainter(self.viewport()).fillRect(0, 0, width, 2, theme.tokens().accent)


class _Delegate(QStyledItemDelegate):
    """Rows of 28 pixels: a heading with its count, or a play further in."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, PlayTreeModel)
        painter.save()
        _paint_ground(painter, option)
        if model.family(index):
            _paint_heading(painter, option, index.data(), model.rowCount(index))
        else:
            room = option.rect.adjusted(CHILD, 0, -PADDING, 0)
            _paint_words(painter, room, index.data(), strong=False)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    tokens, rect = theme.tokens(), option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, tokens.selected)
        painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height()), tokens.accent)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, tokens.hover)


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, name: str, count: int) -> None:
    rect, tokens = option.rect, theme.tokens()
    is_open = option.state & QStyle.StateFlag.State_Open
    sign = "chevron-down" if is_open else "chevron-right"
    ratio = painter.device().devicePixelRatioF()
    at = QPoint(rect.left() + PADDING, rect.center().y() - CHEVRON // 2 + 1)
    painter.drawPixmap(at, icons.pixmap(sign, CHEVRON, tokens.text, ratio))
    _paint_words(painter, rect.adjusted(HEADING, 0, -48, 0), name, strong=True)
    painter.setFont(theme.font("meta"))
    painter.setPen(tokens.muted)
    painter.drawText(rect.adjusted(0, 0, -PADDING, 0), _RIGHT, str(count))


def _paint_words(painter: QPainter, room: QRect, words: str, *, strong: bool) -> None:
    painter.setFont(theme.font("body", strong=strong))
    painter.setPen(theme.tokens().text)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT, shown)
