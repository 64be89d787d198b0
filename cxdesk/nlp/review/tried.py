"""What the customer has tried already: a step asked for that they say they took (GUIDANCE 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cxdesk.nlp.review.history import is_open, quoted, sentences
from cxdesk.nlp.review.page import Line
from cxdesk.nlp.review.wording import any_of, whole_words


@dataclass(frozen=True, slots=True)
class _Step:
    """Something a customer can try: as agents ask for it, and as they say that they did it."""

    asked: re.Pattern[str]
    done: re.Pattern[str]


def _step(asked: str, done: str) -> _Step:
    return _Step(whole_words(asked), whole_words(done))


# "reset" is of today and of yesterday: only beside these it says that it was done
_ALREADY = "(?:(?<=i )|(?<=we )|(?<='ve )|(?<=have )|(?<=already ))"
_STEPS = (
    _step(
        r"""
        re-?start(?:ing)?
        re-?boot(?:ing)?
        power[- ]cycl(?:e|ing)
        (?:turn|switch)(?:ing)? (?:\w+ ){0,3}off and (?:then )?(?:back )?on
        unplug(?:ging)?
        """,
        r"""
        re-?start(?:ed|ing)
        re-?boot(?:ed|ing)
        power[- ]cycl(?:ed|ing)
        (?:turn|switch)(?:ed|ing) (?:\w+ ){0,3}off and (?:then )?(?:back )?on
        unplugg(?:ed|ing)
        """,
    ),
    _step(
        """
        (?:re-?|un)install(?:ing)?
        delet(?:e|ing) (?:and re-?install(?:ing)? )?the app
        """,
        """
        (?:re-?|un)install(?:ed|ing)
        delet(?:ed|ing) (?:and re-?install(?:ed|ing) )?the app
        """,
    ),
    _step(
        r"clear(?:ing)? (?:\w+ ){0,3}(?:cache|cookies)",
        r"clear(?:ed|ing) (?:\w+ ){0,3}(?:cache|cookies)",
    ),
    _step(
        r"re-?set(?:ting)? (?:the|your) (?!password)\w+",
        _ALREADY + r"re-?set (?:the|my|our|it)(?! password)"
        r"|re-?setting (?:the|my|our|it)(?! password)",
    ),
    _step(
        r"(?:re-?set(?:ting)?|chang(?:e|ing)) (?:the|your) password",
        r"(?:re-?setting|chang(?:ed|ing)) (?:the|my|our) password"
        rf"|{_ALREADY}re-?set (?:the|my|our) password",
    ),
    _step(
        r"(?:check|look)(?:ing)? (?:in )?(?:your |the )?(?:spam|junk)",
        r"(?:check|look)(?:ed|ing) (?:in )?(?:my |our |the )?(?:spam|junk)",
    ),
    _step(
        r"(?:a different|another) browser",
        r"(?:a different|another|two|three|several|other|every) browsers?",
    ),
    _step(
        r"updat(?:e|ing) (?:the|your) (?:app|software|firmware)",
        r"updat(?:ed|ing) (?:the|my|our) (?:app|software|firmware)",
    ),
    _step(
        r"log(?:ging)? (?:yourself )?out and",
        r"logg(?:ed|ing) (?:myself )?out and",
    ),
)
_BESIDE = "(?: (?:please|just|also|already|first|then|even|now|both|and|try|trying|using|to))*"
_TELLS = any_of(r"""
    please
    kindly
    try
    trying
    (?:could|can|would|will|did|have) you(?: tried)?
    you (?:could|can|should|may|might|need to|have to)
    make sure (?:you|to)
    ask you to
    how about
""")
_DID = any_of(r"""
    (?:i|we)(?:'ve| have|'d| had)?(?: tried)?
    already(?: tried)?
    tried
    and
    after
    ,
""")
_ASKS = re.compile(
    rf"(?:^(?:(?:just|simply|first|now|so),? )?|\b(?:{_TELLS}){_BESIDE} )$", re.IGNORECASE
)
_SAYS = re.compile(rf"(?:^|(?:\b|(?<=\W))(?:{_DID}){_BESIDE} )$", re.IGNORECASE)
_ANEW = whole_words("""
    again
    once
    one (?:more|last) time
    after(?:wards)?
    now that
    this time
    then
""")


def tried_before(line: Line, told: Sequence[str]) -> str:
    """Their words on the step that a line asks for; "" where it asks for none they took."""
    if _ANEW.search(line.text):
        return ""
    for step in _STEPS:
        match = step.asked.search(line.text)
        if match and _is_asked(line.text[: match.start()], match[0]):
            return _done(step, told)
    return ""


def _is_asked(before: str, step: str) -> bool:
    """ "Deleting the app leaves the contract running" begins with a step and asks for none."""
    is_subject = not before.strip() and step.split()[0].endswith("ing")
    return _ASKS.search(before) is not None and not is_subject


def _done(step: _Step, told: Sequence[str]) -> str:
    for sentence in sentences(told):
        match = step.done.search(sentence)
        before = sentence[: match.start()] if match else ""
        if match and _SAYS.search(before) and not is_open(before):
            return quoted(sentence, *match.span())
    return ""
