"""Makes the model that ships, from labelled texts: both tiers, and how they count beside the rules.

`python3 scripts/train.py [--data DIR] [--out DIR] [--seed N] [--corrections FILE]` takes about half
an hour on two cores. The same seed gives the same model on the same machine. `--corrections` takes
in what agents corrected on their own desk (`cxdesk corrections > FILE`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import environment

environment.enter("dev,train")

import labelled  # noqa: E402
from labelled import Labelled  # noqa: E402
from training import deep, export, fast, network, package, weighing  # noqa: E402
from training.options import parser, say  # noqa: E402
from training.weighing import Witnessed  # noqa: E402

from cxdesk.nlp.component import TrainedTier  # noqa: E402
from cxdesk.nlp.deep import DeepModel  # noqa: E402
from cxdesk.nlp.estimate import Estimate, pieces_of  # noqa: E402
from cxdesk.nlp.fast import FastModel  # noqa: E402
from cxdesk.nlp.hearing import Heard, Hearing  # noqa: E402
from cxdesk.nlp.pipeline import blank_pipeline  # noqa: E402
from cxdesk.nlp.weights import Weights  # noqa: E402

SEED = 7
_SAME = weighing.AS_IT_IS
UNFITTED = Weights(_SAME, _SAME, (_SAME, _SAME, _SAME, _SAME))


def main() -> None:
    arguments = options()
    sources = labelled.for_training(arguments.data)
    if arguments.corrections:
        sources["corrections"] = labelled.corrections(arguments.corrections)
    apart = labelled.for_weighing(arguments.data)
    if not sources["conversations"] or not apart:
        sys.exit(f"No labelled messages in {arguments.data}: name the folder with --data.")
    with TemporaryDirectory() as scratch:
        deep_folder, fast_folder = Path(scratch) / "deep", Path(scratch) / "fast"
        say("training the deep tier")
        trained = export.exported(deep.train(sources, arguments.seed, say))
        words = network.tokenizer().to_str()
        package.write_deep(deep_folder, trained, words, UNFITTED)
        teacher = DeepModel().from_disk(deep_folder)
        package.write_deep(deep_folder, trained, words, weighed(teacher, apart, by_rules(apart)))

        say("training the fast tier")
        texts = pupils(sources, labelled.letters(arguments.data))
        parts = fast.train(texts, estimates(teacher, texts), arguments.seed)
        package.write_fast(fast_folder, parts, UNFITTED)
        pupil = FastModel().from_disk(fast_folder)
        package.write_fast(fast_folder, parts, weighed(pupil, apart, [Heard() for _ in apart]))

        package.write_package(arguments.out, deep_folder, fast_folder, sources)
        say("measuring it")
        package.add_figures(arguments.out, measured(arguments, Path(scratch) / "figures.json"))
    say(f"the model is in {arguments.out}")


def weighed(tier: TrainedTier, apart: Sequence[Labelled], heard: Sequence[Heard]) -> Weights:
    """How much a tier counts beside what the rules heard."""
    said = estimates(tier, apart)
    return weighing.fitted([Witnessed(*each) for each in zip(apart, said, heard, strict=True)])


def by_rules(apart: Sequence[Labelled]) -> list[Heard]:
    """What the rules make of messages; of drafts nothing."""
    hearing = Hearing(blank_pipeline())
    return [Heard() if each.is_draft else hearing.hear(each.text) for each in apart]


def estimates(tier: TrainedTier, texts: Sequence[Labelled]) -> list[Estimate]:
    """What a tier makes of texts, long ones read piece by piece as the app does."""
    pieces = [
        [(start, each.text[start:end]) for start, end in pieces_of(each.text)] for each in texts
    ]
    return tier.estimate_pieces(pieces)


def pupils(sources: Mapping[str, Sequence[Labelled]], more: Sequence[Labelled]) -> list[Labelled]:
    """Everything that customers wrote, for the fast tier to learn what the deep one thinks."""
    return [each for some in (*sources.values(), more) for each in some if not each.is_draft]


def measured(arguments: argparse.Namespace, into: Path) -> Any:
    """The figures of the model that was made, by the script that anybody can repeat them with."""
    script = Path(__file__).with_name("evaluate.py")
    command = [sys.executable, str(script), "--messages", "--json", str(into)]
    command += ["--model", str(arguments.out), "--data", str(arguments.data)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return json.loads(into.read_text("utf-8"))


def options() -> argparse.Namespace:
    assert __doc__
    asked = parser(__doc__, "model")
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--corrections", type=Path, help="what agents corrected, as JSONL")
    return asked.parse_args()


if __name__ == "__main__":
    main()
