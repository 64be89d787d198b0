"""What is going on in a conversation: everything the decision table looks at (GUIDANCE 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from cxdesk.model import BlameTarget, Cue, Fault, Filled, Level, Moment, Phase, State, Thread
from cxdesk.playbook.facts import known_facts
from cxdesk.playbook.intents import asks, find_intents
from cxdesk.playbook.phrases import sentences, shipped
from cxdesk.playbook.turns import (
    Turn,
    by_customer,
    cue_codes,
    is_answered,
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
QUIET = timedelta(days=5)
"""A troubled customer silent for so long may be lost (GUIDANCE 6, silent churn watch)."""

_ENDS_OPENING = frozenset({"ack_specific", "action", "one_question"})
_ACTED = frozenset({"action", "time_given", "apology_full"})
_FAILURE = frozenset({"repetition", "broken_promise", "unmet_expectation", "repeat_failure"})
_FAILED_TWICE = frozenset({"repetition", "broken_promise"})
_AT_REST = frozenset({"resignation", "gratitude", "recovery", "praise", "patient"})
_FAULTS = {BlameTarget.SELF: Fault.CUSTOMER, BlameTarget.THIRD_PARTY: Fault.THIRD_PARTY}
_BLAMES_US = frozenset({"blame_company", "blame_agent", "blame_product"})
_WANTS_AN_ANSWER = re.compile(r"((so|and|but|ok),? )*(why|when|how|what|where|who|which)\b", re.I)
_FEW = 6  # words; "thank you, I will": no room for anything else
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
    Phase and fault are what the agent set, else proposed.
    """
    facts = known_facts(thread, now=now, agent_name=agent_name, company=company)
    given = {name: Filled(name, str(value), "given") for name, value in (known or {}).items()}
    signals = _signals(thread, now)
    turn = last_turn(thread)
    return Moment(
        phase=_phase(thread, signals, now),
        level=thread.mood.level,
        trend=thread.mood.trend,
        fault=_fault(thread),
        channel=thread.channel,
        signals=signals,
        cues=_cues(turn),
        intents=_intents(thread),
        failures=_failures(thread),
        apologies=sum("apology_full" in reply.codes for reply in replies(thread)),
        replies=len(replies(thread)),
        abuse_count=sum("abuse" in cue_codes(each) for each in turns(thread) if by_customer(each)),
        solved=_is_solved(thread),
        waiting_days=_waiting_days(thread, now),
        asks=_asks(turn),
        known=facts | given,
        covered=covered,
        said_plays=tuple(play for reply in replies(thread) for play in reply.plays),
    )


# ------------------------------------------------------------------ signals


def _signals(thread: Thread, now: datetime) -> frozenset[str]:
    """Cues of the last turn, and what the words and the clock say beside them."""
    turn = last_turn(thread)
    found = set(cue_codes(turn)) | _states("customer", text_of(turn))
    before = replies(thread)[-1:] if turn else ()
    said = _states("agent", text_of(before)) if before else set()
    if "refused" in said and ("wants_help" in found or _asks(turn)):
        found.add("request_refused")
    if "asked_steps" not in said:
        found.discard("dreads_steps")
    found |= _states("note", newest_note(thread))
    if "gratitude" in found and not _asks(turn) and len(text_of(turn).split()) <= _FEW:
        found.add("only_thanks")
    if before:
        found.add("case_spoken")
    if is_answered(thread):
        found.add("answered")
    if turn and all(message.automated for message in turn):
        found.add("automated")
    if any(each.analysis and each.analysis.language != "en" for each in turn):
        found.add("other_language")
    if _is_quiet(thread, found, now):
        found.add("quiet")
    return frozenset(found)


def _states(speaker: str, text: str) -> set[str]:
    parts = sentences(text)
    rules = shipped("states").values()
    return {rule.code for rule in rules if rule.speaker == speaker and rule.find(parts)}


def _is_quiet(thread: Thread, signals: set[str], now: datetime) -> bool:
    troubled = thread.mood.level >= Level.ANNOYED or "resignation" in signals
    rests = is_answered(thread) or bool(signals & _AT_REST)
    return rests and troubled and not _is_solved(thread) and silence(thread, now) >= QUIET


def _intents(thread: Thread) -> frozenset[str]:
    """What the last turn is about; when it does not say, what the conversation was about."""
    for turn in reversed(turns(thread)):
        found = find_intents(text_of(turn)) if by_customer(turn) else ()
        if found:
            return frozenset(code for code, _ in found)
    return frozenset()


def _cues(turn: Turn) -> tuple[Cue, ...]:
    return tuple(cue for message in turn if message.analysis for cue in message.analysis.cues)


def _asks(turn: Turn) -> tuple[str, ...]:
    """Their questions, less those that the lexicon knows as complaints."""
    questions = [question for message in turn for question in asks(message.text)]
    return tuple(each for each in questions if not _is_reproach(each, _cues(turn)))


def _is_reproach(question: str, cues: tuple[Cue, ...]) -> bool:
    """ "Your driver lost it and now it's meant to be here?" blames; "Why did you …?" asks too."""
    codes = {cue.code for cue in cues if cue.text in question}
    return "rhetorical_question" in codes or bool(
        codes & _BLAMES_US and not _WANTS_AN_ANSWER.match(question)
    )


# ------------------------------------------------------------------ where it stands


def _is_solved(thread: Thread) -> bool:
    return thread.solved or thread.state is State.SOLVED


def _phase(thread: Thread, signals: frozenset[str], now: datetime) -> Phase:
    if thread.phase_is_set:
        return thread.phase
    has_news = bool(newest_note(thread)) and bool(signals & {"promise_at_risk", "change_made"})
    if _rests(thread, signals) and (silence(thread, now) >= SILENCE or has_news):
        return Phase.FOLLOW_UP
    if _is_solved(thread) or ("recovery" in signals and thread.mood.level <= Level.FRUSTRATED):
        return Phase.CLOSING
    ended = any(_ENDS_OPENING & set(reply.codes) for reply in replies(thread))
    return Phase.PROBLEM_SOLVING if ended or len(replies(thread)) >= 2 else Phase.OPENING


def _rests(thread: Thread, signals: frozenset[str]) -> bool:
    """True when the customer does not wait for an answer: we replied, or they asked nothing."""
    if is_answered(thread):
        return True
    turn = last_turn(thread)
    if _asks(turn) or not replies(thread):
        return False
    return bool(signals & _AT_REST) or len(text_of(turn).split()) <= _SHORT


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


def _failures(thread: Thread) -> int:
    """How often we failed: the first complaint, and each that came after we had acted.

    A message that tells of a promise or repair that failed tells of two by itself.
    """
    count, acted = 0, True
    for turn in turns(thread):
        if not by_customer(turn):
            acted = acted or any(_ACTED & set(reply.codes) for reply in turn)
            continue
        codes = cue_codes(turn) | _states("customer", text_of(turn))
        if acted and (codes & _FAILURE or (count == 0 and _is_complaint(turn))):
            count += 1
            acted = False
        if _tells_of_two(codes):
            count = max(count, 2)
    return count


def _is_complaint(turn: Turn) -> bool:
    return any((message.level or Level.CALM) >= Level.ANNOYED for message in turn)


def _tells_of_two(codes: frozenset[str] | set[str]) -> bool:
    return "repeat_failure" in codes or codes >= _FAILED_TWICE


def _waiting_days(thread: Thread, now: datetime) -> float:
    """Days since the first word that no reply has followed; 0 when all is answered."""
    if is_answered(thread) or not spoken(thread):
        return 0.0
    return max((now - turns(thread)[-1][0].sent_at) / timedelta(days=1), 0.0)
