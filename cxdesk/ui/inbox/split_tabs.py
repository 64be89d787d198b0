"""The splits as tabs with their counts; what does not fit waits behind the dots."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QToolButton, QWidget

from cxdesk.model import Split
from cxdesk.ui import icons, theme
from cxdesk.ui.key_words import with_key
from cxdesk.ui.keymap import Keymap

HEIGHT = 36
PADDING = 12
APART = 8
DOTS = 22  # from the button's left edge to the strip's padding
MOST = 999


def count_words(count: int) -> str:
    """A count as tabs show it: nothing at zero, "999+" beyond that."""
    return "" if count <= 0 else f"{MOST}+" if count > MOST else str(count)


class SplitTab(QAbstractButton):
    """One split: its title, its count muted, and the accent line under the one shown."""

    def __init__(self, split: Split, parent: QWidget) -> None:
        super().__init__(parent)
        self.split = split
        self.setCheckable(True)
        # The list keeps the focus: Tab and Alt+number choose splits from there.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_split(split)

    def set_split(self, split: Split) -> None:
        """Show this split's title and count."""
        self.split = split
        count = count_words(split.count)
        self.setText(split.title)
        self.setAccessibleName(f"{split.title}, {count or 'no'} conversations")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        strong = self.isChecked()
        title = QFontMetrics(theme.font("meta", strong=strong)).horizontalAdvance(self.text())
        count = count_words(self.split.count)
        width = QFontMetrics(theme.font("meta")).horizontalAdvance(count) + 4 if count else 0
        return QSize(title + width, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.tokens(), QPainter(self)
        chosen = self.isChecked()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("meta", strong=chosen))
        painter.setPen(tokens.text if chosen or self.underMouse() else tokens.muted)
        painter.drawText(self.rect(), left, self.text())
        x = painter.fontMetrics().horizontalAdvance(self.text()) + 4
        painter.setFont(theme.font("meta"))
        painter.setPen(tokens.muted)
        painter.drawText(self.rect().adjusted(x, 0, 0, 0), left, count_words(self.split.count))
        if chosen:
            painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), tokens.accent)


class SplitTabs(QWidget):
    """A strip of 36 pixels. The chosen split is always among those that show."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[SplitTab] = []
        self._current = ""
        self._more = QToolButton(self)
        self._more.setProperty("role", "iconbutton")
        self._more.setIcon(icons.icon("dots", size=16))
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.setAccessibleName("More splits")
        self._more.setToolTip("More splits")
        self._more.clicked.connect(self._offer)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.signals().changed.connect(self._arrange)

    def set_splits(self, splits: tuple[Split, ...], keymap: Keymap) -> None:
        """Show these splits; the tabs stay the same widgets while the ids do."""
        if [tab.split.id for tab in self._tabs] != [split.id for split in splits]:
            self._make(splits)
        for place, (tab, split) in enumerate(zip(self._tabs, splits, strict=True), 1):
            tab.set_split(split)
            tab.setToolTip(with_key(split.title, f"split_{place}", keymap))
        self._arrange()

    def _make(self, splits: tuple[Split, ...]) -> None:
        for tab in self._tabs:
            tab.deleteLater()
        self._tabs = [SplitTab(split, self) for split in splits]
        for tab in self._tabs:
            tab.clicked.connect(lambda _on=False, it=tab: self.chosen.emit(it.split.id))

    @property
    def current(self) -> str:
        """The id of the split that is marked, empty when none is (while searching)."""
        return self._current

    def set_current(self, split_id: str) -> None:
        """Mark a split as the one shown; an empty id marks none."""
        self._current = split_id
        for tab in self._tabs:
            tab.setChecked(tab.split.id == split_id)
        self._arrange()

    def neighbour(self, step: int) -> str:
        """The id of the split `step` further, round the ends."""
        ids = [tab.split.id for tab in self._tabs]
        here = ids.index(self._current) if self._current in ids else -1 if step > 0 else 0
        return ids[(here + step) % len(ids)] if ids else ""

    def shown(self) -> list[str]:
        """The ids of the tabs that fit, from the left."""
        return [tab.split.id for tab in self._tabs if not tab.isHidden()]

    def _arrange(self) -> None:
        right = self.width() - PADDING
        everything = sum(tab.sizeHint().width() + APART for tab in self._tabs) - APART
        crowded = everything > right - PADDING
        visible = self._that_fit(right - DOTS - PADDING if crowded else right - PADDING)
        x = PADDING
        for tab in self._tabs:
            tab.setVisible(tab in visible)
            if tab in visible:
                width = tab.sizeHint().width()
                tab.setGeometry(x, 0, width, HEIGHT - 1)
                x += width + APART
        self._more.setVisible(crowded)
        self._more.setGeometry(right - DOTS, 4, 28, 28)
        self.update()

    def _that_fit(self, room: int) -> list[SplitTab]:
        current = [tab for tab in self._tabs if tab.split.id == self._current]
        room -= sum(tab.sizeHint().width() for tab in current)
        fitting = list(current)
        for tab in self._tabs:
            if tab in current:
                continue
            room -= APART + tab.sizeHint().width()
            if room < 0:
                break
            fitting.append(tab)
        return fitting

    def _offer(self) -> None:
        menu = QMenu(self)
        for tab in self._tabs:
            if tab.isHidden():
                count = count_words(tab.split.count)
                action = menu.addAction(f"{tab.split.title}  {count}".rstrip())
                action.triggered.connect(
                    lambda _on=False, it=tab: self.chosen.emit(it.split.id),
                )
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        line = QRect(0, self.height() - 1, self.width(), 1)
        QPainter(self).fillRect(line, theme.tokens().line)
