"""Joins the Qt-free desk and its two processes to Qt: deeds go down, signals come up.

Answers of the processes arrive on reader threads; they cross to the window's thread by signal.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from cxdesk import demo
from cxdesk.background import Background, Event, Imported, Reread, Stopped
from cxdesk.desk import Desk, Sent, View
from cxdesk.model import Changes, Draft, Progress, Review, RuleCard
from cxdesk.nlp.word_list import WordList
from cxdesk.nlp.worker import LanguageWorker
from cxdesk.ui.company_words import CompanyWordsDeed
from cxdesk.ui.hidden_hints import HiddenHints
from cxdesk.ui.overrules import Overrules

if TYPE_CHECKING:
    from cxdesk.desk import CsvMapping

log = logging.getLogger(__name__)

TICK_MS = 30_000  # waiting times, snoozes that end, and writes of other programs
GATHER_MS = 400  # changes of a backlog are shown together: each look at the list takes some 10 ms
SETTLE_MS = 100  # after the first turn of the event loop, in which the window is painted
ANSWER_MS = 4_000  # how long a demo customer thinks


class DeskController(QObject):
    """What the window talks to. `changed` names what must be shown anew, `reread` conversations
    whose verdicts were made surer while nobody did anything."""

    changed = Signal(object)
    reread = Signal(object)
    reviewed = Signal(int, object)
    review_failed = Signal(int, int)
    progressed = Signal(object)
    imported = Signal(object)
    stopped = Signal(str)
    rule_found = Signal(object, object)
    ticked = Signal()
    _arrived = Signal(object)

    def __init__(
        self,
        desk: Desk,
        parent: QObject | None = None,
        answers: Mapping[int, demo.Answer] | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.answers = dict(answers or {})
        self.answer_ms = ANSWER_MS
        self._closed = False
        self._arrived.connect(self._on_event)
        listed = WordList(desk.profile.company_words)
        self.worker = LanguageWorker(words=listed.read()[0], at_once=False)
        self.background = Background(desk.profile, self._arrived.emit, at_once=False)
        self.company_words = CompanyWordsDeed(listed, self.worker, self.background, self)
        self.hidden_hints = HiddenHints(desk, self.worker, self)
        self.overrules = Overrules(desk, self)
        self.overrules.changed.connect(self.changed)
        QTimer.singleShot(0, self, self._settled)
        self._gathered = self._reread = Changes()
        self._gathering = QTimer(self, interval=GATHER_MS, singleShot=True)
        self._gathering.timeout.connect(self._show_gathered)
        self._version = desk.store.data_version()
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self.tick)
        self._ticker.start()

    def _settled(self) -> None:
        """Two processes that load at once would take the time of the first paint on two cores."""
        QTimer.singleShot(SETTLE_MS, self, self._start_processes)

    def _start_processes(self) -> None:
        if self._closed:
            return
        self.worker.start()
        self.background.start()
        # Reading the first promise takes half a second, and Send should not wait for it.
        warming = partial(self.desk.found_promises, "I'll call you tomorrow.")
        threading.Thread(target=warming, name="promises", daemon=True).start()

    def close(self) -> None:
        """End what runs beside the window; what still arrives from it is left alone."""
        self._closed = True
        self._ticker.stop()
        self.background.close()
        self.worker.close()
        self.desk.close()

    def tick(self) -> None:
        """Wake what is due, and notice what another program wrote to the same file."""
        woken = self.desk.wake_due()
        version = self.desk.store.data_version()
        if version != self._version:
            self._version = version
            woken = Changes(everything=True)
            self.background.wake()
        if woken != Changes():
            self.changed.emit(woken)
        self.ticked.emit()

    # ------------------------------------------------------------ understanding and review

    def look_at(self, conversation: int) -> None:
        """An agent has opened this conversation: it is read before all others."""
        self.background.opened(conversation)

    def review(self, view: View, draft: Draft, revision: int) -> None:
        """Review a draft; `reviewed` brings the answer, `review_failed` says there is none."""
        request = self.desk.review_request(view.thread, view.moment, draft)
        conversation = view.thread.id

        def answered(result: Review | Exception) -> None:
            if isinstance(result, Review):
                self.reviewed.emit(conversation, result)
            else:
                self.review_failed.emit(conversation, revision)

        self.worker.review(replace(request, revision=revision), answered)

    def ask_rule(self, rule: str, at: QPoint) -> None:
        """Look a rule up in the worker; `rule_found` brings its card."""

        def answered(result: RuleCard | Exception | None) -> None:
            if isinstance(result, RuleCard):
                self.rule_found.emit(result, at)

        self.worker.explain(rule, answered)

    # ------------------------------------------------------------ files

    def import_files(self, files: Sequence[Path], mapping: CsvMapping | None = None) -> None:
        self.background.import_files(files, mapping)

    def _on_event(self, event: Event) -> None:
        if self._closed:
            return
        if isinstance(event, Changes):
            self._gather(event)
        elif isinstance(event, Reread):
            self._reread |= Changes(event.conversations)
            self._gather(Changes())
        elif isinstance(event, Progress):
            self.progressed.emit(event)
        elif isinstance(event, Imported):
            self.imported.emit(event)
        elif isinstance(event, Stopped):
            self.stopped.emit(event.reason)

    def _gather(self, changes: Changes) -> None:
        """Show a change at once, and those that follow soon behind it together."""
        self._gathered |= changes
        if not self._gathering.isActive():
            self._show_gathered()

    def _show_gathered(self) -> None:
        changes, reread = self._gathered, self._reread
        self._gathered = self._reread = Changes()
        if self._closed or changes == reread == Changes():
            return
        self._gathering.start()
        self._version = self.desk.store.data_version()
        if changes != Changes():
            self.changed.emit(changes)
        if reread != Changes():
            self.reread.emit(reread)

    # ------------------------------------------------------------ the demo's customers

    def finish_send(self, sent: Sent) -> None:
        """The undo time is over: the reply goes out, and a demo customer thinks about it."""
        self.desk.finish_send(sent)
        answer = self.answers.pop(sent.message.conversation_id, None)
        if answer:
            QTimer.singleShot(self.answer_ms, self, lambda: self._answer(sent, answer))

    def _answer(self, sent: Sent, answer: demo.Answer) -> None:
        if self._closed:
            return
        codes = frozenset(sent.message.codes)
        incoming = demo.answer_to(self.desk, sent.message.conversation_id, answer, codes)
        self.changed.emit(self.desk.take_in([incoming]))
        self.background.wake()
