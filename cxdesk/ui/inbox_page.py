"""The main screen: list, thread with composer, sidebar, and what passes between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cxdesk import playbook
from cxdesk.desk import CHAT_CHANNELS, View
from cxdesk.errors import UserError
from cxdesk.model import (
    Changes,
    Correction,
    Coverage,
    Draft,
    Fault,
    Finding,
    Phase,
    Review,
    Role,
    Row,
    Split,
    Suggestion,
)
from cxdesk.nlp.mood import DANGER
from cxdesk.overruling import UNANSWERED, sentence_of
from cxdesk.settings import Settings
from cxdesk.ui.action_table import ACTIONS
from cxdesk.ui.composer import ComposerPane
from cxdesk.ui.controller import DeskController
from cxdesk.ui.inbox import InboxPane
from cxdesk.ui.inbox.row_words import softened as softened_row
from cxdesk.ui.keymap import Keymap
from cxdesk.ui.sending import Sending
from cxdesk.ui.sidebar import SidebarPane
from cxdesk.ui.softening import NAMES, Softener
from cxdesk.ui.splitter import ThinSplitter
from cxdesk.ui.thread import ThreadPane

COLUMNS = (320, 564, 340)  # at 1280 pixels, less the rail
NARROW = 1100  # below this width list and sidebar give room to the thread
NARROW_COLUMNS = (264, 408, 264)


class InboxPage(QWidget):
    """Keeps one conversation open and its panes in step. `told` is for the notice bar."""

    told = Signal(str)
    opened = Signal(object)

    def __init__(self, controller: DeskController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self.view: View | None = None
        self._coverage = Coverage()
        self._opens_first = False
        self._build()
        self.sending = Sending(controller, self.composer, lambda: self.view)
        self._connect()
        self._source = _Source(controller)
        self.inbox.set_source(self._source)

    # ------------------------------------------------------------ build

    def _build(self) -> None:
        self.inbox = InboxPane()
        self.thread_pane = ThreadPane()
        self.composer = ComposerPane()
        self.composer.hide()
        self.sidebar = SidebarPane()
        self.use_settings(self.controller.desk.settings)
        # The composer paints its own upper line, in accent while one writes.
        self.middle = ThinSplitter(Qt.Orientation.Vertical, line=False)
        self.middle.addWidget(self.thread_pane)
        self.middle.addWidget(self.composer)
        self.middle.setStretchFactor(0, 1)
        self.columns = ThinSplitter(Qt.Orientation.Horizontal)
        for pane in (self.inbox, self.middle, self.sidebar):
            self.columns.addWidget(pane)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes(list(COLUMNS))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.columns)

    def _connect(self) -> None:
        self.inbox.opened.connect(self.open)
        self.composer.review_wanted.connect(self._review)
        self.composer.draft_changed.connect(self._keep_draft)
        self.composer.closed.connect(self.inbox.focus_list)
        self.composer.dismissed.connect(self._dismiss)
        self.composer.asks_dismissed.connect(self._dismiss_asks)
        self.composer.marked.find_play = self._play_for
        self.composer.trainer_told.connect(self._tell_trainer)
        self.composer.why_asked.connect(self.controller.ask_rule)
        self.thread_pane.rule_asked.connect(self.controller.ask_rule)
        self.sidebar.insert_requested.connect(self.insert)
        self.sidebar.fault_chosen.connect(self._set_fault)
        self.sidebar.phase_chosen.connect(self._set_phase)
        self.sidebar.count_chosen.connect(self._set_count)
        self.sidebar.conversation_asked.connect(self.open)
        self.sidebar.rule_asked.connect(self.controller.ask_rule)
        self.controller.changed.connect(self.refresh)
        self.controller.reread.connect(self._show_reread)
        self.controller.reviewed.connect(self._reviewed)
        self.controller.rule_found.connect(self.thread_pane.show_rule)
        self.controller.hidden_hints.changed.connect(self.composer.review_again)

    def use_settings(self, chosen: Settings) -> None:
        """Put the settings that concern these panes in force."""
        self.sidebar.set_guidance_level(chosen.guidance)
        self.thread_pane.set_own_name(chosen.agent_name)

    @property
    def is_soft(self) -> bool:
        """Whether insults are hidden in this window."""
        return self._source.is_soft

    def use_soft_view(self, on: bool) -> None:
        """Hide the customers' insults in every pane of this window, until it is switched off."""
        self.thread_pane.set_soft(on)
        self.sidebar.set_soft(on)
        self._source.is_soft = on
        self.inbox.refresh(Changes(everything=True))

    def use_keys(self, keymap: Keymap) -> None:
        """Show these keys in every hint of these panes."""
        self.inbox.set_keymap(keymap)
        self.thread_pane.set_keymap(keymap)
        keys = {spec.id: keymap.text(spec.id) for spec in ACTIONS}
        self.composer.set_keys(keys)
        self.sidebar.set_keys(keys)

    # ------------------------------------------------------------ open and keep in step

    def open(self, conversation: int) -> None:
        """Open a conversation at the message that changed the mood; the last draft is kept."""
        if self.view and self.view.thread.id == conversation:
            return
        self.keep()
        try:
            self.view = self.controller.desk.view(conversation)
        except UserError as error:
            self.told.emit(str(error))
            return
        self._coverage = Coverage()
        self.sending.start_over(self.view.thread)
        self.inbox.select(conversation)
        self.thread_pane.show_thread(self.view.thread, self.controller.desk.now())
        notes = self.controller.desk.note_drafts(conversation)
        self.composer.open_for(self.view.thread, notes)
        self.composer.show()
        self._show_guidance()
        self.controller.look_at(conversation)
        self.opened.emit(self.view)

    def open_first(self) -> None:
        """Open the first conversation, once it is known what needs care, unless one was opened."""
        self._opens_first = self.controller.desk.is_reading()
        if not self._opens_first and self.view is None:
            self.inbox.step(1)
            self.inbox.settle()

    def close_view(self) -> None:
        self.view = None
        self.thread_pane.clear()
        self.composer.clear()
        self.composer.hide()
        self.sidebar.clear()
        self.opened.emit(None)

    def refresh(self, changes: Changes) -> None:
        """Show anew what a deed or another process changed."""
        self.inbox.refresh(changes)
        if self.view is None:
            if self._opens_first:
                self.open_first()
            return
        here = self.view.thread.id
        if here in changes.conversations and not self.inbox.selected():
            self.inbox.find_again(here)
        if changes.everything or here in changes.conversations:
            self._read_again()

    def _show_reread(self, changes: Changes) -> None:
        """Show verdicts that have become surer, without a row changing its place meanwhile."""
        self.inbox.show_where_they_are(changes)
        if self.view is not None and self.view.thread.id in changes.conversations:
            self._read_again()

    def _read_again(self) -> None:
        assert self.view is not None
        try:
            view = self.controller.desk.view(self.view.thread.id, self._coverage)
        except UserError:
            self.close_view()
            return
        was_waiting = _waits_for_an_answer(self.view)
        self.view = view
        self.thread_pane.update_thread(view.thread, self.controller.desk.now())
        self._show_guidance()
        if was_waiting and not _waits_for_an_answer(view):
            self.thread_pane.show_end()
        self.opened.emit(view)

    def _show_guidance(self) -> None:
        assert self.view is not None
        self.thread_pane.show_outcomes(list(self.view.outcomes))
        self.thread_pane.show_set_aside(self.view.set_aside)
        self.thread_pane.show_why_back(self.view.why_back)
        self.thread_pane.show_safety(self.view.guidance.procedure is not None)
        now = self.controller.desk.now()
        case = playbook.case_of(self.view.thread, self.view.moment, now=now)
        self.sidebar.show(self.view.thread, self.view.moment, self.view.guidance, case)
        self.composer.set_held_back({each.need for each in self.view.guidance.held_back})

    def open_next(self) -> None:
        """Open the next conversation of the list, at its end the one before; else close this."""
        for step in (1, -1):
            following = self.inbox.neighbour(step)
            if following is not None:
                self.open(following)
                return
        self.keep()
        self.close_view()

    def keep(self) -> None:
        """Keep the draft as it stands, now."""
        if self.view:
            self.composer.keep_now()

    # ------------------------------------------------------------ the draft

    def _keep_draft(self, draft: Draft) -> None:
        if draft.conversation_id:
            before = self.controller.desk.row(draft.conversation_id)
            changes = self.controller.desk.keep_draft(draft)
            self.composer.show_kept(self.controller.desk.now())
            if before is None or before.has_draft != bool(draft.text.strip()):
                self.inbox.refresh(changes)

    def _review(self, draft: Draft, revision: int) -> None:
        if self.view and draft.conversation_id == self.view.thread.id:
            self.controller.review(self.view, draft, revision)

    def _reviewed(self, conversation: int, review: Review) -> None:
        if not self.view or self.view.thread.id != conversation:
            return
        text = self.composer.draft().text
        seen = self.controller.desk.reviewed(self.view, review, text)
        self.composer.set_review(seen.marked, seen.cap, seen.unanswered)
        if seen.counted.coverage != self._coverage:
            self._coverage = seen.counted.coverage
            self.view = self.controller.desk.view(conversation, self._coverage)
            self._show_guidance()

    def insert(self, number: int) -> None:
        """Insert the nth card at the cursor, as the sidebar numbers them."""
        suggestions = self.view.guidance.suggestions if self.view else ()
        if 1 <= number <= len(suggestions):
            self.insert_play(suggestions[number - 1])

    def insert_need(self, need: str) -> None:
        """Insert the suggestion for one need, when there is one."""
        suggestions = self.view.guidance.suggestions if self.view else ()
        for suggestion in suggestions:
            if suggestion.need == need:
                self.insert_play(suggestion)

    def insert_play(self, suggestion: Suggestion) -> None:
        """Insert a play at the cursor; a new e-mail begins with a greeting."""
        if self.view is None:
            return
        view = self.view
        greeting = ""
        if view.thread.channel not in CHAT_CHANNELS and not self.composer.draft().text.strip():
            known = view.moment.known.get("customer_name")
            greeting = f"Hi {known.value},\n\n" if known else "Hello,\n\n"
        self.composer.insert(_with_greeting(suggestion, greeting))

    def find_plays(self, query: str) -> list[Suggestion]:
        return self.controller.desk.search_playbook(query, self.view.moment) if self.view else []

    def _play_for(self, code: str) -> Suggestion | None:
        """The play that has what a finding of this code asks for, if one fits now."""
        return self.controller.desk.play_for(code, self.view.moment) if self.view else None

    def _dismiss(self, finding: Finding, scope: str) -> None:
        sentence = sentence_of(finding, self.composer.draft().text)
        self._put_aside(finding.rule, scope, sentence)

    def _dismiss_asks(self) -> None:
        self._put_aside(UNANSWERED, "conversation")

    def _put_aside(self, rule: str, scope: str, sentence: str = "") -> None:
        if self.view is not None:
            self.controller.hidden_hints.hide(rule, scope, self.view.thread.id, sentence)

    def _tell_trainer(self, finding: Finding) -> None:
        if self.view:
            sentence = sentence_of(finding, self.composer.draft().text) or finding.text
            self.controller.desk.tell_trainer(finding.rule, sentence, self.view.thread.id)
            self.told.emit("Kept for the trainer, with the sentence.")

    # ------------------------------------------------------------ overruling the app

    def correct(self, correction: Correction, message: int) -> None:
        if self.view:
            deed = self.controller.desk.correct
            self.controller.changed.emit(deed(message, self.view.thread.id, correction))

    def _set_fault(self, fault: Fault | None) -> None:
        if self.view:
            deed = self.controller.desk.set_fault
            self.controller.changed.emit(deed(self.view.thread.id, fault))

    def _set_phase(self, phase: Phase | None) -> None:
        if self.view:
            deed = self.controller.desk.set_phase
            self.controller.changed.emit(deed(self.view.thread.id, phase))

    def _set_count(self, name: str, value: object) -> None:
        if self.view:
            self.controller.overrules.set(self.view.thread, name, value)

    def turn_danger(self) -> None:
        """Say that nobody is in danger here, or take that back."""
        if self.view:
            deeds = self.controller.overrules
            turn = deeds.call_safe if self.view.guidance.procedure else deeds.call_unsafe
            turn(self.view.thread)

    # ------------------------------------------------------------ focus

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The arrow keys are at home in the list from the first moment on."""
        super().focusInEvent(event)
        self.inbox.focus_list()

    def panes(self) -> tuple[InboxPane, ThreadPane, ComposerPane, SidebarPane]:
        return (self.inbox, self.thread_pane, self.composer, self.sidebar)

    def cycle(self, step: int) -> None:
        """Give the focus to the next pane (F6), or the one before."""
        panes = self.panes()
        focus = QApplication.focusWidget()
        here = next((i for i, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), -1)
        panes[(here + step) % len(panes)].take_focus()

    def fit(self, before: int, width: int) -> None:
        """Give the columns the widths that suit the window when it turns narrow or wide."""
        if (before < NARROW) != (width < NARROW) or before < 0:
            self.columns.setSizes(list(NARROW_COLUMNS if width < NARROW else COLUMNS))


def _waits_for_an_answer(view: View) -> bool:
    return bool(view.thread.messages) and view.thread.messages[-1].role is Role.AGENT


class _Source:
    """What the list reads from; in soft view without the insults that customers wrote."""

    def __init__(self, controller: DeskController) -> None:
        self._desk = controller.desk
        self.is_soft = False

    def splits(self) -> tuple[Split, ...]:
        return self._desk.splits()

    def rows(self, split: str, after: Row | None) -> list[Row]:
        return self._shown(self._desk.rows(split, after))

    def search(self, query: str, after: Row | None) -> list[Row]:
        return self._shown(self._desk.search(query, after))

    def row(self, conversation: int) -> Row | None:
        row = self._desk.row(conversation)
        return self._shown([row])[0] if row else None

    def is_reading(self) -> bool:
        return self._desk.is_reading()

    def in_danger(self, conversations: Sequence[int]) -> frozenset[int]:
        return self._desk.store.in_danger(conversations, DANGER)

    def _shown(self, rows: list[Row]) -> list[Row]:
        if not self.is_soft:
            return rows
        heard = self._desk.store.heard_in([row.id for row in rows], NAMES)
        return [softened_row(row, Softener.of(heard.get(row.id, ()))) for row in rows]


def _with_greeting(suggestion: Suggestion, greeting: str) -> Suggestion:
    shift = len(greeting)
    slots = tuple(
        replace(slot, start=slot.start + shift, end=slot.end + shift)
        for slot in suggestion.open_slots
    )
    return replace(suggestion, text=greeting + suggestion.text, open_slots=slots)
