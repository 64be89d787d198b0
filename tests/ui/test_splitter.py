from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from cxdesk.ui import theme
from cxdesk.ui.splitter import ThinSplitter

HORIZONTAL = Qt.Orientation.Horizontal


def a_splitter(qtbot, splitter: QSplitter) -> QSplitter:
    """Two panes of 100 pixels or more, on screen."""
    for _ in range(2):
        splitter.addWidget(QWidget())
    splitter.resize(300, 200)
    qtbot.addWidget(splitter)
    with qtbot.waitExposed(splitter):
        splitter.show()
    splitter.setSizes([100, 200])
    return splitter


def test_one_pixel_of_line_stands_between_two_panes(qtbot):
    splitter = a_splitter(qtbot, ThinSplitter(HORIZONTAL))

    left, right = splitter.widget(0).geometry(), splitter.widget(1).geometry()
    picture = splitter.grab().toImage()

    assert right.left() - left.right() == 2
    line = theme.tokens().line
    colors = [picture.pixelColor(left.right() + step, 50) for step in range(3)]
    assert [color == line for color in colors] == [False, True, False]


@pytest.mark.parametrize("beside", (-3, 0, 3))
def test_it_can_be_dragged_by_three_pixels_beside_the_line(qtbot, beside):
    splitter = a_splitter(qtbot, ThinSplitter(HORIZONTAL))
    start = QPoint(splitter.widget(0).width() + beside, 50)
    grip = splitter.childAt(start)
    before = splitter.sizes()[0]

    here = grip.mapFrom(splitter, start)
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=here)
    qtbot.mouseMove(grip, here + QPoint(40, 0))
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=here + QPoint(40, 0))

    assert grip is splitter.handle(1)
    assert splitter.sizes()[0] == pytest.approx(before + 40, abs=4)


def test_without_a_line_the_panes_touch_and_can_still_be_dragged(qtbot):
    splitter = a_splitter(qtbot, ThinSplitter(Qt.Orientation.Vertical, line=False))

    upper, lower = splitter.widget(0).geometry(), splitter.widget(1).geometry()

    assert lower.top() - upper.bottom() == 1
    assert splitter.childAt(50, lower.top()) is splitter.handle(1)


def test_sizes_kept_by_a_thicker_splitter_leave_the_line_thin(qtbot):
    thick = QSplitter(HORIZONTAL)
    thick.setHandleWidth(4)
    kept = a_splitter(qtbot, thick).saveState()
    splitter = a_splitter(qtbot, ThinSplitter(HORIZONTAL))

    assert splitter.restoreState(kept)

    assert splitter.handleWidth() == 1
