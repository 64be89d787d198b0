"""Rules are data: a file of patterns for each code, each rule with its why, source and examples.

Reading a folder returns what was good and a list of problems: one broken rule never silences the
others. `RuleMatcher` finds the rules of many files in one pass over a message.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from cxdesk import paths, yaml_files
from cxdesk.model import Problem
from cxdesk.nlp.patterns import Pattern, PatternCompiler, PatternError, WordSets
from cxdesk.nlp.reading import Reader, Reading, pattern_words

WORDS = "words.yaml"
CASES = "cases.yaml"  # whole messages for the tests; no rules in it
_KNOWN = frozenset(
    ("id", "patterns", "unless", "unless_sentence", "flag", "leave", "why", "title", "weight")
)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule. `flag` and `leave` are its examples; `extra` holds the fields of one kind only."""

    id: str
    code: str
    title: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    unless_sentence: tuple[str, ...]
    why: str
    source: str
    weight: float
    flag: tuple[str, ...]
    leave: tuple[str, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """Named sets of words for patterns, and misspellings with what was meant."""

    sets: WordSets
    spelling: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """Where a rule matched: token offsets into the Doc, end exclusive, and its sentence."""

    rule: Rule
    start: int
    end: int
    sentence: int

    def span(self, doc: Doc) -> tuple[int, int]:
        """Character offsets into the text."""
        last = doc[self.end - 1]
        return doc[self.start].idx, last.idx + len(last)


# ------------------------------------------------------------------ reading files


def read_rules(folder: Path) -> tuple[list[Rule], list[Problem]]:
    """The rules of every YAML file of a folder, in order of file name, and what was wrong.

    A rule with a pattern that cannot be read is left out; unknown sets are named.
    """
    words, problems = read_words(folder)
    compiler = PatternCompiler(words.sets, lambda word: (word,))
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name in (WORDS, CASES):
            continue
        data, wrong = read_yaml(path)
        problems += wrong
        if not isinstance(data, dict) or "rules" not in data:
            continue
        for index, entry in enumerate(data["rules"] or ()):
            rule = _rule(path, data, entry, index, compiler, problems)
            if rule:
                rules.append(rule)
    return rules, problems + _doubles(rules)


def read_words(folder: Path) -> tuple[Words, list[Problem]]:
    """The shared sets of `resources/lexicon/words.yaml`, and a folder's own `words.yaml` on top."""
    sets: dict[str, list[str]] = {}
    spelling: dict[str, str] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys((paths.resources() / "lexicon" / WORDS, folder / WORDS)):
        if not path.exists():
            continue
        data, wrong = read_yaml(path)
        problems += wrong
        if isinstance(data, dict):
            spelling |= data.get("spelling") or {}
            sets |= {name: _words(value) for name, value in data.items() if name != "spelling"}
    return Words({name: _expanded(name, sets, problems) for name in sets}, spelling), problems


def read_yaml(path: Path) -> tuple[Any, list[Problem]]:
    """What a YAML file holds (None when unreadable), and why it could not be read."""
    try:
        return yaml_files.load(path), []
    except yaml_files.BrokenYamlError as error:
        return None, [Problem(path.name, str(error), error.line)]
    except (OSError, UnicodeDecodeError) as error:
        return None, [Problem(path.name, f"not readable: {error}")]


def _rule(
    path: Path,
    data: Mapping[str, Any],
    entry: Any,
    index: int,
    compiler: PatternCompiler,
    out: list[Problem],
) -> Rule | None:
    place = f"rules[{index}]"
    if (
        not isinstance(entry, dict)
        or not entry.get("id")
        or not (entry.get("patterns") or entry.get("computed"))
    ):
        out.append(Problem(path.name, "a rule needs an id and patterns", field=place))
        return None
    merged = {key: value for key, value in data.items() if key not in ("rules", "code")} | entry
    rule = Rule(
        id=str(entry["id"]),
        code=str(data.get("code", path.stem)),
        title=str(merged.get("title", "")),
        patterns=_texts(entry.get("patterns")),
        unless=_texts(data.get("unless")) + _texts(entry.get("unless")),
        unless_sentence=_texts(data.get("unless_sentence")) + _texts(entry.get("unless_sentence")),
        why=str(merged.get("why", "")).strip(),
        source=str(merged.get("source", "")),
        weight=float(merged.get("weight", 0)),
        flag=_texts(entry.get("flag")),
        leave=_texts(entry.get("leave")),
        extra={key: value for key, value in merged.items() if key not in _KNOWN},
    )
    wrong = _broken_patterns(rule, compiler)
    out += [Problem(path.name, message, field=rule.id) for message in wrong]
    return None if wrong else rule


def _broken_patterns(rule: Rule, compiler: PatternCompiler) -> list[str]:
    wrong = []
    for text in (*rule.patterns, *rule.unless, *rule.unless_sentence):
        try:
            compiler.compile(text)
        except PatternError as error:
            wrong.append(str(error))
    return wrong


def _texts(value: Any) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(each) for each in value)


def _words(value: Any) -> list[str]:
    """A set is a list, or a text with spaces between its words."""
    return value.split() if isinstance(value, str) else [str(each) for each in value or ()]


def _expanded(name: str, sets: Mapping[str, list[str]], out: list[Problem]) -> tuple[str, ...]:
    """The words of a set and of the sets it includes, each once."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        seen.add(current)
        for word in sets.get(current, ()):
            if not word.startswith("@"):
                found[word] = None
            elif word[1:] not in sets:
                out.append(Problem(WORDS, f"there is no set of words named {word}", field=name))
            elif word[1:] not in seen:
                waiting.append(word[1:])
    return tuple(found)


def _doubles(rules: Iterable[Rule]) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for rule in rules:
        if rule.id in seen:
            problems.append(
                Problem(f"{rule.code}.yaml", "this rule id is used twice", field=rule.id)
            )
        seen[rule.id] = rule.code
    return problems


# ------------------------------------------------------------------ examples


_MARK = re.compile(r"[\[\]]")


def parse_example(text: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its [ ] marks, and the character offsets [start, end) they marked."""
    spans: list[tuple[int, int]] = []
    start = 0
    for number, mark in enumerate(_MARK.finditer(text)):
        if mark[0] == "[":
            start = mark.start() - number
        else:
            spans.append((start, mark.start() - number))
    return _MARK.sub("", text), spans


# ------------------------------------------------------------------ matching


@dataclass(frozen=True, slots=True)
class _Hit:
    owner: int
    start: int
    end: int
    sentence: int


class RuleMatcher:
    """Finds every rule in a Doc; a pattern is tried only where its rarest word stands."""

    def __init__(self, nlp: Language, rules: Sequence[Rule], words: Words) -> None:
        """Compile the rules. Raises PatternError for a pattern that `read_rules` would refuse."""
        self._rules = tuple(rules)
        special = nlp.tokenizer.rules  # type: ignore[union-attr]  # typed as any callable
        compiler = PatternCompiler(words.sets, pattern_words(nlp.make_doc, special))

        def compiled(texts: Iterable[str]) -> tuple[Pattern, ...]:
            return tuple(pattern for text in texts for pattern in compiler.compile(text))

        patterns = [compiled(rule.patterns) for rule in self._rules]
        self._unless = [compiled(rule.unless) for rule in self._rules]
        self._unless_sentence = [compiled(rule.unless_sentence) for rule in self._rules]
        self._waiting, self._anywhere = _gates(patterns)
        self._telling = {
            word: {pattern.telling for _, pattern in found} for word, found in self._waiting.items()
        }
        known = {
            word
            for group in (*patterns, *self._unless, *self._unless_sentence)
            for pattern in group
            for step in pattern.steps
            for word in step.words or ()
        }
        self._reader = Reader(known, words.spelling)

    def read(self, doc: Doc) -> Reading:
        """The words of a Doc as this matcher's patterns see them."""
        return self._reader.read(doc)

    def find(self, doc: Doc) -> list[RuleMatch]:
        """Every match in order of place; of overlapping matches of a code the longest is kept."""
        return self.find_in(self.read(doc))

    def find_in(self, reading: Reading) -> list[RuleMatch]:
        """As `find`, for a Doc that was read already."""
        hits = {hit for hit in self._hits(reading) if not self._is_cancelled(reading, hit)}
        return _longest(self._match(reading, hit) for hit in hits)

    def is_possible(self, words: AbstractSet[str]) -> bool:
        """Whether a text with these words, in small letters, may match any rule at all.

        Cheap, so that hardly a text need be read for rules that rarely hold. Misspelled words do
        not count, nor do patterns without a word to wait for.
        """
        return any(
            all(not words.isdisjoint(each) for each in telling)
            for word in words & self._waiting.keys()
            for telling in self._telling[word]
        )

    def _hits(self, reading: Reading) -> Iterator[_Hit]:
        words, waiting = reading.words, self._waiting
        for number, sentence in enumerate(reading.sentences):
            for at in range(sentence.start, sentence.stop):
                for owner, pattern in waiting.get(words[at], self._anywhere):
                    first = pattern.first
                    earliest = max(sentence.start, at - pattern.farthest)
                    for start in range(earliest, at - pattern.nearest + 1):
                        if first and words[start] not in first:
                            continue
                        end = pattern.match(words, start, sentence)
                        if end > at:
                            yield _Hit(owner, start, end, number)

    def _is_cancelled(self, reading: Reading, hit: _Hit) -> bool:
        """Whether an `unless` touches the hit, or an `unless_sentence` stands in its sentence."""
        if any(_spans(self._unless_sentence[hit.owner], reading, hit.sentence)):
            return True
        return any(
            start <= hit.end and hit.start <= end
            for start, end in _spans(self._unless[hit.owner], reading, hit.sentence)
        )

    def _match(self, reading: Reading, hit: _Hit) -> RuleMatch:
        first, last = reading.at[hit.start], reading.at[hit.end - 1] + 1
        return RuleMatch(self._rules[hit.owner], first, last, hit.sentence)


_Gate = dict[str, list[tuple[int, Pattern]]]


def _gates(groups: Sequence[Sequence[Pattern]]) -> tuple[_Gate, list[tuple[int, Pattern]]]:
    """Patterns by the word they wait for (with the number of their rule), and those without one.

    A pattern without a trigger is tried at every word, so it is listed under each word too.
    """
    anywhere = [
        (owner, pattern)
        for owner, group in enumerate(groups)
        for pattern in group
        if pattern.trigger is None
    ]
    waiting: _Gate = defaultdict(list)
    for owner, group in enumerate(groups):
        for pattern in group:
            for word in pattern.triggers:
                waiting[word].append((owner, pattern))
    return {word: found + anywhere for word, found in waiting.items()}, anywhere


def _spans(patterns: Iterable[Pattern], reading: Reading, number: int) -> Iterator[tuple[int, int]]:
    """Where any of a few patterns match in one sentence."""
    sentence, words = reading.sentences[number], reading.words
    present = set(words[sentence.start : sentence.stop])
    for pattern in patterns:
        triggers = pattern.triggers
        if triggers and present.isdisjoint(triggers):
            continue
        for at in range(sentence.start, sentence.stop):
            if triggers and words[at] not in triggers:
                continue
            for start in pattern.starts(at):
                end = pattern.match(words, start, sentence)
                if end > at:
                    yield start, end


def _longest(matches: Iterable[RuleMatch]) -> list[RuleMatch]:
    """Matches in order of place, without those that a longer one of the same code overlaps.

    A rule may name a `group` of its own, so that it never displaces a surer rule of its code.
    """
    kept: dict[tuple[str, int], list[RuleMatch]] = defaultdict(list)  # no match leaves its sentence
    ranked = sorted(matches, key=lambda each: (each.start - each.end, each.start, each.rule.id))
    for match in ranked:
        rivals = kept[match.rule.extra.get("group", match.rule.code), match.sentence]
        if all(match.end <= other.start or other.end <= match.start for other in rivals):
            rivals.append(match)
    everything = (match for rivals in kept.values() for match in rivals)
    return sorted(everything, key=lambda each: (each.start, each.end, each.rule.code))
