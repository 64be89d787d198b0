"""The rules of review as data: what each one finds, says, asks of the conversation, and shows.

Files of `resources/review/` are of several kinds. Most hold `rules:` with patterns (`nlp.rules`).
`kind: good` marks good wording. Codes that no pattern can judge ("too long", "a second apology")
lie in `checks/`: the same words and examples, found by the functions of `checks`. What the network
points at (`pointer`) has a guide for each code in `trained.yaml`: its own examples, and the words
of the code's rules; what it must leave alone lies in `harmless.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cxdesk import paths
from cxdesk.model import Fault, Level, Phase, Problem, ReviewRequest, RuleCard, Severity
from cxdesk.nlp.review.when import When
from cxdesk.nlp.rules import Rule, Words, parse_example, read_rules, read_words, read_yaml

MODEL = "model."  # before the code that the network points at
TRAINED, HARMLESS = "trained.yaml", "harmless.yaml"
_DEFAULT = paths.resources() / "review"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what is known around it, and the words that must be found."""

    request: ReviewRequest
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """What the agent is told when a rule finds something."""

    id: str
    code: str
    title: str
    severity: Severity
    reads_as: str
    rewrite: str
    why: str
    source: str
    flag: tuple[Example, ...]
    leave: tuple[Example, ...]
    when: When = field(default_factory=When)
    good: bool = False

    def card(self) -> RuleCard:
        """The rule in words, for F1."""
        flag, leave = ([each.request.text for each in kind] for kind in (self.flag, self.leave))
        return RuleCard(
            self.id, self.code, self.title, self.why, self.source, tuple(flag), tuple(leave)
        )


@dataclass(frozen=True, slots=True)
class Rulebook:
    guides: Mapping[str, Guide]
    patterns: Sequence[Rule]
    harmless: Sequence[Rule]
    words: Words
    problems: tuple[Problem, ...]


def read_rulebook(folder: Path = _DEFAULT, *, picky: bool = False) -> Rulebook:
    """Every rule of a folder; what could not be read is in `problems`, the rest works.

    Rules that cannot be precise say `picky: true` and are left out unless asked for.
    """
    words, _ = read_words(folder)
    patterns, problems = read_rules(folder)
    checks, wrong = _read_checks(folder)
    rules = [rule for rule in patterns if picky or not rule.extra.get("picky")]
    guides = {rule.id: _guide(_fields(rule)) for rule in rules}
    checks_on = [each for each in checks if picky or not each.get("picky")]
    guides |= {each["id"]: _guide(each) for each in checks_on}
    said = {each.code: each for each in map(_guide, reversed([*map(_fields, patterns), *checks]))}
    trained, faults = _read_trained(folder, said)
    guides |= {each.id: each for each in trained}
    harmless, lost = _read_harmless(folder, rules)
    return Rulebook(guides, rules, harmless, words, (*problems, *wrong, *faults, *lost))


def _read_checks(folder: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    """What `checks/` says about the findings of functions, one entry for each."""
    entries: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("checks/*.yaml")):
        data, wrong = read_yaml(path)
        problems += wrong
        if isinstance(data, dict):
            shared = {key: value for key, value in data.items() if key != "checks"}
            entries += [shared | entry for entry in data["checks"]]
    return entries, problems


def _read_harmless(folder: Path, rules: Sequence[Rule]) -> tuple[list[Rule], list[Problem]]:
    """Wordings of no blame: those of `harmless.yaml`, and all that rules of blame would find
    without their exceptions."""
    path = folder / HARMLESS
    data, problems = read_yaml(path) if path.exists() else (None, [])
    if not isinstance(data, dict):
        return [], problems
    known = [replace(each, unless=(), unless_sentence=()) for each in rules]
    excused = [each for each in known if each.code == data["code"]]
    patterns = tuple(map(str, data["patterns"]))
    own = Rule("harmless", data["code"], "", patterns, (), (), "", "", 0.0, (), ())
    return [*excused, own], problems


def _read_trained(folder: Path, said: Mapping[str, Guide]) -> tuple[list[Guide], list[Problem]]:
    """A guide for each code that the network points at, in the words of the rules for it."""
    path = folder / TRAINED
    if not path.exists():
        return [], []
    data, problems = read_yaml(path)
    codes = data["codes"] if isinstance(data, dict) else {}
    return [
        replace(
            said[code],
            id=MODEL + code,
            severity=Severity.ADVICE,
            why=f"{data['why']} {said[code].why}",
            source=f"{data['source']}; {said[code].source}",
            flag=_examples(entry["flag"], {}),
            leave=_examples(entry["leave"], {}),
            when=When(),
        )
        for code, entry in codes.items()
    ], problems


def _fields(rule: Rule) -> dict[str, Any]:
    names = ("id", "code", "title", "why", "source", "flag", "leave")
    return {name: getattr(rule, name) for name in names} | dict(rule.extra)


def _guide(data: Mapping[str, Any]) -> Guide:
    setting = data.get("setting") or {}
    return Guide(
        id=data["id"],
        code=data["code"],
        title=data.get("title", ""),
        severity=Severity(data.get("severity", Severity.ADVICE)),
        reads_as=data.get("reads_as", ""),
        rewrite=data.get("rewrite", ""),
        why=data.get("why", ""),
        source=data.get("source", ""),
        flag=_examples(data.get("flag"), setting),
        leave=_examples(data.get("leave"), setting),
        when=When.read(data.get("when") or {}),
        good=data.get("kind") == "good",
    )


def _examples(entries: Iterable[Any] | None, setting: Mapping[str, Any]) -> tuple[Example, ...]:
    return tuple(_example(each, setting) for each in entries or ())


def _example(entry: Any, setting: Mapping[str, Any]) -> Example:
    """An example is a sentence, or a mapping with its `text` and fields of ReviewRequest."""
    fields = dict(setting) | (entry if isinstance(entry, dict) else {"text": entry})
    text, spans = parse_example(str(fields.pop("text")))
    return Example(replace(_request(fields), text=text), tuple(spans))


def _request(fields: dict[str, Any]) -> ReviewRequest:
    kinds: dict[str, Any] = {
        "level": Level,
        "fault": Fault,
        "phase": Phase,
        **dict.fromkeys(("earlier_messages", "earlier_replies"), tuple),
    }
    return ReviewRequest(
        text="",
        **{name: kinds.get(name, lambda each: each)(value) for name, value in fields.items()},
    )
