"""The files that wait to be read, one after the other in the background; the one the clerk looks at comes first."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.backend import Backend
from desktop.entries import Entry
from desktop.tasks import TaskRunner
from parser.model.finding import Assessment
from parser.model.report import Report


class ReadingQueue(QObject):
    """Starts the next file only once the answer to the last has been shown: reading never races with painting."""

    answered = Signal(object)  # an Entry, read or found unreadable

    def __init__(self, backend: Backend, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._waiting: list[Entry] = []
        self._is_busy = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._read_next)

    def add(self, entries: Iterable[Entry]) -> None:
        """Read the entries after those that wait already."""
        for entry in entries:
            entry.is_reading = True
            self._waiting.append(entry)
        self._go_on()

    def prefer(self, entry: Entry) -> None:
        """Read the entry next, if it has not been read."""
        if entry in self._waiting:
            self._waiting.remove(entry)
        elif not entry.is_unread:
            return
        entry.is_reading = True
        self._waiting.insert(0, entry)
        self._go_on()

    def stop(self, but: Entry | None) -> list[Entry]:
        """Leave what waits unread and return it; ``but`` and what is being read come to their end."""
        left = [entry for entry in self._waiting if entry is not but]
        self._waiting = [entry for entry in self._waiting if entry is but]
        for entry in left:
            entry.is_reading = False
        return left

    def _go_on(self) -> None:
        if not self._is_busy and not self._pause.isActive():
            self._read_next()

    def _read_next(self) -> None:
        if self._waiting:
            self._is_busy = True
            self._read(self._waiting.pop(0))

    def _read(self, entry: Entry) -> None:
        backend = self._backend

        def work() -> tuple[Report, Assessment]:
            report = backend.open_report(entry.path)
            return report, backend.assess(report)

        self._tasks.submit(work, lambda both: self._on_read(entry, *both), lambda why: self._on_unread(entry, why))

    def _on_read(self, entry: Entry, report: Report, assessment: Assessment) -> None:
        entry.take(report, assessment)
        self._answer(entry)

    def _on_unread(self, entry: Entry, why: str) -> None:
        entry.is_reading, entry.failure = False, why
        self._answer(entry)

    def _answer(self, entry: Entry) -> None:
        self._is_busy = False
        self._pause.start(0)
        self.answered.emit(entry)

    def let_paint(self, milliseconds: int = 50) -> None:
        """Begin the next file a moment later: a report has just come into sight and is still to be painted."""
        if self._pause.isActive():
            self._pause.start(milliseconds)
