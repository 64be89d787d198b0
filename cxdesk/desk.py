"""Desk: one short method per thing an agent or trainer does, in the order of the work.

Joins the rooms and knows no window. A deed returns `Changes`: what its caller must show anew.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxdesk import channels, intake, paths, playbook, settings
from cxdesk.errors import UserError
from cxdesk.experience import Experience
from cxdesk.model import (
    Changes,
    Correction,
    Coverage,
    Draft,
    Fault,
    FoundPromise,
    Guidance,
    ImportSummary,
    Incoming,
    Message,
    Moment,
    Outcome,
    Overruled,
    Phase,
    Problem,
    Progress,
    Promise,
    PromiseState,
    Review,
    ReviewRequest,
    Role,
    Row,
    Split,
    State,
    Suggestion,
    Thread,
)
from cxdesk.nlp.review.asked import Question
from cxdesk.nlp.word_list import WordList
from cxdesk.outgoing import HeldMail, Outbox, addressed
from cxdesk.overruling import UNANSWERED, Reviewed, reviewed
from cxdesk.paths import Profile
from cxdesk.promised import found_in, found_in_sent, why_back
from cxdesk.said import (
    CHAT_CHANNELS,
    answered,
    apologies_too_many,
    codes,
    covered_needs,
    joined,
    unanswered,
)
from cxdesk.store import BlameChoice, Dismissal, Store
from cxdesk.understanding import Understanding

__all__ = ["CHAT_CHANNELS", "BlameChoice", "CsvMapping", "Desk", "Dismissal", "Sent", "View"]

if TYPE_CHECKING:
    from cxdesk.channels import CsvMapping
    from cxdesk.nlp.engine import Engine


@dataclass(frozen=True, slots=True)
class View:
    """A conversation as the window shows it, with what is going on and what may help."""

    thread: Thread
    moment: Moment
    guidance: Guidance
    outcomes: tuple[Outcome, ...] = ()
    set_aside: frozenset[int] = frozenset()
    """Messages that the language engine could not read."""
    why_back: str = ""
    """Why it is back in the list, or will be: a promise, or what was said when laying it aside."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that is on its way: `undo_seconds` is 0 where it cannot be taken back."""

    message: Message
    undo_seconds: int
    held: HeldMail | None
    changes: Changes
    promises: tuple[FoundPromise, ...] = ()
    """What it binds us to: proposals, for `Desk.keep_promise`."""


class Desk:
    """The agent's desk on one profile. Not thread-safe: one Desk for each process."""

    def __init__(
        self,
        profile: Profile,
        store: Store,
        book: playbook.Playbook,
        chosen: settings.Settings,
        clock: Callable[[], datetime],
        settings_problems: Sequence[Problem] = (),
    ) -> None:
        self.profile = profile
        self.store = store
        self.book = book
        self.settings = chosen
        self.settings_problems = tuple(settings_problems)
        self.now = clock
        self._outbox = Outbox(profile.outbox)
        self._experience = Experience(store, clock)

    @classmethod
    def open(cls, profile: Profile, clock: Callable[[], datetime] | None = None) -> Desk:
        """The desk of a profile, made when it is new. Raises UserError where it cannot be read."""
        now = clock or (lambda: datetime.now(UTC))
        profile.create()
        chosen, wrong = settings.read(profile.settings)
        book, _ = playbook.read_playbook(playbook_folder(profile))
        return cls(profile, Store.open(profile.database, clock=now), book, chosen, now, wrong)

    def close(self) -> None:
        self.store.close()

    def read_settings(self) -> None:
        """Take over what another process has kept since: the window's settings, in an import."""
        self.settings, wrong = settings.read(self.profile.settings)
        self.settings_problems = tuple(wrong)

    def choose(self, chosen: settings.Settings) -> None:
        """Keep the agent's settings."""
        settings.write(self.profile.settings, chosen)
        self.settings = chosen

    # -------------------------------------------------------------- a message arrives

    def import_files(
        self,
        files: Sequence[Path],
        *,
        mapping: CsvMapping | None = None,
        progress: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ImportSummary:
        """Take in mail and conversation files; repeating it adds nothing. What cannot be read is
        listed with its reason and stops nothing."""
        own = self.settings.own_addresses
        items = channels.read(files, own_addresses=own, mapping=mapping)
        return intake.take_in(items, self.store, progress, cancelled)

    def preview_table(self, path: Path) -> channels.CsvPreview:
        """The first rows of a CSV file and a guess which column is what. Raises UserError."""
        return channels.csv_preview(path)

    def take_in(self, messages: Sequence[Incoming]) -> Changes:
        """Store messages that have just arrived."""
        return Changes(self.store.add(messages).conversations)

    # -------------------------------------------------------------- it is understood

    @functools.cached_property
    def engine(self) -> Engine:
        """The language engine in this process. The window never asks for it: it loads spaCy."""
        from cxdesk.nlp.engine import Engine

        return Engine(WordList(self.profile.company_words).read()[0])

    @functools.cached_property
    def understanding(self) -> Understanding:
        """Which message is read when, and by which tier."""
        return Understanding(self.store, lambda: self.engine)

    def analyse_pending(self, most: int | None = None) -> Changes:
        """Read the next stored messages and give their conversations level, trend and blame."""
        turn = self.understanding.next_turn(most)
        return self.understanding.read(turn) if turn else Changes()

    # -------------------------------------------------------------- the agent looks at the inbox

    def is_reading(self) -> bool:
        """True while messages wait to be read for their mood: what needs care is not all known."""
        return bool(self.store.count_pending(Role.CUSTOMER, 1))

    def splits(self) -> tuple[Split, ...]:
        return self.store.splits(self.now())

    def rows(self, split: str, after: Row | None = None, limit: int = 100) -> list[Row]:
        return self.store.rows(split, after=after, limit=limit, now=self.now())

    def row(self, conversation_id: int) -> Row | None:
        return self.store.row(conversation_id, self.now())

    def search(self, query: str, after: Row | None = None, limit: int = 50) -> list[Row]:
        return self.store.search(query, limit=limit, after=after, now=self.now())

    # -------------------------------------------------------------- opens a conversation

    def view(self, conversation_id: int, coverage: Coverage | None = None) -> View:
        """The conversation with what is going on and at most three plays. Raises UserError."""
        thread = self.store.thread(conversation_id)
        moment = self.moment(thread, coverage)
        thread = replace(thread, fault=moment.fault, phase=moment.phase)
        outcomes = tuple(self.store.outcome_rows(conversation_id))
        aside = frozenset(each.message_id for each in self.store.set_aside_texts(conversation_id))
        reason = self.store.snooze_reason(conversation_id)
        why = why_back(thread.promises, reason, self.now(), self._lead)
        return View(thread, moment, playbook.suggest(self.book, moment), outcomes, aside, why)

    def moment(self, thread: Thread, coverage: Coverage | None = None) -> Moment:
        """What the decision table looks at, computed from the conversation as it stands."""
        found = playbook.moment(
            thread,
            now=self.now(),
            covered=covered_needs(coverage),
            agent_name=self.settings.agent_name,
            company=self.settings.company,
        )
        return replace(found, past=self._experience.past(thread))

    def search_playbook(self, query: str, moment: Moment) -> list[Suggestion]:
        return playbook.search(self.book, query, moment)

    def correct(self, message_id: int, conversation_id: int, correction: Correction) -> Changes:
        """The agent's word against the app's: takes effect at once and is kept as a case."""
        changes = self.store.correct(message_id, correction)
        self.understanding.settle_mood(conversation_id)
        return changes

    def set_fault(self, conversation_id: int, fault: Fault | None) -> Changes:
        return self.store.set_fault(conversation_id, fault)

    def set_phase(self, conversation_id: int, phase: Phase | None) -> Changes:
        return self.store.set_phase(conversation_id, phase)

    def overrule(self, conversation_id: int, said: Overruled) -> Changes:
        """What the agent says of a conversation holds, and takes effect at once."""
        changes = self.store.overrule(conversation_id, said)
        self.understanding.settle_mood(conversation_id)
        return changes

    def overruled(self, conversation_id: int) -> Overruled:
        """What the agent says of a conversation as it stands now."""
        return self.store.overruled(conversation_id)

    def hand_over(self, conversation_id: int, reason: str, until: datetime) -> Message:
        """Give a conversation to the lead: the note that says so. It lies aside until a time to
        ask what became of it, or until the customer writes."""
        at = self.now()
        return self.store.hand_over(conversation_id, reason.strip(), at=at, until=until)

    def undo_hand_over(self, note: Message) -> Changes:
        """The note is gone, and the conversation stands as it did before."""
        return self.store.take_back(note.id)

    def snooze(self, conversation_id: int, until: datetime | None, reason: str = "") -> Changes:
        return self.store.snooze(conversation_id, until, reason)

    def unsnooze(self, conversation_id: int) -> Changes:
        return self.store.unsnooze(conversation_id)

    def wake_due(self) -> Changes:
        """Bring back what was laid aside until now, and what we soon promised something for."""
        return self.store.wake_due(self.now()) | self.store.remind_due(self.now(), self._lead)

    def set_state(self, conversation_id: int, state: State) -> Changes:
        return self.store.set_state(conversation_id, state)

    def assign_to_me(self, conversation_id: int, mine: bool) -> Changes:
        return self.store.assign(conversation_id, mine)

    # -------------------------------------------------------------- writes

    def keep_draft(self, draft: Draft) -> Changes:
        """Keep what is typed; an empty draft is forgotten."""
        if draft.text.strip():
            return self.store.save_draft(draft)
        return self.store.discard_draft(draft.conversation_id, draft.kind)

    def note_drafts(self, conversation_id: int) -> tuple[Draft, ...]:
        """The note that is being written beside the reply, if any."""
        note = self.store.draft(conversation_id, Role.NOTE)
        return (note,) if note else ()

    def review_request(self, thread: Thread, moment: Moment, draft: Draft) -> ReviewRequest:
        """The draft with everything the review may use around it."""
        theirs = [m.text for m in thread.messages if m.role is Role.CUSTOMER]
        replies = tuple(m.text for m in thread.messages if m.role is Role.AGENT)
        return ReviewRequest(
            text=draft.text,
            channel="chat" if thread.channel in CHAT_CHANNELS else "email",
            level=moment.level,
            fault=moment.fault,
            phase=moment.phase,
            solved=moment.solved,
            legal_threat="legal_threat" in moment.signals,
            limit=playbook.most_granted(self.book, draft.plays),
            prior_apologies=apologies_too_many(moment),
            customer_text=unanswered(thread) or (theirs[-1] if theirs else ""),
            earlier_messages=answered(thread),
            earlier_replies=replies,
            customer_name=thread.customer.name,
            other_names=self.store.other_customer_names(thread.id),
            open_slots=draft.slots,
        )

    def play_for(self, code: str, moment: Moment) -> Suggestion | None:
        """The play that has what a finding of this code misses, where one fits now."""
        return playbook.mend(self.book, code, moment)

    def dismiss(
        self, rule: str, scope: str, conversation_id: int | None, sentence: str = ""
    ) -> int:
        """Put a hint aside; the answer is the number under which it can be restored."""
        return self.store.dismiss(rule, scope, conversation_id, sentence)

    def hidden_hints(self) -> list[Dismissal]:
        """What the agent has put aside and not restored, the newest first."""
        return self.store.dismissals()

    def restore_hint(self, number: int) -> Changes:
        """Show a hint again that was put aside."""
        return self.store.restore_dismissal(number)

    def tell_trainer(self, rule: str, text: str, conversation_id: int) -> None:
        self.store.tell_trainer(rule, text, conversation_id)

    def reviewed(self, view: View, review: Review, text: str) -> Reviewed:
        """The review as the agent sees it: without what they put aside, and with the questions
        that the draft does not answer yet."""
        dismissals = self.store.dismissals(view.thread.id)
        seen = reviewed(review, dismissals, text, view.moment)
        if not text.strip() or any(each.rule == UNANSWERED for each in dismissals):
            return seen
        asked = (each for each in view.moment.asks if not Question(each).is_answered_by(text))
        return replace(seen, unanswered=tuple(asked))

    def add_note(self, conversation_id: int, text: str) -> Changes:
        return self.store.add_note(conversation_id, text, self.now())

    # -------------------------------------------------------------- sends

    def written_meanwhile(self, conversation_id: int, seen: int) -> Message | None:
        """The customer's newest message when it is not the one the agent has seen."""
        if self.store.last_customer_message_id(conversation_id) in (None, seen):
            return None
        fresh = self.store.thread(conversation_id).messages
        return next((m for m in reversed(fresh) if m.role is Role.CUSTOMER), None)

    def send(
        self,
        thread: Thread,
        draft: Draft,
        review: Review,
        choices: Sequence[BlameChoice] = (),
    ) -> Sent:
        """Record the reply, with what was done about blame in it, and put it where it goes out
        from. For mail an .eml is held back while it can still be taken back, then moved to the
        outbox by `finish_send`."""
        if not draft.text.strip():
            raise UserError("There is nothing to send yet.")
        if review.blocks:
            raise UserError(review.blocks[0].message)
        is_chat = thread.channel in CHAT_CHANNELS
        outgoing = addressed(
            self.store.reply_headers(thread.id), self.settings, draft.text, self.now()
        )
        held = None if is_chat else self._outbox.hold(outgoing)
        message = self.store.add_reply(
            thread.id,
            draft.text,
            author=self.settings.agent_name or "You",
            sent_at=outgoing.sent_at,
            external_id=held.message_id if held else f"sent-{uuid.uuid4()}",
            plays=draft.plays,
            codes=codes(review),
            choices=choices,
        )
        seconds = 0 if is_chat else self.settings.undo_seconds
        found = found_in_sent(message.text, message.sent_at, self.settings.hours)
        sent = Sent(message, seconds, held, Changes(frozenset({thread.id})), found)
        if not seconds:
            self.finish_send(sent)
        return sent

    def take_back(self, sent: Sent, draft: Draft) -> Changes:
        """Undo a send: the conversation and the draft are as they were. What the agent has begun
        to write since stands below it."""
        conversation = sent.message.conversation_id
        begun = self.store.draft(conversation, Role.AGENT)
        with self.store.together():
            changes = self.store.take_back(sent.message.id)
            changes |= self.store.save_draft(joined(draft, begun) if begun else draft)
        if sent.held:
            sent.held.drop()
        return changes

    def finish_send(self, sent: Sent) -> None:
        """The time to take it back is over: the mail file goes to the outbox."""
        if sent.held:
            sent.held.release()

    def finish_held_sends(self) -> None:
        """After a crash inside the undo time: what was sent goes out, and nothing else does."""
        for held in self._outbox.held():
            if self.store.has_reply(held.message_id):
                held.release()
            else:  # taken back, or never recorded: its draft is kept
                held.drop()

    # -------------------------------------------------------------- keeps what was promised

    def found_promises(self, text: str) -> tuple[FoundPromise, ...]:
        """What a reply sent now would bind us to, and by when, in this computer's time zone."""
        return found_in(text, self.now(), self.settings.hours)

    def keep_promise(self, message: Message, found: FoundPromise) -> Promise:
        """Take over a promise of a sent reply, which sending alone never does."""
        return self.store.keep_promise(message.id, found)

    def promises(self, after: Promise | None = None, limit: int = 1000) -> tuple[Promise, ...]:
        """Open promises by their time, those without one last; the next page with `after`."""
        return tuple(self.store.open_promises(after, limit))

    def settled_promises(self, limit: int = 100) -> tuple[Promise, ...]:
        return tuple(self.store.settled_promises(limit))

    def due_promises(self) -> tuple[Promise, ...]:
        """Open promises to think of now: overdue, or due within the minutes of the settings."""
        return tuple(self.store.due_promises(self.now() + self._lead))

    def settle_promise(self, promise_id: int, state: PromiseState) -> Changes:
        """Kept or broken; OPEN takes that back."""
        return self.store.settle_promise(promise_id, state, self.now()) | self.wake_due()

    def move_promise(self, promise_id: int, due: datetime | None) -> Changes:
        return self.store.move_promise(promise_id, due) | self.wake_due()

    def kept_rate(self) -> tuple[int, int]:
        """How many promises were kept by their time, of those that are settled or overdue."""
        return self.store.kept_rate(self.now())

    @property
    def _lead(self) -> timedelta:
        return timedelta(minutes=self.settings.remind_minutes)


def __getattr__(name: str) -> Any:
    """`CsvMapping` belongs to the channels, which are loaded when somebody imports or sends."""
    if name == "CsvMapping":
        return channels.CsvMapping
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def playbook_folder(profile: Profile) -> Path:
    """The company's playbook where there is one, else the starter."""
    return profile.playbook if profile.playbook.is_dir() else paths.resources() / "playbook"
