"""What the words and the clock say of a moment, beside the cues of the lexicon (GUIDANCE 3).

Words mean what they mean in their place: praise while our failure is open is irony, and "cancel"
after a house move is no threat. Each rule here says so of one signal.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from cxdesk.model import Fault, Level, PromiseState, Thread
from cxdesk.playbook.asked import asked_again
from cxdesk.playbook.evidence import has_sent_evidence
from cxdesk.playbook.hearing import Heard, last_of_theirs, states
from cxdesk.playbook.turns import is_answered, is_solved, newest_note, silence

QUIET = timedelta(days=5)
"""A troubled customer silent for so long may be lost (GUIDANCE 6, silent churn watch)."""

DANGER = frozenset({"self_harm", "threat"})
GAVE_UP = timedelta(days=3)
"""After "whatever, forget it" they wait for nothing: three days are enough (GUIDANCE 1)."""

AT_REST = frozenset({"resignation", "gratitude", "recovery", "praise", "patient"})
FAILURE = frozenset({"repetition", "broken_promise", "unmet_expectation", "repeat_failure"})
BLAMES_US = frozenset({"blame_company", "blame_agent", "blame_product"})
_TROUBLE = (
    FAILURE
    | BLAMES_US
    | {"affect", "disappointment", "duration", "effort", "ignored", "impact", "intensifier"}
    | {"profanity", "rhetorical_question", "sarcasm", "shouting", "unfairness", "reproach"}
)
_DEEDS = frozenset(
    {"action", "ownership_i", "time_given", "options", "alternative", "one_question", "looked"}
)
_FAILED_THEM = frozenset(
    {"billing_error", "bug", "complaint_staff", "delivery_late", "delivery_missing", "item_damaged"}
    | {"item_wrong", "missed_appointment", "outage", "price_change", "wrong_information"}
)
"""What a message is about when it tells of a failure, however calmly."""
_LEAVES = frozenset({"churn", "neutral_leaving"})
_FEW = 6  # words; "thank you, I will": no room for anything else
_TERSE = 2  # words; "see", "again?": a reaction, not an answer


@dataclass(frozen=True, slots=True)
class Around:
    """A conversation with what gives its last words their meaning."""

    thread: Thread
    now: datetime
    heard: tuple[Heard, ...]
    fault: Fault
    intents: frozenset[str]
    asks: tuple[str, ...]

    @property
    def last(self) -> Heard | None:
        return last_of_theirs(self.heard)

    @property
    def place_before(self) -> int:
        """Where our reply stands that their last turn answers; -1 when they wrote first."""
        return self.heard.index(self.last) - 1 if self.last else -1

    @property
    def ours_before(self) -> frozenset[str]:
        return self.heard[self.place_before].codes if self.place_before >= 0 else frozenset()

    @property
    def ours_last(self) -> frozenset[str]:
        """What our last reply said, whether they answered it or not."""
        ours = (one.codes for one in reversed(self.heard) if not one.is_theirs)
        return next(ours, frozenset())

    @property
    def words(self) -> int:
        return len(self.last.text.split()) if self.last else 0


def signals(around: Around) -> frozenset[str]:
    """Cues and phrases of the last turn, as the conversation around makes them mean."""
    found = set(around.last.codes) if around.last else set()
    if around.thread.overruled.solved is False:
        found -= {"recovery"}
    found |= states("note", newest_note(around.thread)).keys()
    for settled in (
        _news,
        _promise,
        _relief,
        _praise,
        _courtesy,
        _leaving,
        _refusal,
        _steps,
        _words,
        _told,
        _loss,
    ):
        found = settled(found, around)
    return frozenset(found | _standing(found, around))


def _news(found: set[str], around: Around) -> set[str]:
    """A note after a time we gave, or a wish we passed on, is about that; its words say which."""
    said = around.ours_last if newest_note(around.thread) else frozenset()
    if "bad_news" in found and "time_given" in said and not is_solved(around.thread):
        found = found - {"change_made"} | {"promise_at_risk"}
    if "passed_on" in said and not found & {"bad_news", "promise_at_risk"}:
        found = found | {"change_made"}
    return found - {"bad_news"}


def _promise(found: set[str], around: Around) -> set[str]:
    """ "It's Wednesday now" breaks a promise only where we had named a time."""
    is_late = "time_is_up" in found and "time_given" in around.ours_before
    found -= {"time_is_up"}
    if not is_late and not _is_overdue(around):
        return found
    return found | {"promise_at_risk" if is_answered(around.thread) else "broken_promise"}


def _is_overdue(around: Around) -> bool:
    """True when a promise that the agent took over has run out."""
    return any(
        promise.state is PromiseState.OPEN and promise.due and promise.due < around.now
        for promise in around.thread.promises
    )


def _relief(found: set[str], around: Around) -> set[str]:
    """ "You said it is solved, and it's stuck again": what comes last counts; and nothing was
    mended yet for who writes for the first time, and tells of trouble."""
    if around.place_before < 0 and found & (_TROUBLE | {"asks_when"}):
        return found - {"recovery"}
    works = max(_places(around, {"recovery"}), default=-1)
    return found - {"recovery"} if 0 <= works < max(_places(around, FAILURE), default=-1) else found


def _places(around: Around, codes: Collection[str]) -> list[int]:
    """Where cues of these codes begin in the last message of the last turn."""
    said = around.last.turn[-1].analysis if around.last else None
    return [cue.start for cue in said.cues if cue.code in codes] if said else []


def _praise(found: set[str], around: Around) -> set[str]:
    """High praise beside trouble is irony, unless it works now or they thank us.

    Once it is solved it is meant. While our failure is open plain praise is irony too where they
    say nothing else, and beside other words it is not what they write for.
    """
    is_open = around.fault is Fault.COMPANY and not is_solved(around.thread)
    if "cancel_request" in around.intents:
        found = found - {"praise"}
    unheard = around.place_before < 0  # praise after a reply of ours is for that
    if is_open and unheard and "praise" in found and not found & {"recovery", "patient"}:
        says_more = found & _TROUBLE or around.asks
        found = found - {"praise"} | (set() if says_more else {"sarcasm"})
    if "formula" in found:
        found = found - {"praise", "formula"}
    if "high_praise" not in found:
        return found
    if (is_open or found & _TROUBLE) and not found & {"recovery", "patient"}:
        return found - {"praise", "gratitude", "high_praise"} | {"sarcasm"}
    return found - {"high_praise"} | ({"praise"} if is_solved(around.thread) else set())


def _courtesy(found: set[str], _: Around) -> set[str]:
    """ "No hurry" with a deadline, a long wait or a loss behind it is a mask, not patience."""
    if "courteous" in found and found & (_TROUBLE | {"pressing"}):
        found = found | {"polite_mask"}
    return found - {"courteous", "pressing"}


def _leaving(found: set[str], around: Around) -> set[str]:
    """Who leaves without a complaint has reasons of their own; who complains is driven away."""
    asks_to = "cancel_request" in around.intents and (found & _LEAVES or not around.asks)
    if not (asks_to or "churn" in found):
        return found - _LEAVES
    if "neutral_leaving" in found or not (found & _TROUBLE or around.intents & _FAILED_THEM):
        return found - {"churn"} | {"neutral_leaving"}
    return found


def _refusal(found: set[str], around: Around) -> set[str]:
    """After a no of ours everything but a yes asks for the same again."""
    if "refused" in around.ours_before and not found & {"accepts", "recovery", "gratitude"}:
        found = found | {"request_refused"}
    return found - {"accepts"}


def _steps(found: set[str], around: Around) -> set[str]:
    """Dreads the steps that we asked for; of others there is no question."""
    return found if "asked_steps" in around.ours_before else found - {"dreads_steps"}


def _words(found: set[str], around: Around) -> set[str]:
    """After a reply of nothing but sympathy they have heard enough, though they do not say so."""
    said = around.ours_before
    is_kind = found & AT_REST or "sarcasm" in found
    if "feels" in said and not said & _DEEDS and not is_kind:
        return found | {"stop_apologising"}
    return found


def _told(found: set[str], around: Around) -> set[str]:
    """A growl after our question tells too: what we asked for was there already."""
    reacts = found & _TROUBLE or around.words <= _TERSE
    if reacts and around.place_before >= 0 and asked_again(around.thread, around.place_before):
        return found | {"told_before"}
    return found


def _loss(found: set[str], around: Around) -> set[str]:
    """Once it is solved, what it cost and how hot it was count, though said at the beginning."""
    if not is_solved(around.thread):
        return found
    if max(around.thread.mood.readings, default=Level.CALM) >= Level.FRUSTRATED:
        found = found | {"was_upset"}
    has_loss = any("impact" in one.codes for one in around.heard if one.is_theirs)
    return found | {"impact"} if has_loss and around.thread.mood.level >= Level.ANNOYED else found


def _standing(found: set[str], around: Around) -> set[str]:
    """Where the conversation stands, whatever the words."""
    turn = around.last.turn if around.last else ()
    facts = {
        "only_thanks": "gratitude" in found and not around.asks and around.words <= _FEW,
        "case_spoken": bool(around.ours_before),
        "answered": is_answered(around.thread),
        "automated": bool(turn) and all(message.automated for message in turn),
        "other_language": any(m.analysis and m.analysis.language != "en" for m in turn),
        "quiet": _is_quiet(found, around),
        "evidence_sent": has_sent_evidence(around.thread),
    }
    return {code for code, holds in facts.items() if holds} | _danger(around)


def _danger(around: Around) -> set[str]:
    """Who spoke of harm once is not out of danger with the next message, whatever it says."""
    theirs = (one.codes for one in around.heard if one.is_theirs)
    return set(DANGER & frozenset().union(*theirs))


def _is_quiet(found: set[str], around: Around) -> bool:
    thread = around.thread
    troubled = max(thread.mood.readings, default=Level.CALM) >= Level.ANNOYED
    rests = is_answered(thread) or bool(found & AT_REST)
    gave_up = "resignation" in found
    since = silence(thread, around.now)
    is_long = since >= (GAVE_UP if gave_up else QUIET)
    return rests and (troubled or gave_up) and not is_solved(thread) and is_long
