"""How messages come in and replies go out: files first.

`read` turns what a person points at into `Incoming` messages; `outbox` writes replies. Mail runs
through `mbox` (or a file of its own), `mail`, `envelope`, `body` and `quoting`; records and tables
have a reader each. Nothing here opens a connection, and shown HTML never loads anything.
"""

from cxdesk.channels import outbox
from cxdesk.channels.reading import read
from cxdesk.channels.table_mapping import CsvMapping, CsvPreview, csv_preview

__all__ = ["CsvMapping", "CsvPreview", "csv_preview", "outbox", "read"]
