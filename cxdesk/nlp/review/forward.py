"""Whether a draft moves the matter on: an action, a time, a question, or something handed over."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from cxdesk.model import GoodWord
from cxdesk.nlp.review.page import Line, Page

_MOVING = "action time_given one_question options alternative ownership_i handover_warm"
_MOVES = frozenset(_MOVING.split())
_DOES = frozenset(("action", "ownership_i", "handover_warm"))
_HANDS_OVER = re.compile(
    r"""\bplease\b | \bkindly\b | \battached\b | \bas\ soon\ as\b | \bwe\ pay\b | \bhave\ had\b
      | \bto\ you\ today\b
    | \byou(?:'ll|\ can|\ could|\ may|\ get|'re\ (?:now\ )?(?:booked|in|on|back|covered))\b
    | \byou\ (?:need|have|must)\b(?!\ (?:be|have|to\ understand))
    | \bif\ you\ (?:send|pay|leave|tell|let|write|give|like|want|agree|name)
    | \bhere(?:'s|\ is|\ are|\ it|\ they|\ comes) | \b(?:works?|runs?)\ (?:again|now)\b
    | \bin\ your\ (?:e?-?mails?|inbox|texts?|account|basket|post)\b | \bcomes?\ (?:to|by|with|on
    |back)\b
    | \b(?:on\ (?:its|their|the|his|her)\ way|in\ the\ post|on\ (?:the|its)\ (?:belt|van|ramp))\b
    | \bthe\ (?:right|new|correct|other|next)\ one\b
    | (?:\b(?:is|are|been|was)|'s|'re)(?:\ (?:now|all|both|already|also|again|safely))*
      \ (?:back|ready|found|fixed|paid|sorted|moved|free|cancelled|refunded|booked|yours|done
      |released|sent
        |open|here|through|approved|replaced|repaired|stopped|corrected|safe|credited|ours)\b""",
    re.IGNORECASE | re.VERBOSE,
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
