"""How to address a customer: by the name they sign with, or the one they are known by."""

from __future__ import annotations

import re
from functools import cache

from cxdesk import paths

_TITLES = re.compile(
    r"^(mr|mrs|ms|miss|mx|dr|prof|sir|father|sister|rev|col|capt|familie)\.?$", re.I
)
_CLOSING = re.compile(
    r"(?:^|\n|[.!?,]\s+)(?:(?:best|kind|warm|many|with)?\s*(?:regards|wishes|greetings|thanks)"
    r"|regards|thanks|thank you|cheers|sincerely|yours(?: \w+)?|best|greetings|love)"
    r"(?:\s+(?:again|in advance|so much|for (?:\w+ ?){1,3}(?=[,\n])))?"
    r"(?:\s*[,.!]\s*|\s*\n\s*|(?<!thanks)(?<!thank you)(?<!cheers)\s+)(?:from\s+)?"
    r"(?P<name>[^\n.,!?&]{2,40}?)(?: from [^\n.!?]{2,40}|, [^\n.!?]{2,40}| & [^\n.!?]{2,40})?"
    r"\s*\.?(?: x+)?\s*\Z",
    re.IGNORECASE,
)
_LAST_WORDS = re.compile(
    r"(?P<mark>\n\s*[-–—]+|\n|[.!?](?=[ \t]))[ \t]*(?P<name>[^\n.!?]{2,40}?)\s*\.?\s*\Z"
)
_WITH_ROLE = re.compile(  # "Judith Amory, clerk"
    r"[.!?]\s+(?P<name>[^\W\d_]+(?: [^\W\d_]+){1,2}), (?=[a-z])[^\n.!?]{2,40}\.?\s*\Z"
)
_INTRODUCED = re.compile(
    r"(?i:\bmy name is (?:spelled )?|\b(?:hi|hello|hey),? (?:it's|this is) )"
    r"(?P<name>[^\W\d_]+(?: (?=[A-Z])[^\W\d_]+)?)(?=[\s,.!]|$)"
)
_NAME_WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['’-])*\.?$")
_NOT_NAMES = frozenset(
    {"thanks", "thank", "regards", "cheers", "please", "help", "sent", "team", "support", "hello"}
    | {"hi", "dear", "madam", "all", "you", "urgent", "asap", "attached", "customer", "the", "me"}
    | {"again", "soon", "yes", "no", "ok", "okay", "best", "kind", "greetings", "not", "very"}
)


def signed_name(text: str, signature: str = "", known: str = "") -> str:
    """The name a message is signed with, as we would say it; "" when that is not certain.

    A single last word counts only after a closing word or a dash, when it is part of the name the
    customer is known by, or a common given name: "Unacceptable." may stand there as well.
    """
    for line in signature.strip().lstrip("-–— \n").splitlines()[:1]:
        if name := spoken_name(line, signed=True):
            return name
    return _at_the_end(text.strip(), known) or _introduced(text)


def _at_the_end(text: str, known: str) -> str:
    if match := _CLOSING.search(text) or _WITH_ROLE.search(text):
        return spoken_name(match["name"], signed=True)
    match = _LAST_WORDS.search(text)
    words = match["name"].split() if match else []
    if not match or not words:
        return ""
    sure = match["mark"].rstrip().endswith(("-", "–", "—")) or len(words) > 1
    sure = sure or words[0] in known.split() or words[0] in _given_names()
    return spoken_name(match["name"], signed=True) if sure else ""


def _introduced(text: str) -> str:
    """ "Hi, it's Latoya": how a chat begins; only a capital tells it from "it's late"."""
    match = _INTRODUCED.search(text)
    return spoken_name(match["name"], signed=True) if match else ""


@cache
def _given_names() -> frozenset[str]:
    text = (paths.resources() / "playbook" / "given_names.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name for line in lines for name in line.split())


def spoken_name(full: str, *, signed: bool = False) -> str:
    """A name as we address its bearer: "Maria Lopez" is Maria, "Mr Aldous Finch" Mr Finch.

    "" for what is no name: an address, a handle with digits, a company's long line. In a signature
    each word must begin with a capital, for otherwise it may be the end of a sentence.
    """
    words = re.sub(r"\(.*?\)|[\"“”]", "", full).replace(",", " ").split()
    if not 1 <= len(words) <= 4 or any(not _NAME_WORD.match(word) for word in words):
        return ""
    if any(word.lower().strip(".") in _NOT_NAMES for word in words):
        return ""
    if signed and any(not word[0].isupper() for word in words):
        return ""
    return _address(words)


def _address(words: list[str]) -> str:
    first = words[0]
    if _TITLES.match(first):
        return f"{first} {words[-1]}" if len(words) > 1 else ""
    if len(first.rstrip(".")) == 1:  # an initial: too little to call somebody by
        return ""
    return first[:1].upper() + first[1:] if first.islower() else first
