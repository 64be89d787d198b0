"""What an agent does to a conversation beside writing: its state, and their word against ours."""

from __future__ import annotations

from datetime import datetime

from cxdesk.model import Changes, Fault, Overruled, Phase, State
from cxdesk.store.conversations import Conversations, changed, overruled_in
from cxdesk.store.standing import next_state
from cxdesk.store.times import to_ms

_AWAKE = {"snoozed_until": None, "snooze_reason": ""}


class Deeds(Conversations):
    """Each deed is one transaction and says what it changed."""

    def set_state(self, conversation_id: int, state: State) -> Changes:
        """Put a conversation into a state by hand.

        Solved and pending settle what the customer has written so far: nobody waits any more, and
        only a new message re-opens. New and open bring the wait back. Snoozed is without end. What
        was said before of whether it is solved holds no longer.
        """
        if state is State.SNOOZED:
            return self.snooze(conversation_id, None)
        with self._writing():
            living = self._living(conversation_id)
            if state in (State.SOLVED, State.PENDING):
                last = self._standing(living, None).last_customer
                values = {"handled_message_id": last and last.id, "waiting_since": None}
            else:
                waiting = self._standing(living, None).waiting
                values = {"handled_message_id": None, "waiting_since": waiting and waiting.at}
            self._change(living, state=state.value, said_solved=None, **values, **_AWAKE)
        return changed(conversation_id, living)

    def snooze(self, conversation_id: int, until: datetime | None, reason: str = "") -> Changes:
        """Lay a conversation aside until a time, or until the customer writes."""
        with self._writing():
            living = self._living(conversation_id)
            self._change(
                living,
                state=State.SNOOZED.value,
                snoozed_until=None if until is None else to_ms(until),
                snooze_reason=reason,
            )
        return changed(conversation_id, living)

    def unsnooze(self, conversation_id: int) -> Changes:
        """Take a conversation back from the snoozed, into the state its messages tell."""
        with self._writing():
            living = self._living(conversation_id)
            row = self._conversation(living)
            if row["state"] == State.SNOOZED:
                now = self._standing(living, row["handled_message_id"])
                state = next_state(State.OPEN, now, customer_wrote=False)
                self._change(living, state=state.value, **_AWAKE)
        return changed(conversation_id, living)

    def wake_due(self, now: datetime) -> Changes:
        """Wake every snooze whose time has come. The reason stays until the next snooze.

        One where nobody waited for us was a reminder: it waits from its time on, or it would wake
        and be seen nowhere.
        """
        due = (to_ms(now),)
        with self._writing():
            rows = self._all(
                "UPDATE conversations INDEXED BY conversations_snoozed"
                " SET state = 'open', waiting_since = coalesce(waiting_since, snoozed_until),"
                " snoozed_until = NULL WHERE state = 'snoozed' AND wakes_at <= ? RETURNING id",
                due,
            )
        return changed(*(row[0] for row in rows))

    def snooze_reason(self, conversation_id: int) -> str:
        """Why a conversation sleeps or has just woken; '' where nothing was said."""
        return str(self._conversation(self._living(conversation_id))["snooze_reason"])

    def assign(self, conversation_id: int, mine: bool) -> Changes:
        return self._set(conversation_id, mine=int(mine))

    def set_fault(self, conversation_id: int, fault: Fault | None) -> Changes:
        """Say whose fault the matter is; None leaves it to the app again."""
        return self._set(conversation_id, fault=None if fault is None else fault.value)

    def set_phase(self, conversation_id: int, phase: Phase | None) -> Changes:
        """Say which phase the conversation is in; None leaves it to the app again."""
        return self._set(conversation_id, phase=None if phase is None else phase.value)

    def overrule(self, conversation_id: int, said: Overruled) -> Changes:
        """Keep what the agent says of a conversation; where they say nothing the app counts."""
        solved = None if said.solved is None else int(said.solved)
        return self._set(
            conversation_id,
            said_failures=said.failures,
            said_apologies=said.apologies,
            said_trend=said.trend and said.trend.value,
            said_solved=solved,
            safe_until=said.safe_until,
        )

    def overruled(self, conversation_id: int) -> Overruled:
        """What the agent says of a conversation as it stands now."""
        return overruled_in(self._conversation(self._living(conversation_id)))

    def _set(self, conversation_id: int, **columns: object) -> Changes:
        with self._writing():
            living = self._living(conversation_id)
            self._change(living, **columns)
        return changed(conversation_id, living)
