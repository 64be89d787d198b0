"""What the agent puts aside: hidden with a way back, listed in words, restored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from cxdesk.desk import Desk, Dismissal
from cxdesk.model import RuleCard
from cxdesk.nlp.worker import LanguageWorker
from cxdesk.overruling import UNANSWERED

_HIDDEN = {
    "once": "in this draft",
    "sentence": "wherever you write this sentence",
    "conversation": "in this conversation",
    "me": "in everything you write",
}


class HiddenHints(QObject):
    """Hides and restores hints, and asks the worker for their rules in words.

    `changed` says that the list is another one, `named` that a rule's words are known now; `told`
    brings what was done and the way back.
    """

    changed = Signal()
    named = Signal()
    told = Signal(str, object)
    _card_came = Signal(object)

    def __init__(self, desk: Desk, worker: LanguageWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._worker = desk, worker
        self._titles = {UNANSWERED: "Lists what is not answered yet"}
        self._card_came.connect(self._keep_title)

    def all(self) -> Sequence[Dismissal]:
        """What is hidden, the newest first. Rules whose words are not known yet are asked for."""
        found = self._desk.hidden_hints()
        for rule in {each.rule for each in found} - self._titles.keys():
            self._titles[rule] = ""
            self._worker.explain(rule, self._answered)
        return found

    def title(self, hint: Dismissal) -> str:
        """The rule in words, or as near to them as its name is."""
        code = hint.rule.partition(".")[0]
        return self._titles.get(hint.rule) or code.replace("_", " ").capitalize()

    def hide(self, rule: str, scope: str, conversation: int, sentence: str) -> None:
        """Put a hint aside within a scope."""
        number = self._desk.dismiss(rule, scope, conversation, sentence)
        self.changed.emit()
        self.told.emit(f"Hidden {_HIDDEN[scope]}.", partial(self._show_again, number))

    def restore(self, hint: Dismissal) -> None:
        """Show a hint again from now on."""
        self._show_again(hint.id)
        undo = partial(self._hide_again, hint)
        self.told.emit(f"“{self.title(hint)}” is shown again.", undo)

    def _show_again(self, number: int) -> None:
        self._desk.restore_hint(number)
        self.changed.emit()

    def _hide_again(self, hint: Dismissal) -> None:
        self._desk.dismiss(hint.rule, hint.scope, hint.conversation_id, hint.sentence)
        self.changed.emit()

    def _answered(self, answer: RuleCard | Exception | None) -> None:
        """On the reader thread of the worker: cross to the window's."""
        if isinstance(answer, RuleCard):
            self._card_came.emit(answer)

    def _keep_title(self, card: RuleCard) -> None:
        self._titles[card.rule] = card.title
        self.named.emit()
