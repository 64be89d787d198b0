"""format=flowed (RFC 3676): soft line breaks undone, so that a paragraph is one line again."""

from __future__ import annotations


def unwrap(text: str, *, delete_space: bool = False) -> str:
    """`text` with flowed lines joined within one quote depth; quoting stays marked by ">".

    `delete_space` is the parameter DelSp=yes: the space of a soft break is no part of the text.
    """
    lines: list[str] = []
    open_depth: int | None = None
    for raw in text.split("\n"):
        depth, line = _unquoted(raw)
        is_signature = line in ("-- ", "--")
        flows = line.endswith(" ") and not is_signature
        shown = line[:-1] if flows and delete_space else line
        if open_depth == depth and not is_signature:
            lines[-1] += shown
        else:
            lines.append((">" * depth + " " if depth else "") + shown)
        open_depth = depth if flows else None
    return "\n".join(lines)


def _unquoted(line: str) -> tuple[int, str]:
    rest = line.lstrip(">")
    return len(line) - len(rest), rest.removeprefix(" ")
