"""The customer's earlier words, sentence by sentence, and which of them tell what is so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LONGEST = 120  # characters of a sentence that are repeated to the agent
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*")
_OPEN = re.compile(
    r"""\b(?: not | never | cannot | \w+n't | (?:should|shall|do|if|before) \ (?:i|we)
      | going\ to | will | (?:asks?|asked|told|tells?|wants?|wanted) \ (?:me|us) \ to )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def sentences(texts: Sequence[str]) -> Iterator[str]:
    """The sentences of messages, those of the newest message first, long ones cut."""
    for text in reversed(texts):
        for match in _SENTENCE.finditer(text):
            yield match[0].strip()[:_LONGEST]


def is_open(before: str) -> bool:
    """Whether what follows these words in a sentence is denied, asked or only wanted."""
    return _OPEN.search(before) is not None
