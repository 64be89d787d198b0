"""Pictures of the real window on the demo, every view, light and dark, two sizes.

`python3 scripts/screenshots.py [FOLDER]` saves them (default: the folder screenshots); with
`--readme` those that the README shows are replaced.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environment

README = environment.ROOT / "README.md"


def main() -> int:
    python = str(environment.main("dev"))
    if "--readme" not in sys.argv[1:]:
        return take(python, Path(sys.argv[1] if sys.argv[1:] else "screenshots"))
    with tempfile.TemporaryDirectory() as folder:
        code = take(python, Path(folder))
        for shown in re.findall(r"\((resources/readme/[\w-]+\.png)\)", README.read_text("utf-8")):
            target = environment.ROOT / shown
            target.parent.mkdir(exist_ok=True)
            shutil.copy(Path(folder) / target.name, target)
    return code


def take(python: str, folder: Path) -> int:
    """Play the main job once, with its pictures in this folder; 0 when all of it happened."""
    command = [python, "-m", "cxdesk", "demo", "--screenshots", str(folder)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
