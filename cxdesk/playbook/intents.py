"""What a customer's message is about, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Collection

from cxdesk.playbook.intent_model import shipped_model, tokens_of
from cxdesk.playbook.phrases import sentences, shipped, straight

MOST = 2
"""A message is about one thing, at times two; a third guess is noise."""

OTHER = "other"
"""About nothing that the playbook knows: nothing is shown."""

_FIRST, _SECOND, _SAID = 0.45, 0.35, 0.15
"""Least share of what is shown: first, as a second, and as a second that a phrase names. By the
balance on messages that were not learned from: a quarter fewer shown wrong for two points of right.
"""
_ALONE, _FEW = 0.8, 3  # least share of a sentence that speaks for all, and words it has more than
_NEVER_ALONE = {OTHER, "praise"}  # "Great job" before a complaint is none
_PHRASE = 4.5  # how much likelier a phrase makes its intent; fitted likewise

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

    The trained judge and the phrases of intents.yaml decide together; words are the phrase's where
    one was found, else those that weighed most. Empty when nothing is sure enough, or when it is
    about something else.
    """
    return _of_whole(text) or _of_one_sentence(text)


def _of_whole(text: str) -> tuple[tuple[str, str], ...]:
    said = _phrases(text)
    shares = _shares(text, said)
    first, *others = sorted(shares, key=lambda code: -shares[code])[: MOST + 1]
    if first == OTHER or shares[first] < _FIRST:
        return ()
    also = [c for c in others if c != OTHER and shares[c] >= (_SAID if c in said else _SECOND)]
    shown = (first, *also[: MOST - 1])
    return tuple((code, said.get(code) or _words(code, text)) for code in shown)


def _of_one_sentence(text: str) -> tuple[tuple[str, str], ...]:
    """In a long message one sentence may tell the matter, and much anger around it hide it."""
    surest, found = _ALONE, ""
    parts = [written for _, written in sentences(text)]
    for part in parts if len(parts) > 1 else ():
        shares = _shares(part, _phrases(part))
        code = max(shares, key=lambda each: shares[each])
        if shares[code] >= surest and code not in _NEVER_ALONE and len(part.split()) > _FEW:
            surest, found = shares[code], part
    return _of_whole(found) if found else ()


def _phrases(text: str) -> dict[str, str]:
    """The first words of each intent's phrases."""
    parts = sentences(text)
    found = ((rule.code, rule.find(parts)) for rule in shipped("intents").values())
    return {code: words[0] for code, words in found if words}


def _shares(text: str, said: Collection[str]) -> dict[str, float]:
    """The judge's shares with the phrases counted in; they make 1 together again."""
    shares = shipped_model().probabilities(tokens_of(text))
    raised = {code: share * (_PHRASE if code in said else 1) for code, share in shares.items()}
    whole = sum(raised.values())
    return {code: share / whole for code, share in raised.items()}


def _words(code: str, text: str) -> str:
    start, end = shipped_model().words_for(code, tokens_of(text), text)
    return text[start:end]


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
