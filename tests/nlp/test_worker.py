"""The language worker with its real process: order, restarts, and what a crash costs."""

import os
import queue
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from cxdesk.model import Analysis, Level, ReviewRequest, RuleCard
from cxdesk.nlp import worker as module
from cxdesk.nlp.company_words import CompanyWords
from cxdesk.nlp.worker import LanguageWorker, LanguageWorkerError

WAIT = 60  # seconds; a start takes two, more on a busy machine


class Answers:
    """Callbacks that note what they were called with, in order."""

    def __init__(self) -> None:
        self._queue: queue.Queue[tuple[str, Any]] = queue.Queue()

    def named(self, name: str) -> Any:
        return lambda *result: self._queue.put((name, result[-1]))

    def next(self) -> tuple[str, Any]:
        return self._queue.get(timeout=WAIT)


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture(scope="module")
def steady() -> Iterator[LanguageWorker]:
    """A worker that no test harms: a start takes seconds on a busy machine."""
    worker = LanguageWorker()
    yield worker
    worker.close()


@pytest.fixture
def worker(answers: Answers) -> Iterator[LanguageWorker]:
    """A worker that is ready, and may be killed."""
    worker = LanguageWorker(ready=lambda: answers.named("ready")(None))
    assert answers.next()[0] == "ready"
    yield worker
    worker.close()


def kill(worker: LanguageWorker) -> None:
    assert worker.pid
    os.kill(worker.pid, signal.SIGKILL)


def test_company_words_hold_from_the_start_when_they_change_and_after_a_crash(
    answers: Answers,
) -> None:
    text = "Two tickets for I Am Furious, please."
    levels = []

    def note() -> None:
        worker.analyze(1, [text], answers.named("analysis"))
        levels.append(answers.next()[1][0].level)

    worker = LanguageWorker(words=CompanyWords(("dead pixel",)))
    note()
    worker.use_words(CompanyWords(("dead pixel", "I am furious")))
    note()
    kill(worker)
    worker.explain("none", answers.named("lost"))
    answers.next()
    note()
    worker.close()

    assert levels[0] > Level.CALM
    assert levels[1:] == [Level.CALM, Level.CALM]


def test_messages_go_in_and_verdicts_come_back(steady: LanguageWorker, answers: Answers) -> None:
    texts = ["You lost my parcel and I am furious!", "Thank you so much."] * 20

    steady.analyze(7, texts, answers.named("analysis"))

    _, result = answers.next()
    assert [each.level >= Level.ANGRY for each in result] == [True, False] * 20
    assert all(isinstance(each, Analysis) for each in result)


def test_a_rule_is_explained_and_an_unknown_one_is_none(
    steady: LanguageWorker, answers: Answers
) -> None:
    steady.explain("churn.leaving", answers.named("card"))
    steady.explain("no.such-rule", answers.named("none"))

    _, card = answers.next()
    assert isinstance(card, RuleCard)
    assert card.flag
    assert answers.next() == ("none", None)


def test_a_review_goes_ahead_of_a_backlog(steady: LanguageWorker, answers: Answers) -> None:
    steady.analyze(1, ["Where is my order? " * 50] * 600, answers.named("backlog"))
    steady.review(ReviewRequest("You should have read the terms."), answers.named("review"))

    assert [answers.next()[0] for _ in range(3)] == ["review", "review", "backlog"]


def test_a_waiting_review_is_dropped_for_a_newer_one_of_its_conversation(
    steady: LanguageWorker, answers: Answers
) -> None:
    request = ReviewRequest("We are sorry.")
    with steady._changed:  # the thread waits while all three are asked
        steady.review(replace(request, revision=1), answers.named("stale"), conversation=1)
        steady.review(replace(request, revision=9), answers.named("other"), conversation=2)
        steady.review(replace(request, revision=2), answers.named("fresh"), conversation=1)

    assert [answers.next()[0], answers.next()[0]] == ["other", "fresh"]


def test_the_job_a_worker_dies_on_is_answered_and_the_next_one_works(
    worker: LanguageWorker, answers: Answers
) -> None:
    worker.analyze(1, ["a very secret word " * 200] * 5000, answers.named("died"))
    worker.explain("churn.leaving", answers.named("began"))  # answered between two chunks
    assert answers.next()[0] == "began"
    kill(worker)
    worker.explain("churn.leaving", answers.named("after"))

    name, error = answers.next()
    assert name == "died"
    assert isinstance(error, LanguageWorkerError)
    assert "secret" not in str(error)
    assert answers.next()[0] == "ready"
    assert answers.next()[0] == "after"


def test_a_worker_that_died_at_rest_is_started_for_the_next_job(
    worker: LanguageWorker, answers: Answers
) -> None:
    process = worker._process
    kill(worker)
    assert process is not None
    process.join(WAIT)

    worker.analyze(1, ["Thanks"], answers.named("analysis"))

    assert answers.next()[0] == "ready"
    assert isinstance(answers.next()[1], list)


def test_a_worker_that_keeps_dying_is_left_alone_for_a_while(
    worker: LanguageWorker, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STARTS_A_MINUTE", 1)
    process = worker._process
    kill(worker)
    assert process is not None
    process.join(WAIT)

    worker.explain("churn.leaving", answers.named("refused"))

    name, error = answers.next()
    assert name == "refused"
    assert isinstance(error, LanguageWorkerError)


def test_a_failing_callback_does_not_stop_the_worker(
    steady: LanguageWorker, answers: Answers
) -> None:
    def fails(_: object) -> None:
        raise RuntimeError("of the window")

    steady.explain("churn.leaving", fails)
    steady.explain("churn.leaving", answers.named("card"))

    assert answers.next()[0] == "card"


def test_closing_ends_the_process(answers: Answers) -> None:
    worker = LanguageWorker(ready=lambda: answers.named("ready")(None))
    answers.next()
    process = worker._process
    assert process is not None

    worker.close()
    worker.close()

    assert not process.is_alive()


def test_a_worker_is_closed_while_it_still_starts() -> None:
    LanguageWorker().close()


def test_a_worker_that_is_left_waiting_starts_with_its_first_job(answers: Answers) -> None:
    worker = LanguageWorker(at_once=False)
    assert worker.pid is None

    worker.explain("churn.leaving", answers.named("card"))

    assert answers.next()[0] == "card"
    worker.close()


def test_a_worker_that_is_left_waiting_is_started_or_closed(answers: Answers) -> None:
    waiting, started = (
        LanguageWorker(at_once=False),
        LanguageWorker(ready=lambda: answers.named("ready")(None), at_once=False),
    )

    started.start()
    waiting.close()

    assert answers.next()[0] == "ready"
    assert waiting.pid is None
    started.close()


def test_the_window_can_import_the_worker_without_spacy() -> None:
    code = (
        "import sys, cxdesk.nlp, cxdesk.nlp.worker, cxdesk.nlp.mood;"
        "sys.exit('spacy' in sys.modules or 'thinc' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
