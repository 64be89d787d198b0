"""What a playbook is made of: plays with their wordings, and the words they share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cxdesk.model import Fault, Phase, Procedure
from cxdesk.playbook.limits import Limit

_SLOT = re.compile(r"\{(?P<name>[a-z_]+)(?:\|(?P<fallback>[^{}]*))?\}")
_GREETING = re.compile(r"\A(?:(?:Hi|Hello|Dear) )?\{customer_name\},\s*\n\s*")
_SIGN_OFF = re.compile(r"\n\s*\{agent_name\}\s*\Z")
_CHAT_CHANNELS = frozenset({"chat", "twitter", "whatsapp", "sms"})

SHARED = "playbook.yaml"
"""The file of a playbook folder that holds what all plays share."""
NEEDS = ("apology", "ownership", "extra_mile")
"""The three slots of the sidebar, in the order they are drawn (DESIGN 6)."""


def is_chat(channel: str) -> bool:
    """True for channels that want the short wording; every other one is written like a mail."""
    return channel.lower() in _CHAT_CHANNELS


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording: literal text, or a slot with the words it has while empty."""

    text: str
    slot: str = ""
    fallback: str | None = None


@dataclass(frozen=True)
class Variant:
    """One wording of a play, with its slots in braces."""

    channel: str
    text: str

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """The names of its slots, in order, each once."""
        return tuple(dict.fromkeys(m["name"] for m in _SLOT.finditer(self.text)))

    @cached_property
    def words(self) -> int:
        return len(self.text.split())

    @cached_property
    def body(self) -> tuple[Piece, ...]:
        """The wording without greeting and sign-off lines: the composer writes those itself."""
        return pieces(_SIGN_OFF.sub("", _GREETING.sub("", self.text.strip())).strip())


def pieces(template: str) -> tuple[Piece, ...]:
    """A template cut at its slots; braces that are no slot stay as they are."""
    found: list[Piece] = []
    at = 0
    for match in _SLOT.finditer(template):
        if match.start() > at:
            found.append(Piece(template[at : match.start()]))
        found.append(Piece("", match["name"], match["fallback"]))
        at = match.end()
    if at < len(template):
        found.append(Piece(template[at:]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a wording: what it takes, and what it shows while it is open."""

    name: str
    kind: str
    label: str
    hint: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """When a play is a candidate: one signal or intent fits, and all the rest holds."""

    situation: str
    phases: frozenset[Phase]
    levels: tuple[int, int]
    signals: frozenset[str] = frozenset()
    intents: frozenset[str] = frozenset()
    faults: frozenset[Fault] = frozenset()
    resolved: bool | None = None
    min_failures: int = 0
    max_apologies: int | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a play, for both kinds of channel."""

    chat: Variant
    email: Variant

    def on(self, channel: str) -> Variant:
        return self.chat if is_chat(channel) else self.email


@dataclass(frozen=True, slots=True)
class Play:
    """One entry of the playbook."""

    id: str
    family: str
    title: str
    trigger: str
    when: When
    avoid_when: tuple[str, ...]
    avoid_signals: frozenset[str]
    admits_fault: bool
    chat: Variant
    email: Variant
    follow_up: str
    follow_up_due: str
    why: str
    source: str
    examples_match: tuple[str, ...]
    examples_no_match: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    author: str = ""
    file: str = ""
    limit: Limit = field(default_factory=Limit)
    wordings: tuple[Wording, ...] = ()
    """Other ways to say it, which take turns with the first: nobody reads the same words twice."""
    review_by: date | None = None
    """The day by which its owner looks at it again; after that it gives way to others."""

    def variant(self, channel: str, turn: int = 0) -> Variant:
        """Its wording for a channel; with each `turn` the next of its wordings."""
        all_wordings = (Wording(self.chat, self.email), *self.wordings)
        return all_wordings[turn % len(all_wordings)].on(channel)

    @property
    def variants(self) -> tuple[tuple[tuple[str | int, ...], Variant], ...]:
        """All its texts, each with the place in its file where it stands."""
        first = ((("variants", "chat"), self.chat), (("variants", "email"), self.email))
        more = (
            (("wordings", number, variant.channel), variant)
            for number, wording in enumerate(self.wordings)
            for variant in (wording.chat, wording.email)
        )
        return (*first, *more)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a play's texts may be and how many examples it needs (GUIDANCE 4)."""

    chat_words: int = 60
    email_words: int = 130
    title_characters: int = 60
    examples: int = 2


@dataclass(frozen=True)
class Playbook:
    """All plays of a company and the words they share."""

    plays: tuple[Play, ...] = ()
    slots: Mapping[str, Slot] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    """Family to the need it answers: the slot of the sidebar it may fill."""
    signals: Mapping[str, str] = field(default_factory=dict)
    """Signal code to the words a because-line uses for it; `intents` likewise."""
    intents: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    authority: Limit = field(default_factory=Limit)
    """What an agent may grant alone where a play says nothing of it."""
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    voice: str = ""
    banned: tuple[str, ...] = ()
    sign_off: str = ""
    jargon: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Play]:
        return {play.id: play for play in self.plays}

    def need(self, play: Play) -> str:
        return self.families[play.family]
