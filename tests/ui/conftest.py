"""Fixtures every test of the window's shell shares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from cxdesk.ui import theme

# What the off-screen platform says of itself; it is no fault of ours.
_PLATFORM_REMARKS = ("This plugin does not support", "propagateSizeHints")


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme, before and after each test."""
    if theme.tokens().name != "light" or not qapp.styleSheet():
        theme.apply("light")
    yield qapp
    if theme.tokens().name != "light":
        theme.apply("light")


@pytest.fixture(autouse=True)
def no_qt_warning(qtlog) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """A test fails when Qt warned about what it did."""
    yield
    warnings = [record.message for record in qtlog.records if record.type_name != "QtDebugMsg"]
    ours = [each for each in warnings if not any(said in each for said in _PLATFORM_REMARKS)]
    assert not ours
