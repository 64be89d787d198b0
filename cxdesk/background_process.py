"""Inside the process beside the window: the loop that imports files and reads messages.

It opens the same database, writes in short transactions, and tells the window what changed.
`background` keeps it running.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxdesk.desk import Desk
from cxdesk.errors import UserError, without_words
from cxdesk.model import Changes, ImportSummary, Progress, Tier
from cxdesk.nlp.company_words import CompanyWords, same
from cxdesk.nlp.word_list import WordList
from cxdesk.paths import Profile
from cxdesk.understanding import Turn

if TYPE_CHECKING:
    from cxdesk.desk import CsvMapping

log = logging.getLogger(__name__)

BLIND = "Messages cannot be read for their mood: run `cxdesk doctor` to see what is missing."
PROBE = "Where is my order?"
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
    """The process died and was not started again, or it cannot read messages."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reread:
    """These conversations were read again, more thoroughly: some have another level now."""

    conversations: frozenset[int]


Event = Changes | Reread | Progress | Imported | Stopped


def work(profile: Profile, pipe: Connection, suspect: tuple[int, ...], guilty: int | None) -> None:
    """The life of the process. The one before died while it read the `suspect` messages; the
    `guilty` one is set aside. `pipe` leads to the window."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the window
    with contextlib.suppress(AttributeError, OSError):  # no nice values on Windows
        os.nice(POLITENESS)
    try:
        Worker(Desk.open(profile), pipe, suspect, guilty).run()
    except (ConnectionError, EOFError):  # the window has gone
        pass
    except Exception as error:  # its words stay out of whatever keeps our stderr
        sys.exit(without_words(error))


class Worker:
    """The loop inside the process: commands first, then the next turn of reading."""

    def __init__(
        self,
        desk: Desk,
        pipe: Connection,
        suspect: tuple[int, ...] = (),
        guilty: int | None = None,
    ) -> None:
        self._desk = desk
        self._pipe = pipe
        self._jobs: deque[tuple[Any, ...]] = deque()
        self._looked_at: int | None = None
        self._opened: list[int] = []  # conversations looked at and not all read, the last one last
        self._cancelled = False
        self._stopping = False
        self._words = CompanyWords()
        self._words_are_old = True
        self._is_blind = False
        if guilty is not None:
            self._tell(desk.understanding.set_aside(guilty))
        # After a crash the turn it died in is gone through one by one, to find the text.
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
                idle = not self._analyse(self._next_turn)

    def _listen(self, wait: float | None = 0) -> None:
        while self._pipe.poll(wait):
            command = self._pipe.recv()
            wait = 0
            if command[0] == "import":
                self._cancelled = bool(self._jobs) and self._cancelled
                self._jobs.append(command)
            elif command[0] == "opened":
                self._look_at(command[1])
            elif command[0] == "wake" and self._looked_at is not None:
                self._look_at(self._looked_at)  # what has just come may be in there
            elif command[0] == "cancel":
                self._cancelled = True
            elif command[0] == "words":
                self._words_are_old = True
            elif command[0] == "stop":
                self._stopping = self._cancelled = True

    def _look_at(self, conversation_id: int) -> None:
        self._looked_at = conversation_id
        self._opened = [each for each in self._opened if each != conversation_id]
        self._opened.append(conversation_id)

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
        """Asked between two messages of an import: the moment for who waits for a short answer."""
        self._listen()
        if self._opened and not self._cancelled:
            self._analyse(self._turn_of_opened)
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

    def _next_turn(self) -> Turn | None:
        return self._turn_of_opened() or self._desk.understanding.next_turn(self._most)

    def _turn_of_opened(self) -> Turn | None:
        while self._opened:
            with contextlib.suppress(UserError):  # it is gone
                if turn := self._desk.understanding.turn_of(self._opened[-1], self._most):
                    return turn
            self._opened.pop()
        return None

    @property
    def _most(self) -> int | None:
        return 1 if self._careful else None

    def _analyse(self, find: Callable[[], Turn | None]) -> bool:
        """Find and read one turn; False when there is none."""
        try:
            turn = None if self._is_blind else find()
            if turn is not None:
                self._tell(tuple(each.message_id for each in turn.messages))
                self._read(turn)
                self._tell(())
        except UserError:  # a full disk or a locked file: no text is to blame
            self._tell(())
            self._listen(wait=PATIENCE)
            return True
        return turn is not None

    def _read(self, turn: Turn) -> None:
        try:
            self._desk.engine.words = self._words
            changes = self._desk.understanding.read(turn)
        except UserError:
            raise
        except Exception as error:
            log.error("analysis failed: %s", without_words(error))
            self._go_carefully(turn)
        else:
            self._careful = max(0, self._careful - 1)
            self._tell(Reread(changes.conversations) if turn.again else changes)

    def _go_carefully(self, turn: Turn) -> None:
        """One by one from here; the text that fails alone is left out, and the rest goes on."""
        if not self._works(turn.tier):
            self._is_blind = True
            self._tell(Stopped(BLIND))
        elif len(turn.messages) > 1:
            self._careful = len(turn.messages)
        else:
            self._tell(self._desk.understanding.set_aside(turn.messages[0].message_id))

    def _works(self, tier: Tier) -> bool:
        """Whether a tier reads at all: where its files are missing, no text is to blame."""
        try:
            self._desk.engine.analyze([PROBE], tier)
        except Exception as error:
            log.error("the %s tier does not work: %s", tier, without_words(error))
            return False
        return True

    def _tell(self, event: Event | tuple[int, ...]) -> None:
        self._pipe.send(event)
