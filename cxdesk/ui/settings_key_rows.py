"""The lines of the settings' table of keys: a command, and why a key clashes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QPushButton

from cxdesk.ui import theme
from cxdesk.ui.action_table import ActionSpec
from cxdesk.ui.icon_label import IconLabel
from cxdesk.ui.key_field import KeyField
from cxdesk.ui.keybox import paint_keybox

COMMAND, WHERE, KEY = 272, 112, 112
SIDE, GAP = 12, 12
KEY_LEFT = SIDE + COMMAND + GAP + WHERE + GAP
ROW, CLASH, FIELD_HEIGHT = 32, 44, 24
TWICE = "wanted twice"


class KeyRow(QAbstractButton):
    """One command: name, place, key and remark, painted; a click or Enter asks to change the key.

    Its field is made when a key is changed, its way back when there is one: fifty rows of
    ready-made controls would keep the page from opening at once.
    """

    pressed_key = Signal(str)
    given_up = Signal()
    reset_asked = Signal()

    def __init__(self, spec: ActionSpec) -> None:
        super().__init__()
        self.spec = spec
        self.key = ""
        self.remark = ""
        self._ground: QColor | None = None
        self._field: KeyField | None = None
        self._reset: QPushButton | None = None
        self.setFixedHeight(ROW)
        self.setEnabled(not spec.fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def searched(self) -> str:
        """The words this row is found by."""
        return " ".join((self.spec.text, self.spec.where.words, *self.spec.words)).lower()

    def sizeHint(self) -> QSize:
        return QSize(COMMAND + WHERE + KEY, ROW)

    # ------------------------------------------------------------ show

    def show_key(self, key: str, remark: str) -> None:
        self.key = key
        place = self.spec.where.words
        self.setAccessibleName(f"{self.spec.text}, {place}: {key or 'no key'}. Change the key.")
        self.end_edit(remark)

    def begin_edit(self) -> None:
        """Take the next key that is pressed."""
        self._ground = theme.tokens().selected
        self.remark = f"was {self.key}" if self.key else "Esc keeps it so"
        if self._field is None:
            self._field = KeyField(self.spec.text, self)
            self._field.setGeometry(KEY_LEFT, (ROW - FIELD_HEIGHT) // 2, KEY, FIELD_HEIGHT)
            self._field.pressed.connect(self.pressed_key)
            self._field.given_up.connect(self.given_up)
        self._field.clear()
        self._field.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def end_edit(self, remark: str) -> None:
        """Show the key again, with a remark beside it."""
        self._ground = None
        self.remark = remark
        if self._field is not None:
            self._field.hide()
        self._show_reset(remark.startswith("changed"))
        self.update()

    def warn(self, remark: str) -> None:
        """Mark this row as the other one that has the key."""
        self._ground = theme.tokens().tint(theme.tokens().warning)
        self.remark = remark
        self.update()

    def _show_reset(self, on: bool) -> None:
        if on and self._reset is None:
            self._reset = QPushButton("Reset", self)
            self._reset.setProperty("role", "link")
            self._reset.setAccessibleName(f"Reset the key of {self.spec.text}")
            self._reset.clicked.connect(self.reset_asked)
        if self._reset is not None:
            self._reset.setVisible(on)
            self._place_reset()

    def _place_reset(self) -> None:
        if self._reset is not None:
            size = self._reset.sizeHint()
            left = self.width() - SIDE - size.width() + 4
            self._reset.setGeometry(left, (ROW - size.height()) // 2, size.width(), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_reset()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ paint

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = theme.tokens()
        painter = QPainter(self)
        hovered = self.underMouse() and self.isEnabled()
        ground = self._ground or (tokens.hover if hovered else None)
        if ground is not None:
            painter.fillRect(self.rect(), ground)
        painter.fillRect(0, ROW - 1, self.width(), 1, tokens.line)
        self._write(painter, SIDE, COMMAND, self.spec.text, tokens.text)
        self._write(painter, SIDE + COMMAND + GAP, WHERE, self.spec.where.words, tokens.muted)
        if self._field is None or self._field.isHidden():
            self._paint_key(painter)
        self._paint_remark(painter)

    def _write(self, painter: QPainter, left: int, width: int, words: str, ink: QColor) -> None:
        painter.setFont(theme.font("body"))
        painter.setPen(ink)
        painter.drawText(QRect(left, 0, width, ROW - 1), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_key(self, painter: QPainter) -> None:
        tokens = theme.tokens()
        middle = (ROW - 1) // 2
        edge = tokens.warning if self.remark == TWICE else tokens.line
        key = self.key or "no key"
        box = paint_keybox(painter, KEY_LEFT, middle, key, ink=tokens.muted, edge=edge)
        if self.hasFocus():
            painter.setPen(QPen(tokens.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)

    def _paint_remark(self, painter: QPainter) -> None:
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.tokens().muted)
        reset = self._reset is not None and not self._reset.isHidden()
        right = self._reset.x() - 4 if reset and self._reset else self.width() - SIDE
        room = QRect(0, 0, right, ROW - 1)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, self.remark)


class ClashRow(QFrame):
    """Why a key clashes, and exactly two ways out."""

    given = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        self.setFixedHeight(CLASH)
        self.setProperty("role", "row warned-row")
        self._why = label("", "body")
        self._give, self._keep = QPushButton("Give it to this"), QPushButton("Keep it there")
        self._give.clicked.connect(self.given)
        self._keep.clicked.connect(self.kept)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(12)
        layout.addWidget(IconLabel("warning", 18, "warning"))
        layout.addWidget(self._why, 1)
        layout.addWidget(self._give)
        layout.addWidget(self._keep)
        self.hide()

    def ask(self, command: str, why: str, *, can_give: bool, key: str) -> None:
        self.key = key
        self._why.setText(why)
        self._give.setText(f"Give it to {command}")
        self._give.setVisible(can_give)
        self._keep.setText("Keep it there" if can_give else "Keep the old key")
        self.show()
        (self._give if can_give else self._keep).setFocus(Qt.FocusReason.OtherFocusReason)


def header() -> QFrame:
    """The table's first line."""
    line = QFrame()
    line.setFixedHeight(28)
    line.setProperty("role", "row")
    layout = QHBoxLayout(line)
    layout.setContentsMargins(12, 0, 12, 0)
    layout.setSpacing(12)
    for words, width in (("Command", COMMAND), ("Where", WHERE), ("Key", KEY)):
        layout.addWidget(label(words, "meta muted strong", width))
    layout.addStretch(1)
    return line


def label(text: str, role: str, width: int = 0) -> QLabel:
    """Words in a role, in a column of a fixed `width` in pixels where one is given."""
    made = QLabel(text)
    made.setProperty("role", role)
    if width:
        made.setFixedWidth(width)
    return made
