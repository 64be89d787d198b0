"""Where the agent writes: plain text with fields to fill and underlines that never move it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from cxdesk.model import Suggestion
from cxdesk.ui import theme
from cxdesk.ui.composer import slots, underlines, writing
from cxdesk.ui.composer.findings import Mark
from cxdesk.ui.composer.placement import asks_for_play, edit_between
from cxdesk.ui.offsets import Offsets

_KEEP = QTextCursor.MoveMode.KeepAnchor
_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PAD = Qt.KeyboardModifier.KeypadModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SIDE = 4
"""Pixels left and right of the text, room for the tint of a field that begins a line."""


class _SlotColors(QSyntaxHighlighter):
    """Colours the words of open slots; a layout format, so that undo knows nothing of themes."""

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        del text
        accent = QTextCharFormat()
        accent.setForeground(theme.tokens().accent)
        block = self.currentBlock()
        for slot in slots.slots_in(block):
            self.setFormat(slot.start - block.position(), slot.end - slot.start, accent)


class DraftEditor(QTextEdit):
    """A plain-text editor. All offsets in its methods are Python character offsets."""

    edited = Signal(object)
    """The text changed: the `Edit`."""
    left = Signal()
    """Esc: the agent wants to go back to the thread."""
    send_asked = Signal()
    """Enter, where Enter sends."""
    play_asked = Signal()
    """`::` was typed."""
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.revision = 0
        self.enter_sends = False
        self._text = ""
        self._offsets = Offsets("")
        self._marks: tuple[Mark, ...] = ()
        self._fresh: tuple[int, int] | None = None
        self._filling = False
        self._composing = False
        self._build()

    def _build(self) -> None:
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(theme.font("body"))
        self.document().setDocumentMargin(SIDE)
        self._colors = _SlotColors(self.document())
        self.textChanged.connect(self._take_change)
        self.cursorPositionChanged.connect(self._forget_fresh)
        theme.signals().changed.connect(self._retheme)

    def _retheme(self) -> None:
        self._colors.rehighlight()
        self.viewport().update()

    # ------------------------------------------------------------------ the draft

    def text(self) -> str:
        """The draft as typed."""
        return self._text

    def is_composing(self) -> bool:
        """True while an input method holds letters that are not in the text yet."""
        return self._composing

    def open_slots(self) -> tuple[tuple[int, int, str], ...]:
        """(start, end, name) of each field not filled yet."""
        to_python = self._offsets.to_python
        found = slots.open_slots(self.document())
        return tuple((to_python(each.start), to_python(each.end), each.name) for each in found)

    def plays(self) -> tuple[str, ...]:
        """The plays whose words are in the draft, in its order."""
        return tuple(slots.plays(self.document()))

    def cursor_offset(self) -> int:
        return self._offsets.to_python(self.textCursor().position())

    def show_draft(
        self, text: str, open_slots: Sequence[tuple[int, int, str]], cursor: int
    ) -> None:
        """Show another draft; nothing of the one before can be undone into it."""
        self._filling = True
        writing.fill(self.document(), text, open_slots)
        self._filling = False
        self._fresh = None
        self._marks = ()
        self._remember(writing.text_of(self.document()))
        self.select(min(cursor, len(self._text)))

    def _remember(self, text: str) -> None:
        self._text = text
        self._offsets = Offsets(text)
        self.revision += 1

    def _take_change(self) -> None:
        if self._filling:
            return
        slots.close_touched_slots(self.document())
        text = writing.text_of(self.document())
        if text == self._text:
            return
        edit = edit_between(self._text, text)
        self._fresh = None
        self._remember(text)
        self.edited.emit(edit)

    # ------------------------------------------------------------------ writing for the agent

    def insert_play(self, suggestion: Suggestion) -> None:
        """Insert at the cursor, behind a selection; undo or Backspace right after takes it out."""
        start, end = writing.insert_play(
            self.document(), self.textCursor().selectionEnd(), suggestion
        )
        cursor = self.textCursor()
        cursor.setPosition(end)
        cursor.setCharFormat(QTextCharFormat())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._fresh = start, end

    def replace(self, start: int, end: int, words: str) -> None:
        """Put `words` in place of [start, end) in one undo step; "" takes the sentence out."""
        cursor = self.textCursor()
        cursor.setPosition(writing.replace_words(self.document(), start, end, words))
        self.setTextCursor(cursor)

    def select(self, start: int, end: int | None = None) -> None:
        """Put the cursor at `start`, or select [start, end) with the cursor at its end."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.to_qt(start))
        if end is not None:
            cursor.setPosition(self._offsets.to_qt(min(end, len(self._text))), _KEEP)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def next_slot(self) -> bool:
        """Select the next open field, round the end; False when there is none."""
        cursor = self.textCursor()
        behind = self._fresh[0] if self._fresh else cursor.selectionEnd()
        found = self.open_slots()
        ahead = [each for each in found if self._offsets.to_qt(each[0]) >= behind]
        return self._select_slot((ahead or list(found))[:1])

    def previous_slot(self) -> bool:
        """Select the previous open field, round the start; False when there is none."""
        at = self.textCursor().selectionStart()
        found = self.open_slots()
        behind = [each for each in found if self._offsets.to_qt(each[1]) <= at]
        return self._select_slot((behind or list(found))[-1:])

    def _select_slot(self, found: Sequence[tuple[int, int, str]]) -> bool:
        for start, end, _name in found:
            self.select(start, end)
        return bool(found)

    # ------------------------------------------------------------------ keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Backspace and event.modifiers() == _PLAIN and self._fresh:
            self.undo()
        elif event.key() in _ENTER and event.modifiers() == _PLAIN and self.enter_sends:
            self.send_asked.emit()
        elif event.key() in _ENTER and event.modifiers() in (_PLAIN, _SHIFT, _PAD):
            self._break_line()
        else:
            self._type(event)
            self._ask_for_play(event.text())

    def _break_line(self) -> None:
        # Qt's own Enter takes an empty line with a line height for the end of a list: it resets
        # the format and breaks no line.
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        cursor.insertBlock(cursor.blockFormat(), QTextCharFormat())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _type(self, event: QKeyEvent) -> None:
        """Take a key; at a field in one block, so that undo brings text and field back together."""
        at = self.textCursor().position()
        if not any(each.start <= at <= each.end for each in slots.open_slots(self.document())):
            super().keyPressEvent(event)
            return
        block = self.textCursor()
        block.beginEditBlock()
        super().keyPressEvent(event)
        block.endEditBlock()

    def _ask_for_play(self, typed: str) -> None:
        if typed == ":" and asks_for_play(self._text[: self.cursor_offset()]):
            self.play_asked.emit()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab walks the open fields; with none open it moves the focus as everywhere."""
        if self.hasFocus() and (self.next_slot() if next else self.previous_slot()):
            return True
        return super().focusNextPrevChild(next)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if cursor.hasSelection() or event.button() != Qt.MouseButton.LeftButton:
            return
        for start, end, _name in self.open_slots():
            if start < self.cursor_offset() < end:
                self.select(start, end)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def _forget_fresh(self) -> None:
        if self._fresh and self.textCursor().position() != self._fresh[1]:
            self._fresh = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    # ------------------------------------------------------------------ plain text in and out

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(writing.plain_lines(source.text()), QTextCharFormat())
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        copied = QMimeData()
        copied.setText(self.textCursor().selection().toPlainText())
        return copied

    # ------------------------------------------------------------------ marks

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Underline these spans until told otherwise."""
        self._marks = tuple(marks)
        self.viewport().update()

    def line_at(self, offset: int) -> QRectF:
        """The line of text an offset stands in: its place in the viewport."""
        cursor = self.textCursor()
        cursor.setPosition(self._offsets.to_qt(offset))
        return QRectF(self.cursorRect(cursor))

    def show_line(self, offset: int) -> None:
        """Scroll so that the line of `offset` can be seen; the cursor stays."""
        line = self.line_at(offset)
        bar = self.verticalScrollBar()
        if line.top() < 0:
            bar.setValue(bar.value() + round(line.top()))
        elif line.bottom() > self.viewport().height():
            bar.setValue(bar.value() + round(line.bottom() - self.viewport().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_slots()
        super().paintEvent(event)
        self._paint_marks()

    def _paint_slots(self) -> None:
        painter = self._painter()
        top, bottom = self._visible()
        for slot in slots.open_slots(self.document()):
            for rect, _baseline in self._pieces(slot.start, slot.end, top, bottom):
                underlines.paint_slot(painter, rect)
        painter.end()

    def _paint_marks(self) -> None:
        painter = self._painter()
        top, bottom = self._visible()
        for mark in self._marks:
            start, end = self._offsets.to_qt(mark.start), self._offsets.to_qt(mark.end)
            for rect, baseline in self._pieces(start, end, top, bottom):
                underlines.paint_mark(painter, rect, baseline, mark.severity)
        painter.end()

    def _painter(self) -> QPainter:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def _visible(self) -> tuple[int, int]:
        """What of the text can be seen (UTF-16): only that is worth measuring."""
        seen = self.viewport().rect()
        top, bottom = (self.cursorForPosition(p) for p in (seen.topLeft(), seen.bottomRight()))
        return top.position(), bottom.position() + 1

    def _pieces(
        self, start: int, end: int, top: int, bottom: int
    ) -> Iterator[tuple[QRectF, float]]:
        if end > top and start < bottom:
            yield from underlines.pieces(self, max(start, top), min(end, bottom))
