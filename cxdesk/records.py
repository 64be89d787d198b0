"""The records of the command line: what goes in and out as JSON, and as words for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from cxdesk.desk import CsvMapping, View
from cxdesk.errors import UserError
from cxdesk.model import (
    Analysis,
    Correction,
    Finding,
    FoundPromise,
    ImportSummary,
    Level,
    Problem,
    Review,
)

Json = dict[str, Any]


def analysis(found: Analysis) -> Json:
    return {
        "level": int(found.level),
        "frustration": round(found.frustration, 4),
        "frustrated": found.frustrated,
        "blame": round(found.blame, 4),
        "blames_company": found.blames_company,
        "blame_target": str(found.blame_target),
        "flags": list(found.flags),
        "confidence": str(found.confidence),
        "language": found.language,
        "cues": [asdict(cue) for cue in found.cues],
    }


def review(found: Review) -> Json:
    return {
        "findings": [_finding(each) for each in found.findings],
        "good": list(dict.fromkeys(each.code for each in found.good)),
        "coverage": asdict(found.coverage),
        "score": found.score,
        "blocks": [asdict(each) for each in found.blocks],
    }


def _finding(found: Finding) -> Json:
    return {
        "code": found.code,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "reads_as": found.reads_as,
        "fixes": list(found.fixes),
        "rule": found.rule,
    }


def guidance(view: View) -> Json:
    return {
        "phase": str(view.moment.phase),
        "level": int(view.moment.level),
        "trend": str(view.moment.trend),
        "row": view.guidance.row,
        "suggestions": [
            {
                "play": each.play,
                "family": each.family,
                "text": each.text,
                "because": list(each.because),
                "open_slots": [slot.name for slot in each.open_slots],
                "limit": each.limit,
            }
            for each in view.guidance.suggestions
        ],
    } | ({"procedure": asdict(found)} if (found := view.guidance.procedure) else {})


def promises(found: Iterable[FoundPromise]) -> Json:
    return {
        "promises": [
            {
                "start": each.start,
                "end": each.end,
                "due": each.due.isoformat(timespec="seconds") if each.due else None,
                "what": each.what,
            }
            for each in found
        ]
    }


def summary(done: ImportSummary) -> Json:
    return {
        "conversations": done.conversations,
        "messages": done.messages,
        "duplicates": done.duplicates,
        "problems": [{"file": each.file, "error": _error(each)} for each in done.problems],
    }


def _error(problem: Problem) -> str:
    place = f"line {problem.line}: " if problem.line is not None else ""
    return f"{place}{problem.field + ': ' if problem.field else ''}{problem.message}"


def corrections(cases: Iterable[tuple[int, str, Correction]]) -> list[Json]:
    """One record for each message (id, text) that an agent judged otherwise, oldest first.

    A later word on the same thing takes the place of an earlier one. Whether it is frustrated is
    said by the level; an annoyed message may be or not (LABELLING.md), which leaves it open.
    """
    found: dict[int, Json] = {}
    for message_id, text, said in cases:
        empty = {"level": None, "frustrated": None, "blame_target": None}
        record = found.setdefault(message_id, {"id": message_id, "text": text} | empty)
        if said.level is not None:
            record["level"] = int(said.level)
            record["frustrated"] = None if said.level is Level.ANNOYED else said.level > Level.CALM
        if said.blame_target is not None:
            record["blame_target"] = str(said.blame_target)
    return list(found.values())


def csv_mapping(text: str) -> CsvMapping | None:
    """`text=Body,customer=From` as a mapping. Raises UserError when it is not of that form."""
    if not text:
        return None
    pairs = [[side.strip() for side in part.split("=", 1)] for part in text.split(",")]
    known = {each.name for each in fields(CsvMapping)} - {"day_first"}
    if any(len(pair) != 2 or pair[0] not in known for pair in pairs):
        raise UserError(f"--map is written text=COLUMN,…; the parts are {', '.join(sorted(known))}")
    chosen = {pair[0]: pair[1] for pair in pairs}
    if "text" not in chosen:
        raise UserError("--map must say which column is the text")
    return CsvMapping(**chosen)  # type: ignore[arg-type]  # day_first is not among the names


def explanation(found: Analysis, reviewed: Review) -> str:
    """What the app sees in a text, read as a customer's message and as a draft."""
    lines = [f"As a customer's message: {found.level.word} ({found.frustration:.2f})"]
    lines.append(f"  blames: {str(found.blame_target).replace('_', ' ')}")
    lines += [f"  “{cue.text}”  {cue.code}  {cue.rule}: {cue.why}" for cue in found.cues]
    lines.append(f"As a draft: score {reviewed.score}")
    for finding in reviewed.findings:
        lines.append(f"  “{finding.text}”  {finding.code}  {finding.rule}")
        lines.append(f"    may read as: {finding.reads_as}")
        lines += [f"    better: {fix or 'take the sentence out'}" for fix in finding.fixes]
    lines += [f"  good: “{good.text}”  {good.code}" for good in reviewed.good]
    return "\n".join(lines)
