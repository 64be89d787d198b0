"""A customer's words are shown as they are written: markup in them fetches nothing."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from cxdesk.ui.labels import as_written

MARKUP = 'Re: <img src="file://host/share/x.png"> & <b>more</b>\nnext line'


@pytest.mark.usefixtures("qapp")
def test_markup_in_a_tooltip_is_shown_and_names_no_picture() -> None:
    shown = QTextDocument()

    shown.setHtml(as_written(MARKUP))

    assert "<img" not in as_written(MARKUP)
    assert shown.toPlainText().replace("\u2028", "\n") == MARKUP


def test_plain_words_stay_as_they_are(qapp: QApplication) -> None:
    assert qapp is not None
    assert as_written("My lamp & I") == "My lamp & I"
