"""How well review reads drafts: precision and recall of each code on labelled drafts.

The drafts are split by a hash of their id. Rules were written against the half called "seen"; the
other half was only ever counted, and no network learned from it, so its figures are the honest
ones. `--rules` leaves the network out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import labelled  # noqa: E402 - after the path is set
from labelled_drafts import TOLD, request_of  # noqa: E402

from cxdesk import paths  # noqa: E402
from cxdesk.model import ReviewRequest  # noqa: E402
from cxdesk.nlp.review import Reviewer  # noqa: E402
from cxdesk.nlp.review.reader import DraftReader  # noqa: E402

DRAFTS = "agent_drafts_dev.jsonl"
SENTENCES = "blame_agent_draft_dev.jsonl"


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed findings of one code."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: bool, wanted: bool) -> None:
        self.right += found and wanted
        self.wrong += found and not wanted
        self.missed += wanted and not found

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed or 1)

    def __str__(self) -> str:
        counts = f"{self.right:4} {self.wrong:4} {self.missed:4}"
        return f"{self.precision:5.2f} {self.recall:5.2f}   {counts}"


@dataclass(slots=True)
class Report:
    codes: dict[str, Tally] = field(default_factory=dict)
    clean: int = 0
    clean_flagged: int = 0
    errors: list[str] = field(default_factory=list)

    def tally(self, code: str) -> Tally:
        return self.codes.setdefault(code, Tally())

    def overall(self) -> Tally:
        tallies = self.codes.values()
        return Tally(*(sum(getattr(each, name) for each in tallies) for name in Tally.__slots__))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of both halves and of the single sentences."""
    options = _options().parse_args(arguments)
    path = options.data / DRAFTS
    if not path.exists():
        print(f"No labelled drafts at {path}; say where with --data.", file=sys.stderr)
        return 2
    reviewer = Reviewer(reader=None if options.rules else DraftReader(options.reader))
    records = list(_records(path))
    for half in ("seen", "unseen"):
        part = [each for each in records if labelled.is_unseen(each["id"]) == (half == "unseen")]
        report = judge(reviewer, part, good=options.good)
        _show(f"{DRAFTS}, {half} half, {len(part)} drafts", report)
        if half == "seen":
            print(*report.errors[: options.errors], sep="\n")
    if (options.data / SENTENCES).exists():
        sentences = [(each["text"], each["label"]) for each in _records(options.data / SENTENCES)]
        tally = judge_sentences(reviewer, sentences)
        print(f"\n{SENTENCES}\n  blame_customer         {tally}")
    return 0


def judge(reviewer: Reviewer, records: Iterable[dict[str, Any]], good: bool = False) -> Report:
    """Compare the codes found in each draft with its labels."""
    report = Report()
    for record in records:
        review = reviewer.review(request_of(record["text"], record["context"]))
        found = {each.code for each in (review.good if good else review.findings)}
        wanted = set(record["good" if good else "codes"])
        if record["context"] is None:
            found -= TOLD
        for code in found | wanted:
            report.tally(code).add(code in found, code in wanted)
        if found != wanted:
            report.errors.append(
                f"  {record['id']} -{wanted - found} +{found - wanted}: {record['text']}"
            )
        if not record["codes"]:
            report.clean += 1
            report.clean_flagged += bool(found)
    return report


def judge_sentences(reviewer: Reviewer, sentences: Iterable[tuple[str, bool]]) -> Tally:
    """Blame of the customer in texts without a conversation."""
    tally = Tally()
    for text, blames in sentences:
        findings = reviewer.review(ReviewRequest(text)).findings
        tally.add(any(each.code == "blame_customer" for each in findings), blames)
    return tally


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _show(title: str, report: Report) -> None:
    wanted = Counter({code: each.right + each.missed for code, each in report.codes.items()})
    print(f"\n{title}\n  code                  prec.  rec.   right wrong missed")
    for code, _ in wanted.most_common():
        print(f"  {code:20} {report.tally(code)}")
    print(f"  {'all codes':20} {report.overall()}")
    print(f"  good drafts flagged: {report.clean_flagged} of {report.clean}")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    data = ROOT.parent / "shared" / "data"
    parser.add_argument(
        "--data", type=Path, default=data, help=f"folder of labelled drafts ({data})"
    )
    parser.add_argument(
        "--reader",
        type=Path,
        default=paths.resources() / "reader",
        help="folder of the trained network (the one that ships)",
    )
    parser.add_argument("--rules", action="store_true", help="let the rules speak alone")
    parser.add_argument("--good", action="store_true", help="judge good wording instead")
    parser.add_argument(
        "--errors", type=int, default=0, help="show so many errors of the seen half"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
