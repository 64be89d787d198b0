"""The file of company words: a trainer writes it by hand or in the window; neither spoils it.

A word is added or taken out by one line of the file, so that comments and order stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxdesk import yaml_files
from cxdesk.errors import UserError
from cxdesk.model import Problem
from cxdesk.nlp.company_words import LONGEST, SHORTEST, CompanyWords, same, tidy
from cxdesk.yaml_files import BrokenYamlError, Trail

FIELD = "words"
MOST = 2000  # phrases; more is a dictionary rather than a company's trade
MOST_BYTES = 256 * 1024
_PLAIN = re.compile(r"[^\W\d_][\w'’ -]*")  # what YAML reads as a text without quotes, but for:
_NOT_TEXTS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_HEAD = """\
# Words that are harmless in this company's trade: technical terms, names of products and people.
# In what customers write they are read as neutral words, in any case and with a plural -s.
# One a line; in quotes where it begins with a figure or holds a sign such as : or #.
"""


class _UnreadableError(Exception):
    """A file that holds no list; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class WordList:
    """The list in a file, which need not be there yet."""

    path: Path

    def read(self) -> tuple[CompanyWords, list[Problem]]:
        """The words that can be used, and what is wrong with the others, with line and field."""
        try:
            entries = self._entries()
        except _UnreadableError as error:
            return CompanyWords(), [error.problem]
        wrong = {at: what for at, each in enumerate(entries) if (what := _wrong(each))}
        good = [each for at, each in enumerate(entries) if at not in wrong]
        if len(entries) > MOST:
            wrong[MOST] = f"more than {MOST} words; the rest is left out"
        lines = self._lines() if wrong else {}
        problems = [
            Problem(self.path.name, what, lines.get((FIELD, at)), f"{FIELD}.{at}")
            for at, what in wrong.items()
        ]
        return CompanyWords(tuple(good[:MOST])), problems

    def add(self, phrase: str) -> bool:
        """Put a phrase at the end of the list; False when it stands there already.

        Raises UserError when it cannot be listed, or the file cannot be read or written.
        """
        phrase = tidy(phrase)
        if wrong := _wrong(phrase):
            raise UserError(f"“{phrase[:LONGEST]}” cannot be listed: {wrong}.")
        entries = self._entries_to_change()
        if any(_is(each, phrase) for each in entries):
            return False
        if len(entries) >= MOST:
            raise UserError(f"{self.path.name} holds {MOST} words already.")
        self._write(self._with(phrase, len(entries)), [*entries, phrase])
        return True

    def remove(self, phrase: str) -> bool:
        """Take a phrase out of the list; False when it does not stand there.

        Raises UserError when the file cannot be read or written.
        """
        entries = self._entries_to_change()
        gone = [at for at, each in enumerate(entries) if _is(each, phrase)]
        if not gone:
            return False
        lines = self._lines()
        places = {lines.get((FIELD, at)) for at in gone}
        text = [each for at, each in enumerate(self._text(), start=1) if at not in places]
        self._write(text, [each for at, each in enumerate(entries) if at not in gone])
        return True

    # ------------------------------------------------------------ reading

    def _entries(self) -> list[Any]:
        """All entries, good or not; none where there is no file. Raises _UnreadableError."""
        try:
            if self.path.stat().st_size > MOST_BYTES:
                raise self._unreadable(f"larger than {MOST_BYTES // 1024} kB")
            data = yaml_files.load(self.path)
        except FileNotFoundError:
            return []
        except BrokenYamlError as error:
            raise self._unreadable(str(error), error.line) from error
        except UnicodeDecodeError as error:
            raise self._unreadable(f"not UTF-8 text (byte {error.start})") from error
        except OSError as error:
            raise self._unreadable(error.strerror or "cannot be opened") from error
        entries = data.get(FIELD) if isinstance(data, dict) else data
        if entries is None and (data is None or FIELD in data):
            return []
        if not isinstance(data, dict) or not isinstance(entries, list):
            raise self._unreadable("expected a list of words", 1)
        return entries

    def _unreadable(self, message: str, line: int | None = None) -> _UnreadableError:
        return _UnreadableError(Problem(self.path.name, message, line, FIELD))

    def _entries_to_change(self) -> list[Any]:
        try:
            return self._entries()
        except _UnreadableError as error:
            raise UserError(f"{error}. Mend the file first, then try again.") from error

    def _lines(self) -> dict[Trail, int]:
        """The line (from 1) of every entry; none when the file has gone meanwhile."""
        try:
            return yaml_files.lines(self.path)
        except (OSError, ValueError):
            return {}

    def _text(self) -> list[str]:
        return self.path.read_text("utf-8-sig").splitlines() if self.path.exists() else []

    # ------------------------------------------------------------ writing

    def _with(self, phrase: str, count: int) -> list[str]:
        """The file's lines with one more, after the last of `count` entries."""
        text = self._text() or _HEAD.splitlines()
        lines = self._lines()
        if count:
            after = lines.get((FIELD, count - 1), 0)
            above = text[after - 1]
            indent = above[: len(above) - len(above.lstrip())]
        else:
            after = lines.get((FIELD,), len(text) + 1)
            text[after - 1 : after] = [f"{FIELD}:"]
            indent = "  "
        return [*text[:after], f"{indent}- {_quoted(phrase)}", *text[after:]]

    def _write(self, text: Sequence[str], entries: Sequence[Any]) -> None:
        """Write these lines; where they do not read as `entries`, as in a list written on one
        line, write the comments and then the entries one by one."""
        temporary = self.path.with_suffix(".tmp.yaml")
        plain = [each for each in text if each.startswith("#")]
        plain += [f"{FIELD}:", *(f"  - {_quoted(str(each))}" for each in entries)]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            for lines in (text, plain):
                temporary.write_text("\n".join(lines) + "\n", "utf-8")
                if WordList(temporary)._reads(entries):
                    break
            temporary.replace(self.path)
        except OSError as error:
            what = error.strerror or "no reason given"
            raise UserError(f"{self.path} could not be written: {what}.") from error

    def _reads(self, entries: Sequence[Any]) -> bool:
        try:
            return self._entries() == entries
        except _UnreadableError:
            return False


def _wrong(entry: Any) -> str:
    """What keeps an entry from being used, or ""."""
    if not isinstance(entry, str):
        return f'not a text; write it in quotes: "{entry}"'
    phrase = tidy(entry)
    if not SHORTEST <= len(phrase) <= LONGEST:
        return f"{SHORTEST} to {LONGEST} characters are expected"
    if not phrase.isprintable() or not any(map(str.isalnum, phrase)):
        return "letters or figures are expected"
    return ""


def _is(entry: Any, phrase: str) -> bool:
    return isinstance(entry, str) and same(entry) == same(phrase)


def _quoted(phrase: str) -> str:
    """A phrase as YAML writes it; JSON's quotes are YAML's too."""
    if _PLAIN.fullmatch(phrase) and phrase.lower() not in _NOT_TEXTS:
        return phrase
    return json.dumps(phrase, ensure_ascii=False)
