"""PySide6 6.12.0 on Python 3.11 lost a reference to True at each emit and to None at each void
call, and aborted after some 500 emits or 4,000 calls. This keeps watch over the version bound."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

class Source(QObject):
    changed = Signal(bool)

app = QCoreApplication([])
source, timer, heard = Source(), QTimer(), []
source.changed.connect(heard.append)
for _ in range(5_000):
    source.changed.emit(True)
for _ in range(20_000):
    timer.setInterval(10)
assert heard == [True] * 5_000
print("alive")
"""


def test_thousands_of_emits_and_void_calls_end_well():
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "alive\n", "")
