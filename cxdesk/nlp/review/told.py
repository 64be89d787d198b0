"""What the customer has told already: a thing asked for that stands in what they wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cxdesk.nlp.review.echo import content
from cxdesk.nlp.review.history import is_open, quoted, sentences
from cxdesk.nlp.review.page import Line
from cxdesk.nlp.review.wording import compiled, whole_words


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that agents ask for: how it is named, and how it looks where it was told."""

    name: re.Pattern[str]
    told: re.Pattern[str]


_REFERENCE = r"(?:[A-Z]{1,5}[-/ ]?\d{3,}[\w/-]*|\d{5,}[\w/-]*)"
# "PX-48213" by itself, whatever stands before it but the name of something else
_CODE = (
    r"(?<!invoice )(?<!case )(?<!ticket )(?<!policy )(?<!model )(?<!account )"
    r"\b(?-i:[A-Z]{2,4}-?\d{5,})\b"
)
_NUMBERED = """
    booking reservation tracking parcel case ticket invoice account customer policy membership
"""


def _numbered(noun: str, otherwise: str = "") -> _Thing:
    """A number that goes by a noun, told as "order 4411-20", "my policy number is 220194"; or
    otherwise."""
    kind = r"(?:\s(?:number|no\.?|reference|ref\.?|id|code))"
    said = rf"\b{noun}\b(?:{kind})?(?:\s(?:is|was|it's))?[\s:#(]{{1,3}}{_REFERENCE}\b"
    told = f"{said}|{otherwise}" if otherwise else said
    return _Thing(re.compile(rf"\b{noun}{kind}", re.I), re.compile(told, re.I))


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
_DATE = rf"""(?: \d{{1,2}}(?:st|nd|rd|th)? \s (?:of\s)? {_MONTH} | {_MONTH} \s \d{{1,2}}
    | (?:on|last) \s (?:mon|tues|wednes|thurs|fri|satur|sun)day | yesterday
    | \d{{1,2}}[./]\d{{1,2}}\b )"""

_THINGS = (
    *(_numbered(each) for each in _NUMBERED.split()),
    _numbered("order", _CODE),
    _Thing(
        compiled(r"\be-?mail\ address\b"),
        compiled(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w+"),
    ),
    _Thing(
        compiled(r"\b(?:phone|mobile|telephone|contact|call-?back)\ number\b"),
        compiled(r"\b(?:on|at|is|number:?|call:?|ring:?|phone:?|mobile:?)\ \+?\d[\d\ ()-]{8,}\d\b"),
    ),
    _Thing(
        compiled(r"\bpost\ ?code\b"),
        compiled(r"\b(?-i:[A-Z]{1,2}\d[A-Z\d]?\ ?\d[A-Z]{2})\b"),
    ),
    _Thing(
        compiled(r"\bwhen\ did\ (?:you|it|this|the)\b"),
        compiled(_DATE),
    ),
    _Thing(
        compiled(r"\b(?:(?:what|which)\ size|the\ size\ you)\b"),
        compiled(r"\b(?:in\ a\ )?size\ (?:\d+|small|medium|large|x*[sml])\b"),
    ),
)
_PICTURES = r"(?:photos?|pictures?|pics?|screen\ ?shots?)"
_PICTURE = _Thing(
    compiled(rf"\b{_PICTURES}\b"),
    compiled(rf"""
        \b(?:attached|enclosed|here(?:'s|\ is|\ are)|sent|sending|uploaded|added|see)\b
            [^.!?\n]{{0,30}} \b{_PICTURES}\b
        | \b{_PICTURES}\b [^.!?\n]{{0,20}} \b(?:attached|enclosed|below)\b
    """),
)
_SEND = "(?:send|give|provide|tell|confirm|share|supply|let|attach|forward|quote)"
_WANTS = whole_words(rf"""
    (?:please|kindly) (?:\w+ ){{0,2}}{_SEND}
    (?:could|can|would|will) you (?:\w+ ){{0,2}}{_SEND}
    (?:send|give|provide|tell) (?:me|us)
    let (?:me|us) (?:know|have)
    (?:i|we)(?:'ll| will)? (?:just |also |first |still )?need (?:your|the|an?)
    what(?:'s| is| was)
    (?:may|can|could) (?:i|we) (?:\w+ )?have
    do you have
    when did
    (?:what|which) size
""")
_MORE = whole_words(r"""
    again
    another
    new
    newer
    different
    other
    second
    further
    more
    clearer
    sharper
    closer
    better
    full
    still
    correct
    right
    back
    in case
    for security
    instead
    prefer
    would (?:you|work|suit)
    you (?:need|want|gave|sent|told|wrote)
    (?:us|me) to use
    to be (?:sure|safe)
    so (?:that )?i (?:know|can be sure)
""")


def told_before(line: Line, told: Sequence[str]) -> str:
    """Their words with the thing that a line asks for; "" where it asks for nothing told."""
    if not _WANTS.search(line.text) or _MORE.search(line.text):
        return ""
    named = [each for each in _THINGS if each.name.search(line.text)]
    found = [_sentence_with(each, line, told) for each in named]
    if _PICTURE.name.search(line.text):
        found.append(_sentence_with(_PICTURE, line, told) if _of_the_same(line, told) else "")
    return found[0] if found and all(found) else ""


def _of_the_same(line: Line, told: Sequence[str]) -> bool:
    """A photo of something they never spoke of is a new one."""
    of = line.text.partition(" of ")[2]
    return content(of) <= content("\n".join(told))


def _sentence_with(thing: _Thing, line: Line, told: Sequence[str]) -> str:
    """The newest words that tell a thing, if the line does not repeat it to be confirmed."""
    for sentence in sentences(told):
        match = thing.told.search(sentence)
        if not match or is_open(sentence[: match.start()]) or _repeats(line, match[0]):
            continue
        if "when did" not in line.text.lower() or _shares_verb(line, sentence):
            return quoted(sentence, *match.span())
    return ""


def _repeats(line: Line, told: str) -> bool:
    values = re.findall(r"\S*\d\S*|\S+@\S+", told.lower())
    return any(each in line.text.lower() for each in values)


def _shares_verb(line: Line, sentence: str) -> bool:
    """ "When did you order?" is answered by "I ordered it on 3 May", not by any other date."""
    asked = content(line.text.lower().partition("when did")[2])
    told = content(sentence)
    return bool(asked) and all(_one_word(each, told) for each in asked)


def _one_word(stem: str, told: Iterable[str]) -> bool:
    """Stems are cut by rule of thumb, so that "order" and "ordered" may leave more or less."""
    return any(stem.startswith(each) or each.startswith(stem) for each in told)
