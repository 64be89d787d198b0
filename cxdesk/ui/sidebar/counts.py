"""What went before, to be set right: failures, apologies, the trend, and whether it is solved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from cxdesk.model import Moment, Overruled, Trend
from cxdesk.playbook.table import is_resolved
from cxdesk.ui import marks
from cxdesk.ui.sidebar.labelled_combo import Choice, LabelledCombo

MOST = 9
AS_COUNTED, COUNTED = "as counted", "counted"
TREND_WORDS = {**marks.TREND_SHORT, Trend.STEADY: marks.TREND_WORDS[Trend.STEADY]}
_NUMBERS = {number: str(number) for number in range(MOST + 1)}


class Counts(QWidget):
    """Four choices in two rows, each "as counted" until the agent says otherwise."""

    chosen = Signal(str, object)
    """A field of `Overruled`, and its value; None: as counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.failures = _combo("Failures", _NUMBERS)
        self.apologies = _combo("Apologies", _NUMBERS)
        self.trend = _combo("Trend", TREND_WORDS)
        self.solved = _combo("Solved", {True: "yes", False: "no"})
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setSpacing(6)
        grid.addWidget(self.failures, 0, 0)
        grid.addWidget(self.apologies, 0, 1)
        grid.addWidget(self.trend, 1, 0)
        grid.addWidget(self.solved, 1, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.failures.chosen.connect(partial(self.chosen.emit, "failures"))
        self.apologies.chosen.connect(partial(self.chosen.emit, "apologies"))
        self.trend.chosen.connect(partial(self.chosen.emit, "trend"))
        self.solved.chosen.connect(partial(self.chosen.emit, "solved"))

    def show_counts(self, moment: Moment, said: Overruled) -> None:
        """Show what holds now, and which of it the agent said."""
        self.failures.show_value(min(moment.failures, MOST), proposed=said.failures is None)
        self.apologies.show_value(min(moment.apologies, MOST), proposed=said.apologies is None)
        self.trend.show_value(moment.trend, proposed=said.trend is None)
        self.solved.show_value(is_resolved(moment), proposed=said.solved is None)

    def take_focus(self) -> None:
        self.failures.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _combo(label: str, words: Mapping[Choice, str]) -> LabelledCombo[Choice]:
    return LabelledCombo(label, words, propose=AS_COUNTED, proposed=COUNTED)
