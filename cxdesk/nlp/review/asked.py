"""The customer's questions, and whether a draft has a word, or the kind of answer, for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cxdesk.nlp.review.echo import content
from cxdesk.nlp.review.wording import compiled, whole_words

_QUESTION = re.compile(r"[^.!?\n]*[!?]*\?[!?]*")
# Complaints in the form of a question want no answer (GUIDANCE 2.5: "must not fire").
_RHETORICAL = re.compile(
    r"\?\?|\?!|!\?|"
    + whole_words(r"""
        are you (?:people |guys )?(?:serious|kidding|joking|mad|for real)
        how hard
        seriously
        what (?:on earth|the hell|the heck|am i paying)
        do i (?:need|have) to
        you call this
        what(?:'s| is) wrong with
        does anyone (?:even )?(?:work|care)
        is this a joke
        how many times
        who does that
        really
        what kind of
    """).pattern,
    re.IGNORECASE,
)
_ANSWERING = """
    yes no yep nope sure certainly unfortunately can can't cannot could will won't isn't aren't
    doesn't don't do does correct right possible allowed included afraid
"""
_YES_OR_NO = re.compile(rf"\b(?:of course|{'|'.join(_ANSWERING.split())})\b", re.IGNORECASE)
# What a question asks with, and what an answer to it holds.
_KINDS = (
    (
        compiled(r"\b(?:when|how\ long|what\ time|how\ soon)\b"),
        compiled(
            r"""\d | \b(?: \w+day | tomorrow | today | tonight | soon | noon | morning | evening
              | week
              | month )\b"""
        ),
    ),
    (
        compiled(r"\b(?:how\ much|how\ many|what\ (?:does|do|is\ the)\ \w*\ ?(?:cost|price))\b"),
        compiled(r"\d|\bfree\b|\bno\ (?:cost|charge)\b"),
    ),
    (compiled(r"\bwhere\b"), compiled(r"\b(?:at|in|on|under|to|from|near|behind|here|there)\b")),
    (
        compiled(r"\bwhy\b|\bhow\ come\b"),
        compiled(r"\b(?:because|since|as|so|reason|due|caused?|after|which\ is|that's|was|were)\b"),
    ),
    (compiled(r"\b(?:which|what|who|how)\b"), compiled(r"\d")),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One real question of the customer."""

    text: str

    def is_answered_by(self, draft: str) -> bool:
        """Whether a draft takes up a word of the question, or has the kind of answer it wants."""
        words = content(self.text)
        if not words or words & content(draft):
            return True
        wanted = [answer for ask, answer in _KINDS if ask.search(self.text)] or [_YES_OR_NO]
        return any(answer.search(draft) for answer in wanted)


def questions(text: str) -> tuple[Question, ...]:
    """The questions of a message, without those that are complaints in question form."""
    found = (match[0].strip() for match in _QUESTION.finditer(text))
    return tuple(Question(each) for each in found if len(each) > 6 and not _RHETORICAL.search(each))
