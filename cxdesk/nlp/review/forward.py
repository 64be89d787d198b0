"""Whether a draft moves the matter on: an action, a time, a question, or something handed over."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from cxdesk.model import GoodWord
from cxdesk.nlp.review.page import Line, Page
from cxdesk.nlp.review.wording import any_of

_MOVING = "action time_given one_question options alternative ownership_i handover_warm"
_MOVES = frozenset(_MOVING.split())
_DOES = frozenset(("action", "ownership_i", "handover_warm"))
# A request or an offer, so that they can act themselves.
_THEIR_TURN = r"""
    please
    kindly
    you(?:'ll| can| could| may| get|'re (?:now )?(?:booked|in|on|back|covered))
    you (?:need|have|must)\b(?! (?:be|have|to understand))
    if you (?:send|pay|leave|tell|let|write|give|like|want|agree|name)
"""
# A thing that is with them, or on its way.
_HANDED_OVER = r"""
    attached
    as soon as
    we pay
    have had
    to you today
    here(?:'s| is| are| it| they| comes)
    in your (?:e?-?mails?|inbox|texts?|account|basket|post)
    comes? (?:to|by|with|on|back)
    on (?:its|their|the|his|her) way
    in the post
    ready (?:for you|to (?:go|send|collect))
    on (?:the|its) (?:belt|van|ramp|press|lorry|truck|trailer|bench)
    (?:is|are|'s|'re|them) in the (?:car|van|boot|oven)
    within the hour
    be(?:ing|en) [a-z]+(?:ed|t|n) (?:right now|now|as (?:we|you|I))
    goes? out (?:by|in|with)
    new ones? (?:is|are)
    have new ones
    is possible from
    nothing to pay
    costs? nothing
    owes? us nothing
    number is
    (?:minutes?|min|stops?) (?:from|before) you(?:rs)?
    the (?:right|new|correct|other|next) one
    (?:works?|runs?) (?:again|now)
"""
# "It's now back", "they were all refunded": what is settled, whoever did it.
_SETTLED = """
    back ready found fixed paid sorted moved free cancelled refunded booked yours done released sent
    open here through approved replaced repaired stopped corrected safe credited ours
"""
# Somebody or something is under way: "the shelf leaves on Tuesday", "she's passing the mill now".
_LEAVES = "leaves?|arrives?|ships?|collects?|brings?|meets?|delivers?|starts?|(?:re)?opens?"
_DOING = "passing|ringing|calling|waiting|coming|checking|collecting|looking"
_WHITHER = r"(?:on|at|by|again|now|you|him|her|them|\w+day)"
_UNDER_WAY = rf"""
    (?:{_LEAVES}) (?:\w+ ){{0,3}}{_WHITHER}
    (?:(?:is|are|am)|(?<=\w)'(?:s|re|m)) (?:now )?(?:{_DOING})
    waits? (?:for|in|at|until|with)
"""
_HANDS_OVER = re.compile(
    rf"\b(?:{any_of(_THEIR_TURN)}|{any_of(_HANDED_OVER)}|{any_of(_UNDER_WAY)})\b"
    r"|(?:\b(?:is|are|been|was)|'s|'re)(?: (?:now|all|both|already|also|again|safely))*"
    rf" (?:{'|'.join(_SETTLED.split())})\b",
    re.IGNORECASE,
)


def moves_on(page: Page, good: Sequence[GoodWord], spoiled: Collection[int]) -> bool:
    """Whether any sentence takes the customer a step further.

    In the sentences of `spoiled` (line numbers) only what we do ourselves counts, not a question.
    """
    return any(
        _shows(each, good, _DOES) if each.number in spoiled else _moves(each, good)
        for each in page.lines
    )


def moves_on_elsewhere(page: Page, good: Sequence[GoodWord], number: int) -> bool:
    """Whether a sentence other than this one takes the customer a step further."""
    return any(_moves(each, good) for each in page.lines if each.number != number)


def _moves(line: Line, good: Sequence[GoodWord]) -> bool:
    return _shows(line, good, _MOVES) or line.asks or _HANDS_OVER.search(line.text) is not None


def _shows(line: Line, good: Sequence[GoodWord], codes: Collection[str]) -> bool:
    return any(each.code in codes and line.start <= each.start < line.end for each in good)
