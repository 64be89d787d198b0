"""What the language worker found in messages, and the agent's word against it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from cxdesk.errors import UserError
from cxdesk.model import (
    Analysis,
    BlameTarget,
    Changes,
    Confidence,
    Correction,
    Level,
    Mood,
    Role,
    Tier,
)
from cxdesk.store.conversations import changed
from cxdesk.store.shapes import CorrectedCase, Reading
from cxdesk.store.times import to_moment
from cxdesk.store.unread import Unread
from cxdesk.store.words import (
    ANALYSIS_COLUMNS,
    analysis_of,
    analysis_values,
    dump,
    storable,
    strings,
)

BLAMED = "blame"  # the signal of every message that blames us, whatever the cue's code
_ANALYSIS = ", ".join(f"a.{name}" for name in ANALYSIS_COLUMNS)
_SAVE = (
    f"INSERT OR REPLACE INTO analyses (message_id, tier, {', '.join(ANALYSIS_COLUMNS)})"
    f" VALUES ({', '.join('?' * (len(ANALYSIS_COLUMNS) + 2))})"
)


class Analyses(Unread):
    """Verdicts on messages, corrections, and each conversation's mood."""

    def save_analyses(self, items: Iterable[tuple[int, Analysis]], tier: Tier = Tier.DEEP) -> None:
        """Keep a tier's verdicts on customers' messages; one on a message that is gone is dropped.

        A conversation with verdicts of the fast tier is to be read again (`skimmed_conversation`).
        """

        def write(some: Iterable[tuple[int, Analysis]]) -> None:
            for message_id, analysis in some:
                if self._is_there(message_id):
                    self._save_analysis(message_id, analysis, tier)

        self._in_slices(items, write)

    def save_codes(self, items: Iterable[tuple[int, tuple[str, ...]]]) -> None:
        """Keep what review found in agents' messages."""

        def write(some: Iterable[tuple[int, tuple[str, ...]]]) -> None:
            for message_id, codes in some:
                if self._is_there(message_id):
                    self._save_codes(message_id, codes)

        self._in_slices(items, write)

    def _save_analysis(self, message_id: int, analysis: Analysis, tier: Tier) -> None:
        self._db.execute(_SAVE, (message_id, tier.value, *analysis_values(analysis)))
        if tier is Tier.FAST:
            self._db.execute(
                "UPDATE conversations SET skimmed = 1 WHERE skimmed = 0 AND id ="
                " (SELECT conversation_id FROM messages WHERE id = ?)",
                (message_id,),
            )
        self._save_signals_of(message_id, analysis)
        self._is_read(message_id)

    def _save_signals_of(self, message_id: int, analysis: Analysis) -> None:
        correction = self._correction(message_id)
        blamed = analysis.blames_company
        if correction and correction.blame_target is not None:
            blamed = correction.blame_target.is_us
        codes = {cue.code for cue in analysis.cues} | set(analysis.flags)
        self._save_signals(message_id, codes | ({BLAMED} if blamed else set()))

    def _save_codes(self, message_id: int, codes: Sequence[str]) -> None:
        self._db.execute("UPDATE messages SET codes = ? WHERE id = ?", (dump(codes), message_id))
        self._save_signals(message_id, codes)
        self._is_read(message_id)

    def _save_signals(self, message_id: int, codes: Iterable[str]) -> None:
        self._db.execute("DELETE FROM signals WHERE message_id = ?", (message_id,))
        self._db.conn.executemany(
            "INSERT OR IGNORE INTO signals (code, message_id) VALUES (?, ?)",
            [(code, message_id) for code in codes],
        )

    # ---------------------------------------------------------------- mood

    def readings(self, conversation_id: int) -> list[Reading]:
        """What each customer message read so far says of the mood, oldest first."""
        rows = self._all(
            "SELECT m.id, m.role, m.automated, c.level AS their_level, c.blame_target AS"
            f" their_target, c.id AS corrected, {_ANALYSIS} FROM messages m"
            " LEFT JOIN analyses a ON a.message_id = m.id"
            " LEFT JOIN corrections c ON c.id ="
            "   (SELECT max(id) FROM corrections WHERE message_id = m.id)"
            " WHERE m.conversation_id = ? ORDER BY m.sent_at, m.id",
            (self._living(conversation_id),),
        )
        found = (_reading(index, row) for index, row in enumerate(rows))
        return [reading for reading in found if reading is not None]

    def save_mood(
        self,
        conversation_id: int,
        mood: Mood,
        blame_target: BlameTarget,
        confidence: Confidence,
        needs_care: bool,
    ) -> Changes:
        """Keep what orders the inbox and is shown in its row. `turned_at` counts messages."""
        with self._writing():
            living = self._living(conversation_id)
            self._change(
                living,
                level=int(mood.level),
                trend=mood.trend.value,
                readings="".join(str(int(level)) for level in mood.readings),
                turned_message_id=self._message_at(living, mood.turned_at),
                turned_from=None if mood.turned_from is None else int(mood.turned_from),
                blame_target=blame_target.value,
                confidence=confidence.value,
                needs_care=int(needs_care),
            )
        return changed(conversation_id, living)

    def _message_at(self, conversation_id: int, index: int | None) -> int | None:
        """The id at an index of the thread: the index moves when an older mail comes in."""
        if index is None:
            return None
        found: int | None = self._value(
            "SELECT id FROM messages WHERE conversation_id = ?"
            " ORDER BY sent_at, id LIMIT 1 OFFSET ?",
            (conversation_id, index),
        )
        return found

    # ---------------------------------------------------------------- the agent's word

    def correct(self, message_id: int, correction: Correction) -> Changes:
        """Let the agent's word hold; every correction stays as a case for the trainer."""
        with self._writing():
            conversation_id = self._conversation_with(message_id)
            analysis = self._analysis(message_id)
            target = correction.blame_target
            self._db.table("corrections").insert(
                {
                    "message_id": message_id,
                    "level": None if correction.level is None else int(correction.level),
                    "blame_target": None if target is None else target.value,
                    "remark": storable(correction.remark),
                    "analysis": analysis and dump(analysis_values(analysis)),
                    "at": self._now_ms(),
                }
            )
            if analysis:
                self._save_signals_of(message_id, analysis)
        return changed(conversation_id)

    def corrections(self) -> list[CorrectedCase]:
        """Every correction ever made, oldest first, with the verdict it went against."""
        rows = self._all(
            "SELECT c.message_id, m.text, c.level, c.blame_target, c.remark, c.analysis, c.at"
            " FROM corrections c JOIN messages m ON m.id = c.message_id ORDER BY c.id"
        )
        return [
            CorrectedCase(
                message_id=row["message_id"],
                text=row["text"],
                correction=correction_of(row["level"], row["blame_target"], row["remark"]),
                analysis=row["analysis"] and analysis_of(json.loads(row["analysis"])),
                at=to_moment(row["at"]),
            )
            for row in rows
        ]

    def _conversation_with(self, message_id: int) -> int:
        found = self._value("SELECT conversation_id FROM messages WHERE id = ?", (message_id,))
        if found is None:
            raise UserError("This message is no longer there.")
        return int(found)

    def _analysis(self, message_id: int) -> Analysis | None:
        row = self._one(f"SELECT {_ANALYSIS} FROM analyses a WHERE message_id = ?", (message_id,))
        return None if row is None else analysis_of(row)

    def _correction(self, message_id: int) -> Correction | None:
        row = self._one(
            "SELECT level, blame_target, remark FROM corrections WHERE message_id = ?"
            " ORDER BY id DESC LIMIT 1",
            (message_id,),
        )
        return None if row is None else correction_of(*row)


def correction_of(level: int | None, blame_target: str | None, remark: str) -> Correction:
    return Correction(
        None if level is None else Level(level),
        None if blame_target is None else BlameTarget(blame_target),
        remark,
    )


def analysis_in(row: sqlite3.Row) -> Analysis | None:
    """The analysis in a joined row, where there is one."""
    if row["frustration"] is None:
        return None
    values: list[Any] = [row[name] for name in ANALYSIS_COLUMNS]
    return analysis_of(values)


def _reading(index: int, row: sqlite3.Row) -> Reading | None:
    if row["role"] != Role.CUSTOMER or row["automated"]:
        return None
    level = row["level"] if row["their_level"] is None else row["their_level"]
    if level is None:
        return None
    target = row["their_target"] or row["blame_target"] or BlameTarget.NONE
    corrected = row["corrected"] is not None
    return Reading(
        message_index=index,
        message_id=row["id"],
        level=Level(level),
        blame_target=BlameTarget(target),
        signals=_signals(row),
        confidence=Confidence.HIGH if corrected else Confidence(row["confidence"]),
    )


def _signals(row: sqlite3.Row) -> tuple[str, ...]:
    if row["flags"] is None:
        return ()
    codes = [cue[0] for cue in json.loads(row["cues"])]
    return tuple(dict.fromkeys([*strings(row["flags"]), *codes]))
