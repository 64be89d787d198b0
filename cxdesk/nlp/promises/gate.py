"""The gate: which clauses of a sentence bind us.

Where a clause may begin, a frame is tried behind each subject it may have; what fits and is not
exempt binds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cxdesk.nlp.promises import clauses
from cxdesk.nlp.promises.due import Due
from cxdesk.nlp.promises.exempt import exemption
from cxdesk.nlp.promises.frames import Frame, frames
from cxdesk.nlp.promises.subjects import subject_ends, who
from cxdesk.nlp.promises.words import words

_OPEN_ENDED = ("from", "for", "since", "after")  # no time by which anything is due


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that binds us, as offsets into its sentence.

    From the subject at `start` (the deed itself, where there is none) and the `deed`, to `end`,
    where another clause begins; its times are looked for up to `reach`. `leading` is a time that
    stands before the subject.
    """

    start: int
    deed: int
    reach: int
    end: int
    subject: str
    frame: Frame
    leading: Due | None = None

    def cut(self, end: int) -> Clause:
        """The clause, ending at `end` at the latest."""
        end = max(self.deed, min(self.end, end))
        return replace(self, end=end, reach=min(self.reach, end))


def bound_clauses(sentence: str, said: Sequence[Due]) -> list[Clause]:
    """The clauses of a sentence that bind us, in order; `said` are the times in it."""
    found: list[Clause] = []
    for start in clauses.starts(sentence, said):
        if found and _belongs_to(found[-1], sentence, start):
            continue
        clause = _clause_at(sentence, start, said)
        if clause:
            end = clauses.cut_before(sentence, start)
            found = [*(each.cut(end) for each in found), clause]
    return [each for each in found if not exemption(sentence, each.start, each.reach, each.end)]


def _belongs_to(earlier: Clause, sentence: str, start: int) -> bool:
    """Whether what begins here is only the object of a clause: "make sure [someone calls you]"."""
    if start <= earlier.deed:
        return True
    return start < earlier.end and not clauses.is_coordinated(sentence, start)


def _clause_at(sentence: str, start: int, said: Sequence[Due]) -> Clause | None:
    for frame, subject_end, deed in _fitting(sentence, start):
        end = clauses.end_of(sentence, deed, said)
        leading = clauses.leading_time(sentence, start, said)
        if leading is None and start == subject_end > 0:
            leading = clauses.opening_time(said)
        clause = Clause(
            start=start,
            deed=deed,
            reach=clauses.reach_of(sentence, deed, end),
            end=end,
            subject=sentence[start:subject_end],
            frame=frame,
            leading=leading,
        )
        if not frame.needs_time or _has_time(clause, said):
            return clause
    return None


def _has_time(clause: Clause, said: Sequence[Due]) -> bool:
    own = [each for each in said if clause.deed <= each.start < clause.reach and each.moment]
    own += [clause.leading] if clause.leading else []
    return any(each.preposition not in _OPEN_ENDED for each in own)


def _fitting(sentence: str, start: int) -> Iterator[tuple[Frame, int, int]]:
    """The frames that fit at a place, each with the end of its subject and the deed's start."""
    known = frames()
    for frame in known.bare:
        deed = frame.deed_at(sentence, start)
        if deed is not None and _may_be_bare(frame, sentence, start):
            yield frame, start, deed
    for end in subject_ends(sentence, start):
        for frame in known.behind[who(sentence[start:end], is_first=start == 0)]:
            if (deed := frame.deed_at(sentence, end)) is not None:
                yield frame, end, deed


_GOING_ON = ("will", "should")
_FIRST_ONLY = ("hoping", "doing", "back to you")


def _may_be_bare(frame: Frame, sentence: str, start: int) -> bool:
    """ "Will" without a subject begins the sentence, or goes on about somebody who may promise."""
    before = re.findall(r"[\w']+|[^\w\s]", sentence[:start].lower())
    if not before:
        return True
    if frame.name in _FIRST_ONLY:
        return not before[-1][-1].isalnum()
    if frame.name not in _GOING_ON:
        return True
    others = words().machines | words().outsiders | {"you", "if", "when", "please"}
    return before[-1] in ("and", "but", "so", ",", "–", "-") and not others & {*before}
