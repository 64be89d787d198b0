"""A play's wording with its slots filled: what the agent gets into the draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cxdesk.model import Filled, OpenSlot
from cxdesk.playbook.play import Piece, Play, Slot, Variant

_NAME = "customer_name"
_SENTENCE_START = re.compile(r"(?:\A|[.!?…][\"”’)]*\s+|\n\s*)\Z")
_MARKS = re.compile(r"\s*[.,;:!?…](?:\s*[.,;:!?…])*")
_LIST_MARK = re.compile(r"\n[ \t]*\d+\.[ \t]+\Z")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A wording ready to insert; offsets of the open slots point into `text`."""

    text: str
    open_slots: tuple[OpenSlot, ...] = ()
    filled: tuple[Filled, ...] = ()


def render(
    play: Play,
    channel: str,
    known: Mapping[str, Filled],
    slots: Mapping[str, Slot],
    turn: int = 0,
) -> Rendered:
    """The play's wording for a channel and turn, without greeting and sign-off lines.

    A slot takes its known value, else the words it falls back to, else it shows its label and is
    reported open. The customer's name comes at most once, and when it is not known it goes with
    its comma (GUIDANCE 4: capital at the start of a sentence, no double full stop).
    """
    return render_variant(play.variant(channel, turn), known, slots)


def render_variant(
    variant: Variant, known: Mapping[str, Filled], slots: Mapping[str, Slot]
) -> Rendered:
    """One wording, as `render` says."""
    page = _Page(known, slots)
    for piece in variant.body:
        page.put(piece)
    return page.rendered()


def clean(value: str) -> str:
    """A slot's value as it may stand inside a sentence: one line, no end mark, no braces."""
    value = " ".join(value.replace("{", "(").replace("}", ")").split())
    value = _MARKS.sub(_one_mark, value)
    return value.lstrip(" .,;:!?…").rstrip(" .,;:")


def _one_mark(run: re.Match[str]) -> str:
    """One mark for a run of them: the one that says most."""
    marks = run.group()
    if marks.count(".") > 1 and not set(marks) & set("?!"):
        return "…"
    return next(mark for mark in "?!….:;," if mark in marks)


@dataclass
class _Page:
    """The text as it grows, and what is to be done with the next literal words."""

    known: Mapping[str, Filled]
    slots: Mapping[str, Slot]
    text: str = ""
    open_slots: list[OpenSlot] = field(default_factory=list)
    filled: dict[str, Filled] = field(default_factory=dict)
    name_dropped: bool = False
    named: bool = False

    def put(self, piece: Piece) -> None:
        if not piece.slot:
            self._literal(piece.text)
        elif piece.slot == _NAME:
            self._name(piece)
        else:
            self._slot(piece)

    def _literal(self, words: str) -> None:
        if self.name_dropped:
            words = self._after_dropped_name(words)
        if self.text.endswith(("?", "!", "…")) and words.startswith("."):
            words = words[1:]
        if self.text.endswith(("?", "!")) and words.startswith((",", ";", ":")):
            self.text = self.text.rstrip("?!")
        self.text += words

    def _after_dropped_name(self, words: str) -> str:
        """Take the name's comma away with the name, and the line when nothing is left on it."""
        self.name_dropped = False
        if self.text and not self.text.endswith("\n"):
            self.text = self.text.rstrip(", ")
            return words
        words = words.lstrip(", \n")
        return words[:1].upper() + words[1:]

    def _name(self, piece: Piece) -> None:
        value = "" if self.named else self._value(_NAME)
        if value:
            self.named = True
            self.text += value
        elif piece.fallback and not self.named:
            self._words(piece.fallback)
        else:
            self.name_dropped = True

    def _slot(self, piece: Piece) -> None:
        value = self._value(piece.slot)
        if value:
            self._words(value)
        elif piece.fallback is not None:
            self._words(piece.fallback)
        else:
            self._open(piece.slot)

    def _value(self, name: str) -> str:
        found = self.known.get(name)
        value = "" if found is None else clean(found.value)
        if found is not None and value:
            self.filled[name] = found
        return value

    def _words(self, words: str) -> None:
        self.text += words[:1].upper() + words[1:] if self._starts_sentence() else words

    def _open(self, name: str) -> None:
        slot = self.slots.get(name) or Slot(name, "text", name.replace("_", " "))
        start = len(self.text)
        self._words(slot.label)
        end = len(self.text)
        label = self.text[start:end]
        self.open_slots.append(OpenSlot(name, label, start, end, slot.hint, slot.example))

    def _starts_sentence(self) -> bool:
        return bool(_SENTENCE_START.search(self.text)) and not _LIST_MARK.search(self.text)

    def rendered(self) -> Rendered:
        if self.name_dropped:
            self.text = self.text.rstrip(", ")
        return Rendered(self.text, tuple(self.open_slots), tuple(self.filled.values()))
