"""The frozen dataclasses that travel between rooms. No behaviour beyond naming things.

Words and codes are those of the guidance (GUIDANCE.md): spelled the same in code, data and
interface. Times are timezone-aware; offsets are Python character offsets, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import IntEnum, StrEnum

# ------------------------------------------------------------------ words


class Level(IntEnum):
    """How frustrated a customer is."""

    CALM = 0
    ANNOYED = 1
    FRUSTRATED = 2
    ANGRY = 3
    FURIOUS = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Trend(StrEnum):
    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


class Fault(StrEnum):
    """Whose fault the matter is. Proposed by the app, set by the agent."""

    COMPANY = "company"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    NOBODY = "nobody"
    UNKNOWN = "unknown"


class Phase(StrEnum):
    OPENING = "opening"
    PROBLEM_SOLVING = "problem_solving"
    CLOSING = "closing"
    FOLLOW_UP = "follow_up"


class State(StrEnum):
    """Where a conversation stands. `PENDING` waits for the customer."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    SNOOZED = "snoozed"
    SOLVED = "solved"


class Role(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    NOTE = "note"


HANDED_OVER = "Handed over to the lead"
"""How a note begins that gives a conversation to the lead; its reason follows."""


class BlameTarget(StrEnum):
    """Whom a customer blames for a bad event (LABELLING.md)."""

    COMPANY = "company"
    AGENT = "agent"
    PRODUCT = "product"
    THIRD_PARTY = "third_party"
    SELF = "self"
    NONE = "none"

    @property
    def is_us(self) -> bool:
        return self in (BlameTarget.COMPANY, BlameTarget.AGENT, BlameTarget.PRODUCT)


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Tier(StrEnum):
    """How thoroughly a message is read: deep for what a person will look at, fast for archives."""

    DEEP = "deep"
    FAST = "fast"


class Severity(StrEnum):
    """How a finding is drawn: wave for blame, dots for style, a solid line where Send is held."""

    BLAME = "blame"
    ADVICE = "advice"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person can mend: a broken file, row, play or rule."""

    file: str
    message: str
    line: int | None = None
    field: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.field + ': ' if self.field else ''}{self.message}"


# ------------------------------------------------------------------ messages in


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a channel read it, before it has a conversation.

    `thread_keys` are ids that tie messages together, its own id first: for mail Message-ID,
    In-Reply-To and References; for a recorded conversation the conversation's id. `role` is None
    where only the thread can tell (mail between strangers). `automated` names the reason a mail is
    not from a person ("list", "auto-reply", "bounce"), else "". `raw` is the source as it came.
    """

    source: str
    external_id: str
    thread_keys: tuple[str, ...]
    role: Role | None
    author_name: str
    author_address: str
    recipients: tuple[str, ...]
    text: str
    sent_at: datetime | None
    channel: str
    subject: str = ""
    quoted: str = ""
    signature: str = ""
    automated: str = ""
    attachments: tuple[Attachment, ...] = ()
    raw: bytes = b""
    customer_name: str = ""
    customer_address: str = ""


@dataclass(frozen=True, slots=True)
class ImportSummary:
    conversations: int
    messages: int
    duplicates: int
    problems: tuple[Problem, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is; `total` is None while it is not known."""

    what: str
    done: int
    total: int | None = None


# ------------------------------------------------------------------ understanding


@dataclass(frozen=True, slots=True)
class Cue:
    """What a rule or a trained tier ("model.…") found in a customer's message, and why."""

    code: str
    start: int
    end: int
    text: str
    weight: float
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """The verdict on one customer message, with its words."""

    level: Level
    frustration: float
    frustrated: bool
    blame_target: BlameTarget
    flags: tuple[str, ...]
    cues: tuple[Cue, ...]
    confidence: Confidence = Confidence.HIGH
    language: str = "en"
    blame: float = 0.0
    """How likely it blames us, 0..1; `blame_target` is one of ours from .5."""

    @property
    def blames_company(self) -> bool:
        """True for company, agent and product (LABELLING.md)."""
        return self.blame_target.is_us


@dataclass(frozen=True, slots=True)
class RuleCard:
    """What F1 shows of a rule: in words, with its own examples."""

    rule: str
    code: str
    title: str
    why: str
    source: str
    flag: tuple[str, ...]
    leave: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """The agent's word against the app's; kept with the message and handed to the trainer."""

    level: Level | None = None
    blame_target: BlameTarget | None = None
    remark: str = ""


# ------------------------------------------------------------------ conversations


@dataclass(frozen=True, slots=True)
class Customer:
    id: int
    name: str
    address: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation. `codes` are the review codes of an agent's message."""

    id: int
    conversation_id: int
    role: Role
    author: str
    text: str
    sent_at: datetime
    quoted: str = ""
    signature: str = ""
    automated: str = ""
    attachments: tuple[Attachment, ...] = ()
    external_id: str = ""
    analysis: Analysis | None = None
    correction: Correction | None = None
    codes: tuple[str, ...] = ()
    plays: tuple[str, ...] = ()

    @property
    def level(self) -> Level | None:
        """The agent's correction first, then the app's verdict; None while neither is there."""
        if self.correction and self.correction.level is not None:
            return self.correction.level
        return self.analysis.level if self.analysis else None

    @property
    def blame_target(self) -> BlameTarget:
        if self.correction and self.correction.blame_target is not None:
            return self.correction.blame_target
        return self.analysis.blame_target if self.analysis else BlameTarget.NONE


@dataclass(frozen=True, slots=True)
class Mood:
    """A conversation's level and where it is going.

    `readings` has one level for each analysed customer message, oldest first; `turned_at` is the
    index into the thread's messages of the customer message that changed the mood, or None.
    """

    level: Level
    trend: Trend
    readings: tuple[Level, ...] = ()
    turned_at: int | None = None
    turned_from: Level | None = None


@dataclass(frozen=True, slots=True)
class Overruled:
    """What the agent says of a conversation in place of what is computed; None: as computed.

    `safe_until` is the last message there was when they said that nobody is in danger: words of
    danger up to it count no longer, later ones do.
    """

    failures: int | None = None
    apologies: int | None = None
    trend: Trend | None = None
    solved: bool | None = None
    safe_until: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the inbox, complete: the delegate paints it without asking anybody."""

    id: int
    customer: str
    subject: str
    channel: str
    state: State
    snippet: str
    level: Level | None
    trend: Trend
    blame_target: BlameTarget
    confidence: Confidence
    waiting_since: datetime | None
    updated_at: datetime
    has_draft: bool = False
    promise_due: datetime | None = None
    snoozed_until: datetime | None = None
    readings: tuple[Level, ...] = ()
    mine: bool = False
    match: str = ""
    """In search results: the text around the hit, the hit between U+2068 and U+2069."""


@dataclass(frozen=True, slots=True)
class Split:
    """A saved view of the inbox: `needs_care`, `waiting`, `mine`, `snoozed`, `done`, `all`."""

    id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class PastContact:
    """An earlier conversation of the same customer, for the customer card."""

    conversation_id: int
    started_at: datetime
    channel: str
    snippet: str
    level: Level | None
    state: State


@dataclass(frozen=True, slots=True)
class Draft:
    """What the agent has typed. `slots` are (start, end, name) of fields not filled yet."""

    conversation_id: int
    text: str
    slots: tuple[tuple[int, int, str], ...] = ()
    cursor: int = 0
    plays: tuple[str, ...] = ()
    kind: Role = Role.AGENT
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """One conversation, opened: everything the window shows of it."""

    id: int
    subject: str
    channel: str
    state: State
    customer: Customer
    messages: tuple[Message, ...]
    mood: Mood
    fault: Fault = Fault.UNKNOWN
    fault_is_set: bool = False
    phase: Phase = Phase.OPENING
    phase_is_set: bool = False
    overruled: Overruled = Overruled()
    contact_number: int = 1
    history: tuple[PastContact, ...] = ()
    draft: Draft | None = None
    snoozed_until: datetime | None = None
    solved: bool = False
    mine: bool = False
    promises: tuple[Promise, ...] = ()


# ------------------------------------------------------------------ review of a draft


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A draft and what is known around it. `revision` comes back with the answer.

    `customer_text` is what is to be answered; `earlier_messages` are the customer's before it.
    """

    text: str
    channel: str = "email"
    level: Level = Level.CALM
    fault: Fault = Fault.UNKNOWN
    phase: Phase = Phase.OPENING
    solved: bool = False
    legal_threat: bool = False
    limit: float | None = None
    prior_apologies: int = 0
    customer_text: str = ""
    earlier_messages: tuple[str, ...] = ()
    earlier_replies: tuple[str, ...] = ()
    customer_name: str = ""
    other_names: tuple[str, ...] = ()
    open_slots: tuple[tuple[int, int, str], ...] = ()
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """What review found in a draft: the words, how they may read, and better ones."""

    code: str
    start: int
    end: int
    text: str
    reads_as: str
    fixes: tuple[str, ...]
    rule: str
    severity: Severity = Severity.ADVICE
    title: str = ""
    why: str = ""
    rewrite: str = ""
    replace_start: int = 0
    replace_end: int = 0
    """A fix replaces [replace_start, replace_end): most often the whole sentence."""


@dataclass(frozen=True, slots=True)
class GoodWord:
    """Good wording found in a draft, with its words."""

    code: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Coverage:
    heard: bool = False
    owned: bool = False
    next_step: bool = False
    extra_mile: bool = False


@dataclass(frozen=True, slots=True)
class ScorePart:
    code: str
    points: float
    possible: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Why Send is held: `open_slot`, `wrong_name` or `over_authority`, and where."""

    code: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Review:
    findings: tuple[Finding, ...] = ()
    good: tuple[GoodWord, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    score: int = 0
    parts: tuple[ScorePart, ...] = ()
    advice: str = ""
    blocks: tuple[Block, ...] = ()
    revision: int = 0
    thorough: bool = True
    """False for the rules' word alone, which comes first while the agent types."""


# ------------------------------------------------------------------ guidance


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """A field of an inserted text that still waits for the agent: [start, end) shows `label`."""

    name: str
    label: str
    start: int
    end: int
    hint: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """Where a slot's value came from, so that nothing is guessed silently."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A play with its because: text ready to insert, open slots shown by their labels."""

    play: str
    family: str
    need: str
    title: str
    text: str
    because: tuple[str, ...]
    open_slots: tuple[OpenSlot, ...] = ()
    filled: tuple[Filled, ...] = ()
    limit: str = ""
    """What it may grant: "goodwill up to $20, once per customer, lead above"; "" for no limit."""
    follow_up: str = ""
    """What is left to do after sending, and when; "" for nothing."""
    needs_lead: bool = False
    """True where the lead has to agree, whatever the amount."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """The company's fixed procedure where somebody may come to harm, in place of suggestions.

    `call` says whom to call, in the company's words; "" until the company has filled it in.
    """

    code: str
    title: str
    steps: tuple[str, ...]
    call: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A need that gets no play now: why, and what would open it."""

    need: str
    because: str
    opens_when: str
    play: str = ""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the sidebar shows. `need` is one of `apology`, `ownership`, `extra_mile`.

    With no suggestion, `silence` says why in one sentence. With a `procedure` that comes first.
    """

    row: str
    suggestions: tuple[Suggestion, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    silence: str = ""
    procedure: Procedure | None = None


@dataclass(frozen=True, slots=True)
class PlayUse:
    """A play in a reply of ours to a customer."""

    play: str
    conversation_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PlayEffect:
    """What followed on a play: how many customers answered, and the mean change of their level.

    Below 0 they were calmer. No claim that the play did it.
    """

    answered: int
    change: float


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier work says of plays.

    `uses` are those of this customer in their other conversations, the newest first; `effects`
    those of all customers, by play; `today` tells which plays are due for a review.
    """

    uses: tuple[PlayUse, ...] = ()
    effects: Mapping[str, PlayEffect] = field(default_factory=dict)
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything the decision table looks at (GUIDANCE 3): computed, shown and correctable."""

    phase: Phase
    level: Level
    trend: Trend
    fault: Fault
    channel: str
    signals: frozenset[str] = frozenset()
    cues: tuple[Cue, ...] = ()
    intents: frozenset[str] = frozenset()
    failures: int = 0
    apologies: int = 0
    replies: int = 0
    abuse_count: int = 0
    solved: bool = False
    waiting_days: float = 0.0
    asks: tuple[str, ...] = ()
    known: Mapping[str, Filled] = field(default_factory=dict)
    covered: frozenset[str] = frozenset()
    said_plays: tuple[str, ...] = ()
    past: Past = field(default_factory=Past)


@dataclass(frozen=True, slots=True)
class CasePart:
    """One line of the case card: words, and where they come from as a person would say it.

    `code` says what it is: an intent, a slot, `name`, `since`, `contact`, `need`, `impact` … Where
    the words stand in a message as they are, it is `message_id` with [start, end); else 0, -1, -1.
    """

    code: str
    words: str
    origin: str
    message_id: int = 0
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Case:
    """The what, who and why of a conversation, in the customer's own words wherever there are any.

    `promised` has what is still open of our promises (`ours`) and what they say we said (`theirs`).
    """

    issue: CasePart | None = None
    intents: tuple[CasePart, ...] = ()
    facts: tuple[CasePart, ...] = ()
    who: tuple[CasePart, ...] = ()
    why: tuple[CasePart, ...] = ()
    asks: tuple[CasePart, ...] = ()
    promised: tuple[CasePart, ...] = ()


# ------------------------------------------------------------------ promises


class PromiseState(StrEnum):
    """What became of a promise: the agent says so, the app never does."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Hours:
    """When the company works: what "by Friday" and "in two working days" mean (PROMISES.md).

    `weekend` are days without work, 0 for Monday to 6 for Sunday.
    """

    start: time = time(9)
    end: time = time(17)
    weekend: frozenset[int] = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class FoundPromise:
    """Words of a reply that bind us, [start, end), and when they fall due; None: no time said.

    Always a proposal to the agent. `what` is the deed in a few words; a soft one is hedged
    ("we hope to"), and heard as a promise all the same.
    """

    start: int
    end: int
    text: str
    what: str
    due: datetime | None
    is_soft: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise that the agent took over from a sent reply, with whom it was made to."""

    id: int
    conversation_id: int
    message_id: int
    customer: str
    subject: str
    channel: str
    level: Level | None
    text: str
    what: str
    said_at: datetime
    due: datetime | None
    state: PromiseState = PromiseState.OPEN
    settled_at: datetime | None = None


# ------------------------------------------------------------------ what happened


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the customer's next message did to the level after a reply of ours."""

    message_id: int
    before: Level
    after: Level
    plays: tuple[str, ...] = ()

    @property
    def change(self) -> int:
        return int(self.after) - int(self.before)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a deed changed, so that views refresh only that. `everything` after an import."""

    conversations: frozenset[int] = frozenset()
    playbook: bool = False
    everything: bool = False

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.conversations | other.conversations,
            self.playbook or other.playbook,
            self.everything or other.everything,
        )
