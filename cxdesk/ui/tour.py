"""The main job, played once in the real window: what `cxdesk demo` does where there is no display.

Types and presses keys as a person would, saves a picture of each step and prints what happened.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cxdesk.model import Level, Severity
from cxdesk.ui import theme
from cxdesk.ui.main_window import MainWindow

PATIENCE_S = 30.0
LARGE, SMALL = QSize(1280, 800), QSize(1000, 640)
BLAMING = "You should have told us about the side gate."


class TourError(RuntimeError):
    """A step of the main job did not happen in time."""


def play(window: MainWindow, folder: Path) -> int:
    """Play the main job; returns 0 when every step happened, 1 with the step's name otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    window.controller.answer_ms = 200
    tour = _Tour(window, folder)
    try:
        tour.run()
    except TourError as error:
        print(f"The desk stopped at: {error}")
        return 1
    finally:
        window.close()
    print(f"{tour.pictures} pictures are in {folder}")
    return 0


class _Tour:
    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window = window
        self._page = window.page
        self._folder = folder
        self.pictures = 0

    def run(self) -> None:
        self._window.resize(LARGE)
        self._arrive()
        self._open_maria()
        self._insert()
        self._blame()
        self._fix()
        self._views()
        self._fill_slots()
        self._send()
        self._answered()

    # ------------------------------------------------------------ steps

    def _arrive(self) -> None:
        progress = self._window.controller.desk.store.analysis_progress
        self._until(lambda: progress()[0] == progress()[1] > 0, "every message is analysed")
        rows = self._window.controller.desk.rows("needs_care")
        self._say(f"{len(rows)} conversations need care; first {rows[0].customer}")
        calm = next(r for r in self._window.controller.desk.rows("mine") if r.level == Level.CALM)
        self._page.open(calm.id)
        self._picture("calm")

    def _open_maria(self) -> None:
        rows = self._window.controller.desk.rows("all")
        self._page.open(next(r.id for r in rows if r.customer == "Maria Lopez"))
        view = self._page.view
        assert view is not None
        self._say(
            f"Maria Lopez: {view.thread.mood.level.word}, {view.thread.mood.trend}; "
            f"row {view.guidance.row}: {', '.join(s.title for s in view.guidance.suggestions)}"
        )
        self._picture("angry")

    def _insert(self) -> None:
        self._run("reply")
        self._key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        self._run("insert_1")
        self._say("Ctrl+1 inserted: " + self._text().splitlines()[-1])
        self._picture("inserted")

    def _blame(self) -> None:
        self._write(" " + BLAMING)
        self._until(self._blamed, "blame in the draft is underlined")
        words = ", ".join(f"“{each.text}”" for each in self._page.composer.findings())
        self._say(f"underlined while typing: {words}")
        self._run("fixes")
        self._picture("fixes")

    def _fix(self) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._editor, Qt.Key.Key_Return)
        self._until(lambda: not self._blamed(), "the fix is taken")
        self._say("fixed: " + self._text().splitlines()[-1])

    def _views(self) -> None:
        for name in ("dark", "contrast", "light"):
            theme.apply(name)
            self._picture(f"main-{name}")
        self._window.resize(SMALL)
        self._picture("main-small")
        theme.apply("dark")
        self._picture("main-small-dark")
        theme.apply("light")
        self._window.resize(LARGE)
        for command in ("palette", "keys"):
            self._run(command)
            self._picture(command)
            QTest.keyClick(QApplication.focusWidget() or self._window, Qt.Key.Key_Escape)
        for page in ("playbook", "settings"):
            self._window.show_page(page)
            self._picture(page)
        self._window.show_page("inbox")

    def _fill_slots(self) -> None:
        self._run("reply")
        if self._page.composer.draft().slots:
            self._run("send")
            self._until(self._page.composer.guard.isVisible, "an open field holds Send")
            self._say("Send is held by an open field")
            self._picture("open-field")
        known = self._window.controller.desk.book.slots
        for _, _, name in self._page.composer.draft().slots:
            self._page.composer.next_slot()
            QTest.keyClicks(self._editor, known[name].example)
        self._say("fields filled: " + self._text().splitlines()[-1])

    def _send(self) -> None:
        self._write(" I'm calling the depot now and will write to you by 11:00.")
        self._until(self._page.composer.reviewed, "the draft is reviewed")
        self._run("send")
        self._until(lambda: self._page.sending.can_undo, "the reply is sent and can be taken back")
        self._picture("sent")
        self._say("sent; it could be taken back with Z")
        self._page.sending.finish()

    def _answered(self) -> None:
        self._until(self._calmer, "the customer answers, calmer")
        view = self._page.view
        assert view is not None
        last = view.outcomes[-1]
        self._say(f"Maria answered: {last.before.word} → {last.after.word}")
        self._picture("answered")

    # ------------------------------------------------------------ hands and eyes

    def _run(self, command: str) -> None:
        self._window.actions_table.trigger(command)
        self._settle()

    @property
    def _editor(self) -> QWidget:
        return self._page.composer.editor

    def _write(self, words: str) -> None:
        """Type at the end of the draft, as a person would."""
        self._run("reply")
        self._key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self._editor, words)

    def _key(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        QTest.keyClick(self._editor, key, modifier)
        self._settle()

    def _text(self) -> str:
        return self._page.composer.draft().text

    def _blamed(self) -> bool:
        return any(f.severity is Severity.BLAME for f in self._page.composer.findings())

    def _calmer(self) -> bool:
        view = self._page.view
        return bool(view and view.outcomes and view.outcomes[-1].change < 0)

    def _say(self, words: str) -> None:
        print(f"- {words}", flush=True)

    def _picture(self, name: str) -> None:
        self._settle()
        self.pictures += 1
        path = self._folder / f"{self.pictures:02d}-{name}.png"
        self._window.grab().save(str(path))

    def _settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _until(self, happened: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not happened():
            if time.monotonic() > end:
                raise TourError(what)
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
            time.sleep(0.002)
