"""How well and how fast messages and drafts are read, measured on labelled texts.

`python3 scripts/evaluate.py` prints for each source that is kept apart the figures of both tiers
with 95 % bootstrap intervals, VADER and TextBlob beside them in the same run, then speed, also as a
ratio; then how well drafts are reviewed, what is suggested, what messages are about and which
promises are found (`evaluate_review.py` and its sisters say more of each). What the labels mean:
LABELLING.md of the data; what is kept apart, and why: `labelled`.
Write no rule against the errors of a source that is kept apart: it would measure nothing any more.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import environment

environment.enter("dev,bench")
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[variable] = "1"  # one core: numpy and tokenizers ask when they are imported

import evaluate_guidance  # noqa: E402
import evaluate_intents  # noqa: E402
import evaluate_promises  # noqa: E402
import evaluate_review  # noqa: E402
import labelled  # noqa: E402
from evaluation import drafts, messages, speed  # noqa: E402
from evaluation.figures import Row  # noqa: E402
from labelled import Labelled  # noqa: E402
from textblob import TextBlob  # noqa: E402
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: E402

from cxdesk import paths  # noqa: E402
from cxdesk.model import ReviewRequest, Tier  # noqa: E402
from cxdesk.nlp.engine import Engine  # noqa: E402

MOST, FEW = 2_600, 300  # texts of a source that are read; few with --quick
ERRORS = 20
SEED = 7
TRAINED_ON = "trained on"


@dataclass(frozen=True, slots=True)
class Source:
    """Labelled texts, all messages or all drafts, and what else they were used for."""

    name: str
    examples: Sequence[Labelled]
    use: str = ""


def main() -> None:
    arguments = options()
    found = sources(arguments.data, training=arguments.training)
    if arguments.source:
        found = [each for each in found if each.name == arguments.source]
    if not found:
        sys.exit(f"No such labelled texts in {arguments.data}: name the folder with --data.")
    if not arguments.model.is_dir():
        sys.exit(f"No model in {arguments.model}: scripts/train.py makes one.")
    engine = Engine(model=arguments.model)
    report: dict[str, Any] = {}
    if not arguments.speed:
        report |= {
            each.name: measure(engine, sampled(each, arguments), arguments) for each in found
        }
    if arguments.speed or not arguments.source:
        report["speed"] = measure_speed(engine, found, arguments)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    if not (arguments.speed or arguments.source or arguments.messages):
        measure_the_desk(arguments.data)


def measure_the_desk(folder: Path) -> None:
    """Print the figures of review, suggestions, intents and promises, each by its own script."""
    parts: Mapping[str, Callable[[], object]] = {
        "review of drafts": lambda: evaluate_review.main(["--data", str(folder)]),
        "suggestions": lambda: evaluate_guidance.main([str(folder / "guidance_dev.jsonl")]),
        "intents": lambda: evaluate_intents.main(["--data", str(folder)]),
        "promises": lambda: evaluate_promises.main([str(folder / "promises_dev.jsonl")]),
    }
    for name, print_figures in parts.items():
        print(f"\n=== {name}")
        print_figures()


def options() -> argparse.Namespace:
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--data", type=Path, default=labelled.DATA, help="folder of labelled JSONL files")
    add("--model", type=Path, default=paths.resources() / "model", help="folder of the model")
    add("--source", metavar="NAME", help="only this source, without speed")
    add("--training", action="store_true", help="also the sources that the model was trained on")
    add("--tier", choices=("deep", "fast", "both"), default="both")
    add("--errors", type=int, nargs="?", const=ERRORS, default=0, metavar="N", help="the N worst")
    add("--quick", action="store_true", help=f"at most {FEW} texts of a source, not {MOST:,}")
    add("--speed", action="store_true", help="only speed, load time and memory")
    add("--messages", action="store_true", help="only how messages are read, and how fast")
    add("--json", type=Path, metavar="FILE", help="write the figures into a file as well")
    arguments = parser.parse_args()
    arguments.tiers = list(Tier) if arguments.tier == "both" else [Tier(arguments.tier)]
    return arguments


def sources(folder: Path, *, training: bool) -> list[Source]:
    """What is kept apart and real replies of companies; what was trained on where it is wanted."""
    weighing = {each.id for each in labelled.for_weighing(folder)}
    found = [
        Source(
            name,
            some,
            "fits weights beside the rules" if {one.id for one in some} <= weighing else "",
        )
        for name, some in labelled.kept_apart(folder).items()
    ]
    replies = labelled.replies(folder)
    found += [Source("company replies", replies, TRAINED_ON)] if replies else []
    if training:
        learnt = labelled.for_training(folder).items()
        found += [Source(f"training: {name}", some, TRAINED_ON) for name, some in learnt if some]
    return found


def sampled(source: Source, arguments: argparse.Namespace) -> Source:
    """A source, or of a large one a sample that is always the same."""
    examples = source.examples
    if len(examples) > MOST:
        examples = balanced(examples, MOST)
    if arguments.quick and len(examples) > FEW:
        examples = random.Random(SEED).sample(examples, FEW)
    return replace(source, examples=examples)


def balanced(examples: Sequence[Labelled], most: int) -> list[Labelled]:
    """A sample with as many texts labelled yes as no, where there are enough of both.

    Four of five tweets to airlines are frustrated: macro-F1 would hang on the few that are not.
    """
    mixed = random.Random(SEED).sample(examples, len(examples))
    yes = [one for one in mixed if one.frustrated or one.blames]
    no = [one for one in mixed if not (one.frustrated or one.blames)]
    half = max(most // 2, most - len(no))
    return yes[:half] + no[: most - min(half, len(yes))]


def other_tools() -> dict[str, messages.Score]:
    """What others use to find negative texts: by name, how negative one is, -1 to 1."""
    vader = SentimentIntensityAnalyzer()
    return {
        "VADER": lambda text: -float(vader.polarity_scores(text)["compound"]),
        "TextBlob": lambda text: -float(TextBlob(text).sentiment.polarity),
    }


# ------------------------------------------------------------------ right and wrong


def measure(engine: Engine, source: Source, arguments: argparse.Namespace) -> dict[str, Any]:
    """Print all about one source; its figures as data: by who judges, what, and figure."""
    print(f"\n=== {source.name}: {len(source.examples)} texts", source.use and f"({source.use})")
    if source.examples[0].is_draft:
        rows = measure_drafts(engine, source.examples, arguments)
    else:
        rows = measure_messages(engine, source.examples, arguments)
    return {
        who: {
            what: {name: asdict(figure) for name, figure in row.items() if figure.count}
            for what, row in judged.items()
        }
        for who, judged in rows.items()
    }


def measure_messages(
    engine: Engine, examples: Sequence[Labelled], arguments: argparse.Namespace
) -> dict[str, dict[str, Row]]:
    texts = [one.text for one in examples]
    read = {
        str(tier): list(zip(examples, engine.analyze(texts, tier), strict=True))
        for tier in arguments.tiers
    }
    rows = {tier: messages.by_tier(both) for tier, both in read.items()}
    rows |= {tool: messages.by_tool(score, examples) for tool, score in other_tools().items()}
    print_rows(rows)
    for tier, both in read.items():
        print_blocks(f"{tier}: what was taken for what", messages.confusions(both))
        print_blocks(f"{tier}: errors", messages.errors(both, arguments.errors))
    return rows


def measure_drafts(
    engine: Engine, examples: Sequence[Labelled], arguments: argparse.Namespace
) -> dict[str, dict[str, Row]]:
    both = [(one, engine.review(ReviewRequest(one.text))) for one in examples]
    rows = {"review": {"blames the customer": drafts.by_review(both)}}
    print_rows(rows)
    print_blocks("errors", drafts.errors(both, arguments.errors))
    return rows


def print_rows(rows: Mapping[str, Mapping[str, Row]]) -> None:
    """A table for each thing that is judged, with a line for each that judges it."""
    for what in dict.fromkeys(what for judged in rows.values() for what in judged):
        said = {who: judged[what] for who, judged in rows.items() if what in judged}
        names = [
            name
            for name in next(iter(said.values()))
            if any(row[name].count for row in said.values())
        ]
        if names:
            print(f"\n  {what:22}" + "".join(name.ljust(19) for name in names) + "texts")
        for who, row in said.items() if names else ():
            cells = "".join(str(row[name]).ljust(19) for name in names)
            print(f"    {who:20}{cells}{row[names[0]].count}")


def print_blocks(title: str, blocks: Sequence[str]) -> None:
    if blocks:
        print(f"\n  {title}")
    for block in blocks:
        print("\n" + textwrap.indent(block, "    "))


# ------------------------------------------------------------------ speed


def measure_speed(
    engine: Engine, found: Sequence[Source], arguments: argparse.Namespace
) -> dict[str, dict[str, float]]:
    """Print how fast texts are read and what loading costs; the same as data."""
    print("\n=== speed, one core")
    tiers: dict[str, speed.Read] = {
        str(tier): partial(engine.analyze, tier=tier) for tier in arguments.tiers
    }
    tools = tiers | {tool: partial(_score_all, score) for tool, score in other_tools().items()}
    report = {}
    for title, texts in texts_to_time(found, arguments).items():
        report[f"{title}, texts a second"] = rates = speed.rates(texts, tools)
        print_rates(title, texts, rates)
    if very_long := speed.very_long_text(arguments.data):
        rates = speed.rates([very_long], tiers)
        report["very long, seconds"] = {tier: 1 / rate for tier, rate in rates.items()}
        print(f"  a mail of {speed.VERY_LONG:,} words: {_in_words(report['very long, seconds'])}")
    for tier in arguments.tiers:
        report[f"loading, {tier}"] = cost = speed.loading(tier, arguments.model)
        print(f"  a new process up to its first message, {tier}: {_in_words(cost)}")
    return report


def _score_all(score: messages.Score, texts: Sequence[str]) -> list[float]:
    return [score(text) for text in texts]


def texts_to_time(
    found: Sequence[Source], arguments: argparse.Namespace
) -> dict[str, Sequence[str]]:
    """Short texts: all messages that are kept apart; long ones: whole letters."""
    apart = [sampled(each, arguments).examples for each in found if each.use != TRAINED_ON]
    short = [one.text for some in apart for one in some if not one.is_draft]
    texts = {"short": short, "long": speed.long_texts(arguments.data)}
    return {title: some for title, some in texts.items() if some}


def print_rates(title: str, texts: Sequence[str], rates: Mapping[str, float]) -> None:
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"  {title} texts, {words:.0f} words on average")
    for who, rate in rates.items():
        others = [tool for tool in other_tools() if tool != who]
        ratios = ", ".join(f"{rate / rates[tool]:.2g} of {tool}" for tool in others)
        print(f"    {who:12}{rate:10,.0f} a second   {ratios}")


def _in_words(values: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.3g}" for name, value in values.items())


if __name__ == "__main__":
    main()
