"""The playbook as agents see it: every play by family, found by typing, read on the right."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cxdesk.playbook import Play, Playbook

PLAY = Qt.ItemDataRole.UserRole


class PlaybookPage(QWidget):
    """A tree of plays and the one that is chosen, with when, say and why."""

    def __init__(self, book: Playbook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plays = book.plays
        self._build()
        self._fill("")

    def _build(self) -> None:
        self._field = QLineEdit(placeholderText="Search the playbook", clearButtonEnabled=True)
        self._field.setAccessibleName("Search the playbook")
        self._tree = QTreeWidget()
        self._tree.setHeaderHidden(True)
        self._tree.setAccessibleName("Plays by family")
        self._page = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._page.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._page.setContentsMargins(24, 16, 24, 16)
        self._page.setMaximumWidth(720)
        self._page.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(self._page)
        left = QVBoxLayout()
        left.setContentsMargins(12, 12, 12, 12)
        left.addWidget(self._field)
        left.addWidget(self._tree)
        side = QWidget()
        side.setFixedWidth(320)
        side.setLayout(left)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addWidget(area, 1)
        self._field.textChanged.connect(self._fill)
        self._tree.currentItemChanged.connect(self._show)

    def _fill(self, query: str) -> None:
        self._tree.clear()
        families: dict[str, QTreeWidgetItem] = {}
        for play in _matching(self._plays, query):
            branch = families.get(play.family)
            if branch is None:
                branch = QTreeWidgetItem([_words(play.family)])
                branch.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._tree.addTopLevelItem(branch)
                families[play.family] = branch
            leaf = QTreeWidgetItem(branch, [play.title])
            leaf.setToolTip(0, play.title)
            leaf.setData(0, PLAY, play)
        self._tree.expandAll()
        first = next((branch.child(0) for branch in families.values()), None)
        if first is not None:
            self._tree.setCurrentItem(first)
        else:
            self._page.setText("No play has these words.")

    def _show(self, item: QTreeWidgetItem | None) -> None:
        play = item.data(0, PLAY) if item else None
        if isinstance(play, Play):
            self._page.setText(_page(play))


def _matching(plays: Sequence[Play], query: str) -> list[Play]:
    words = query.lower().split()
    return [play for play in plays if all(word in _text(play) for word in words)]


def _text(play: Play) -> str:
    parts = (play.id, play.title, play.family, play.chat.text, play.email.text, *play.keywords)
    return " ".join(parts).lower()


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _page(play: Play) -> str:
    parts = [f"<h2>{escape(play.title)}</h2><p>{escape(play.when.situation)}</p>"]
    for name, variant in (("Chat", play.chat), ("E-mail", play.email)):
        body = escape(variant.text).replace("\n", "<br>")
        parts.append(f"<h3>{name}</h3><p>{body}</p>")
    parts.append("<h3>Not when</h3>")
    parts += [f"<p>{escape(line)}</p>" for line in play.avoid_when]
    parts.append(f"<h3>Why</h3><p>{escape(play.why)}<br><i>{escape(play.source)}</i></p>")
    return "".join(parts)
