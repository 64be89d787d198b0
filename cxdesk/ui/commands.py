"""Which command does what: binds the table of actions to the window, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from cxdesk.desk import View
from cxdesk.model import BlameTarget, Changes, Correction, Level, PromiseState, Role, Row, State
from cxdesk.playbook import is_called_safe
from cxdesk.ui import people, theme
from cxdesk.ui.choices import Choice, ChoicePopup, parse_wait, snooze_times
from cxdesk.ui.composer import PlaySearch
from cxdesk.ui.handing_over import HandingOver, is_with_lead
from cxdesk.ui.key_overlay import KeyOverlay
from cxdesk.ui.palette import Palette

if TYPE_CHECKING:
    from cxdesk.ui.main_window import MainWindow

STEPS = frozenset({"next_conversation", "previous_conversation"})
NEEDS_VIEW = (
    *("snooze", "done", "assign_me", "correct", "correct_counts"),
    *("reply", "note", "hand_over", "no_danger", "turn", "send"),
)
NEEDS = {"insert_1": "apology", "insert_2": "ownership", "insert_3": "extra_mile"}


class Commands:
    """Every command of the window, and the reason where one cannot run now."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._page = window.page
        self._desk = window.controller.desk
        self._table = window.actions_table
        self._palette = Palette(window, self._table)
        self._keys = KeyOverlay(window, self._table)
        composer = self._page.composer
        self._handing_over = HandingOver(window)
        self._plays = PlaySearch(composer, self._page.find_plays, composer.writing_line)
        self._plays.chosen.connect(self._page.insert_play)
        self._bind()
        self._table.ran.connect(self._settle)
        for pane in (
            self._page.inbox,
            self._page.thread_pane,
            self._page.composer,
            self._page.sidebar,
        ):
            pane.command.connect(self._table.trigger)
        self._page.composer.play_search_asked.connect(self.search_plays)
        self._page.sidebar.correct_requested.connect(self._page.thread_pane.correct)
        self._page.thread_pane.correct_requested.connect(self.correct)
        self._page.thread_pane.harmless_requested.connect(self.harmless)

    def _settle(self, command: str) -> None:
        """A command means the row the person has stepped to, however fast the keys came."""
        if command not in STEPS:
            self._page.inbox.settle()

    def _bind(self) -> None:
        page, bind = self._page, self._table.bind
        bind("palette", self._palette.open)
        bind("keys", self._keys.open)
        bind("next_pane", partial(self._cycle, 1))
        bind("previous_pane", partial(self._cycle, -1))
        for name in ("inbox", "promises", "playbook", "settings"):
            bind(name, partial(self._window.show_page, name))
        bind("hidden_hints", partial(self._window.show_settings, "Hidden hints"))
        bind("notice", self._go_to_notice)
        bind("import_files", self._window.importing.choose)
        for number in range(1, 7):
            bind(f"split_{number}", partial(page.inbox.show_split_number, number))
        for name in theme.CHOICES:
            bind(f"theme_{name}", partial(self._use_theme, name))
        self._bind_promises()
        self._bind_list()
        self._bind_thread()
        self._bind_composer()

    def _bind_promises(self) -> None:
        """The page is built on its first visit, so it is asked for only when a command runs."""
        window, bind = self._window, self._table.bind
        bind("promise_kept", lambda: window.promises.settle(PromiseState.KEPT))
        bind("promise_broken", lambda: window.promises.settle(PromiseState.BROKEN))
        bind("promise_time", lambda: window.promises.new_time())
        bind("promise_tell", lambda: window.promises.tell())
        bind("next_promise", lambda: window.promises.listing.step(1))
        bind("previous_promise", lambda: window.promises.listing.step(-1))
        bind("find_promise", lambda: window.promises.field.setFocus())

    def _bind_list(self) -> None:
        page, bind = self._page, self._table.bind
        bind("next_conversation", partial(page.inbox.step, 1))
        bind("previous_conversation", partial(page.inbox.step, -1))
        bind("select", page.inbox.toggle_selected)
        bind("extend_down", partial(page.inbox.extend, 1))
        bind("extend_up", partial(page.inbox.extend, -1))
        bind("next_split", partial(page.inbox.next_split, 1))
        bind("previous_split", partial(page.inbox.next_split, -1))
        bind("search", self.search)
        bind("snooze", self.snooze)
        bind("done", self.done)
        bind("assign_me", self.assign)
        bind("correct", page.thread_pane.correct)
        bind("correct_counts", page.sidebar.correct_counts)

    def _bind_thread(self) -> None:
        page, bind = self._page, self._table.bind
        bind("reply", partial(self._write, Role.AGENT))
        bind("note", partial(self._write, Role.NOTE))
        bind("turn", page.thread_pane.jump_to_turn)
        bind("next_message", page.thread_pane.next_message)
        bind("previous_message", page.thread_pane.previous_message)
        bind("soft_view", self._turn_soft_view)
        bind("why", self.why)
        bind("harmless", self.harmless)
        bind("hand_over", self._handing_over.ask)
        bind("no_danger", page.turn_danger)

    def _bind_composer(self) -> None:
        page, bind = self._page, self._table.bind
        for name, need in NEEDS.items():
            bind(name, partial(page.insert_need, need))
        bind("playbook_search", lambda query="": self.search_plays(query))
        bind("next_finding", partial(self._walk, page.composer.next_finding))
        bind("previous_finding", partial(self._walk, page.composer.previous_finding))
        bind("fixes", page.composer.open_fixes)
        bind("tell_trainer", page.composer.tell_trainer)
        bind("score", page.composer.show_score)
        bind("answer_open", self._answer_open)
        bind("send", partial(page.composer.request_send, False))
        bind("send_and_next", partial(page.composer.request_send, True))
        bind("back_to_thread", page.thread_pane.take_focus)
        bind("undo_send", page.sending.undo)

    # ------------------------------------------------------------ what can run now

    def show_state(self, view: View | None) -> None:
        """Enable what suits the open conversation, with the reason where it does not."""
        for name in NEEDS_VIEW:
            self._table.enable(name, view is not None, "no conversation is open")
        if view is None:
            return
        self._show_corrections(view)
        solved = view.thread.state is State.SOLVED
        self._table.detail("done", "opens it again" if solved else "")
        first = "the company's procedure comes first" if view.guidance.procedure else ""
        held = {each.need: each.because for each in view.guidance.held_back}
        offered = {each.need: each for each in view.guidance.suggestions}
        for name, need in NEEDS.items():
            found = offered.get(need)
            reason = f"held back: {held[need]}" if need in held else "nothing fits now"
            self._table.enable(name, found is not None, first or reason)
            if found:
                self._table.detail(name, found.title)

    def _show_corrections(self, view: View) -> None:
        """What can be said against the app now."""
        in_danger, safe = view.guidance.procedure is not None, is_called_safe(view.thread)
        enable = self._table.enable
        enable("correct_counts", not in_danger, "the company's procedure comes first")
        enable("no_danger", in_danger or safe, "no words of danger are found")
        enable("hand_over", not is_with_lead(view.thread), "the lead has it already")
        if safe and not in_danger:
            self._table.detail("no_danger", "said already: takes it back")

    # ------------------------------------------------------------ deeds

    def done(self) -> None:
        """Mark the open conversation (or all selected) solved and go on; or open a solved one."""
        view = self._page.view
        if view is None:
            return
        if view.thread.state is State.SOLVED:
            self._set_states({view.thread.id: State.OPEN})
        else:
            self.solve(view, self._targets(view))

    def solve(self, view: View, conversations: tuple[int, ...]) -> None:
        """Mark these solved, with a way back, and open the next of the list."""
        before = {each: self._state(each) for each in conversations}
        self._page.open_next()
        self._set_states(dict.fromkeys(before, State.SOLVED))
        name = (
            people.full_name(view.thread.customer)
            if len(before) == 1
            else f"{len(before)} conversations"
        )
        undo = partial(self._set_states, before)
        self._window.notice.tell(f"Done: {name}.", button="Undo", action=undo)

    def _targets(self, view: View) -> tuple[int, ...]:
        selected = self._page.inbox.selected()
        return selected if len(selected) > 1 else (view.thread.id,)

    def _state(self, conversation: int) -> State:
        row = self._desk.row(conversation)
        return row.state if row else State.OPEN

    def _set_states(self, states: Mapping[int, State]) -> None:
        changes = Changes()
        for conversation, state in states.items():
            changes |= self._desk.set_state(conversation, state)
        self._window.controller.changed.emit(changes)

    def assign(self) -> None:
        """Make the open conversation (or all selected) mine, or give mine back."""
        view = self._page.view
        if view is None:
            return
        changes = Changes()
        for conversation in self._targets(view):
            changes |= self._desk.assign_to_me(conversation, not view.thread.mine)
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
        popup = ChoicePopup(
            "Snooze",
            snooze_times(now),
            parent=self._window,
            free_text="2h30m",
            preview=partial(until_words, now),
        )
        popup.chosen.connect(self._snooze_until)
        popup.typed.connect(self.snooze)
        popup.open_over(self._page.thread_pane)

    def _snooze_until(self, until: datetime | None) -> None:
        view = self._page.view
        if view is None:
            return
        before = [self._desk.row(each) for each in self._targets(view)]
        rows = [row for row in before if row]
        self._page.open_next()
        self._snooze_each({row.id: until for row in rows})
        name = (
            people.full_name(view.thread.customer)
            if len(rows) == 1
            else f"{len(rows)} conversations"
        )
        when = f"until {until:%a %H:%M}" if until else "until the customer replies"
        undo = partial(self._unsnooze, rows)
        self._window.notice.tell(f"Snoozed {when}: {name}.", button="Undo", action=undo)

    def _snooze_each(self, times: Mapping[int, datetime | None]) -> None:
        changes = Changes()
        for conversation, until in times.items():
            changes |= self._desk.snooze(conversation, until)
        self._window.controller.changed.emit(changes)

    def _unsnooze(self, rows: Sequence[Row]) -> None:
        """Back to how these conversations were: awake, or asleep until the time before."""
        self._snooze_each({r.id: r.snoozed_until for r in rows if r.state is State.SNOOZED})
        changes = Changes()
        for row in rows:
            if row.state is not State.SNOOZED:
                changes |= self._desk.unsnooze(row.id)
        self._window.controller.changed.emit(changes)

    def correct(self, message: int) -> None:
        """Overrule the level or the blame of a message; kept with it, effect at once."""
        popup = ChoicePopup("What is it really?", corrections(), parent=self._window)
        popup.chosen.connect(lambda correction: self._page.correct(correction, message))
        popup.open_over(self._page.thread_pane)

    def harmless(self, words: str = "") -> None:
        """Put words on the company's list: those given, else what is selected or pointed at."""
        words = words or self._page.thread_pane.words_meant()
        if words:
            self._window.controller.company_words.add(words)
        else:
            self._window.notice.tell("Select the words in the customer’s message first.")

    def _walk(self, go: Callable[[], None]) -> None:
        """Go to a finding of the draft, or say that there is none."""
        if self._page.composer.findings():
            go()
        else:
            self._window.notice.tell("No hints in this draft.")

    def _answer_open(self) -> None:
        """Write on where a question of the customer waits for its answer."""
        if self._page.composer.unanswered():
            self._page.composer.go_to_end()
        else:
            self._window.notice.tell("No question is left open in this draft.")

    def why(self) -> None:
        """F1: the rule behind the mark under the cursor, in the draft or in the thread."""
        thread = self._page.thread_pane
        if self._page.composer.has_focus():
            self._page.composer.why()
        elif thread.points_at_mark() or not self._page.sidebar.why():
            thread.why()

    def _turn_soft_view(self) -> None:
        """Hide insults in what customers wrote, or show them again."""
        on = not self._page.is_soft
        self._page.use_soft_view(on)
        self._table.detail("soft_view", "on: shows them again" if on else "")
        key = self._table.keymap.text("soft_view")
        way = f" {key} shows them again." if key else ""
        hidden = f"Insults and swear words are hidden, facts stay.{way}"
        self._window.notice.tell(hidden if on else "Messages are shown as they were written.")

    def _cycle(self, step: int) -> None:
        on_promises = self._window.pages.currentWidget() is self._window.__dict__.get("promises")
        (self._window.promises if on_promises else self._page).cycle(step)

    def _go_to_notice(self) -> None:
        if self._window.notice.isVisible() or not self._window.promised.take_focus():
            self._window.notice.take_focus()

    def search(self, words: str = "") -> None:
        self._window.show_page("inbox")
        self._page.inbox.focus_search()
        if words:
            self._page.inbox.search(words)

    def search_plays(self, query: str = "") -> None:
        if self._page.view:
            self._plays.open(query)

    def _write(self, role: Role) -> None:
        self._window.show_page("inbox")
        self._page.composer.write(role)

    def _use_theme(self, name: str) -> None:
        chosen = replace(self._window.settings, theme=name)
        self._window.use(chosen)


def until_words(now: datetime, text: str) -> str:
    """What a typed length of time means, "" for one that means nothing."""
    length = parse_wait(text)
    return f"until {now + length:%a %H:%M}" if length else ""


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
