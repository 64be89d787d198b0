"""Makes the project's own Python environment: `.venv` with exact versions, system libraries named.

Used by the other scripts, and by hand: `python3 scripts/environment.py`. Runs on a bare Python
3.11-3.13; only the standard library may be imported here.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "scripts" / "constraints.txt"
OLDEST, NEWEST = (3, 11), (3, 13)

# Library file -> Debian package. What Qt loads on Linux (xcb window included); `libxcb-shape0` is
# the one Qt's own message does not name.
WINDOW_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_PACKAGES = {
    "NotoSans-Regular.ttf": "fonts-noto-core",
    "NotoColorEmoji.ttf": "fonts-noto-color-emoji",
}
DISPLAY_TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}


def main(extra: str = "", *, display_tools: bool = False) -> Path:
    """Everything in place; the path of the environment's Python. Exits with a message otherwise."""
    check_python()
    install_system_packages(missing_packages(display_tools=display_tools))
    python = make_venv()
    install_python_packages(python, extra)
    return python


def enter(extra: str) -> None:
    """Go on in the project's own Python: a script that needs cxdesk calls this first."""
    python = main(extra)
    if Path(sys.prefix).resolve() != VENV.resolve():
        sys.exit(subprocess.run([str(python), *sys.argv], check=False).returncode)


def check_python() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        wanted = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
        sys.exit(
            f"cxdesk needs Python {wanted}; this is {sys.version.split()[0]}.\n"
            "Run this script with another Python, such as python3.12."
        )


def missing_packages(*, display_tools: bool) -> list[str]:
    """Debian packages whose library, font or tool is not on this machine (Linux only)."""
    if sys.platform != "linux":
        return []
    missing = [package for library, package in WINDOW_LIBRARIES.items() if not _can_load(library)]
    missing += [package for font, package in FONT_PACKAGES.items() if not _has_font(font)]
    if display_tools:
        missing += [package for tool, package in DISPLAY_TOOLS.items() if not shutil.which(tool)]
    if importlib.util.find_spec("ensurepip") is None and not python_in(VENV).exists():
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def install_system_packages(packages: Sequence[str]) -> None:
    """Install with apt where we may; otherwise say what to run. A missing font is only said."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and os.name == "posix" and os.geteuid() == 0:
        say(f"installing Debian packages: {' '.join(packages)}")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
        done = subprocess.run([*command, "-qq"], env=environment, check=False)
        if done.returncode == 0:
            return
    needed = [name for name in packages if not name.startswith("fonts-")]
    hint = "These system packages are missing: " + " ".join(packages)
    if shutil.which("apt-get"):
        hint += "\nInstall them with:  sudo " + " ".join(command)
    if needed:
        sys.exit(hint + "\nThen run this command again.")
    say(hint + "\n(only fonts: going on)")


def make_venv() -> Path:
    python = python_in(VENV)
    if not python.exists():
        say("making the Python environment .venv")
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    return python


def install_python_packages(python: Path, extra: str) -> None:
    """Install the project with exact versions, once for each state of the two files."""
    stamp = VENV / f"cxdesk-{extra or 'run'}.stamp"
    state = hashlib.sha256(
        (ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes()
    ).hexdigest()
    if stamp.exists() and stamp.read_text("utf-8") == state:
        return
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    say("installing Python packages (a minute or two the first time)")
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--constraint", str(CONSTRAINTS), "--editable", target]
    for attempt in (1, 2, 3):
        if subprocess.run(command, check=False).returncode == 0:
            stamp.write_text(state, "utf-8")
            return
        say(f"that did not work (try {attempt} of 3)")
        time.sleep(3 * attempt)
    sys.exit("The Python packages could not be installed. Is the package index reachable?")


def python_in(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def say(text: str) -> None:
    print(f"cxdesk set-up: {text}", file=sys.stderr, flush=True)


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_font(file_name: str) -> bool:
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    return any(next(folder.rglob(file_name), None) for folder in folders if folder.is_dir())


if __name__ == "__main__":
    print(main(" ".join(sys.argv[1:])))
