"""Joins the draft to what review says of it: underlines, walking, fixes, why, dismissals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from cxdesk.model import Finding, Review, Suggestion
from cxdesk.ui.composer.editor import SIDE, DraftEditor
from cxdesk.ui.composer.findings import Findings
from cxdesk.ui.composer.fixes_popup import Detail, FixesPopup, Offer
from cxdesk.ui.composer.placement import Edit
from cxdesk.ui.composer.popup import GAP, beside, place
from cxdesk.ui.composer.writing import LINE_HEIGHT
from cxdesk.ui.overlay import announce

MOST_LINES = 3
NARROWEST = 300  # pixels: below this the fixes would be cut


class MarkedDraft(QObject):
    """Keeps findings at their words and acts on the one the agent means."""

    changed = Signal(object)
    """What is found now: a tuple of findings."""
    review_needed = Signal()
    """Fixes were asked for, and the sentence has changed since it was reviewed."""
    play_wanted = Signal(object)
    """A `Suggestion` to insert where a finding has no better words of its own."""
    dismissed = Signal(object, str)
    trainer_told = Signal(object)
    why_asked = Signal(str, QPoint)

    def __init__(self, editor: DraftEditor, owner: QWidget, send: QWidget) -> None:
        super().__init__(owner)
        self._editor = editor
        self._owner = owner
        self._send = send
        self._findings = Findings()
        self._shown: Finding | None = None
        self._opens_after_review = False
        self.find_play: Callable[[str], Suggestion | None] = lambda _code: None
        """The play to offer where a finding (its code) has no better words."""
        self.popup = FixesPopup(owner)
        self._connect()

    def _connect(self) -> None:
        self._editor.edited.connect(self._follow)
        self._editor.verticalScrollBar().valueChanged.connect(self.popup.close)
        self.popup.fix_chosen.connect(self.apply_fix)
        self.popup.play_chosen.connect(self.play_wanted)
        self.popup.dismissed.connect(self._dismiss)
        self.popup.trainer_told.connect(self.tell_trainer)
        self.popup.why_asked.connect(self._ask_why)

    # ------------------------------------------------------------------ findings

    def findings(self) -> tuple[Finding, ...]:
        return self._findings.all

    def set_review(self, review: Review) -> None:
        """Take the review of the text as it is now."""
        self._findings.take(review)
        self._show()
        if self._opens_after_review:
            self._opens_after_review = False
            self._open_nearest()

    def clear(self) -> None:
        """Another draft: nothing found."""
        self.popup.close()
        self._opens_after_review = False
        self._findings.clear()
        self._show()

    def _follow(self, edit: Edit) -> None:
        self._opens_after_review = False
        self._findings.follow(edit)
        self._show()

    def _show(self) -> None:
        if self._shown is not None and self._shown not in self._findings.all:
            self._shown = None
            self.popup.close()
        self._editor.set_marks(self._findings.marks)
        self.changed.emit(self._findings.all)

    # ------------------------------------------------------------------ walking

    def next(self) -> None:
        """Go to the next finding, round the end."""
        self._go(self._findings.after(self._editor.cursor_offset()))

    def previous(self) -> None:
        """Go to the finding before, round the start."""
        at = self._editor.cursor_offset()
        here = self._findings.at(at)
        self._go(self._findings.before(here.start if here else at))

    def _go(self, finding: Finding | None) -> None:
        if finding is None:
            return
        self._editor.setFocus()
        self._editor.select(finding.start)
        announce(self._editor, f"{finding.title}: {finding.text}. {finding.reads_as}")

    # ------------------------------------------------------------------ fixes

    def open_fixes(self) -> None:
        """Show the fixes of the finding at the cursor, or of the nearest one."""
        self._opens_after_review = not self._open_nearest()
        if self._opens_after_review:
            self.review_needed.emit()

    def _open_nearest(self) -> bool:
        """False when nothing is found, or its sentence has changed since it was."""
        finding = self._findings.near(self._editor.cursor_offset())
        if finding is None or not self._findings.has_fresh_fixes(finding):
            return False
        self._open(finding)
        return True

    def _open(self, finding: Finding) -> None:
        self._shown = finding
        self._editor.show_line(finding.start)
        original = self._editor.text()[finding.replace_start : finding.replace_end].strip()
        offer = Offer(finding, original, self.find_play(finding.code))
        self.popup.open_at(self._spot(offer, finding))
        self.popup.take_focus()

    def _spot(self, offer: Offer, finding: Finding) -> QRect:
        """Where the panel goes, filled: under the line with as much as there is room for, else
        above it with everything."""
        line = self._lines(finding.start, finding.end)
        sentence = self._lines(finding.start, max(finding.end, finding.replace_end))
        if sentence.height() > MOST_LINES * LINE_HEIGHT:
            sentence = line
        window = self._owner.window().rect()
        width, room = self._owner.width() - 2 * GAP, self._room()
        narrow, wider_room = beside(line, self._send_place(), window)
        attempts = [
            (width, room, Detail.ALL),
            (width, room, Detail.NO_WHY),
            *((narrow, wider_room, detail) for detail in reversed(Detail)),
        ]
        for wide, where, detail in attempts:
            if wide >= NARROWEST:
                size = self.popup.show_offer(offer, wide, detail)
                spot = place(size, sentence, line, where, window)
                if spot.top() > line.top():
                    return spot
        return place(self.popup.show_offer(offer, width), sentence, line, room, window)

    def _send_place(self) -> QRect:
        return QRect(self._send.mapTo(self._owner.window(), QPoint(0, 0)), self._send.size())

    def _lines(self, start: int, end: int) -> QRect:
        """The lines of [start, end) in the window, from 8 pixels left of the text."""
        first = self._editor.line_at(start).toRect()
        last = self._editor.line_at(end).toRect()
        corner = self._editor.viewport().mapTo(self._owner.window(), QPoint(0, first.top()))
        height = last.bottom() - first.top() + 2
        return QRect(corner.x() + SIDE - GAP, corner.y(), self._editor.width(), height)

    def _room(self) -> QRect:
        corner = self._editor.mapTo(self._owner.window(), QPoint(0, 0))
        return QRect(corner, self._editor.size())

    def apply_fix(self, number: int) -> None:
        """Put the fix in place of its sentence, unless the sentence has changed meanwhile."""
        finding = self._shown or self._findings.near(self._editor.cursor_offset())
        if finding is None or not self._findings.has_fresh_fixes(finding):
            return
        if 0 <= number < len(finding.fixes):
            self._shown = None
            start, end = finding.replace_start, finding.replace_end
            self._editor.replace(start, end, finding.fixes[number])
            self._editor.setFocus()
            self.review_needed.emit()

    # ------------------------------------------------------------------ overruling

    def _dismiss(self, scope: str) -> None:
        if finding := self._shown:
            self._shown = None
            self._findings.drop(finding, everywhere=scope in ("conversation", "me"))
            self._show()
            self.dismissed.emit(finding, scope)

    def tell_trainer(self) -> None:
        """Hand the finding at the cursor to the trainer."""
        finding = self._shown or self._findings.near(self._editor.cursor_offset())
        if finding:
            self.trainer_told.emit(finding)

    def why(self) -> None:
        """Ask for the rule behind the finding at the cursor."""
        if finding := self._findings.near(self._editor.cursor_offset()):
            line = self._editor.line_at(finding.start).toRect()
            at = self._editor.viewport().mapToGlobal(line.bottomLeft())
            self.why_asked.emit(finding.rule, at)

    def _ask_why(self, at: QPoint) -> None:
        if self._shown:
            self.why_asked.emit(self._shown.rule, at)
