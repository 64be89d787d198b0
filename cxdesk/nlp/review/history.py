"""The customer's earlier words, sentence by sentence, and which of them tell what is so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_BESIDE = 14  # characters on either side of what was told that are repeated to the agent, at most
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*")
_OPEN = re.compile(
    r"""\b(?: not | never | cannot | \w+n't | (?:should|shall|do|if|before) \ (?:i|we)
      | going\ to | will | how\ to
      | (?:asks?|asked|told|tells?|wants?|wanted) \ (?:me|us) \ to )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def sentences(texts: Sequence[str]) -> Iterator[str]:
    """The sentences of messages, those of the newest message first."""
    for text in reversed(texts):
        for match in _SENTENCE.finditer(text):
            yield match[0].strip()


def quoted(sentence: str, start: int, end: int) -> str:
    """The words at a place of a sentence with the few beside them, as much as a glance takes in."""
    before, words, after = sentence[:start], sentence[start:end], sentence[end:]
    if len(before) > _BESIDE:
        before = "…" + before[-_BESIDE:].partition(" ")[2]
    if len(after) > _BESIDE:
        after = after[:_BESIDE].rpartition(" ")[0] + "…"
    return before + words + after


def is_open(before: str) -> bool:
    """Whether what follows these words in a sentence is denied, asked or only wanted."""
    return _OPEN.search(before) is not None
