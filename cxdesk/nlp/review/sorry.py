"""The grammar of sorry: who stands after it decides whether it is an apology.

Four classes (GUIDANCE 2.6): an *apology* takes it upon us ("sorry we missed it", "sorry for the
delay"), *sympathy* is with the customer and has no doer ("sorry you had to wait"), a *non-apology*
makes it the customer's feeling or a condition ("sorry you feel", "sorry if"), and a *bare* sorry
says nothing more. It becomes an apology when a doer stands beside it ("our mistake, sorry").
"Sorry?" and "Sorry, could you repeat that" are manners and not listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cxdesk.nlp.review.page import Line
from cxdesk.nlp.review.wording import any_of, compiled


class Kind(StrEnum):
    APOLOGY = "apology"
    SYMPATHY = "sympathy"
    NON_APOLOGY = "non_apology"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Sorry:
    """One sorry: its class, the words that show it, and for a non-apology which form it has."""

    kind: Kind
    start: int
    end: int
    line: int
    form: str = ""


_WORD = compiled(
    r"""\b(?P<word> sorry | apologi[sz]e[sd]? | apologi[sz]ing | apolog(?:y|ies) | mea\ culpa
      | forgive\ (?:me|us) | (?:i|we)\ (?:deeply\ |sincerely\ |really\ )?regret | is\ regretted
      | my\ bad | our\ bad
      | beg\ your\ pardon | express\ (?:my|our)\ (?:\w+\ )?regrets? )\b"""
)
_DENIED = compiled(
    r"""(?: no\ need\ to | don't\ (?:need|have)\ to | \bno | needn't | not | never | stop | stops
      | without | to\ be | better\ safe\ than ) (?:\ \w+)?\ $"""
)
_MANNERS = compiled(
    r"""^\s*(?: \? | [,:]?\ ?(?:could|can|would|may|what|which|who|one\ more|come\ again
      |i\ didn't\ (?:catch|get))\b )"""
)
_NEWS = compiled(r"^\ to\ (?:tell|inform|say|let|report|announce|disappoint|advise)\b")
_FILLER = compiled(
    r"""^(?:\ (?: again | so\ much | very\ much | sincerely | once\ again | once\ more | deeply
      | to\ (?:hear|see|read|learn|you) | unreservedly | about\ (?:this|that)
      | on\ behalf\ of\ [\w ]{2,30}? )(?=[ ,.!;:-]|$))+"""
)
_REPAIR = compiled(
    r"""\b(?:but|however)\b.*\b(?:
        (?:it|that|this|they)(?:'s|\ is|'re|\ are)?\ (?:now\ |been\ |all\ )*
        (?:fixed|back|sorted|solved|refunded|done|on)
      | (?:i|we)(?:'ve|'ll|\ have|\ will) | on\ it )\b"""
)
_THEIRS = r"(?:you(?:'re|\ are|'ve|\ have|'d)?|this|it|our\ \w+|the\ \w+|anyone|some)"
# Verbs that turn what happened into what they think of it.
_SEEING_IT = """
    feel|feels|felt|feeling|think|thought|believe|find|found|consider|perceive|perceived
    see it|saw it|took (?:it|this|that) (?:badly|personally|as)|took offen[cs]e
    take it|got the impression|misunderstood
    (?:not )?(?:satisfied|happy|dissatisfied|disappointed|unhappy) (?:by|with|in|at|that|about)
    confused by
    of the (?:view|opinion)
    (?:are|were|been) offended|offends?|offended|upsets? you|may have|might have
"""
_FEELS = re.compile(
    rf"^\ (?:that\ )?{_THEIRS}\ ?(?:\w+\ )?(?:{any_of(_SEEING_IT)})\b", re.IGNORECASE
)
_VAGUE = (
    r"inconveniences?|confusion|misunderstandings?|upset|offence|offense|trouble|frustration"
    r"|discomforts?|disturbances?|bother|annoyance|irritation|lack|disappointment|distress|stress"
    r"|delays?|issues?|problems?|mistakes?|errors?"
)
_ANY = compiled(
    rf"^(?:\ (?:for|about))?\ (?:any|whatever|all)\ (?:possible\ )?(?:\w+\ )?(?:{_VAGUE})"
)
_YOUR = compiled(
    r"""^\ (?:for|about)\ your\ (?:\w+\ )?(?: confusion|misunderstanding|frustration|disappointment
      |feelings?|impression|annoyance|anger|perception|dissatisfaction )"""
)
_CONDITION = compiled(r"^\ (?:if|in\ case|should)\b")
_CONDITION_FIRST = compiled(
    r"""\bif\ (?:we|i|you|our|this|that|the|there|any|anyone|something|it)\b[^.;]*?,?\ ?(?:then\ )?
      (?:i|we)(?:'m|\ am|'re|\ are)?\ ?(?:do\ )?
      (?:really\ |very\ |truly\ |deeply\ |sincerely\ )?$"""
)
_BUT = compiled(r"^,?\ (?:but|however)\b")
_ANY_BEFORE = compiled(r"\bany\b")
_MISFORTUNE = (
    r"(?:your\ (?:loss|troubles?|injury|accident|father|mother|dad|mum|dog|cat|\w+'s)"
    r"|the\ (?:storm|hail|weather|strike|rain|flood|fire|theft|accident|news|loss)|all\ you)"
)
_SYMPATHY = compiled(
    rf"""^(?: \ (?:for|about)\ {_MISFORTUNE}
      | ,?\ (?:that\ )?(?:you|your|it|this|he|she|they|these|there|things)\b
      | \ that\ (?:happened|is|was|had|has) )"""
)
_OURS = compiled(
    r"""^(?: \ (?:for|about|to\ have|to\ keep)\b
      | ,?\ (?:that\ )?(?:we|i|our|my|nobody|no\ one|none\ of\ us)\b | \ the\b.*\bours\b )"""
)
_CLAUSE_END = compiled(r"[,;:.!?]|\ (?:and|but|so)\ ")
_DID = """
    did didn't put gave sent left lost forgot broke missed made told cut took let kept charged
    sold mixed got wrote typed overlooked booked billed blocked had promised failed entered
    delivered read closed cancelled deleted mailed noted packed should shouldn't overcharged
    delayed caused ignored attached knew couldn't can't don't
"""
_OUR_SIDE = """
    driver courier system team website page mail guard app fitter colleague staff filter update
    server shop kitchen depot
"""
_DOER = compiled(
    rf"""\b(?:our|my)\ (?:own\ )?(?:mistake|error|fault|doing|slip|oversight|bad|side|end|plan
      |failure|job)\b
      | \bon\ us\b | \bours\b | \b(?:was|by)\ us\b
      | \b(?:we|i)(?:'d|\ had|\ should|\ could|\ also|\ then|\ simply|\ just|\ only)?
        (?:\ not|\ have|n't)*[ ](?:{"|".join(_DID.split())})\b
      | \bour\ (?:\w+\ )?(?:{"|".join(_OUR_SIDE.split())})\b"""
)


def sorries(lines: Sequence[Line]) -> tuple[Sorry, ...]:
    """Every sorry of a draft with its class, in order."""
    found = [each for line in lines for each in _in_line(line)]
    return tuple(_with_doer(each, lines) for each in found)


def takes_blame(line: Line) -> bool:
    """Whether a sentence names us as the doer of what went wrong."""
    return _DOER.search(line.text) is not None


def _in_line(line: Line) -> Iterator[Sorry]:
    for match in _WORD.finditer(line.text):
        before, after = line.text[: match.start()], line.text[match.end() :]
        if _DENIED.search(before) or _MANNERS.match(after) or _NEWS.match(after):
            continue
        kind, form, length = _classify(before, after, match["word"])
        start = line.start + match.start()
        yield Sorry(
            kind, start, min(line.start + match.end() + length, line.end), line.number, form
        )


def _classify(before: str, after: str, word: str) -> tuple[Kind, str, int]:
    """Class, form and how many characters after the word belong to it."""
    filler = _FILLER.match(after)
    rest = after[filler.end() :] if filler else after
    skipped = len(after) - len(rest)
    if form := _non_apology(before, rest, word):
        return Kind.NON_APOLOGY, form[0], skipped + form[1]
    if filler and " to " in filler[0]:
        return Kind.SYMPATHY, "", _clause(after)
    if word.lower() in ("my bad", "our bad"):
        return Kind.APOLOGY, "", _clause(after)
    if _SYMPATHY.match(rest):
        return Kind.SYMPATHY, "", _clause(after)
    if _OURS.match(rest) or (filler and "behalf" in filler[0]):
        return Kind.APOLOGY, "", _clause(after)
    return Kind.BARE, "", 0


def _non_apology(before: str, rest: str, word: str) -> tuple[str, int] | None:
    """The form of a non-apology and its length, or None."""
    if _CONDITION.match(rest):
        return "if", _clause(rest)
    if _CONDITION_FIRST.search(before):
        return "if", 0
    if _BUT.match(rest) and not _REPAIR.search(rest):
        return "but", _BUT.match(rest).end()  # type: ignore[union-attr]
    for form, pattern in (("feel", _FEELS), ("any", _ANY), ("your", _YOUR)):
        if match := pattern.match(rest):
            return form, match.end()
    if word.lower() == "is regretted" and _ANY_BEFORE.search(before):
        return "any", 0
    return None


def _clause(text: str) -> int:
    """The length of the clause a sorry governs: up to the next comma or the sentence's end."""
    match = _CLAUSE_END.search(text)
    return match.start() if match else len(text)


def _with_doer(sorry: Sorry, lines: Sequence[Line]) -> Sorry:
    """A bare sorry is an apology when we are named as the doer in its sentence or a neighbour."""
    if sorry.kind is not Kind.BARE:
        return sorry
    beside = lines[max(0, sorry.line - 1) : sorry.line + 2]
    if any(takes_blame(each) for each in beside):
        return Sorry(Kind.APOLOGY, sorry.start, sorry.end, sorry.line)
    return sorry
