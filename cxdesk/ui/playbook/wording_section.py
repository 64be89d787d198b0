"""What the play says, for chat or e-mail, ready to be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from cxdesk.playbook import Play, Playbook, Variant
from cxdesk.ui import theme
from cxdesk.ui.composer.buttons import KeyedButton
from cxdesk.ui.labels import label
from cxdesk.ui.overlay import announce
from cxdesk.ui.playbook import words
from cxdesk.ui.playbook.section import Section
from cxdesk.ui.segmented import Segmented
from cxdesk.ui.slot_text import SlotText

LINE = 22
COPIED_MS = 2_000
_CHANNELS = (("chat", "Chat"), ("email", "E-mail"))


class WordingBox(QFrame):
    """The wording in a box that can have the focus, so that it is read out and copied from."""

    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text = SlotText(line=LINE)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 8, 13, 8)
        column.addWidget(self.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.hasFocus() else 1
        painter.setPen(QPen(tokens.accent if self.hasFocus() else tokens.control, width))
        painter.setBrush(tokens.surface)
        inset = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 6, 6)


class WordingSection(Section):
    """Keeps the channel that was chosen while one goes from play to play."""

    channel_chosen = Signal(str)

    def __init__(self, book: Playbook) -> None:
        super().__init__("Say", "the wording")
        self._book = book
        self._play: Play | None = None
        self.channel = "chat"
        self._back = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._back.timeout.connect(self._offer_copy)
        self._build()

    def _build(self) -> None:
        self._channels = Segmented("Channel", _CHANNELS)
        self._channels.chosen.connect(self._choose)
        self._channels.choose(self.channel)
        self._count: QLabel = label("", "meta muted")
        self._copy = KeyedButton("Copied", "Ctrl+C", role="tall", icon="copy")
        self._copy.setFixedWidth(self._copy.sizeHint().width())  # as wide as it will ever be
        self._copy.clicked.connect(self.copy)
        self._offer_copy()
        self.box = WordingBox()
        self.box.copy_asked.connect(self.copy)
        head = QHBoxLayout()
        head.setSpacing(12)
        for part in (self._channels, self._count, self._copy):
            head.addWidget(part)
        head.setStretch(0, 1)
        self.content.addLayout(head)
        self.content.addWidget(self.box)

    @property
    def variant(self) -> Variant | None:
        """The wording on screen."""
        return self._play.variant(self.channel) if self._play else None

    def show_play(self, play: Play) -> None:
        self._play = play
        self._show()

    def copy(self) -> None:
        """Put the wording on the clipboard, its open fields in brackets, and say so."""
        if self.variant is None:
            return
        text = words.wording(self.variant, self._book.slots).clipboard
        QGuiApplication.clipboard().setText(text)
        self._copy.set_name("Copied")
        announce(self, "Copied")
        self._back.start()

    def _choose(self, channel: object) -> None:
        self.channel = str(channel)
        self._show()
        self.channel_chosen.emit(self.channel)

    def _show(self) -> None:
        assert self.variant is not None
        shown = words.wording(self.variant, self._book.slots)
        self.box.text.set_text(shown.text, shown.slots)
        self.box.setAccessibleName(f"{dict(_CHANNELS)[self.channel]}: {shown.text}")
        self._count.setText(words.count(self.variant.words, "word"))
        self._offer_copy()

    def _offer_copy(self) -> None:
        self._back.stop()
        self._copy.set_name("Copy")
        self._copy.setToolTip("Copy the text (Ctrl+C). Open fields come in [brackets].")
