"""The blank spaCy pipeline that customers' messages and agents' drafts are read with.

No model: a tokenizer and our own sentence ends. spaCy's sentencizer knows full stops only, and
people who write to support also end a sentence with a line break, a bullet or an ellipsis.
"""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc

WRAPPED_LINE = 60  # mails are wrapped at 72-78 columns; a shorter line was ended on purpose
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_BULLETS = frozenset(("-", "*", "•", ">", "–"))


def blank_pipeline() -> Language:
    """An English tokenizer with sentence ends; about 0.1 s to make, after `import spacy`."""
    nlp = spacy.blank("en")
    nlp.add_pipe("cxdesk_sentences")
    return nlp


@Language.component("cxdesk_sentences", assigns=["token.is_sent_start"])
def sentences(doc: Doc) -> Doc:
    """Mark sentence starts: after . ! ? (and closing quotes), an empty line, a line ended early."""
    texts = [token.text for token in doc]
    starts = [False] * len(texts)
    ended = True
    line = 0  # where the current line begins, in characters
    for at, text in enumerate(texts):
        if "\n" in text:
            here = doc[at].idx
            ended = ended or _breaks(texts, at, here - line)
            line = here + text.rfind("\n") + 1
        elif ended and not (at and (_is_end(text) or text in _CLOSERS)):
            starts[at], ended = True, False
            ended = _is_end(text)
        elif _is_end(text):
            ended = True
    for token, start in zip(doc, starts, strict=True):
        token.is_sent_start = start or token.i == 0
    return doc


def _is_end(text: str) -> bool:
    return text[0] in _ENDS and not text.strip(".!?…")


def _breaks(texts: list[str], at: int, length: int) -> bool:
    """Whether the line break at token `at`, after a line of `length` characters, ends a sentence.

    Two breaks do, a short line does, and so does a next line that is a bullet or a quotation.
    """
    if texts[at].count("\n") > 1 or length < WRAPPED_LINE:
        return True
    return at + 1 < len(texts) and texts[at + 1] in _BULLETS
