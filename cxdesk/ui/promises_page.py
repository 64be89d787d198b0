"""The promises of the desk: what is late, to whom, in which mood, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from cxdesk.desk import Desk, View
from cxdesk.errors import UserError
from cxdesk.model import Changes, Promise, PromiseState, Suggestion
from cxdesk.ui import icons, theme
from cxdesk.ui.inbox.empty_page import TeachingBlock
from cxdesk.ui.inbox.teaching import Point, Teaching
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.labels import label
from cxdesk.ui.promises import telling, words
from cxdesk.ui.promises.deeds import PromiseDeeds
from cxdesk.ui.promises.detail import PromiseDetail
from cxdesk.ui.promises.list_view import PromiseList
from cxdesk.ui.promises.model import PromiseModel
from cxdesk.ui.sidebar.fact import shortened

HEAD, STRIP, FOOT = 72, 36, 48
PANEL, NARROW_PANEL, NARROW = 340, 264, 1036
FIND_MS = 150  # the pause after a letter in which the next one may come
_SIDE = 24
_TITLE = 36  # characters of a promise in a title of one line
_FOOT_KEYS = (
    ("promise_kept", "kept"),
    ("promise_time", "new time"),
    ("promise_tell", "tell the customer"),
    ("promise_open", "open the conversation"),
)
_EMPTY = Teaching(
    "flag",
    "Nothing is promised",
    "A promise comes here when you send a reply with one and agree to keep it:",
    (
        Point("by 4", "“I'll call you by 4 pm tomorrow” is due then"),
        Point("Friday", "“It goes out by Friday” is due on Friday at closing time"),
        Point("soon", "“I'll write as soon as I know more” has no time and stays open"),
    ),
    "It leaves when you say that it was kept, or broken. Before it is due you are reminded.",
)

_NOT_FOUND = Teaching(
    "search",
    "Nothing found",
    "Every word must stand in what was promised, in the customer’s name or in the subject.",
    end="Esc shows all promises again.",
)


class PromisesPage(QWidget):
    """List and panel. `open_asked` brings a conversation, `tell_asked` one and a play for it."""

    open_asked = Signal(int)
    tell_asked = Signal(int, object)
    told = Signal(str)
    command = Signal(str)

    def __init__(self, desk: Desk, deeds: PromiseDeeds) -> None:
        super().__init__()
        self._desk, self._deeds = desk, deeds
        self._play: Suggestion | None = None
        self._stale = True
        self._build()
        self._connect()
        self.setFocusProxy(self.listing)

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        self.model = PromiseModel(_Source(self._desk), self._desk.now, self)
        self.listing = PromiseList(self.model)
        self.detail = PromiseDetail()
        self._pause = QTimer(self, singleShot=True, interval=FIND_MS)
        self._line = QFrame()
        self._line.setProperty("role", "vline")
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._left(), 1)
        whole.addWidget(self._line)
        whole.addWidget(self.detail)

    def _left(self) -> QFrame:
        left = QFrame()
        left.setProperty("role", "surface")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.listing)
        self._lists.addWidget(_lesson(_EMPTY))
        self._lists.addWidget(_lesson(_NOT_FOUND))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._strip_part = self._strip()
        self._foot_part = self._foot()
        for part in (self._head(), _line(), self._strip_part):
            column.addWidget(part)
        column.addWidget(self._lists, 1)
        column.addWidget(self._foot_part)
        return left

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(HEAD - 1)
        row = QHBoxLayout(head)
        row.setContentsMargins(_SIDE, 10, _SIDE, 10)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label("Promises", "title"))
        names.addWidget(label("What you said you would do, by when it is due.", "meta muted"))
        row.addLayout(names, 1)
        self.field = _FindField()
        row.addWidget(self.field)
        return head

    def _strip(self) -> QWidget:
        strip = QWidget()
        column = QVBoxLayout(strip)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        row.setSpacing(16)
        self._open, self._rate = label("", "meta strong"), label("", "meta muted")
        self._closing = label("", "meta muted")
        row.addWidget(self._open)
        row.addWidget(self._rate, 1)
        row.addWidget(self._closing)
        column.addLayout(row, 1)
        column.addWidget(_line())
        strip.setFixedHeight(STRIP)
        return strip

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "strip")
        foot.setFixedHeight(FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        row.setSpacing(6)
        self._keys = {action: label("", "keybox") for action, _ in _FOOT_KEYS}
        for action, text in _FOOT_KEYS:
            row.addWidget(self._keys[action])
            row.addWidget(label(text, "meta muted"))
            row.addSpacing(10)
        row.addStretch(1)
        return foot

    def _connect(self) -> None:
        self.listing.chosen.connect(self._show_chosen)
        self.listing.entered.connect(lambda each: self.open_asked.emit(each.conversation_id))
        self.model.ticked.connect(self._tick_off)
        self.model.modelReset.connect(self._show_counts)
        self.model.rowsInserted.connect(self._show_counts)
        self.detail.command.connect(self.command)
        self.field.textChanged.connect(self._pause.start)
        self.field.left.connect(self.listing.setFocus)
        self._pause.timeout.connect(lambda: self.model.find(self.field.text()))

    # ------------------------------------------------------------ keep in step

    def refresh(self, changes: Changes) -> None:
        """Show promises anew that a deed or another process may have changed."""
        if not self.isVisible():
            self._stale = True
        elif changes.everything or changes.conversations:
            self.model.refresh(changes, self.listing.last_visible())
            self._show_all()

    def tick(self) -> None:
        """Time has passed."""
        if self.isVisible():
            self.model.tick()

    def _read(self) -> None:
        if self._stale:
            self._stale = False
            self.model.read(self.listing.last_visible())
        else:
            self.model.tick()
        self._show_all()

    def _show_all(self) -> None:
        self.listing.select_first()
        self._show_counts()
        self._show_chosen(self.listing.current())

    def _show_counts(self) -> None:
        empty = self.model.is_empty()
        nothing = not empty and self.model.rowCount() == 0
        self._lists.setCurrentIndex(1 if empty else 2 if nothing else 0)
        for part in (self._strip_part, self._foot_part, self.field):
            part.setVisible(not empty)
        found = "found" if self.field.text().strip() else "open"
        self._open.setText(f"{self.model.count_words()} {found}")
        self._rate.setText(words.rate(*self.model.kept_rate))
        self._closing.setText(f"Closing time {self._desk.settings.day_end}")

    def _show_chosen(self, promise: Promise | None) -> None:
        self._play = None
        if promise is None:
            self.detail.clear()
            return
        view = self._view(promise.conversation_id)
        now = self._desk.now()
        if view is not None:
            self._play = telling.to_the_customer(self._desk.book, view, promise, now)
        self.detail.show_promise(promise, view, self._play, now)

    def _view(self, conversation: int) -> View | None:
        try:
            return self._desk.view(conversation)
        except UserError:  # gone, most likely with an import that was taken back
            return None

    # ------------------------------------------------------------ deeds

    def settle(self, state: PromiseState) -> None:
        """Say what became of the chosen promise; of a settled one, that it is open again."""
        if (promise := self._chosen()) is not None:
            is_open = promise.state is PromiseState.OPEN
            self._deeds.settle(promise, state if is_open else PromiseState.OPEN)

    def new_time(self) -> None:
        """Give the chosen promise another time."""
        promise = self._chosen()
        if promise is None:
            return
        if promise.state is not PromiseState.OPEN:
            self.told.emit("This promise is settled. Open it again first.")
            return
        title = f"New time for “{shortened(promise.text, _TITLE)}”"
        self._deeds.ask_time(title, lambda due: self._deeds.move(promise, due), self.listing)

    def tell(self) -> None:
        """Go to the conversation with the play for bad news in its draft."""
        promise = self._chosen()
        if promise is None:
            return
        if self._play is None:
            self.open_asked.emit(promise.conversation_id)
        else:
            self.tell_asked.emit(promise.conversation_id, self._play)

    def _tick_off(self, promise: Promise) -> None:
        is_open = promise.state is PromiseState.OPEN
        self._deeds.settle(promise, PromiseState.KEPT if is_open else PromiseState.OPEN)

    def _chosen(self) -> Promise | None:
        self.listing.settle()
        promise = self.listing.current()
        if promise is None:
            self.told.emit("Choose a promise first.")
        return promise

    # ------------------------------------------------------------ keys, focus, size

    def set_keymap(self, keymap: Keymap) -> None:
        """Show these keys in every hint of this page."""
        for action, box in self._keys.items():
            box.setText(keymap.text(action))
        self.detail.set_keymap(keymap)

    def cycle(self, step: int) -> None:
        """Give the focus to the next pane (F6), or the one before."""
        panes: Sequence[tuple[QWidget, Callable[[], None]]] = (
            (self.field, self.field.setFocus),
            (self.listing, self.listing.setFocus),
            (self.detail, self.detail.take_focus),
        )
        focus = self.focusWidget()
        here = next((n for n, (pane, _) in enumerate(panes) if focus and _holds(pane, focus)), 1)
        panes[(here + step) % len(panes)][1]()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is read while nobody looks; what was being looked for is, the next time."""
        super().hideEvent(event)
        self._pause.stop()
        self.listing.rest()
        self._stale = self.model.stop_searching() or self._stale

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.detail.setFixedWidth(NARROW_PANEL if event.size().width() < NARROW else PANEL)


class _FindField(QLineEdit):
    """Filters while one types; Esc clears it, and then goes back to the list, as Down does."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(placeholderText="Find a promise", clearButtonEnabled=False)
        self.setProperty("role", "compact")
        self.setFixedWidth(200)
        self.setAccessibleName("Find a promise")
        self._lens = self.addAction(
            icons.icon("search", size=16), QLineEdit.ActionPosition.LeadingPosition
        )
        theme.signals().changed.connect(self._retheme)
        self._retheme()

    def _retheme(self) -> None:
        self._lens.setIcon(icons.icon("search", color=theme.tokens().muted, size=16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Source:
    """What the list reads from."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def promises(self, after: Promise | None, limit: int) -> Sequence[Promise]:
        return self._desk.promises(after, limit)

    def promises_of(self, conversation_id: int) -> Sequence[Promise]:
        try:
            return self._desk.store.thread(conversation_id).promises
        except UserError:  # gone
            return ()

    def settled_promises(self) -> Sequence[Promise]:
        return self._desk.settled_promises()

    def kept_rate(self) -> tuple[int, int]:
        return self._desk.kept_rate()


def _lesson(teaching: Teaching) -> QFrame:
    """A page with one block that teaches, left-aligned with the headings."""
    page = QFrame()
    page.setProperty("role", "surface")
    block = TeachingBlock(teaching)
    block.setMaximumWidth(520)
    column = QVBoxLayout(page)
    column.setContentsMargins(_SIDE - 12, 0, _SIDE, 0)
    column.addWidget(block)
    column.addStretch(1)
    return page


def _holds(pane: QWidget, focus: QWidget) -> bool:
    return pane is focus or pane.isAncestorOf(focus)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line
