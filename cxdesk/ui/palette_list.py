"""The palette's rows: which commands, in which order, and how one row is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cxdesk.ui import icons, theme
from cxdesk.ui.actions import Command
from cxdesk.ui.keybox import keybox_width, paint_keybox
from cxdesk.ui.ranking import Candidate, Ranked, Spans, rank

ROW = 36
ICON = 18
COMMAND, RANKED = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class PaletteModel(QAbstractListModel):
    """The commands that the typed words mean, best first; recent ones first for no words."""

    def __init__(self) -> None:
        super().__init__()
        self._plain: tuple[Command, ...] = ()
        self._recent_first: tuple[Command, ...] = ()
        self._commands: tuple[Command, ...] = ()
        self._found: list[Ranked] = []

    def take(self, commands: Sequence[Command], recent: Sequence[str]) -> None:
        """The commands as they stand now; those in `recent` go first, newest first."""
        place = {action: number for number, action in enumerate(recent)}
        ordered = sorted(commands, key=lambda each: place.get(each.spec.id, len(place)))
        self._recent_first = tuple(ordered)
        self._plain = tuple(commands)
        self.find("")

    def find(self, query: str) -> None:
        """Show what `query` means."""
        self.beginResetModel()
        self._commands = self._plain if query.strip() else self._recent_first
        self._found = rank(query, [_candidate(each) for each in self._commands])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        ranked = self._found[index.row()]
        command = self._commands[ranked.index]
        if role == Qt.ItemDataRole.DisplayRole:
            return command.spec.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(command)
        return {COMMAND: command, RANKED: ranked}.get(role)


def _candidate(command: Command) -> Candidate:
    spec = command.spec
    return Candidate(spec.text, spec.words, bool(spec.argument))


def spoken(command: Command) -> str:
    """A row as one sentence: "Insert extra mile, held back: no next step yet, Ctrl+3"."""
    state = "" if command.enabled else "not possible now"
    return ", ".join(
        each for each in (command.spec.text, state, command.detail, command.key) if each
    )


class PaletteDelegate(QStyledItemDelegate):
    """Paints a row: icon, name with its matched letters strong, detail, key in a box."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        command: Command = index.data(COMMAND)
        ranked: Ranked = index.data(RANKED)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tokens().selected)
            painter.drawRoundedRect(rect, 4, 4)
        right = _paint_key(painter, rect, command.key)
        self._paint_icon(painter, rect, command, chosen)
        self._paint_words(painter, rect, right, command, ranked)
        painter.restore()

    @staticmethod
    def _paint_icon(painter: QPainter, rect: QRect, command: Command, chosen: bool) -> None:
        tokens = theme.tokens()
        color = tokens.accent if chosen else tokens.muted
        ratio = painter.device().devicePixelRatio()
        pixmap = icons.pixmap(command.spec.icon, ICON, color, ratio)
        painter.drawPixmap(rect.left() + 12, rect.center().y() - ICON // 2 + 1, pixmap)

    @staticmethod
    def _paint_words(
        painter: QPainter, rect: QRect, right: int, command: Command, ranked: Ranked
    ) -> None:
        tokens = theme.tokens()
        painter.setPen(tokens.text if command.enabled else tokens.muted)
        x = _paint_marked(painter, rect, rect.left() + 42, command.spec.text, ranked.spans)
        detail = ranked.argument or command.detail or _example(command)
        painter.setFont(theme.font("meta"))
        painter.setPen(tokens.muted)
        room = QRect(x + 12, rect.top(), right - x - 24, rect.height())
        shown = painter.fontMetrics().elidedText(detail, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def _example(command: Command) -> str:
    return f"as in “{command.spec.argument}”" if command.spec.argument else ""


def _paint_marked(painter: QPainter, rect: QRect, x: int, text: str, spans: Spans) -> int:
    """Paint text with its matched letters strong; where the text ends."""
    for start, end, strong in _pieces(len(text), spans):
        font: QFont = theme.font("body", strong=strong)
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(text[start:end])
        box = QRect(x, rect.top(), width + 1, rect.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text[start:end])
        x += width
    return x


def _pieces(length: int, spans: Spans) -> list[tuple[int, int, bool]]:
    pieces, at = [], 0
    for start, end in spans:
        start = max(start, at)  # words of a query may stand in one another
        if start < end:
            pieces += [(at, start, False), (start, end, True)]
            at = end
    return [each for each in [*pieces, (at, length, False)] if each[0] < each[1]]


def _paint_key(painter: QPainter, rect: QRect, key: str) -> int:
    """Paint the key in its box at the right; where the room for words ends."""
    if not key:
        return rect.right() - 12
    tokens = theme.tokens()
    left = rect.right() - 12 - keybox_width(key)
    paint_keybox(painter, left, rect.center().y(), key, ink=tokens.muted, edge=tokens.line)
    return left
