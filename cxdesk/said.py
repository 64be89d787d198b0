"""What a conversation, a review and a draft say, in the form the rooms ask for."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.model import Coverage, Draft, Moment, Review, Role, Thread

CHAT_CHANNELS = frozenset({"chat", "twitter", "whatsapp", "sms"})


def last_of_customer(thread: Thread) -> int:
    """The id of the customer's newest message, 0 when there is none."""
    return next((m.id for m in reversed(thread.messages) if m.role is Role.CUSTOMER), 0)


def unanswered(thread: Thread) -> str:
    """The customer's messages since the last reply, as one text."""
    texts: list[str] = []
    for message in reversed(thread.messages):
        if message.role is Role.AGENT:
            break
        if message.role is Role.CUSTOMER:
            texts.append(message.text)
    return "\n\n".join(reversed(texts))


def answered(thread: Thread) -> tuple[str, ...]:
    """The customer's messages that came before our last reply."""
    ours = [place for place, m in enumerate(thread.messages) if m.role is Role.AGENT]
    before = thread.messages[: ours[-1]] if ours else ()
    return tuple(m.text for m in before if m.role is Role.CUSTOMER)


def apologies_too_many(moment: Moment) -> int:
    """Apologies made beyond one for each earlier failure: only those make the next one too many
    (GUIDANCE 3, limit a)."""
    return max(0, moment.apologies - max(0, moment.failures - 1))


def codes(review: Review) -> tuple[str, ...]:
    """What a reply did, good and bad, each code once."""
    found = [good.code for good in review.good] + [finding.code for finding in review.findings]
    return tuple(dict.fromkeys(found))


def covered_needs(coverage: Coverage | None) -> frozenset[str]:
    names = ("heard", "owned", "next_step", "extra_mile")
    return frozenset(name for name in names if coverage and getattr(coverage, name))


def joined(draft: Draft, below: Draft) -> Draft:
    """Two drafts of one conversation as one, the cursor where it was in the first."""
    shift = len(draft.text) + 2
    moved = tuple((start + shift, end + shift, name) for start, end, name in below.slots)
    return replace(
        draft,
        text=f"{draft.text}\n\n{below.text}",
        slots=draft.slots + moved,
        plays=tuple(dict.fromkeys(draft.plays + below.plays)),
    )
