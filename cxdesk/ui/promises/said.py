"""Where a promise was said: the words around it, the promise itself with an accent line."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from cxdesk.ui import theme
from cxdesk.ui.offsets import Offsets
from cxdesk.ui.slot_text import SlotText

MOST = 280
"""Characters shown of a long reply."""
_THICK, _BELOW = 2, 3


def around(text: str, promised: str) -> tuple[str, int, int]:
    """The paragraph a promise stands in and where in it, [start, end), cut where it is long; only
    the beginning of the text where the promise is not in it."""
    start = text.find(promised)
    if start < 0:
        return _cut(text.strip(), 0, 0)
    first = text.rfind("\n\n", 0, start)
    last = text.find("\n\n", start + len(promised))
    first = 0 if first < 0 else first + 2
    last = len(text) if last < 0 else last
    return _cut(text[first:last], start - first, start - first + len(promised))


def _cut(text: str, start: int, end: int) -> tuple[str, int, int]:
    """At most `MOST` characters around [start, end), cut between words."""
    if len(text) <= MOST:
        return text, start, end
    spare = max(MOST - (end - start), 0)
    first = max(0, min(start - spare // 2, len(text) - MOST))
    last = max(end, min(len(text), first + MOST))
    if first:
        first = min(text.find(" ", first) + 1 or start, start)
    if last < len(text):
        last = max(text.rfind(" ", 0, last), end)
    before, after = "… " if first else "", " …" if last < len(text) else ""
    shown = before + text[first:last].rstrip() + after
    return shown, start - first + len(before), end - first + len(before)


class SaidText(SlotText):
    """A text with one stretch of it tinted and underlined; only to be read."""

    def __init__(self) -> None:
        super().__init__()
        self._said = (0, 0)

    def set_said(self, text: str, start: int, end: int) -> None:
        """Show `text`; [start, end) are Python characters into it."""
        offsets = Offsets(text)
        self._said = offsets.to_qt(start), offsets.to_qt(end)
        self.set_text(text)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width) + _THICK

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        accent = theme.tokens().accent
        for rect, baseline in self.parts(*self._said):
            painter.fillRect(rect, theme.tokens().tint(accent))
            under = QRectF(rect.left(), round(baseline) + _BELOW, rect.width(), _THICK)
            painter.fillRect(under, accent)
        painter.end()
        super().paintEvent(event)
