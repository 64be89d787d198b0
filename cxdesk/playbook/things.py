"""The things a customer speaks of: what they bought, what is wrong with it, and for which day.

There is no grammar here, only nouns that are known and words that may stand around them. What does
not fit is left alone: a slot that stays open costs the agent one word, a wrong one costs trust.
"""

from __future__ import annotations

import re
from functools import cache

from cxdesk import paths

_DETERMINER = r"(?:an?|the|my|our|his|her|their|this|that|these|those|one|two|three|four|five|\d+)"
_OPENS = r"(?:^|[.!?;:,(]\s*|\b(?:that|because|but|and|since|when|while|so|hi|hello|says?|said)\s+)"
_NO_PLACE = r"(?<!\bat )(?<!\bin )(?<!\bon )(?<!\bto )(?<!\bby )(?<!from )(?<!into )(?<!behind )"
_TROUBLE = (
    r"\b(?:problems?|trouble|issues?|wrong|happy|unhappy|pleased|refund|money|repair\w*|fault|order"
    r"|eta|news|update|status|where(?:'s| is| are)|wheres|missing|want|need|using|use|love|like)"
    r"\s+(?:(?:with|about|for|of|on)\s+)?"
)
_STATES = (
    r"(?=\s+(?:is|are|was|were|isn't|isnt|aren't|wasn't|weren't|has|have|had|hasn't|hasnt|haven't"
    r"|arrived?|came|comes?|broke|breaks|stopped|stops|died|leaks?|leaked|fell|never|still|just"
    r"|keeps?|kept|does|doesn't|doesnt|did|didn't|didnt|don't|won't|wont|looks?|looked|seems?|went"
    r"|got|turned|needs?|will|would|cost|costs|says|said|shows|in two|in pieces|i|we|you)\b"
    r"|'s\b|\s*[.!]|\s*\()"
)
_ENDS = (
    r"(?=\s*(?:[.,;:!?()\n]|$)|\s+-|'s\b(?! \w+ (?:is|was|has))|\s+(?:"
    r"is|are|was|were|isn't|isnt|aren't|wasn't|weren't|has|have|had|hasn't|hasnt|haven't|hadn't"
    r"|arrived?|came|comes?|broke|breaks|stopped|stops|died|leaks?|leaked|fell|never|still|just"
    r"|already|always|keeps?|kept|does|doesn't|doesnt|did|didn't|didnt|won't|wont|will|would|can"
    r"|can't|cant|cannot|could|should|must|might|looks?|looked|seems?|went|got|gets|turned|needs?"
    r"|and|but|or|that|which|who|because|since|after|before|when|while|if|as|so|than|then|till"
    r"|with|without|for|from|on|in|at|to|into|by|of|off|over|under|out|up|back|via|inc|incl"
    r"|i|i've|i'm|i'd|we|we've|you|he|she|it|they|please|pls|thanks|today|yesterday|tonight"
    r"|tomorrow|again|last|this|now|here|there|not|too|yet|a|the|my|your|our)\b)"
)
_MODIFIER = (
    r"(?:(?!(?:is|are|was|were|and|or|but|of|in|on|at|to|for|from|with|that|which|who|you|i|we|it"
    r"|they|he|she|not|no|has|have|had|will|would|can|could|want|need|more|other|same|new|first"
    r"|second|third|last|next|next-day|only|whole|entire|right|wrong|correct|replacement|day|week"
    r"|month|year|same|different|another|big|small|proper|actual|missing|broken|damaged|deal|lot"
    r"|few|over|the|a|an|my|your|our|by|as|off|after|before|into|noted|round|around|at|bit|couple|pair|kind|sort|piece|photo|picture|bill|time)\b)[^\W\d_][\w'-]*\s+)"
)
_SKIPPED = (
    r"(?:(?:new|first|second|third|last|only|whole|entire|wrong|replacement|different|other|right"
    r"|missing|broken|damaged|same|pair of|piece of|set of|bag of)\s+)"
)
_BOUGHT = (
    r"\b(?:ordered|bought|purchased|returned|return|returning|exchange|exchanging|swap|received|sent"
    r"|got|booked|reserved|subscribed to|signed up for|send back|cancel|delivered?|collect)\s+"
)
_OF_THEIRS = (
    (r"\bthe (?:same|very same) ", "the "),
    (r"\bmy\b", "your"),
    (r"\bour\b", "your"),
    (r"\bmine\b", "yours"),
    (r"\bme\b", "you"),
)


def to_them(words: str) -> str:
    """The customer's noun phrase as we say it to them: "my bill" becomes "your bill"."""
    for theirs, ours in _OF_THEIRS:
        words = re.sub(theirs, ours, words, flags=re.IGNORECASE)
    return words.strip()


# ------------------------------------------------------------------ the item


def item(text: str) -> tuple[str, str]:
    """The one thing they bought or use, with "the", and the words it was read from.

    ("", "") when there is none, or several: then only the agent knows which is meant.
    """
    for pattern in _item_patterns():
        found = {m["head"].lower(): m for m in pattern.finditer(text)}
        if not found:
            continue
        match = next(iter(found.values()))
        if len(_singulars(found)) > 1 or _and_another().match(text, match.end()):
            break
        return f"the {_lowered(match['noun'])}", match["noun"]
    return "", ""


def _singulars(heads: dict[str, re.Match[str]]) -> set[str]:
    return {re.sub(r"e?s$", "", head) for head in heads}


def _lowered(noun: str) -> str:
    """Small letters at the beginning of a sentence; names and "TV" keep theirs."""
    first, *rest = noun.split()
    is_plain = first[:1].isupper() and first[1:].islower() and first.lower() in _nouns()
    return " ".join([first.lower() if is_plain else first, *rest])


@cache
def _item_patterns() -> tuple[re.Pattern[str], ...]:
    """The surest first: bought, in trouble, what became of it, how it begins, named at all."""
    every, owned, telling = (_noun(_nouns(most)) for most in (2, 1, 0))
    flags = re.IGNORECASE | re.MULTILINE
    return (
        re.compile(rf"{_BOUGHT}(?:{_DETERMINER}\s+)?{_SKIPPED}{{0,2}}{every}", flags),
        re.compile(rf"{_TROUBLE}{_DETERMINER}\s+{_SKIPPED}{{0,2}}{every}", flags),
        re.compile(rf"{_OPENS}{_DETERMINER}\s+{_SKIPPED}{{0,2}}{owned}{_STATES}", flags),
        re.compile(rf"(?:^|[.!?]\s+){_SKIPPED}{{0,2}}{owned}{_STATES}", flags),
        re.compile(rf"{_NO_PLACE}\b{_DETERMINER}\s+{_SKIPPED}{{0,2}}{telling}", flags),
    )


@cache
def _and_another() -> re.Pattern[str]:
    """ "… and a rug": with two things only the agent knows which is meant."""
    noun = _noun(_nouns(2))
    return re.compile(rf"\s*(?:,|and|or|&)\s+(?:{_DETERMINER}\s+){_SKIPPED}{{0,2}}{noun}", re.I)


def _noun(heads: frozenset[str]) -> str:
    longest_first = sorted(heads, key=len, reverse=True)
    either = "|".join(re.escape(head).replace(r"\-", "[ -]") for head in longest_first)
    return rf"(?P<noun>{_MODIFIER}{{0,3}}?(?P<head>{either})(?:e?s)?){_ENDS}"


@cache
def _entries() -> tuple[str, ...]:
    text = (paths.resources() / "playbook" / "items.txt").read_text("utf-8")
    return tuple(" ".join(x for x in text.splitlines() if not x.startswith("#")).split())


@cache
def _nouns(most: int = 2) -> frozenset[str]:
    """The nouns with at most so many marks: the more, the more often said in passing."""
    return frozenset(entry.lstrip("+") for entry in _entries()) - {
        entry.lstrip("+") for entry in _entries() if entry.count("+") > most
    }


# ------------------------------------------------------------------ what is wrong

_ABOUT = re.compile(
    r"(?:\b(?:writ\w+|wrote|contact\w*|ask\w*|call\w*|e-?mail\w*|complain\w*|question|again|time)"
    r" (?:\w+ ){0,2}?(?:about|regarding|concerning)|\b(?:problems?|trouble|issues?) with)"
    r" (?P<noun>(?:my|our|the|this) [a-z][a-z' -]{2,40}?)"
    r"(?=[.,;:!?\n]| (?:and|but|that|which|is|was|has|for|on|in|from|since|because|again|to)\b|$)",
    re.IGNORECASE,
)
_FAULTY = re.compile(
    r"\b(?:an?|the|this|my|our|that|another|second) (?P<noun>(?:[\"“]?[a-z][a-z'-]*[\"”]? ){0,3}?"
    r"(?:fee|charge|surcharge|scratch|dent|crack|hole|stain|tear|leak|noise|smell|delay|outage"
    r"|blackout|power cut|price increase|price rise|rent increase|premium increase|error|glitch"
    r"|bug|mix-up|typo|overcharge|duplicate (?:charge|payment)|deduction))"
    r"(?=[.,;:!?\n)]|$"
    r"| (?:of|on|in|for|from|that|which|was|is|and|but|needs|at|to|because|since)\b)",
    re.IGNORECASE,
)
_NOT_A_FAULT = re.compile(
    r"\b(?:is|are|there|any|no|without|free|small|extra|charge|of|in|and|or|for|pay|paid)\b", re.I
)
_ISSUE_LONGEST = 6  # words


def issue(text: str) -> tuple[str, str]:
    """What it is about in the customer's own noun, and the words it was read from.

    First what they say they write about; else the one fault they name ("a deep scratch").
    """
    match = _ABOUT.search(text)
    if match and len(match["noun"].split()) <= _ISSUE_LONGEST:
        return to_them(match["noun"]), match["noun"]
    nouns = {m["noun"].lower(): m["noun"] for m in _FAULTY.finditer(text)}
    found = [noun for noun in nouns.values() if not _NOT_A_FAULT.search(noun)]
    return (f"the {found[0]}", found[0]) if len(found) == 1 else ("", "")


# ------------------------------------------------------------------ what it is for, and who else

_OCCASION = re.compile(
    r"\b(?P<noun>(?:my|our) (?:[a-z]+'?s? )?(?:own )?(?:\d+(?:st|nd|rd|th) )?"
    r"(?:wedding|birthday|funeral|christening|anniversary|exam|interview|graduation|holiday|trip"
    r"|honeymoon|reunion|baptism|baby shower|housewarming|bar mitzvah|confirmation party)"
    r"|(?:mum|mom|dad|nan|gran|grandma|grandad)'?s (?:wedding|birthday|funeral|anniversary))\b",
    re.IGNORECASE,
)
_PARTNER = re.compile(
    r"\b(?P<name>DHL|UPS|FedEx|Hermes|Evri|USPS|Royal Mail|GLS|DPD|PayPal|Klarna"
    r"|(?:the|your) (?:courier|post office|delivery company|carrier))\b",
    re.IGNORECASE,
)
_WITHOUT_ARTICLE = re.compile(r"^(?:mum|mom|dad|nan|gran|grandma|grandad)", re.IGNORECASE)


def occasion(text: str) -> tuple[str, str]:
    """The day it was meant for, as we say it to them, and their words for it."""
    match = _OCCASION.search(text)
    if not match:
        return "", ""
    words = match["noun"]
    said = f"your {words}" if _WITHOUT_ARTICLE.match(words) else to_them(words)
    return said, words


def partner(text: str) -> tuple[str, str]:
    """Who brought or did it for us, and their words for it; nothing when they name two."""
    names = {match["name"].lower(): match["name"] for match in _PARTNER.finditer(text)}
    if len(names) != 1:
        return "", ""
    name = names.popitem()[1]
    said = re.sub(r"^your", "the", name.lower()) if name[0] in "tyTY" and " " in name else name
    return said, name


_IMPACT = re.compile(
    r"\b(?P<noun>(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|a|an) (?:whole )?"
    r"(?:hours?|days?|nights?|evenings?|weeks?|months?)"
    r" (?:without (?:[a-z-]+ ){0,2}?(?:internet|power|electricity|water|heating|gas|phone|signal"
    r"|wifi|broadband|connection|car|hot water)|on hold|on the phone|in the queue)"
    r"|(?:an?|two|three|four|five|\d+) (?:wasted|lost|missed) (?:[a-z]+ )?"
    r"(?:days?|evenings?|afternoons?|mornings?|weekends?|hours?|flights?|connections?))\b",
    re.IGNORECASE,
)


def impact(text: str) -> tuple[str, str]:
    """What it cost them, where they say so in one noun phrase: "31 hours without internet"."""
    match = _IMPACT.search(text)
    return (match["noun"].lower(), match["noun"]) if match else ("", "")
