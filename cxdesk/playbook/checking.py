"""What a trainer should mend before a play is published (GUIDANCE 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxdesk.model import Finding, Problem
from cxdesk.playbook.located import Located, UnreadableError, read_yaml
from cxdesk.playbook.play import Play, Playbook, Variant
from cxdesk.playbook.reading import read_playbook
from cxdesk.playbook.rendering import render

Review = Callable[[str], Sequence[Finding]]
"""The rules that review an agent's draft; a play must pass them too."""


def check(folder: Path, review: Review | None = None) -> list[Problem]:
    """Every problem of a playbook folder, with file, line and field, sorted by place.

    `review` is what reviews drafts: a play that it finds fault with cannot be published. Raises
    UserError when the folder has no playbook at all.
    """
    playbook, problems = read_playbook(folder)
    for play in playbook.plays:
        checked = _Checked(play, playbook, _source(folder, play))
        problems += checked.problems()
        if review is not None:
            problems += checked.found_by(review)
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0, problem.field))


def _source(folder: Path, play: Play) -> Located:
    try:
        return read_yaml(folder / play.file, play.file)
    except UnreadableError:  # gone between two readings; the fields are then named without lines
        return Located(play.file, {})


@dataclass(frozen=True, slots=True)
class _Checked:
    """One play on the bench: each method yields the problems of one subject."""

    play: Play
    playbook: Playbook
    source: Located

    def problems(self) -> Iterator[Problem]:
        yield from self._title()
        yield from self._when()
        yield from self._examples()
        yield from self._reasons()
        yield from self._declared_slots()
        for variant in (self.play.chat, self.play.email):
            yield from self._length(variant)
            yield from self._slots(variant)
            yield from self._brand(variant)

    def found_by(self, review: Review) -> Iterator[Problem]:
        """What the draft's own rules find in a wording, read as the customer would get it."""
        for variant in (self.play.chat, self.play.email):
            text = render(self.play, variant.channel, {}, self.playbook.slots).text
            for finding in review(text):
                what = f"“{finding.text}” {finding.reads_as or finding.code}"
                yield self.source.problem(what, "variants", variant.channel)

    def _title(self) -> Iterator[Problem]:
        length, most = len(self.play.title), self.playbook.limits.title_characters
        if length > most:
            yield self.source.problem(f"{length} characters; at most {most}", "title")

    def _when(self) -> Iterator[Problem]:
        when = self.play.when
        if not when.situation:
            yield self.source.problem("say what the situation is", "when", "situation")
        if not when.phases:
            yield self.source.problem("name at least one phase", "when", "phases")
        if self.play.trigger == "text" and not (when.signals or when.intents):
            yield self.source.problem("name a signal or an intent, or it is never found", "when")
        if not self.play.avoid_when:
            yield self.source.problem("say when not to use it", "avoid_when")

    def _examples(self) -> Iterator[Problem]:
        least = self.playbook.limits.examples
        if len(self.play.examples_match) < least:
            yield self.source.problem(f"at least {least} messages it fits", "examples_match")
        if len(self.play.examples_no_match) < least:
            what = f"at least {least} messages it does not fit"
            yield self.source.problem(what, "examples_no_match")

    def _reasons(self) -> Iterator[Problem]:
        if not self.play.why:
            yield self.source.problem("say why it helps", "why", "text")
        if not self.play.source:
            yield self.source.problem("name the source of the why", "why", "source")
        if not self.play.follow_up:
            yield self.source.problem("say what comes afterwards, or none", "follow_up", "action")
        if not self.play.follow_up_due:
            yield self.source.problem("say when, or none", "follow_up", "due")

    def _declared_slots(self) -> Iterator[Problem]:
        """A list of slots may stand in the file; then it has to tell the truth."""
        declared = self.source.data.get("slots")
        if declared is None:
            return
        used = set(self.play.chat.slots) | set(self.play.email.slots)
        names = {str(name) for name in declared} if isinstance(declared, list) else set()
        if names != used:
            yield self.source.problem(f"the wordings use {', '.join(sorted(used))}", "slots")

    def _length(self, variant: Variant) -> Iterator[Problem]:
        limits = self.playbook.limits
        most = limits.chat_words if variant.channel == "chat" else limits.email_words
        if variant.words > most:
            what = f"{variant.words} words; at most {most}"
            yield self.source.problem(what, "variants", variant.channel)

    def _slots(self, variant: Variant) -> Iterator[Problem]:
        place = ("variants", variant.channel)
        for name in variant.slots:
            if name not in self.playbook.slots:
                yield self.source.problem(f"unknown slot: {name}", *place)
        literal = "".join(piece.text for piece in variant.body)
        if "{" in literal or "}" in literal:
            what = "a brace that is no slot; write {slot} or {slot|words}"
            yield self.source.problem(what, *place)

    def _brand(self, variant: Variant) -> Iterator[Problem]:
        lower = variant.text.lower()
        for phrase in self.playbook.banned:
            if phrase.lower() in lower:
                what = f"the brand does not say “{phrase}”"
                yield self.source.problem(what, "variants", variant.channel)
