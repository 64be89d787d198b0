"""The composer: closed to one field, or open with head, draft, and the bar with Send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from cxdesk.model import (
    Block,
    Draft,
    Finding,
    Message,
    Review,
    Role,
    State,
    Suggestion,
    Thread,
)
from cxdesk.overruling import Cap
from cxdesk.ui import people, theme
from cxdesk.ui.composer.closed_bar import ClosedBar
from cxdesk.ui.composer.editor import SIDE, DraftEditor
from cxdesk.ui.composer.folding import Folding
from cxdesk.ui.composer.foot import Foot
from cxdesk.ui.composer.guard import SendGuard
from cxdesk.ui.composer.head import Head
from cxdesk.ui.composer.marked_draft import MarkedDraft
from cxdesk.ui.composer.pause import Pause

REVIEW_MS = 300
KEEP_MS = 500
KEEP_LIMIT_MS = 900
"""No typed word older than one second is lost, however long the agent types without a pause."""
PADDING, NARROW_PADDING = 24, 16
_NARROW = 480
_LEAST_WIDTH = 320


class ComposerPane(QWidget):
    """Holds the draft of one conversation at a time: a reply or a note.

    It asks for reviews and for keeping by signal, and sends nothing by itself.
    """

    review_wanted = Signal(object, int)
    """A `Draft` and its revision, 300 ms behind the last key and at once after insert and fix."""
    draft_changed = Signal(object)
    """A `Draft` to keep."""
    send_requested = Signal(object, bool)
    """A `Draft`, and whether the next conversation is wanted then."""
    command = Signal(str)
    closed = Signal()
    """The editor went while it had the keyboard, which now needs another place."""
    dismissed = Signal(object, str)
    """A `Finding` and the scope: `once`, `sentence`, `conversation` or `me`."""
    asks_dismissed = Signal()
    """The agent does not want to see what is not answered yet in this conversation."""
    trainer_told = Signal(object)
    why_asked = Signal(str, QPoint)
    """A rule, and where on the screen its card may open."""
    play_search_asked = Signal()
    message_reviewed = Signal(object)
    """The agent read the `Message` that held Send, and goes on writing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conversation = 0
        self._name = ""
        self._kind = Role.AGENT
        self._other_drafts: dict[Role, Draft] = {}
        self._plays: tuple[str, ...] = ()
        self._then_next = False
        self._reviewed = -1
        self._build()
        self._connect()
        self._show_open(False)

    # ------------------------------------------------------------------ build

    def _build(self) -> None:
        # The parts ask for less once they know how narrow they are, so the least is said here.
        self.setMinimumWidth(_LEAST_WIDTH)
        self.closed_bar = ClosedBar()
        self.head = Head()
        self.guard = SendGuard()
        self.editor = DraftEditor()
        self.foot = Foot(self)
        self.bar = self.foot.bar
        self.marked = MarkedDraft(self.editor, self, self.bar.button)
        self._review_pause = Pause(REVIEW_MS, self)
        self._keep_pause = Pause(KEEP_MS, self, limit=KEEP_LIMIT_MS)
        self._text_row = QHBoxLayout()
        self._text_row.addWidget(self.editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        for part in (self.closed_bar, self.head, self.guard):
            column.addWidget(part)
        column.addLayout(self._text_row, 1)
        column.addWidget(self.foot)
        self._folding = Folding(self, self.closed_bar, (self.head, self.editor, self.foot))
        self._set_side(PADDING)

    def _connect(self) -> None:
        self.closed_bar.opened.connect(self.focus_editor)
        self.closed_bar.done.connect(lambda: self.command.emit("done"))
        self.head.chosen.connect(self.write)
        self.editor.edited.connect(self._text_changed)
        self.editor.left.connect(lambda: self.command.emit("back_to_thread"))
        self.editor.send_asked.connect(self.request_send)
        self.editor.play_asked.connect(self.play_search_asked)
        self.editor.focused.connect(self._focus_changed)
        self.bar.next_finding.connect(self.next_finding)
        self.bar.send.connect(lambda: self.command.emit("send"))
        self.guard.reviewed.connect(self._go_on_writing)
        self.guard.sent_anyway.connect(lambda: self.request_send(self._then_next))
        self.guard.fixes_asked.connect(self.open_fixes)
        self.foot.asks.chosen.connect(self.go_to_end)
        self.foot.asks.dismissed.connect(self.asks_dismissed)
        self.foot.finding_asked.connect(self._mend)
        self._review_pause.came.connect(self._want_review)
        self._keep_pause.came.connect(lambda: self.draft_changed.emit(self.draft()))
        self._connect_marks()

    def _connect_marks(self) -> None:
        self.marked.changed.connect(self.bar.show_findings)
        self.marked.review_needed.connect(self.review_again)
        self.marked.play_wanted.connect(self.insert)
        self.marked.dismissed.connect(self.dismissed)
        self.marked.trainer_told.connect(self.trainer_told)
        self.marked.why_asked.connect(self.why_asked)
        QApplication.instance().focusChanged.connect(self._repaint_edge)  # type: ignore[union-attr]

    # ------------------------------------------------------------------ one draft

    def open_for(self, thread: Thread, others: Iterable[Draft] = ()) -> None:
        """Show the draft of this conversation, open when there is one; what was typed is kept.

        `others` are drafts of the conversation besides `thread.draft`, such as a note.
        """
        self.keep_now()
        self._conversation = thread.id
        self._name = people.first_name(thread.customer)
        self._other_drafts = {each.kind: each for each in others}
        draft = thread.draft or Draft(thread.id, "")
        self.closed_bar.set_words(f"Reply to {self._name}", solved=thread.state is State.SOLVED)
        self.setEnabled(True)
        self.set_channel(thread.channel)
        self._show_draft(draft)
        self._show_open(bool(draft.text))

    def clear(self) -> None:
        """What is shown was sent or kept as a note: go back to the reply, closed when empty."""
        reply = Draft(self._conversation, "")
        if self._kind is Role.NOTE:
            reply = self._other_drafts.pop(Role.AGENT, reply)
        self._show_draft(reply)
        self._show_open(bool(reply.text))

    def set_channel(self, channel: str, *, enter_sends: bool = False) -> None:
        """Name the channel to those who hear the window; in chat Enter may send."""
        self.editor.enter_sends = enter_sends
        self.editor.setAccessibleDescription(f"by {channel}")

    def draft(self) -> Draft:
        """What is typed now."""
        return Draft(
            self._conversation,
            self.editor.text(),
            self.editor.open_slots(),
            self.editor.cursor_offset(),
            tuple(dict.fromkeys((*self._plays, *self.editor.plays()))),
            self._kind,
        )

    @property
    def revision(self) -> int:
        """Grows with each change of the text; a review of another revision is not shown."""
        return self.editor.revision

    def _show_draft(self, draft: Draft) -> None:
        self._review_pause.cancel()
        self._keep_pause.cancel()
        self._kind = draft.kind
        self._plays = draft.plays
        self._reviewed = -1
        self.guard.clear()
        self.marked.clear()
        self.foot.clear()
        self.bar.set_note(draft.kind is Role.NOTE)
        self.head.show_kind(draft.kind, self._name)
        self.head.show_kept(draft.saved_at)
        self.editor.setAccessibleName(self._title())
        self.editor.show_draft(draft.text, draft.slots, draft.cursor)
        if draft.text:
            self._want_review()

    def _title(self) -> str:
        return "Note for colleagues" if self._kind is Role.NOTE else f"Reply to {self._name}"

    def write(self, kind: Role) -> None:
        """Open for a reply or a note, with what was typed of it, and take the focus."""
        if kind is not self._kind:
            self.keep_now()
            self._other_drafts[self._kind] = self.draft()
            self._show_draft(self._other_drafts.pop(kind, Draft(self._conversation, "", kind=kind)))
        self.focus_editor()

    def keep_now(self) -> None:
        """Hand over what is not kept yet."""
        if self._keep_pause.is_waiting:
            self._keep_pause.come()

    def show_kept(self, at: datetime) -> None:
        """Say that the draft was kept."""
        self.head.show_kept(at)

    def insert(self, suggestion: Suggestion) -> None:
        """Insert a play at the cursor in one undo step; nothing typed is overwritten."""
        self._show_open(True)
        self.editor.insert_play(suggestion)
        self.editor.setFocus()
        self.review_again()

    def _text_changed(self) -> None:
        self.guard.clear_notice()
        self._keep_pause.touch()
        self._review_pause.touch()

    # ------------------------------------------------------------------ review

    def _want_review(self) -> None:
        if self._kind is Role.NOTE:
            return
        if self.editor.is_composing():
            self._review_pause.touch()
            return
        self.review_wanted.emit(self.draft(), self.revision)

    def review_again(self) -> None:
        """Ask for a review of the draft as it stands, without waiting."""
        self._review_pause.come()

    def set_review(
        self, review: Review, cap: Cap | None = None, unanswered: tuple[str, ...] = ()
    ) -> None:
        """Show a review, with what holds its score and the questions the draft leaves open; one of
        an older text is not shown."""
        if review.revision != self.revision or self._kind is Role.NOTE:
            return
        self._reviewed = review.revision
        self.marked.set_review(review)
        self.foot.show_review(review, cap, unanswered)

    def reviewed(self) -> bool:
        """True while the review on screen is that of the text on screen."""
        return self._reviewed == self.revision

    def findings(self) -> tuple[Finding, ...]:
        return self.marked.findings()

    def next_finding(self) -> None:
        self.marked.next()

    def previous_finding(self) -> None:
        self.marked.previous()

    def open_fixes(self) -> None:
        self.marked.open_fixes()

    def tell_trainer(self) -> None:
        self.marked.tell_trainer()

    def why(self) -> None:
        """Ask for the rule behind the finding at the cursor."""
        self.marked.why()

    def show_score(self) -> None:
        """Open the score of the draft, which is for the agent alone."""
        self._show_open(True)
        self.foot.show_score()
        if not self.reviewed():
            self.review_again()

    def unanswered(self) -> tuple[str, ...]:
        """The customer's questions that the draft leaves open, as they are listed."""
        return self.foot.asks.words()

    def go_to_end(self) -> None:
        """Write on at the end of the draft."""
        self._go_to(len(self.editor.text()))

    def _mend(self, finding: Finding) -> None:
        self._go_to(finding.start)
        self.open_fixes()

    def next_slot(self) -> bool:
        """Select the next open field; False when there is none."""
        return self.editor.next_slot()

    def set_held_back(self, needs: Set[str]) -> None:
        """Needs that are withheld now; their ticks show bars."""
        self.bar.set_held_back(needs)

    # ------------------------------------------------------------------ sending

    def request_send(self, then_next: bool = False) -> None:
        """Ask for this draft to be sent; who listens may hold it."""
        self._then_next = then_next
        self.keep_now()
        self.send_requested.emit(self.draft(), then_next)

    def hold(self, message: Message | None) -> None:
        """Send is held: the customer wrote this meanwhile. None takes the hold away."""
        if message is None:
            self.guard.clear()
        else:
            self._show_open(True)
            self.guard.hold(message, self._name)

    def show_block(self, block: Block) -> None:
        """Send is held by this: say so and go there."""
        self._go_to(block.start, block.end)
        self.guard.block(block)

    def confirm_blame(self, finding: Finding, more: int = 0) -> None:
        """The draft blames the customer, here and in so `more` places: ask for a second
        Ctrl+Enter, and offer the fixes."""
        self._go_to(finding.start)
        self.guard.confirm(finding, more, self.bar.button.key)

    def _go_to(self, start: int, end: int | None = None) -> None:
        self._show_open(True)
        self.editor.setFocus()
        self.editor.select(start, end)

    def _go_on_writing(self, message: Message) -> None:
        self.editor.setFocus()
        self.message_reviewed.emit(message)

    # ------------------------------------------------------------------ open, closed, focus

    def focus_editor(self) -> None:
        """Open the composer and write."""
        self._show_open(True)
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_focus(self) -> None:
        """Take the focus as a pane, opened or closed as it is."""
        if self.is_open():
            self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.closed_bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_focus(self) -> bool:
        """True while the agent is in the composer or in a popup of it."""
        focus = QApplication.focusWidget()
        return focus is not None and any(
            each is focus or each.isAncestorOf(focus)
            for each in (self, self.marked.popup, self.foot.score)
        )

    def is_open(self) -> bool:
        return self._folding.is_open

    def _show_open(self, on: bool) -> None:
        if on == self.is_open():
            return
        had_focus = self.has_focus()
        self._folding.fold(on)
        if not on:
            self.guard.clear()
        if had_focus and not on:
            self.closed.emit()

    def writing_line(self) -> QRect | None:
        """Where in the window the line being written stands; None while the composer is closed."""
        if not self.is_open():
            return None
        line = self.editor.line_at(self.editor.cursor_offset()).toRect()
        corner = self.editor.viewport().mapTo(self.window(), QPoint(0, line.top()))
        return QRect(corner, QSize(self.editor.width(), line.height()))

    def _focus_changed(self, on: bool) -> None:
        if not on:
            self.keep_now()

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_now()
        super().hideEvent(event)

    # ------------------------------------------------------------------ look

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Show these keys (action id to key text) beside what they do."""
        self.closed_bar.set_keys(keys.get("reply", "R"), keys.get("done", "E"))
        self.bar.button.set_key(keys.get("send", "Ctrl+Enter"))
        self.bar.count.key = keys.get("next_finding", "F8")
        self.bar.group.key = keys.get("score", "F9")
        self.bar.group.describe()

    def sizeHint(self) -> QSize:
        return QSize(564, self._folding.height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.marked.popup.close()
        self.foot.score.close()
        self._set_side(NARROW_PADDING if event.size().width() < _NARROW else PADDING)

    def _set_side(self, side: int) -> None:
        self.closed_bar.set_side(side)
        self.head.set_side(side)
        self.guard.set_side(side)
        self.foot.set_side(side)
        self._text_row.setContentsMargins(side - SIDE, 0, side - SIDE - 4, 0)

    def _repaint_edge(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.surface)
        if self.has_focus():
            painter.fillRect(0, 0, self.width(), 2, tokens.accent)
        else:
            painter.fillRect(0, 0, self.width(), 1, tokens.line)
        if self.is_open():
            painter.fillRect(0, self.foot.y(), self.width(), 1, tokens.line)
