"""Abbreviations from inside a company: capitals that a customer has no reason to know."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What everybody reads without thinking; a term the customer used first is added to it.
_EVERYDAY_WORDS = """
    AA AAA ABS AC AD ADHD AI AM API APP APPS ASAP ATM AUD BBC BBQ BC BCC BIC BIOS BMW BST BTW CAD
    CC CCTV CD CE CEO CET CHF CPU CSV CT CV DC DHL DIY DJ DLC DM DNA DPD DST DVD DVLA DVR EEA EST
    ET ETC EU EUR EV FAQ FAQS FBI FIFA FM FYI GB GBP GDPR GIF GLS GMT GP GPS GPU GTA HD HDD HDMI
    HGV HMRC HP HQ HR IBAN IBM ICE ICU ID IDS IE II III IKEA INR IOS IP IQ IRS ISBN IT IV JPEG JPG
    JPY JR KG KLM KM KWH LA LAN LCD LED LGBT LTD MAC MB MD MMS MOT MP MPH MRI MRS MS NASA NATO NB
    NFC NHS NY NYC OAP OK OLED OS PA PC PCR PDF PDFS PE PHD PIN PM PNG PO POV PPE PR PS PSN PST PT
    QR RAM RSVP RV SAS SD SEO SIM SMS SOS SQ SSD SSN SUV TBA TBC TNT TUI TV TVS UAE UHD UK UN UPS
    UPVC URL US USA USB USD UTC UV VAT VHS VIP VIPS VPN VR WC WIFI WLAN WWW XL XS XXL XXXL ZIP
"""
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
# Ordinary words that people say loudly: "I said NOT today".
_LOUD_WORDS = """
    all also always am an and any are as ask at back be been both but by call can did do done don
    dont down each every ever for free from fri full gate get give go good had has have he her
    here him his hot how huge i if in into is it its just keep know last late left less like long
    lost love made main may me mon more most much must my need never new next no none not nothing
    now of off old on once one only open or other our out over paid past pay please right sat save
    say see seen send sent she sign so some soon stay still stop such sun sure take than thank
    thanks that the their them then there they this three thu time to today too top tue twice two
    up us use very wait want was we wed week well went were what when where which who why will
    with work wow wrong yes yet you your zero sale sold hello hi dear end best big cold cool day
    easy exact first found great half
"""
_LOUD = frozenset(_LOUD_WORDS.split())
_CAPITALS = re.compile(r"(?<![\w&/.*^~-])[A-Z]{2,6}s?(?![\w-]|\.[A-Za-z])")
_SHOUTED = re.compile(r"\b[A-Z]{2,}(?:'[A-Z]+)? [A-Z]{2,}\b")
_EXPLAINED = re.compile(
    r"^ ?(?:\(|, (?:which|that is|i\.e\.|meaning|or|our|the)\b| means\b| stands\b)"
)
_NUMBERED = re.compile(r"^[ -]?(?:no\.? ?|number |#)?\d")


def unexplained(text: str, known: str) -> Iterator[tuple[int, int]]:
    """Offsets of abbreviations that are neither everyday, explained, nor in `known`."""
    if text.isupper() or _SHOUTED.search(text):
        return
    for match in _CAPITALS.finditer(text):
        word, after = match[0].rstrip("s"), text[match.end() :]
        if word in _EVERYDAY or _is_word(word) or word in known.upper() or _is_said(word, text):
            continue
        signed = len(word) == 2 and not after.strip()  # initials under a message
        if not (signed or _EXPLAINED.match(after) or _NUMBERED.match(after)):
            yield match.span()


def _is_said(capitals: str, text: str) -> bool:
    """Whether it stands there in small letters too: "on the tram line, on the TRAM line"."""
    return re.search(rf"\b{capitals.lower()}\b", text) is not None


def _is_word(capitals: str) -> bool:
    """Whether it is an ordinary word said loudly: "I said NOT today"."""
    return capitals.lower() in _LOUD
