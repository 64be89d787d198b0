"""The window: rail, pages, overlays, and which command does what."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QByteArray, QProcess, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cxdesk.desk import Sent, View
from cxdesk.model import Draft, ImportSummary, Promise, Suggestion
from cxdesk.settings import Settings
from cxdesk.ui import theme
from cxdesk.ui.actions import Actions, Where
from cxdesk.ui.commands import Commands
from cxdesk.ui.controller import DeskController
from cxdesk.ui.first_start import FirstStartPage
from cxdesk.ui.garbage import GarbageTimer
from cxdesk.ui.importing import Importing
from cxdesk.ui.inbox_page import InboxPage
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.notices import NoticeBar, UndoToast
from cxdesk.ui.playbook_page import PlaybookPage
from cxdesk.ui.progress_bar import ProgressStrip
from cxdesk.ui.promises.keeping import PromiseKeeping
from cxdesk.ui.promises_page import PromisesPage
from cxdesk.ui.rail import Rail, RailItem
from cxdesk.ui.settings_page import SettingsPage
from cxdesk.ui.toasts import GAP

FIRST_SIZE = QSize(1280, 800)
SMALLEST = QSize(1000, 640)
RAIL = (
    RailItem("inbox", "Inbox", "inbox"),
    RailItem("promises", "Promises", "flag"),
    RailItem("playbook", "Playbook", "book"),
    RailItem("settings", "Settings", "settings", at_end=True),
)


class MainWindow(QMainWindow):
    """cxdesk's one window."""

    def __init__(self, controller: DeskController) -> None:
        super().__init__()
        self.controller = controller
        self._build()
        self._connect()
        self.commands = Commands(self)
        self._use_keys()
        self._restore()
        self._show_first_page()
        wrong = controller.desk.settings_problems
        self.notice.warn_of("Some settings could not be read, the usual ones hold", wrong)
        self.promised.reminders.check()
        GarbageTimer(self)

    @property
    def settings(self) -> Settings:
        return self.controller.desk.settings

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        self.setWindowTitle("cxdesk")
        self.setAcceptDrops(True)
        self.resize(FIRST_SIZE)
        self.setMinimumSize(SMALLEST)
        self.actions_table = Actions(self)
        self.rail = Rail(RAIL)
        self.page = InboxPage(self.controller)
        self.first_start = FirstStartPage(self.controller.desk.profile.root)
        self.pages = QStackedWidget()
        for each in (self.page, self.first_start):
            self.pages.addWidget(each)
        self.notice = NoticeBar(self)
        self.strip = ProgressStrip()
        self.toast = UndoToast(self)
        for note in (self.notice, self.toast):
            note.room = lambda: self.page.inbox.width() - 2 * GAP
        self.promised = PromiseKeeping(self.controller, self, self.actions_table)
        self.promised.set_room(lambda: self.page.inbox.width() - 2 * GAP)
        self.importing = Importing(self.controller, self.strip, self)
        self._lay_out()
        for where, pane in (
            (Where.LIST, self.page.inbox.listing),
            (Where.THREAD, self.page.thread_pane),
            (Where.COMPOSER, self.page.composer),
        ):
            self.actions_table.attach(where, pane)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.pages, 1)
        right.addWidget(self.strip)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.page.told.connect(self.notice.tell)
        self.page.opened.connect(self._opened)
        sending = self.page.sending
        sending.told.connect(self.notice.warn)
        sending.sent.connect(self._sent)
        sending.finished.connect(lambda _: self.toast.leave())
        sending.taken_back.connect(self._taken_back)
        self.toast.undo_asked.connect(sending.undo)
        self.promised.deeds.told.connect(self._tell_with_undo)
        self.promised.reminders.late_counted.connect(
            lambda count: self.rail.set_badge("promises", count, "late")
        )
        self.promised.reminders.open_asked.connect(self._open_promised)
        self.importing.done.connect(self._imported)
        self.controller.stopped.connect(self.notice.warn)
        self.controller.company_words.told.connect(self._tell_with_undo)
        self.controller.hidden_hints.told.connect(self._tell_with_undo)
        self.controller.overrules.told.connect(self._tell_with_undo)
        self.first_start.files_asked.connect(self.importing.choose)
        self.first_start.demo_asked.connect(self._open_demo)
        self.actions_table.refused.connect(self.notice.tell)

    # ------------------------------------------------------------ pages

    @cached_property
    def playbook(self) -> PlaybookPage:
        """Built on its first visit, like the settings: the first paint need not wait for them."""
        page = PlaybookPage(self.controller.desk.book)
        self.pages.addWidget(page)
        return page

    @cached_property
    def promises(self) -> PromisesPage:
        page = PromisesPage(self.controller.desk, self.promised.deeds)
        page.set_keymap(self.actions_table.keymap)
        page.command.connect(self.actions_table.trigger)
        page.told.connect(self.notice.tell)
        page.open_asked.connect(self._open_conversation)
        page.tell_asked.connect(self._tell_customer)
        self.controller.changed.connect(page.refresh)
        self.controller.ticked.connect(page.tick)
        self.actions_table.attach(Where.PROMISES, page.listing)
        self.pages.addWidget(page)
        return page

    @cached_property
    def preferences(self) -> SettingsPage:
        desk = self.controller.desk
        page = SettingsPage(desk.settings, self.actions_table.keymap, profile=desk.profile)
        page.changed.connect(self.use)
        words, section = self.controller.company_words, page.company_words
        section.add_asked.connect(words.add)
        section.remove_asked.connect(words.remove)
        words.changed.connect(lambda: section.show_words(*words.phrases()))
        hints = self.controller.hidden_hints
        page.hidden_hints.restore_asked.connect(hints.restore)
        for signal in (hints.changed, hints.named):
            signal.connect(self._show_hints)
        self.pages.addWidget(page)
        return page

    def show_page(self, name: str) -> None:
        """Show a page of the rail; with nothing stored, the first-start page for `inbox`."""
        if name == "inbox":
            empty = self.controller.desk.store.is_empty()
            page: QWidget = self.first_start if empty else self.page
        elif name == "promises":
            page = self.promises
        else:
            page = self.playbook if name == "playbook" else self.preferences
        if name == "settings":  # the file may have been edited by hand since
            self.preferences.company_words.show_words(*self.controller.company_words.phrases())
            self._show_hints()
        self.pages.setCurrentWidget(page)
        self.actions_table.show_page("" if page is self.first_start else name)
        self.rail.select(name)
        page.setFocus()

    def show_settings(self, section: str) -> None:
        """Show one section of the settings."""
        self.show_page("settings")
        self.preferences.show_section(section)

    def _show_hints(self) -> None:
        hints = self.controller.hidden_hints
        self.preferences.hidden_hints.show_hints(
            hints.all(), hints.title, self.controller.desk.now()
        )

    def _show_first_page(self) -> None:
        self.show_page("inbox")
        self.page.open_first()

    def _open_demo(self) -> None:
        """The demo opens as a window of its own, on a profile that is thrown away."""
        QProcess.startDetached(sys.executable, ["-m", "cxdesk", "demo"])

    # ------------------------------------------------------------ what happened

    def _opened(self, view: View | None) -> None:
        self.commands.show_state(view)

    def _sent(self, sent: Sent, then_next: bool) -> None:
        view = self.page.view
        name = next(iter(view.thread.customer.name.split() if view else ()), "the customer")
        if sent.undo_seconds:
            self.toast.start(f"Sent to {name}", sent.undo_seconds)
        else:
            self.notice.tell(f"Sent to {name}. The text is on the clipboard too.")
        self.promised.sent(sent, name)
        if then_next and view:
            self.commands.solve(view, (view.thread.id,))

    def _taken_back(self, draft: Draft) -> None:
        self.toast.leave()
        self.promised.taken_back(draft)
        self.page.open(draft.conversation_id)
        if self.page.view:
            notes = self.controller.desk.note_drafts(draft.conversation_id)
            self.page.composer.open_for(self.page.view.thread, notes)
        self.page.composer.focus_editor()

    def _imported(self, words: str, summary: ImportSummary | None) -> None:
        problems = summary.problems if summary else ()
        self.notice.tell(words, details="\n".join(str(each) for each in problems[:200]))
        if self.pages.currentWidget() is self.first_start:
            self.show_page("inbox")  # from anywhere else it would take the keys from who is typing

    def _tell_with_undo(self, words: str, undo: Callable[[], object] | None) -> None:
        self.notice.tell(words, button="Undo" if undo else "", action=undo)

    # ------------------------------------------------------------ promises lead to conversations

    def _open_promised(self, promise: Promise | None) -> None:
        """What a reminder speaks of: the conversation of one promise, or the page of several."""
        if promise is None:
            self.show_page("promises")
        else:
            self._open_conversation(promise.conversation_id)

    def _open_conversation(self, conversation: int) -> None:
        self.show_page("inbox")
        self.page.open(conversation)
        self.page.thread_pane.take_focus()

    def _tell_customer(self, conversation: int, play: Suggestion) -> None:
        """Go to a conversation with a play in its draft."""
        self._open_conversation(conversation)
        if self.page.view and self.page.view.thread.id == conversation:
            self.page.insert_play(play)

    # ------------------------------------------------------------ settings

    def use(self, chosen: Settings) -> None:
        """Put changed settings in force and keep them."""
        before = self.settings
        self.controller.desk.choose(chosen)
        if chosen.theme != before.theme:
            theme.apply(chosen.theme)
        if (chosen.keys, chosen.single_keys) != (before.keys, before.single_keys):
            self._use_keys()
        self.page.use_settings(chosen)
        if "preferences" in self.__dict__:
            self.preferences.show_settings(chosen)

    def _use_keys(self) -> None:
        """The keys in force, in the table and in every hint."""
        keymap = Keymap(dict(self.settings.keys))
        self.actions_table.use(keymap, single_keys=self.settings.single_keys)
        self.page.use_keys(keymap)
        self.promised.set_keymap(keymap)
        if "promises" in self.__dict__:
            self.promises.set_keymap(keymap)

    def _restore(self) -> None:
        kept = self.settings.window
        if "geometry" in kept:
            self.restoreGeometry(_bytes(kept["geometry"]))
        if "columns" in kept:
            self.page.columns.restoreState(_bytes(kept["columns"]))

    def _keep_geometry(self) -> None:
        window = {
            "geometry": _text(self.saveGeometry()),
            "columns": _text(self.page.columns.saveState()),
        }
        self.controller.desk.choose(replace(self.settings, window=window))

    # ------------------------------------------------------------ Qt's own

    def come_forward(self) -> None:
        """A second start asks for this window."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            self.page.keep()
            self.page.sending.finish()
            self._keep_geometry()
        finally:
            self.controller.close()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        old, new = event.oldSize().width(), event.size().width()
        self.page.fit(old, new)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard; outside dialogs Qt takes only Space."""
        button = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            button, QAbstractButton
        ):
            button.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.importing.take(files)


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode())


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")
