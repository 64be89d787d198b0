"""How messages come in and replies go out: files first.

`read` turns what a person points at into `Incoming` messages; `outbox` writes replies. Mail runs
through `mbox` (or a file of its own), `mail`, `envelope`, `body` and `quoting`; records and tables
have a reader each. Nothing here opens a connection, and shown HTML never loads anything.

Each name is loaded when it is first asked for: the window starts without the mail parser, and what
sends a reply needs none of what reads them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cxdesk.channels import outbox
    from cxdesk.channels.reading import read
    from cxdesk.channels.table_mapping import CsvMapping, CsvPreview, csv_preview

__all__ = ["CsvMapping", "CsvPreview", "csv_preview", "outbox", "read"]

_HOMES = {
    "CsvMapping": "table_mapping",
    "CsvPreview": "table_mapping",
    "csv_preview": "table_mapping",
    "read": "reading",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = importlib.import_module(f"{__name__}.{_HOMES.get(name, name)}")
    return getattr(home, name) if name in _HOMES else home
