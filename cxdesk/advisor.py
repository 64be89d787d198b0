"""What the app thinks of text that lies in no store: records of the command line, a pasted line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cxdesk import playbook, settings
from cxdesk.channels.records import parse_time
from cxdesk.desk import View, playbook_folder
from cxdesk.model import (
    Analysis,
    Customer,
    Fault,
    Finding,
    Level,
    Message,
    Overruled,
    Past,
    Phase,
    Problem,
    Review,
    ReviewRequest,
    Role,
    State,
    Thread,
    Tier,
    Trend,
)
from cxdesk.nlp import mood as moods
from cxdesk.nlp.engine import Engine
from cxdesk.nlp.word_list import WordList
from cxdesk.paths import Profile
from cxdesk.said import CHAT_CHANNELS, answered, apologies_too_many, codes, unanswered

Json = Mapping[str, Any]


class Advisor:
    """The language engine and the playbook of a profile, without its conversations.

    `problems` are those of its list of company words.
    """

    def __init__(self, profile: Profile) -> None:
        self._folder = playbook_folder(profile)
        self.settings, _ = settings.read(profile.settings)
        words, self.problems = WordList(profile.company_words).read()
        self.engine = Engine(words)
        self._book: playbook.Playbook | None = None

    def analyze(self, texts: Sequence[str], tier: Tier = Tier.DEEP) -> list[Analysis]:
        """The verdict on each customer's message, in order."""
        return self.engine.analyze(texts, tier)

    def review(self, record: Json) -> Review:
        """The review of `record["text"]` beside its conversation and context, where given."""
        return self.engine.review(self._request(record))

    def suggest(self, record: Json) -> View:
        """What is going on in `record["conversation"]`, and at most three plays."""
        state = record.get("state") or {}
        now = parse_time(state.get("now"))
        thread = self.thread(record["conversation"], state)
        moment = playbook.moment(
            thread,
            now=now or _last_time(thread),
            covered=frozenset(),
            agent_name=self.settings.agent_name,
            company=self.settings.company,
            known={k: v for k, v in (state.get("known") or {}).items() if v is not None},
        )
        moment = replace(moment, past=Past(today=(now or _last_time(thread)).date()))
        return View(thread, moment, playbook.suggest(self.book, moment))

    @property
    def book(self) -> playbook.Playbook:
        if self._book is None:
            self._book, _ = playbook.read_playbook(self._folder)
        return self._book

    def check_playbook(self, folder: Path) -> list[Problem]:
        """Every problem of a playbook, wording that would blame the customer included."""
        return playbook.check(folder, review=self._findings)

    def thread(self, record: Json, state: Json) -> Thread:
        """A conversation record (DESIGN 5) as a thread, each message analysed."""
        messages = tuple(self._messages(record))
        customer = record.get("customer") or {}
        name = customer if isinstance(customer, str) else str(customer.get("name") or "")
        readings = [
            (index, found.level, [cue.code for cue in found.cues])
            for index, message in enumerate(messages)
            if (found := message.analysis)
        ]
        solved = bool(state.get("solved"))
        return Thread(
            id=0,
            subject=str(record.get("subject") or ""),
            channel=str(record.get("channel") or "email"),
            state=State.SOLVED if solved else State.OPEN,
            customer=Customer(0, name),
            messages=messages,
            mood=moods.mood(moods.carried(readings)),
            fault=Fault(state.get("fault") or Fault.UNKNOWN),
            fault_is_set=state.get("fault") is not None,
            solved=solved,
            overruled=_overruled(state, messages),
        )

    def _messages(self, record: Json) -> Iterator[Message]:
        """Messages in order; a missing time is a second after the one before it."""
        time = datetime(2000, 1, 1, tzinfo=UTC)
        asked: list[str] = []
        for number, each in enumerate(record["messages"]):
            time = parse_time(each.get("time")) or time + timedelta(seconds=1)
            role = Role(each["role"])
            text = each["text"]
            request = ReviewRequest(text, customer_text="\n\n".join(asked))
            if role is Role.CUSTOMER:
                asked.append(text)
            elif role is Role.AGENT:
                asked.clear()
            yield Message(
                id=number,
                conversation_id=0,
                role=role,
                author=str(each.get("author") or ""),
                text=text,
                sent_at=time,
                analysis=self.analyze([text])[0] if role is Role.CUSTOMER else None,
                codes=codes(self.engine.review(request)) if role is Role.AGENT else (),
            )

    def _request(self, record: Json) -> ReviewRequest:
        """The conversation says what it shows; the context overrides it."""
        context = dict(record.get("context") or {})
        seen: dict[str, Any] = {}
        if record.get("conversation"):
            seen = self._seen(record["conversation"])
        if "customer" in context:
            context["customer_text"] = context.pop("customer")
        known = seen | {name: value for name, value in context.items() if value is not None}
        return ReviewRequest(
            text=record["text"],
            channel="chat" if known.get("channel") in CHAT_CHANNELS else "email",
            level=Level(known.get("level", 0)),
            fault=Fault(known.get("fault", Fault.UNKNOWN)),
            phase=Phase(known.get("phase", Phase.OPENING)),
            solved=bool(known.get("solved", False)),
            legal_threat=bool(known.get("legal_threat", False)),
            limit=known.get("limit"),
            prior_apologies=int(known.get("prior_apologies", 0)),
            customer_text=str(known.get("customer_text", "")),
            earlier_messages=tuple(known.get("earlier_messages", ())),
            earlier_replies=tuple(known.get("earlier_replies", ())),
            customer_name=str(known.get("customer_name", "")),
        )

    def _seen(self, record: Json) -> dict[str, Any]:
        thread = self.thread(record, {})
        moment = playbook.moment(thread, now=_last_time(thread))
        return {
            "channel": thread.channel,
            "level": moment.level,
            "fault": moment.fault,
            "phase": moment.phase,
            "legal_threat": "legal_threat" in moment.signals,
            "prior_apologies": apologies_too_many(moment),
            "customer_text": unanswered(thread),
            "earlier_messages": answered(thread),
            "earlier_replies": tuple(m.text for m in thread.messages if m.role is Role.AGENT),
            "customer_name": thread.customer.name,
        }

    def _findings(self, text: str) -> Sequence[Finding]:
        """By the rules alone: the network reads drafts, and a wording stands in no conversation."""
        return self.engine.review(ReviewRequest(text), quick=True).findings


def _overruled(state: Json, messages: Sequence[Message]) -> Overruled:
    """What a record says of its conversation in place of what would be counted."""
    trend = state.get("trend")
    return Overruled(
        failures=state.get("failures"),
        apologies=state.get("apologies"),
        trend=Trend(trend) if trend else None,
        safe_until=messages[-1].id if messages and state.get("safe") else None,
    )


def _last_time(thread: Thread) -> datetime:
    return thread.messages[-1].sent_at if thread.messages else datetime.now(UTC)
