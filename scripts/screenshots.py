"""Pictures of the real window on the demo, every view, light and dark, two sizes.

`python3 scripts/screenshots.py [FOLDER]` saves them (default: the folder screenshots); with
`--readme` those that the README shows are replaced.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environment

README = environment.ROOT / "README.md"


def main() -> int:
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("screenshots"))
    parser.add_argument("--readme", action="store_true", help="replace those that the README shows")
    options = parser.parse_args()
    python = str(environment.main("dev"))
    if not options.readme:
        return take(python, options.folder)
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
