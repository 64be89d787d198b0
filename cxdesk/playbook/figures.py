"""Numbers in what customers write: order and case numbers, amounts of money, waits, and counts.

Every finder gives the value and the words it was read from, ("", "") where the words leave doubt.
"""

from __future__ import annotations

import re

NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth"),
)
_AMOUNT_OF = r"(?:\d+|an?|" + "|".join(NUMBERS) + ")"

# ------------------------------------------------------------------ order and case

_CASE_WORDS = frozenset({"case", "ticket", "claim", "complaint", "file", "visit", "enquiry"})
_NAMED = re.compile(
    r"\b(?P<kind>order|booking|invoice|contract|policy|reservation|ref(?:erence)?|parcel|po"
    r"|account|receipt|shipment|consignment|registration|application|awb|delivery note"
    r"|case|ticket|claim|complaint|file|visit|enquiry)\b\.?"
    r"(?:\s*(?:number|no\.?|nr\.?|ref\.?|reference|id|:|is|under))*\s*\(?"
    r"(?P<code>\#?(?-i:[A-Z]{1,4} )?(?=[A-Za-z0-9/-]*\d)[A-Za-z0-9][A-Za-z0-9/-]{2,}[A-Za-z0-9])",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w/.,:#-])(?P<code>\#\d[\dA-Z-]{2,}\d|\#?(?:[A-Z]{1,5}[-/]\d{4,}(?:-\d+)*"
    r"|\d{3,}-[A-Z]{1,4}|\d{1,2}-\d{5,}|[A-Z]{2,4}-\d{4}-\d{2,}))(?![\w/-]|[.,]\d)"
)
_OTHER_NUMBER = re.compile(
    r"\b(?:model|version|serial|flight|train|bus|route|plate|part|type|error|code|call|phone"
    r"|tel|fax|mobile|imei|article|firmware|iso|usb|covid|din|en|ref)[\w ().:-]{0,16}$",
    re.IGNORECASE,
)
_STANDARD = re.compile(r"^(?:ISO|DIN|EN|USB|COVID|EU|IP|IPX|CVE|RFC|UTF|MP|RTX|GTX|WPA)[-/]")
_WORD_CODE = re.compile(r"^[a-z]+$|^\d{1,3}(?:st|nd|rd|th)$|^\d{4}-\d\d-\d\d$", re.IGNORECASE)
_UNIT = re.compile(r"^\d+(?:am|pm|h|hrs?|days?|weeks?|kg|g|km|mb|gb|x)$", re.IGNORECASE)


def order_ref(text: str) -> tuple[str, str]:
    """The number of an order, booking, contract: named as such, or the one code there."""
    for match in _named(text):
        if match["kind"].lower() not in _CASE_WORDS:
            return match["code"], match.group()
    if any(_named(text)):
        return "", ""
    found = {m["code"]: m for m in _BARE.finditer(text) if _may_be_order(text, m)}
    code = found.popitem()[0] if len(found) == 1 else ""
    return code, code


def case_ref(text: str) -> tuple[str, str]:
    """The number of a case of ours, with the word they use for it: "ticket #77120"."""
    for match in _named(text):
        kind = match["kind"].lower()
        if kind in _CASE_WORDS:
            return f"{kind} {match['code']}", match.group()
    return "", ""


def _named(text: str) -> list[re.Match[str]]:
    found = _NAMED.finditer(text)
    return [m for m in found if not (_WORD_CODE.match(m["code"]) or _UNIT.match(m["code"]))]


def _may_be_order(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    return not _STANDARD.match(match["code"]) and not _OTHER_NUMBER.search(before)


# ------------------------------------------------------------------ money

_CURRENCY = (
    r"(?:euros?|eur|dollars?|usd|pounds?|gbp|quid|bucks|chf|francs?|naira|rupees?|rs|rand|pesos?"
    r"|yen|kr|kroner|kronor|zł|zlotys?|shillings?|dirhams?|cents?|pence|p(?= (?:more|extra)))"
)
_MARKED = re.compile(
    rf"(?:[$€£₦₹¥]\s?\d[\d.,]*\d|[$€£₦₹¥]\s?\d|(?<![\d.,])\d[\d.,]*\s?{_CURRENCY}\b)", re.IGNORECASE
)
_DECIMAL = re.compile(
    r"(?<![\d.,:/$€£₦₹¥-])\d{1,4}[.,]\d\d(?![\d.,:/%]|\s?(?:am|pm|kg|km|cm|mb|gb|h)\b)"
)
_OF_MONEY = re.compile(
    r"\b(?:pa(?:y|id|ying|yment)|charg\w+|bill\w*|fees?|prices?|costs?|refund\w*|owe|missing|invoice"
    r"|collect\w+|quote|deposit|taken|took|debit\w*|express for|for express|free to)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:at|its|it's|until|till|by|since|from|between|to|and|around|before|after|version|update"
    r"|firmware|thursday|friday|saturday|sunday|monday|tuesday|wednesday)\s*$",
    re.IGNORECASE,
)
_PLAIN_FEE = re.compile(
    r"\b(?:the|a|that) (?P<sum>\d{1,5}) (?:[a-z]+ )?(?:fee|charge|deposit|fine)\b", re.I
)


def amounts(text: str) -> dict[str, str]:
    """Every sum of money in a text by its figures, each as it is written there."""
    return {_figure(words): words for words in (*_unmarked(text), *_marked(text))}


def _marked(text: str) -> list[str]:
    return [match.group() for match in _MARKED.finditer(text)]


def _unmarked(text: str) -> list[str]:
    """Sums without a currency, where the sentence speaks of money and of no time of day."""
    fees = [match["sum"] for match in _PLAIN_FEE.finditer(text)]
    if not _OF_MONEY.search(text):
        return fees
    decimals = [m for m in _DECIMAL.finditer(text) if not _is_clock(text, m)]
    return fees + [match.group() for match in decimals]


def _is_clock(text: str, match: re.Match[str]) -> bool:
    hours, minutes = (int(part) for part in re.split("[.,]", match.group()))
    may_be = hours < 25 and minutes < 60 and "." in match.group()
    return may_be and bool(_CLOCK.search(text[max(0, match.start() - 12) : match.start()]))


def _figure(words: str) -> str:
    return re.sub(r"[^\d.,]", "", words).strip(".,")


# ------------------------------------------------------------------ how long, how often

_SPAN = rf"{_AMOUNT_OF} (?:minutes?|mins?|hours?|days?|weeks?|months?)"
_WAIT = re.compile(
    r"\b(?:(?:waiting|waited|wait already|been|now)(?: for)?(?: over| about| almost| nearly)?"
    rf" (?P<time>{_SPAN})"
    rf"|for (?:over |about |almost |nearly |the last )?(?P<since>{_AMOUNT_OF} (?:hours|days|weeks))"
    rf"|since (?P<since_ago>{_AMOUNT_OF} (?:days|weeks|months))"
    rf"|(?P<without>{_SPAN}) (?:now )?(?:without|meanwhile|overdue|late))\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:asked|wrote|ordered|requested|returned|paid|reported|emailed|refund from)\b"
    r"[^.!?\n]{0,40}?"
    rf"\b(?P<time>{_AMOUNT_OF} (?:days?|weeks?|months?)) ago\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?P<count>{'|'.join(_ORDINALS[1:])}|[2-9](?:nd|rd|th))"
    r" (?:time|e-?mail|mail|message|letter|call|attempt|contact|chat|ticket)\b",
    re.IGNORECASE,
)
_FIRST_TIME_GOOD = re.compile(r"[^.!?\n]{0,20}\b(?:order|buy|bought|happy|love|visit)", re.I)
_NOT_WAITED = re.compile(
    r"\b(?:customer|member|with you|subscri|lived|married|free)\b", re.IGNORECASE
)


def waiting_time(text: str) -> tuple[str, str]:
    """How long they say they have waited."""
    for match in (_WAIT.search(text), _AGO.search(text)):
        if match and not _NOT_WAITED.search(text[match.end() : match.end() + 25]):
            return next(time for time in match.groups() if time).lower(), match.group()
    return "", ""


def count(text: str) -> tuple[str, str]:
    """Which time it is that they write or suffer it, as an ordinal word."""
    for match in _COUNT.finditer(text):
        if _FIRST_TIME_GOOD.match(text, match.end()):
            continue
        word = match["count"].lower()
        ordinal = _ORDINALS[int(word[0]) - 1] if word[0].isdigit() else word
        return ordinal, match.group()
    return "", ""
