"""The sidebar: what is going on, at most three plays each with its because, who the customer is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxdesk.model import Case, Fault, Guidance, Moment, Phase, Thread
from cxdesk.playbook import is_called_safe
from cxdesk.ui import icons, theme
from cxdesk.ui.sidebar import words
from cxdesk.ui.sidebar.cards import Cards
from cxdesk.ui.sidebar.case_facts import case_facts, case_title
from cxdesk.ui.sidebar.counts import Counts
from cxdesk.ui.sidebar.customer import CustomerBlock
from cxdesk.ui.sidebar.fact import Fact
from cxdesk.ui.sidebar.facts import FactsGrid
from cxdesk.ui.sidebar.labelled_combo import LabelledCombo
from cxdesk.ui.sidebar.more import MORE, More
from cxdesk.ui.sidebar.safety_line import SafetyLine
from cxdesk.ui.softening import Softener

NARROW = 264
SHORT = 700
PADDING, NARROW_PADDING = 16, 12
READING = "Reading…"


class _Page(QWidget):
    """As high as its words need at its width. Their least height, which Qt adds up, is that of the
    narrowest column there could be: a scroll bar would come for nothing."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class SidebarPane(QWidget):
    """Shows the moment and the guidance for it; says what the agent chose."""

    insert_requested = Signal(int)
    """The suggestion to insert, counted from 1."""
    fault_chosen = Signal(object)
    """A `Fault`, or None to let the app propose."""
    phase_chosen = Signal(object)
    """A `Phase`, or None to let the app propose."""
    count_chosen = Signal(str, object)
    """A field of `Overruled` and its value, or None to let the app count."""
    conversation_asked = Signal(int)
    correct_requested = Signal()
    rule_asked = Signal(str, QPoint)
    """The rule behind the company's procedure is wanted, to be shown at this point."""
    command = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Thread, Moment | None, Guidance | None, Case | None] | None = None
        self._case_title = MORE
        self._case_facts: tuple[Fact, ...] = ()
        self._is_soft = self._counts_open = False
        self._build()
        self._connect()
        self.clear()

    # ------------------------------------------------------------------ build

    def _build(self) -> None:
        self.setMinimumWidth(220)
        self.facts = FactsGrid()
        self.fault = LabelledCombo[Fault]("Fault", words.FAULT_WORDS)
        self.phase = LabelledCombo[Phase]("Phase", words.PHASE_WORDS)
        self.counts = Counts()
        self.counts.hide()
        self.safety = SafetyLine()
        self.more = More()
        self._proposed = _label("meta muted")
        self._proposed.setContentsMargins(0, 4, 0, 0)
        self.state = _label("muted")
        self.cards = Cards()
        self.customer = CustomerBlock()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_heading())
        column.addWidget(self._build_page(), 1)
        column.addWidget(self._build_foot())

    def _build_heading(self) -> QWidget:
        heading = QWidget()
        heading.setFixedHeight(40)
        self._heading_row = QHBoxLayout(heading)
        title = _label("heading")
        title.setText("What is going on")
        self._help = QToolButton()
        self._help.setProperty("role", "iconbutton")
        self._help.setIcon(icons.icon("help", size=18))
        self._help.setAccessibleName("Why is this said?")
        self._help.setToolTip("Why is this said? (F1)")
        self._heading_row.addWidget(title, 1)
        self._heading_row.addWidget(self._help)
        return heading

    def _build_page(self) -> QScrollArea:
        page = _Page()
        page.setProperty("role", "page")
        self._column = QVBoxLayout(page)
        self._column.setSpacing(0)
        self._column.addWidget(self.safety)
        self._column.addWidget(self.facts)
        self._column.addWidget(self.counts)
        self._column.addSpacing(10)
        self._combos = QHBoxLayout()
        self._combos.setSpacing(6)
        self._combos.addWidget(self.fault)
        self._combos.addWidget(self.phase, 1)
        self._column.addLayout(self._combos)
        self._column.addWidget(self._proposed)
        self._column.addWidget(self.more)
        self._column.addWidget(self.state)
        self._column.addSpacing(12)
        self._column.addWidget(self.cards)
        self._column.addStretch(1)
        self.scroll_area = QScrollArea(widgetResizable=True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setWidget(page)
        return self.scroll_area

    def _build_foot(self) -> QWidget:
        self._foot = QWidget()
        self._foot_column = QVBoxLayout(self._foot)
        self._foot_column.setSpacing(0)
        line = QFrame()
        line.setProperty("role", "line")
        self._foot_column.addWidget(line)
        self._foot_column.addWidget(self.customer)
        return self._foot

    def _connect(self) -> None:
        self._help.clicked.connect(lambda: self.command.emit("why"))
        self.facts.correct_requested.connect(self.correct_requested)
        self.fault.chosen.connect(self.fault_chosen)
        self.phase.chosen.connect(self.phase_chosen)
        self.counts.chosen.connect(self.count_chosen)
        for rows in (self.facts.counts_requested, self.more.rows.correct_requested):
            rows.connect(self._turn_counts)
        self.safety.taken_back.connect(lambda: self.command.emit("no_danger"))
        self.cards.command.connect(self.command)
        self.more.toggled.connect(self._fit_choices)
        self.cards.chosen.connect(self.insert_requested)
        self.cards.why_asked.connect(self._ask_why)
        self.customer.conversation_asked.connect(self.conversation_asked)

    # ------------------------------------------------------------------ fill

    def show(
        self,
        thread: Thread | None = None,
        moment: Moment | None = None,
        guidance: Guidance | None = None,
        case: Case | None = None,
    ) -> None:
        """Show a conversation; without a moment yet, that it is being read.

        Without arguments it is Qt's own `show`.
        """
        if thread is None:
            super().show()
            return
        if self._shown and self._shown[0].id != thread.id:
            self._counts_open = False
        self._shown = (thread, moment, guidance, case)
        in_danger = guidance is not None and guidance.procedure is not None
        reason = "" if in_danger else words.no_guidance(thread)
        self.state.setText(reason or ("" if moment else READING))
        self.state.setVisible(bool(self.state.text()))
        softened = words.softener(thread) if self._is_soft else Softener()
        called_safe = not in_danger and is_called_safe(thread)
        self.safety.setVisible(called_safe and not reason)
        self._take_case(case, softened)
        self._show_moment(thread, None if reason or in_danger else moment, softened)
        shown = words.softened(guidance, softened) if guidance else None
        self.cards.show_guidance(None if reason else shown, thread.id)
        self.customer.show_customer(thread, datetime.now(UTC))
        self._foot.setVisible(True)

    def _take_case(self, case: Case | None, softened: Softener) -> None:
        facts = case_facts(case) if case else ()
        self._case_facts = tuple(words.softened_fact(each, softened) for each in facts)
        self._case_title = softened(case_title(case)) if case else MORE

    def _show_moment(self, thread: Thread, moment: Moment | None, softened: Softener) -> None:
        """What the decision table looks at; nothing of it where no play is to be found."""
        self._show_parts(moment is not None)
        if moment is None:
            return
        self.facts.show_mood(moment.level, moment.trend)
        facts = words.facts(thread, moment)
        self.facts.show_facts(words.softened_fact(each, softened) for each in facts)
        fault = thread.fault if thread.fault_is_set else moment.fault
        phase = thread.phase if thread.phase_is_set else moment.phase
        self.fault.show_value(fault, proposed=not thread.fault_is_set)
        self.phase.show_value(phase, proposed=not thread.phase_is_set)
        self.counts.show_counts(moment, thread.overruled)
        self._proposed.setText(words.proposed(thread, moment))
        self._fit_choices()

    def _show_parts(self, on: bool) -> None:
        for part in (self.facts, self.fault, self.phase, self.more, self._proposed):
            part.setVisible(on)
        self.counts.setVisible(on and self._counts_open)

    def clear(self) -> None:
        """No conversation is open."""
        self._shown = None
        self._show_parts(False)
        for part in (self.state, self.safety, self._foot):
            part.setVisible(False)
        self.cards.show_guidance(None)

    def set_soft(self, on: bool) -> None:
        """Soft view: quote the customer without insults and swear words."""
        self._is_soft = on
        if self._shown:
            self.show(*self._shown)

    def set_guidance_level(self, level: str) -> None:
        """How much help: `learner` (reasons open), `standard`, `quiet` (a dot)."""
        self.cards.set_level(level)

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Show these keys (action id to key text) on the cards and beside the level."""
        self.cards.set_keys(keys)
        self.facts.correct.setText(keys.get("correct", "C"))

    # ------------------------------------------------------------------ focus, look

    def take_focus(self) -> None:
        """Take the focus as a pane: the first card, else the first thing there is."""
        first = self.cards.first()
        target = first or (self.fault if self.fault.isVisible() else self._help)
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(340, 600)

    def _fit_choices(self) -> None:
        """Where it is narrow the fault stays alone, and says inside that it is proposed; the phase
        and the other facts are one press away."""
        told = not self.fault.isHidden()
        narrow = self._is_narrow()
        if narrow != self.more.isAncestorOf(self.phase):
            self._place_phase(narrow)
        left_out = (*self._case_facts, *self.facts.left_out())
        self.more.show_facts(left_out, MORE if narrow else self._case_title)
        self.more.setVisible(told and (narrow or bool(left_out)))
        for part, on in ((self.phase, True), (self.counts, self._counts_open)):
            part.setVisible(told and on and (not narrow or self.more.is_open))
        self._proposed.setVisible(told and not narrow and bool(self._proposed.text()))

    def correct_counts(self) -> None:
        """Show what is counted, ready to be set right."""
        self._counts_open = True
        if self._is_narrow():
            self.more.button.setChecked(True)
        self._fit_choices()
        self.counts.take_focus()
        self.scroll_area.ensureWidgetVisible(self.counts)

    def _turn_counts(self) -> None:
        if self.counts.isVisible():
            self._counts_open = False
            self._fit_choices()
        else:
            self.correct_counts()

    def _place_phase(self, narrow: bool) -> None:
        if narrow:
            self.more.take(self.counts)
            self.more.take(self.phase)
        else:
            self._combos.addWidget(self.phase, 1)
            self._column.insertWidget(self._column.indexOf(self.facts) + 1, self.counts)
        self.setTabOrder(self.more.button if narrow else self.fault, self.phase)

    def why(self) -> bool:
        """Ask for the rule that brought the company's procedure; False where none is shown."""
        return self.cards.ask_why()

    def _ask_why(self, at: QPoint) -> None:
        """The rule that heard danger, for the panel that speaks of it."""
        thread, moment, guidance, _ = self._shown or (None, None, None, None)
        if thread and moment and guidance and guidance.procedure:
            cue = words.cue_of(guidance.procedure.code, thread, moment)
            if cue:
                self.rule_asked.emit(cue.rule, at)

    def _is_narrow(self) -> bool:
        return self.width() <= NARROW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self._is_narrow()
        side = NARROW_PADDING if narrow else PADDING
        self._heading_row.setContentsMargins(side, 8, side - 4, 0)
        self._column.setContentsMargins(side, 0, side, 12)
        self._foot_column.setContentsMargins(side, 0, side, 0)
        self.facts.set_narrow(narrow)
        self._help.setVisible(not narrow)
        self.cards.set_narrow(narrow)
        self._fit_choices()
        self.customer.set_folded(narrow or event.size().height() < SHORT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        QPainter(self).fillRect(self.rect(), theme.tokens().window)


def _label(role: str) -> QLabel:
    label = QLabel(wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
