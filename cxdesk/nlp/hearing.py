"""What the rules make of a customer's message: the first of the two witnesses of a verdict."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language

from cxdesk.model import BlameTarget, Cue, Level, Problem, RuleCard
from cxdesk.nlp import scope
from cxdesk.nlp.blame import blamed
from cxdesk.nlp.level import weigh
from cxdesk.nlp.lexicon import Evidence, Lexicon
from cxdesk.nlp.marking import marked

EVEN = 0.5  # the chance of what nobody has said anything about
ALARMING = frozenset(
    ("abuse", "churn", "legal_threat", "public_threat", "resignation", "supervisor_request")
)
_WORD = re.compile(r"[a-z]+")
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
    quoted: tuple[tuple[int, int], ...] = ()
    """Characters that are somebody else's words."""


class Hearing:
    """The shipped rules, ready to hear messages."""

    def __init__(self, nlp: Language) -> None:
        self._lexicon = Lexicon(nlp)
        self._alarms = self._lexicon.triggers(ALARMING)

    @property
    def problems(self) -> list[Problem]:
        """What could not be read of the rules."""
        return self._lexicon.problems

    def hear(self, text: str) -> Heard:
        """What the rules make of one message."""
        reading = self._lexicon.read(text)
        if not reading.words:
            return Heard()
        target, evidence = blamed(self._lexicon.evidence(text, reading), reading)
        weighing = weigh(evidence, reading)
        return Heard(
            frustrated=weighing.frustration,
            blames_us=_BLAMES if target.is_us else _BLAMES_NOT,
            target=target,
            cues=tuple(marked(each, reading).cue(text) for each in evidence),
            flags=_flags(evidence),
            floor=weighing.floor,
            ceiling=weighing.ceiling,
            quoted=tuple(scope.quoted_ranges(text)),
        )

    def is_alarming(self, text: str) -> bool:
        """Whether a message has words of threats or insults, which no tier may pass by unheard."""
        return not self._alarms.isdisjoint(_WORD.findall(text.lower()))

    def card(self, rule_id: str) -> RuleCard | None:
        """A rule in words with its examples; None for one that is not of these."""
        return self._lexicon.card(rule_id)

    def about(self, code: str) -> RuleCard | None:
        """A code in words, as its rules explain it; None when no rule has it."""
        return self._lexicon.about(code)


def _flags(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """What the decision table asks for by name: flags of rules, in order of appearance."""
    found = (flag for each in evidence for flag in each.rule.extra.get("flags", ()))
    return tuple(dict.fromkeys(found))
