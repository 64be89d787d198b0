"""Makes the network that reads drafts, from labelled drafts; its limits are fitted, not chosen.

`python3 scripts/train_drafts.py [--data DIR] [--out DIR] [--seed N]` takes about an hour on two
cores: first the deep tier's encoder is trained as `train.py` does, then the reader twice. The first
time every sixth draft is held back, and shows from which probability the network is believed; the
second time it learns from all. The same seed gives the same network on the same machine.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import environment

environment.enter("dev,train")

import labelled  # noqa: E402
import labelled_drafts  # noqa: E402
from labelled_drafts import Draft  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402
from training import deep, export, limits, network, reader  # noqa: E402
from training.options import parser, say  # noqa: E402

from cxdesk.nlp.review import Reviewer  # noqa: E402
from cxdesk.nlp.review.reader import NETWORK, SETTINGS, TOKENIZER, Settings  # noqa: E402

SEED = 7


def main() -> None:
    arguments = options()
    drafts = labelled_drafts.for_training(arguments.data)
    if not any(each.source == "dev" for each in drafts):
        sys.exit(f"No labelled drafts in {arguments.data}: name the folder with --data.")
    say("training the encoder on customers' messages")
    start = deep.train(labelled.for_training(arguments.data), arguments.seed, say).bert.state_dict()

    say("training the reader, without the drafts that are held back")
    held = [each for each in drafts if is_held(each)]
    learned = [each for each in drafts if not is_held(each)]
    trial = reader.train(learned, arguments.seed, say, start)
    settings = limits.settings(witnessed(trial, held, network.tokenizer()))

    say("training the reader on all")
    trained = reader.train(drafts, arguments.seed, say, start)
    write(arguments.out, export.exported_reader(trained), settings)
    say(f"the reader is in {arguments.out}; measure it with scripts/evaluate_review.py")


def is_held(draft: Draft) -> bool:
    """Every sixth of the drafts that have all codes judged, by a checksum of its id."""
    return draft.source in ("dev", "judged") and zlib.crc32(f"h{draft.id}".encode()) % 6 == 0


def witnessed(
    trained: reader.Network, drafts: Sequence[Draft], tokens: Tokenizer
) -> list[limits.Witnessed]:
    """What network and rules say of drafts."""
    reviewer = Reviewer()
    return [
        limits.Witnessed(
            each,
            reader.chances(trained, each, tokens),
            frozenset(found.code for found in reviewer.review(each.request).findings),
        )
        for each in drafts
    ]


def write(folder: Path, content: bytes, settings: Settings) -> None:
    """The files that `DraftReader` loads; card and licence beside them stay."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NETWORK).write_bytes(content)
    (folder / TOKENIZER).write_text(network.tokenizer().to_str(), "utf-8")
    (folder / SETTINGS).write_bytes(settings.to_bytes())


def options() -> argparse.Namespace:
    assert __doc__
    asked = parser(__doc__, "reader")
    asked.add_argument("--seed", type=int, default=SEED)
    return asked.parse_args()


if __name__ == "__main__":
    main()
