"""Sets up and runs every test: `python3 scripts/test.py`.

Parts of the window are tested off-screen, a file of tests on each core (four at most); whole
stories (tests/flows) in a real window: on Linux on an X server of their own (Xvfb), so that they
never take over your screen. With CI set a missing display tool is a failure; elsewhere the stories
then run off-screen too, and say so. Arguments go to one pytest, in the real window.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import environment

STORIES = "tests/flows"
SIDE_BY_SIDE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile")


def main() -> int:
    python = str(environment.main("dev", display_tools=True))
    with display() as real:
        if sys.argv[1:]:
            return run([python, *sys.argv[1:]], real)
        parts = run(
            [python, f"--ignore={STORIES}", *SIDE_BY_SIDE], {"QT_QPA_PLATFORM": "offscreen"}
        )
        return run([python, STORIES], real) or parts


def run(command: list[str], variables: dict[str, str]) -> int:
    """pytest's exit code; `command` is Python and pytest's arguments."""
    python, *arguments = command
    done = subprocess.run(
        [python, "-m", "pytest", *arguments],
        cwd=environment.ROOT,
        env=os.environ | variables,
        check=False,
    )
    return done.returncode


@contextlib.contextmanager
def display() -> Iterator[dict[str, str]]:
    """Environment variables that put Qt's windows where tests want them."""
    if sys.platform != "linux":
        yield {}
        return
    if not shutil.which("Xvfb"):
        if os.environ.get("CI"):
            sys.exit("Xvfb is missing: the tests of the real window cannot run.")
        environment.say("no Xvfb here: the window's tests run off-screen")
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    reader, writer = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writer),
        "-screen",
        "0",
        "1600x1000x24",
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as stream:
            number = stream.readline().strip()
        if not number:
            sys.exit("Xvfb did not start: the tests of the real window cannot run.")
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
    finally:
        server.terminate()
        server.wait(timeout=10)


if __name__ == "__main__":
    sys.exit(main())
