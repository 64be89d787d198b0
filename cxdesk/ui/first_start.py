"""The first page of an empty desk: three ways in, one of them obviously first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cxdesk.ui.icon_label import IconLabel

COLUMN, CARD, WORDS, BUTTON = 776, 126, 420, 144
TOP, TOP_SMALL, ROOMY = 88, 24, 720  # a window lower than ROOMY gets the small margin


@dataclass(frozen=True, slots=True)
class _Way:
    key: str
    icon: str
    title: str
    words: str
    fear: str
    button: str


DEMO = _Way(
    "1",
    "play",
    "Try the demo",
    "Conversations with invented companies, calm to furious, told as if they came in today.",
    "3 minutes. Kept in a folder of its own and thrown away when you close it.",
    "Open the demo",
)
FILES = _Way(
    "2",
    "file",
    "Import files",
    "Mail files (.eml, mbox, Maildir), conversations (.jsonl) or a table (.csv). "
    "Drop them anywhere on this window.",
    "Nothing is imported twice. Your files stay as they are.",
    "Choose files…",
)
MAILBOX = _Way(
    "3",
    "plug",
    "Connect a mailbox",
    "IMAP or a shared support address. Mail is read, and only the replies you send go out.",
    "Comes with a later version. Until then, import what your mail program saves.",
    "Connect…",
)
PROMISES = (
    ("shield", "Stays on this computer", "No account, no telemetry."),
    ("send", "Never sends by itself", "Every reply waits for your key."),
    ("person", "Ranks nobody", "What it notices in your drafts is yours."),
)


class FirstStartPage(QWidget):
    """Asks for the demo or for files; the key of each way is on its card."""

    demo_asked = Signal()
    files_asked = Signal()

    def __init__(self, profile: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(profile)
        self._connect()
        self.setFocusProxy(self._demo)

    # ------------------------------------------------------------ build

    def _build(self, profile: Path) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self._column.addLayout(_head())
        self._demo = self._add_way(DEMO, first=True)
        self._files = self._add_way(FILES)
        mailbox = self._add_way(MAILBOX)
        mailbox.setEnabled(False)
        mailbox.setToolTip(MAILBOX.fear)
        self._column.addSpacing(12)
        self._column.addWidget(_line())
        self._column.addSpacing(8)
        self._column.addLayout(_promises())
        self._column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scrolled(), 1)
        layout.addLayout(_foot(profile))

    def _scrolled(self) -> QScrollArea:
        page = QWidget()
        page.setProperty("role", "page")
        whole = QHBoxLayout(page)
        whole.setContentsMargins(24, 0, 24, 0)
        whole.addStretch(1)
        whole.addLayout(self._column)
        whole.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area

    def _add_way(self, way: _Way, *, first: bool = False) -> QPushButton:
        button = QPushButton(way.button)
        button.setProperty("role", "tall primary" if first else "tall")
        button.setFixedWidth(BUTTON)
        button.setAccessibleName(f"{way.title}: {way.button}, key {way.key}")
        button.setAccessibleDescription(way.fear)
        self._column.addWidget(_card(way, button, first=first))
        return button

    def _connect(self) -> None:
        self._demo.clicked.connect(self.demo_asked)
        self._files.clicked.connect(self.files_asked)
        for way, button in ((DEMO, self._demo), (FILES, self._files)):
            shortcut = QShortcut(QKeySequence(way.key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        top = TOP if self.height() >= ROOMY else TOP_SMALL
        self._column.setContentsMargins(0, top, 0, 12)


def _head() -> QVBoxLayout:
    head = QVBoxLayout()
    head.setContentsMargins(0, 0, 0, 12)
    head.setSpacing(4)
    head.addWidget(_label("Start with a conversation", "title"))
    head.addWidget(_label("Three ways in. You can do the others later, from the palette.", "muted"))
    return head


def _card(way: _Way, button: QPushButton, *, first: bool) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card first" if first else "card")
    card.setFixedSize(COLUMN, CARD)
    layout = QHBoxLayout(card)
    layout.setContentsMargins(24, 20, 24, 20)
    layout.setSpacing(20)
    sign = IconLabel(way.icon, 28, "accent" if first else "muted")
    layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(_way_words(way))
    layout.addStretch(1)
    layout.addWidget(_label(way.key, "keybox"))
    layout.addWidget(button)
    return card


def _way_words(way: _Way) -> QVBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(2)
    for text, role in ((way.title, "heading"), (way.words, "body"), (way.fear, "meta muted")):
        label = _label(text, role)
        label.setWordWrap(True)
        label.setFixedWidth(WORDS if role == "body" else WORDS + 40)
        words.addWidget(label)
    words.addStretch(1)
    return words


def _promises() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    for number, (icon, title, words) in enumerate(PROMISES):
        grid.addWidget(IconLabel(icon, 18, "good"), 0, 2 * number)
        grid.addWidget(_label(title, "strong"), 0, 2 * number + 1)
        grid.addWidget(_label(words, "meta muted"), 1, 2 * number + 1)
        grid.setColumnStretch(2 * number + 1, 1)
    return grid


def _foot(profile: Path) -> QHBoxLayout:
    foot = QHBoxLayout()
    foot.setContentsMargins(24, 0, 24, 12)
    foot.setSpacing(8)
    foot.addWidget(IconLabel("folder", 16))
    foot.addWidget(_label(f"Profile: {_at_home(profile)}", "meta muted"))
    foot.addStretch(1)
    foot.addWidget(_label("Every command", "meta muted"))
    foot.addWidget(_label("Ctrl+K", "keybox"))
    return foot


def _at_home(path: Path) -> str:
    """A folder as people write it: ~ for their own."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except ValueError:
        return str(path)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
