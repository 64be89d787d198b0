"""Amounts of money in a draft, and whether a sentence gives one away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cxdesk.nlp.review.wording import any_of, whole_words

_CURRENCY = r"(?:[$€£¥₹₦]|US\$|A\$|C\$|USD|EUR|GBP|CHF|CAD|AUD)"
_UNIT_WORD = "dollars?|euros?|pounds?|quid|bucks|francs?"
_UNIT = rf"(?:{_UNIT_WORD}|USD|EUR|GBP|CHF|CAD|AUD|[€£$])"
_NUMBER = r"\d{1,3}(?:[.,'  ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?:k\b)?"
_AMOUNT = re.compile(
    rf"{_CURRENCY} ?(?P<a>{_NUMBER})(?![\d%])|(?<![\d.,])(?P<b>{_NUMBER}) ?{_UNIT}(?!\w)",
    re.IGNORECASE,
)
# "Five hundred euros", "a hundred and fifty quid".
_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPELT = {
    **{word: value for value, word in enumerate(_ONES.split())},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), start=2)},
}
_WORD = rf"(?:{'|'.join(_SPELT)}|hundred|thousand)"
_IN_WORDS = re.compile(
    rf"\b(?P<words>(?:a )?{_WORD}(?:(?:[ -]| and ){_WORD})*) (?:{_UNIT_WORD})\b",
    re.IGNORECASE,
)
# What is given: a fee dropped, a present, something at our cost.
_PRESENTS = r"""
    waiv(?:e|ed|ing)
    (?:writ(?:e|ten|ing)|wrote) off
    vouchers?
    goodwill
    gesture
    gift
    compensat\w+
    discount
    bonus
    airtime
    credit(?:ed|ing)?
    extra
    on (?:us|me|top|the house)
    for (?:your|the) trouble
    free of charge
    for free
    (?:is|are) free
    our (?:cost|treat|expense)
    ours to pay
    as (?:an apology|a thank)
    you(?:'ll)? get
    (?:are|is|all) gone
    fees? gone
    struck
    off (?:the|your) bill
    presents? from (?:us|me)
    on our account
    forgiven
    swallow(?:ing|ed)?
    scrap(?:ped|ping)?
    wip(?:e|ed|ing)
    forget (?:about )?the
    from us for nothing
    topped up
    for the (?:hassle|lot)
    half off
    my treat
    yours to keep
    thrown in
    (?:on|to) your (?:wallet|account)
"""
_GIVING = """
    pay paid cover covered add added put give given take took taken reduce reduced deduct deducted
    approve approved offer offered grant granted cut drop dropped throw
"""
_WE_DO = r"(?:i|we)(?:'ll|'ve| will| can| have|'d)? (?:also |just |happily )?"
_GIVES = re.compile(
    rf"\b(?:{any_of(_PRESENTS)}|{_WE_DO}(?:{'|'.join(_GIVING.split())}|knock\w*))\b"
    r"|^(?:for|as) the (?:wait|trouble|delay)",
    re.IGNORECASE,
)
_OWN_MONEY = whole_words(r"""
    deposit
    refund(?:ed|ing)?
    (?:second|double) charge
    overcharg\w+
    overpaid
    overpayment
    (?:paid|charged) twice
    your own
    never ours
    (?:that )?you(?:'d| had|'ve| have)? paid
    reversed
    back (?:on|to|in) your (?:card|account|bank)
""")
_FREE = whole_words(r"""
    for (?:free|nothing)
    free (?:of charge|season|year|month)
    (?:of|course|year|season|service|family|hosting)s? (?:is|are) free
    (?:is|are) free (?:for (?:you|your|now))
    yours for free
    (?:on|onto) (?:the house|us|our account)
    (?:at|with) no (?:cost|charge)
    (?:with )?nothing to pay
    (?:the )?same price
    (?:i've|we've|i have|we have|is|are) (?:forgiven|written off|wiped|waived)
    (?:i've|we've) struck
    (?:to|at) (?:nil|zero)
    without payment
    waived
    (?:my|our) treat
    with (?:my|our) compliments
    yours to keep
    thrown in
    costs? you (?:nothing|zilch|not a penny)
    i'm (?:crediting|letting you (?:out|off))
    (?:any|whatever) .{0,30}(?:i'll|we'll) pay (?:it|that|them)
""")
_GRAND = whole_words(r"""
    (?:the |your )?(?:whole|entire|complete)
    all (?:of )?(?:the|your|\d+)
    (?:a|one|two|three|four|five|next|this|last) (?:year|season|summer|winter)s?
    (?:two|three|four|five|six|ten|twelve|\d+) (?:years|months|nights)
    all (?:year|summer|winter|season)
    season ticket
    family (?:\S+ )?pass
    (?:first|next|last|whole) (?:quarter|term)
    until (?:christmas|easter|summer|winter)
    every penny
    the lot
    as long as you
    (?:the|your) rest|the rest of
    any bill
    whatever the (?:sum|amount|cost)
    any(?:where|thing) (?:we|you)
    for (?:life|ever|good)
    the suite
    (?:the|your|a) (?:\S+ )?contract
    implants?
""")
_EXTRA = re.compile(
    r"\b(?:on top|added|for the trouble|goodwill|gesture|waiv\w+|extra|compensat\w+|voucher)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    value: float
    start: int
    end: int


def amounts(text: str) -> list[Amount]:
    """Every amount of money in a text, in figures or in words, with its offsets."""
    figures = [
        Amount(_value(match["a"] or match["b"]), match.start(), match.end())
        for match in _AMOUNT.finditer(text)
    ]
    words = [
        Amount(_spelt_value(match["words"]), match.start(), match.end())
        for match in _IN_WORDS.finditer(text)
    ]
    return sorted(figures + words, key=lambda each: each.start)


def gives_away(text: str) -> bool:
    """Whether a sentence grants something, rather than paying back the customer's own money."""
    if _OWN_MONEY.search(text) and not _EXTRA.search(text):
        return False
    return _GIVES.search(text) is not None


def grand_gift(text: str) -> tuple[int, int] | None:
    """Where a sentence gives away something large without naming what it is worth; None if it
    names an amount, or gives nothing of the kind."""
    free, grand = _FREE.search(text), _GRAND.search(text)
    if not free or not grand or amounts(text) or _OWN_MONEY.search(text):
        return None
    between = text[min(free.end(), grand.end()) : max(free.start(), grand.start())]
    if " and " in between:  # "free of charge, and the whole thing takes a minute"
        return None
    return min(free.start(), grand.start()), max(free.end(), grand.end())


def _value(number: str) -> float:
    """The number as written: 1,150, 1.150 and 1'150 are thousands, 9,50 is nine and a half."""
    thousand = 1000 if number.endswith(("k", "K")) else 1
    plain = re.sub(r"[ ' kK]", "", number)
    whole, cents = re.sub(r"[.,](\d{1,2})$", r" \1", plain).partition(" ")[::2]
    return float(f"{re.sub('[.,]', '', whole)}.{cents or 0}") * thousand


def _spelt_value(words: str) -> float:
    total = below = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "thousand":
            total, below = total + 1000 * max(below, 1), 0
        elif word == "hundred":
            below = 100 * max(below, 1)
        else:
            below += _SPELT.get(word, 0)
    return float(total + below)
