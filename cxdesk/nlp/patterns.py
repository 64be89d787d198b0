r"""The pattern language of rule files: how a rule says which words it means.

A pattern is tokens separated by spaces, matched on the normalised words of one sentence
(`reading`): `a|b` alternatives, `@set` a named set of words, `x?` optional, `...3` a gap of up to
three words, `!a|b` any one word but these, `^` the start and `$` the end of the sentence (leading
@names and punctuation aside), `re:…` a regular expression for one word, alone or as an alternative
(`re:\d+|two|three`; a `|` of its own stands in brackets). An alternative may be several words:
joined by `_` ("to_blame|at_fault"), contracted or hyphenated ("can't|rip-off").

spaCy's Matcher says the same, at a sixth of the speed once there are hundreds of patterns
(measured: 300 ungated token patterns leave 1,300 messages a second). Here each pattern knows its
rarest word, and is tried only where that word stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from cxdesk.nlp.reading import Sentence

WordSets = Mapping[str, tuple[str, ...]]
Split = Callable[[str], tuple[str, ...]]

# Words on which no pattern should wait, as they stand in most messages or in many: an estimate of
# how rarely is enough, because a wrong guess costs time only.
_EVERYWHERE = (
    "i you your the a an to and is was are it its my me in on of for with this that have has had "
    "not no do did does be been am at so but if we our they them he she his her their by from as "
    "or just all can could will would get got what when how why who , . ! ? ' \" 's - ( ) one up "
    "out now there still again even any an more time order please help service back"
)
_OFTEN = (
    "like take go going put about know want need think after before work read over down better "
    "last thing where own feel says try tried trying find being end done watch thought come off "
    "coming email mail message home house each life off running waiting"
)
# Words that are read where they do not stand: "im", "dont", "thats", "gonna" are opened.
_READ_APART = (
    "i you he she it we they that there what who am are is was were be have has had do does did "
    "not can could will would shall should might must need going to want your them us let"
)
_OPENED = frozenset(_READ_APART.split())
_HOW_OFTEN = dict.fromkeys(_OFTEN.split(), 10) | dict.fromkeys(_EVERYWHERE.split(), 40)

_ALTERNATIVE = re.compile(r"(?:\([^)]*\)|\[[^\]]*\]|[^|\s])+")  # a "|" in brackets divides nothing


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Step:
    """One element: any of `words` or what `regex` says; any word at all when neither is given.

    `gap` > 0 skips up to so many words instead.
    """

    words: frozenset[str] | None = None
    regex: re.Pattern[str] | None = None
    negated: bool = False
    optional: bool = False
    gap: int = 0

    def accepts(self, word: str) -> bool:
        if self.words is None and self.regex is None:
            return True
        known = self.words is not None and word in self.words
        found = known or (self.regex is not None and self.regex.fullmatch(word) is not None)
        return found != self.negated

    @property
    def shortest(self) -> int:
        return 0 if self.optional or self.gap else 1

    @property
    def longest(self) -> int:
        return self.gap or 1


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern. `trigger` is the step it waits for; with None it is tried anywhere."""

    steps: tuple[Step, ...]
    at_start: bool
    at_end: bool
    trigger: int | None
    nearest: int
    farthest: int
    triggers: frozenset[str]
    """The words it waits for, one of which every match holds; empty without a trigger."""
    first: frozenset[str]
    """The words a match can begin with; empty where any can. Spares most calls of `match`."""
    telling: tuple[frozenset[str], ...] = ()
    """Sets of words: of each, one stands in every text that matches, written as it is read."""

    def starts(self, found: int) -> range:
        """Where a match may begin when the trigger stands at word `found`."""
        return range(found - self.farthest, found - self.nearest + 1)

    def match(self, words: Sequence[str], start: int, sentence: Sentence) -> int:
        """The end of the match that begins at word `start`, or -1."""
        if start < sentence.start or (self.at_start and start != sentence.head):
            return -1
        return self._match(words, start, 0, sentence)

    def _match(self, words: Sequence[str], at: int, step: int, sentence: Sentence) -> int:
        for index in range(step, len(self.steps)):
            each = self.steps[index]
            if each.gap or each.optional:
                return self._branch(words, at, index, sentence)
            if at >= sentence.stop or not each.accepts(words[at]):
                return -1
            at += 1
        return -1 if self.at_end and at < sentence.tail else at

    def _branch(self, words: Sequence[str], at: int, index: int, sentence: Sentence) -> int:
        """A gap skips as little as it can; an optional word is taken where it can be."""
        each = self.steps[index]
        skips: Sequence[int] = range(each.gap + 1)
        if not each.gap:
            skips = (1, 0) if at < sentence.stop and each.accepts(words[at]) else (0,)
        for skip in skips:
            if at + skip > sentence.stop:
                break
            end = self._match(words, at + skip, index + 1, sentence)
            if end >= 0:
                return end
        return -1


class PatternCompiler:
    """Compiles patterns over the same sets of words; what a token stands for is found out once."""

    def __init__(self, sets: WordSets, split: Split) -> None:
        self._sets = sets
        self._split = split
        self._known: dict[str, list[tuple[Step, ...]]] = {}

    def compile(self, text: str) -> list[Pattern]:
        """The patterns a text stands for: one, or more where alternatives differ in length.

        Raises PatternError when the text names an unknown set or cannot be read.
        """
        tokens = text.split()
        at_start = tokens[:1] == ["^"]
        at_end = tokens[-1:] == ["$"] and len(tokens) > 1
        tokens = tokens[at_start : len(tokens) - at_end]
        if not tokens:
            raise PatternError(f"the pattern {text!r} has no words")
        choices = [self._readings(token) for token in tokens]
        return [_pattern(sum(parts, ()), at_start, at_end) for parts in product(*choices)]

    def _readings(self, token: str) -> list[tuple[Step, ...]]:
        if token not in self._known:
            self._known[token] = list(_readings(token, self._sets, self._split))
        return self._known[token]


def _pattern(steps: tuple[Step, ...], at_start: bool, at_end: bool) -> Pattern:
    if not any(each.shortest for each in steps):
        raise PatternError("a pattern needs one word that is not optional")
    trigger = _trigger(steps)
    before = steps[: trigger or 0]
    nearest = sum(each.shortest for each in before)
    farthest = sum(each.longest for each in before)
    words = steps[trigger].words if trigger is not None else None
    first = frozenset() if steps[0].negated or steps[0].regex else steps[0].words or frozenset()
    if not steps[0].shortest:
        first = frozenset()
    triggers = words or frozenset()
    telling = tuple(dict.fromkeys(_telling(steps)))
    return Pattern(steps, at_start, at_end, trigger, nearest, farthest, triggers, first, telling)


def _telling(steps: tuple[Step, ...]) -> Iterator[frozenset[str]]:
    """The words of each step that has to be there and is written as it is read."""
    for each in steps:
        is_needed = each.shortest and not each.regex and not each.negated
        words = each.words if is_needed else None
        if words and not words & _OPENED and all(map(str.isalpha, words)):
            yield words


def _trigger(steps: tuple[Step, ...]) -> int | None:
    """The required step whose words are rarest."""
    possible = [
        (sum(_HOW_OFTEN.get(word, 1) for word in each.words), index)
        for index, each in enumerate(steps)
        if each.shortest and each.words and not each.regex and not each.negated
    ]
    return min(possible)[1] if possible else None


def _readings(token: str, sets: WordSets, split: Split) -> Iterator[tuple[Step, ...]]:
    """What a token stands for: a sequence of steps for each way to read it."""
    if gap := re.fullmatch(r"\.\.\.(\d)", token):
        yield (Step(gap=int(gap[1])),)
        return
    negated = re.match(r"![^|!?]", token) is not None
    names = _ALTERNATIVE.findall(token[negated:]) or [token]
    optional = re.search(r"[^!?]\?$", names[-1]) is not None and not _is_regex(names[-1])
    names[-1] = names[-1].removesuffix("?") if optional else names[-1]
    regex = _regex([name for name in names if _is_regex(name)])
    ways = _expand([name for name in names if not _is_regex(name)], sets, split)
    yield from _word_steps(ways, regex, negated, optional)


def _is_regex(name: str) -> bool:
    return name.startswith("re:")


def _word_steps(
    ways: list[tuple[str, ...]], regex: re.Pattern[str] | None, negated: bool, optional: bool
) -> Iterator[tuple[Step, ...]]:
    single = frozenset(way[0] for way in ways if len(way) == 1)
    longer = {way for way in ways if len(way) > 1}
    if negated and longer:
        raise PatternError(f"only single words can be excluded: {' '.join(min(longer))!r}")
    if single or regex:
        yield (Step(single or None, regex, negated, optional),)
    elif optional:
        yield ()
    for way in sorted(longer):
        yield tuple(Step(words=frozenset((word,))) for word in way)


def _expand(names: Sequence[str], sets: WordSets, split: Split) -> list[tuple[str, ...]]:
    """Every word (or sequence of words) that alternatives like `@lost`, `to_blame` stand for."""
    found: list[tuple[str, ...]] = []
    for name in names:
        if name.startswith("@") and len(name) > 1:
            if name[1:] not in sets:
                raise PatternError(f"there is no set of words named {name}")
            found += [split(word.replace("_", " ")) for word in sets[name[1:]]]
        else:
            found.append(split(name.replace("_", " ")))
    return [way for way in found if way]


def _regex(names: Sequence[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    try:
        return re.compile("|".join(f"(?:{name[3:]})" for name in names))
    except re.error as error:
        raise PatternError(f"{names[0]!r} is not a regular expression: {error}") from None
