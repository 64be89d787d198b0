"""The process that does the language work, seen from the window: ask, and be called back.

spaCy never runs, nor is imported, where the window lives: one busy thread beside it would cost
14 ms of lateness, a process of lower priority costs 0.8 (measured). Jobs wait here and not in the
pipe, one is under way at a time: so a draft's review overtakes a backlog, and a review that is out
of date before its turn is dropped.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Literal, cast

from cxdesk.errors import without_words
from cxdesk.model import Analysis, Review, ReviewRequest, RuleCard, Tier
from cxdesk.nlp.company_words import CompanyWords

log = logging.getLogger(__name__)

NICENESS = 5
CHUNK = {Tier.DEEP: 2, Tier.FAST: 16}
"""Texts analysed before a waiting review gets its turn: about 15 ms of either tier. (A long mail
takes longer, and half a second at most.)"""
STARTS_A_MINUTE = 5
FIRST = "Thank you for writing to us."  # reviewed before it is ready: what a review needs is loaded
LONGEST_JOB = 60.0  # seconds; a worker that takes longer is taken for stuck
BACK_OFF = 0.1  # seconds before the second start within a minute, then twice as long each time

_Kind = Literal["review", "reread", "analyze", "explain", "words"]
_Answer = Callable[[Any], None]


class LanguageWorkerError(Exception):
    """The worker could not answer; the text says how, never with a customer's words."""


@dataclass(slots=True)
class _Job:
    kind: _Kind
    payload: Any
    answer: _Answer
    conversation: Hashable = None
    tier: Tier = Tier.DEEP
    done: list[Analysis] = field(default_factory=list)

    @property
    def turn(self) -> Any:
        """What is sent at once: a few texts of an analysis, all of anything else."""
        if self.kind != "analyze":
            return self.payload
        return self.payload[len(self.done) : len(self.done) + CHUNK[self.tier]], self.tier


class LanguageWorker:
    """Reviews drafts, analyses messages and explains rules in a process of its own.

    Callbacks run on this object's thread, each with its result or an exception. A worker that dies
    is started again; the job it died on is answered with LanguageWorkerError and not tried again.
    """

    def __init__(
        self,
        ready: Callable[[], None] | None = None,
        *,
        words: CompanyWords | None = None,
        at_once: bool = True,
    ) -> None:
        """Start the process, or else leave it to `start` and the first job; `ready` is called when
        it can work, after a restart as well. `words` are the company's harmless words."""
        self._ready = ready
        self._words = words or CompanyWords()
        self._may_start = at_once
        self._reviews: dict[Hashable, _Job] = {}
        self._rereads: dict[Hashable, _Job] = {}
        self._cards: deque[_Job] = deque()
        self._analyses: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._starts: deque[float] = deque(maxlen=STARTS_A_MINUTE)
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="language worker", daemon=True)
        self._thread.start()

    def start(self) -> None:
        """Start the process now, so that the first job need not wait for it."""
        with self._changed:
            self._may_start = True
            self._changed.notify()

    # ------------------------------------------------------------ asking, from any thread

    def review(
        self,
        request: ReviewRequest,
        answer: Callable[[Review | Exception], None],
        conversation: Hashable = None,
    ) -> None:
        """Review a draft before all other work: answered twice, by the rules and then thoroughly.

        What still waits of an older review of the same conversation is dropped and never answered.
        """
        with self._changed:
            self._rereads.pop(conversation, None)
            self._reviews.pop(conversation, None)
            self._reviews[conversation] = _Job("review", request, answer, conversation)
            self._changed.notify()

    def analyze(
        self,
        key: Hashable,
        texts: Sequence[str],
        answer: Callable[[Hashable, list[Analysis] | Exception], None],
        tier: Tier = Tier.DEEP,
    ) -> None:
        """Analyse messages, some at a time; `answer` gets `key` back with all of them.

        A tier is loaded with its first message (half a second): what is read in the background is
        read elsewhere (`cxdesk.background`), so that no review waits for it.
        """
        with self._changed:
            self._analyses.append(
                _Job("analyze", tuple(texts), lambda result: answer(key, result), tier=tier)
            )
            self._changed.notify()

    def explain(self, rule_id: str, answer: Callable[[RuleCard | Exception | None], None]) -> None:
        """Look up a rule; None when there is no such rule."""
        with self._changed:
            self._cards.append(_Job("explain", rule_id, answer))
            self._changed.notify()

    def use_words(self, words: CompanyWords) -> None:
        """Read messages with these company words from the next analysis on, restarts included."""
        with self._changed:
            self._words = words
            self._cards.append(_Job("words", words, lambda _: None))
            self._changed.notify()

    def close(self) -> None:
        """End the process; jobs that wait are not answered. May be called twice."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._stop_process()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout=5)

    @property
    def pid(self) -> int | None:
        """The process at work, if any."""
        return self._process.pid if self._process else None

    # ------------------------------------------------------------ the thread

    def _run(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._may_start or self._closing or self._has_jobs())
        if not self._closing:
            with contextlib.suppress(OSError):  # no memory for a process: the first job tries again
                self._start()
        while (job := self._next()) is not None:
            try:
                result = self._ask(job)
            except Exception as error:
                result = error if isinstance(error, LanguageWorkerError) else _hidden(error)
            if self._closing:
                return
            self._settle(job, result)

    def _next(self) -> _Job | None:
        """The job whose turn it is, waiting for one; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._has_jobs())
            if self._closing:
                return None
            for waiting in (self._reviews, self._rereads):
                if waiting:
                    return waiting.pop(next(iter(waiting)))
            return self._cards.popleft() if self._cards else self._analyses.popleft()

    def _has_jobs(self) -> bool:
        return bool(self._reviews or self._rereads or self._cards or self._analyses)

    def _ask(self, job: _Job) -> Any:
        """One job, or one turn of it, at the worker. Raises LanguageWorkerError."""
        pipe = self._living_pipe()
        try:
            pipe.send((job.kind, job.turn))
            if not pipe.poll(LONGEST_JOB):
                self._stop_process()
                raise LanguageWorkerError(f"{job.kind}: the language worker took too long")
            worked, result = pipe.recv()
        except (EOFError, OSError):
            self._stop_process()
            raise LanguageWorkerError(f"{job.kind}: the language worker stopped") from None
        if not worked:
            raise LanguageWorkerError(f"{job.kind}: {result} in the language worker")
        return result

    def _settle(self, job: _Job, result: Any) -> None:
        """Answer a job that is complete; put the rest of an analysis back in front, and have a
        draft read thoroughly unless there is a newer one."""
        if job.kind == "review" and isinstance(result, Review) and not result.thorough:
            with self._changed:
                if job.conversation not in self._reviews:
                    job.kind = "reread"
                    self._rereads[job.conversation] = job
        if job.kind == "analyze" and not isinstance(result, Exception):
            job.done += result
            if len(job.done) < len(job.payload):
                with self._changed:
                    self._analyses.appendleft(job)
                return
            result = job.done
        _call(job.answer, result)

    # ------------------------------------------------------------ the process

    def _living_pipe(self) -> Connection:
        if self._process is None or not self._process.is_alive():
            self._stop_process()
            self._start()
        if self._pipe is None:
            raise LanguageWorkerError("the language worker does not start; it is tried again later")
        return self._pipe

    def _start(self) -> None:
        """Start the process and wait until it is ready, unless it died too often of late."""
        now = time.monotonic()
        recent = [each for each in self._starts if now - each < 60]
        if len(recent) >= STARTS_A_MINUTE:
            return
        if recent:
            time.sleep(BACK_OFF * 2 ** (len(recent) - 1))
        self._starts.append(time.monotonic())
        context = multiprocessing.get_context("spawn")
        pipe, far_end = context.Pipe()
        arguments = (far_end, self._words)
        process = context.Process(target=_work, args=arguments, name="cxdesk-nlp", daemon=True)
        process.start()
        far_end.close()
        self._process, self._pipe = process, pipe
        if self._closing:
            self._stop_process()
        else:
            self._await_ready(pipe)

    def _await_ready(self, pipe: Connection) -> None:
        try:
            if not pipe.poll(LONGEST_JOB):  # said later, it would be taken for the first answer
                raise EOFError
            pipe.recv()
            if self._ready:
                _call(lambda _: cast("Callable[[], None]", self._ready)(), None)
        except (EOFError, OSError):
            if not self._closing:
                log.error("the language worker died or was stuck while it started")
            self._stop_process()

    def _stop_process(self) -> None:
        process, self._process = self._process, None
        self._pipe = None  # closed by collection: the thread may still be reading from it
        if process is not None and process.is_alive():
            process.terminate()
            process.join(timeout=2)


def _call(answer: _Answer, result: Any) -> None:
    """A callback's own mistake must not end the thread."""
    try:
        answer(result)
    except Exception as error:
        log.error("a callback failed: %s", _hidden(error))


def _hidden(error: BaseException) -> LanguageWorkerError:
    return LanguageWorkerError(without_words(error))


# ------------------------------------------------------------ in the other process


def _work(pipe: Connection, words: CompanyWords) -> None:
    """The life of the worker: one job at a time, until the window's end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the window
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    from cxdesk.nlp.engine import Engine

    engine = Engine(words)
    _attempt(engine.review, ReviewRequest(FIRST))  # what fails here is said of the first draft
    jobs: dict[str, Callable[[Any], Any]] = {
        "review": partial(engine.review, quick=True),
        "reread": engine.review,
        "analyze": lambda texts_and_tier: engine.analyze(*texts_and_tier),
        "explain": engine.explain,
        "words": partial(setattr, engine, "words"),
    }
    with contextlib.suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            kind, payload = pipe.recv()
            pipe.send(_attempt(jobs[kind], payload))


def _attempt(job: Callable[[Any], Any], payload: Any) -> tuple[bool, Any]:
    try:
        return True, job(payload)
    except Exception as error:
        return False, str(_hidden(error))
