"""How well customers' messages are read: frustration, blame, level and spans, on labelled text.

`python3 scripts/evaluate.py [--data DIR] [--errors N] [--source NAME]` prints for each source the
figures with 95 % bootstrap intervals, VADER and TextBlob beside them where they are installed, and
speed as a ratio measured in the same run. What the labels mean: LABELLING.md of the data. The rules
were written while reading `conversations a` and the written sets; `conversations b` was only
counted, so its figures are the honest ones.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import environment

environment.enter("dev,bench")

from cxdesk.model import Analysis, BlameTarget  # noqa: E402
from cxdesk.nlp.engine import Engine  # noqa: E402

DATA = environment.ROOT.parent / "shared" / "data"
CONVERSATIONS = "conversations.jsonl"
# Threads whose customer and company are swapped, by their place in conversations.jsonl (README).
SWAPPED = (11, 52, 77, 168, 214, 252, 277, 356, 398, 437, 457, 804, 810, 863, 901)
RESAMPLED = 400
NEGATIVE = -0.05  # VADER's own threshold for negative text; TextBlob gets the same
Span = tuple[int, int]
Pair = tuple[bool, bool]  # (labelled, found)


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message; None where the label is left open or the source has none."""

    id: str
    text: str
    frustrated: bool | None = None
    blames: bool | None = None
    level: int | None = None
    spans: tuple[Span, ...] | None = None


# ------------------------------------------------------------------ sources


def sources(folder: Path) -> dict[str, list[Example]]:
    """Every labelled source of the folder that is there, by name."""
    found = {
        "conversations a": conversations(folder, "labels_conversations_a.jsonl"),
        "conversations b": conversations(folder, "labels_conversations_b.jsonl"),
        "support by hand": list(map(by_label, lines(folder / "frustration_hand.jsonl"))),
        "blame by hand": list(map(by_target, lines(folder / "blame_customer_dev.jsonl"))),
        "tweets, reviews": list(map(by_label, lines(folder / "frustration_dev.jsonl"))),
        "written frustrated": list(map(written, lines(folder / "written_frustrated.jsonl"))),
        "written calm, traps": list(map(written, lines(folder / "written_calm_and_traps.jsonl"))),
    }
    return {name: examples for name, examples in found.items() if examples}


def lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def conversations(folder: Path, name: str) -> list[Example]:
    """Labelled customer messages of real threads, without the swapped ones and other languages."""
    threads = list(lines(folder / CONVERSATIONS))
    swapped = {threads[at]["id"] for at in SWAPPED if at < len(threads)}
    texts = {thread["id"]: thread["messages"] for thread in threads}
    return [
        written(label | {"text": texts[label["id"]][label["message"]]["text"]})
        for label in lines(folder / name)
        if label["id"] in texts and label["id"] not in swapped and label.get("lang", "en") == "en"
    ]


def written(record: dict[str, Any]) -> Example:
    return Example(
        record["id"],
        record["text"],
        record["frustrated"],
        BlameTarget(record["blame_target"]).is_us,
        record["level"],
        tuple((start, end) for start, end in record["spans"]),
    )


def by_label(record: dict[str, Any]) -> Example:
    return Example(record["id"], record["text"], bool(record["label"]))


def by_target(record: dict[str, Any]) -> Example:
    spans = tuple((start, end) for start, end in record["spans"])
    return Example(
        record["id"], record["text"], record["frustrated"], bool(record["label"]), spans=spans
    )


# ------------------------------------------------------------------ figures


def precision(pairs: Sequence[Pair]) -> float:
    return _share(pairs, lambda wanted, found: wanted and found, lambda _, found: found)


def recall(pairs: Sequence[Pair]) -> float:
    return _share(pairs, lambda wanted, found: wanted and found, lambda wanted, _: wanted)


def f1(pairs: Sequence[Pair]) -> float:
    both = precision(pairs), recall(pairs)
    return 2 * both[0] * both[1] / (sum(both) or 1)


def macro_f1(pairs: Sequence[Pair]) -> float:
    """The mean of F1 for frustrated and F1 for not frustrated."""
    return (f1(pairs) + f1([(not wanted, not found) for wanted, found in pairs])) / 2


def _share(
    pairs: Sequence[Pair], part: Callable[[bool, bool], bool], whole: Callable[[bool, bool], bool]
) -> float:
    return sum(part(*pair) for pair in pairs) / (sum(whole(*pair) for pair in pairs) or 1)


def span_overlap(pairs: Sequence[tuple[tuple[Span, ...], tuple[Span, ...]]]) -> float:
    """F1 over characters: of what is labelled as blame and what is marked as blame."""
    shared = marked = wanted = 0
    for labelled, found in pairs:
        ours = {at for span in found for at in range(*span)}
        theirs = {at for span in labelled for at in range(*span)}
        shared, marked, wanted = (
            shared + len(ours & theirs),
            marked + len(ours),
            wanted + len(theirs),
        )
    return 2 * shared / (marked + wanted or 1)


def interval(items: Sequence[Any], figure: Callable[[Sequence[Any]], float]) -> str:
    """A figure with its 95 % bootstrap interval, as text."""
    dice = random.Random(7)
    drawn = sorted(figure(dice.choices(items, k=len(items))) for _ in range(RESAMPLED))
    low, high = drawn[RESAMPLED // 40], drawn[-RESAMPLED // 40]
    return f"{figure(items):.2f} ({low:.2f}-{high:.2f})"


# ------------------------------------------------------------------ the report


def report(name: str, examples: Sequence[Example], verdicts: Sequence[Analysis]) -> None:
    print(f"\n{name}: {len(examples)} messages")
    both = list(zip(examples, verdicts, strict=True))
    felt = [(one.frustrated, it.frustrated) for one, it in both if one.frustrated is not None]
    print_classes("frustrated", felt, macro_f1, "macro-F1")
    for tool, negative in rivals().items():
        judged = [
            (one.frustrated, negative(one.text)) for one in examples if one.frustrated is not None
        ]
        print_classes(f"  {tool}", judged, macro_f1, "macro-F1")
    blamed = [(one.blames, it.blames_company) for one, it in both if one.blames is not None]
    print_classes("blames company", blamed, f1, "F1")
    spans = [(one.spans, blame_spans(it)) for one, it in both if one.spans and it.blames_company]
    if spans:
        print(f"  blame spans, where found      overlap F1 {interval(spans, span_overlap)}")
    print_levels([(one.level, int(it.level)) for one, it in both if one.level is not None])


def print_classes(
    name: str, pairs: Sequence[Any], figure: Callable[[Sequence[Pair]], float], word: str
) -> None:
    if pairs:
        whole, exact, found = (interval(pairs, each) for each in (figure, precision, recall))
        print(f"  {name:16} n={len(pairs):4}  {word} {whole}  P {exact}  R {found}")


def print_levels(pairs: Sequence[tuple[int, int]]) -> None:
    if pairs:
        exact = interval(pairs, lambda some: sum(a == b for a, b in some) / len(some))
        near = interval(pairs, lambda some: sum(abs(a - b) < 2 for a, b in some) / len(some))
        print(f"  level            n={len(pairs):4}  exact {exact}  within one {near}")


def blame_spans(verdict: Analysis) -> tuple[Span, ...]:
    ours = ("blame_company", "blame_agent", "blame_product")
    return tuple((cue.start, cue.end) for cue in verdict.cues if cue.code in ours)


def rivals() -> dict[str, Callable[[str], bool]]:
    """Other tools that are installed: each says whether a text is negative."""
    found: dict[str, Callable[[str], bool]] = {}
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        vader = SentimentIntensityAnalyzer()
        found["VADER"] = lambda text: vader.polarity_scores(text)["compound"] <= NEGATIVE
    except ImportError:
        pass
    try:
        from textblob import TextBlob

        found["TextBlob"] = lambda text: TextBlob(text).sentiment.polarity <= NEGATIVE
    except ImportError:
        pass
    return found


def print_errors(examples: Sequence[Example], verdicts: Sequence[Analysis], count: int) -> None:
    """Messages that were read wrongly, with the words that led there."""
    for one, it in zip(examples, verdicts, strict=True):
        wrong = []
        if one.frustrated is not None and one.frustrated != it.frustrated:
            wrong.append(f"frustrated: labelled {one.frustrated}")
        if one.blames is not None and one.blames != it.blames_company:
            wrong.append(f"blames: labelled {one.blames}")
        if wrong and count > 0:
            count -= 1
            print(f"\n  {one.id}  {'; '.join(wrong)}\n    {' '.join(one.text.split())[:300]}")
            print(f"    {[(cue.rule, cue.text) for cue in it.cues]}")


def print_speed(engine: Engine, texts: Sequence[str]) -> None:
    """Messages a second on one core, beside the other tools: only the ratio travels."""
    ours = rate(lambda: engine.analyze(texts), len(texts))
    print(f"\nspeed: {ours:.0f} messages/s", end="")
    for tool, negative in rivals().items():
        theirs = rate(partial(list, map(negative, texts)), len(texts))
        print(f"; {ours / theirs:.2f} of {tool}'s {theirs:.0f}", end="")
    print()


def rate(work: Callable[[], object], count: int) -> float:
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def main() -> None:
    arguments = options()
    found = sources(arguments.data)
    if not found:
        sys.exit(f"No labelled messages in {arguments.data}: name the folder with --data.")
    engine = Engine()
    for name, examples in found.items():
        verdicts = engine.analyze([one.text for one in examples])
        report(name, examples, verdicts)
        if arguments.errors and name == arguments.source:
            print_errors(examples, verdicts, arguments.errors)
    print_speed(engine, [one.text for examples in found.values() for one in examples])


def options() -> argparse.Namespace:
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder of labelled JSONL files")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong verdicts")
    parser.add_argument("--source", default="conversations a", help="the source --errors shows")
    return parser.parse_args()


if __name__ == "__main__":
    main()
