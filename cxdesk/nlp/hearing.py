"""What the rules make of a customer's message: the first of the two witnesses of a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.language import Language

from cxdesk.model import BlameTarget, Cue, Level, Problem, RuleCard
from cxdesk.nlp import scope
from cxdesk.nlp.blame import blamed
from cxdesk.nlp.level import weigh
from cxdesk.nlp.lexicon import Evidence, Lexicon, denied
from cxdesk.nlp.marking import marked
from cxdesk.nlp.mood import DANGER, THREATS
from cxdesk.nlp.weights import EVEN

_BLAMES, _BLAMES_NOT = 0.9, 0.1  # far enough from even; what it is worth is fitted (`weights`)


@dataclass(frozen=True, slots=True)
class Heard:
    """How likely a message is frustrated and blames us, by the rules, with their cues.

    No level under `floor` nor over `ceiling` is possible, whatever a model thinks. As it is made
    without arguments it says nothing, for a message that no rule has read.
    """

    frustrated: float = EVEN
    blames_us: float = EVEN
    target: BlameTarget = BlameTarget.NONE
    cues: tuple[Cue, ...] = ()
    flags: tuple[str, ...] = ()
    floor: Level = Level.CALM
    ceiling: Level = Level.FURIOUS
    unmeant: tuple[tuple[int, int], ...] = ()
    """Characters that the customer does not say: quoted words, and trouble that is denied."""


class Hearing:
    """The shipped rules, ready to hear messages."""

    def __init__(self, nlp: Language) -> None:
        self._lexicon = Lexicon(nlp)
        self._nlp = nlp

    @property
    def problems(self) -> list[Problem]:
        """What could not be read of the rules."""
        return self._lexicon.problems

    def hear(self, text: str) -> Heard:
        """What the rules make of one message."""
        reading = self._lexicon.read(text)
        if not reading.words:
            return Heard()
        found = self._lexicon.find(reading)
        quoted = scope.quoted_ranges(text)
        target, evidence = blamed(self._lexicon.evidence(text, reading, found, quoted), reading)
        weighing = weigh(evidence, reading)
        return Heard(
            frustrated=weighing.frustration,
            blames_us=_BLAMES if target.is_us else _BLAMES_NOT,
            target=target,
            cues=tuple(marked(each, reading).cue(text) for each in evidence),
            flags=_flags(evidence),
            floor=weighing.floor,
            ceiling=weighing.ceiling,
            unmeant=(*quoted, *denied(found, reading)),
        )

    def hear_alarms(self, text: str) -> Heard:
        """Threats and insults alone, with the levels they hold a message to; the rest says nothing.

        Most of the time that `hear` takes is spared, all of it where no word of such stands.
        """
        return self._hear_some(text, self._alarming)

    def hear_danger(self, text: str) -> Heard:
        """As `hear_alarms`, but only where somebody may be in danger: for texts that seem calm."""
        return self._hear_some(text, self._endangering)

    def _hear_some(self, text: str, some: Lexicon) -> Heard:
        if not some.may_speak(text):
            return Heard()
        reading = some.read(text)
        found = some.find(reading)
        evidence = some.evidence(text, reading, found, scope.quoted_ranges(text))
        if not evidence:
            return Heard()
        return Heard(
            cues=tuple(marked(each, reading).cue(text) for each in evidence),
            flags=_flags(evidence),
            floor=weigh(evidence, reading).floor,
        )

    @cached_property
    def _alarming(self) -> Lexicon:
        return Lexicon(self._nlp, codes=THREATS)

    @cached_property
    def _endangering(self) -> Lexicon:
        return Lexicon(self._nlp, codes=DANGER)

    def card(self, rule_id: str) -> RuleCard | None:
        """A rule in words with its examples; None for one that is not of these."""
        return self._lexicon.card(rule_id)

    def why(self, code: str) -> str:
        """What a code means for the reply, in a sentence; "" for one that no rule has."""
        card = self.about(code)
        return card.why if card else ""

    def about(self, code: str) -> RuleCard | None:
        """A code in words, as its rules explain it; None when no rule has it."""
        return self._lexicon.about(code)


def _flags(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """What the decision table asks for by name: flags of rules, in order of appearance."""
    found = (flag for each in evidence for flag in each.rule.extra.get("flags", ()))
    return tuple(dict.fromkeys(found))
