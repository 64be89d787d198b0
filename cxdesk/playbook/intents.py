"""What a customer's message is about, with the words that say so."""

from __future__ import annotations

import re

from cxdesk.playbook.phrases import sentences, shipped, straight

MOST = 2
"""A message is about one thing, at times two; a third guess is noise."""

_RHETORICAL = re.compile(
    r"\b(how hard (can|is) it|are you (serious|kidding|joking)|is this a joke|u serious|seriously\?"
    r"|really\?|what am i (even )?paying|what's the point|what is the point|does any(one|body)"
    r"|do you (even|people|guys|ever)|did you even|who do you think"
    r"|why (am|do) i (still|always|even)"
    r"|what (the|is wrong)|isn't it\?|right\?|you know\?|a joke\?|wtf|what was the point"
    r"|why do i do your)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(and |but |so |ok |okay |also |hi |hello |hey |please )*"
    r"(when|where|how|what|which|who|can(?!')|could|will|would|do|does|did|is|are|may"
    r"|any (news|update|idea))\b",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\b(tell me|let me know|do you know|would like to know|i'd like to know|wondering"
    r"|please advise)"
    r" (if|when|where|how|what|which|who|whether)\b",
    re.IGNORECASE,
)
_QUOTES = "\"'“”‘’«» "  # where a quoted sentence ended before
_SENTENCE = re.compile(r"[^.!?\n\U0001F300-\U0001FAFF]+[.!?]*")  # an emoji ends one too


def find_intents(text: str) -> tuple[tuple[str, str], ...]:
    """At most two intents, the surest first, each with the customer's words that show it.

    An intent named in more sentences is surer; between equals the order of intents.yaml decides.
    Weak words count only where nothing stronger was found; empty when there are none either.
    """
    parts = sentences(text)
    rules = shipped("intents").values()
    found = [(rule.code, words) for rule in rules if (words := rule.find(parts))]
    if not found:
        found = [(rule.code, words) for rule in rules if (words := rule.find_weak(parts))]
    found.sort(key=lambda one: -len(one[1]))
    return tuple((code, words[0]) for code, words in found[:MOST])


def asks(text: str) -> tuple[str, ...]:
    """The real questions of a message, as written: rhetorical ones are complaints, not questions.

    A sentence that opens like a question counts without its mark: in chats it is often missing.
    """
    found = []
    for match in _SENTENCE.finditer(straight(text)):
        sentence = match.group().strip()
        if _is_question(sentence) and not _RHETORICAL.search(sentence):
            found.append(text[match.start() : match.end()].strip().lstrip(_QUOTES))
    return tuple(dict.fromkeys(found))


def _is_question(sentence: str) -> bool:
    if len(sentence.split()) < 2:
        return False
    if sentence.endswith("?") or _INDIRECT.search(sentence):
        return True
    return bool(_OPENING.match(sentence)) and not sentence.endswith((".", "!"))
