"""A message's text with its marks painted under the laid-out words: selectable, copyable, local."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTextEdit, QToolTip, QWidget

from cxdesk.model import Level
from cxdesk.ui import icons, theme
from cxdesk.ui.offsets import Offsets
from cxdesk.ui.softening import SoftText
from cxdesk.ui.thread import cue_marks
from cxdesk.ui.thread.cue_marks import Mark, Run, Stroke

MOST_CHARACTERS = 72
_IN_MENU = 40  # characters of a customer's words in a menu
_SAMPLE = "the quick brown fox jumps over the lazy dog and then she wrote to us again about it"


def widest(role: str) -> int:
    """The width in pixels of 72 characters of ordinary English in this font."""
    metrics = QFontMetricsF(theme.font(role))
    return round(metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * MOST_CHARACTERS)


class CueText(QTextEdit):
    """Read-only text as high as its words. Tab goes from mark to mark, then on.

    Given a `soft` text it shows that, and copies what was written.
    """

    mark_focused = Signal(QRect)
    """A mark got the keyboard: its place in this widget, to be scrolled to."""
    why_asked = Signal()
    """Enter on a mark: its rule is wanted."""
    harmless_asked = Signal(str)
    """These words of a customer are harmless in this trade."""

    def __init__(
        self,
        text: str,
        role: str,
        line_height: int,
        *,
        muted: bool = False,
        soft: SoftText | None = None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._soft = soft
        self._role, self._line_height = role, line_height
        self._marks: tuple[Mark, ...] = ()
        self._parts: list[tuple[Mark, int, int]] = []
        self._level: Level | None = None
        self._is_judged = False
        self._focused: int | None = None
        self._heights: dict[int, int] = {}
        self._build(muted)
        self.setLineWrapColumnOrWidth(self.maximumWidth())
        self._fill(soft.text.rstrip() if soft else text)
        self._tint_names()
        theme.signals().changed.connect(self._retheme)

    def _build(self, muted: bool) -> None:
        if muted:
            self.setProperty("role", "muted")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        for set_policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The width is told, not taken from the widget, so that heights can be asked for ahead.
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setMouseTracking(True)
        self.document().setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._refont()

    def _fill(self, text: str) -> None:
        form = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight
        form.setLineHeight(self._line_height, int(fixed.value))
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(form)
        cursor.insertText(cue_marks.shown(text))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _refont(self) -> None:
        self.setFont(theme.font(self._role))
        self.setMaximumWidth(widest(self._role))
        self._heights.clear()

    def _retheme(self) -> None:
        self._refont()
        self._tint_names()
        self.viewport().update()

    # -------------------------------------------------------------- soft view

    def _tint_names(self) -> None:
        """What stands for insults is on a ground of its own: nobody takes it for their words."""
        offsets = Offsets(self._soft.text) if self._soft else None
        names = []
        for start, end in self._soft.places if self._soft else ():
            name = QTextEdit.ExtraSelection()
            assert offsets is not None
            name.cursor = QTextCursor(self.document())
            name.cursor.setPosition(offsets.to_qt(start))
            name.cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
            name.format.setBackground(theme.tokens().selected)
            name.format.setForeground(theme.tokens().text)
            names.append(name)
        self.setExtraSelections(names)

    def createMimeDataFromSelection(self) -> QMimeData:
        if self._soft is None:
            return super().createMimeDataFromSelection()
        copied = QMimeData()
        copied.setText(self._selected())
        return copied

    def _selected(self) -> str:
        """The selected words as they were written."""
        cursor = self.textCursor()
        if self._soft is None:
            return cursor.selectedText()
        offsets = Offsets(self._soft.text)
        start, end = map(offsets.to_python, (cursor.selectionStart(), cursor.selectionEnd()))
        if start == end:
            return ""
        written = self._soft.to_original(start), self._soft.to_original(end, is_end=True)
        return self._soft.original[slice(*written)]

    def _written(self, mark: Mark) -> str:
        """The words of a mark as they were written."""
        if self._soft is None:
            return mark.cue.text
        start = self._soft.to_original(mark.cue.start)
        return self._soft.original[start : self._soft.to_original(mark.cue.end, is_end=True)]

    # -------------------------------------------------------------- marks

    def set_marks(self, marks: tuple[Mark, ...], level: Level | None) -> None:
        """Draw these marks, frustration in the colour of `level`."""
        self._marks, self._level, self._is_judged = marks, level, True
        self._parts = cue_marks.parts(marks)
        self._focused = None
        words = "; ".join(f"“{mark.cue.text}”: {mark.cue.why}" for mark in marks)
        self.setAccessibleDescription(f"Marked words: {words}" if marks else "")
        self.viewport().update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks drawn, in reading order."""
        return self._marks

    def runs(self, mark: Mark) -> list[Run]:
        """Where a mark stands, one run for each wrapped line."""
        self._settle()
        return cue_marks.runs(self.document(), mark.start, mark.end)

    def marks_at(self, point: QPoint) -> list[Mark]:
        """The marks under a point of this widget, blame first."""
        at = QPointF(point)
        found = [
            mark for mark in self._marks if any(run.box.contains(at) for run in self.runs(mark))
        ]
        return sorted(found, key=lambda mark: mark.stroke is not Stroke.WAVE)

    def current_mark(self) -> Mark | None:
        """The mark the keyboard is at, else the one under the text cursor, else under the mouse."""
        if self._focused is not None:
            return self._marks[self._focused]
        place = self.textCursor().position()
        if self.hasFocus():
            for mark in self._marks:
                if mark.start <= place < mark.end:
                    return mark
        under = self.marks_at(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else []
        return under[0] if under else None

    def words_meant(self, at: QPoint | None = None) -> str:
        """The selected words of a text that is judged, else those of the mark at this point (or
        at the keyboard); "" for none."""
        if not self._is_judged:
            return ""
        if selected := self._selected().strip():
            return selected
        found = self.marks_at(at) if at else []
        mark = found[0] if found else self.current_mark()
        return self._written(mark) if mark else ""

    def below(self, mark: Mark) -> QPoint:
        """The point on the screen just below a mark's first words."""
        places = self.runs(mark)
        corner = places[0].box.bottomLeft() if places else QPointF()
        return self.viewport().mapToGlobal(corner.toPoint() + QPoint(0, 4))

    # -------------------------------------------------------------- size

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        width = min(width, self.maximumWidth())
        if width not in self._heights:
            self.setLineWrapColumnOrWidth(width)
            self._heights[width] = int(self.document().size().height() + 0.5)
        return self._heights[width]

    def _settle(self) -> None:
        """Lay the text out at the widget's own width, in case another was measured since."""
        if self.lineWrapColumnOrWidth() != self.viewport().width():
            self.setLineWrapColumnOrWidth(self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), self._line_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._line_height)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the thread scrolls, not one message

    # -------------------------------------------------------------- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._focused is not None:
            self.why_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        place = self._next_mark(forward)
        if 0 <= place < len(self._marks):
            self._focus_mark(place)
            return True
        self._focused = None
        self.viewport().update()
        return super().focusNextPrevChild(forward)

    def _next_mark(self, forward: bool) -> int:
        if self._focused is None:
            return 0 if forward else -1
        return self._focused + (1 if forward else -1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._marks:
            return
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._focus_mark(0)
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._focus_mark(len(self._marks) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focused = None
        self.viewport().update()

    def _focus_mark(self, place: int) -> None:
        self._focused = place
        mark = self._marks[place]
        cursor = self.textCursor()
        cursor.setPosition(mark.start)
        self.setTextCursor(cursor)
        self.viewport().update()
        runs = self.runs(mark)
        if runs:
            self.mark_focused.emit(runs[0].box.toRect())
        QToolTip.showText(self.below(mark), tip([mark]), self)

    # -------------------------------------------------------------- mouse and paint

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu(event.pos() if by_mouse else None).popup(event.globalPos())

    def menu(self, at: QPoint | None = None) -> QMenu:
        """What can be done with this text, or with the words at a point of this widget."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if words := self.words_meant(at):
            menu.addSeparator()
            named = "This" if self._soft else f"“{_short(words)}”"
            entry = menu.addAction(icons.icon("leaf"), f"{named} is harmless here")
            entry.triggered.connect(lambda: self.harmless_asked.emit(words))
        return menu

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.marks_at(event.pos())
            QToolTip.showText(event.globalPos(), tip(found), self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._settle()
        super().paintEvent(event)
        if not self._marks:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark, start, end in self._parts:
            color = cue_marks.color_of(mark, self._level, theme.tokens())
            for run in cue_marks.runs(self.document(), start, end):
                cue_marks.paint_run(painter, run, mark, color)
        if self._focused is not None:
            self._paint_focus(painter, self._marks[self._focused])

    def _paint_focus(self, painter: QPainter, mark: Mark) -> None:
        painter.setPen(QPen(theme.tokens().accent, 2))
        for run in self.runs(mark):
            within = QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(run.box.adjusted(-3, -1, 3, 2) & within, 4, 4)

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        # Plain text asks for nothing; should that ever change, nothing is fetched.
        return


def _short(words: str) -> str:
    """Words as a menu shows them: on one line, and & as it is written."""
    line = " ".join(words.split()).replace("&", "&&")
    return line if len(line) <= _IN_MENU else f"{line[:_IN_MENU]}…"


def tip(marks: list[Mark]) -> str:
    """Why words are marked, as a tooltip; empty for no marks."""
    if not marks:
        return ""
    reasons = [
        f"<b>{escape(mark.cue.code.replace('_', ' '))}</b>: {escape(mark.cue.why)}"
        for mark in marks
    ]
    return f"<p>{'<br>'.join(reasons)}<br>F1 shows the rule and its examples.</p>"
