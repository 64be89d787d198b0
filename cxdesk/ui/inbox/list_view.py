"""The view of the rows: opens what the person moves to, and never jumps while a row is read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from cxdesk.model import Changes
from cxdesk.ui.inbox.delegate import ROW_HEIGHT, InboxDelegate
from cxdesk.ui.inbox.model import InboxModel, Index, Roles

REST = 80
"""Steps nearer to each other than these milliseconds are a held key: only the last row opens."""

STILL = 3_000
"""Milliseconds without a move in the list after which nobody is about to choose a row in it."""

_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
# With Ctrl or Shift a click selects for a deed on several rows and opens nothing.
_CHOOSING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_TOUCHES = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class ConversationList(QTableView):
    """Rows of an InboxModel. A QTableView, since a QListView lays out every row before it shows."""

    opened = Signal(int)
    """A conversation the person went to; while a key is held, only the one they stop at."""
    entered_row = Signal(int)
    """Enter or a double click: the person wants to go on in the thread."""

    left = Signal()
    """Esc: back from what is listed."""

    order_wanted = Signal()
    """Rows are to be put in order: verdicts have changed, and no hand is on the list."""

    def __init__(self, model: InboxModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._left_at = 0
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._still = QTimer(self, singleShot=True, interval=STILL)
        self._stepped_on = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setModel(self._model)
        self.setItemDelegate(InboxDelegate(self))
        self.setAccessibleName("Conversations")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 2)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(0)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)

    def _connect(self) -> None:
        self._model.modelReset.connect(self._forget_place)
        self.clicked.connect(self._click)
        self.doubleClicked.connect(self._enter)
        self._rest.timeout.connect(self._stopped)
        self._still.timeout.connect(self.order_wanted)

    # -------------------------------------------------------------- where the person is

    def is_empty(self) -> bool:
        """True when nothing is listed."""
        return self._model.rowCount() == 0

    def current(self) -> int | None:
        """The conversation the person is at, None when they are at none."""
        row = self._model.row_at(self.currentIndex().row())
        return row.id if row else None

    def neighbour(self, by: int) -> int | None:
        """The conversation `by` rows below the current one (negative: above), if there is one."""
        row = self._model.row_at(self.currentIndex().row() + by)
        return row.id if row else None

    def selected(self) -> tuple[int, ...]:
        """All selected conversations, from the top."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return tuple(index.data(int(Roles.ID)) for index in rows)

    def select(self, conversation_id: int) -> bool:
        """Go to a conversation without opening it.

        False when it is not among the rows read; then the list is at none, so as not to claim
        that another is open.
        """
        place = self._model.place_of(conversation_id)
        if place is None:
            self.leave()
            return False
        self._go_to(place)
        return True

    def find_again(self, conversation_id: int) -> None:
        """Be at a conversation that has come into the list, without scrolling to it."""
        place = self._model.place_of(conversation_id)
        if place is not None:
            self.setAutoScroll(False)
            self._go_to(place)
            self.setAutoScroll(True)

    def leave(self) -> None:
        """Be at no conversation; the next step starts from here."""
        self._left_at = max(self.currentIndex().row(), 0)
        self.selectionModel().clear()

    def step(self, by: int) -> None:
        """Go `by` rows down (or up, when negative) and open that row; stays within the list."""
        # Qt makes the first row current when the list takes the focus; nobody has gone there yet.
        went = self.selectionModel().hasSelection() and self.currentIndex().isValid()
        start = self.currentIndex().row() if went else self._left_at - (by > 0)
        last = self._model.rowCount() - 1
        place = min(max(start + by, 0), last)
        if went and place == start:
            return
        if place == last and self._model.canFetchMore(QModelIndex()):
            self._model.fetchMore(QModelIndex())
        if last >= 0:
            self._go_to(place)
            self._arrive()

    def extend(self, by: int) -> None:
        """Take the next row into the selection as well."""
        place = self.currentIndex().row() + by
        if self._model.row_at(place):
            index = self._model.index(place, 0)
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flag.Select | flag.Rows)

    def toggle(self) -> None:
        """Take the current row into the selection or out of it."""
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(self.currentIndex(), flag.Toggle | flag.Rows)

    def _forget_place(self) -> None:
        self._left_at = 0

    def _go_to(self, place: int) -> None:
        self.selectionModel().setCurrentIndex(self._model.index(place, 0), _ONE)

    # -------------------------------------------------------------- opening

    def _click(self, index: Index) -> None:
        if QGuiApplication.keyboardModifiers() & _CHOOSING:
            return
        self._stepped_on = False
        self.opened.emit(index.data(int(Roles.ID)))

    def _enter(self, index: Index) -> None:
        self.entered_row.emit(index.data(int(Roles.ID)))

    def _arrive(self) -> None:
        """Open the row a step led to, at once unless another step was made just before."""
        self._stepped_on = self._rest.isActive()
        if not self._stepped_on:
            self._open_current()
        self._rest.start()

    def settle(self) -> None:
        """Open the row stepped to now, if it still waits for the keys to rest."""
        self._rest.stop()
        self._stopped()

    def _stopped(self) -> None:
        if self._stepped_on:
            self._stepped_on = False
            self._open_current()

    def _open_current(self) -> None:
        if (conversation_id := self.current()) is not None:
            self.opened.emit(conversation_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._touched()
        if event.key() in _ENTERS and self.currentIndex().isValid():
            self._stepped_on = False
            self._open_current()
            self._enter(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        before = self.currentIndex()
        super().keyPressEvent(event)
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _MOVES and not shift and self.currentIndex() != before:
            self._arrive()

    def keyboardSearch(self, _search: str) -> None:  # noqa: N802
        # Letters are commands here; jumping to a name by its letter would fight with them.
        return

    # -------------------------------------------------------------- keeping the place

    def refresh(self, changes: Changes) -> int:
        """Bring the rows up to date while the row being read keeps its place on the screen.

        Returns how many rows came in above the first one on the screen.
        """
        self._still.stop()
        known = set(self._model.ids())
        anchor = self._anchor()
        before = self._top_of(anchor)
        self._model.refresh(changes, self.last_visible())
        self.executeDelayedItemsLayout()
        after = self._top_of(anchor)
        if before is not None and after is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + after - before)
        return len([each for each in self._model.ids()[: self.rows_above()] if each not in known])

    def show_in_place(self, conversations: frozenset[int]) -> None:
        """Show these rows as they are now without moving any: what is under the hand stays there.
        `order_wanted` says when the hand has been off the list for a while."""
        if self._model.show_in_place(conversations) and not self._still.isActive():
            self._still.start()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched()
        return super().viewportEvent(event)

    def _touched(self) -> None:
        if self._still.isActive():
            self._still.start()

    def rows_above(self) -> int:
        """How many rows are scrolled out above."""
        return self.verticalScrollBar().value() // ROW_HEIGHT

    def last_visible(self) -> int:
        """The place of the lowest row on the screen, or of the current row below it."""
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        return max(bottom // ROW_HEIGHT, self.currentIndex().row())

    def _anchor(self) -> int | None:
        """The conversation to hold on to: the current one if seen, else the top one if scrolled."""
        if self._is_visible(self.currentIndex()):
            return self.current()
        top = self.rows_above()
        row = self._model.row_at(top) if top else None
        return row.id if row else None

    def _is_visible(self, index: QModelIndex) -> bool:
        return index.isValid() and self.viewport().rect().intersects(self.visualRect(index))

    def _top_of(self, conversation_id: int | None) -> int | None:
        place = None if conversation_id is None else self._model.place_of(conversation_id)
        if place is None:
            return None
        rect: QRect = self.visualRect(self._model.index(place, 0))
        return rect.top()

    def rowsAboutToBeRemoved(self, parent: Index, first: int, last: int) -> None:  # noqa: N802
        # Qt would make a neighbour current, and the list would claim that it is open.
        if first <= self.currentIndex().row() <= last:
            self._left_at = self.currentIndex().row()
            self.selectionModel().clearCurrentIndex()
        super().rowsAboutToBeRemoved(parent, first, last)
