"""What the author of a mail wrote in it, apart from what is quoted and from the signature.

Losing a customer's sentence is worse than showing a quoted one. So a line leaves the text only on
a sure sign; every line goes into exactly one part, unchanged; and when the signs leave no text at
all, a forwarded message counts as the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cxdesk.channels import signatures
from cxdesk.channels.quote_shapes import (
    ANSWERS_INSIDE,
    QUOTED_LINE,
    RULE,
    ends_attribution,
    field_kind,
    is_attribution,
    is_divider,
    is_short_attribution,
    may_start_attribution,
    opens_with_date,
)

_TEXT, _QUOTED, _SIGNATURE = "text", "quoted", "signature"
_LONGEST_HEAD = 14
_LONGEST_ATTRIBUTION = 3


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a mail, each in one part; `text` may be empty when nothing was written."""

    text: str
    quoted: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class _Opening:
    """Lines [start, end) that announce a quote. `is_sure`: what follows needs no ">" marks."""

    start: int
    end: int
    is_sure: bool


def split(text: str) -> Parts:
    """The parts of a mail's plain text (quotes marked by ">" or announced in words)."""
    lines = text.split("\n")
    kinds = _quotes(lines)
    _find_signatures(lines, kinds)
    if not _has(lines, kinds, _TEXT):
        kinds = _fallback(lines, kinds)
    return Parts(*(_part(lines, kinds, kind) for kind in (_TEXT, _QUOTED, _SIGNATURE)))


def _part(lines: Sequence[str], kinds: Sequence[str], kind: str) -> str:
    """The lines of one kind; runs that others interrupt are set apart by a blank line."""
    runs: list[str] = []
    for found, run in groupby(zip(lines, kinds, strict=True), key=lambda pair: pair[1]):
        if found == kind:
            joined = "\n".join(line.rstrip() for line, _ in run).strip("\n")
            runs += [joined] if joined else []
    return "\n\n".join(runs)


def _of_kind(lines: Sequence[str], kinds: Sequence[str], kind: str) -> Iterator[str]:
    return (line for line, found in zip(lines, kinds, strict=False) if found == kind)


def _has(lines: Sequence[str], kinds: Sequence[str], kind: str) -> bool:
    return any(line.strip() for line in _of_kind(lines, kinds, kind))


# ------------------------------------------------------------------ quotes


def _quotes(lines: Sequence[str]) -> list[str]:
    """Text or quoted, for each line."""
    kinds = [_QUOTED if QUOTED_LINE.match(line) else _TEXT for line in lines]
    _keep_stray_mark(lines, kinds)
    at = 0
    while at < len(lines):
        opening = _opening_at(lines, at) if kinds[at] == _TEXT and lines[at].strip() else None
        if opening is None:
            at += 1
            continue
        below = _next_filled(lines, opening.end)
        is_marked = below < len(lines) and bool(QUOTED_LINE.match(lines[below]))
        if is_marked or opening.is_sure:
            kinds[at : opening.end] = [_QUOTED] * (opening.end - at)
        if not is_marked and opening.is_sure and not _answers_inside(lines[:at]):
            kinds[at:] = [_QUOTED] * (len(lines) - at)
            break
        at = opening.end
    return kinds


def _keep_stray_mark(lines: Sequence[str], kinds: list[str]) -> None:
    """One ">" inside a paragraph, and no other in the mail, is the author's own."""
    marked = [index for index, kind in enumerate(kinds) if kind == _QUOTED]
    if len(marked) != 1 or not 0 < marked[0] < len(lines) - 1:
        return
    above, below = lines[marked[0] - 1].strip(), lines[marked[0] + 1].strip()
    if above and below and not ends_attribution(above):
        kinds[marked[0]] = _TEXT


def _answers_inside(above: Sequence[str]) -> bool:
    return any(ANSWERS_INSIDE.search(line) for line in above if len(line) < 1000)


def _next_filled(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _opening_at(lines: Sequence[str], at: int) -> _Opening | None:
    return _divider_at(lines, at) or _head_at(lines, at) or _attribution_at(lines, at)


def _divider_at(lines: Sequence[str], at: int) -> _Opening | None:
    """A dividing line, with the quoted mail's head below it when there is one."""
    announces = is_divider(lines[at])
    is_rule = not announces and bool(RULE.match(lines[at]))
    if not is_rule and not announces:
        return None
    below = _next_filled(lines, at + 1)
    end = _head_end(lines, below, 1 if announces else 3)
    if is_rule and (not end or below > at + 2):
        return None
    return _Opening(at, end or at + 1, is_sure=True)


def _head_at(lines: Sequence[str], at: int) -> _Opening | None:
    end = _head_end(lines, at, 3)
    return _Opening(at, end, is_sure=True) if end else None


def _head_end(lines: Sequence[str], at: int, needed: int) -> int:
    """The line after a block of From, Sent, To, Subject at `at`; 0 when there is none.

    From, To and Date alone are also what a traveller writes: an address or a subject must be there.
    """
    if at >= len(lines) or not field_kind(lines[at]):
        return 0
    kinds: set[str] = set()
    end = at
    for index in range(at, min(len(lines), at + _LONGEST_HEAD)):
        kind = field_kind(lines[index])
        if kind:
            kinds.add(kind)
            end = index + 1
        elif not lines[index].strip() or end < index - 1:
            break
    has_proof = "subject" in kinds or any("@" in line for line in lines[at:end])
    is_head = bool({"from", "sent"} & kinds) and has_proof and len(kinds) >= needed
    return end if is_head else 0


def _attribution_at(lines: Sequence[str], at: int) -> _Opening | None:
    """An "On … wrote:" that begins at `at`, over one to three lines."""
    for end in range(at + 1, min(len(lines), at + _LONGEST_ATTRIBUTION) + 1):
        if not ends_attribution(lines[end - 1]):
            continue
        joined = " ".join(line.strip() for line in lines[at:end])
        if end > at + 1 and not may_start_attribution(lines[at]):
            return None
        if is_attribution(joined) and not _begins_later(lines, at, end):
            return _Opening(at, end, is_sure=True)
        if is_short_attribution(joined) and end <= at + 2 and not _begins_later(lines, at, end):
            return _Opening(at, end, is_sure=False)
        return None
    return None


def _begins_later(lines: Sequence[str], at: int, end: int) -> bool:
    """Whether a shorter run of these lines is an attribution, so that line `at` is the author's."""
    return not opens_with_date(lines[at]) and any(
        is_attribution(" ".join(line.strip() for line in lines[later:end]))
        for later in range(at + 1, end)
    )


# ------------------------------------------------------------------ signatures, and nothing written


def _find_signatures(lines: Sequence[str], kinds: list[str]) -> None:
    for first, end in list(_runs(kinds, _TEXT)):
        is_later = _has(lines[:first], kinds, _TEXT)
        cut = first + signatures.start(lines[first:end], follows_text=is_later)
        kinds[cut:end] = [_SIGNATURE] * (end - cut)
        for index in range(first, cut):
            if signatures.is_footer(lines[index]):
                kinds[index] = _SIGNATURE


def _runs(kinds: Sequence[str], kind: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found, run in groupby(kinds):
        end = at + len(list(run))
        if found == kind:
            yield at, end
        at = end


def _fallback(lines: Sequence[str], kinds: list[str]) -> list[str]:
    """What to show when no words are the author's own.

    A forwarded message is then the text: somebody passed on a customer's mail. So is a mail that
    marks every line and quotes nobody. A bare reply to a marked quote stays empty.
    """
    at = _next_filled(lines, 0)
    if at == len(lines):
        return kinds
    if QUOTED_LINE.match(lines[at]):
        return kinds if _has(lines, kinds, _SIGNATURE) else [_TEXT] * len(lines)
    opening = _opening_at(lines, at)
    below = _next_filled(lines, opening.end) if opening else len(lines)
    if below == len(lines) or QUOTED_LINE.match(lines[below]):
        return kinds
    inner = _quotes(lines[below:])
    _find_signatures(lines[below:], inner)
    return kinds[:below] + inner
