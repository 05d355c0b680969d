"""Reports become workbooks, written in the background: one, or all that are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.backend import Backend
from desktop.entries import Entry
from desktop.keeper import Keeper
from desktop.stages import Stage
from desktop.tasks import TaskRunner
from parser.errors import ReportError
from parser.model.finding import Assessment
from parser.model.report import CellKey, Report

_NAMED = 3  # files, in a message about many


class _Job(NamedTuple):
    """What is written of an entry, as it is now: the clerk may go on changing it."""

    entry: Entry
    report: Report
    assessment: Assessment
    still_open: tuple[CellKey, ...]
    path: Path
    is_renamed: bool = False  # another file has the name that it was to have


class Exporter(QObject):
    """Writes workbooks and remembers in the entries what is in them."""

    exported = Signal(object)  # an Entry
    failed = Signal(object, object, str)  # an Entry, the path where it cannot be written, and why
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
        if entry.report is None or entry.is_reading:
            self.said.emit("info", self.tr("这份报告还没有识别完，识别完后再导出"))
            return
        job = _Job(entry, entry.report, entry.assessment, tuple(entry.open), path)
        self._tasks.submit(
            lambda: self._write(job), lambda _: self._on_written(job), lambda why: self.failed.emit(entry, path, why)
        )

    def checked(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the reports that are checked and in no workbook as they are; says so when there are none."""
        stages = [(entry, entry.stage) for entry in entries]
        found = [entry for entry, stage in stages if stage is Stage.CHECKED]
        if not found:
            words = self.tr("没有需要导出的已核报告；核完一份按 Ctrl+Enter 标为已核")
            if changed := sum(stage is Stage.CHANGED for _, stage in stages):
                words = self.tr("{0}。有 {1} 份导出后有修改，还没有重新标为已核").format(words, changed)
            self.said.emit("info", words)
        return found

    def export_checked(self, entries: Iterable[Entry], folder: Path) -> None:
        """Write all reports that are checked, and in no workbook as they are, into ``folder``.

        A workbook that was exported from the same report before is replaced, no other file is.
        """
        jobs = [
            _Job(entry, entry.report, entry.assessment, (), folder / self.proposed_name(entry))
            for entry in self.checked(entries)
            if entry.report is not None
        ]
        if not jobs:
            return
        self._tasks.submit(
            lambda: self._write_all(jobs), self._on_all_written, lambda why: self.said.emit("error", why)
        )

    def _write(self, job: _Job) -> None:
        self._backend.export(job.report, job.assessment, job.path, job.still_open)

    def _write_all(self, jobs: list[_Job]) -> list[tuple[_Job, str]]:
        """Return what was written, and why it was not where it was not. Called in a worker."""
        written: list[tuple[_Job, str]] = []
        taken: set[Path] = set()
        for job in jobs:
            free = (path for path in _names(job.path) if path not in taken)
            path = next(p for p in free if p == job.entry.exported_to or not p.exists())
            taken.add(path)
            job, why = job._replace(path=path, is_renamed=path != job.path), ""
            try:
                self._write(job)
            except ReportError as error:
                why = str(error)
            written.append((job, why))
        return written

    def _on_all_written(self, written: list[tuple[_Job, str]]) -> None:
        good = [job for job, why in written if not why]
        for job in good:
            self._remember(job)
        words = self.tr("已导出 {0} 份已核报告到 {1}").format(len(good), written[0][0].path.parent)
        if renamed := [job.path.name for job in good if job.is_renamed]:
            words = self.tr("{0}；{1} 份与别的文件重名，名称后加了编号：{2}").format(
                words, len(renamed), "、".join(renamed[:_NAMED])
            )
        reasons = [self.tr("{0}：{1}").format(job.path.name, why) for job, why in written if why]
        if reasons:
            words = self.tr("{0}；{1} 份没有导出：{2}").format(words, len(reasons), "；".join(reasons[:_NAMED]))
        self.said.emit("error" if reasons else "info", words)

    def _on_written(self, job: _Job) -> None:
        self._remember(job)
        self.said.emit("info", self.tr("已导出：{0}").format(job.path))

    def _remember(self, job: _Job) -> None:
        job.entry.mark_exported(job.path, job.report)
        self._keeper.mark_exported(job.entry.path, job.path, len(job.report.edits))
        self.exported.emit(job.entry)


def _names(path: Path) -> Iterator[Path]:
    """Yield the path, then with (2), (3) … at the end of its name."""
    yield path
    yield from (path.with_stem(f"{path.stem}（{number}）") for number in count(2))
