"""How often the first suggestion is right and nothing forbidden is shown, on labelled states.

    python3 scripts/evaluate_guidance.py STATES.jsonl [--misses]

A record has `conversation` and `state` as `cxdesk suggest` takes them, `expect_any` (families that
fit), `best` (families that fit first) and `forbid` (families and plays that must not show). Every
third record is kept apart: rules are never written against it, and its misses are not printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environment

environment.enter("dev")

from cxdesk.advisor import Advisor  # noqa: E402
from cxdesk.model import Guidance  # noqa: E402
from cxdesk.paths import Profile  # noqa: E402

KEPT_APART = 3


@dataclass(frozen=True)
class Judged:
    """One state, what was shown for it, and what of that was right."""

    record: dict[str, Any]
    guidance: Guidance

    @property
    def families(self) -> list[str]:
        return [one.family for one in self.guidance.suggestions]

    @property
    def is_first_right(self) -> bool:
        return self.families[:1] != [] and self.families[0] in self.record["expect_any"]

    @property
    def is_first_best(self) -> bool:
        return self.families[:1] != [] and self.families[0] in self.record["best"]

    @property
    def is_any_right(self) -> bool:
        return bool(set(self.families) & set(self.record["expect_any"]))

    @property
    def forbidden(self) -> list[str]:
        forbid = set(self.record["forbid"])
        return [s.play for s in self.guidance.suggestions if forbid & {s.play, s.family}]

    @property
    def is_good(self) -> bool:
        return self.is_first_right and not self.forbidden


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, usage="%(prog)s STATES.jsonl [--misses]")
    parser.add_argument("states", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    options = parser.parse_args(arguments)
    judged = judge(json.loads(line) for line in options.states.open(encoding="utf-8"))
    for name, part in split(judged):
        print(f"{name:>16}  {figures(part)}")
    if options.misses:
        print_misses(split(judged)[0][1])
    return 0


def judge(records: Iterable[dict[str, Any]]) -> list[Judged]:
    with tempfile.TemporaryDirectory() as folder:
        advisor = Advisor(Profile(Path(folder)))
        return [Judged(record, advisor.suggest(record).guidance) for record in records]


def split(judged: list[Judged]) -> list[tuple[str, list[Judged]]]:
    """The part that rules are written against, and the one kept apart, by place in the file."""
    numbered = list(enumerate(judged, start=1))
    written = [one for number, one in numbered if number % KEPT_APART]
    apart = [one for number, one in numbered if not number % KEPT_APART]
    return [("written against", written), ("kept apart", apart)]


def figures(part: list[Judged]) -> str:
    count = len(part) or 1
    measures = {
        "first right and nothing forbidden": sum(one.is_good for one in part),
        "first right": sum(one.is_first_right for one in part),
        "first best": sum(one.is_first_best for one in part),
        "nothing forbidden": sum(not one.forbidden for one in part),
        "right in top three": sum(one.is_any_right for one in part),
    }
    shown = "  ".join(f"{name} {number / count:.2f}" for name, number in measures.items())
    return f"n {len(part)}  {shown}"


def print_misses(part: list[Judged]) -> None:
    for one in part:
        if not one.is_good or not one.is_any_right:
            record, guidance = one.record, one.guidance
            shown = [f"{s.play}" for s in guidance.suggestions] or [guidance.silence]
            print(f"{record['id']}  row {guidance.row}, wanted {record['row']}: {', '.join(shown)}")
            print(f"    fit {', '.join(record['expect_any'])}; forbidden {one.forbidden}")


if __name__ == "__main__":
    sys.exit(main())
