"""What a trainer should mend before a play is published (GUIDANCE 4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxdesk.model import Finding, Problem
from cxdesk.playbook.limits import faults_of
from cxdesk.playbook.located import Located, UnreadableError, read_yaml
from cxdesk.playbook.play import Play, Playbook, Variant
from cxdesk.playbook.reading import read_playbook
from cxdesk.playbook.rendering import render_variant

_GRANTED = "amount_given"  # the slot that a grant of money stands in
_FIXED_TIME = re.compile(
    r"\b(?:by|before|until|on|within|in|next) (?:the end of )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|noon|midnight"
    r"|(?:\d+|an?|one|two|three|five|ten)(?: ?(?:-|–|to) ?\d+)? (?:business |working )?"
    r"(?:hours?|days?|weeks?)|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|o'clock))\b",
    re.IGNORECASE,
)

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
        yield from self._limit()
        for place, variant in self.play.variants:
            for check_of in (self._length, self._slots, self._brand, self._times):
                yield from (self.source.problem(what, *place) for what in check_of(variant))

    def found_by(self, review: Review) -> Iterator[Problem]:
        """What the draft's own rules find in a wording, read as the customer would get it."""
        for place, variant in self.play.variants:
            for finding in review(render_variant(variant, {}, self.playbook.slots).text):
                what = f"“{finding.text}” {finding.reads_as or finding.code}"
                yield self.source.problem(what, *place)

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
        used = {name for _, variant in self.play.variants for name in variant.slots}
        names = {str(name) for name in declared} if isinstance(declared, list) else set()
        if names != used:
            yield self.source.problem(f"the wordings use {', '.join(sorted(used))}", "slots")

    def _limit(self) -> Iterator[Problem]:
        """Money is never given without saying how much of it (GUIDANCE 3, limit c)."""
        for field, what in faults_of(self.play.limit):
            yield self.source.problem(what, "limit", field)
        slots = (name for _, variant in self.play.variants for name in variant.slots)
        is_bounded = self.play.limit.amount is not None or self.play.limit.percent is not None
        if _GRANTED in slots and not is_bounded:
            yield self.source.problem(f"it grants {{{_GRANTED}}}: say up to how much", "limit")

    def _length(self, variant: Variant) -> Iterator[str]:
        limits = self.playbook.limits
        most = limits.chat_words if variant.channel == "chat" else limits.email_words
        if variant.words > most:
            yield f"{variant.words} words; at most {most}"

    def _slots(self, variant: Variant) -> Iterator[str]:
        for name in variant.slots:
            if name not in self.playbook.slots:
                yield f"unknown slot: {name}"
        literal = "".join(piece.text for piece in variant.body)
        if "{" in literal or "}" in literal:
            yield "a brace that is no slot; write {slot} or {slot|words}"

    def _brand(self, variant: Variant) -> Iterator[str]:
        lower = variant.text.lower()
        for phrase in self.playbook.banned:
            if phrase.lower() in lower:
                yield f"the brand does not say “{phrase}”"

    def _times(self, variant: Variant) -> Iterator[str]:
        """A play cannot know when somebody has time (GUIDANCE 3, limit f)."""
        literal = "".join(piece.text for piece in variant.body)
        if found := _FIXED_TIME.search(literal):
            yield f"“{found.group()}” is a time the agent may not control; use a slot of kind time"
