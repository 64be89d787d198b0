"""How many promises are found, how many are false, and how often the due time is right.

    python3 scripts/evaluate_promises.py PROMISES.jsonl [--misses]

A record has `text`, `now` and `promises` with `span`, `due` (to the minute, null without a time)
and `what`. One record in three, by a hash of its id, is kept apart: rules are never written
against it, and its misses are not printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import environment

environment.enter("dev")

from cxdesk.model import FoundPromise  # noqa: E402
from cxdesk.nlp.promises import find_promises  # noqa: E402

KEPT_APART = 3
_MINUTE = 16  # characters of an ISO time to the minute
_STOP = frozenset(
    ("a", "an", "the", "to", "of", "for", "in", "on", "at", "and", "with", "you", "it")
)


@dataclass(frozen=True)
class Judged:
    """One record, what was found in it, and which found promise meets which expected one."""

    record: dict[str, Any]
    found: list[FoundPromise]
    pairs: list[tuple[dict[str, Any], FoundPromise]]

    @property
    def expected(self) -> list[dict[str, Any]]:
        promises: list[dict[str, Any]] = self.record["promises"]
        return promises

    @property
    def missed(self) -> int:
        return len(self.expected) - len(self.pairs)

    @property
    def false(self) -> int:
        return len(self.found) - len(self.pairs)

    @property
    def right_times(self) -> int:
        return sum(_minute(promise["due"]) == said(found) for promise, found in self.pairs)

    @property
    def is_right(self) -> bool:
        return not self.missed and not self.false and self.right_times == len(self.expected)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, usage="%(prog)s PROMISES.jsonl [--misses]"
    )
    parser.add_argument("promises", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    options = parser.parse_args(arguments)
    records = [json.loads(line) for line in options.promises.open(encoding="utf-8")]
    for name, apart in (("written against", False), ("kept apart", True)):
        part = [judge(each) for each in records if is_kept_apart(each["id"]) is apart]
        print(f"{name:>16}  {figures(part)}")
        if options.misses and not apart:
            print_misses(part)
    return 0


def is_kept_apart(record: str) -> bool:
    """Whether a record is for measuring only: by a hash of its id."""
    return int(hashlib.sha256(record.encode()).hexdigest()[:8], 16) % KEPT_APART == 0


def judge(record: dict[str, Any]) -> Judged:
    found = find_promises(record["text"], datetime.fromisoformat(record["now"]))
    pairs: list[tuple[dict[str, Any], FoundPromise]] = []
    left = list(found)
    for promise in record["promises"]:
        best = max(left, key=lambda each: overlap(promise["span"], each), default=None)
        if best and overlap(promise["span"], best) > 0:
            pairs.append((promise, best))
            left.remove(best)
    return Judged(record, found, pairs)


def overlap(span: Sequence[int], found: FoundPromise) -> float:
    """What two spans share, of what they cover together."""
    shared = min(span[1], found.end) - max(span[0], found.start)
    covered = max(span[1], found.end) - min(span[0], found.start)
    return max(shared, 0) / covered if covered else 0.0


def alike(wanted: str, found: str) -> float:
    """The share of words that two ways of naming a deed have in common (F1)."""
    one, other = ({*re.findall(r"\w+", each.lower())} - _STOP for each in (wanted, found))
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def said(found: FoundPromise) -> str | None:
    return _minute(found.due.isoformat() if found.due else None)


def _minute(time: str | None) -> str | None:
    return time[:_MINUTE] if time else None


def figures(part: list[Judged]) -> str:
    pairs = [pair for one in part for pair in one.pairs]
    expected = sum(len(one.expected) for one in part)
    found = sum(len(one.found) for one in part)
    without = [one for one in part if not one.expected]
    measures = {
        "promises found": _share(len(pairs), expected),
        "false, of those found": _share(sum(one.false for one in part), found),
        "of sentences without": _share(sum(bool(one.found) for one in without), len(without)),
        "due right": _share(sum(one.right_times for one in part), expected),
        "span overlap": _share(sum(overlap(want["span"], got) for want, got in pairs), len(pairs)),
        "what alike": _share(sum(alike(want["what"], got.what) for want, got in pairs), len(pairs)),
    }
    shown = "  ".join(f"{name} {share:.3f}" for name, share in measures.items())
    return f"n {len(part)}, {expected} promises  {shown}"


def _share(count: float, of: int) -> float:
    return count / of if of else 0.0


def print_misses(part: Iterable[Judged]) -> None:
    for one in part:
        if one.is_right:
            continue
        print(f"{one.record['id']}  {one.record['now']}  {one.record['text']}")
        for promise in one.expected:
            start, end = promise["span"]
            print(f"    wanted {_minute(promise['due'])}  “{one.record['text'][start:end]}”")
        for each in one.found:
            print(f"    found  {said(each)}  “{each.text}”  {each.what}")


if __name__ == "__main__":
    sys.exit(main())
