"""The window's handle on the process that imports files and reads messages beside it.

Commands go down a pipe, events come back on a reader thread; a process that dies is started again
(`background_process` is what runs in it).
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import threading
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxdesk.background_process import Event, Imported, Reread, Stopped, work
from cxdesk.paths import Profile

if TYPE_CHECKING:
    from cxdesk.desk import CsvMapping

__all__ = ["Background", "Event", "Imported", "Reread", "Stopped"]

log = logging.getLogger(__name__)

RESTARTS = 5  # a process that dies more often than this in one session stays down
GONE = "The background work stopped. Restart cxdesk to go on."


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
        self._suspect: tuple[int, ...] = ()  # messages being read: what a death is laid to
        self._accused: tuple[int, ...] = ()  # the same of the death before
        self._imports: deque[tuple[Any, ...]] = deque()  # asked for and not over yet
        self._tried: tuple[Any, ...] | None = None  # the import that the last process died on
        self._opened: tuple[Any, ...] | None = None  # which conversation is looked at
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

    def opened(self, conversation_id: int) -> None:
        """An agent looks at this conversation: what is not read of it yet, or was only skimmed, is
        read before all others. Starts no process; one that starts later is told."""
        with self._changing:
            self._opened = ("opened", conversation_id)
            self._say(self._opened)

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
        arguments = (self._profile, theirs, self._suspect, self._guilty())
        process = context.Process(target=work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        if self._opened:
            self._say(self._opened)
        threading.Thread(target=self._read, args=(ours,), daemon=True).start()

    def _guilty(self) -> int | None:
        """The text that is set aside: two processes died on it, the second on it alone. One may
        have been killed for reasons of its own."""
        if len(self._suspect) == 1 and self._suspect[0] in self._accused:
            return self._suspect[0]
        return None

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
                self._accused = self._suspect
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
