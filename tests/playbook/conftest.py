"""What the tests of the playbook share: the starter playbook, small folders, moments, threads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cxdesk import paths
from cxdesk.model import (
    Analysis,
    BlameTarget,
    Cue,
    Customer,
    Fault,
    Level,
    Message,
    Moment,
    Mood,
    Phase,
    Role,
    State,
    Thread,
    Trend,
)
from cxdesk.playbook import Playbook, read_playbook

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)

SHARED = """\
needs:
  apology: [apology]
  ownership: [ownership]
  extra_mile: [extra_mile]
signals: {repetition: had to come back, abuse: an insult}
intents: {billing_error: a wrong charge}
brand: {banned: [valued customer]}
slots:
  customer_name: {kind: name, label: name, example: Dana}
  agent_name: {kind: name, label: your name, example: Robin}
  cause: {kind: clause, label: the reason, example: a file was loaded twice}
"""

PLAY = """\
id: apo-one
family: apology
title: Say sorry for our mistake
when:
  situation: We caused it.
  signals_any: [repetition]
  phases: [opening]
  level: [1, 3]
avoid_when: ["the cause is not known"]
variants:
  chat: We got this wrong, {customer_name}, and I'm sorry. {cause}.
  email: |
    Hi {customer_name},

    We got this wrong, and I'm sorry. The reason: {cause}.

    {agent_name}
follow_up: {action: check it arrived, due: tomorrow}
why: {text: It helps., source: Lewicki 2016}
examples_match: ["You did it again.", "Second time now."]
examples_no_match: ["See you again!", "When do you open?"]
"""


@pytest.fixture(scope="session")
def starter() -> Playbook:
    """The playbook that comes with the program."""
    return read_playbook(paths.resources() / "playbook")[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A playbook of one play, apo-one, in plays/apo-one.yaml."""
    (tmp_path / "plays").mkdir()
    (tmp_path / "playbook.yaml").write_text(SHARED, "utf-8")
    (tmp_path / "plays" / "apo-one.yaml").write_text(PLAY, "utf-8")
    return tmp_path


@pytest.fixture
def a_moment() -> Callable[..., Moment]:
    """A builder: a calm, unanswered moment of a chat, with what the test says instead."""

    def build(**changes: object) -> Moment:
        usual: dict[str, object] = {
            "phase": Phase.OPENING,
            "level": Level.CALM,
            "trend": Trend.STEADY,
            "fault": Fault.UNKNOWN,
            "channel": "chat",
        }
        usual |= changes
        usual["signals"] = frozenset(usual.get("signals", ()))  # type: ignore[call-overload]
        usual["intents"] = frozenset(usual.get("intents", ()))  # type: ignore[call-overload]
        return Moment(**usual)  # type: ignore[arg-type]

    return build


@pytest.fixture
def said() -> Callable[..., Message]:
    """A builder: a customer's message, its cues named by code, sent so many hours before noon."""

    def build(
        text: str,
        *codes: str,
        ago: float = 1,
        level: Level = Level.CALM,
        blames: BlameTarget = BlameTarget.NONE,
    ) -> Message:
        cues = tuple(Cue(code, 0, len(text), text, 2, f"{code}.test", "") for code in codes)
        analysis = Analysis(level, 0.0, level >= Level.FRUSTRATED, blames, (), cues)
        at = NOON - timedelta(hours=ago)
        return Message(0, 1, Role.CUSTOMER, "Maria", text, at, analysis=analysis)

    return build


@pytest.fixture
def replied() -> Callable[..., Message]:
    """A builder: our reply with its review codes, sent so many hours before noon."""

    def build(text: str, *codes: str, ago: float = 1, plays: tuple[str, ...] = ()) -> Message:
        at = NOON - timedelta(hours=ago)
        return Message(0, 1, Role.AGENT, "Robin", text, at, codes=codes, plays=plays)

    return build


@pytest.fixture
def a_thread() -> Callable[..., Thread]:
    """A builder: a chat with Maria Lopez of these messages; its level is the last one's."""

    def build(*messages: Message, **changes: object) -> Thread:
        levels = tuple(m.level for m in messages if m.level is not None)
        usual: dict[str, object] = {
            "id": 1,
            "subject": "",
            "channel": "chat",
            "state": State.OPEN,
            "customer": Customer(1, "Maria Lopez"),
            "mood": Mood(levels[-1] if levels else Level.CALM, Trend.STEADY, levels),
        }
        return Thread(messages=messages, **(usual | changes))  # type: ignore[arg-type]

    return build
