"""What a trainer should mend before a play is published (GUIDANCE 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cxdesk.model import Finding, Problem
from cxdesk.playbook.located import Located, Unreadable, read_yaml
from cxdesk.playbook.play import Play, Playbook, Variant
from cxdesk.playbook.reading import read_playbook
from cxdesk.playbook.rendering import render

Review = Callable[[str], Sequence[Finding]]
"""The rules that review an agent's draft; a play must pass them too."""

Rule = Callable[[Play, Playbook, Located], Iterator[Problem]]


def check(folder: Path, review: Review | None = None) -> list[Problem]:
    """Every problem of a playbook folder, with file, line and field, sorted by place.

    `review` is what reviews drafts: a play that it finds fault with cannot be published. Raises
    UserError when the folder has no playbook at all.
    """
    playbook, problems = read_playbook(folder)
    for play in playbook.plays:
        source = _source(folder, play)
        for rule in _RULES:
            problems += rule(play, playbook, source)
        if review is not None:
            problems += _blame(play, playbook, source, review)
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0, problem.field))


def _source(folder: Path, play: Play) -> Located:
    try:
        return read_yaml(folder / play.file, play.file)
    except Unreadable:  # gone between two readings; the fields are then named without lines
        return Located(play.file, {})


def _variants(play: Play) -> tuple[Variant, Variant]:
    return play.chat, play.email


def _title(play: Play, playbook: Playbook, source: Located) -> Iterator[Problem]:
    most = playbook.limits.title_characters
    if len(play.title) > most:
        yield source.problem(f"{len(play.title)} characters; at most {most}", "title")


def _situation(play: Play, playbook: Playbook, source: Located) -> Iterator[Problem]:
    when = play.when
    if not when.situation:
        yield source.problem("say in a sentence what the situation is", "when", "situation")
    if not when.phases:
        yield source.problem("name at least one phase", "when", "phases")
    if play.trigger == "text" and not (when.signals or when.intents):
        yield source.problem("name a signal or an intent, or it is never found", "when")
    if not play.avoid_when:
        yield source.problem("say when not to use it", "avoid_when")


def _examples(play: Play, playbook: Playbook, source: Located) -> Iterator[Problem]:
    least = playbook.limits.examples
    if len(play.examples_match) < least:
        yield source.problem(f"at least {least} messages it fits", "examples_match")
    if len(play.examples_no_match) < least:
        yield source.problem(f"at least {least} messages it does not fit", "examples_no_match")


def _reason(play: Play, playbook: Playbook, source: Located) -> Iterator[Problem]:
    if not play.why:
        yield source.problem("say why it helps", "why", "text")
    if not play.source:
        yield source.problem("name the source of the why", "why", "source")


def _length(play: Play, playbook: Playbook, source: Located) -> Iterator[Problem]:
    limits = playbook.limits
    for variant, most in zip(_variants(play), (limits.chat_words, limits.email_words), strict=True):
        if variant.words > most:
            what = f"{variant.words} words; at most {most}"
            yield source.problem(what, "variants", variant.channel)


def _wording(play: Play, playbook: Playbook, source: Located) -> Iterator[Problem]:
    for variant in _variants(play):
        place = ("variants", variant.channel)
        for name in variant.slots:
            if name not in playbook.slots:
                yield source.problem(f"unknown slot: {name}", *place)
        literal = "".join(piece.text for piece in variant.body)
        if "{" in literal or "}" in literal:
            yield source.problem("a brace that is no slot; write {slot} or {slot|words}", *place)
        lower = variant.text.lower()
        for phrase in playbook.banned:
            if phrase.lower() in lower:
                yield source.problem(f"the brand does not say “{phrase}”", *place)


def _declared(play: Play, playbook: Playbook, source: Located) -> Iterator[Problem]:
    """A list of slots may stand in the file; then it has to tell the truth."""
    declared = source.data.get("slots")
    if declared is None:
        return
    used = set(play.chat.slots) | set(play.email.slots)
    if not isinstance(declared, list) or {str(name) for name in declared} != used:
        yield source.problem(f"the wordings use {', '.join(sorted(used))}", "slots")


def _due(play: Play, playbook: Playbook, source: Located) -> Iterator[Problem]:
    if not play.follow_up:
        yield source.problem("say what the agent does afterwards, or none", "follow_up", "action")
    if not play.follow_up_due:
        yield source.problem("say when, or none", "follow_up", "due")


_RULES: tuple[Rule, ...] = (
    _title,
    _situation,
    _examples,
    _reason,
    _length,
    _wording,
    _declared,
    _due,
)


def _blame(play: Play, playbook: Playbook, source: Located, review: Review) -> Iterator[Problem]:
    """What the draft's own rules find in a wording, read as the customer would get it."""
    for variant in _variants(play):
        text = render(play, variant.channel, {}, playbook.slots).text
        for finding in review(text):
            what = f"“{finding.text}” {finding.reads_as or finding.code}"
            yield source.problem(what, "variants", variant.channel)
