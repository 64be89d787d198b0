"""The inbox pane: search, splits, rows. It shows and asks; it never talks to Desk itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.model import Changes, Split
from cxdesk.ui.inbox import teaching
from cxdesk.ui.inbox.empty_page import EmptyPage
from cxdesk.ui.inbox.list_view import ConversationList
from cxdesk.ui.inbox.model import InboxModel, NoSource, Source, local_now
from cxdesk.ui.inbox.order_line import OrderLine
from cxdesk.ui.inbox.search_field import SearchField
from cxdesk.ui.inbox.split_tabs import SplitTabs
from cxdesk.ui.keymap import Keymap

TICK = 30_000
"""Milliseconds between two tellings of how long customers wait (FEATURES A6)."""

_GO_ON = ("mine", "waiting", "snoozed", "all")
"""Where the list goes on when a split is empty, the first of these that has rows."""


class InboxPane(QFrame):
    """The left pane. `clock` tells the time against which waiting is counted."""

    opened = Signal(int)
    command = Signal(str)

    def __init__(
        self, clock: Callable[[], datetime] = local_now, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source: Source = NoSource()
        self._splits: tuple[Split, ...] = ()
        self._keymap = Keymap()
        self._split = "needs_care"
        self._query = ""
        self._before_search: int | None = None
        self._model = InboxModel(clock=clock, parent=self)
        self._next_model = InboxModel(clock=clock, parent=self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setProperty("role", "surface")
        self.setAccessibleName("Inbox")
        self._search = SearchField()
        self._tabs = SplitTabs()
        self._order = OrderLine()
        self._list = ConversationList(self._model)
        self._empty = EmptyPage(ConversationList(self._next_model))
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        search = QVBoxLayout()
        search.setContentsMargins(12, 0, 12, 8)
        search.addWidget(self._search)
        column.addLayout(search)
        for part in (self._tabs, self._order):
            column.addWidget(part)
        column.addWidget(self._pages, 1)
        self.setMinimumWidth(240)

    def _connect(self) -> None:
        for rows in (self._list, self._empty.rows):
            rows.opened.connect(self.opened)
            rows.entered_row.connect(lambda _id: self.command.emit("next_pane"))
            rows.left.connect(lambda: self.search(""))
            rows.order_wanted.connect(lambda: self.refresh(Changes(everything=True)))
        self._tabs.chosen.connect(self.show_split)
        self._search.asked.connect(self.search)
        self._search.left.connect(self.focus_list)
        self._search.entered.connect(self._enter_results)
        self._empty.command.connect(self.command)
        self._order.to_top.connect(self._list.scrollToTop)
        self._list.verticalScrollBar().valueChanged.connect(self._scrolled)
        clock = QTimer(self, interval=TICK)
        clock.timeout.connect(self._model.tick)
        clock.timeout.connect(self._next_model.tick)
        clock.start()

    # -------------------------------------------------------------- what is listed

    def set_keymap(self, keymap: Keymap) -> None:
        """Name these keys in hints and tooltips."""
        self._keymap = keymap
        self._search.set_key(keymap.text("search"))
        self._read_splits()
        self._turn_page()

    def set_source(self, source: Source) -> None:
        """Take rows from `source` from now on, and show the current split's first page."""
        self._source = source
        self._model.set_source(source)
        self._next_model.set_source(source)
        self._read_splits()
        self.show_split(self._split)

    def refresh(self, changes: Changes) -> None:
        """Bring rows and counts up to date; the row being read keeps its place on the screen."""
        if not changes.everything and not changes.conversations:
            return
        self._read_splits()
        above = self._list.refresh(changes)
        if self._is_empty():
            seen = self._pages.currentWidget() is self._empty
            self._empty.rows.refresh(changes if seen else Changes(everything=True))
        if above:
            self._order.set_unseen(self._order.unseen + above)
        if self._is_empty() or self._pages.currentWidget() is self._empty:
            self._turn_page()

    def show_where_they_are(self, changes: Changes) -> None:
        """Show rows whose verdicts became surer where they stand; they are put in order, and
        others come and go, once nobody moves in the list."""
        if self._rows.is_empty():
            self.refresh(changes)
            return
        self._read_splits()
        self._rows.show_in_place(changes.conversations)

    def show_split(self, split_id: str) -> None:
        """Show a split from its top, and leave a search if one is on."""
        self._query = ""
        self._search.show_query("")
        self._split = split_id
        self._model.show_split(split_id)
        self._listed()

    def show_split_number(self, number: int) -> None:
        """Show the split with this number, counted from 1; nothing happens beyond the last."""
        if 0 < number <= len(self._splits):
            self.show_split(self._splits[number - 1].id)

    def next_split(self, step: int = 1) -> None:
        """Show the split `step` further, round the ends."""
        if split_id := self._tabs.neighbour(step):
            self.show_split(split_id)

    def search(self, query: str) -> None:
        """Show what a search finds; an empty one brings back the split and the place in it."""
        if query == self._query:
            return
        if not query:
            self._leave_search()
            return
        if not self._query:
            self._before_search = self.current()
        self._query = query
        self._search.show_query(query)
        self._model.show_search(query)
        self._listed()

    def _leave_search(self) -> None:
        """Back to the split: at the hit that was opened if it is listed, else ready to go on from
        the place before."""
        hit, place = self.current(), self._before_search
        self.show_split(self._split)
        if hit is not None and self.select(hit):
            return
        if place is not None and self.select(place) and hit is not None:
            self.leave()

    def _listed(self) -> None:
        """After another list is shown: its tab, its order, its page."""
        self._tabs.set_current("" if self._query else self._split)
        self._order.show_order("" if self._query else self._split)
        self._list.scrollToTop()
        self._turn_page()

    def _read_splits(self) -> None:
        self._splits = self._source.splits()
        self._tabs.set_splits(self._splits, self._keymap)
        self._tabs.set_current("" if self._query else self._split)

    # -------------------------------------------------------------- empty pages

    def _is_empty(self) -> bool:
        return self._model.rowCount() == 0

    def _turn_page(self) -> None:
        empty = self._is_empty()
        self._order.setVisible(not empty)
        if empty:
            self._teach()
        self._pages.setCurrentWidget(self._empty if empty else self._list)

    def _teach(self) -> None:
        if self._query:
            self._empty.teach(teaching.of_search(self._query))
            return
        nothing = not any(split.count for split in self._splits)
        block = teaching.of_split(self._split, is_everything_empty=nothing, keymap=self._keymap)
        if self._split == "needs_care" and self._source.is_reading():
            block = teaching.READING
        place, following = self._following()
        if following is None:
            self._empty.teach(block)
        elif following.id != self._empty.continues_with:
            self._next_model.show_split(following.id)
        if following is not None:
            self._empty.teach(block, following, self._keymap.text(f"split_{place}"))

    def _following(self) -> tuple[int, Split | None]:
        """The split in which the list goes on, and its number from 1."""
        numbered = {split.id: (place, split) for place, split in enumerate(self._splits, 1)}
        for split_id in _GO_ON:
            place, split = numbered.get(split_id, (0, None))
            if split is not None and split.count and split_id != self._split:
                return place, split
        return 0, None

    # -------------------------------------------------------------- where the person is

    @property
    def _rows(self) -> ConversationList:
        """The list the person sees: the split's own, or the one an empty split goes on with."""
        return self._empty.rows if self._pages.currentWidget() is self._empty else self._list

    @property
    def listing(self) -> QWidget:
        """Where the rows are, without the search field: keys of the list act in here."""
        return self._pages

    @property
    def split(self) -> str:
        """The id of the split shown, also while a search is on."""
        return self._split

    def current(self) -> int | None:
        """The conversation the person is at, None when at none."""
        return self._rows.current()

    def neighbour(self, by: int) -> int | None:
        """The conversation `by` rows from the current one, None beyond the ends."""
        return self._rows.neighbour(by)

    def selected(self) -> tuple[int, ...]:
        """All selected conversations, from the top."""
        return self._rows.selected()

    def select(self, conversation_id: int) -> bool:
        """Go to a conversation without opening it; False when its row is not in this list."""
        return self._rows.select(conversation_id)

    def find_again(self, conversation_id: int) -> None:
        """Be at the open conversation where it has come into the list; nothing moves."""
        self._rows.find_again(conversation_id)

    def leave(self) -> None:
        """Be at no conversation: the open one is not in this list."""
        self._rows.leave()

    def step(self, by: int) -> None:
        """Go `by` rows down (negative: up) and open the row reached."""
        self._rows.step(by)

    def settle(self) -> None:
        """Open the row stepped to now, if it still waits for the keys to rest."""
        self._rows.settle()

    def extend(self, by: int) -> None:
        """Take the next row into the selection as well."""
        self._rows.extend(by)

    def toggle_selected(self) -> None:
        """Take the current row into the selection or out of it."""
        self._rows.toggle()

    def take_focus(self) -> None:
        """Put the keyboard into the pane: into its rows."""
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard into the rows."""
        self._rows.setFocus()

    def focus_search(self) -> None:
        """Put the keyboard into the search field, its text selected."""
        self._search.setFocus()
        self._search.selectAll()

    def _enter_results(self) -> None:
        self.focus_list()
        if not self.selected():
            self.step(1)

    def _scrolled(self, value: int) -> None:
        if value == 0:
            self._order.set_unseen(0)
