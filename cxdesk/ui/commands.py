"""Which command does what: binds the table of actions to the window, once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cxdesk.desk import View
from cxdesk.model import BlameTarget, Correction, Level, Role, State
from cxdesk.ui import theme
from cxdesk.ui.choices import Choice, ChoicePopup, parse_wait, snooze_times
from cxdesk.ui.composer import PlaySearch
from cxdesk.ui.key_overlay import KeyOverlay
from cxdesk.ui.palette import Palette

if TYPE_CHECKING:
    from cxdesk.ui.main_window import MainWindow

NEEDS = {"insert_1": 0, "insert_2": 1, "insert_3": 2}
SPLITS = ("needs_care", "waiting", "mine", "snoozed", "done", "all")


class Commands:
    """Every command of the window. Needs a conversation: most of them; says so when none is open."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._page = window.page
        self._desk = window.controller.desk
        self._table = window.actions_table
        self._palette = Palette(window, self._table)
        self._keys = KeyOverlay(window, self._table)
        self._plays = PlaySearch(self._page.composer, self._page.find_plays)
        self._plays.chosen.connect(self._page.insert_play)
        self._bind()
        for pane in (self._page.inbox, self._page.thread, self._page.composer, self._page.sidebar):
            pane.command.connect(self._table.trigger)
        self._page.composer.play_search_asked.connect(self.search_plays)
        self._page.sidebar.correct_requested.connect(self.correct)
        self._page.thread.correct_requested.connect(self.correct)

    def _bind(self) -> None:
        page, bind = self._page, self._table.bind
        bind("palette", self._palette.open)
        bind("keys", self._keys.open)
        bind("next_pane", partial(page.cycle, 1))
        bind("previous_pane", partial(page.cycle, -1))
        for name in ("inbox", "playbook", "settings"):
            bind(name, partial(self._window.show_page, name))
        bind("import_files", self._window.importing.choose)
        for number, split in enumerate(SPLITS, start=1):
            bind(f"split_{number}", partial(page.inbox.show_split, split))
        for name in theme.CHOICES:
            bind(f"theme_{name}", partial(self._use_theme, name))
        self._bind_list()
        self._bind_thread()
        self._bind_composer()

    def _bind_list(self) -> None:
        page, bind = self._page, self._table.bind
        bind("next_conversation", partial(page.inbox.move, 1))
        bind("previous_conversation", partial(page.inbox.move, -1))
        bind("next_split", page.inbox.next_split)
        bind("previous_split", page.inbox.previous_split)
        bind("search", self.search)
        bind("snooze", self.snooze)
        bind("done", self.done)
        bind("assign_me", self.assign)
        bind("correct", self.correct)

    def _bind_thread(self) -> None:
        page, bind = self._page, self._table.bind
        bind("reply", partial(self._write, Role.AGENT))
        bind("note", partial(self._write, Role.NOTE))
        bind("turn", page.thread.jump_to_turn)
        bind("next_message", page.thread.next_message)
        bind("previous_message", page.thread.previous_message)
        bind("why", self.why)

    def _bind_composer(self) -> None:
        page, bind = self._page, self._table.bind
        for name, number in NEEDS.items():
            bind(name, partial(page.insert_need, number))
        bind("playbook_search", lambda query="": self.search_plays(query))
        bind("next_finding", page.composer.next_finding)
        bind("previous_finding", page.composer.previous_finding)
        bind("fixes", page.composer.open_fixes)
        bind("tell_trainer", page.composer.tell_trainer)
        bind("send", partial(page.composer.request_send, False))
        bind("send_and_next", partial(page.composer.request_send, True))
        bind("back_to_thread", page.thread.take_focus)
        bind("undo_send", page.sending.undo)

    # ------------------------------------------------------------ what can run now

    def show_state(self, view: View | None) -> None:
        """Enable what suits the open conversation, with the reason where it does not."""
        needs_one = ("snooze", "done", "assign_me", "correct", "reply", "note", "turn", "send")
        for name in needs_one:
            self._table.enable(name, view is not None, "no conversation is open")
        if view is None:
            return
        solved = view.thread.state is State.SOLVED
        self._table.detail("done", "opens it again" if solved else "")
        held = {each.need: each.because for each in view.guidance.held_back}
        offered = {each.need: each for each in view.guidance.suggestions}
        for name, need in zip(NEEDS, ("apology", "ownership", "extra_mile"), strict=True):
            found = offered.get(need)
            reason = f"held back: {held[need]}" if need in held else "nothing fits now"
            self._table.enable(name, found is not None, reason)
            if found:
                self._table.detail(name, found.title)

    # ------------------------------------------------------------ deeds

    def done(self) -> None:
        """Mark the open conversation solved and go on; a solved one is opened again."""
        view = self._page.view
        if view is None:
            return
        solved = view.thread.state is State.SOLVED
        following = self._page.inbox.next_row()
        state = State.OPEN if solved else State.SOLVED
        changes = self._desk.set_state(view.thread.id, state)
        if not solved and following is not None:
            self._page.open(following)
        self._window.controller.changed.emit(changes)
        if not solved:
            name = view.thread.customer.name
            self._window.notice.tell(
                f"Done: {name}.", button="Undo", action=partial(self._reopen, view)
            )

    def _reopen(self, view: View) -> None:
        self._window.controller.changed.emit(
            self._desk.set_state(view.thread.id, view.thread.state)
        )

    def assign(self) -> None:
        if view := self._page.view:
            changes = self._desk.assign_to_me(view.thread.id, not view.thread.mine)
            self._window.controller.changed.emit(changes)
            self._window.notice.tell("Given back." if view.thread.mine else "It is yours now.")

    def snooze(self, words: str = "") -> None:
        """Snooze the open conversation: by the words of the palette, or by choice."""
        if self._page.view is None:
            return
        now = self._desk.now().astimezone()
        if words:
            length = parse_wait(words)
            if length is None:
                self._window.notice.tell(f"“{words}” is no length of time: write 2h30m or 3d.")
            else:
                self._snooze_until(now + length)
            return
        popup = ChoicePopup("Snooze", snooze_times(now), parent=self._window, free_text="2h30m")
        popup.chosen.connect(self._snooze_until)
        popup.typed.connect(self.snooze)
        popup.open_over(self._page.thread)

    def _snooze_until(self, until: object) -> None:
        view = self._page.view
        if view is None:
            return
        following = self._page.inbox.next_row()
        changes = self._desk.snooze(view.thread.id, until)  # type: ignore[arg-type]
        if following is not None:
            self._page.open(following)
        self._window.controller.changed.emit(changes)

    def correct(self, message: int = 0) -> None:
        """Overrule the level or the blame of a message (C); kept with it, effect at once."""
        view = self._page.view
        target = message or self._page.thread.message_to_correct()
        if view is None or not target:
            return
        popup = ChoicePopup("What is it really?", corrections(), parent=self._window)
        popup.chosen.connect(lambda correction: self._page.correct(correction, target))
        popup.open_over(self._page.thread)

    def why(self) -> None:
        """F1: the rule behind the mark under the cursor, in the draft or in the thread."""
        if self._page.composer.has_focus():
            self._page.composer.why()
        else:
            self._page.thread.why()

    def search(self, words: str = "") -> None:
        self._window.show_page("inbox")
        self._page.inbox.focus_search(words)

    def search_plays(self, query: str = "") -> None:
        if self._page.view:
            self._plays.open(query)

    def _write(self, role: Role) -> None:
        self._window.show_page("inbox")
        self._page.composer.write(role)

    def _use_theme(self, name: str) -> None:
        chosen = replace(self._window.settings, theme=name)
        self._window.use(chosen)
        self._window.preferences.show_settings(chosen)


def corrections() -> list[Choice]:
    """The ways to overrule a verdict (C)."""
    levels = [Choice(str(int(each)), each.word, Correction(level=each)) for each in Level]
    return [
        *levels,
        Choice("U", "blames us", Correction(blame_target=BlameTarget.COMPANY)),
        Choice("T", "blames somebody else", Correction(blame_target=BlameTarget.THIRD_PARTY)),
        Choice("N", "blames nobody", Correction(blame_target=BlameTarget.NONE)),
        Choice("S", "sarcasm", Correction(level=Level.FRUSTRATED, remark="sarcasm")),
    ]
