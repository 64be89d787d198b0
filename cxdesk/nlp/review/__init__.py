"""The linter for empathy: how an agent's draft may read, and better words for it.

page       the draft read once: sentences, quotations, what is known around it
rulebook   the rules of `resources/review/` with their examples
checks     what needs the whole draft or the conversation: a second apology, a missing time
sorry      the grammar of sorry;  echo  the customer's words taken up;  times, amounts
reader     the network that reads a draft beside the conversation;  pointer  what it may say
good       good wording;  coverage, score  what it adds up to
fixes      rewrites of this very sentence;  verbs  the forms they need
blocks     what holds Send
reviewer   all of it together

`Reviewer` is loaded on first use, for it brings spaCy: the desk reads score, coverage and asked
without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cxdesk.nlp.review.reviewer import Reviewer

__all__ = ["Reviewer"]


def __getattr__(name: str) -> Any:
    if name == "Reviewer":
        from cxdesk.nlp.review import reviewer

        return reviewer.Reviewer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
