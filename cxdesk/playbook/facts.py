"""What a conversation already says for the slots of a play, each with where it was read.

A value is taken only where the words leave no doubt; else the slot stays open for the agent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from cxdesk.model import Filled, Message, Role, Thread
from cxdesk.playbook.names import signed_name, spoken_name
from cxdesk.playbook.phrases import straight

_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth"),
)
_AMOUNT_OF = r"(?:\d+|an?|" + "|".join(_NUMBERS) + ")"

_REFERENCE = re.compile(
    r"\b(?P<kind>order|booking|invoice|contract|policy|reservation|ref(?:erence)?|parcel|po"
    r"|case|ticket|claim|complaint|file|visit)\b\.?"
    r"(?:\s*(?:number|no\.?|nr\.?|ref\.?|reference|id|:|is))*\s*"
    r"(?P<code>\#?(?=[A-Za-z0-9/-]*\d)[A-Za-z0-9][A-Za-z0-9/-]{2,}[A-Za-z0-9])",
    re.IGNORECASE,
)
_CASE_WORDS = frozenset({"case", "ticket", "claim", "complaint", "file", "visit"})
_MONEY = re.compile(
    r"(?:[$€£₦₹¥]\s?\d[\d.,]*\d|[$€£₦₹¥]\s?\d"
    r"|\b\d[\d.,]*\s?(?:euros?|eur|dollars?|usd|pounds?|gbp|quid|chf|francs?)\b)",
    re.IGNORECASE,
)
_WAIT = re.compile(
    r"\b(?:(?:waiting|waited|wait already|been|now)(?: for)? (?:over |about |almost |nearly )?"
    rf"(?P<time>{_AMOUNT_OF} (?:hours?|days?|weeks?|months?))"
    rf"|for (?:over |about |almost |nearly )?(?P<since>{_AMOUNT_OF} (?:hours|days|weeks)))\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:asked|wrote|ordered|requested|returned|paid|reported|emailed|refund from)\b"
    r"[^.!?\n]{0,40}?"
    rf"\b(?P<time>{_AMOUNT_OF} (?:days?|weeks?|months?)) ago\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?P<count>{'|'.join(_ORDINALS[1:])}|[2-9](?:nd|rd|th))"
    r" (?:time|e-?mail|mail|message|letter|call|attempt|contact|chat|ticket)\b",
    re.IGNORECASE,
)
_FIRST_TIME_GOOD = re.compile(r"\b(order|buy|bought|happy|love|visit)\w*\b", re.IGNORECASE)
_PROMISE = re.compile(
    r"\b(?:(?:you|your \w+|he|she|they|we|was|were|been) (?:had )?(?:all )?promised(?: me| us)?"
    r"|(?:your|the) (?:site|page|website|letter|mail|confirmation) (?:promised|says|said))"
    r" (?P<promise>[^.,;!?\n]{4,60}?)(?=[.,;!?\n]| and | but | yet |$)",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\bi(?:'d| would| just| really| only| still)* (?:want|like|demand|expect|need)"
    r" (?P<wish>(?:an?|my|our|the) [^.,;!?\n]{3,50}?)(?=[.,;!?\n]| and | but | because | so |$)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\b(?:writ\w+|wrote|contact\w*|ask\w*|call\w*|e-?mail\w*|complain\w*|question|again|time)"
    r" (?:\w+ ){0,2}?(?:about|regarding|concerning)|\b(?:problems?|trouble|issues?) with)"
    r" (?P<noun>(?:my|our|the|this) [a-z][a-z' -]{2,40}?)"
    r"(?=[.,;:!?\n]| (?:and|but|that|which|is|was|has|for|on|in|from|since|because|again|to)\b|$)",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?P<noun>(?:my|our) (?:[a-z]+'s? )?(?:own )?(?:\d+(?:st|nd|rd|th) )?"
    r"(?:wedding|birthday|funeral|christening|anniversary|exam|interview|graduation|holiday|trip"
    r"|honeymoon|reunion|baptism))\b",
    re.IGNORECASE,
)
_BOUGHT = re.compile(
    r"\b(?:ordered|bought|purchased|returned)"
    r" (?P<noun>(?:an?|the|my|our) [a-z][a-z -]{2,30}?)"
    r"(?=[.,;!?\n(]| (?:and|but|that|which|on|in|from|with|for|last|yesterday|to|at|is|was)\b|$)",
    re.IGNORECASE,
)
_PARTNER = re.compile(
    r"\b(?P<name>DHL|UPS|FedEx|Hermes|Evri|USPS|Royal Mail|GLS|DPD|PayPal|Klarna"
    r"|(?:the|your) (?:courier|post office|delivery company|bank|carrier))\b",
    re.IGNORECASE,
)
_NOT_A_NOUN = re.compile(r"^(?:to|that|it|i|you|we|they|he|she|me|us|so|not|there|this is)\b", re.I)
_OF_THEIRS = (
    (r"\bthe (?:same|very same) ", "the "),
    (r"\bmy\b", "your"),
    (r"\bour\b", "your"),
    (r"\bmine\b", "yours"),
    (r"\bme\b", "you"),
)

Finder = Callable[[str], str]


def known_facts(
    thread: Thread, *, now: datetime, agent_name: str = "", company: str = ""
) -> dict[str, Filled]:
    """Slot values that the conversation and the settings give, by slot, each with its origin."""
    facts = [*_own(agent_name, company), *_name(thread), *_from_words(thread)]
    found = {fact.name: fact for fact in reversed(facts)}
    if "waiting_time" not in found and (wait := _since_first_word(thread, now)):
        found["waiting_time"] = wait
    return found


def _own(agent_name: str, company: str) -> Iterator[Filled]:
    if agent_name:
        yield Filled("agent_name", agent_name, "your name in the settings")
    if company:
        yield Filled("company", company, "the company in the settings")


def _name(thread: Thread) -> Iterator[Filled]:
    """The name as signed, newest first; else as the customer is known."""
    for message in _of_customer(thread):
        if name := signed_name(message.text, message.signature, thread.customer.name):
            yield Filled("customer_name", name, f"signed “{name}”, {_when(message)}")
    if name := spoken_name(thread.customer.name):
        yield Filled("customer_name", name, f"known as “{thread.customer.name}”")


def _from_words(thread: Thread) -> Iterator[Filled]:
    """What the customer's own words say, newest first: the latest word counts."""
    messages = _of_customer(thread)
    for message in messages:
        text = straight(message.text)
        for slot, finder in FINDERS.items():
            if value := finder(text):
                yield Filled(slot, value, f"“{value}”, {_when(message)}")
    amounts = {m.group() for each in messages for m in _MONEY.finditer(each.text)}
    if len(amounts) == 1:  # with two amounts only the agent knows which one is meant
        amount = amounts.pop()
        yield Filled("amount", amount, f"the one amount they name, “{amount}”")


def _of_customer(thread: Thread) -> list[Message]:
    return [message for message in reversed(thread.messages) if message.role is Role.CUSTOMER]


def _when(message: Message) -> str:
    return f"{message.sent_at:%a %H:%M}"


def _since_first_word(thread: Thread, now: datetime) -> Filled | None:
    """How long they have waited since they first wrote, from one day on."""
    messages = _of_customer(thread)
    if not messages or now - messages[-1].sent_at < timedelta(days=1):
        return None
    first = messages[-1].sent_at
    origin = f"since they first wrote, {first:%a} {first.day} {first:%b}"
    return Filled("waiting_time", _in_words((now - first).days), origin)


def _in_words(days: int) -> str:
    if days < 14:
        return _counted(days, "day")
    return _counted(days // 7, "week") if days < 60 else _counted(days // 30, "month")


def _counted(number: int, unit: str) -> str:
    word = _NUMBERS[number - 1] if number <= len(_NUMBERS) else str(number)
    return f"{word} {unit}" if number == 1 else f"{word} {unit}s"


def to_them(words: str) -> str:
    """The customer's noun phrase as we say it to them: "my bill" becomes "your bill"."""
    for theirs, ours in _OF_THEIRS:
        words = re.sub(theirs, ours, words, flags=re.IGNORECASE)
    return words.strip()


# ------------------------------------------------------------------ one finder a slot


def _order(text: str) -> str:
    return _reference(text, of_case=False)


def _case(text: str) -> str:
    return _reference(text, of_case=True)


def _reference(text: str, *, of_case: bool) -> str:
    for match in _REFERENCE.finditer(text):
        if (match["kind"].lower() in _CASE_WORDS) == of_case:
            return f"{match['kind'].lower()} {match['code']}" if of_case else match["code"]
    return ""


def _waiting(text: str) -> str:
    match = _WAIT.search(text) or _AGO.search(text)
    return next(time for time in match.groups() if time).lower() if match else ""


def _count(text: str) -> str:
    for match in _COUNT.finditer(text):
        if _FIRST_TIME_GOOD.search(text[match.end() : match.end() + 25]):
            continue
        word = match["count"].lower()
        return _ORDINALS[int(word[0]) - 1] if word[0].isdigit() else word
    return ""


def _promise(text: str) -> str:
    match = _PROMISE.search(text)
    if not match or _NOT_A_NOUN.match(match["promise"]) or len(match["promise"].split()) > 8:
        return ""
    return to_them(match["promise"])


def _noun(pattern: re.Pattern[str], longest: int) -> Finder:
    """A finder for a noun phrase of at most so many words, said to the customer."""

    def find(text: str) -> str:
        match = pattern.search(text)
        words = match.group(match.lastindex or 0) if match else ""
        return to_them(words) if words and len(words.split()) <= longest else ""

    return find


def _item(text: str) -> str:
    """The thing they bought, with "the": it is known to both by now."""
    found = _noun(_BOUGHT, 5)(text)
    return re.sub(r"^(?:an?|your)\b", "the", found, flags=re.IGNORECASE)


def _partner(text: str) -> str:
    match = _PARTNER.search(text)
    if not match:
        return ""
    name = match["name"]
    return re.sub(r"^your", "the", name.lower()) if " " in name and name[0] in "tyTY" else name


FINDERS: dict[str, Finder] = {
    "order_ref": _order,
    "case_ref": _case,
    "waiting_time": _waiting,
    "count": _count,
    "promise": _promise,
    "request": _noun(_WISH, 8),
    "issue": _noun(_ABOUT, 6),
    "occasion": _noun(_OCCASION, 6),
    "item": _item,
    "partner": _partner,
}
