"""Writing into a draft's document for the agent: whole drafts, plays and fixes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from cxdesk.model import OpenSlot, Suggestion
from cxdesk.ui.composer.placement import TRIGGER, asks_for_play, cut, place
from cxdesk.ui.composer.slots import play_format, slot_format
from cxdesk.ui.offsets import Offsets

LINE_HEIGHT = 20
_KEEP = QTextCursor.MoveMode.KeepAnchor


def text_of(document: QTextDocument) -> str:
    """The draft as typed; unlike `toPlainText` it keeps no-break spaces."""
    return _qt_lines(document.toRawText())


def plain_lines(text: str) -> str:
    """Text from elsewhere with Python's line ends, so that its offsets are those of the draft."""
    return _qt_lines(text.replace("\r\n", "\n").replace("\r", "\n"))


def _qt_lines(text: str) -> str:
    # Twice `replace` takes a hundredth of the time of `translate`, and this runs at each key.
    return text.replace("\u2029", "\n").replace("\u2028", "\n")


def fill(document: QTextDocument, text: str, slots: Sequence[tuple[int, int, str]]) -> None:
    """Make the document hold this draft, with nothing to undo."""
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    lines = QTextBlockFormat()
    lines.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor.setBlockFormat(lines)
    fields = [OpenSlot(name, text[start:end], start, end) for start, end, name in slots]
    for piece, format_ in _formatted(text, fields, ""):
        cursor.insertText(piece, format_)
    document.setUndoRedoEnabled(True)


def insert_play(document: QTextDocument, at: int, suggestion: Suggestion) -> tuple[int, int]:
    """Insert a play at `at` in one undo step; returns where it stands now (both UTF-16).

    The `::` that asked for it gives way. Text typed before stays as it is.
    """
    text = text_of(document)
    at = Offsets(text).to_python(at)
    typed = len(TRIGGER) if asks_for_play(text[:at]) else 0
    placed = place(text[: at - typed] + text[at:], at - typed, suggestion.text)
    cursor = _cursor_at(document, Offsets(text).to_qt(at))
    cursor.beginEditBlock()
    _select(cursor, text, at - typed, at)
    cursor.removeSelectedText()
    cursor.setPosition(Offsets(text[: at - typed] + text[at:]).to_qt(placed.at))
    cursor.insertText(placed.before, QTextCharFormat())
    start = cursor.position()
    for piece, format_ in _formatted(suggestion.text, suggestion.open_slots, suggestion.play):
        cursor.insertText(piece, format_)
    end = cursor.position()
    cursor.insertText(placed.after, QTextCharFormat())
    cursor.endEditBlock()
    return start, end


def replace_words(document: QTextDocument, start: int, end: int, words: str) -> int:
    """Put `words` in place of [start, end) (Python offsets) in one undo step; "" takes them out.

    Returns where the words end (UTF-16).
    """
    text = text_of(document)
    if not words:
        start, end = cut(text, start, end)
    cursor = _cursor_at(document, Offsets(text).to_qt(end))
    cursor.beginEditBlock()
    _select(cursor, text, start, end)
    cursor.insertText(words, QTextCharFormat())
    cursor.endEditBlock()
    return cursor.position()


def _cursor_at(document: QTextDocument, place: int) -> QTextCursor:
    # Undo puts the agent's cursor where this one stood when the block of edits began.
    cursor = QTextCursor(document)
    cursor.setPosition(place)
    return cursor


def _select(cursor: QTextCursor, text: str, start: int, end: int) -> None:
    offsets = Offsets(text)
    cursor.setPosition(offsets.to_qt(start))
    cursor.setPosition(offsets.to_qt(end), _KEEP)


def _formatted(
    text: str, slots: Sequence[OpenSlot], play: str
) -> Iterator[tuple[str, QTextCharFormat]]:
    """The text cut at its slots, each part with its format; slots out of range are left plain."""
    done = 0
    for slot in sorted(slots, key=lambda each: each.start):
        if not done <= slot.start < slot.end <= len(text):
            continue
        yield text[done : slot.start], play_format(play)
        yield text[slot.start : slot.end], slot_format(slot.name, text[slot.start : slot.end], play)
        done = slot.end
    yield text[done:], play_format(play)
