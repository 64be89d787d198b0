"""Says again what was promised when its time comes: one note, and only once for each promise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from cxdesk.model import Promise, PromiseState
from cxdesk.ui.promises import words
from cxdesk.ui.promises.deeds import PromiseDeeds
from cxdesk.ui.promises.toast import ReminderToast

MOST = 100
"""Promises looked at, those due first: with more than these overdue no note can help."""
_NAMES = 3

Told = tuple[int, datetime, bool]
"""A promise, its time, and whether that has passed: what was told need not be told again."""


class Reminders(QObject):
    """Asked to `check` whenever time or promises have moved. `late_counted` is for the badge."""

    late_counted = Signal(int)
    open_asked = Signal(object)
    """The `Promise` whose conversation is wanted; None for the page of all of them."""

    def __init__(self, deeds: PromiseDeeds, toast: ReminderToast) -> None:
        super().__init__(toast)
        self._deeds, self._toast = deeds, toast
        self._told: set[Told] = set()
        self._shown: tuple[Promise, ...] = ()
        toast.open.clicked.connect(self._open)
        toast.kept.clicked.connect(self._kept)
        toast.closed.connect(self._seen)
        deeds.moved.connect(self._just_set)

    def check(self) -> None:
        """Look at what is due now; new ones are told, settled ones leave the note."""
        now = self._deeds.desk.now()
        promises = self._deeds.desk.promises(limit=MOST)
        self.late_counted.emit(sum(words.is_late(each, now) for each in promises))
        due = [each for each in promises if is_due(each, now, self._lead)]
        fresh = [each for each in due if _key(each, now) not in self._told]
        self._told = {_key(each, now) for each in due} | self._silenced(promises)
        known = {each.id for each in (*self._shown, *fresh)}
        self._show(tuple(each for each in due if each.id in known), anew=bool(fresh))

    @property
    def _lead(self) -> timedelta:
        return timedelta(minutes=self._deeds.desk.settings.remind_minutes)

    def _silenced(self, promises: Iterable[Promise]) -> set[Told]:
        """What was told of promises that are still there."""
        there = {(each.id, each.due) for each in promises}
        return {told for told in self._told if (told[0], told[1]) in there}

    def _just_set(self, promise: Promise) -> None:
        """The agent has this very moment said that it is due soon: only its passing is news."""
        now = self._deeds.desk.now()
        if is_due(promise, now, self._lead):
            self._told.add(_key(promise, now))

    # ------------------------------------------------------------ the note

    def _show(self, promises: tuple[Promise, ...], *, anew: bool) -> None:
        if promises == self._shown and not anew:
            return
        self._shown = promises
        if not promises:
            self._toast.leave()
            return
        self._toast.kept.setVisible(len(promises) == 1)
        self._toast.say(*self._words(promises))

    def _words(self, promises: tuple[Promise, ...]) -> tuple[str, str, str]:
        now = self._deeds.desk.now()
        late = sum(words.is_late(each, now) for each in promises)
        if len(promises) == 1:
            (one,) = promises
            at = words.clock(one.due, now)
            when = f"Late, it was due {at}" if late else f"Due {at}, {words.distance(one.due, now)}"
            return f"Promise to {one.customer}", when, words.quoted(one)
        all_late = late == len(promises)
        title = f"{len(promises)} promises are {'late' if all_late else 'due'}"
        return title, "" if all_late or not late else f"{late} of them late", _names(promises)

    def _open(self) -> None:
        wanted = self._shown[0] if len(self._shown) == 1 else None
        self._seen()
        self.open_asked.emit(wanted)

    def _kept(self) -> None:
        if len(self._shown) == 1:
            self._deeds.settle(self._shown[0], PromiseState.KEPT)

    def _seen(self) -> None:
        self._show((), anew=False)


def is_due(promise: Promise, now: datetime, lead: timedelta) -> bool:
    """Whether a promise is to be thought of now: `lead` ahead of its time, but not before half of
    the time it was given has gone ("I'll call you in ten minutes")."""
    if promise.due is None:
        return False
    halfway = promise.said_at + (promise.due - promise.said_at) / 2
    return now >= max(promise.due - lead, min(halfway, promise.due))


def _names(promises: Iterable[Promise]) -> str:
    """To whom, the first few by name."""
    names = list(dict.fromkeys(each.customer for each in promises))
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _key(promise: Promise, now: datetime) -> Told:
    assert promise.due is not None
    return promise.id, promise.due, promise.due < now
