"""Which column of a table is what: chosen by the person, or guessed from names and contents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cxdesk.channels.table_format import column_names, rows, sniff
from cxdesk.errors import UserError

_SAMPLE_ROWS = 200
_SHOWN_ROWS = 20
_SHORTEST_MESSAGE = 20
"""Mean characters of a column without a telling name that may still be the messages."""

# Names as exports use them, letters only; earlier ones win. Fits Zendesk, Freshdesk, Chatwoot,
# Customer-Support-on-Twitter and hand-made sheets in six languages.
_NAMES: Mapping[str, str] = {
    "text": "text messagetext messagebody messagecontent customermessage message body content "
    "comment comments description ticketdescription feedback review complaint question tweet "
    "transcript nachricht nachrichtentext kommentar beschreibung mensaje comentario mensagem "
    "messaggio bericht texte texto testo",
    "customer": "customername customer requestername requester clientname client contactname "
    "contact fullname name fromname from sendername sender authorname author authorid username "
    "user kundenname kunde nomclient nom cliente nombre nome klant",
    "address": "customeremail requesteremail contactemail emailaddress fromemail fromaddress "
    "senderemail authoremail email mail customeraddress address emailadresse correo "
    "courriel",
    "time": "sentat createdat receivedat timestamp datetime createdtime created sent received "
    "date time datum zeit erstelltam fecha data dateheure tijd",
    "subject": "subject title ticketsubject topic summary betreff asunto objet oggetto assunto "
    "onderwerp",
    "conversation": "conversationid conversation ticketid ticketnumber ticket caseid casenumber "
    "case threadid thread chatid dialogueid sessionid vorgang conversacion",
    "role": "role senderrole authorrole sendertype authortype direction inbound speaker "
    "participant rolle rol",
}
_AGENT_VALUES = (
    "agent agents support staff outbound outgoing out operator representative rep employee admin "
    "company advisor teammate mitarbeiter agente"
)
_NO_VALUES = ("false", "no", "0")


@dataclass(frozen=True, slots=True)
class CsvMapping:
    """Column names for each part of a message, "" where the table has none.

    `agent_value` is what the role column holds for the company's own messages. `day_first` settles
    dates such as 03/04/2026 where the column itself does not.
    """

    text: str
    customer: str = ""
    address: str = ""
    time: str = ""
    subject: str = ""
    conversation: str = ""
    role: str = ""
    agent_value: str = "agent"
    day_first: bool | None = None

    def columns(self) -> tuple[str, ...]:
        """The columns that must be in the table."""
        chosen = (self.text, self.customer, self.address, self.time, self.subject,
                  self.conversation, self.role)  # fmt: skip
        return tuple(name for name in chosen if name)


@dataclass(frozen=True, slots=True)
class CsvPreview:
    """What the mapping step shows: columns, the first rows, and a guess when one is safe."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: CsvMapping | None
    encoding: str
    delimiter: str


def csv_preview(path: Path) -> CsvPreview:
    """The first rows of a table and a guessed mapping. Raises UserError when it cannot be read."""
    try:
        form = sniff(path)
        sample = [row.cells for row in islice(rows(path, form), _SAMPLE_ROWS + 1) if row.cells]
    except (OSError, UnicodeError) as error:
        raise UserError(f"{path.name} cannot be read: {error}") from error
    if not sample:
        raise UserError(f"{path.name} is empty; the first row must name the columns")
    columns = column_names(sample[0])
    body = [_fitted(cells, len(columns)) for cells in sample[1:]]
    return CsvPreview(
        columns, tuple(body[:_SHOWN_ROWS]), guess(columns, body), form.encoding, form.delimiter
    )


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells[:width], *[""] * (width - len(cells)))


def guess(columns: Sequence[str], body: Sequence[Sequence[str]]) -> CsvMapping | None:
    """A mapping from column names and sample rows; None when no column is surely the messages."""
    by_name = {re.sub(r"[\W\d_]+", "", name).lower(): name for name in reversed(columns)}
    found: dict[str, str] = {}
    for part, names in _NAMES.items():
        column = next((by_name[name] for name in names.split() if name in by_name), "")
        found[part] = "" if column in found.values() else column
    if not found["text"]:
        found["text"] = _longest_column(columns, body, set(found.values()))
    if not found["text"]:
        return None
    values = _column(columns, body, found["role"]) if found["role"] else []
    return CsvMapping(
        found["text"],
        found["customer"],
        found["address"],
        found["time"],
        found["subject"],
        found["conversation"],
        found["role"],
        _agent_value(values),
    )


def _column(columns: Sequence[str], body: Sequence[Sequence[str]], name: str) -> list[str]:
    index = columns.index(name)
    return [row[index] for row in body]


def _longest_column(columns: Sequence[str], body: Sequence[Sequence[str]], taken: set[str]) -> str:
    """The one column whose cells read like messages: long on average, with spaces."""
    means = {
        name: sum(map(len, cells)) / len(cells)
        for name in columns
        if name not in taken
        and (cells := [cell for cell in _column(columns, body, name) if cell])
        and sum(" " in cell for cell in cells) * 2 > len(cells)
    }
    best = max(means, key=lambda name: means[name], default="")
    return best if best and means[best] >= _SHORTEST_MESSAGE else ""


def _agent_value(values: Sequence[str]) -> str:
    seen = {value.strip().lower(): value.strip() for value in values}
    known = next((seen[value] for value in _AGENT_VALUES.split() if value in seen), "")
    denied = next((seen[value] for value in _NO_VALUES if value in seen), "")
    return known or denied or "agent"
