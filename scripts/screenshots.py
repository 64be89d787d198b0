"""Pictures of the real window on the demo, every view, light and dark, two sizes.

`python3 scripts/screenshots.py [FOLDER]` (default: screenshots). The README's pictures are made with
`--readme`: they replace those in `resources/readme`.
"""

from __future__ import annotations

import subprocess
import sys

import environment


def main() -> int:
    python = environment.main("dev", display_tools=True)
    readme = "--readme" in sys.argv[1:]
    rest = [each for each in sys.argv[1:] if each != "--readme"]
    folder = "resources/readme" if readme else (rest[0] if rest else "screenshots")
    command = [str(python), "-m", "cxdesk", "demo", "--screenshots", folder]
    return subprocess.run(command, cwd=environment.ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
