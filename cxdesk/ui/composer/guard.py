"""Shows the one thing that holds Send, and knows which message it was."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cxdesk.model import Block, Finding, Message
from cxdesk.ui.composer.findings import reading
from cxdesk.ui.composer.strips import HoldStrip, NoticeStrip


class SendGuard(QWidget):
    """At most one strip at a time: the customer wrote, something is missing, or it blames."""

    reviewed = Signal(object)
    """The agent read this `Message` and goes on writing."""
    sent_anyway = Signal()
    fixes_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Message | None = None
        self.hold_strip = HoldStrip()
        self.notice = NoticeStrip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.hold_strip)
        column.addWidget(self.notice)
        self.hold_strip.reviewed.connect(self._go_on)
        self.hold_strip.sent_anyway.connect(self.sent_anyway)
        self.notice.acted.connect(self.fixes_asked)
        self.hide()

    def set_side(self, side: int) -> None:
        """The padding left and right, in pixels."""
        self.hold_strip.set_side(side)
        self.notice.set_side(side)

    def hold(self, message: Message, name: str) -> None:
        """The customer wrote this meanwhile; takes the focus, so that Enter reviews."""
        self.clear()
        self._message = message
        self.show()
        self.hold_strip.show_message(message, name)

    def block(self, block: Block) -> None:
        """Nothing goes out before this is mended."""
        self.clear()
        self.show()
        self.notice.say(block.message, "", error=True)

    def confirm(self, finding: Finding, more: int, key: str) -> None:
        """The draft blames the customer, here and in so `more` places: `key` pressed once more
        sends it all the same."""
        self.clear()
        self.show()
        words = f"“{finding.text}” {reading(finding) or 'blames the customer'}."
        if more:
            words += f" {more} more place{'s' if more > 1 else ''} may hurt too."
        self.notice.say(f"{words} {key} again sends it as it is.", "Fixes", error=False)

    def clear(self) -> None:
        """Nothing holds Send."""
        self._message = None
        self.hold_strip.hide()
        self.notice.hide()
        self.hide()

    def clear_notice(self) -> None:
        """The text changed: what was said about it is old; a new message stays new."""
        if self._message is None:
            self.clear()

    def _go_on(self) -> None:
        message = self._message
        self.clear()
        self.reviewed.emit(message)
