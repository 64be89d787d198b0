"""The view of the promises: keeps its place while they change, and tells what is chosen."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from cxdesk.model import Promise
from cxdesk.ui.promises.delegate import HEADING, ROW, PromiseDelegate
from cxdesk.ui.promises.model import Heading, Index, PromiseModel, Roles

REST = 40
"""Milliseconds without a step after which the promise stepped to is read."""
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class PromiseList(QTableView):
    """A QTableView, since a QListView lays out every row before it shows."""

    chosen = Signal(object)
    """The `Promise` the person is at, None at none."""
    entered = Signal(object)
    """Enter or a double click on a `Promise`."""

    def __init__(self, model: PromiseModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._kept = (0, 0, 0)  # where the person was before a reset: promise, place, scrolled
        self._headed: list[int] = []
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setModel(self._model)
        self.setItemDelegate(PromiseDelegate(self))
        self.setAccessibleName("Promises")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(ROW // 2)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(0)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(HEADING)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)

    def _connect(self) -> None:
        self._model.modelAboutToBeReset.connect(self._keep_place)
        self._model.modelReset.connect(self._find_place)
        self._model.rowsInserted.connect(self._size_rows)
        self.clicked.connect(self._click)
        self.doubleClicked.connect(self._enter)
        self._rest.timeout.connect(lambda: self.chosen.emit(self.current()))

    # -------------------------------------------------------------- where the person is

    def current(self) -> Promise | None:
        """The promise the person is at, None when they are at none."""
        entry = self._model.entry(self.currentIndex().row())
        return entry if isinstance(entry, Promise) else None

    def select_first(self) -> None:
        """Go to the first promise, when the person is at none."""
        place = self._model.near(0)
        if self.current() is None and place is not None:
            self._go_to(place)

    def step(self, by: int) -> None:
        """Go one promise down, or up with -1, past the headings; stays within the list."""
        place = self.currentIndex().row() + by
        while isinstance(entry := self._model.entry(place), Heading) and entry.folded is None:
            place += by
        if self._model.entry(place) is not None:
            self._go_to(place)

    def _go_to(self, place: int) -> None:
        self.selectionModel().setCurrentIndex(self._model.index(place, 0), _ONE)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self._rest.start()

    def settle(self) -> None:
        """Read the promise stepped to now, if it still waits for the keys to rest."""
        if self._rest.isActive():
            self._rest.stop()
            self.chosen.emit(self.current())

    def rest(self) -> None:
        """Forget the last step: nobody looks any more."""
        self._rest.stop()

    # -------------------------------------------------------------- keeping the place

    def last_visible(self) -> int:
        """The place of the lowest row on the screen."""
        place = self.rowAt(self.viewport().height() - 1)
        return place if place >= 0 else self._model.rowCount() - 1

    def _keep_place(self) -> None:
        here = self.current()
        place = self.currentIndex().row()
        self._kept = (here.id if here else 0, place, self.verticalScrollBar().value())

    def _find_place(self) -> None:
        """Be at the same promise; where it has left, at the one that took its place."""
        self._size_rows()
        promise, place, scrolled = self._kept
        at = self._model.place_of(promise)
        if at is None and place >= 0:
            at = self._model.near(place)
        self.setAutoScroll(False)
        if at is not None:
            self._go_to(at)
        self.setAutoScroll(True)
        self.verticalScrollBar().setValue(scrolled)
        self._rest.start()

    def _size_rows(self, *_: object) -> None:
        """Qt keeps the heights of the rows that stood here before."""
        places = self._model.headings()
        for place in self._headed:
            self.verticalHeader().resizeSection(place, ROW)
        for place in places:
            self.verticalHeader().resizeSection(place, HEADING)
        self._headed = places

    # -------------------------------------------------------------- mouse and keys

    def _click(self, index: Index) -> None:
        if isinstance(index.data(int(Roles.ENTRY)), Heading):
            self._turn_fold()

    def _enter(self, index: Index) -> None:
        entry = index.data(int(Roles.ENTRY))
        if isinstance(entry, Promise):
            self.entered.emit(entry)

    def _turn_fold(self) -> None:
        self._model.set_unfolded(not self._model.is_unfolded)
        fold = next((at for at in self._model.headings() if self._folds(at)), None)
        if fold is not None:
            self._go_to(fold)

    def _folds(self, place: int) -> bool:
        entry = self._model.entry(place)
        return isinstance(entry, Heading) and entry.folded is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        opens = event.key() in _ENTERS
        if self._folds(index.row()) and (opens or event.key() == Qt.Key.Key_Space):
            self._turn_fold()
        elif opens and index.isValid():
            self._enter(index)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:  # noqa: N802
        # Letters are commands here, as in the inbox.
        return
