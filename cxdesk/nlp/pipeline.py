"""The blank spaCy pipeline that customers' messages and agents' drafts are read with.

No model: a tokenizer and our own sentence ends. spaCy's sentencizer knows full stops only, and
people who write to support also end a sentence with a line break, a bullet or an ellipsis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from thinc.types import Ints2d

WRAPPED_LINE = 60  # mails are wrapped at 72-78 columns; a shorter line was ended on purpose
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_TELLING = _ENDS | _CLOSERS | frozenset("\n\r\t ")  # first characters of all that needs a look
# An abbreviation or an initial ends a sentence where a word follows that hardly goes on with it.
_SHORT = frozenset(("a.m.", "p.m.", "etc.", "Inc.", "Ltd.", "Co."))
_INITIAL = len("R.")
_OPENING = """
    A All An And As At But Can Could Did Do For He Here How I If In It Its Just Let My No Nobody Not
    On Once Or Our Please She So That The Their Then There These They This Those To We What When
    Where Which While Who Why Would You Your
"""
_OPENERS = frozenset(_OPENING.split())
_BULLETS = frozenset(("-", "*", "•", ">", "–"))


def blank_pipeline() -> Language:
    """An English tokenizer with sentence ends; about 0.1 s to make, after `import spacy`."""
    nlp = spacy.blank("en")
    nlp.add_pipe("cxdesk_sentences")
    return nlp


@Language.component("cxdesk_sentences", assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    """Mark sentence starts: after . ! ? (and closing quotes), an empty line, a line ended early."""
    starts = sentence_starts([token.text for token in doc], [token.idx for token in doc])
    marks = np.array([1 if each else -1 for each in starts], dtype="int64").reshape(-1, 1)
    return doc.from_array(["SENT_START"], cast("Ints2d", marks.astype("uint64")))


def sentence_starts(texts: Sequence[str], offsets: Sequence[int]) -> list[bool]:
    """For each token, given its text and place, whether a sentence starts there."""
    starts = [False] * len(texts)
    starts[:1] = [True] if texts else []
    ended = perhaps = False
    line = 0  # where the current line begins, in characters
    for at, text in enumerate(texts):
        if text[0] not in _TELLING:
            if ended or (perhaps and text in _OPENERS):
                starts[at], ended = True, False
            perhaps = text[-1] == "." and (len(text) == _INITIAL or text in _SHORT)
        elif "\n" in text:
            ended = ended or _breaks(texts, at, offsets[at] - line)
            line = offsets[at] + text.rfind("\n") + 1
        elif _is_end(text):
            ended = True
        elif ended and text not in _CLOSERS and not text.isspace():
            starts[at], ended = True, False
    return starts


def _is_end(text: str) -> bool:
    return text[0] in _ENDS and not text.strip(".!?…")


def _breaks(texts: Sequence[str], at: int, length: int) -> bool:
    """Whether the line break at token `at`, after a line of `length` characters, ends a sentence.

    Two breaks do, a short line does, and so does a next line that is a bullet or a quotation.
    """
    if texts[at].count("\n") > 1 or length < WRAPPED_LINE:
        return True
    return at + 1 < len(texts) and texts[at + 1] in _BULLETS
