"""How to address a customer: by the name they sign with, or the one they are known by."""

from __future__ import annotations

import re

_TITLES = re.compile(r"^(mr|mrs|ms|miss|mx|dr|prof|sir|father|sister|rev|col|capt)\.?$", re.I)
_CLOSING = re.compile(
    r"(?:^|\n|[.!?,]\s+)(?:(?:best|kind|warm|many|with)?\s*(?:regards|wishes|greetings|thanks)"
    r"|regards|thanks|thank you|cheers|sincerely|yours(?: \w+)?|best|greetings|love)"
    r"(?:\s+(?:again|in advance|so much))?\s*[,.!]?\s+(?:from\s+)?"
    r"(?P<name>[^\n.,!?]{2,40})\s*\.?\s*\Z",
    re.IGNORECASE,
)
_LAST_WORDS = re.compile(
    r"(?P<mark>\n\s*[-–—]+|\n|[.!?](?=[ \t]))[ \t]*(?P<name>[^\n.!?]{2,40}?)\s*\.?\s*\Z"
)
_NAME_WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['’-])*\.?$")
_NOT_NAMES = frozenset(
    {"thanks", "thank", "regards", "cheers", "please", "help", "sent", "team", "support", "hello"}
    | {"hi", "dear", "madam", "all", "you", "urgent", "asap", "attached", "customer", "the", "me"}
    | {"again", "soon", "yes", "no", "ok", "okay", "best", "kind", "greetings", "not", "very"}
)


def signed_name(text: str, signature: str = "", known: str = "") -> str:
    """The name a message is signed with, as we would say it; "" when that is not certain.

    A single last word counts only after a closing word or a dash, or when it is part of the name
    the customer is known by: "Unacceptable." may stand there as well.
    """
    for line in signature.strip().lstrip("-–— \n").splitlines()[:1]:
        if name := spoken_name(line, signed=True):
            return name
    if match := _CLOSING.search(text.strip()):
        return spoken_name(match["name"], signed=True)
    match = _LAST_WORDS.search(text.strip())
    if not match:
        return ""
    words = match["name"].split()
    sure = match["mark"].rstrip().endswith(("-", "–", "—")) or len(words) > 1
    return spoken_name(match["name"], signed=True) if sure or words[0] in known.split() else ""


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
