"""Makes the network that reads drafts, from labelled drafts; its limits are fitted, not chosen.

    python3 scripts/train_drafts.py [--limits] [--data DIR] [--out DIR] [--seed N]

Two runs of less than an hour each on two cores. First the deep tier's encoder is trained as
`train.py` does, then the reader from all drafts. With `--limits` every sixth draft is held back
from a reader that is trained for this alone, and shows from which probability such a network is
believed; only the limits are written. The same seed gives the same network on the same machine.
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
from cxdesk.nlp.review.reader import NETWORK, SETTINGS, TOKENIZER  # noqa: E402

SEED = 7


def main() -> None:
    arguments = options()
    drafts = labelled_drafts.for_training(arguments.data)
    if not any(each.source == "dev" for each in drafts):
        sys.exit(f"No labelled drafts in {arguments.data}: name the folder with --data.")
    say("training the encoder on customers' messages")
    start = deep.train(labelled.for_training(arguments.data), arguments.seed, say).bert.state_dict()

    say("training the reader")
    held = [each for each in drafts if arguments.limits and is_held(each)]
    learned = [each for each in drafts if not (arguments.limits and is_held(each))]
    trained = reader.train(learned, arguments.seed, say, start)
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.limits:
        settings = limits.settings(witnessed(trained, held, network.tokenizer()))
        (arguments.out / SETTINGS).write_bytes(settings.to_bytes())
    else:
        write(arguments.out, export.exported_reader(trained))
    say(f"written to {arguments.out}; measure it with scripts/evaluate_review.py")


def is_held(draft: Draft) -> bool:
    """Every sixth of the drafts that have all codes judged, by a checksum of what the customer
    wrote: most stand beside a twin that answers the same message, and twins stay together."""
    beside = draft.request.customer_text or draft.id
    return (
        draft.source in ("dev", "judged", "mirrored") and zlib.crc32(f"h{beside}".encode()) % 6 == 0
    )


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


def write(folder: Path, content: bytes) -> None:
    """The network and its tokenizer; limits, card and licence beside them stay."""
    (folder / NETWORK).write_bytes(content)
    (folder / TOKENIZER).write_text(network.tokenizer().to_str(), "utf-8")


def options() -> argparse.Namespace:
    assert __doc__
    asked = parser(__doc__, "reader")
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--limits", action="store_true", help="fit the limits, not the network")
    return asked.parse_args()


if __name__ == "__main__":
    main()
