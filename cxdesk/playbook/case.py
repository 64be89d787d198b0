"""The what, who and why of a case on one card, so that nobody has to ask twice (GUIDANCE 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from cxdesk.model import (
    Case,
    CasePart,
    Filled,
    Message,
    Moment,
    Promise,
    PromiseState,
    Role,
    Thread,
)
from cxdesk.playbook.facts import message_of
from cxdesk.playbook.intents import find_intents
from cxdesk.playbook.phrases import straight
from cxdesk.playbook.turns import by_customer, text_of, turns

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_SHOWN_FACTS = (
    *("order_ref", "case_ref", "item", "amount", "waiting_time", "count", "occasion", "partner"),
    "request",
)
_MOST_REASONS = 2
_SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*(?:\.(?=\S)[^.!?\n]*)*[.!?]*")
_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|to whom|thanks?|thank you"
    r"|regards|kind regards|best|cheers)\b[^.!?]{0,30}[.!?,]*$",
    re.IGNORECASE,
)
_DAY = (
    r"(?:today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|next week|this week(?:end)?|a week|the \d+(?:st|nd|rd|th)|\d)"
)
_NEED = re.compile(
    r"\b(?:(?:i|we) (?:really |urgently |only |just )?need (?:it|them|this|that|these|to|the \w+)\b"
    r"|(?:it's|it is|it was|they're|this is|that's)"
    r" (?:(?:for|meant for) (?:my|our|the|a|an)\b|an? (?:birthday |wedding )?(?:gift|present)\b)"
    r"|so (?:that )?(?:i|we) can\b|in time for\b"
    r"|before (?:my|our|the|i|we)\b"
    r"|(?:my|our) [\w' -]{2,30} (?:is|are|starts?|opens?|begins?|leaves?|comes?) (?:on |in |at )?"
    rf"{_DAY}|(?:i|we) (?:fly|leave|travel|open|move|start) (?:on|in|to|{_DAY}))",
    re.IGNORECASE,
)
_IMPACT = re.compile(
    r"\b(?:(?:i|we|he|she|they|it)(?:'ve| have| had|'s| has)? (?:lost|missed|wasted|had to|spent"
    r"|took (?:a|the|two) days? off|sat|slept) "
    r"|(?:can't|cant|cannot|couldn't) (?:work|sleep|pay|cook|wash|eat|afford|trade|travel|leave"
    r"|sell|open|go|walk|breathe|study|teach|drive|shower)\b"
    r"|cost(?:s|ing)? (?:me|us|my|our)\b|(?:charging|billing) (?:me|us) by\b"
    r"|(?:without|no) (?:heating|hot water|power|electricity|internet|water|insulin|medication|car"
    r"|wages?|income)\b|stands? (?:idle|still)|in the red|overdrawn|ruined|spoil(?:ed|t)"
    r"|(?:works?|working) from home|(?:is|are|was|were) (?:in hospital|disabled|elderly)"
    r"|wheelchair|newborn)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:(?:you|your \w+|he|she|they"
    r"|(?:the |your |an |one )?(?:agent|lady|guy|man|woman|colleague|technician|driver|website|site"
    r"|page|chat|letter|e-?mail|mail|confirmation|app))"
    r" (?:had |all |also |specifically )?(?:promised|assured|guaranteed|said|told (?:me|us))"
    r"|(?:i|we) (?:was|were|had been|have been|'ve been) (?:promised|assured|guaranteed|told)"
    r"|(?:was|were|been) promised)\b",
    re.IGNORECASE,
)
_NO_PROMISE = re.compile(
    r"\b(?:said|told (?:me|us)) (?:sorry|thanks|hello|no\b|hi\b)", re.IGNORECASE
)


def case_of(thread: Thread, moment: Moment, *, now: datetime | None = None) -> Case:
    """Everything the conversation itself says of the case; a part that it does not say is empty.

    `moment` is that of the same thread; with `now` a date of another year is told with its year.
    """
    clock = now or datetime.now().astimezone()
    words = _Words(thread, clock)
    intents = _intents(words, moment)
    return Case(
        issue=_issue(words, moment, intents),
        intents=intents,
        facts=tuple(_fact(words, moment.known[s]) for s in _SHOWN_FACTS if s in moment.known),
        who=tuple(_who(thread, moment)),
        why=_why(words, moment),
        asks=tuple(words.part("question", asked) for asked in moment.asks),
        promised=(*_ours(thread.promises, clock), *_theirs(words)),
    )


class _Words:
    """The customer's words of a conversation, and where each stands."""

    def __init__(self, thread: Thread, now: datetime) -> None:
        self.turns = [turn for turn in reversed(turns(thread)) if by_customer(turn)]
        written = [m for m in reversed(thread.messages) if m.role is Role.CUSTOMER]
        self.messages = [m for m in written if not m.automated]
        self._now = now

    def part(self, code: str, words: str) -> CasePart:
        """Words of theirs with the newest message they stand in."""
        for message in self.messages:
            start = message.text.find(words)
            if start >= 0 and words:
                return self.at(code, message, start, start + len(words))
        return CasePart(code, words, "from their messages")

    def at(self, code: str, message: Message, start: int, end: int) -> CasePart:
        origin = f"from {message_of(message, self._now)}"
        return CasePart(code, message.text[start:end], origin, message.id, start, end)

    def sentences(self) -> Iterator[tuple[Message, int, int]]:
        """Every sentence they wrote, newest message first, in the order of reading."""
        for message in self.messages:
            for match in _SENTENCE.finditer(message.text):
                yield message, match.start(), match.end()


# ------------------------------------------------------------------ what


def _intents(words: _Words, moment: Moment) -> tuple[CasePart, ...]:
    """The intents of the moment with the words that showed each; praise only while it is new."""
    for turn in words.turns:
        found = find_intents(text_of(turn))
        if found:
            known = moment.intents if turn is words.turns[0] else moment.intents - {"praise"}
            return tuple(words.part(code, said) for code, said in found if code in known)
    return ()


def _issue(words: _Words, moment: Moment, intents: Sequence[CasePart]) -> CasePart | None:
    """The sentence that tells the matter: with the intent's words, else with the strongest cue."""
    cues = sorted(moment.cues, key=lambda cue: -cue.weight)
    shown = [part.words for part in intents] + [cue.text for cue in cues]
    sentences = [s for s in words.sentences() if not _is_greeting(s)]
    for said in filter(None, shown):
        for message, start, end in sentences:
            if said in message.text[start:end]:
                return words.at("issue", message, start, end)
    oldest = [s for s in sentences if s[0] is words.messages[-1]]  # how the matter began
    return words.at("issue", *oldest[0]) if oldest else None


def _is_greeting(sentence: tuple[Message, int, int]) -> bool:
    message, start, end = sentence
    said = message.text[start:end].strip()
    return bool(_GREETING.match(said)) or len(said.split()) < 2


def _fact(words: _Words, fact: Filled) -> CasePart:
    """A slot's value; its place too where it stands in a message as it is."""
    found = words.part(fact.name, fact.value)
    return CasePart(fact.name, fact.value, fact.origin, found.message_id, found.start, found.end)


# ------------------------------------------------------------------ who


def _who(thread: Thread, moment: Moment) -> Iterator[CasePart]:
    if name := moment.known.get("customer_name"):
        yield CasePart("name", name.value, name.origin)
    elif thread.customer.name:
        yield CasePart("name", thread.customer.name, "as the customer is known")
    if since := thread.customer.since:
        local = since.astimezone()
        yield CasePart(
            "since", f"customer since {local:%B} {local.year}", "their first conversation"
        )
    yield CasePart("contact", f"{_ordinal(thread.contact_number)} contact", _contacts(thread))


def _contacts(thread: Thread) -> str:
    return (
        "counted: their conversations here" if thread.contact_number > 1 else "no earlier one here"
    )


def _ordinal(number: int) -> str:
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else f"{number}th"


# ------------------------------------------------------------------ why


def _why(words: _Words, moment: Moment) -> tuple[CasePart, ...]:
    """What they need it for, and what it cost them: the newest two, each sentence once."""
    cues = [cue.text for cue in moment.cues if cue.code in {"impact", "urgency"} and cue.text]
    found: list[CasePart] = []
    for message, start, end in words.sentences():
        code = _reason(message.text[start:end], cues)
        if code:
            found.append(words.at(code, message, start, end))
    found.sort(key=lambda part: part.code != "need")
    return tuple(found[:_MOST_REASONS])


def _reason(sentence: str, cues: Sequence[str]) -> str:
    said = straight(sentence)
    if _NEED.search(said):
        return "need"
    return "impact" if _IMPACT.search(said) or any(cue in sentence for cue in cues) else ""


# ------------------------------------------------------------------ promised


def _ours(promises: Sequence[Promise], now: datetime) -> Iterator[CasePart]:
    """Promises of our replies that nobody has kept or broken yet."""
    for promise in promises:
        if promise.state is PromiseState.OPEN:
            said = promise.said_at.astimezone()
            due = f", due {_date(promise.due, now)}" if promise.due else ", no time said"
            yield CasePart("ours", promise.text, f"our reply of {_date(said, now)}{due}")


def _date(at: datetime, now: datetime) -> str:
    local = at.astimezone()
    year = f" {local.year}" if local.year != now.year else ""
    return f"{local.day} {local:%b}{year}, {local:%H:%M}"


def _theirs(words: _Words) -> Iterator[CasePart]:
    """What they say we promised or told them."""
    for message, start, end in words.sentences():
        said = straight(message.text[start:end])
        if _TOLD.search(said) and not _NO_PROMISE.search(said):
            yield words.at("theirs", message, start, end)
