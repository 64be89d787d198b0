"""The process beside the window, for real: import, analysis, cancel, and its death."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cxdesk.background import Background, Event, Imported, Reread, Stopped
from cxdesk.background_process import Worker
from cxdesk.desk import Desk
from cxdesk.model import Changes, Level, Progress, Role, State, Tier
from cxdesk.nlp.engine import Engine
from cxdesk.nlp.word_list import WordList
from cxdesk.paths import Profile

PATIENCE = 60.0
BAND = "Two tickets for I Am Furious, please."
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # which ends a process at once on Windows


class Events:
    """Collects what the process tells, and waits for something."""

    def __init__(self) -> None:
        self.seen: list[Event] = []
        self._arrived = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._arrived:
            self.seen.append(event)
            self._arrived.notify_all()

    def imports(self) -> list[Imported]:
        """The imports that are over."""
        return [event for event in self.seen if isinstance(event, Imported)]

    def wait_for(self, happened: Callable[[], bool]) -> None:
        with self._arrived:
            assert self._arrived.wait_for(happened, timeout=PATIENCE)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    made = Profile(tmp_path / "profile")
    Desk.open(made).close()
    return made


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def background(profile: Profile, events: Events) -> Iterator[Background]:
    """The running process, closed at the end."""
    running = Background(profile, events)
    yield running
    running.close()


def a_talk(
    tmp_path: Path, count: int, text: str = "Your driver lost my parcel. I'm furious!"
) -> Path:
    path = tmp_path / "talk.jsonl"
    time_ = datetime(2026, 11, 1, tzinfo=UTC).isoformat()
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            message = {"role": "customer", "text": text, "time": time_}
            file.write(json.dumps({"id": f"c{number}", "messages": [message]}) + "\n")
    return path


def analysed(profile: Profile) -> tuple[int, int]:
    desk = Desk.open(profile)
    try:
        return desk.store.analysis_progress()
    finally:
        desk.close()


def test_an_import_is_stored_analysed_and_told(
    background: Background, events: Events, profile: Profile, tmp_path: Path
) -> None:
    background.import_files([a_talk(tmp_path, 60)])

    events.wait_for(lambda: any(isinstance(event, Imported) for event in events.seen))
    events.wait_for(lambda: len(_touched(events)) == 60)

    desk = Desk.open(profile)
    rows = desk.rows("needs_care")
    assert len(rows) == 60
    assert all(row.level is not None and row.level >= Level.ANGRY for row in rows)
    desk.close()


def test_a_cancelled_import_keeps_what_it_has(
    background: Background, events: Events, tmp_path: Path
) -> None:
    background.import_files([a_talk(tmp_path, 30_000)])
    events.wait_for(lambda: len(events.seen) > 0)
    background.cancel()

    events.wait_for(lambda: any(isinstance(event, Imported) for event in events.seen))

    summary = next(event for event in events.seen if isinstance(event, Imported)).summary
    assert summary is not None
    assert summary.cancelled
    assert summary.messages < 30_000


def test_a_process_that_is_killed_comes_back_and_finishes(
    background: Background, events: Events, profile: Profile, tmp_path: Path
) -> None:
    background.import_files([a_talk(tmp_path, 400)])
    events.wait_for(lambda: len(_touched(events)) > 24)

    os.kill(background.process_id, KILL)

    end = time.monotonic() + PATIENCE
    while analysed(profile)[0] < analysed(profile)[1] and time.monotonic() < end:
        time.sleep(0.1)
    done, total = analysed(profile)
    assert done == total == 400


def test_an_import_whose_process_is_killed_begins_anew_and_adds_nothing_twice(
    background: Background, events: Events, profile: Profile, tmp_path: Path
) -> None:
    background.import_files([a_talk(tmp_path, 5_000)])
    events.wait_for(lambda: any(isinstance(event, Progress) for event in events.seen))

    os.kill(background.process_id, KILL)

    events.wait_for(lambda: bool(events.imports()))
    (imported,) = events.imports()
    assert imported.summary is not None
    assert imported.summary.messages + imported.summary.duplicates == 5_000
    with contextlib.closing(Desk.open(profile)) as desk:
        assert desk.store.analysis_progress()[1] == 5_000


def test_an_import_that_its_process_dies_on_again_is_told_as_stopped(
    background: Background, events: Events, tmp_path: Path
) -> None:
    background.import_files([a_talk(tmp_path, 20_000)])
    for _ in range(2):
        events.seen.clear()
        events.wait_for(lambda: any(isinstance(event, Progress) for event in events.seen))
        os.kill(background.process_id, KILL)

    events.wait_for(lambda: bool(events.imports()))

    assert events.imports()[0].summary is None
    assert "try it again" in events.imports()[0].error


def test_an_import_can_be_cancelled_before_it_begins(
    background: Background, events: Events, tmp_path: Path
) -> None:
    background.import_files([a_talk(tmp_path, 30_000)])
    background.cancel()

    events.wait_for(lambda: bool(events.imports()))

    summary = events.imports()[0].summary
    assert summary is not None
    assert summary.cancelled


def test_an_import_knows_the_addresses_that_were_set_since_the_process_began(
    background: Background, events: Events, profile: Profile, tmp_path: Path
) -> None:
    background.import_files([])
    events.wait_for(lambda: bool(events.imports()))
    with contextlib.closing(Desk.open(profile)) as desk:
        desk.choose(replace(desk.settings, own_addresses=("us@shop.example",)))
    mail = tmp_path / "ours.eml"
    mail.write_text("From: us@shop.example\nTo: ada@home.example\nSubject: Lamp\n\nIt is sent.\n")

    background.import_files([mail])

    events.wait_for(lambda: len(events.imports()) == 2)
    with contextlib.closing(Desk.open(profile)) as desk:
        (row,) = desk.rows("all")
        assert desk.view(row.id).thread.messages[0].role is Role.AGENT


def test_company_words_change_the_verdicts_of_open_conversations(
    background: Background, events: Events, profile: Profile, tmp_path: Path
) -> None:
    background.import_files([a_talk(tmp_path, 3, BAND)])
    events.wait_for(lambda: len(_touched(events)) == 3)
    before = level_of_first(profile)
    WordList(profile.company_words).add("i am furious")
    events.seen.clear()

    background.words_changed()

    events.wait_for(lambda: len(_touched(events)) == 3)
    assert before > Level.CALM
    assert level_of_first(profile) is Level.CALM


def test_company_words_written_while_nothing_ran_are_found_at_the_start(
    profile: Profile, events: Events, tmp_path: Path
) -> None:
    first = Background(profile, events)
    first.import_files([a_talk(tmp_path, 1, BAND)])
    events.wait_for(lambda: len(_touched(events)) == 1)
    first.close()
    events.seen.clear()
    profile.company_words.write_text("words: [i am furious]", "utf-8")

    second = Background(profile, events)

    events.wait_for(lambda: len(_touched(events)) == 1)
    assert level_of_first(profile) is Level.CALM
    events.seen.clear()
    profile.company_words.write_text("words: [broken", "utf-8")
    second.words_changed()
    second.import_files([])
    events.wait_for(lambda: bool(events.imports()))
    second.close()
    assert analysed(profile) == (1, 1)
    assert level_of_first(profile) is Level.CALM


def level_of_first(profile: Profile) -> Level:
    with contextlib.closing(Desk.open(profile)) as desk:
        level = desk.rows("all")[-1].level
    assert level is not None
    return level


def test_a_process_that_is_left_waiting_starts_with_the_first_command(
    profile: Profile, events: Events
) -> None:
    waiting = Background(profile, events, at_once=False)
    assert waiting.process_id == 0

    waiting.import_files([])

    events.wait_for(lambda: any(isinstance(event, Imported) for event in events.seen))
    assert waiting.process_id
    waiting.close()


def test_a_process_that_never_started_is_not_started_by_closing(
    profile: Profile, events: Events
) -> None:
    waiting = Background(profile, events, at_once=False)

    waiting.close()
    waiting.start()

    assert waiting.process_id == 0


def _touched(events: Events) -> set[int]:
    return {
        conversation
        for event in events.seen
        if isinstance(event, Changes)
        for conversation in event.conversations
    }


def test_a_backlog_is_skimmed_then_read_again_also_by_a_process_that_was_killed(
    background: Background, events: Events, profile: Profile, tmp_path: Path
) -> None:
    background.import_files([a_talk(tmp_path, 360)])
    events.wait_for(lambda: bool(_reread(events)))
    with contextlib.closing(Desk.open(profile)) as desk:
        assert desk.store.analysis_progress() == (360, 360)

    os.kill(background.process_id, KILL)

    end = time.monotonic() + PATIENCE
    with contextlib.closing(Desk.open(profile)) as desk:
        while desk.store.skimmed_conversation() is not None and time.monotonic() < end:
            time.sleep(0.1)
        assert desk.store.skimmed_conversation() is None
        assert desk.store.set_aside_texts() == []
    assert len(_reread(events)) >= 300  # what was done when it died is seen with the next look


def test_a_solved_conversation_is_read_again_once_it_is_opened(
    background: Background, events: Events, profile: Profile, tmp_path: Path
) -> None:
    background.import_files([a_talk(tmp_path, 1)])
    events.wait_for(lambda: len(_touched(events)) == 1)
    with contextlib.closing(Desk.open(profile)) as desk:
        (row,) = desk.rows("all")
        desk.set_state(row.id, State.SOLVED)
        analysis = desk.view(row.id).thread.messages[0].analysis
        assert analysis is not None
        desk.store.save_analyses([(1, analysis)], Tier.FAST)

    background.opened(4711)
    background.opened(row.id)

    events.wait_for(lambda: _reread(events) == {row.id})


def test_where_a_tier_cannot_be_loaded_it_is_said_and_no_text_is_set_aside(
    profile: Profile, tmp_path: Path
) -> None:
    ours, theirs = multiprocessing.Pipe()
    with contextlib.closing(Desk.open(profile)) as desk:
        desk.engine = Engine(model=tmp_path / "no-model")
        desk.import_files([a_talk(tmp_path, 2)])
        worker = Worker(desk, theirs)

        assert worker._analyse(worker._next_turn)
        assert not worker._analyse(worker._next_turn)

        assert desk.store.count_pending(Role.CUSTOMER, 9) == 2
        assert desk.store.set_aside_texts() == []
    said = [ours.recv() for _ in range(3)]
    assert any(isinstance(each, Stopped) and "doctor" in each.reason for each in said)


def test_a_text_that_two_processes_died_on_is_set_aside_and_one_that_was_killed_once_is_not(
    profile: Profile,
) -> None:
    background = Background(profile, lambda _: None, at_once=False)
    guilty = []
    for died_on in ((7,), (1, 2, 3), (2,), (), (2,)):
        background._suspect = died_on
        guilty.append(background._guilty())
        background._accused = died_on

    assert guilty == [None, None, 2, None, None]


def _reread(events: Events) -> set[int]:
    return {
        conversation
        for event in list(events.seen)
        if isinstance(event, Reread)
        for conversation in event.conversations
    }
