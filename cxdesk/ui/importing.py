"""Files onto the desk: chosen or dropped, with progress, cancel, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from cxdesk.background import Imported
from cxdesk.errors import UserError
from cxdesk.model import Progress
from cxdesk.ui.controller import DeskController
from cxdesk.ui.csv_dialog import CsvDialog
from cxdesk.ui.progress_bar import ProgressStrip

if TYPE_CHECKING:
    from cxdesk.desk import CsvMapping

TABLES = (".csv", ".tsv")


class Importing(QObject):
    """`done` says in words how an import went."""

    done = Signal(str, object)

    def __init__(self, controller: DeskController, strip: ProgressStrip, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._strip = strip
        self._window = window
        controller.progressed.connect(self._progressed)
        controller.imported.connect(self._imported)
        strip.cancelled.connect(controller.background.cancel)

    def choose(self) -> None:
        """Let the person pick files."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            "Import mail or conversations",
            "",
            "Mail and conversations (*.eml *.mbox *.mbx *.jsonl *.csv *.tsv);;Every file (*)",
        )
        self.take([Path(name) for name in names])

    def take(self, files: Sequence[Path]) -> None:
        """Import these; a table first asks which column is what."""
        plain = [path for path in files if path.suffix.lower() not in TABLES]
        if plain:
            self._begin(plain)
        for path in files:
            if path.suffix.lower() in TABLES:
                self._map(path)

    def _begin(self, files: Sequence[Path], mapping: CsvMapping | None = None) -> None:
        self._strip.begin(f"Importing {files[0].name}")
        self._controller.import_files(files, mapping)

    def _map(self, path: Path) -> None:
        try:
            preview = self._controller.desk.preview_table(path)
        except UserError as error:
            self.done.emit(str(error), None)
            return
        dialog = CsvDialog(
            preview.columns, preview.rows, preview.guess, title=path.name, parent=self._window
        )
        dialog.chosen.connect(partial(self._begin_table, path))
        dialog.open()

    def _begin_table(self, path: Path, columns: Mapping[str, Any]) -> None:
        from cxdesk.desk import CsvMapping

        self._begin([path], CsvMapping(**columns))

    def _progressed(self, progress: Progress) -> None:
        self._strip.show_progress(progress)

    def _imported(self, imported: Imported) -> None:
        self._strip.end()
        if imported.summary is None:
            self.done.emit(imported.error, None)
            return
        summary = imported.summary
        words = [f"{summary.messages} messages in {summary.conversations} new conversations"]
        if summary.duplicates:
            words.append(f"{summary.duplicates} were already here")
        if summary.problems:
            words.append(f"{len(summary.problems)} could not be read")
        end = ", import stopped" if summary.cancelled else ""
        self.done.emit(", ".join(words) + end + ".", summary)
