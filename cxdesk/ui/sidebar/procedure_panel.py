"""The company's fixed procedure where somebody may come to harm: no cards, numbered steps."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cxdesk.model import Procedure
from cxdesk.ui import icons, theme
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.labels import label

NO_CALL = "Nobody has written here yet whom to call. Your trainer writes it in the playbook."
_NUMBER_WIDTH = 20


class ProcedurePanel(QFrame):
    """Calm, in the text's own colour: what to do, whom to call, and the words that brought it."""

    why_asked = Signal(QPoint)
    """The rule behind the words is wanted, to be shown at this point of the screen."""
    command = Signal(str)

    def __init__(
        self, procedure: Procedure, keys: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.procedure = procedure
        self.why = QPushButton("Why?  F1")
        self.why.setProperty("role", "link meta")
        self.why.setAccessibleName("Which rule found these words?")
        self.why.clicked.connect(self._ask)
        self.hand_over = _command("Hand over to the lead", "user-check", keys.get("hand_over", ""))
        self.hand_over.clicked.connect(lambda: self.command.emit("hand_over"))
        self.no_danger = _command("No danger here", "x", keys.get("no_danger", ""))
        self.no_danger.setToolTip("A false alarm: show suggestions again")
        self.no_danger.clicked.connect(lambda: self.command.emit("no_danger"))
        self._build()
        steps = " ".join(f"{n}. {step}" for n, step in enumerate(procedure.steps, 1))
        call = f"Call: {procedure.call}." if procedure.call else NO_CALL
        self.setAccessibleName(f"Safety: {procedure.title}. {call} {steps}")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addLayout(self._build_title())
        if self.procedure.call:
            column.addWidget(label(f"Call: {self.procedure.call}", "strong", wraps=True))
        for number, step in enumerate(self.procedure.steps, 1):
            column.addLayout(_step(number, step))
        if not self.procedure.call:
            column.addWidget(label(NO_CALL, "meta muted", wraps=True))
        if self.procedure.because:
            because = f"because {', '.join(self.procedure.because)}"
            column.addWidget(label(because, "meta muted", wraps=True))
        column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        for button in (self.hand_over, self.no_danger):
            column.addWidget(button)

    def _build_title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("shield", 18, "text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(self.procedure.title, "strong", wraps=True), 1)
        return row

    def _ask(self) -> None:
        self.why_asked.emit(self.why.mapToGlobal(self.why.rect().bottomLeft()))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.control)
        painter.setBrush(tokens.surface)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _command(text: str, icon: str, key: str) -> QPushButton:
    button = QPushButton(f"{text}  {key}".strip())
    button.setAccessibleName(text)
    button.setProperty("role", "small meta")
    button.setIcon(icons.icon(icon, size=14))
    return button


def _step(number: int, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    place = QLabel(f"{number}")
    place.setProperty("role", "strong")
    place.setFixedWidth(_NUMBER_WIDTH)
    place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    row.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words, "", wraps=True), 1)
    return row
