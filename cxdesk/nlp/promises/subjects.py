"""Who a clause is about: us, the customer, a thing on its way, or somebody we do not speak for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from cxdesk.nlp.promises.words import words


class Who(Enum):
    """`SELF` is I or we; `STAFF` anybody of ours, by role or name; `THING` what is done or sent;
    `MACHINE` what runs by itself; `NOBODY` those whose deeds bind no one here: other firms, and
    the many of a general rule ("orders", "every parcel").
    """

    SELF = "self"
    STAFF = "staff"
    CUSTOMER = "customer"
    THING = "thing"
    MACHINE = "machine"
    NOBODY = "nobody"


__PRONOUNS = {
    "i": Who.SELF, "we": Who.SELF, "you": Who.CUSTOMER, "u": Who.CUSTOMER, "they": Who.STAFF,
    "he": Who.STAFF, "she": Who.STAFF, "someone": Who.STAFF, "somebody": Who.STAFF,
    "who": Who.STAFF, "it": Who.THING, "this": Who.THING, "that": Who.THING, "which": Who.THING,
    "these": Who.THING, "those": Who.THING, "both": Who.THING, "everything": Who.THING,
    "there": Who.THING, "all": Who.THING,
}  # fmt: skip
_OF_OURS = re.compile(r"(?:one|two|both|some|a member|someone|somebody) (?:of|from|in|at)\b")
_NOT_STAFF = re.compile(
    r"\b(?:guarantee|policy|policies|terms|conditions|rules?|shops?|stores?|offices?|lines?|hours"
    r"|doors?|branch(?:es)?|records|prices?|apolog\w+|address|mistake|warranty|website|system"
    r"|systems|return|refund|stock|bank|network)$"
)
# What may not stand within a subject: these begin or end a clause.
_BREAK = (
    r"(?:i|we|you|u|they|he|she|it|and|but|or|so|because|since|as|if|when|whenever|once|until|till"
    r"|unless|whether|while|whereas|that|which|who|whose|where|why|how|what|then|than|before|after"
    r"|is|are|was|were|am|be|been|being|has|have|had|do|does|did|will|shall|would|should|could|can"
    r"|may|might|must|won't|isn't|aren't|i'm|i've|i'd|i'll|we've|we're|we'd|we'll|you've|you're"
    r"|please|yes|ok|okay|sure|hi|hello|dear|thanks|sorry|not|don't|let|expect)"
)
# What no subject begins with.
_NO_SUBJECT = re.compile(
    r"(?:in|on|at|by|for|from|to|with|of|per|via|under|according|as|like|about|during|within|kindly|\w+ing"
    r"|just|even|only|maybe|perhaps|again|back|once|never|there|here|well|great|good|right|fine|perfect"
    r"|unfortunately|feel|come|luckily|hopefully|unlike|despite|given|more)\b",
    re.IGNORECASE,
)
_WORD = rf"(?!{_BREAK}(?![\w-]))[\w&#./+@-]+(?:'s?(?!\w))?"
_PRONOUN = re.compile(
    r"(?:they|he|she|it|this|that|which|who|i|we|you|u|someone|somebody|these|those|both|everything"
    r"|there|all of (?:it|this|that|them)|both of them|it all)(?=['\s])",
    re.IGNORECASE,
)


_NEXT_WORD = re.compile(rf"\s*({_WORD})", re.IGNORECASE)
_LONGEST = 9  # words


def subject_ends(sentence: str, start: int) -> Iterator[int]:
    """Where a subject at `start` may end: behind the pronoun, or behind each of its first words."""
    if pronoun := _PRONOUN.match(sentence, start):
        yield pronoun.end()
    end = start
    for _ in range(_LONGEST):
        word = _NEXT_WORD.match(sentence, end)
        if not word:
            return
        end = word.end()
        if word[0].endswith("'s"):  # "the vet's going to"
            yield end - 2
        yield end


def who(subject: str, *, is_first: bool) -> Who:
    """What kind of subject these words are; `is_first` where they begin the sentence."""
    lower = " ".join(subject.lower().split())
    first = lower.split(" ", 1)[0]
    if lower in __PRONOUNS or first in ("all", "both") or lower == "it all":
        return __PRONOUNS.get(lower) or (Who.THING if _is_whole(lower) else Who.NOBODY)
    if first in words().quantifiers and not _OF_OURS.match(lower):
        return Who.NOBODY
    if _OF_OURS.match(lower) or first in ("someone", "somebody"):
        return Who.STAFF
    return _of_noun(subject, lower, is_first)


def _is_whole(lower: str) -> bool:
    return lower.startswith("both ") or bool(
        re.match(r"all (?:of )?(?:it|this|that|them|your|the|my|our|three|four|five)\b", lower)
    )


def _of_noun(subject: str, lower: str, is_first: bool) -> Who:
    first, head = lower.split(" ", 1)[0], _head(lower)
    known = words()
    if lower in known.determiners or (_NO_SUBJECT.match(lower) and head not in known.staff):
        return Who.NOBODY
    if any(each in known.outsiders for each in (head, head.removesuffix("s"))):
        return Who.NOBODY if first != "our" else Who.STAFF
    if head in known.machines:
        return Who.MACHINE
    if head in known.staff or head.removesuffix("s") in known.staff:
        return Who.NOBODY if first == "your" else Who.STAFF
    if first in ("our", "my") and not _NOT_STAFF.search(lower):
        return Who.STAFF
    if first not in words().determiners and not first[0].isdigit():
        return _without_determiner(subject, head, is_first)
    return Who.THING


def _head(lower: str) -> str:
    """The noun that the others hang on: "crew" in "crew from the north depot"."""
    phrase = re.split(r"\s(?:of|from|at|in|on|for|with|to|about|by|under|over)\s(?!to )", lower)[0]
    words_ = [each for each in re.sub(r"'s?$", "", phrase).split() if each]
    return words_[-1] if words_ else ""


def _without_determiner(subject: str, head: str, is_first: bool) -> Who:
    """A name is somebody of ours; many things without a word before them are a general rule."""
    if head.endswith("s") and not subject.split()[-1].isupper():
        is_name = subject[0].isupper() and not is_first
        return Who.STAFF if is_name else Who.NOBODY
    name = re.split(r"\s(?:from|in|at|of|on)\s", subject)[0].split()
    is_name = len(name) <= 3 and all(each[0].isupper() for each in name)
    return Who.STAFF if is_name and name[0].lower() not in words().deeds else Who.THING
