"""Agents' drafts with what is wrong in them, read into one shape for the network that reads drafts.

Ours lie in `resources/training`; `agent_drafts_dev` (ours too) in the data folder. What a source
does not judge is left open: the older drafts say only whether they blame, an example of a rule only
whether its code holds, and without its conversation a draft says nothing of the codes in `TOLD`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import labelled
from labelled import BORDERING, OURS, Span

from cxdesk import paths, playbook
from cxdesk.model import Fault, Level, Phase, ReviewRequest
from cxdesk.nlp.review.rulebook import Guide, read_rulebook

BLAME = labelled.BLAME
CODES = (
    BLAME, "invalidation", "doubt", "command", "policy_hiding", "deflection", "passive_evasion",
    "non_apology", "canned", "overpromise", "early_compensation", "selling", "feedback_too_early",
    "argue", "false_confession", "missing_next_step", "ignored_question",
)  # fmt: skip
# Only the conversation can show these: nothing is known of them where a draft comes without one.
TOLD = frozenset(
    (
        "missing_next_step", "ignored_question", "passive_evasion", "false_confession",
        "early_compensation", "selling", "feedback_too_early", "over_authority",
    )
)  # fmt: skip
WHOLE = "*"  # marks one of `WHOLE_CODES` in a record


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft beside its conversation, with the words of each code it has.

    `known` are the codes that the source has judged; those of them without words do not hold.
    """

    id: str
    source: str
    request: ReviewRequest
    words: Mapping[str, tuple[Span, ...]]
    known: frozenset[str]


def kept_apart(folder: Path) -> list[Draft]:
    """The half of `agent_drafts_dev` that nothing is trained on and no rule is written against."""
    return [each for each in _dev(folder) if labelled.is_unseen(each.id)]


def for_training(folder: Path) -> list[Draft]:
    """Everything that a network may learn from."""
    seen = [each for each in _dev(folder) if not labelled.is_unseen(each.id)]
    return [*seen, *judged(), *_blame_only(folder), *examples(), *_wordings()]


def judged() -> list[Draft]:
    """Drafts written for this, with all codes and their conversation.

    Most hunt for one code and its look-alikes; the `mirrored` ones are of the kinds, and as often
    harmless, as those of `agent_drafts_dev`.
    """
    return [
        _judged(record, source)
        for source in ("judged", "mirrored")
        for path in sorted(OURS.glob(f"{source}_*.jsonl"))
        for record in labelled.lines(path)
    ]


def examples() -> list[Draft]:
    """What each rule of review is shown to flag and to leave, with the setting it holds in."""
    found = []
    for guide in read_rulebook(picky=True).guides.values():
        if guide.code in CODES:
            found += list(_of_guide(guide))
    return found


# ------------------------------------------------------------------ sources


def _dev(folder: Path) -> list[Draft]:
    return [
        Draft(
            record["id"],
            "dev",
            request_of(record["text"], record["context"]),
            {code: _spans(spans) for code, spans in record["spans"].items()},
            _known(record["context"]),
        )
        for record in labelled.lines(folder / "agent_drafts_dev.jsonl")
    ]


def _judged(record: Mapping[str, Any], source: str) -> Draft:
    text = record["text"]
    words = {
        code: tuple(_place(text, each) for each in quoted) for code, quoted in record["bad"].items()
    }
    request = request_of(text, record["context"])
    return Draft(record["id"], source, request, words, _known(record["context"]))


def _place(text: str, quoted: str) -> Span:
    if quoted == WHOLE:
        return 0, len(text)
    start = text.index(quoted)
    return start, start + len(quoted)


def _blame_only(folder: Path) -> Iterator[Draft]:
    for each in labelled.drafts(folder):
        if not each.id.startswith(("ad-", "rule-")):
            words = {BLAME: each.spans or ()} if each.blames else {}
            request = ReviewRequest(each.text)
            yield Draft(each.id, "blame only", request, words, frozenset((BLAME,)))


def _of_guide(guide: Guide) -> Iterator[Draft]:
    """An example flagged for another code hardly blames, unless the code borders on blame."""
    also = frozenset() if guide.code in BORDERING else frozenset((BLAME,))
    for number, each in enumerate(guide.flag):
        name = f"{guide.id}+{number}"
        words = {guide.code: each.spans}
        yield Draft(name, "examples", each.request, words, also | {guide.code})
    for number, each in enumerate(guide.leave):
        yield Draft(f"{guide.id}-{number}", "examples", each.request, {}, frozenset((guide.code,)))


def _wordings() -> Iterator[Draft]:
    """The playbook's own wordings, which do nothing wrong, their slots filled with the examples."""
    book, _ = playbook.read_playbook(paths.resources() / "playbook")
    for play in book.plays:
        for variant in (play.chat, play.email):
            text = variant.text
            for name, slot in book.slots.items():
                text = text.replace(f"{{{name}}}", slot.example or slot.label)
            request = ReviewRequest(text)
            known = frozenset(CODES) - TOLD
            yield Draft(f"{play.id}/{variant.channel}", "playbook", request, {}, known)


# ------------------------------------------------------------------ records


def request_of(text: str, context: Mapping[str, Any] | None) -> ReviewRequest:
    """A draft with what its record knows around it."""
    if context is None:
        return ReviewRequest(text)
    return replace(
        ReviewRequest(text),
        channel=context["channel"],
        level=Level(context["level"]),
        fault=Fault(context["fault"]),
        phase=Phase(context["phase"]),
        limit=context.get("limit"),
        legal_threat=bool(context.get("legal_threat", False)),
        prior_apologies=int(context.get("prior_apologies", 0)),
        customer_text=context["customer"],
    )


def _known(context: object) -> frozenset[str]:
    return frozenset(CODES) - (TOLD if context is None else frozenset())


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)
