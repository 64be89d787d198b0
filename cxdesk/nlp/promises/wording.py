"""A promised deed in a few words, in the base form: "release the payment"."""

from __future__ import annotations

import re

from cxdesk.nlp.promises.frames import Form
from cxdesk.nlp.promises.patterns import compiled
from cxdesk.nlp.promises.words import words

_MOST_WORDS = 8

_LEFT_OUT = compiled(
    r"\b(?:(?:from|to|for|with|by) (?:you|me|us)|you|u|me|us|personally|straight away"
    r"|right away|at once|now|again|please|just|shortly|soon|asap|as soon as possible|immediately"
    r"|also|myself|either way|as well|first|then|today|once more|directly|in person)\b"
)
_DETERMINER = compiled(r"^(?:the|a|an|your|our|my|this|that|some) (?=\w)")
_DANGLING = compiled(
    r"(?:\s*[,;:–—-]| (?:the|a|an|to|for|with|at|on|by|in|of|from|and|or|no later than|before|until"
    r"|back to|about|within|over|during|between|as))+\s*$"
)
_GETTING = compiled(r"^(?:have|get|receive|see|find|notice) ")


def deed_in_words(said: str, form: Form, subject: str, *, is_first: bool) -> str:
    """The words of a deed, without its time, as an agent would note them.

    `said` begins with the verb; `is_first` is the verb that the subject stands before.
    """
    named = "" if subject.lower() in words().pronouns else _DETERMINER.sub("", subject)
    if form is Form.ARRIVES or (form is Form.NOUN and named):
        return _few(named) or _few(said)
    if form is Form.PASSIVE:
        return _few(_active(said, named if is_first else ""))
    if form is Form.NOUN:
        got = _few(_GETTING.sub("", said))
        return _few(said) if got.lower() in words().pronouns or not got else got
    return _few(_base(said, form))


def _active(said: str, object_: str) -> str:
    """ "Corrected by noon" with its subject as the object: "correct the record"."""
    verb, _, rest = said.removeprefix("be ").partition(" ")
    base = words().participles.get(verb.lower(), verb)
    return f"{base} the {object_} {rest}" if object_ else f"{base} {rest}"


def _base(said: str, form: Form) -> str:
    verb, gap, rest = said.partition(" ")
    table = {Form.GERUND: words().gerunds, Form.THIRD: words().thirds}.get(form, {})
    return table.get(verb.lower(), verb) + gap + rest


def _few(said: str) -> str:
    said = re.sub(r"\byour\b", "the", said, flags=re.IGNORECASE)
    plain = " ".join(_LEFT_OUT.sub(" ", said).split())
    kept = " ".join(re.sub(r"\s+([,;])", r"\1", plain).split(" ")[:_MOST_WORDS])
    return _DETERMINER.sub("", _DANGLING.sub("", kept)) or " ".join(said.split())
