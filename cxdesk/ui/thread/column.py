"""The column of messages: folds and unfolds, and stays where it is while it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from cxdesk.model import Message, Outcome, Thread
from cxdesk.ui.softening import SoftText, softened
from cxdesk.ui.thread.cue_text import CueText, widest
from cxdesk.ui.thread.folded_line import BundleLine, FoldedLine
from cxdesk.ui.thread.message_card import MessageCard
from cxdesk.ui.thread.mood_line import MoodLineWidget
from cxdesk.ui.thread.plan import Bundle, Line, last_customer_message, plan, turn_index

MessageWidget = FoldedLine | BundleLine | MessageCard
SIDE = 24
SIDE_NARROW = 16
NARROW = 440
AT_ONCE = 40
"""So many messages come out of a bundle at a time: more could not be read, nor laid out at once."""
_CARD_SIDES = 34  # the card's padding and border, left and right


class MessageColumn(QScrollArea):
    """Opens at the message that changed the mood, that message whole.

    The column of messages keeps its width when the scroll bar comes, whose room is the margin:
    nothing is laid out twice, and no line breaks differently.
    """

    why_asked = Signal()
    """The rule behind the mark with the keyboard is wanted."""
    harmless_asked = Signal(str)
    """These words of a customer are harmless in this trade."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thread: Thread | None = None
        self._now: datetime | None = None
        self._own_name = ""
        self._chosen: dict[int, bool] = {}
        self._outcomes: tuple[Outcome, ...] = ()
        self._set_aside: frozenset[int] = frozenset()
        self._is_soft = False
        self._widgets: dict[int, MessageWidget] = {}
        self._mood_lines: dict[int, MoodLineWidget] = {}
        self._placed_at = -1
        self._follows_end = False
        self._fitted_to = QSize()
        self._build()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Messages")
        self._page = QWidget()
        self._page.installEventFilter(self)
        self._lines = QVBoxLayout(self._page)
        self._lines.setSpacing(0)
        self.setWidget(self._page)
        bar = self.verticalScrollBar()
        bar.setSingleStep(22)
        bar.rangeChanged.connect(self._range_changed)
        bar.actionTriggered.connect(self._scrolled)

    # -------------------------------------------------------------- filling

    def show_thread(self, thread: Thread, now: datetime, own_name: str) -> None:
        """Show a conversation from its turning point; what was folded by hand is forgotten."""
        self._chosen.clear()
        self._follows_end = False
        self._outcomes = ()
        self._set_aside = frozenset()
        self._clear()
        self._take(thread, now, own_name)
        self._rebuild()
        self.to_turn()

    def update_thread(self, thread: Thread, now: datetime, own_name: str) -> None:
        """Show what became of the same conversation, without a jump."""
        self._take(thread, now, own_name)
        self._hold(self._rebuild)

    def show_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Tell above the customer's answers what our replies did."""
        if tuple(outcomes) != self._outcomes:
            self._outcomes = tuple(outcomes)
            self._hold(self._rebuild)

    def show_set_aside(self, messages: frozenset[int]) -> None:
        """Say at these messages that they could not be read."""
        if messages != self._set_aside:
            self._set_aside = messages
            self._hold(self._rebuild)

    def set_soft(self, on: bool) -> None:
        """Hide insults and swear words, or show them again."""
        if on != self._is_soft:
            self._is_soft = on
            self._hold(self._rebuild)

    def _soft(self, message: Message) -> SoftText | None:
        return softened(message) if self._is_soft else None

    def to_end(self) -> None:
        """Bring the newest message into view, and keep it there until somebody scrolls."""
        self._follows_end = True
        self._range_changed()

    def _range_changed(self) -> None:
        if self._follows_end:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _scrolled(self) -> None:
        self._follows_end = False

    def clear(self) -> None:
        """Show nothing."""
        self._thread = None
        self._clear()
        self._fit()

    def _take(self, thread: Thread, now: datetime, own_name: str) -> None:
        self._thread, self._now, self._own_name = thread, now, own_name

    def _clear(self) -> None:
        for widget in (*self._widgets.values(), *self._mood_lines.values()):
            _drop(widget)
        self._widgets.clear()
        self._mood_lines.clear()
        self._empty_layout()

    def _empty_layout(self) -> None:
        while self._lines.takeAt(0) is not None:
            pass

    def _rebuild(self) -> None:
        """Lay the column out anew; a message that did not change keeps its widget."""
        if self._thread is None:
            return
        focused, old = self.focused(), self._widgets
        self._widgets = {}
        for mood_line in self._mood_lines.values():
            _drop(mood_line)
        self._mood_lines.clear()
        self._empty_layout()
        self._lines.setEnabled(False)  # or the whole column is laid out for each widget shown
        for part in plan(self._thread, self._chosen, self._outcomes, self._own_name):
            if isinstance(part, Bundle):
                self._add_bundle(part)
            else:
                self._add(part, old.pop(part.message.id, None))
        self._lines.setEnabled(True)
        for gone in old.values():
            _drop(gone)
        self._order_focus()
        self._fit()
        if focused is not None and focused not in self._widgets.values():
            self._widgets[focused.message.id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_bundle(self, bundle: Bundle) -> None:
        line = BundleLine(bundle.messages, self._page)
        line.clicked.connect(lambda: self.open_bundle(bundle.messages))
        line.show()
        self._widgets[line.message.id] = line
        self._lines.addWidget(line)

    def _add(self, line: Line, old: MessageWidget | None) -> None:
        widget = self._widget(line, old)
        after_line = self._lines.count() == 0 or self._ends_in_line()
        if line.above:
            self._lines.addSpacing(0 if after_line else 4)
            mood_line = MoodLineWidget(line.above, self._page)
            mood_line.show()
            self._mood_lines[line.message.id] = mood_line
            self._lines.addWidget(mood_line)
        elif isinstance(widget, MessageCard):
            self._lines.addSpacing(8)
        self._widgets[line.message.id] = widget
        self._lines.addWidget(widget)

    def _ends_in_line(self) -> bool:
        last = self._lines.itemAt(self._lines.count() - 1)
        return last is not None and isinstance(last.widget(), FoldedLine | BundleLine)

    def _widget(self, line: Line, old: MessageWidget | None) -> MessageWidget:
        kind = FoldedLine if line.folded else MessageCard
        if old is not None and isinstance(old, kind) and self._shows(old, line.message):
            return old
        if old is not None:
            _drop(old)
        made = self._folded(line.message) if line.folded else self._card(line.message)
        made.ensurePolished()
        made.resize(self._page.contentsRect().width() - 2 * self._side(), made.height())
        made.show()
        return made

    def _shows(self, widget: MessageWidget, message: Message) -> bool:
        """Whether a widget shows a message as it is now."""
        if isinstance(widget, MessageCard) and widget.is_set_aside != (
            message.id in self._set_aside
        ):
            return False
        if isinstance(widget, MessageCard | FoldedLine) and widget.soft != self._soft(message):
            return False
        return widget.message == message

    def _folded(self, message: Message) -> FoldedLine:
        assert self._now is not None
        line = FoldedLine(message, self._now, self._page, soft=self._soft(message))
        line.clicked.connect(lambda: self.fold(message.id, False))
        return line

    def _card(self, message: Message) -> MessageCard:
        assert self._now is not None
        card = MessageCard(
            message,
            self._now,
            self._own_name,
            self._page,
            is_set_aside=message.id in self._set_aside,
            soft=self._soft(message),
        )
        card.fold_asked.connect(lambda: self.fold(message.id, True))
        card.why_asked.connect(self.why_asked)
        card.harmless_asked.connect(self.harmless_asked)
        card.mark_focused.connect(lambda place: self._reveal(card, place))
        return card

    def _order_focus(self) -> None:
        before: QWidget | None = None
        for widget in self._widgets.values():
            chain = [widget, *widget.findChildren(QWidget)]
            for each in chain:
                if each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    if before is not None:
                        QWidget.setTabOrder(before, each)
                    before = each

    def fold(self, message_id: int, folded: bool) -> None:
        """Fold a message to its line, or unfold it; the rest stays where it is."""
        self._chosen[message_id] = folded
        self._hold(self._rebuild)

    def open_bundle(self, messages: tuple[Message, ...]) -> None:
        """Give the last of the bundled messages a line each."""
        self._chosen |= {message.id: True for message in messages[-AT_ONCE:]}
        self._hold(self._rebuild)

    # -------------------------------------------------------------- geometry

    def _side(self) -> int:
        return SIDE_NARROW if self.width() < NARROW else SIDE

    def _fit(self) -> None:
        """Give the column its width and the height its messages need at that width."""
        side = self._side()
        most = widest("heading") + _CARD_SIDES + 2 * side
        width = min(self.width(), most)
        margins = QMargins(side, 8, side, 24)
        if margins != self._lines.contentsMargins():  # setting them asks for another layout
            self._lines.setContentsMargins(margins)
        height = self._lines.heightForWidth(width) if self._widgets else 0
        self._page.resize(width, height)
        self._lines.activate()

    def _hold(self, change: Callable[[], None]) -> None:
        """Make a change while the message at the top of the screen keeps its place."""
        bar = self.verticalScrollBar()
        was_placed = bar.value() == self._placed_at
        anchor = self._top_message()
        offset = self._widgets[anchor].y() - bar.value() if anchor is not None else 0
        change()
        if anchor is not None and anchor in self._widgets:
            bar.setValue(self._widgets[anchor].y() - offset)
        self._range_changed()
        if was_placed:
            self._placed_at = bar.value()

    def _top_message(self) -> int | None:
        """The message to hold on to: the one with the keyboard if seen, else the top one."""
        top, bottom = self.verticalScrollBar().value(), self._bottom()
        focused = self.focused()
        if focused is not None and top <= focused.y() < bottom:
            return focused.message.id
        for message_id, widget in self._widgets.items():
            if widget.y() + widget.height() > top:
                return message_id
        return None

    def _bottom(self) -> int:
        return self.verticalScrollBar().value() + self.viewport().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Until somebody scrolls, the turning message is kept whole; then the place is kept.
        untouched = self.verticalScrollBar().value() == self._placed_at
        super().resizeEvent(event)
        if self.size() == self._fitted_to:
            return  # the scroll bar came or went
        self._fitted_to = self.size()
        if untouched:
            self._fit()
            self.to_turn()
        else:
            self._hold(self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A part was unfolded inside a card: its height changed.
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest:
            self._hold(self._fit)
        return super().eventFilter(watched, event)

    # -------------------------------------------------------------- places

    def to_turn(self) -> None:
        """Scroll so that the turning message is whole, and as much of what follows as fits."""
        self._placed_at = -1
        widget = self._opening()
        if widget is None:
            return
        above = self._mood_lines.get(widget.message.id)
        top = above.y() if above else widget.y() - 8
        bar = self.verticalScrollBar()
        bar.setValue(min(bar.maximum(), top))
        self._placed_at = bar.value()

    def _opening(self) -> MessageWidget | None:
        """The message a conversation opens at: where it turned, else the customer's latest."""
        if self._thread is None:
            return None
        turn = turn_index(self._thread)
        latest = last_customer_message(self._thread)
        message = self._thread.messages[turn] if turn is not None else latest
        return self._widgets.get(message.id) if message else None

    def focused(self) -> MessageWidget | None:
        """The message that has the keyboard, itself or something in it."""
        focus = QApplication.focusWidget()
        for widget in self._widgets.values():
            if focus is not None and (widget is focus or widget.isAncestorOf(focus)):
                return widget
        return None

    def focus_message(self, message_id: int) -> None:
        """Put the keyboard on a message and bring it onto the screen."""
        widget = self._widgets.get(message_id)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(widget, widget.rect())

    def step(self, by: int) -> None:
        """Put the keyboard `by` messages further; from nowhere, at the opening message."""
        order = list(self._widgets)
        here = self.focused() or self._opening()
        if here is None:
            return
        step = by if self.focused() else 0
        place = min(max(order.index(here.message.id) + step, 0), len(order) - 1)
        self.focus_message(order[place])

    def text_at(self) -> CueText | None:
        """The text whose mark is meant: under the keyboard, else under the mouse."""
        focus = QApplication.focusWidget()
        texts = [card.text for card in self._widgets.values() if isinstance(card, MessageCard)]
        for text in texts:
            if text is focus and text.current_mark():
                return text
        return next((text for text in texts if text.current_mark()), None)

    def words_meant(self) -> str:
        """What is selected or pointed at in a customer's message, that with the keyboard first."""
        focus = QApplication.focusWidget()
        texts = [card.text for card in self._widgets.values() if isinstance(card, MessageCard)]
        found = (text.words_meant() for text in sorted(texts, key=lambda each: each is not focus))
        return next(filter(None, found), "")

    def first_marked(self) -> CueText | None:
        """The text to explain when nothing is pointed at: the focused or the opening message's."""
        widget = self.focused() or self._opening()
        text = widget.text if isinstance(widget, MessageCard) else None
        return text if text and text.marks else None

    def _reveal(self, widget: QWidget, place: QRect) -> None:
        """Scroll as little as brings this part of a message onto the screen, with some air."""
        bar = self.verticalScrollBar()
        top, bottom = widget.y() + place.top() - 12, widget.y() + place.bottom() + 12
        if top < bar.value() or place.height() > self.viewport().height():
            bar.setValue(top)
        elif bottom > self._bottom():
            bar.setValue(bottom - self.viewport().height())


def _drop(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
