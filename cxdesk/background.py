"""The process beside the window that imports files and analyses the backlog.

It opens the same database, writes in short transactions, and tells the window what changed. The
window keeps a `Background`: commands go down a pipe, events come back on a reader thread.
"""

from __future__ import annotations

import contextlib
import json
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxdesk.desk import Desk
from cxdesk.errors import UserError, without_words
from cxdesk.model import Changes, ImportSummary, Progress
from cxdesk.nlp.company_words import CompanyWords, same
from cxdesk.nlp.word_list import WordList
from cxdesk.paths import Profile

if TYPE_CHECKING:
    from cxdesk.desk import CsvMapping

log = logging.getLogger(__name__)

CHUNK = 24  # messages analysed between two looks at the pipe: about 20 ms of work
RESTARTS = 5  # a process that dies more often than this in one session stays down
GONE = "The background work stopped. Restart cxdesk to go on."
PATIENCE = 5.0  # seconds until a file that cannot be written to is tried again
READ_WITH = "company_words"  # the store keeps which words its verdicts were read with
POLITENESS = 10  # added to the nice value, so that the window always goes first


@dataclass(frozen=True, slots=True)
class Imported:
    """An import is over; `error` is for the person when it could not be done at all."""

    summary: ImportSummary | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The process died and was not started again."""

    reason: str


Event = Changes | Progress | Imported | Stopped


class Background:
    """The window's handle on the process. `on_event` is called on a reader thread.

    It starts at once, or else with `start` or the first command.
    """

    def __init__(
        self, profile: Profile, on_event: Callable[[Event], None], *, at_once: bool = True
    ) -> None:
        self._profile = profile
        self._on_event = on_event
        self._closing = False
        self._restarts = 0
        self._suspect: tuple[int, ...] = ()
        self._imports: deque[tuple[Any, ...]] = deque()  # asked for and not over yet
        self._tried: tuple[Any, ...] | None = None  # the import that the last process died on
        self._changing = threading.Lock()  # of the process, its pipe and the imports
        self._process: BaseProcess | None = None
        if at_once:
            self.start()

    def start(self) -> None:
        """Start the process unless it was started before."""
        with self._changing:
            if self._process is None and not self._closing:
                self._start()

    def import_files(self, files: Sequence[Path], mapping: CsvMapping | None = None) -> None:
        """Take these in; a process that dies meanwhile begins anew once: nothing comes in twice."""
        self.start()
        command = ("import", tuple(files), mapping)
        with self._changing:
            if not self._is_down:
                self._imports.append(command)
                self._say(command)
        if self._is_down:
            self._on_event(Imported(None, GONE))

    def wake(self) -> None:
        """There may be new messages to analyse."""
        self._send(("wake",))

    def words_changed(self) -> None:
        """The list of company words is another one; what it changes is read again."""
        self._send(("words",))

    def cancel(self) -> None:
        """Stop the import that is running; what it has stored stays."""
        with self._changing:
            self._tried = self._imports[0] if self._imports else None
        self._send(("cancel",))

    @property
    def process_id(self) -> int:
        return self._process.pid or 0 if self._process else 0

    def close(self) -> None:
        with self._changing:
            self._closing = True
            if self._process is None:
                return
            self._say(("stop",))
        self._process.join(timeout=2)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(timeout=2)

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (self._profile, theirs, self._suspect)
        process = context.Process(target=_main, args=arguments, daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        threading.Thread(target=self._read, args=(ours,), daemon=True).start()

    def _send(self, command: tuple[Any, ...]) -> None:
        self.start()
        with self._changing:
            self._say(command)

    def _say(self, command: tuple[Any, ...]) -> None:
        if self._process is not None:
            with contextlib.suppress(OSError):  # a dead process is restarted by the reader
                self._pipe.send(command)

    def _read(self, pipe: Connection) -> None:
        while True:
            try:
                event = pipe.recv()
            except (EOFError, OSError):
                break
            if isinstance(event, tuple):
                self._suspect = event
            elif not self._closing:
                self._note(event)
                self._on_event(event)
        self._ended()

    def _note(self, event: Event) -> None:
        if isinstance(event, Imported):
            with self._changing:
                self._imports.popleft()

    def _ended(self) -> None:
        with self._changing:
            if self._closing or self._process is None:
                return
            self._process.join(timeout=1)
            log.error("the background process ended, code %s", self._process.exitcode)
            self._restarts += 1
            lost = self._lost_imports()
            if not self._is_down:
                self._start()
                for command in self._imports:
                    self._say(command)
        for _ in range(lost):
            self._on_event(Imported(None, "The import stopped before its end; try it again."))
        if self._is_down:
            self._on_event(Stopped(GONE))

    @property
    def _is_down(self) -> bool:
        return self._restarts > RESTARTS

    def _lost_imports(self) -> int:
        """How many imports are not begun anew: one that was begun anew or cancelled before it
        died, or all where no process is left."""
        died_on = self._imports[0] if self._imports else None
        if self._is_down:
            lost = len(self._imports)
        else:
            lost = int(died_on is not None and died_on is self._tried)
        for _ in range(lost):
            self._imports.popleft()
        self._tried = died_on
        return lost


def _main(profile: Profile, pipe: Connection, suspect: tuple[int, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the window
    with contextlib.suppress(AttributeError, OSError):  # no nice values on Windows
        os.nice(POLITENESS)
    try:
        _Worker(Desk.open(profile), pipe, suspect).run()
    except (ConnectionError, EOFError):  # the window has gone
        pass
    except Exception as error:  # its words stay out of whatever keeps our stderr
        sys.exit(without_words(error))


class _Worker:
    """The loop inside the process: commands first, then the next chunk of the backlog."""

    def __init__(self, desk: Desk, pipe: Connection, suspect: tuple[int, ...]) -> None:
        self._desk = desk
        self._pipe = pipe
        self._jobs: deque[tuple[Any, ...]] = deque()
        self._cancelled = False
        self._stopping = False
        self._words = CompanyWords()
        self._words_are_old = True
        if len(suspect) == 1:
            desk.set_aside(suspect[0])
        # After a crash the chunk it died in is gone through one by one, to find the text.
        self._careful = len(suspect)

    def run(self) -> None:
        idle = False
        while not self._stopping:
            self._listen(wait=None if idle else 0)
            if self._words_are_old:
                self._take_words()
            if self._jobs:
                self._import(*self._jobs[0][1:])
                self._jobs.popleft()
                idle = False
            elif not self._stopping:
                idle = not self._analyse()

    def _listen(self, wait: float | None = 0) -> None:
        while self._pipe.poll(wait):
            command = self._pipe.recv()
            wait = 0
            if command[0] == "import":
                self._cancelled = bool(self._jobs) and self._cancelled
                self._jobs.append(command)
            elif command[0] == "cancel":
                self._cancelled = True
            elif command[0] == "words":
                self._words_are_old = True
            elif command[0] == "stop":
                self._stopping = self._cancelled = True

    def _import(self, files: tuple[Path, ...], mapping: CsvMapping | None) -> None:
        self._desk.read_settings()
        try:
            summary = self._desk.import_files(
                files,
                mapping=mapping,
                progress=self._tell,
                cancelled=self._is_cancelled,
            )
            self._tell(Imported(summary))
        except UserError as error:
            self._tell(Imported(None, str(error)))
        except (ConnectionError, EOFError):
            raise
        except Exception as error:
            what = f"The import stopped by a mistake of ours: {without_words(error)}."
            self._tell(Imported(None, what))
        self._tell(Changes(everything=True))

    def _is_cancelled(self) -> bool:
        self._listen()
        return self._cancelled

    def _take_words(self) -> None:
        """Read with the company's words from here on, and read again what they change: also what
        was written into the file while no window was open."""
        store = self._desk.store
        before = json.loads(store.meta(READ_WITH, "[]"))
        words, problems = WordList(self._desk.profile.company_words).read()
        if problems and not words.phrases:  # the file cannot be read: what held goes on
            words = CompanyWords(tuple(before))
        self._words = words
        changed = CompanyWords(tuple(set(map(same, before)) ^ set(map(same, words.phrases))))
        try:
            if changed.phrases:
                store.read_again(lambda text: bool(changed.spans(text)))
                store.set_meta(READ_WITH, json.dumps(words.phrases))
            self._words_are_old = False
        except UserError:  # a full disk or a locked file; tried again
            self._listen(wait=PATIENCE)

    def _analyse(self) -> bool:
        """Analyse one chunk; False when nothing is left."""
        limit = 1 if self._careful else CHUNK
        pending = [each.message_id for each in self._desk.store.pending_analysis(limit)]
        if not pending:
            return False
        self._tell(tuple(pending))
        self._desk.engine.words = self._words
        try:
            changes = self._desk.analyse_pending(limit)
        except UserError:  # a full disk or a locked file: no text is to blame
            self._tell(())
            self._listen(wait=PATIENCE)
            return True
        except Exception as error:
            log.error("analysis failed: %s", without_words(error))
            changes = self._go_carefully(pending)
        else:
            self._careful = max(0, self._careful - 1)
        self._tell(())
        self._tell(changes)
        return True

    def _go_carefully(self, pending: list[int]) -> Changes:
        """One by one from here; the text that fails alone is left out, and the rest goes on."""
        if len(pending) > 1:
            self._careful = len(pending)
        else:
            self._desk.set_aside(pending[0])
        return Changes()

    def _tell(self, event: Event | tuple[int, ...]) -> None:
        self._pipe.send(event)
