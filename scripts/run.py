"""From a bare machine with Python to the desk on demo conversations: `python3 scripts/run.py`.

Arguments go to `cxdesk`: `python3 scripts/run.py import MAILBOX`. Without any, the demo opens;
where there is no display it plays the main job off-screen once and says where the pictures are.
"""

from __future__ import annotations

import subprocess
import sys

import environment


def main() -> int:
    python = environment.main()
    arguments = sys.argv[1:] or ["demo"]
    return subprocess.run([str(python), "-m", "cxdesk", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
