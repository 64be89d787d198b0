"""What review found, kept at its words while the agent types on, until the next review. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxdesk.model import Block, Finding, Review, Severity
from cxdesk.ui.composer.placement import Edit, moved

_GRAVEST = (Severity.BLOCK, Severity.BLAME, Severity.ADVICE)


@dataclass(frozen=True, slots=True)
class Mark:
    """An underline in the draft."""

    start: int
    end: int
    severity: Severity


class Findings:
    """Findings and blocks of the last review, moved along with later edits.

    What an edit touched is dropped: its words are no longer those that were judged. A finding whose
    words stand but whose sentence changed stays marked, yet its fixes wait for the next review.
    """

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self._blocks: list[Block] = []
        self._stale: set[Finding] = set()

    def clear(self) -> None:
        self._found, self._blocks, self._stale = [], [], set()

    def take(self, review: Review) -> None:
        """Take what this review found in the text as it is now."""
        self._found = sorted(review.findings, key=lambda each: (each.start, each.end))
        self._blocks = list(review.blocks)
        self._stale = set()

    def follow(self, edit: Edit) -> None:
        """Move everything along with an edit of the text."""
        kept = [(each, _follow_finding(each, edit)) for each in self._found]
        stale = {new for old, (new, fits) in kept if new and (old in self._stale or not fits)}
        self._found = [new for _, (new, _fits) in kept if new]
        self._stale = stale
        self._blocks = [new for each in self._blocks if (new := _follow_block(each, edit))]

    def drop(self, finding: Finding, *, everywhere: bool) -> None:
        """Take out a finding, or all its rule said in this draft; later reviews are filtered."""
        self._found = [
            each
            for each in self._found
            if each.rule != finding.rule or (each.start != finding.start and not everywhere)
        ]

    @property
    def all(self) -> tuple[Finding, ...]:
        return tuple(self._found)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every underline, findings and blocks."""
        found = [Mark(each.start, each.end, each.severity) for each in self._found]
        return (*found, *(Mark(each.start, each.end, Severity.BLOCK) for each in self._blocks))

    def has_fresh_fixes(self, finding: Finding) -> bool:
        """True while the sentence a fix would replace is still the one that was judged."""
        return finding in self._found and finding not in self._stale

    def at(self, offset: int) -> Finding | None:
        """The finding at the cursor, its ends included; of several the gravest, then shortest."""
        here = [each for each in self._found if each.start <= offset <= each.end]
        return min(here, key=lambda f: (_GRAVEST.index(f.severity), f.end - f.start), default=None)

    def near(self, offset: int) -> Finding | None:
        """The finding an agent means: at the cursor, else the last before it, else the first."""
        return self.at(offset) or _last_before(self._found, offset) or _first(self._found)

    def after(self, offset: int) -> Finding | None:
        """The next finding that begins behind `offset`, round the end if need be."""
        later = [each for each in self._found if each.start > offset]
        return _first(later) or _first(self._found)

    def before(self, offset: int) -> Finding | None:
        """The finding that begins before `offset`, round the start if need be."""
        return _last_before(self._found, offset) or (self._found[-1] if self._found else None)


def _first(found: Sequence[Finding]) -> Finding | None:
    return found[0] if found else None


def _last_before(found: Sequence[Finding], offset: int) -> Finding | None:
    earlier = [each for each in found if each.start < offset]
    return earlier[-1] if earlier else None


def _follow_finding(finding: Finding, edit: Edit) -> tuple[Finding | None, bool]:
    """The finding after an edit (None when touched), and whether its sentence is untouched."""
    if edit.start >= max(finding.end, finding.replace_end):
        return finding, True
    words = moved(finding.start, finding.end, edit)
    if words is None:
        return None, False
    sentence = moved(finding.replace_start, finding.replace_end, edit)
    start, end = sentence or words
    moved_finding = replace(
        finding, start=words[0], end=words[1], replace_start=start, replace_end=end
    )
    return moved_finding, sentence is not None


def _follow_block(block: Block, edit: Edit) -> Block | None:
    span = moved(block.start, block.end, edit)
    return replace(block, start=span[0], end=span[1]) if span else None


def reading(finding: Finding) -> str:
    """How the customer may take it: `may read as “it's my fault, then”`; empty when not known."""
    words = finding.reads_as.strip()
    if words.count('"') == 2:
        words = words.replace('"', "“", 1).replace('"', "”", 1)
    return words
