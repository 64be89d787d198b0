"""What customers say was promised to them, what they want, and what they need it for."""

from __future__ import annotations

import re

from cxdesk.playbook.things import to_them

_END = r"(?=[.,;!?\n]| and | but | yet |$)"
_PROMISE = re.compile(
    r"\b(?:(?:you|your \w+|he|she|they|we|was|were|been) (?:had )?(?:all )?promised(?: me| us)?"
    r"|(?:your|the) (?:site|page|website|letter|mail|confirmation) (?:promised|says|said))"
    rf" (?P<promise>[^.,;!?\n]{{4,60}}?){_END}",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\bi(?:'d| would| just| really| only| still)* (?:want|like|demand|expect|need)"
    r" (?P<wish>(?:an?|my|our|the) [^.,;!?\n]{3,50}?)(?=[.,;!?\n]| and | but | because | so |$)",
    re.IGNORECASE,
)
_NOT_A_NOUN = re.compile(
    r"^(?:to|that|it|i|you|we|they|he|she|me|us|so|not|there|this is|in|open|on|at|by|up)\b", re.I
)
_LONGEST = 8  # words of a noun phrase that still reads well in a sentence of ours


def promise(text: str) -> tuple[str, str]:
    """What was promised, as a noun ("delivery by Friday"), and their words; else ("", "")."""
    return _noun(_PROMISE.search(text))


def request(text: str) -> tuple[str, str]:
    """What they want, as a noun ("a refund of the whole year"), and their words; else ("", "")."""
    return _noun(_WISH.search(text))


def _noun(match: re.Match[str] | None) -> tuple[str, str]:
    words = match.group(match.lastindex or 0) if match else ""
    if not words or _NOT_A_NOUN.match(words) or len(words.split()) > _LONGEST:
        return "", ""
    return to_them(words), words
