"""Better words for a finding: rewrites of this very sentence, or taking it out.

Rewrites are data (`resources/review/rewrites/`): a regular expression over one sentence with named
groups, and templates. `{np}` in an expression stands for a noun phrase; `{x}` in a template puts a
group in, `{x|pp}` its participle, `{x|is}` the verb that agrees with it. A rewrite that would lose
a number, a name or a date is not offered, nor one that the same rule would find again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxdesk import paths
from cxdesk.model import Problem
from cxdesk.nlp.review.page import Line, Page
from cxdesk.nlp.review.verbs import bare, is_plural, participle, past
from cxdesk.nlp.rules import read_yaml

MOST = 5
_FOLDER = paths.resources() / "review" / "rewrites"

_END = (
    r"(?=[,.;:!?)]|$| (?:and|so|but|because|when|before|after|until|within|by|on time|in time"
    r"|that's|which|if|or"
    r"|since|as|then|first|properly|carefully|yesterday|today|yet|at all|again|for|to|from|with"
    r"|in the|on the)\b)"
)
_MACROS = {
    "np": (
        r"(?:(?:the|your|our|a|an|this|that|these|those|any|all|both)(?: [\w'-]+){1,4}?|it|them"
        rf"|(?-i:[A-Z])[\w-]+){_END}"
    ),
    "paper": (
        r"(?:the|our|your|that|those|these) (?:[\w&'-]+ ){0,3}?(?:terms(?: and conditions)?"
        r"|conditions|manual|instructions"
        r"|size (?:chart|guide)|page|e-?mails?|mails?|faqs?|description|contract|labels?|guide"
        r"|listing|leaflet|small print|policy"
        r"|tickets?|website|notes?|t&cs|booklet|rules|form|letters?|invoice|warnings?|messages?"
        r"|text|notice|agreement)\b"
    ),
    "lead": (
        r"(?:(?:well|honestly|frankly|so|but|and|unfortunately|actually|sir|madam|ok|okay"
        r"|sorry but|i'm afraid|to be honest"
        r"|ok so what happened is|the problem is|with (?:all due )?respect|hmm|look|obviously"
        r"|clearly|i can see(?: that)?"
        r"|i see(?: that)?|it (?:looks|seems|appears) (?:like|that|as if)"
        r"|our records show(?: that)?|(?:i'm|i am) sure)[, ]+)*"
    ),
    "stop": r"(?=[,.;!?]|$| (?:and|so|but|because)\b)",
    "thing": r"(?:the|our|that|this)(?: (?!and\b)[\w'-]+){1,8}?",
    "you": r"(?:you|u)",
    "end": r"[\s.!?…]*$",
}
_CLAUSE = re.compile(
    r"(?:,| -| –| —|;) ?(?:and |but |so |although |though |however |yet |which )?", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon))(?: (?!you\b|we\b|i\b)[\w.'-]+){1,3}, )",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d[\d.,:/-]*\d|\d")
_NAMES = re.compile(r"(?<![.!?\"] )(?<!^)\b[A-Z][\w'-]+")
_DATES = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yesterday|today|tomorrow|tonight|noon)\b",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    ("I", "I'm", "I've", "I'll", "I'd", "OK", "Sir", "Madam", "FAQ", "PLEASE", "NOT")
)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One way to say it better. With `whole` the sentence is replaced, else only what matched."""

    code: str
    find: re.Pattern[str]
    to: tuple[str, ...]
    whole: bool
    fault: str
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fixes:
    """Replacements of the draft's [start, end); an empty one takes the words out."""

    start: int
    end: int
    texts: tuple[str, ...]


def read_rewrites(
    folder: Path = _FOLDER,
) -> tuple[Mapping[str, tuple[Rewrite, ...]], list[Problem]]:
    """The rewrites of each code, and what was wrong with the rest."""
    problems: list[Problem] = []
    found: dict[str, tuple[Rewrite, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        data, wrong = read_yaml(path)
        problems += wrong
        entries = data["rewrites"] if isinstance(data, dict) else ()
        found[path.stem] = tuple(_rewrites(path, entries, problems))
    return found, problems


def fixes(
    page: Page,
    line: Line,
    span: tuple[int, int],
    rewrites: Iterable[Rewrite],
    is_better: Callable[[str], bool],
    keep_clause: bool,
) -> Fixes:
    """At most five replacements for the sentence (or clause) around a finding, deletion last.

    `is_better` is asked whether a whole draft with a replacement has fewer findings of the code;
    `keep_clause` says that the sentence holds something good beside the clause with the finding.
    """
    if line.text.count('"') % 2:  # half a quotation: what comes after it would change its voice
        return Fixes(line.start, line.end, ())
    edits = list(_edits(page, line, span, rewrites))
    start, end = _range(line, span, edits, keep_clause)
    texts = list(dict.fromkeys(_spliced(page.text, start, end, *edit) for edit in edits))
    start, end, padded = _with_space(page.text, start, end, texts)

    def helps(fix: str) -> bool:
        return is_better(page.text[:start] + fix + page.text[end:])

    good = [each for each in padded if helps(each)][: MOST - 1]
    return Fixes(start, end, (*good, "") if helps("") else tuple(good))


def _range(
    line: Line, span: tuple[int, int], edits: Iterable[tuple[int, int, str]], keep_clause: bool
) -> tuple[int, int]:
    """What a fix replaces: the clause when that is enough for every edit, else the sentence."""
    clause = _clause(line, span) if keep_clause else None
    if clause and all(clause[0] <= first and last <= clause[1] for first, last, _ in edits):
        return clause
    return line.start, line.end


def _rewrites(path: Path, entries: Any, problems: list[Problem]) -> Iterator[Rewrite]:
    for entry in entries or ():
        try:
            find = re.compile(_expanded(entry["find"]), re.IGNORECASE)
        except (re.error, KeyError, TypeError) as error:
            problems.append(Problem(f"rewrites/{path.name}", f"not a usable rewrite: {error}"))
            continue
        examples = tuple((str(old), str(new)) for old, new in (entry.get("examples") or {}).items())
        to = tuple(str(each) for each in entry["to"])
        yield Rewrite(
            path.stem, find, to, bool(entry.get("whole")), entry.get("fault", ""), examples
        )


def _expanded(expression: str) -> str:
    """`{np}` is a nameless noun phrase, `{x:np}` one that templates can use as {x}."""
    named = re.sub(r"\{(\w+):(\w+)\}", lambda m: f"(?P<{m[1]}>{_MACROS[m[2]]})", expression)
    return re.sub(r"\{([a-z]+)\}", lambda m: _MACROS[m[1]], named)


def _edits(
    page: Page, line: Line, span: tuple[int, int], rewrites: Iterable[Rewrite]
) -> Iterator[tuple[int, int, str]]:
    """Replacements as (start, end, text) in the draft, each near the finding and losing no fact."""
    address = _ADDRESS.match(line.text)
    head = address.end() if address else 0
    body, start = line.text[head:], line.start + head
    for rewrite in rewrites:
        match = rewrite.find.search(body)
        if match is None or rewrite.fault not in ("", page.request.fault):
            continue
        if not (start + match.start() < span[1] and span[0] < start + match.end()):
            continue
        first, last = (0, len(body)) if rewrite.whole else match.span()
        for template in rewrite.to:
            text = _cased(_filled(template, match), at_start=not head and first == 0)
            if _keeps_facts(body[:first] + text + body[last:], body):
                yield start + first, start + last, text


def _filled(template: str, match: re.Match[str]) -> str:
    def value(slot: re.Match[str]) -> str:
        name, _, form = slot[1].partition("|")
        return _formed(match[name] or "", form)

    text = re.sub(r"\{([^{}]+)\}", value, template)
    return re.sub(r" +(?=[ ,.;!?])", "", text)


def _formed(words: str, form: str) -> str:
    """A group as a template wants it; verbs that agree take it as their subject."""
    forms: Mapping[str, Callable[[str], str]] = {
        "": str,
        "cap": lambda each: each[:1].upper() + each[1:],
        "low": _lowered,
        "an": lambda each: "an" if each[:1].lower() in "aeiou" else "a",
        "pp": lambda each: participle(each.lower()),
        "past": lambda each: past(each.lower()),
        "bare": lambda each: bare(each.lower()),
        "is": lambda each: "are" if is_plural(each) else "is",
        "was": lambda each: "were" if is_plural(each) else "was",
    }
    return forms[form](words)


def _lowered(words: str) -> str:
    """The first letter small, except in a name or an abbreviation."""
    first, _, rest = words.partition(" ")
    return words if first.isupper() and len(first) > 1 else f"{first.lower()} {rest}".strip()


def _cased(text: str, *, at_start: bool) -> str:
    return text[:1].upper() + text[1:] if at_start else text


def _keeps_facts(new: str, old: str) -> bool:
    """Whether every number, name and date of the old sentence stands in the new one."""
    names = {each for each in _NAMES.findall(old) if each not in _NOT_NAMES and not each.isupper()}
    facts = {*_NUMBERS.findall(old), *names, *_DATES.findall(old)}
    return all(fact.lower() in new.lower() for fact in facts)


def _spliced(text: str, start: int, end: int, first: int, last: int, new: str) -> str:
    return text[start:first] + new + text[last:end]


def _clause(line: Line, span: tuple[int, int]) -> tuple[int, int] | None:
    """The last clause of a sentence with its joining word, when it holds the whole finding."""
    found = None
    for match in _CLAUSE.finditer(line.text):
        start = line.start + match.start()
        if start <= span[0] and match.start() > 12:
            found = start
    if found is None:
        return None
    body = line.text.rstrip(" .!?…\"')")
    return found, line.start + len(body)


def _with_space(text: str, start: int, end: int, texts: list[str]) -> tuple[int, int, list[str]]:
    """Take one neighbouring space into the range, so that taking out leaves no double space."""
    if start and text[start - 1] == " " and (end >= len(text) or text[end].isspace()):
        return start - 1, end, [" " + each for each in texts]
    if end < len(text) and text[end] == " " and (not start or text[start - 1].isspace()):
        return start, end + 1, [each + " " for each in texts]
    return start, end, texts
