"""Labels and tooltips that show text as it is written, whatever markup it holds.

Read as HTML a customer's words could name a picture, and showing it would fetch it.
"""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel


def label(text: str, role: str, *, wraps: bool = False) -> QLabel:
    """A label in these roles ("meta muted"). A customer's words are never read as markup."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    return made


def as_written(text: str) -> str:
    """Text for a tooltip: Qt takes what looks like HTML for HTML, so that is escaped."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'
