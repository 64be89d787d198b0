"""What the sidebar says of a conversation: the customer's own words wherever there are any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from cxdesk.model import (
    BlameTarget,
    Cue,
    Fault,
    Guidance,
    Level,
    Message,
    Moment,
    Overruled,
    Phase,
    Promise,
    PromiseState,
    Role,
    Thread,
)
from cxdesk.nlp.mood import RELIEF
from cxdesk.playbook.table import is_resolved
from cxdesk.ui import marks
from cxdesk.ui.sidebar import so_far
from cxdesk.ui.sidebar.fact import LONGEST_QUESTION, LONGEST_QUOTE, Fact, shortened
from cxdesk.ui.softening import Softener

MOST_QUOTES = 3
LONGEST_PROMISE = 60
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
NEEDS = ("apology", "ownership", "extra_mile")
NEED_WORDS = {"apology": "Apology", "ownership": "Ownership", "extra_mile": "Extra mile"}
FAULT_WORDS = {fault: fault.value.replace("_", " ") for fault in Fault}
PHASE_WORDS = {
    Phase.OPENING: "opening",
    Phase.PROBLEM_SOLVING: "problem solving",
    Phase.CLOSING: "closing",
    Phase.FOLLOW_UP: "follow-up",
}
_CHANNELS = {"email": "e-mail", "sms": "SMS"}


def facts(thread: Thread, moment: Moment, now: datetime | None = None) -> tuple[Fact, ...]:
    """Everything below the level: because, blame, asks, promised, and what went before."""
    promised = _promised(thread, now or datetime.now(UTC)) or _said_to_be_promised(moment)
    nothing = Fact("Promised", "nothing open", is_muted=True)
    found = [_because(moment), _blame(thread, moment), _asks(moment), promised or nothing]
    return tuple(each for each in (*found, _so_far(thread, moment)) if each)


def _so_far(thread: Thread, moment: Moment) -> Fact:
    solved, said = is_resolved(moment), thread.overruled
    counted = moment.failures or moment.apologies or moment.abuse_count or solved
    is_plain = not counted and said == Overruled(safe_until=said.safe_until)
    return Fact(
        "So far",
        so_far.so_far(moment, said),
        is_muted=is_plain,
        origin=so_far.origin(thread, moment),
        corrects="Correct what is counted",
    )


def _because(moment: Moment) -> Fact | None:
    ordered = sorted(moment.cues, key=lambda cue: -cue.weight)
    calm = moment.level is Level.CALM
    plain = [cue for cue in ordered if not _blames(cue)]
    wanted = [cue for cue in plain if (cue.code in RELIEF) == calm] or ([] if calm else ordered)
    quotes = _quotes(wanted)
    # "Thank you" is no reason to be frustrated: what calms is said, not given as a cause
    is_good = calm or all(cue.code in RELIEF for cue in wanted)
    label = "They say" if is_good else "Because"
    return Fact(label, ", ".join(quotes), is_first=True) if quotes else None


def _quotes(cues: Iterable[Cue]) -> list[str]:
    """The words of the strongest cues, none twice and none within another."""
    kept: list[str] = []
    for cue in cues:
        words = " ".join(cue.text.split()).strip(" .,;:")
        known = any(words.lower() in each.lower() for each in kept)
        if words and not known and len(kept) < MOST_QUOTES:
            kept.append(words)
    return [f"“{shortened(words)}”" for words in kept]


def _blame(thread: Thread, moment: Moment) -> Fact | None:
    last = last_from_customer(thread)
    target = last.blame_target if last else BlameTarget.NONE
    label = marks.blame_words(target).capitalize()
    cue = max((c for c in moment.cues if _blames(c)), key=lambda c: c.weight, default=None)
    if not label:
        return None
    words = shortened(" ".join(cue.text.split()), 2 * LONGEST_QUOTE) if cue else "you said so"
    return Fact(label, words, is_blame=cue is not None, is_muted=cue is None)


def _blames(cue: Cue) -> bool:
    return cue.code.startswith("blame_")


def _asks(moment: Moment) -> Fact:
    if not moment.asks:
        return Fact("Asks", "nothing open", is_muted=True)
    return Fact("Asks", "\n".join(shortened(each, LONGEST_QUESTION) for each in moment.asks[:2]))


def _promised(thread: Thread, now: datetime) -> Fact | None:
    """What we promised here and have not kept yet, each with its time."""
    kept = [each for each in thread.promises if each.state is PromiseState.OPEN]
    lines = [f"“{_line(each)}”, {_due(each, now)}" for each in kept]
    said = [f"“{_line(each)}”: said {marks.full_time(each.said_at)}" for each in kept]
    return Fact("Promised", "\n".join(lines), origin="\n".join(said)) if lines else None


def _line(promise: Promise) -> str:
    return shortened(" ".join(promise.text.split()), LONGEST_PROMISE)


def _due(promise: Promise, now: datetime) -> str:
    if promise.due is None:
        return "no time said"
    when = marks.due_time(promise.due, now)
    return f"late, was due {when}" if promise.due < now else f"due {when}"


def _said_to_be_promised(moment: Moment) -> Fact | None:
    """What the customer says that we promised."""
    promise = moment.known.get("promise")
    return Fact("Promised", promise.value, origin=promise.origin) if promise else None


def softener(thread: Thread) -> Softener:
    """What takes the insults of this customer out of any text that quotes them."""
    theirs = (m for m in thread.messages if m.role is Role.CUSTOMER)
    return Softener.of((m.text, m.analysis.cues if m.analysis else ()) for m in theirs)


def softened_fact(fact: Fact, soften: Softener) -> Fact:
    return replace(fact, words=soften(fact.words), origin=soften(fact.origin))


def softened(guidance: Guidance, soften: Softener) -> Guidance:
    """Guidance whose reasons quote no insult; what may be inserted stays as it is."""
    cards = (
        replace(each, because=tuple(map(soften, each.because))) for each in guidance.suggestions
    )
    return replace(guidance, suggestions=tuple(cards))


def cue_of(code: str, thread: Thread, moment: Moment) -> Cue | None:
    """The latest cue of this code that a rule found, in the last turn or before."""
    theirs = [m.analysis.cues for m in thread.messages if m.role is Role.CUSTOMER and m.analysis]
    cues = [cue for found in theirs for cue in found] + list(moment.cues)
    return next((cue for cue in reversed(cues) if cue.code == code), None)


def last_from_customer(thread: Thread) -> Message | None:
    """The customer's last message that a person wrote, else the last of theirs at all."""
    theirs = [each for each in thread.messages if each.role is Role.CUSTOMER]
    return next((m for m in reversed(theirs) if not m.automated), theirs[-1] if theirs else None)


def no_guidance(thread: Thread) -> str:
    """Why there can be no guidance for this conversation; empty when there can."""
    last = last_from_customer(thread)
    if last is None:
        return "No guidance: the customer has not written yet."
    if last.automated:
        return f"No guidance: this mail was sent by a machine ({last.automated.replace('-', ' ')})."
    if last.analysis and last.analysis.language != "en":
        return "No guidance: this message is not in English."
    return ""


def proposed(thread: Thread, moment: Moment) -> str:
    """Which of fault and phase are proposals; empty when the agent has set them."""
    fault = not thread.fault_is_set and moment.fault is not Fault.UNKNOWN
    names = [name for name, on in (("fault", fault), ("phase", not thread.phase_is_set)) if on]
    return " and ".join(names).capitalize() + " proposed from the messages" if names else ""


def contact(number: int) -> str:
    """Which contact of this customer this is: "third contact"."""
    if 0 < number <= len(_ORDINALS):
        return f"{_ORDINALS[number - 1]} contact"
    return f"contact {number}"


def since(at: datetime | None) -> str:
    """ "customer since 2021"; empty when not known."""
    return f"customer since {at.astimezone():%Y}" if at else ""


def day(at: datetime, now: datetime) -> str:
    """A past day: "9 Mar", with its year when it is another one."""
    local = at.astimezone()
    year = "" if local.year == now.astimezone().year else f" {local:%Y}"
    return f"{local.day} {local:%b}{year}"


def channel(code: str) -> str:
    """A channel within a line: "e-mail"."""
    return _CHANNELS.get(code, code.replace("_", " "))
