"""The labelled messages that the model is trained on and measured with, read into one shape.

What the labels mean: LABELLING.md of the data. Outside texts stay in their folder (`--data`); what
is ours lies in `resources/training`: messages and drafts with their text, and labels of outside
texts by id alone. Which texts are kept apart is said in `kept_apart` and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cxdesk import paths
from cxdesk.model import BlameTarget
from cxdesk.nlp.rules import parse_example, read_rules

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
OURS = ROOT / "resources" / "training"

# Threads whose customer and company are swapped, by their place in conversations.jsonl (README).
SWAPPED = (11, 52, 77, 168, 214, 252, 277, 356, 398, 437, 457, 804, 810, 863, 901)

BLAME = "blame_customer"
BORDERING = frozenset(
    ("abuse", "argue", "doubt", "invalidation", "command", "policy_hiding", "deflection")
)

# Of these every twelfth text is not learned from: it says how far the model may be believed.
_HELD = ("conversations", "labelled", "ours", "written", "drafts")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message or draft with its labels; None where a label is open or the source has none.

    `cues` are (start, end, code) of all words that carry something, blame aside. A draft says
    whether it blames the customer; a message has the other labels.
    """

    id: str
    text: str
    source: str
    frustrated: bool | None = None
    level: int | None = None
    target: BlameTarget | None = None
    blames: bool | None = None
    spans: tuple[Span, ...] | None = None
    cues: tuple[tuple[int, int, str], ...] | None = None
    is_draft: bool = False


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file, none when it is not there."""
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


# ------------------------------------------------------------------ what is measured


def kept_apart(folder: Path) -> dict[str, list[Labelled]]:
    """Sources that nothing is trained on, and rules are not written against, by name."""
    apart = {
        "support": conversations(folder, "b", kept=True),
        "support by hand": frustration(folder, "frustration_hand"),
        "blame by hand": blame_by_hand(folder),
        "tweets and reviews": frustration(folder, "frustration_dev"),
        "tweets and reviews, read again": relabelled(folder, "labels_dev.jsonl"),
        "airline": airline(folder),
        "drafts": [each for each in drafts(folder) if is_unseen(each.id)],
        "drafts by hand": drafts_by_hand(folder),
    }
    return {name: found for name, found in apart.items() if found}


def for_weighing(folder: Path) -> list[Labelled]:
    """Messages on which it is fitted how much a tier counts beside the rules: three numbers each.

    Every twelfth message that could be trained on, and the smaller of the sources kept apart, whose
    figures are so a little too good; those of "support" and "airline" are not.
    """
    apart = kept_apart(folder)
    names = (
        "support by hand",
        "blame by hand",
        "tweets and reviews",
        "tweets and reviews, read again",
    )
    seen = [each for name in names for each in apart.get(name, ())]
    usable = _usable(folder)
    held = [each for name in _HELD for each in usable[name] if _is_held(each.id)]
    return seen + [each for each in held if not each.is_draft]


def _is_held(text: str) -> bool:
    return zlib.crc32(f"held {text}".encode()) % 12 == 0


def is_kept_apart(thread: str) -> bool:
    """Whether a thread of labels b is for measuring only: every other one, by a checksum."""
    return zlib.crc32(thread.encode()) % 2 == 0


def is_unseen(draft: str) -> bool:
    """Whether a draft of agent_drafts_dev is for measuring only: by a hash of its id."""
    digest = hashlib.sha256(draft.encode()).hexdigest()
    return draft.startswith("ad-") and int(digest[:8], 16) % 2 == 1


# ------------------------------------------------------------------ what is trained on


def for_training(folder: Path) -> dict[str, list[Labelled]]:
    """Sources a shipped model learns from, by name, without any text that it is measured on."""
    return {
        name: [each for each in some if name not in _HELD or not _is_held(each.id)]
        for name, some in _usable(folder).items()
    }


def _usable(folder: Path) -> dict[str, list[Labelled]]:
    """Sources a shipped model may learn from, without the texts that are kept apart."""
    relabelled_ids = {each.id for each in _relabelled(folder)}
    weak = [each for each in blame_weak(folder) if each.id not in relabelled_ids]
    outside = frustration(folder, "frustration_train")
    found = {
        "conversations": conversations(folder, "a") + conversations(folder, "b", kept=False),
        "labelled": _relabelled(folder),
        "ours": ours(),
        "written": written(folder, "written_frustrated")
        + written(folder, "written_calm_and_traps"),
        "tweets and reviews": [each for each in outside if each.id not in relabelled_ids],
        "weak blame": weak,
        "small talk": frustration(folder, "aux_random_tweets_not_frustrated"),
        "reddit": frustration(folder, "aux_goemotions_train"),
        "drafts": drafts(folder),
    }
    apart = {_plain(each.text) for some in kept_apart(folder).values() for each in some}
    return {
        name: [each for each in some if _plain(each.text) not in apart]
        for name, some in found.items()
    }


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


# ------------------------------------------------------------------ sources


def conversations(folder: Path, half: str, *, kept: bool | None = None) -> list[Labelled]:
    """Customers' messages of real threads, without the swapped ones and other languages."""
    threads = list(lines(folder / "conversations.jsonl"))
    swapped = {threads[at]["id"] for at in SWAPPED if at < len(threads)}
    texts = {thread["id"]: thread["messages"] for thread in threads}
    return [
        _message(label | {"text": texts[label["id"]][label["message"]]["text"]}, "conversations")
        for label in lines(folder / f"labels_conversations_{half}.jsonl")
        if label["id"] in texts and label["id"] not in swapped and label.get("lang", "en") == "en"
        if kept is None or is_kept_apart(label["id"]) == kept
    ]


def written(folder: Path, name: str) -> list[Labelled]:
    """Messages that were written for cxdesk, with all labels."""
    return [_message(record, name) for record in lines(folder / f"{name}.jsonl")]


def frustration(folder: Path, name: str) -> list[Labelled]:
    """Texts that say only whether they are frustrated."""
    return [
        Labelled(record["id"], record["text"], record["source"], frustrated=bool(record["label"]))
        for record in lines(folder / f"{name}.jsonl")
    ]


def airline(folder: Path) -> list[Labelled]:
    """Tweets to airlines: for measuring only (licence), and only where its raters agreed."""
    return frustration(folder / "eval-only", "frustration_airline")


def blame_by_hand(folder: Path) -> list[Labelled]:
    """Real messages with the company blamed or not, and the words."""
    return [
        Labelled(
            record["id"],
            record["text"],
            record["source"],
            frustrated=record["frustrated"],
            blames=bool(record["label"]),
            spans=tuple((start, end) for start, end in record["spans"]),
        )
        for record in lines(folder / "blame_customer_dev.jsonl")
    ]


def blame_weak(folder: Path) -> list[Labelled]:
    """Tweets whose annotated severity hints at blame; about one true label in six is wrong."""
    return [
        Labelled(record["id"], record["text"], "weak", blames=bool(record["label"]))
        for record in lines(folder / "blame_weak_train.jsonl")
    ]


def ours() -> list[Labelled]:
    """The messages that this project wrote itself."""
    return [
        _message(record, path.stem)
        for path in sorted(OURS.glob("messages_*.jsonl"))
        for record in lines(path)
    ]


def drafts(folder: Path) -> list[Labelled]:
    """Agents' drafts that blame the customer, or do not, with the words; and real replies."""
    theirs = [
        record
        | {
            "blames": BLAME in record["codes"],
            "spans": record["spans"].get(BLAME, ()),
        }
        for record in lines(folder / "agent_drafts_dev.jsonl")
    ]
    written = [_draft(each) for each in (*theirs, *lines(OURS / "drafts.jsonl"))]
    return [*written, *rule_examples(), *replies(folder)]


def rule_examples() -> list[Labelled]:
    """The sentences with which the rules of review are shown what to flag and what to leave.

    None but those of `blame_customer` blames; of codes that border on it only what they leave.
    """
    rules, _ = read_rules(paths.resources() / "review")
    found: dict[str, Labelled] = {}
    for rule in rules:
        if rule.code not in BORDERING:
            for example in rule.flag:
                text, spans = parse_example(example)
                found[text] = _example(text, spans if rule.code == BLAME else [])
        for text in rule.leave:
            found.setdefault(text, _example(text, []))
    return list(found.values())


def _example(text: str, spans: Sequence[Span]) -> Labelled:
    number = zlib.crc32(text.encode())
    return _draft({"id": f"rule-{number}", "text": text, "blames": bool(spans), "spans": spans})


def replies(folder: Path) -> list[Labelled]:
    """Real replies of companies, screened for blame (none of those kept blames)."""
    threads = {each["id"]: each["messages"] for each in lines(folder / "conversations.jsonl")}
    return [
        _draft(
            {
                "id": f"{record['id']}#{record['message']}",
                "text": threads[record["id"]][record["message"]]["text"],
                "blames": record["blames"],
                "spans": (),
            }
        )
        for record in lines(OURS / "labels_replies.jsonl")
        if record["id"] in threads
    ]


def drafts_by_hand(folder: Path) -> list[Labelled]:
    """Sentences of agents, with the customer blamed or not."""
    return [
        _draft(record | {"blames": record["label"]})
        for record in lines(folder / "blame_agent_draft_dev.jsonl")
    ]


def _draft(record: dict[str, Any]) -> Labelled:
    return Labelled(
        record["id"],
        record["text"],
        "drafts",
        blames=bool(record["blames"]),
        spans=_spans(record["spans"]),
        is_draft=True,
    )


def _relabelled(folder: Path) -> list[Labelled]:
    names = ("labels_tweets.jsonl", "labels_reviews.jsonl", "labels_letters.jsonl")
    return [each for name in names for each in relabelled(folder, name)]


def relabelled(folder: Path, name: str) -> list[Labelled]:
    """Outside texts with our own labels, which lie in the repository by id alone."""
    texts = outside_texts(folder)
    return [
        _message(record | {"text": texts[record["id"]]}, "labelled")
        for record in lines(OURS / name)
        if record["id"] in texts
    ]


@cache
def outside_texts(folder: Path) -> dict[str, str]:
    """Text by id of the outside files that our own labels speak of."""
    names = (
        "frustration_train",
        "frustration_dev",
        "blame_weak_train",
        "complaint_letters_unlabelled",
    )
    return {
        record["id"]: record["text"] for name in names for record in lines(folder / f"{name}.jsonl")
    }


def letters(folder: Path) -> list[Labelled]:
    """Complaint letters without labels, in parts, for a teacher to label."""
    size = 350
    return [
        Labelled(f"{record['id']}/{at}", record["text"][at : at + size], "letters")
        for record in lines(folder / "complaint_letters_unlabelled.jsonl")
        for at in range(0, len(record["text"]), size)
    ]


def corrections(path: Path) -> list[Labelled]:
    """What agents corrected on their own desk (`cxdesk export-corrections`)."""
    return [_message(record, "corrections") for record in lines(path)]


def _message(record: dict[str, Any], source: str) -> Labelled:
    target = BlameTarget(record["blame_target"]) if record.get("blame_target") else None
    return Labelled(
        record["id"],
        record["text"],
        source,
        frustrated=record.get("frustrated"),
        level=record.get("level"),
        target=target,
        blames=None if target is None else target.is_us,
        spans=_spans(record.get("spans", ())),
        cues=tuple((start, end, code) for start, end, code in record.get("cues", ())),
    )


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)
