"""Which files there are to read below what a person pointed at, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cxdesk.channels import kinds, mail
from cxdesk.channels.kinds import Kind
from cxdesk.errors import UserError
from cxdesk.model import Problem

_HEAD_BYTES = 16384
_INDEX_SUFFIXES = (".msf",)
"""Thunderbird's indexes lie beside its mboxes and hold nothing of their own."""


@dataclass(frozen=True, slots=True)
class Planned:
    path: Path
    kind: Kind
    size: int


def plan(paths: Sequence[Path], now: datetime) -> tuple[list[Planned], list[Problem]]:
    """The files to read, in order, and what is none; a file given twice is read once.

    Below one given folder single mails come first, by date, so that a thread's first mail comes
    before its answers; then the other files by name. Hidden files are skipped.
    """
    files: dict[Path, Planned] = {}
    problems: list[Problem] = []
    for path in paths:
        found = [_planned(each, problems) for each in _files(path, problems)]
        mails = [each for each in found if each and each.kind is Kind.MAIL]
        others = [each for each in found if each and each.kind is not Kind.MAIL]
        for each in _by_date(mails, now) + others:
            files.setdefault(each.path.absolute(), each)
    return list(files.values()), problems


def _files(path: Path, problems: list[Problem]) -> Iterator[Path]:
    try:
        if not path.is_dir():
            yield path
            return
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(str(path), f"cannot be opened: {error.strerror or error}"))
        return
    names = {entry.name for entry in entries}
    is_maildir = {"cur", "new"} <= names
    for entry in entries:
        if is_maildir and not _belongs_to_maildir(entry):
            continue
        if not is_maildir and _is_skipped(entry):
            continue
        yield from _files(entry, problems)


def _belongs_to_maildir(entry: Path) -> bool:
    """A Maildir keeps mails in cur and new, unfinished ones in tmp, its folders in ".Name"."""
    return entry.name in ("cur", "new") or (entry.name.startswith(".") and (entry / "cur").is_dir())


def _is_skipped(entry: Path) -> bool:
    is_hidden = entry.name.startswith(".")
    is_loop = entry.is_symlink() and entry.is_dir()
    return is_hidden or is_loop or entry.suffix.lower() in _INDEX_SUFFIXES


def _planned(path: Path, problems: list[Problem]) -> Planned | None:
    try:
        if not path.is_file():
            message = "this is not a file" if path.exists() else "there is no such file or folder"
            raise UserError(message)
        return Planned(path, kinds.of(path), path.stat().st_size)
    except UserError as error:
        problems.append(Problem(str(path), str(error)))
    except OSError as error:
        problems.append(Problem(str(path), f"cannot be opened: {error.strerror or error}"))
    return None


def _by_date(mails: list[Planned], now: datetime) -> list[Planned]:
    """Single mails by their date; those without one come last, by path."""
    if len(mails) < 2:
        return mails
    return sorted(mails, key=lambda each: (_timestamp(each.path, now), each.path))


def _timestamp(path: Path, now: datetime) -> float:
    try:
        with path.open("rb") as file:
            moment = mail.date_of(file.read(_HEAD_BYTES), now)
    except OSError:
        moment = None
    return moment.timestamp() if moment else float("inf")
