"""The decision table: what to offer first and what to hold back, as data (GUIDANCE 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cxdesk import paths
from cxdesk.errors import UserError
from cxdesk.model import Fault, Moment, Phase, Problem, Trend
from cxdesk.playbook.fields import Fields
from cxdesk.playbook.located import UnreadableError, read_yaml
from cxdesk.playbook.play import NEEDS, Play

_WHEN = frozenset(
    {"phases", "level", "trend", "fault", "signals_any", "signals_all", "signals_none", "intents"}
    | {"min_failures", "min_apologies", "min_abuse", "solved", "asks", "apology_spent"}
)
_ROW = frozenset(
    {"id", "when", "suggest", "hold", "admits_fault", "form", "basis", "because", "held", "silence"}
)


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a moment. An empty set asks nothing."""

    phases: frozenset[Phase] = frozenset()
    levels: tuple[int, int] = (0, 4)
    trends: frozenset[Trend] = frozenset()
    faults: frozenset[Fault] = frozenset()
    any_of: frozenset[str] = frozenset()
    all_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    intents: frozenset[str] = frozenset()
    min_failures: int = 0
    min_apologies: int = 0
    min_abuse: int = 0
    solved: bool | None = None
    asks: bool | None = None
    apology_spent: bool | None = None

    def holds(self, moment: Moment) -> bool:
        return self._time_fits(moment) and self._words_fit(moment) and self._counts_fit(moment)

    def _time_fits(self, moment: Moment) -> bool:
        return (
            (not self.phases or moment.phase in self.phases)
            and self.levels[0] <= moment.level <= self.levels[1]
            and (not self.trends or moment.trend in self.trends)
            and (not self.faults or moment.fault in self.faults)
            and self.solved in (None, is_resolved(moment))
        )

    def _words_fit(self, moment: Moment) -> bool:
        return (
            (not self.any_of or bool(self.any_of & moment.signals))
            and self.all_of <= moment.signals
            and not self.none_of & moment.signals
            and (not self.intents or bool(self.intents & moment.intents))
            and self.asks in (None, bool(moment.asks))
        )

    def _counts_fit(self, moment: Moment) -> bool:
        return (
            moment.failures >= self.min_failures
            and moment.apologies >= self.min_apologies
            and moment.abuse_count >= self.min_abuse
            and self.apology_spent in (None, is_apology_spent(moment))
        )


def is_resolved(moment: Moment) -> bool:
    """True when the agent says it is solved or the customer says it works."""
    return moment.solved or "recovery" in moment.signals


def is_apology_spent(moment: Moment) -> bool:
    """One apology for each failure of ours, no more (fixed limit a)."""
    return 0 < moment.apologies >= moment.failures


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a need gets no play, and what would open it."""

    because: str
    opens_when: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table, or a fixed limit. `suggest` and `hold` name plays and families.

    Plays of `if_called_for` and of a family are offered only where the customer's words fit them.
    """

    id: str
    when: Condition
    suggest: tuple[str, ...] = ()
    if_called_for: frozenset[str] = frozenset()
    hold: frozenset[str] = frozenset()
    holds_fault: bool = False
    because: str = ""
    form: str = ""
    basis: str = ""
    held: Mapping[str, Hold] = field(default_factory=dict)
    silence: str = ""

    def withholds(self, play: Play) -> bool:
        """A play named under suggest is offered though its family is held."""
        if play.admits_fault and self.holds_fault:
            return True
        held = play.id in self.hold or play.family in self.hold
        return held and play.id not in self.suggest

    def brings(self, play: Play) -> bool:
        """True when the row is reason enough for the play, whatever the customer's words."""
        return play.id in self.suggest and play.id not in self.if_called_for

    def place(self, play: Play) -> int | None:
        """Where the row names the play or its family; None when it does neither."""
        places = [
            self.suggest.index(name) for name in (play.id, play.family) if name in self.suggest
        ]
        return min(places, default=None)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in order: the first that holds wins. Limits hold beside whichever row does."""

    rows: tuple[Row, ...]
    limits: tuple[Row, ...] = ()

    def rows_for(self, moment: Moment) -> list[Row]:
        """The rows that hold, in order; never empty, for the last row always does."""
        return [row for row in self.rows if row.when.holds(moment)]

    def limits_on(self, moment: Moment) -> list[Row]:
        return [limit for limit in self.limits if limit.when.holds(moment)]


def read_table(path: Path) -> tuple[Table, list[Problem]]:
    """The table of a file, and what was wrong in it. Raises UserError when it has no last row.

    The last row must hold for every moment, so that there is always an answer.
    """
    problems: list[Problem] = []
    try:
        source = read_yaml(path, path.name)
    except UnreadableError as error:
        raise UserError(str(error.problem)) from error
    top = Fields(source, problems)
    top.only(("rows", "limits"))
    table = Table(*(tuple(map(_row, top.parts(name))) for name in ("rows", "limits")))
    if not table.rows or table.rows[-1].when != Condition():
        raise UserError(f"{path.name}: the last row must hold for every moment")
    return table, problems


@cache
def shipped_table() -> Table:
    """The table that comes with the program."""
    return read_table(paths.resources() / "playbook" / "table.yaml")[0]


def _row(fields: Fields) -> Row:
    fields.only(_ROW)
    suggest = fields.texts("suggest")
    return Row(
        id=fields.text("id", required=True),
        when=_condition(fields.part("when")),
        suggest=tuple(name.rstrip("?") for name in suggest),
        if_called_for=frozenset(name.rstrip("?") for name in suggest if name.endswith("?")),
        hold=frozenset(fields.texts("hold")),
        holds_fault=fields.flag("admits_fault") is False,
        because=fields.text("because"),
        form=fields.text("form"),
        basis=fields.text("basis"),
        held=_held(fields.part("held")),
        silence=fields.text("silence"),
    )


def _held(fields: Fields) -> dict[str, Hold]:
    fields.only(NEEDS)
    parts = {need: fields.part(need) for need in NEEDS if need in fields.data}
    return {need: Hold(part.text("because"), part.text("opens")) for need, part in parts.items()}


def _condition(fields: Fields) -> Condition:
    fields.only(_WHEN)
    return Condition(
        phases=fields.words("phases", Phase),
        levels=fields.span("level", 0, 4),
        trends=fields.words("trend", Trend),
        faults=fields.words("fault", Fault),
        any_of=frozenset(fields.texts("signals_any")),
        all_of=frozenset(fields.texts("signals_all")),
        none_of=frozenset(fields.texts("signals_none")),
        intents=frozenset(fields.texts("intents")),
        min_failures=fields.number("min_failures", 0) or 0,
        min_apologies=fields.number("min_apologies", 0) or 0,
        min_abuse=fields.number("min_abuse", 0) or 0,
        solved=fields.flag("solved"),
        asks=fields.flag("asks"),
        apology_spent=fields.flag("apology_spent"),
    )
