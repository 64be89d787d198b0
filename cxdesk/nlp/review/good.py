"""Good wording in a draft, with its words (GUIDANCE 2.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cxdesk.model import GoodWord
from cxdesk.nlp.review.amounts import amounts
from cxdesk.nlp.review.echo import content, content_spans
from cxdesk.nlp.review.page import Line, Page
from cxdesk.nlp.review.rulebook import Guide
from cxdesk.nlp.review.sorry import Kind, Sorry
from cxdesk.nlp.review.times import times_ahead
from cxdesk.nlp.rules import RuleMatch

SHORT_WORDS = 60
# A promise to look is no sign of having read: "I'll look into the double charge".
_ONLY_LOOKS = re.compile(
    r"^(?:\w+ )?(?:i|we)(?:'ll| will|'m going to| am looking| are looking) (?:look|check"
    r"|investigate|see|find out|get back|review)",
    re.IGNORECASE,
)
_WELCOMES = {Kind.APOLOGY: "apology_full", Kind.SYMPATHY: "sympathy"}


def good_words(
    page: Page,
    matches: Sequence[tuple[RuleMatch, Guide]],
    sorries: Sequence[Sorry],
) -> list[GoodWord]:
    """Every good wording of a draft in order of place; `matches` are those of the good rules."""
    found = [
        *_by_rule(page, matches),
        *_echoes(page),
        *_times(page),
        *_apologies(page, sorries),
        *_questions(page),
        *_short(page),
    ]
    kept = _fitting(page, found)
    return sorted(kept, key=lambda each: (each.start, each.end, each.code))


def _word(page: Page, code: str, start: int, end: int) -> GoodWord:
    return GoodWord(code, start, end, page.text[start:end])


def _by_rule(page: Page, matches: Sequence[tuple[RuleMatch, Guide]]) -> Iterator[GoodWord]:
    for match, guide in matches:
        start, end = match.span(page.reading.doc)
        if not page.is_quoted(start, end):
            yield _word(page, guide.code, start, end)


def _echoes(page: Page) -> Iterator[GoodWord]:
    """The customer's nouns, numbers, dates and names in statements of ours."""
    theirs = content(page.customer)
    if not theirs:
        return
    for line in page.lines:
        if line.asks or line.greets or _ONLY_LOOKS.match(line.text):
            continue
        for word, start, end in content_spans(line.text):
            if word in theirs:
                yield _word(page, "ack_specific", line.start + start, line.start + end)


def _times(page: Page) -> Iterator[GoodWord]:
    for line in page.lines:
        for start, end in times_ahead(line.text):
            yield _word(page, "time_given", line.start + start, line.start + end)


def _apologies(page: Page, sorries: Sequence[Sorry]) -> Iterator[GoodWord]:
    for each in sorries:
        if each.kind in _WELCOMES:
            yield _word(page, _WELCOMES[each.kind], each.start, each.end)


def _questions(page: Page) -> Iterator[GoodWord]:
    asking = [each for each in page.lines if each.asks and len(each.text.split()) > 1]
    if len(asking) == 1:
        yield _word(page, "one_question", asking[0].start, asking[0].end)


def _short(page: Page) -> Iterator[GoodWord]:
    if page.lines and len(page.text.split()) <= SHORT_WORDS:
        yield _word(page, "short", page.lines[0].start, page.lines[-1].end)


def _fitting(page: Page, found: list[GoodWord]) -> Iterator[GoodWord]:
    """Without what its surroundings take back: a gift unrepaired or too big, a joined question."""
    codes = {each.code for each in found}
    for each in found:
        line = page.line_at(each.start)
        if each.code == "goodwill_ok" and not _is_fitting_gift(page, line, codes):
            continue
        if each.code in ("action", "ownership_i") and line.asks:
            continue
        yield each


def _is_fitting_gift(page: Page, line: Line, codes: set[str]) -> bool:
    """A gift fits within the limit, and beside a repair or an explanation of the case."""
    limit = page.request.limit
    if limit is not None and any(each.value > limit for each in amounts(line.text)):
        return False
    return bool(codes & {"action", "apology_full", "ack_specific", "explanation"})
