"""When an apology hurts: none at all behind its words, one too many, or for a fault not ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxdesk.model import Fault, ReviewRequest
from cxdesk.nlp.review.hits import Facts, Hit
from cxdesk.nlp.review.page import Line, Page
from cxdesk.nlp.review.sorry import Kind, Sorry, takes_blame
from cxdesk.nlp.review.wording import whole_words

_NEW_FAILURE = re.compile(
    r"\b(?:new|second|another|this time|also|as well|on top|this one|today's)\b", re.IGNORECASE
)
_ADMITS = whole_words(r"""
    (?:we|i) (?:admit|accept (?:full |all )?(?:responsibility|liability))
    we(?:'re| are) (?:at fault|liable|to blame)
    (?:our|my) (?:own )?(?:mistake|error|fault|negligence)
    we should(?:n't| not)? have
    our (?:\w+ ){1,4}(?:caused|made|hurt|injured|was speeding|broke|damaged)
    we (?:let|caused|hurt|made a mistake|lost)
    on behalf of the company
""")
_NOT_OURS = (Fault.CUSTOMER, Fault.NOBODY, Fault.THIRD_PARTY)


def non_apology(page: Page, facts: Facts) -> Iterator[Hit]:
    """Sorry if, sorry you feel, sorry but, sorry for any inconvenience."""
    for each in _own(page, facts):
        if each.kind is Kind.NON_APOLOGY:
            yield Hit(f"non_apology.{each.form}", each.start, each.end)


def repeated_apology(page: Page, facts: Facts) -> Iterator[Hit]:
    """A second apology in the draft, or one more for a failure that has had its apology."""
    mine = [each for each in _own(page, facts) if each.kind in (Kind.APOLOGY, Kind.BARE)]
    for each in mine[1:]:
        yield Hit("repeated_apology.in-message", each.start, each.end)
    if mine and page.request.prior_apologies and not _names_new_failure(page, mine[0]):
        yield Hit("repeated_apology.in-conversation", mine[0].start, mine[0].end)


def false_confession(page: Page, facts: Facts) -> Iterator[Hit]:
    """Taking the fault where it is not known to be the company's, or a lawyer is involved."""
    request = page.request
    if not request.customer_text or (request.fault is Fault.COMPANY and not request.legal_threat):
        return
    for each in facts.sorries:
        line = page.lines[each.line]
        if each.kind is Kind.APOLOGY and (_admits(page, line) or _names_us(request, line)):
            yield Hit("false_confession.apology", line.start, line.end)
            return


def _own(page: Page, facts: Facts) -> list[Sorry]:
    """Without those between quotes: "sorry if" may be what the customer wrote."""
    return [each for each in facts.sorries if not page.is_quoted(each.start, each.start)]


def _names_new_failure(page: Page, sorry: Sorry) -> bool:
    beside = page.lines[max(0, sorry.line - 2) : sorry.line + 2]
    return any(_NEW_FAILURE.search(each.text) for each in beside)


def _admits(page: Page, line: Line) -> bool:
    beside = page.lines[max(0, line.number - 1) : line.number + 1]
    return any(_ADMITS.search(each.text) for each in beside)


def _names_us(request: ReviewRequest, line: Line) -> bool:
    """The agent has said whose fault it is, and it isn't ours, yet the sentence names us."""
    return request.fault in _NOT_OURS and takes_blame(line)
