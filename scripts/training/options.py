"""What every script that trains is asked and says: where the data is, where the result goes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import labelled

from cxdesk import paths


def parser(doc: str, into: str) -> argparse.ArgumentParser:
    """`--data` and `--out`, which is a folder of the resources unless told otherwise."""
    asked = argparse.ArgumentParser(description=doc.splitlines()[0])
    out = paths.resources() / into
    asked.add_argument(
        "--data", type=Path, default=labelled.DATA, help="folder of labelled JSONL files"
    )
    asked.add_argument("--out", type=Path, default=out, help="where the result goes")
    return asked


def say(text: str) -> None:
    """Tell how far it is, beside whatever is printed as the result."""
    print(text, file=sys.stderr, flush=True)
