"""From Ctrl+Enter to a reply that is out: last review, the guards, undo, the customer's answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from cxdesk.desk import Sent, View
from cxdesk.errors import UserError
from cxdesk.model import Draft, Finding, Message, Review, Role, Thread
from cxdesk.overruling import Reviewed, blame_in, choices
from cxdesk.said import last_of_customer
from cxdesk.ui.composer import ComposerPane
from cxdesk.ui.controller import DeskController

REVIEW_MS = 10_000  # a send waits this long for its last review: the engine may just be starting


class Sending(QObject):
    """One reply at a time. Asks `view()` what is open; says `sent` and `taken_back`."""

    sent = Signal(object, bool)
    finished = Signal(object)
    taken_back = Signal(object)
    told = Signal(str)

    def __init__(
        self, controller: DeskController, composer: ComposerPane, view: Callable[[], View | None]
    ) -> None:
        super().__init__(composer)
        self._controller = controller
        self._composer = composer
        self._view = view
        self._waiting: tuple[Draft, bool, int] | None = None
        self._agreed: set[str] = set()
        self._asked: set[tuple[str, str]] = set()  # rules and words that a second press is for
        self._blame: list[tuple[str, str]] = []  # all that ever held this reply
        self._seen = 0
        self._undoable: tuple[Sent, Draft] | None = None
        self._patience = QTimer(self, interval=REVIEW_MS, singleShot=True)
        self._patience.timeout.connect(self._no_review)
        self._undo_time = QTimer(self, singleShot=True)
        self._undo_time.timeout.connect(self.finish)
        composer.send_requested.connect(self.request)
        composer.message_reviewed.connect(self._read)
        composer.editor.edited.connect(lambda: self._give_up("you went on writing"))
        controller.reviewed.connect(self._reviewed)
        controller.review_failed.connect(self._review_failed)

    @property
    def can_undo(self) -> bool:
        return self._undoable is not None

    def start_over(self, thread: Thread) -> None:
        """Another conversation is open: it is read, and nothing was agreed to there."""
        self._give_up("another conversation was opened before it was checked")
        self._forget()
        self._seen = last_of_customer(thread)

    def _forget(self) -> None:
        """Nothing was agreed to for the reply that comes."""
        self._agreed.clear()
        self._asked.clear()
        self._blame.clear()

    def _read(self, message: Message) -> None:
        self._seen = message.id

    def request(self, draft: Draft, then_next: bool) -> None:
        """Send a draft: it is reviewed once more as it stands, then the guards look at it."""
        view = self._view()
        if view is None or not draft.text.strip():
            self.told.emit("There is nothing to send yet.")
            return
        if draft.kind is Role.NOTE:
            self._keep_note(view, draft)
            return
        revision = self._composer.revision
        self._waiting = (draft, then_next, revision)
        self._patience.start()
        self._controller.review(view, draft, revision)

    def _keep_note(self, view: View, draft: Draft) -> None:
        changes = self._controller.desk.add_note(view.thread.id, draft.text)
        self._composer.clear()
        self._controller.changed.emit(changes)

    def _reviewed(self, conversation: int, review: Review) -> None:
        view = self._view()
        if view is None or view.thread.id != conversation or not review.thorough:
            return
        # Blame that was mended and is written again later asks again.
        self._asked &= {(each.rule, each.text) for each in blame_in(review.findings)}
        if self._waiting is None:
            return
        draft, then_next, revision = self._waiting
        if review.revision != revision:
            return
        self._waiting = None
        self._patience.stop()
        seen = self._controller.desk.reviewed(view, review, draft.text)
        if not self._held(view, seen.counted):
            self._send(view, draft, seen, then_next)

    def _review_failed(self, _conversation: int, revision: int) -> None:
        if self._waiting and self._waiting[2] == revision:
            self._no_review()

    def _give_up(self, why: str) -> None:
        """Send nothing but what was on screen when it was asked for."""
        if self._waiting:
            self._waiting = None
            self._patience.stop()
            self.told.emit(f"The reply was not sent: {why}.")

    def _no_review(self) -> None:
        self._patience.stop()
        self._waiting = None
        self.told.emit("The reply could not be checked just now. It was not sent; try again.")

    def _held(self, view: View, review: Review) -> bool:
        """Show the first thing that holds this reply. What was agreed to holds it no more."""
        conversation = view.thread.id
        if review.blocks:
            self._composer.show_block(review.blocks[0])
            return True
        newer = self._controller.desk.written_meanwhile(conversation, self._seen)
        if newer and self._first_time(f"newer {newer.id}"):
            self._composer.hold(newer)
            return True
        return self._asks_again(blame_in(review.findings))

    def _asks_again(self, blame: Sequence[Finding]) -> bool:
        """Ask for a second press once for all blame that was not asked about yet."""
        fresh = [each for each in blame if (each.rule, each.text) not in self._asked]
        if fresh:
            self._asked |= {(each.rule, each.text) for each in fresh}
            self._blame += [(each.rule, each.text) for each in fresh]
            self._composer.confirm_blame(fresh[0], len(fresh) - 1)
        return bool(fresh)

    def _first_time(self, reason: str) -> bool:
        new = reason not in self._agreed
        self._agreed.add(reason)
        return new

    def _send(self, view: View, draft: Draft, seen: Reviewed, then_next: bool) -> None:
        self.finish()
        made = choices(self._blame, seen)
        try:
            sent = self._controller.desk.send(view.thread, draft, seen.counted, made)
        except (UserError, OSError) as error:
            self.told.emit(f"Not sent: {error}")
            return
        QGuiApplication.clipboard().setText(draft.text)
        self._forget()
        self._composer.clear()
        self._undoable = (sent, draft)
        self._controller.changed.emit(sent.changes)
        self.sent.emit(sent, then_next)
        if sent.undo_seconds:
            self._undo_time.start(sent.undo_seconds * 1000)
        else:
            self.finish()

    def undo(self) -> None:
        """Take the last reply back while its time runs; the draft returns with its cursor."""
        if self._undoable is None:
            return
        sent, draft = self._undoable
        self._undo_time.stop()
        self._undoable = None
        self._composer.keep_now()
        changes = self._controller.desk.take_back(sent, draft)
        self._controller.changed.emit(changes)
        self.taken_back.emit(draft)

    def finish(self) -> None:
        """The last reply can no longer be taken back."""
        if self._undoable is None:
            return
        self._undo_time.stop()
        sent, _ = self._undoable
        self._undoable = None
        self._controller.finish_send(sent)
        self.finished.emit(sent)
