"""Format, lint and types, as CI does before a test runs: `python3 scripts/check.py [--fix]`."""

from __future__ import annotations

import subprocess
import sys

import environment


def main() -> int:
    python = str(environment.main("dev"))
    fix = "--fix" in sys.argv[1:]
    commands = [
        [python, "-m", "ruff", "format", *([] if fix else ["--check"])],
        [python, "-m", "ruff", "check", *(["--fix"] if fix else [])],
        [python, "-m", "mypy"],
    ]
    codes = [
        subprocess.run(each, cwd=environment.ROOT, check=False).returncode for each in commands
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
