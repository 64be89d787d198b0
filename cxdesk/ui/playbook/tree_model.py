"""The plays found, under a heading for each family."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cxdesk.playbook import Play
from cxdesk.ui.playbook import words

Index = QModelIndex | QPersistentModelIndex

_HEADING = 0
"""The internal id of a heading; that of a play is its heading's row and one."""


class PlayTreeModel(QAbstractItemModel):
    """Two levels: families, and their plays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._families: list[tuple[str, list[Play]]] = []

    def show_plays(self, plays: Sequence[Play]) -> None:
        """Show these, a heading before each family's first."""
        self.beginResetModel()
        grouped: dict[str, list[Play]] = {}
        for play in plays:
            grouped.setdefault(play.family, []).append(play)
        self._families = list(grouped.items())
        self.endResetModel()

    def play(self, index: Index) -> Play | None:
        """The play of a row; None for a heading."""
        if not index.isValid() or index.internalId() == _HEADING:
            return None
        return self._families[index.internalId() - 1][1][index.row()]

    def family(self, index: Index) -> str:
        """The code of a heading's family; "" for a play."""
        is_heading = index.isValid() and index.internalId() == _HEADING
        return self._families[index.row()][0] if is_heading else ""

    def place(self, play: Play) -> QModelIndex:
        """Where a play stands; an invalid index when it is not among those found."""
        for row, (_, plays) in enumerate(self._families):
            if play in plays:
                return self.index(plays.index(play), 0, self.index(row, 0))
        return QModelIndex()

    # ------------------------------------------------------------ what Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 (Qt's own default)
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _HEADING)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == _HEADING:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _HEADING)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        if not parent.isValid():
            return len(self._families)
        is_heading = parent.internalId() == _HEADING
        return len(self._families[parent.row()][1]) if is_heading else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        play = self.play(index)
        if play is not None:
            return _play_data(play, role)
        if not index.isValid():
            return None
        name, number = words.family(self.family(index)), self.rowCount(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}, {words.count(number, 'play')}"
        return None


def _play_data(play: Play, role: int) -> str | None:
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        return play.title
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{play.title}. {play.when.situation}"
    return None
