"""What stands under the draft: questions not answered yet, the bar with its ticks, the score."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cxdesk.model import Coverage, Review
from cxdesk.overruling import Cap
from cxdesk.ui.composer.asks_strip import AsksStrip
from cxdesk.ui.composer.coverage_bar import CoverageBar
from cxdesk.ui.composer.score_popup import ScorePopup


class Foot(QWidget):
    """Shows one review of the draft, and forgets it with the draft."""

    finding_asked = Signal(object)
    """The `Finding` that holds the score down is to be mended."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.asks = AsksStrip()
        self.bar = CoverageBar()
        self.score = ScorePopup(owner)
        self._review: Review | None = None
        self._cap: Cap | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.asks)
        column.addWidget(self.bar)
        self.score.finding_asked.connect(self.finding_asked)
        self.bar.score.connect(self.show_score)

    def set_side(self, side: int) -> None:
        """The padding left and right, in pixels."""
        self.asks.set_side(side)
        self.bar.set_side(side)

    def show_review(self, review: Review, cap: Cap | None, unanswered: tuple[str, ...]) -> None:
        self._review, self._cap = review, cap
        self.bar.set_coverage(review.coverage)
        self.asks.show_questions(unanswered)
        if self.score.isVisible():
            self.show_score()

    def clear(self) -> None:
        """Another draft: nothing is known of it yet."""
        self._review = self._cap = None
        self.bar.set_coverage(Coverage())
        self.asks.show_questions(())
        self.score.close()

    def show_score(self) -> None:
        """Open the score over the bar; without a review it says what it needs."""
        self.score.open_above(self.bar, self._review, self._cap)
