"""Where the clauses of a sentence begin and end, as far as marks, joining words and times tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cxdesk.nlp.promises.due import Due
from cxdesk.nlp.promises.patterns import compiled, folded

# A clause begins behind a mark, behind a joining word, and behind words that take a clause.
_BOUNDARY = compiled(
    folded(r"""
    (?:[;:()\[\]"!?…]|,(?!\d))+\s*|\s[-–—]\s|[–—]\s?|\.\s+|\b(?:and|but|so|or|then|because|since|as|
    while|whereas|plus|that|although|though|also|yet|meanwhile|now|note|fyi|confirm|assure_you|
    promise|promise_you|guarantee|ensure|sure|means|believe|think|hope|of_course|however|therefore|
    for|say|says|said|all_being_well|weather_permitting|with_luck|fingers_crossed)\s+
    """)
)
_PRONOUN_AND_VERB = compiled(
    folded(r"""
    \b(?:i|we|you|u|they|he|she|it|someone|somebody|who|there|this|that)(?='(?:ll|m|re|s)_|
    _(?:\w+ly_|also_|then_|now_|just_|all_|both_)?(?:will|shall|won't|shan't|should|aim|hope|try|
    plan|intend|expect|promise|am|are|is|can_expect|gonna)\b)
    """)
)
_SUBORDINATE = compiled(
    folded(r"""
    \b(?:if|when|whenever|once|as_soon_as|after|before|until|till|unless|whether|in_case|
    by_the_time|so_that|how|what|where|why|wherever|than|the_moment|like|which_day|what_time|
    how_(?:soon|long|many|much))\s+$
    """)
)
_COORDINATED = compiled(
    folded(r"""
    (?:^|[,;:()\[\]"!?.–—]\s*|\s-\s|\b(?:and|but|so|or|then|because|since|as|while|plus|whereas|
    although|though|also|yet|now)\s+)$
    """)
)
# Where a clause has said its own: another one begins, or a remark.
_END = compiled(
    folded(r"""
    [;()!?"]|:(?!\d)|\s[-–—]\s|[–—]|,(?!\d)|\s(?:but|so|because|since|although|though|while|whereas|
    which|who|in_case|in_order|(?<!soon_)(?<!well_)(?<!early_)(?<!much_)(?<!quickly_)as
    (?!_soon|_well|_a\b|_an\b|_promised|_early|_possible|_planned|_agreed|_usual|_of)|and_(?:(?:not|if|
    when|once|should)\b|that's|(?:i|we|you|u|it|they|he|she|this|someone|somebody|there)['\s])|
    or_(?:you|else|we|i)\b)\b
    """)
)
# Where a condition or another event begins: a time behind it is not ours.
_CONDITION = compiled(
    folded(r"""
    _(?:if|unless|when|once|as_soon_as|provided|as_long_as|where|(?:until|till|after|before)_(?:i|we|
    you|it|it's|he|she|they|the_(?!day)\w+_(?:is|has|are|arrives)|your_\w+_(?:is|has|are|arrives)|
    that's)\b(?!_(?:close|finish|clock|leave)))\b
    """)
)
_LIGHT = re.compile(r"[,(–—\s-]+")  # marks over which a clause may go on
_GOES_ON = compiled(r"(?:and then|and|then|or) +(?=\w)")
_BEFORE_TIME = compiled(
    folded(r"""
    [^\w]*(?:\b(?:and|so|most_likely|probably|hopefully|that_is|say|definitely|certainly)\b[^\w]*)*
    """)
)
_CLAUSE = compiled(r"[^,;]{0,60}?(?:'ll|'re going|'s going|\bwill|\bshall|\b(?:is|are) going) ")
_GIVEN = compiled(r"\b(?:give|allow) (?:me|us)(?: until| till)?\s*$")
_JOINED = compiled(r"\s*,?\s*(?:(?:and|so|then) )*")
_CONNECTIVES = compiled(r"(?:[\s.,–—(-]|\b(?:and|but|so|or|then|that|because))+$")
_CLOSING_MARKS = " .!?…\"')"


def starts(sentence: str, said: Sequence[Due]) -> list[int]:
    """The places where a clause may begin, in order; `said` are the times of the sentence."""
    found = {0} | {match.end() for match in _BOUNDARY.finditer(sentence)}
    found |= {match.start() for match in _PRONOUN_AND_VERB.finditer(sentence)}
    found |= {_behind(sentence, each.end) for each in said}
    found -= {at for each in said for at in range(each.start, each.end)}
    return sorted(at for at in found if not _SUBORDINATE.search(sentence, max(0, at - 40), at))


def is_coordinated(sentence: str, start: int) -> bool:
    """Whether a clause stands on its own, rather than being the object of the one before."""
    return bool(_COORDINATED.search(sentence, max(0, start - 12), start))


def end_of(sentence: str, deed: int, said: Sequence[Due]) -> int:
    """Where the clause of a deed ends: at a boundary that no time or second deed stands behind."""
    for match in _END.finditer(sentence, deed):
        inside = any(each.start < match.start() and match.end() <= each.end for each in said)
        if not inside and not _goes_on(sentence, match, said):
            return match.start()
    return len(sentence.rstrip(_CLOSING_MARKS))


def _goes_on(sentence: str, boundary: re.Match[str], said: Sequence[Due]) -> bool:
    """Whether behind a comma or dash a time follows, or "and" with a verb."""
    if not _LIGHT.fullmatch(boundary[0]):
        return False
    behind = boundary.end()
    for each in said:
        if behind <= each.start and _BEFORE_TIME.fullmatch(sentence, behind, each.start):
            return not _CLAUSE.match(sentence, _behind(sentence, each.end))
    joined = _GOES_ON.match(
        sentence, behind + len(sentence[behind:]) - len(sentence[behind:].lstrip())
    )
    return joined is not None and not _PRONOUN_AND_VERB.match(sentence, joined.end())


def reach_of(sentence: str, deed: int, end: int) -> int:
    """How far the times of a clause [deed, end) are its own."""
    match = _CONDITION.search(sentence, deed, end)
    return match.start() if match else end


def cut_before(sentence: str, start: int) -> int:
    """Where the words before a clause end, without what joins them to it."""
    return len(_CONNECTIVES.sub("", sentence[:start]))


def leading_time(sentence: str, start: int, said: Sequence[Due]) -> Due | None:
    """A time right before the subject: "By Friday we'll", "Give me ten minutes and I'll"."""
    for each in said:
        if not each.moment or each.end > start or not _JOINED.fullmatch(sentence, each.end, start):
            continue
        given = sentence[each.start : each.end].lower().startswith(("give", "allow"))
        if given or _GIVEN.search(sentence, 0, each.start):
            return each
        if _behind(sentence, each.end) == start and is_coordinated(sentence, each.start):
            return each
    return None


def opening_time(said: Sequence[Due]) -> Due | None:
    """A time with which the sentence begins."""
    return next((each for each in said if each.start == 0 and each.moment), None)


def _behind(sentence: str, end: int) -> int:
    """Where the words behind a time begin."""
    return end + len(sentence[end:]) - len(sentence[end:].lstrip(" ,–—-"))
