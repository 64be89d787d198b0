"""Fields of an inserted text that still wait for the agent, kept as a format of their words.

A slot is open as long as its words are exactly its label. Being a format, it moves with the text,
and undo brings it back; what the agent typed over, into or next to a label is plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, groupby

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

_NAME = QTextFormat.Property.UserProperty.value + 1
_LABEL = _NAME + 1
_NUMBER = _NAME + 2
_PLAY = _NAME + 3
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Slot:
    """An open slot in a document: UTF-16 offsets, end exclusive."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    text: str
    name: str
    label: str


def slot_format(name: str, label: str, play: str = "") -> QTextCharFormat:
    """The format that makes words a slot; each call is another slot."""
    format_ = play_format(play)
    format_.setProperty(_NAME, name)
    format_.setProperty(_LABEL, label)
    format_.setProperty(_NUMBER, next(_numbers))
    return format_


def play_format(play: str) -> QTextCharFormat:
    """The format of words that came from a play."""
    format_ = QTextCharFormat()
    if play:
        format_.setProperty(_PLAY, play)
    return format_


def open_slots(document: QTextDocument) -> list[Slot]:
    """The slots not filled yet, in the order of the text."""
    return [Slot(run.start, run.start + _units(run.text), run.name) for run in _runs(document)]


def slots_in(block: QTextBlock) -> list[Slot]:
    """The slots of one paragraph."""
    return [Slot(run.start, run.start + _units(run.text), run.name) for run in _runs_in(block)]


def plays(document: QTextDocument) -> list[str]:
    """The plays whose words are still in the text, in its order."""
    names = (str(format_.property(_PLAY) or "") for _, _, format_ in _fragments(document))
    return list(dict.fromkeys(name for name in names if name))


def close_touched_slots(document: QTextDocument) -> None:
    """Make plain what is no longer a label, in one undo step with the edit that changed it."""
    touched = [span for run in _runs(document) for span in _not_label(run)]
    if not touched:
        return
    cursor = QTextCursor(document)
    cursor.joinPreviousEditBlock()
    for start, end in touched:
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(QTextCharFormat())
    cursor.endEditBlock()


def _not_label(run: _Run) -> Iterator[tuple[int, int]]:
    """The parts of a run outside its label; all of it when the label is broken."""
    at = run.text.find(run.label)
    end = run.start + _units(run.text)
    if at < 0:
        yield run.start, end
        return
    label_start = run.start + _units(run.text[:at])
    label_end = label_start + _units(run.label)
    if label_start > run.start:
        yield run.start, label_start
    if label_end < end:
        yield label_end, end


def _runs(document: QTextDocument) -> Iterator[_Run]:
    block = document.begin()
    while block.isValid():
        yield from _runs_in(block)
        block = block.next()


def _runs_in(block: QTextBlock) -> Iterator[_Run]:
    # Plain words between two parts of a label end the run, so grouping comes before leaving out.
    for number, group in groupby(_fragments_of(block), key=lambda each: each[2].property(_NUMBER)):
        if number is None:
            continue
        parts = list(group)
        start, _, format_ = parts[0]
        text = "".join(text for _, text, _ in parts)
        yield _Run(start, text, str(format_.property(_NAME)), str(format_.property(_LABEL)))


def _fragments(document: QTextDocument) -> Iterator[tuple[int, str, QTextCharFormat]]:
    block = document.begin()
    while block.isValid():
        yield from _fragments_of(block)
        block = block.next()


def _fragments_of(block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.isValid():
            yield fragment.position(), fragment.text(), fragment.charFormat()
        iterator += 1


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
