"""How fast the desk is: start-up, lateness of the window under load, review, lists, search, import.

`python3 scripts/bench.py [--conversations N] [--mails N] [only …]` prints one line for each figure,
beside what it should be (DESIGN 7). Times depend on the machine: compare figures of one run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import environment

environment.enter("dev")

from cxdesk.background import Background, Imported  # noqa: E402
from cxdesk.desk import Desk  # noqa: E402
from cxdesk.model import Draft, Incoming, Review, ReviewRequest, Role  # noqa: E402
from cxdesk.nlp.worker import LanguageWorker  # noqa: E402
from cxdesk.paths import Profile  # noqa: E402
from cxdesk.ui.inbox import InboxPane  # noqa: E402

SENTENCES = (
    "I ordered a lamp on Monday and it has not arrived.",
    "This is the third time I am writing about the same parcel.",
    "Could you tell me when it will be here?",
    "Your driver said he had left it with a neighbour, but nobody has it.",
    "I took the day off work and waited until eight.",
    "The page says delivered.",
    "Thank you for looking into it.",
    "You promised Wednesday and nobody came.",
    "The colour is lovely, by the way.",
    "I'd like my money back if it can't be found.",
)
DRAFT = (
    "Hi Maria, you sat at home all Wednesday and nobody came, and I'm sorry. I have your three "
    "messages open. You should have told us about the side gate. I'm calling the depot now and "
    "will write to you by eleven with news."
)


def main() -> int:
    chosen = _arguments()
    benches: dict[str, Callable[[argparse.Namespace], None]] = {
        "start": start_up,
        "window": window_under_load,
        "lists": lists_and_search,
        "import": import_speed,
    }
    for name, bench in benches.items():
        if not chosen.only or name in chosen.only:
            bench(chosen)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--mails", type=int, default=5_000)
    parser.add_argument("only", nargs="*", help="start, window, lists, import")
    return parser.parse_args()


def show(what: str, figure: str, wanted: str) -> None:
    print(f"{what:<58} {figure:>16}   wanted {wanted}", flush=True)


# ---------------------------------------------------------------- start-up

START = """
import sys, time
begun = time.perf_counter()
from pathlib import Path
from PySide6.QtWidgets import QApplication
from cxdesk import app
from cxdesk.desk import Desk
from cxdesk.paths import Profile
loaded = time.perf_counter()
application = QApplication([])
window = app.open_window(Desk.open(Profile(Path(sys.argv[1]))))
window.show()
application.processEvents()
window.grab()
painted = time.perf_counter()
print(painted - begun, painted - loaded)
window.close()
"""


def start_up(_: argparse.Namespace) -> None:
    """From the start of Python code to the first painted window with a filled list."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Profile(Path(folder)), 2_000)
        _started(folder)  # the first start ever also compiles Python code and parses YAML
        whole, painting = zip(*[_started(folder) for _ in range(5)], strict=True)
    for what, times, wanted in (
        ("start to first paint, list filled (median of 5)", whole, "< 1 s"),
        ("the part of it after everything is imported", painting, "< 0.3 s"),
    ):
        show(what, f"{statistics.median(times):.2f} s", wanted)


def _started(folder: str) -> tuple[float, float]:
    """Seconds of one start, with the byte code and the cache that every later start has."""
    kept = Path(folder)
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(kept / "bytecode"),
        "CXDESK_CACHE": str(kept / "cache"),
    }
    command = [sys.executable, "-c", START, folder]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    whole, painting = done.stdout.split()[-2:]
    return float(whole), float(painting)


# ---------------------------------------------------------------- the window under load


def window_under_load(chosen: argparse.Namespace) -> None:
    """Lateness of a 5 ms timer and review round trips while an import and its analysis run."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QElapsedTimer, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from cxdesk import app

    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        profile = Profile(Path(folder) / "profile")
        fill(profile, 500)
        window = app.open_window(Desk.open(profile))
        window.show()
        late: list[float] = []
        clock, timer = QElapsedTimer(), QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)

        def tick() -> None:
            late.append(max(0.0, clock.nsecsElapsed() / 1e6 - 5))
            clock.restart()

        timer.timeout.connect(tick)
        window.controller.import_files([write_talks(Path(folder), chosen.conversations // 5)])
        mover = QTimer(interval=100)
        mover.timeout.connect(lambda: _move(window.page.inbox))
        trips: list[float] = []
        reviews = _reviews(window.controller.worker, trips)
        clock.start()
        timer.start()
        mover.start()
        end = time.monotonic() + 20
        while time.monotonic() < end:
            application.processEvents()
            time.sleep(0.0005)
            next(reviews)
        timer.stop()
        mover.stop()
        window.close()
    show(
        "window lateness during import and analysis, p99",
        f"{percentile(late, 99):.1f} ms",
        "< 16 ms",
    )
    show("window lateness during import and analysis, p50", f"{percentile(late, 50):.2f} ms", "")
    show("review of a 40-word draft, round trip, p95", f"{percentile(trips, 95):.1f} ms", "< 15 ms")


def _move(inbox: InboxPane) -> None:
    """Go to the next row, as a person reading the list does; what is open stays open."""
    following = inbox.neighbour(1)
    if following is not None:
        inbox.select(following)


def _reviews(worker: LanguageWorker, trips: list[float]) -> Iterator[None]:
    """Ask for a review four times a second, and note how long each answer took."""
    due = time.monotonic()
    while True:
        if time.monotonic() >= due:
            due += 0.25
            begun = time.perf_counter()

            def answered(result: Review | Exception, begun: float = begun) -> None:
                if isinstance(result, Review):
                    trips.append((time.perf_counter() - begun) * 1000)

            worker.review(ReviewRequest(DRAFT), answered)
        yield


# ---------------------------------------------------------------- lists and search


def lists_and_search(chosen: argparse.Namespace) -> None:
    """Every list query, opening a conversation, search and keeping a draft, on a large store."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Profile(Path(folder))
        begun = time.perf_counter()
        messages = fill(profile, chosen.conversations, analysed=True)
        seconds = time.perf_counter() - begun
        desk = Desk.open(profile)
        show(f"store {messages} messages", f"{messages / seconds:,.0f} /s", "")
        ids = [row.id for row in desk.rows("all", limit=200)]
        jobs: dict[str, tuple[Callable[[], object], str]] = {
            "splits with counts": (desk.splits, "< 50 ms"),
            "first page in care order": (lambda: desk.rows("needs_care"), "< 50 ms"),
            "first page of all": (lambda: desk.rows("all"), "< 50 ms"),
            "open a conversation, with guidance": (
                lambda: desk.view(random.choice(ids)),
                "< 50 ms",
            ),
            "search a common word": (lambda: desk.search("parcel"), "< 50 ms"),
            "search a two-letter prefix": (lambda: desk.search("th"), "< 50 ms"),
            "search a phrase": (lambda: desk.search('"third time"'), "< 50 ms"),
            "keep a draft": (lambda: desk.keep_draft(Draft(random.choice(ids), DRAFT)), "< 20 ms"),
        }
        for what, (job, wanted) in jobs.items():
            times = [_milliseconds(job) for _ in range(40)]
            show(f"{what}, p95", f"{percentile(times, 95):.1f} ms", wanted)
        desk.close()


def _milliseconds(job: Callable[[], object]) -> float:
    begun = time.perf_counter()
    job()
    return (time.perf_counter() - begun) * 1000


# ---------------------------------------------------------------- import


def import_speed(chosen: argparse.Namespace) -> None:
    """An mbox through the real background process, and a repeat that must add nothing."""
    with tempfile.TemporaryDirectory() as folder:
        mbox = write_mbox(Path(folder), chosen.mails)
        profile = Profile(Path(folder) / "profile")
        first, seconds = _imported(profile, mbox)
        again, _ = _imported(profile, mbox)
    assert first.summary is not None
    assert again.summary is not None
    show("import an mbox", f"{first.summary.messages / seconds:,.0f} mails/s", ">= 300")
    show("messages added by a repeat", str(again.summary.messages), "0")


def _imported(profile: Profile, path: Path) -> tuple[Imported, float]:
    done: list[Imported] = []
    background = Background(profile, lambda e: done.append(e) if isinstance(e, Imported) else None)
    begun = time.perf_counter()
    background.import_files([path])
    while not done:
        time.sleep(0.01)
    seconds = time.perf_counter() - begun
    background.close()
    return done[0], seconds


# ---------------------------------------------------------------- made-up data


def fill(profile: Profile, conversations: int, *, analysed: bool = False) -> int:
    """Store so many made-up conversations of four messages; returns how many messages."""
    desk = Desk.open(profile)
    random.seed(7)
    batch: list[Incoming] = []
    messages = 0
    for number in range(conversations):
        batch += talk(number)
        if len(batch) >= 400:
            messages += desk.store.add(batch).messages
            batch.clear()
    messages += desk.store.add(batch).messages if batch else 0
    if analysed:
        _label(desk)
    desk.close()
    return messages


def _label(desk: Desk) -> None:
    """Give some conversations levels, as an analysed backlog has; all of it would take minutes."""
    for _ in range(40):
        desk.analyse_pending(50)


def talk(number: int) -> list[Incoming]:
    now = datetime.now(UTC)
    begun = now - timedelta(hours=random.random() * 2_000)
    return [
        Incoming(
            source="bench",
            external_id=f"{number}#{turn}",
            thread_keys=(f"bench-{number}",),
            role=Role.CUSTOMER if turn % 2 == 0 else Role.AGENT,
            author_name=f"Customer {number}",
            author_address=f"customer{number % 50_000}@example.com",
            recipients=("help@shop.example",),
            text=" ".join(random.sample(SENTENCES, 4)),
            sent_at=begun + timedelta(minutes=turn),
            channel="email",
            subject=f"Parcel {number}",
        )
        for turn in range(3 + number % 2)
    ]


def write_talks(folder: Path, count: int) -> Path:
    path = folder / "talks.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            messages = [
                {"role": str(each.role), "text": each.text, "time": str(each.sent_at)}
                for each in talk(number)
            ]
            file.write(
                json.dumps({"id": f"t{number}", "channel": "chat", "messages": messages}) + "\n"
            )
    return path


def write_mbox(folder: Path, count: int) -> Path:
    path = folder / "archive.mbox"
    with path.open("wb") as file:
        for number in range(count):
            mail = EmailMessage()
            mail["From"] = f"Customer {number} <customer{number}@example.com>"
            mail["To"] = "help@shop.example"
            mail["Subject"] = f"Parcel {number}"
            mail["Message-ID"] = f"<{number}@example.com>"
            mail["Date"] = datetime.now(UTC)
            mail.set_content("\n".join(random.choices(SENTENCES, k=8)))
            file.write(
                b"From customer@example.com Thu Jan  1 00:00:00 2026\n" + mail.as_bytes() + b"\n\n"
            )
    return path


def percentile(values: Sequence[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else float("nan")


if __name__ == "__main__":
    sys.exit(main())
