"""What the store hands out beyond the shared model: answers only its callers need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from cxdesk.model import Analysis, BlameTarget, Confidence, Correction, Level, Role


@dataclass(frozen=True, slots=True)
class Added:
    """What a batch changed. `conversations` also names those that were merged away."""

    conversations: frozenset[int] = frozenset()
    new_conversations: int = 0
    messages: int = 0
    duplicates: int = 0

    def __or__(self, other: Added) -> Added:
        return Added(
            self.conversations | other.conversations,
            self.new_conversations + other.new_conversations,
            self.messages + other.messages,
            self.duplicates + other.duplicates,
        )


@dataclass(frozen=True, slots=True)
class Pending:
    """A message the language worker has not read yet."""

    message_id: int
    conversation_id: int
    role: Role
    text: str


class Reading(NamedTuple):
    """What one customer message says of the mood; the agent's correction wins.

    `message_index` counts the thread's messages of every role; `signals` are flags and cue codes.
    """

    message_index: int
    message_id: int
    level: Level
    blame_target: BlameTarget
    signals: tuple[str, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class CorrectedCase:
    """A message an agent judged otherwise than the app did then: a trainer's labelled case."""

    message_id: int
    text: str
    correction: Correction
    analysis: Analysis | None
    at: datetime


@dataclass(frozen=True, slots=True)
class AsideText:
    """A message the analyser could not read, and why."""

    message_id: int
    conversation_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding an agent does not want to see; scope is once, sentence, conversation or me.

    `customer` is named where it holds in one conversation alone.
    """

    rule: str
    scope: str
    sentence: str = ""
    id: int = 0
    conversation_id: int | None = None
    at: datetime | None = None
    customer: str = ""


@dataclass(frozen=True, slots=True)
class BlameChoice:
    """Words of a reply that may blame, and what was done about them: `sent` with a second press,
    `put aside` as a hint, or `mended`. Where and when is known once the reply is stored."""

    rule: str
    words: str
    choice: str
    message_id: int = 0
    conversation_id: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TrainerNote:
    """A finding an agent asked the trainer to look at."""

    rule: str
    text: str
    conversation_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ReplyHeaders:
    """What a mail reply needs so that every mail program files it with its thread.

    Ids are in angle brackets, as in the header fields; `references` are oldest first.
    """

    to_name: str
    to_address: str
    subject: str
    in_reply_to: str
    references: tuple[str, ...]
    our_address: str
