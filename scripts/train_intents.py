"""Makes the small judge of what a message is about that ships in `resources/playbook/intents`.

`python3 scripts/train_intents.py [--data DIR] [--out DIR]` takes a few minutes. It learns from two
thirds of `intents_dev.jsonl` (the rest is kept apart for `evaluate_intents.py`), from our own
messages in `resources/training/intents.jsonl`, and from the examples of the playbook's phrases.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import environment

environment.enter("dev,train")

import labelled  # noqa: E402
import labelled_intents  # noqa: E402
import numpy as np  # noqa: E402
from training import intents  # noqa: E402
from training.options import parser, say  # noqa: E402

from cxdesk.nlp.estimate import pieces_of  # noqa: E402
from cxdesk.playbook.intent_model import Settings, write_model  # noqa: E402
from cxdesk.playbook.phrases import shipped  # noqa: E402

WRITTEN = ("written_frustrated.jsonl", "written_calm_and_traps.jsonl")
PIECE = 160  # characters of a part, more or less: two sentences
SHORTEST, LONGEST = 8, 400  # characters of an unlabelled text worth asking the teacher about
MOST_TERMS = 27_000  # the file stays below a megabyte
MOST = 127  # of a weight as a whole number


def main() -> None:
    assert __doc__
    options = parser(__doc__, "playbook/intents").parse_args()
    messages = [*labelled_intents.measured(options.data, apart=False), *labelled_intents.ours()]
    messages += examples()
    if not options.data.exists():
        sys.exit(f"No labelled messages in {options.data}: name the folder with --data.")
    codes = sorted({code for each in messages for code in each.intents})
    texts, asked = [each.text for each in messages], unlabelled(options.data)
    wanted = shares(messages, codes)
    say(f"{len(texts)} labelled messages, {len(asked)} others; reading them by their meaning")
    vectors, of_asked = intents.sentence_vectors(texts), intents.sentence_vectors(asked)
    words = intents.word_vectors(intents.known_words([*texts, *asked]))
    say("asking the teacher, teaching the pupil")
    said = intents.teacher_says(texts, wanted, vectors, asked, of_asked)
    write(options.out, codes, intents.pupil(texts, wanted, asked, said, words))
    say(f"the judge is in {options.out}")


def examples() -> list[labelled_intents.Message]:
    """The sentences that show what the phrases of an intent mean."""
    return [
        labelled_intents.Message(f"{rule.code}-{place}", text, frozenset({rule.code}))
        for rule in shipped("intents").values()
        for place, text in enumerate(rule.examples)
    ]


def shares(messages: Sequence[labelled_intents.Message], codes: Sequence[str]) -> intents.Floats:
    """Of each message its intents, which share one."""
    found = np.array([[code in message.intents for code in codes] for message in messages], float)
    each: intents.Floats = found / found.sum(1, keepdims=True)
    return each


def unlabelled(data: Path) -> list[str]:
    """Parts of other customers' messages, for the teacher to have an opinion on."""
    parts = {text[a:b].strip() for text in _others(data) for a, b in pieces_of(text, PIECE)}
    return sorted(part for part in parts if SHORTEST < len(part) < LONGEST)


def _others(data: Path) -> Iterator[str]:
    files = [*sorted(labelled.OURS.glob("messages_*.jsonl")), *(data / name for name in WRITTEN)]
    for file in files:
        yield from (record["text"] for record in labelled.lines(file))
    for thread in labelled.lines(data / "conversations.jsonl"):
        yield from (each["text"] for each in thread["messages"] if each["role"] == "customer")


def write(folder: Path, codes: Sequence[str], table: intents.Table) -> None:
    """Weights as whole numbers of one byte; the few strongest are cut off at the limit."""
    scale = float(np.quantile(np.abs(table.rows), 0.9995)) / MOST
    whole = np.clip(np.round(table.rows / scale), -MOST, MOST).astype(np.int8)
    strength = np.ptp(table.rows, axis=1)
    telling = strength >= np.sort(strength)[-MOST_TERMS:][0]
    constants = tuple(round(float(each), 4) for each in table.constants)
    terms = [term for term, keep in zip(table.terms, telling, strict=True) if keep]
    write_model(folder, Settings(tuple(codes), constants, scale), terms, whole[telling].tobytes())


if __name__ == "__main__":
    main()
