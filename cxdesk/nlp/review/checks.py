"""What no pattern can judge: findings that need the whole draft or the conversation around it.

Each check yields places in the draft under the id of its rule (`resources/review/checks/`). A check
whose context is missing stays silent: a draft alone is never told that it ignored a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cxdesk.model import Fault, Level, Phase, ReviewRequest
from cxdesk.nlp.review.abbreviations import unexplained
from cxdesk.nlp.review.again import asked_again, said_before
from cxdesk.nlp.review.amounts import amounts, gives_away, grand_gift
from cxdesk.nlp.review.apologies import false_confession, non_apology, repeated_apology
from cxdesk.nlp.review.asked import questions
from cxdesk.nlp.review.forward import moves_on
from cxdesk.nlp.review.hits import Facts, Hit
from cxdesk.nlp.review.page import Line, Page
from cxdesk.nlp.review.when import is_open

CHAT_WORDS = 60  # GUIDANCE 2.5, too_long
EMAIL_WORDS = 180
SENTENCE_WORDS = 30
_SMALL_LIMIT = 50  # with a limit below this, a waiver without an amount is above it
_WAIVES = re.compile(
    r"""\b(?: cancel\ the\ whole\ \w+\ free\ of\ charge | (?:at|for)\ no\ cost | on\ the\ house
      | waive\ the\ (?:whole|entire) | write\ off\ (?:the|all) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FORMULAS = frozenset(("canned", "passive_evasion", "deflection", "policy_hiding"))
_ANSWERS = (
    "action",
    "explanation",
    "reason_given",
    "alternative",
    "say_back",
    "ack_specific",
)

Check = Callable[[Page, Facts], Iterator[Hit]]


def run_checks(page: Page, facts: Facts) -> Iterator[Hit]:
    """The findings of every check."""
    for check in _CHECKS:
        yield from check(page, facts)


def run_sentence_checks(page: Page, facts: Facts) -> Iterator[Hit]:
    """The findings that a sentence shows by itself: what a fix of it may change."""
    yield from non_apology(page, facts)
    yield from _jargon(page, facts)


def over_limit(request: ReviewRequest, line: Line) -> list[tuple[int, int]]:
    """Offsets of the amounts that a sentence gives away above the agent's authority."""
    if request.limit is None or not gives_away(line.text):
        return []
    return [
        (line.start + each.start, line.start + each.end)
        for each in amounts(line.text)
        if each.value > request.limit
    ]


# ------------------------------------------------------------------ what is missing


def _missing_next_step(page: Page, facts: Facts) -> Iterator[Hit]:
    """An open problem, and a draft with no action, no time, no question and no choice."""
    request = page.request
    if not (request.customer_text and is_open(request) and page.lines):
        return
    if moves_on(page, facts.good, facts.spoiled) or not _leaves_hanging(request, facts):
        return
    last = page.lines[-1]
    yield Hit("missing_next_step.open", last.start, last.end)


def _leaves_hanging(request: ReviewRequest, facts: Facts) -> bool:
    """Whether silence about the next step counts: to someone annoyed, or in a reply of formulas.

    A draft that takes up their words and has nothing else against it is most often an answer, and
    an order is a next step, said badly: it has its own finding.
    """
    if "command" in facts.against:
        return False
    if request.level < Level.FRUSTRATED:
        return request.fault is Fault.COMPANY and bool(facts.against & _FORMULAS)
    return bool(facts.against) or not facts.shows(*_ANSWERS)


def _ignored_question(page: Page, facts: Facts) -> Iterator[Hit]:
    """A question of the customer of which the draft has no word and no kind of answer.

    A draft that does something is left alone: whether the deed answers, no list of words can say.
    """
    if not page.lines or page.request.phase is Phase.CLOSING:
        return
    asked = questions(page.customer)
    if not asked or facts.shows(*_ANSWERS) or moves_on(page, facts.good, facts.spoiled):
        return
    if not any(each.is_answered_by(page.straight) for each in asked):
        first = page.lines[page.first]
        yield Hit("ignored_question.no-word", first.start, first.end, asked[0].text)


# ------------------------------------------------------------------ length, words, money


def _too_long(page: Page, _facts: Facts) -> Iterator[Hit]:
    chat = page.request.channel == "chat"
    angry = chat and page.request.level >= Level.ANGRY
    most = CHAT_WORDS if angry else EMAIL_WORDS
    words = 0
    for line in page.lines:
        length = _words(line.text)
        words += length
        if words > most >= words - length:
            yield Hit("too_long.chat" if chat else "too_long.email", line.start, line.end)
        elif length > SENTENCE_WORDS and not _is_list(line.text):
            yield Hit("too_long.sentence", line.start, line.end)


def _words(text: str) -> int:
    return sum(1 for each in text.split() if any(map(str.isalnum, each)))


def _is_list(text: str) -> bool:
    """A colon or semicolons cut a long sentence for the eye."""
    return ":" in text or ";" in text


def _jargon(page: Page, _facts: Facts) -> Iterator[Hit]:
    for start, end in unexplained(page.straight, page.customer):
        yield Hit("jargon.abbreviation", start, end)


def _over_authority(page: Page, _facts: Facts) -> Iterator[Hit]:
    for line in page.lines:
        for start, end in over_limit(page.request, line)[:1]:
            yield Hit("over_authority.amount", start, end)


def _waiver(page: Page, _facts: Facts) -> Iterator[Hit]:
    """A waiver without an amount, where the agent may hardly grant anything."""
    limit = page.request.limit
    if limit is None or limit >= _SMALL_LIMIT:
        return
    for line in page.lines:
        match = _WAIVES.search(line.text)
        if match and not amounts(line.text):
            yield Hit("over_authority.waiver", line.start + match.start(), line.start + match.end())


def _grand_gift(page: Page, facts: Facts) -> Iterator[Hit]:
    """Something large given away uncounted: nobody can say whether it is within the limit."""
    if page.request.limit is None or next(_waiver(page, facts), None):
        return
    for line in page.lines:
        if place := grand_gift(line.text):
            yield Hit("over_authority.uncounted", line.start + place[0], line.start + place[1])


_CHECKS: tuple[Check, ...] = (
    non_apology,
    repeated_apology,
    false_confession,
    _missing_next_step,
    _ignored_question,
    _too_long,
    _jargon,
    _over_authority,
    _waiver,
    _grand_gift,
    asked_again,
    said_before,
)
