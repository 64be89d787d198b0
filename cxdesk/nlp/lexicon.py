"""Finds the cues of a customer's message: what rules match, weighed by how it is said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language

from cxdesk import paths
from cxdesk.model import Cue, RuleCard
from cxdesk.nlp import scope, shouting
from cxdesk.nlp.reading import Reading
from cxdesk.nlp.rules import Rule, RuleMatch, RuleMatcher, parse_example, read_rules, read_words

_WORD = re.compile("[a-z]+")
_END = re.compile(r"[.!?]\s")
_HALF = 0.5
_FEELINGS = frozenset(("affect", "disappointment", "intensifier"))
_PAST = frozenset(("was", "were", "felt", "got", "had"))
_TURNS = frozenset(("but", "until", "then"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A rule's words in one message: characters [start, end), words [first, last), weight."""

    rule: Rule
    start: int
    end: int
    first: int
    last: int
    sentence: int
    weight: float

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def is_positive(self) -> bool:
        return bool(self.rule.extra.get("positive"))

    def cue(self, text: str) -> Cue:
        """What the window shows of it."""
        words = text[self.start : self.end]
        return Cue(self.code, self.start, self.end, words, self.weight, self.rule.id, self.rule.why)


class Lexicon:
    """The rules of a folder, ready to find evidence; `problems` lists what could not be read.

    With `codes` only the rules of these are taken.
    """

    def __init__(
        self, nlp: Language, folder: Path | None = None, codes: Collection[str] = ()
    ) -> None:
        folder = folder or paths.resources() / "lexicon"
        rules, self.problems = read_rules(folder)
        rules = [rule for rule in rules if not codes or rule.code in codes]
        self.rules = {rule.id: rule for rule in rules}
        self._by_code = {rule.code: rule for rule in reversed(rules)}  # the first of each
        words, _ = read_words(folder)
        self._matcher = RuleMatcher(nlp, [rule for rule in rules if rule.patterns], words)
        self._computed = {rule.extra["computed"]: rule for rule in rules if not rule.patterns}
        self._nlp = nlp

    def read(self, text: str) -> Reading:
        """A message as words and sentences."""
        return self._matcher.read(self._nlp.make_doc(text))

    def find(self, reading: Reading) -> list[Evidence]:
        """Every match of a rule, whatever is said around it."""
        return [_evidence(reading, match) for match in self._matcher.find_in(reading)]

    def evidence(
        self,
        text: str,
        reading: Reading,
        found: Sequence[Evidence],
        quoted: Sequence[tuple[int, int]],
    ) -> list[Evidence]:
        """Of what was found all that speaks for or against frustration, in order of place.

        What stands in the `quoted` characters speaks for nothing.
        """
        kept = [
            weighed
            for each in found
            if not scope.is_inside(each.start, each.end, quoted)
            and (weighed := _weighed(each, reading)) is not None
        ]
        kept = [each for each in kept if _has_company(each, kept) and not _is_joy(each, kept)]
        kept = [each for each in kept if not _is_over(each, kept, reading)]
        mocking = {each.sentence for each in kept if each.code == "sarcasm"}
        kept = [each for each in kept if not (each.is_positive and each.sentence in mocking)]
        upset = any(each.weight >= 1 for each in kept)
        kept += self._raised(text, reading, quoted, upset)
        return sorted(kept, key=lambda each: (each.start, each.end, each.code))

    def may_speak(self, text: str) -> bool:
        """False for nearly every message that has no cue of these rules; reads nothing.

        No match leaves its sentence, so its words have to stand in one.
        """
        small = text.lower()
        return self._may_hold(small) and any(map(self._may_hold, _END.split(small)))

    def _may_hold(self, small: str) -> bool:
        return self._matcher.is_possible(set(_WORD.findall(small)))

    def card(self, rule_id: str) -> RuleCard | None:
        """A rule in words with its examples; None for a rule that is not of this lexicon."""
        rule = self.rules.get(rule_id)
        if rule is None:
            return None
        flag = tuple(parse_example(text)[0] for text in rule.flag)
        return RuleCard(rule.id, rule.code, rule.title, rule.why, rule.source, flag, rule.leave)

    def about(self, code: str) -> RuleCard | None:
        """A code in words, as its rules explain it; None when no rule has it."""
        rule = self._by_code.get(code)
        return (
            None
            if rule is None
            else RuleCard(code, code, rule.title, rule.why, rule.source, (), ())
        )

    def _raised(
        self, text: str, reading: Reading, quoted: Sequence[tuple[int, int]], upset: bool
    ) -> Iterator[Evidence]:
        """Capitals and piled-up marks. A text all in capitals shouts only with a cue beside it."""
        places = [("capitals", each) for each in shouting.capitals(text)]
        if upset and shouting.all_capitals(text):
            first = reading.sentences[0]
            places.append(("capitals", reading.span(first.start, first.tail)))
        places += [("marks", each) for each in shouting.marks(text)]
        for kind, (start, end) in places:
            rule = self._computed.get(kind)
            if rule and not scope.is_inside(start, end, quoted) and reading.words:
                yield _at(reading, rule, start, end)


def denied(found: Sequence[Evidence], reading: Reading) -> list[tuple[int, int]]:
    """Characters of trouble that the customer says is none: "I'm not angry"."""
    return [
        (each.start, each.end)
        for each in found
        if not each.is_positive and _is_negated(each, reading)
    ]


def _evidence(reading: Reading, match: RuleMatch) -> Evidence:
    start, end = match.span(reading.doc)
    first = scope.word_at(reading, match.start)
    last = scope.word_at(reading, match.end)
    return Evidence(match.rule, start, end, first, last, match.sentence, match.rule.weight)


def _at(reading: Reading, rule: Rule, start: int, end: int) -> Evidence:
    """Evidence seen in the characters of the text, at the word they begin in."""
    doc = reading.doc
    word = max(bisect_right(reading.at, start, key=lambda token: doc[token].idx) - 1, 0)
    return Evidence(rule, start, end, word, word + 1, reading.sentence_of(word), rule.weight)


def _weighed(each: Evidence, reading: Reading) -> Evidence | None:
    """The evidence with the weight it has where it stands, or None where it means nothing."""
    extra = each.rule.extra
    if _is_negated(each, reading):
        return None
    if _only_asks(each, reading):
        return None
    if extra.get("hypothetical") != "keep" and scope.is_hypothetical(reading, each.first):
        return None if "blames" in extra else replace(each, weight=each.weight * _HALF)
    return each


def _is_negated(each: Evidence, reading: Reading) -> bool:
    """Negation before the cue; for rules that say `inside` ("I'm … annoyed") within it as well."""
    kind = each.rule.extra.get("negation", "before")
    if kind == "inside":
        return scope.is_negated(reading, each.last - 1)
    return kind == "before" and scope.is_negated(reading, each.first)


def _only_asks(each: Evidence, reading: Reading) -> bool:
    """A question about policy is no threat; a question whether it happened blames nobody."""
    kind = each.rule.extra.get("question", "any")
    if kind not in ("policy", "declarative"):
        return False
    return scope.asked(reading, each.first) is not scope.Asked.NOT


def _has_company(each: Evidence, others: Sequence[Evidence]) -> bool:
    """Some cues count only beside another: courtesy masks a problem only where there is one, a
    plain deed ("you moved my seat") is held against us only in a message that complains, and
    "Great job." is sarcasm only before a failure.
    """
    extra = each.rule.extra
    if needed := extra.get("needs_any"):
        return any(other.code in needed for other in others)
    if extra.get("needs_negative"):
        return any(other.weight >= 1 and "blames" not in other.rule.extra for other in others)
    if extra.get("needs_next_negative"):
        return any(other.weight >= 1 and other.sentence == each.sentence + 1 for other in others)
    return True


def _is_joy(each: Evidence, others: Sequence[Evidence]) -> bool:
    """ "Are you serious? That's great!" is no reproach."""
    follows = (each.sentence, each.sentence + 1)
    return bool(each.rule.extra.get("joy_cancels")) and any(
        other.code == "praise" and other.sentence in follows for other in others
    )


def _is_over(each: Evidence, others: Sequence[Evidence], reading: Reading) -> bool:
    """ "I was so annoyed last week, but Sam fixed it": told, and no longer felt (trap 9)."""
    start = reading.sentences[each.sentence].start
    words = reading.words
    if each.code not in _FEELINGS or not _PAST & set(words[max(start, each.first - 3) : each.last]):
        return False
    return any(
        other.code == "recovery"
        and other.sentence == each.sentence
        and _TURNS & set(words[each.last : other.first])
        for other in others
    )
