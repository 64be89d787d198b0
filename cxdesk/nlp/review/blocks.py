"""Why Send is held: a field not filled, another customer's name, an amount above authority."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxdesk.model import Block
from cxdesk.nlp.review.checks import over_limit
from cxdesk.nlp.review.page import Page

_BRACES = re.compile(r"\{\{?\s*[A-Za-z_][\w ]{0,40}(?:\|[^{}\n]*)?\s*\}?\}|<<[^<>\n]{1,40}>>")
_BRACKETS = re.compile(r"\[([A-Za-z][^\[\]\n]{0,40})\]")
_FIELD = re.compile(
    r"(?i)(?:^(?:your|customer|agent|(?:insert|enter|add)(?= )|order|case|ticket|company|first|last"
    r"|product|item)\b"
    r"|(?:name|number|date|time|amount|link|item|product|agent|company|reason|issue|address"
    r"|reference|order|day|price"
    r"|topic|team|question|action|option|summary|cause|ref|plan|impact|here|by|id|slot|count"
    r"|city|event)$)"
)
_OPENS = r"(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|morning|hallo)"
_THANKS = (
    r"(?:thanks|thank you|sorry|apologies|welcome|congratulations|bye|goodbye|take care|regards)"
)
_TITLE = r"(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|frau|herr)\.? "
# First names that are words as well: a name only right after a greeting.
_NAMES_THAT_ARE_WORDS = """
    mark will may grace hope rose bill sue art joy dawn frank rich pat drew chase miles gene jack
    june april august faith charity ivy lily daisy olive pearl ruby amber crystal penny summer
    autumn sky chance hunter mason cooper carter taylor young long short brown white black green
    gray grey king best love price rush page day knight bishop wood stone field hill lake rivers
    church park banks marsh ray jay bob rob nick don guy ward wade lane major earl duke grant
    lance clay cliff glen heath reed art van dean christian jordan paris sydney florence chelsea
    carol eve honey iris violet hazel holly robin jean joe per sky star angel destiny harmony
    melody trinity victor buck chip skip dale max ace
"""
_WORDS = frozenset(_NAMES_THAT_ARE_WORDS.split())


def blocks(page: Page) -> tuple[Block, ...]:
    """Everything that holds Send, in order of place."""
    found = [*_open_slots(page), *_wrong_names(page), *_amounts(page)]
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _open_slots(page: Page) -> Iterator[Block]:
    taken = []
    for start, end, _name in page.request.open_slots:
        start, end = max(0, start), min(end, len(page.text))
        if start < end:
            taken.append((start, end))
            yield _slot(start, end, page.text[start:end])
    for start, end, name in _left_over(page.text):
        if all(end <= a or b <= start for a, b in taken):
            yield _slot(start, end, name)


def _slot(start: int, end: int, name: str) -> Block:
    label = name.replace("_", " ").strip()
    return Block("open_slot", start, end, f"Fill in “{label}” or take it out.")


def _left_over(text: str) -> Iterator[tuple[int, int, str]]:
    """Fields of a template typed or pasted by hand: {name}, {name|there}, [order number]."""
    for match in _BRACES.finditer(text):
        yield match.start(), match.end(), match[0].strip("{}<> ").split("|")[0]
    for match in _BRACKETS.finditer(text):
        if _is_field(match[1]):
            yield match.start(), match.end(), match[1]


def _is_field(label: str) -> bool:
    return len(label.split()) <= 4 and ("_" in label or _FIELD.search(label.strip()) is not None)


def _wrong_names(page: Page) -> Iterator[Block]:
    own = {each.lower() for each in _parts(page.request.customer_name)}
    seen: set[int] = set()
    for full in page.request.other_names:
        for name in _parts(full):
            if name.lower() in own or len(name) < 2:
                continue
            for start, end in _addressed(page.straight, name):
                if start not in seen:
                    seen.add(start)
                    yield _wrong_name(page, start, end)


def _wrong_name(page: Page, start: int, end: int) -> Block:
    here = page.request.customer_name
    asked = f'This conversation is with {here}, the draft says "{page.text[start:end]}".'
    return Block("wrong_name", start, end, asked if here else "This is another customer's name.")


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w'-]*", name)


def _addressed(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a text speaks to somebody by this name."""
    word = re.escape(name)
    is_word = name.lower() in _WORDS
    greeting = rf"(?i:\b{_OPENS}),? (?i:{_TITLE})?(?:[A-Z][\w'-]+ )?(?P<n>(?i:{word}))"
    forms = [rf"{greeting}(?= ?[,!.:\n-]|\s*$)" if is_word else rf"{greeting}\b"]
    if not is_word:
        forms += [
            rf"(?i:\b{_THANKS})[, ]+(?i:{_TITLE})?(?P<n>{word}|{word.upper()})(?=[ ]?[,!.\n]|\s*$)",
            rf"(?:^|[.!?\n] ?)(?P<n>{word}|{word.upper()}), ",
            rf", (?i:{_TITLE})?(?P<n>{word}|{word.upper()})(?=[.!?,]|\s*$)(?!, (?:who|and|or|our"
            rf"|the|your)\b)",
        ]
    for form in forms:
        for match in re.finditer(form, text, re.MULTILINE):
            yield match.span("n")


def _amounts(page: Page) -> Iterator[Block]:
    limit = page.request.limit
    for line in page.lines:
        for start, end in over_limit(page.request, line):
            yield Block(
                "over_authority",
                start,
                end,
                f"{page.text[start:end]} is above your limit of {limit:g}; ask for approval first.",
            )
