"""What is going on in a conversation: everything the decision table looks at (GUIDANCE 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from cxdesk.model import BlameTarget, Cue, Fault, Filled, Level, Moment, Phase, Thread, Trend
from cxdesk.playbook.asked import asked_again
from cxdesk.playbook.facts import known_facts
from cxdesk.playbook.hearing import Heard, hear, last_of_theirs, quotable
from cxdesk.playbook.intents import asks, find_intents
from cxdesk.playbook.overruled import without_false_alarms
from cxdesk.playbook.signals import AT_REST, BLAMES_US, FAILURE, Around, signals
from cxdesk.playbook.turns import (
    Turn,
    apologies,
    by_customer,
    cue_codes,
    is_answered,
    is_solved,
    last_turn,
    newest_note,
    replies,
    silence,
    spoken,
    text_of,
    turns,
)

SILENCE = timedelta(days=1)
"""After a day without a word the next message of ours is a follow-up (GUIDANCE 3)."""

_ENDS_OPENING = frozenset({"ack_specific", "action", "looked"})
_ACTED = frozenset({"action", "time_given", "apology_full"})
_FAILED_TWICE = frozenset({"repetition", "broken_promise"})
_NEWS = frozenset({"promise_at_risk", "change_made"})
_FAULTS = {BlameTarget.SELF: Fault.CUSTOMER, BlameTarget.THIRD_PARTY: Fault.THIRD_PARTY}
_WANTS_AN_ANSWER = re.compile(r"((so|and|but|ok),? )*(why|when|how|what|where|who|which)\b", re.I)
_SAYS_MORE = re.compile(r"\b(?:but|though|although|however|still|yet|\w+n't|not)\b", re.I)
_SHORT = 4  # words; "ok", "see you then": nothing that waits for an answer


def moment(
    thread: Thread,
    *,
    now: datetime,
    covered: frozenset[str] = frozenset(),
    agent_name: str = "",
    company: str = "",
    known: Mapping[str, str] | None = None,
) -> Moment:
    """The moment a reply is written in.

    `covered` names what the draft already says (`heard`, `owned`, `next_step`, `extra_mile`);
    `known` are slot values given from outside, which win over those read in the conversation.
    What the agent set holds; all else is computed.
    """
    thread, said = without_false_alarms(thread), thread.overruled
    facts = known_facts(thread, now=now, agent_name=agent_name, company=company)
    given = {name: Filled(name, str(value), "given") for name, value in (known or {}).items()}
    turn, heard, fault, intents = last_turn(thread), hear(thread), _fault(thread), _intents(thread)
    found = signals(Around(thread, now, heard, fault, intents, _asks(turn)))
    return Moment(
        phase=_phase(thread, heard, found, now),
        level=thread.mood.level,
        trend=said.trend or thread.mood.trend,
        fault=fault,
        channel=thread.channel,
        signals=found,
        cues=quotable(last_of_theirs(heard), found),
        intents=intents,
        failures=_failures(heard) if said.failures is None else said.failures,
        apologies=len(apologies(thread, fault)) if said.apologies is None else said.apologies,
        replies=len(replies(thread)),
        abuse_count=sum("abuse" in one.codes for one in heard if one.is_theirs),
        solved=is_solved(thread),
        waiting_days=_waiting_days(thread, now),
        asks=_asks(turn),
        known=facts | given,
        covered=covered,
        said_plays=tuple(play for reply in replies(thread) for play in reply.plays),
    )


# ------------------------------------------------------------------ what they want


def _intents(thread: Thread) -> frozenset[str]:
    """What the last turn is about; when it does not say, what the conversation was about."""
    for turn in reversed(turns(thread)):
        found = find_intents(text_of(turn)) if by_customer(turn) else ()
        if found:
            return frozenset(code for code, _ in found)
    return frozenset()


def _asks(turn: Turn) -> tuple[str, ...]:
    """Their questions, less those that the lexicon knows as complaints."""
    questions = [question for message in turn for question in asks(message.text)]
    cues = [cue for each in turn if each.analysis for cue in each.analysis.cues]
    return tuple(each for each in questions if not _is_reproach(each, cues) and not _is_aside(each))


def _is_aside(question: str) -> bool:
    """ "The lady on till 4 (Precious?) helped": a doubt in brackets, which nobody asks."""
    return question.count("(") > question.count(")")


def _is_reproach(question: str, cues: Sequence[Cue]) -> bool:
    """ "Your driver lost it and now it's meant to be here?" blames; "Why did you …?" asks too."""
    codes = {cue.code for cue in cues if cue.text in question}
    return "rhetorical_question" in codes or bool(
        codes & BLAMES_US and not _WANTS_AN_ANSWER.match(question)
    )


# ------------------------------------------------------------------ where it stands


def _phase(thread: Thread, heard: tuple[Heard, ...], found: frozenset[str], now: datetime) -> Phase:
    if thread.phase_is_set:
        return thread.phase
    has_news = bool(newest_note(thread) or thread.promises) and bool(found & _NEWS)
    if _rests(thread, found) and (silence(thread, now) >= SILENCE or has_news):
        return Phase.FOLLOW_UP
    if is_solved(thread) or ("recovery" in found and _is_content(thread)):
        return Phase.CLOSING
    return Phase.PROBLEM_SOLVING if _is_opened(thread, heard) else Phase.OPENING


def _is_content(thread: Thread) -> bool:
    """ "The trays are sorted. It isn't the hall, though": who says more than relief waits on."""
    mood = thread.mood
    if mood.level is Level.CALM:
        return True
    eases = mood.level is Level.ANNOYED and mood.trend is not Trend.RISING
    return eases and not _SAYS_MORE.search(text_of(last_turn(thread)))


def _is_opened(thread: Thread, heard: tuple[Heard, ...]) -> bool:
    """True once a reply heard them, acted or asked what was open; two replies at most."""
    ours = [place for place, one in enumerate(heard) if not one.is_theirs]
    return len(ours) >= 2 or any(
        _ENDS_OPENING & heard[place].codes or _asks_anew(thread, heard, place) for place in ours
    )


def _asks_anew(thread: Thread, heard: tuple[Heard, ...], place: int) -> bool:
    """False for a question whose answer stood there, as they tell us or their words show."""
    if "one_question" not in heard[place].codes or asked_again(thread, place):
        return False
    return not any("told_before" in one.codes for one in heard[place + 1 : place + 2])


def _rests(thread: Thread, found: frozenset[str]) -> bool:
    """True when the customer does not wait for an answer: we replied, or they asked nothing."""
    if is_answered(thread):
        return True
    turn = last_turn(thread)
    if _asks(turn) or not replies(thread):
        return False
    return bool(found & AT_REST) or len(text_of(turn).split()) <= _SHORT


def _fault(thread: Thread) -> Fault:
    """What the agent set; else whom the customer's latest blame points at."""
    if thread.fault_is_set:
        return thread.fault
    for message in reversed(thread.messages):
        target = message.blame_target
        if target.is_us or "broken_promise" in cue_codes((message,)):
            return Fault.COMPANY
        if target in _FAULTS:
            return _FAULTS[target]
    return Fault.UNKNOWN


def _failures(heard: Iterable[Heard]) -> int:
    """How often we failed: the first complaint, and each that came after we had acted.

    A message that tells of a promise or repair that failed tells of two by itself.
    """
    count, acted = 0, True
    for one in heard:
        if not one.is_theirs:
            acted = acted or bool(_ACTED & one.codes)
            continue
        if acted and (one.codes & FAILURE or (count == 0 and _is_complaint(one.turn))):
            count += 1
            acted = False
        if _tells_of_two(one.codes):
            count = max(count, 2)
    return count


def _is_complaint(turn: Turn) -> bool:
    return any((message.level or Level.CALM) >= Level.ANNOYED for message in turn)


def _tells_of_two(codes: frozenset[str]) -> bool:
    return "repeat_failure" in codes or codes >= _FAILED_TWICE


def _waiting_days(thread: Thread, now: datetime) -> float:
    """Days since the first word that no reply has followed; 0 when all is answered."""
    if is_answered(thread) or not spoken(thread):
        return 0.0
    return max((now - turns(thread)[-1][0].sent_at) / timedelta(days=1), 0.0)
