"""What has been there before: asking for what they told, and saying what was said to them.

Repeat effort drives customers away more than anything else (Dixon, Freeman & Toman 2010; GUIDANCE
1 and 3, limit e), and a sentence they have had from us before reads as nobody at home (FEATURES
C6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cxdesk.nlp.review.echo import content
from cxdesk.nlp.review.hits import Facts, Hit
from cxdesk.nlp.review.page import Page, straight
from cxdesk.nlp.review.told import told_before
from cxdesk.nlp.review.tried import tried_before
from cxdesk.nlp.review.wording import whole_words

_RUN = 7  # words in the same order; by judgement, shorter ones are English
_CARRYING = 2  # of these words, with a meaning of their own
_REPLIES = 10  # the newest of ours; what was said long before nobody remembers
_KNOWS = whole_words(r"""
    (?<!have )(?<!did )you(?:'ve| have)? (?:already |also )?(?:tried|done|told|sent|gave|given)
    (?<!have )(?<!did )you(?:'ve| have)? (?:already |also )?(?:restarted|reset|checked)
    i (?:know|see|read) (?:that )?you
    thank(?:s| you) for (?:trying|sending|the (?:photos?|pictures?|screenshots?|number|details))
""")

_WORD = re.compile(r"[^\W_][\w'-]*")

Run = tuple[str, ...]


def asked_again(page: Page, _facts: Facts) -> Iterator[Hit]:
    """Where the draft asks for what the customer wrote, or for a step that they say they took."""
    told = [straight(each) for each in (*page.request.earlier_messages, page.request.customer_text)]
    if not any(told) or _KNOWS.search(page.straight):
        return
    for line in page.lines:
        if said := told_before(line, told):
            yield Hit("asked_again.told", line.start, line.end, said)
        elif said := tried_before(line, told):
            yield Hit("asked_again.tried", line.start, line.end, said)


def said_before(page: Page, _facts: Facts) -> Iterator[Hit]:
    """Where the draft has words in a row that this customer has had from us before.

    The last sentence may say goodbye as always, and facts must be repeated as they are.
    """
    had = _said(page.request.earlier_replies[-_REPLIES:])
    if not had:
        return
    for line in page.lines[:-1] or page.lines:
        same = [(start, end) for run, start, end in _runs(line.text) if run in had]
        if same and len(content(line.text[same[0][0] : same[-1][1]])) >= _CARRYING:
            yield Hit("said_before.words", line.start + same[0][0], line.start + same[-1][1])


@lru_cache(8)  # while a draft is written the replies before it stay as they are
def _said(replies: tuple[str, ...]) -> frozenset[Run]:
    return frozenset(run for reply in replies for run, _, _ in _runs(straight(reply)))


def _runs(text: str) -> Iterator[tuple[Run, int, int]]:
    """Every few words in a row without a number, and where they stand."""
    words = list(_WORD.finditer(text))
    for place in range(len(words) - _RUN + 1):
        some = words[place : place + _RUN]
        start, end = some[0].start(), some[-1].end()
        if not any(map(str.isdigit, text[start:end])):
            yield tuple(each[0].lower() for each in some), start, end
