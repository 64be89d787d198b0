"""How often it is heard what a message is about, and which facts stand in it.

    python3 scripts/evaluate_intents.py [--data DIR] [--misses]

Counted on `intents_dev.jsonl`: two thirds were written and trained against, the last third is only
counted, and its misses are not printed. A message about "other" is right when nothing is shown.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import environment

environment.enter("dev")

import labelled  # noqa: E402
import labelled_intents  # noqa: E402

from cxdesk.model import Customer, Filled, Level, Mood, Role, State, Thread, Trend  # noqa: E402
from cxdesk.model import Message as Said  # noqa: E402
from cxdesk.playbook import find_intents  # noqa: E402
from cxdesk.playbook.facts import known_facts  # noqa: E402

OTHER = frozenset({"other"})
NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)
MEASURED_SLOTS = (
    *("customer_name", "order_ref", "case_ref", "item", "issue", "amount", "waiting_time"),
    *("promise", "count", "occasion", "partner", "colleague_name", "impact"),
)
_SMALL = frozenset({"a", "an", "the", "my", "our", "your", "of", "this", "that"})
_SAME = 0.5  # share of words in common from which two wordings of a fact are one


@dataclass(frozen=True, slots=True)
class Judged:
    """One message, the intents shown for it, and the facts found in it."""

    message: labelled_intents.Message
    shown: tuple[str, ...]
    facts: Mapping[str, Filled]

    @property
    def is_first_right(self) -> bool:
        if not self.shown:
            return self.message.intents == OTHER
        return self.shown[0] in self.message.intents

    @property
    def is_any_right(self) -> bool:
        return self.is_first_right or bool(self.message.intents & set(self.shown))

    @property
    def wrong(self) -> list[str]:
        return [code for code in self.shown if code not in self.message.intents]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    parts = {
        "written against": labelled_intents.measured(options.data, apart=False),
        "kept apart": labelled_intents.measured(options.data, apart=True),
    }
    if not parts["kept apart"]:
        print(f"No labelled messages in {options.data}: name it with --data.", file=sys.stderr)
        return 2
    judged = {name: [judge(each) for each in part] for name, part in parts.items()}
    for name, part in judged.items():
        print(f"{name:>16}  {intent_figures(part)}")
    for name, part in judged.items():
        print(f"\n{name}: labelled, right, wrong, found where nothing is labelled")
        print(*slot_figures(part), sep="\n")
    if options.misses:
        print(*misses(judged["written against"]), sep="\n")
    return 0


def judge(message: labelled_intents.Message) -> Judged:
    shown = tuple(code for code, _ in find_intents(message.text))
    return Judged(message, shown, known_facts(_thread(message.text), now=NOW))


def _thread(text: str) -> Thread:
    said = Said(1, 1, Role.CUSTOMER, "", text, NOW)
    mood = Mood(Level.CALM, Trend.STEADY)
    return Thread(1, "", "email", State.OPEN, Customer(1, ""), (said,), mood)


# ------------------------------------------------------------------ figures


def intent_figures(part: Sequence[Judged]) -> str:
    count, shown = len(part), sum(len(each.shown) for each in part)
    measures = {
        "first right": sum(each.is_first_right for each in part) / count,
        "any right": sum(each.is_any_right for each in part) / count,
        "wrong of those shown": sum(len(each.wrong) for each in part) / (shown or 1),
        "none shown": sum(not each.shown for each in part) / count,
        "two shown": sum(len(each.shown) == 2 for each in part) / count,
    }
    return f"n {count}  " + "  ".join(f"{name} {value:.3f}" for name, value in measures.items())


def slot_figures(part: Sequence[Judged]) -> list[str]:
    """A line for each slot, and one for all of them."""
    tallies = {slot: Counter(_verdict(each, slot) for each in part) for slot in MEASURED_SLOTS}
    tallies["all"] = sum(tallies.values(), Counter())
    return [
        f"  {slot:14} {tally['right'] + tally['wrong'] + tally['missed']:4}"
        f" {tally['right']:4} {tally['wrong']:4} {tally['extra']:4}"
        for slot, tally in tallies.items()
    ]


def _verdict(judged: Judged, slot: str) -> str:
    labelled_value, found = judged.message.slots.get(slot), judged.facts.get(slot)
    if labelled_value is None:
        return "extra" if found else "nothing"
    if found is None:
        return "missed"
    return "right" if is_same(slot, found.value, labelled_value) else "wrong"


def is_same(slot: str, found: str, labelled_value: str) -> bool:
    """Whether two wordings are one fact: numbers by their figures, words by what they share."""
    if slot in {"order_ref", "case_ref", "amount"}:
        ours, theirs = _figures(found), _figures(labelled_value)
        return bool(ours) and (ours in theirs or theirs in ours)
    said, wanted = set(_words(found)), set(_words(labelled_value))
    return len(said & wanted) >= _SAME * min(len(said), len(wanted)) > 0


def _figures(value: str) -> str:
    return re.sub(r"[^0-9]", "", value)


def _words(value: str) -> Iterable[str]:
    found = re.findall(r"\w+", value.lower())
    return [word for word in found if word not in _SMALL] or found


def misses(part: Iterable[Judged]) -> Iterable[str]:
    """What went wrong in the part that may be read."""
    for each in part:
        wanted = ", ".join(sorted(each.message.intents))
        if not each.is_first_right or each.wrong:
            shown = ", ".join(each.shown) or "nothing"
            yield f"{each.message.id}  {wanted}: {shown}  | {each.message.text}"
        for slot in MEASURED_SLOTS:
            if (verdict := _verdict(each, slot)) in {"wrong", "missed", "extra"}:
                found = each.facts[slot].value if slot in each.facts else ""
                value = each.message.slots.get(slot, "")
                yield f"{each.message.id}  {verdict} {slot}: “{found}” for “{value}”"


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, usage="%(prog)s [--data DIR] [--misses]")
    parser.add_argument("--data", type=Path, default=labelled.DATA)
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    return parser


if __name__ == "__main__":
    sys.exit(main())
