"""The company's harmless words in the window: listed, taken out, and both taken back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from cxdesk.background import Background
from cxdesk.model import Problem
from cxdesk.nlp.word_list import WordList
from cxdesk.nlp.worker import LanguageWorker

AGAIN = "Open conversations are read again."


class CompanyWordsDeed(QObject):
    """Changes the list and has what it changes read again, beside the window.

    `told` brings what was done and the way back; `changed` says that the list is another one.
    """

    changed = Signal()
    told = Signal(str, object)

    def __init__(
        self, words: WordList, worker: LanguageWorker, background: Background, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._list = words
        self._worker, self._background = worker, background

    def phrases(self) -> tuple[tuple[str, ...], list[Problem]]:
        """The words in force, in the order of the file, and what is wrong in it."""
        words, problems = self._list.read()
        return words.phrases, problems

    def add(self, phrase: str) -> None:
        """List a phrase. Raises UserError where it cannot be listed."""
        phrase = " ".join(phrase.split())
        if self._list.add(phrase):
            self._apply()
            self.told.emit(f"“{phrase}” is harmless now. {AGAIN}", partial(self._take_back, phrase))
        else:
            self.told.emit(f"“{phrase}” is listed already.", None)

    def remove(self, phrase: str) -> None:
        """Take a phrase out of the list. Raises UserError where the file cannot be written."""
        if self._list.remove(phrase):
            self._apply()
            self.told.emit(f"“{phrase}” counts again. {AGAIN}", partial(self._put_back, phrase))

    def _take_back(self, phrase: str) -> None:
        if self._list.remove(phrase):
            self._apply()

    def _put_back(self, phrase: str) -> None:
        if self._list.add(phrase):
            self._apply()

    def _apply(self) -> None:
        words, _ = self._list.read()
        self._worker.use_words(words)
        self._background.words_changed()
        self.changed.emit()
