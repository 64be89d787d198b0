"""Is this English? Rules made for English say nothing about other languages, so they stay silent.

A count of the commonest words decides; enough for "unsupported, no guidance", not more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_COMMON = {
    "en": "the to and a i is my it you of in for on have not this that with was your but me are "
    "we can no do be am so at has been if how please any will what they get im just when why "
    "from there help still all or an as would need don thanks hi hello order refund where wtf "
    "ur u pls its cant dont",
    "de": "der die das und ich nicht ist ein eine zu mit für auf sie wir mir mein habe von es den",
    "fr": "le la les et je est pas un une des vous de mon ma nous pour avec ne que qui sur bonjour",
    "es": "el la los que de y no en mi es un una por con para se lo me su hola gracias muy está",
    "pt": "o a os que de e não em meu minha um uma por com para se está muito obrigado vocês",
    "it": "il la che di e non un una per con mi sono ho è mio mia della grazie molto ciao",
    "nl": "de het een en ik niet is van mijn te dat op met voor maar heb zijn jullie wij",
    "pl": "nie to jest i w na się że do z mam moje proszę dziękuję jak ale o co",
}
_SETS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_WORD = re.compile(r"[^\W\d_]+")
_NO_WORDS = re.compile(r"[@#]\S+|https?:\S+")
_ENOUGH = 5  # fewer words than this tell nothing: "ok merci" is read as English


def language_of(text: str) -> str:
    """A language code: "en" when in doubt, "other" for what is surely something else."""
    words = _WORD.findall(_NO_WORDS.sub(" ", text[:2000].lower()))
    if len(words) < _ENOUGH:
        return "other" if _is_foreign(words) else "en"
    english = _count(words, "en")
    if english >= len(words) / 6:
        return "other" if _is_foreign(words) else "en"
    if _is_foreign(words):
        return "other"
    shares = {code: _count(words, code) for code in _SETS}
    best = max(shares, key=lambda code: (shares[code], code == "en"))
    if best != "en" and shares[best] >= 2 * max(english, 1) and shares[best] >= len(words) / 6:
        return best
    return "other" if not english and not shares[best] and len(words) >= 12 else "en"


def _count(words: Sequence[str], code: str) -> int:
    known = _SETS[code]
    return len([word for word in words if word in known])


def _is_foreign(words: Sequence[str]) -> bool:
    """Whether most words are written in letters that English never has."""
    if not words or "".join(words).isascii():
        return False
    return sum(any(letter > "\u024f" for letter in word) for word in words) > len(words) / 2
