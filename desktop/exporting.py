"""A checked report becomes a workbook, written in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.backend import Backend
from desktop.entries import Entry
from desktop.keeper import Keeper
from desktop.tasks import TaskRunner
from parser.model.report import Report


class Exporter(QObject):
    """Writes workbooks and remembers in the entry what is in them."""

    exported = Signal(object)  # an Entry
    said = Signal(str, str)  # "info" | "error", a sentence for the user

    def __init__(self, backend: Backend, tasks: TaskRunner, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks, self._keeper = backend, tasks, keeper

    def proposed_name(self, entry: Entry) -> str:
        """Return a file name for the workbook of a report; it says when something is still open."""
        assert entry.report is not None
        is_checked = not entry.open and not entry.error_count
        return self._backend.propose_name(entry.report, entry.assessment, is_checked)

    def export(self, entry: Entry, path: Path) -> None:
        """Write the report to ``path``; refused until it has been read to the end."""
        report, assessment, still_open, backend = entry.report, entry.assessment, tuple(entry.open), self._backend
        if report is None or entry.is_reading:
            self.said.emit("info", self.tr("这份报告还没有识别完，识别完后再导出"))
            return
        self._tasks.submit(
            lambda: backend.export(report, assessment, path, still_open),
            lambda _: self._on_exported(entry, report, path),
            lambda why: self.said.emit("error", why),
        )

    def _on_exported(self, entry: Entry, report: Report, path: Path) -> None:
        entry.mark_exported(path, report)
        self._keeper.mark_exported(entry.path, path, len(report.edits))
        self.exported.emit(entry)
        self.said.emit("info", self.tr("已导出：{0}").format(path))
