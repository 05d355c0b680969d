"""The files that wait to be read, one after the other in the background; the one the clerk looks at comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from threading import Event, Lock

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.backend import Backend
from desktop.entries import Entry
from desktop.signing import now
from desktop.smoothness import give_way
from desktop.tasks import TaskRunner
from parser.errors import Cancelled, PasswordNeeded
from parser.model.decision import decisions
from parser.model.finding import Assessment
from parser.model.report import Report
from parser.model.watch import Progress, Watch
from parser.workspace.kept import Fingerprint, fingerprint_of

Told = tuple[Progress, Assessment | None]
Read = tuple[Report, Assessment]


class ReadingQueue(QObject):
    """Starts the next file only once the answer to the last has been shown: reading never races with painting."""

    answered = Signal(object)  # an Entry, read or found unreadable
    progressed = Signal(object)  # an Entry: it is further than before
    grew = Signal(object)  # an Entry: more of its report has been read

    def __init__(self, backend: Backend, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self._waiting: list[Entry] = []
        self._running: _Reading | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._read_next)

    def add(self, entries: Iterable[Entry]) -> None:
        """Read the entries after those that wait already."""
        for entry in entries:
            entry.begin()
            self._waiting.append(entry)
        self._go_on()

    def prefer(self, entry: Entry) -> None:
        """Read the entry next, if it has not been read."""
        if entry in self._waiting:
            self._waiting.remove(entry)
        elif not entry.is_unread:
            return
        entry.begin()
        self._waiting.insert(0, entry)
        self._go_on()

    def drop(self, entry: Entry) -> None:
        """Read the entry no more: it has left the queue."""
        if entry in self._waiting:
            self._waiting.remove(entry)
        if self._running is not None and self._running.entry is entry:
            self._running.stop()

    def read_again(self, entry: Entry) -> None:
        """Read an entry next that has been read before; what was decided in it is carried over."""
        entry.begin_again()
        self.prefer(entry)

    def stop(self) -> list[Entry]:
        """Leave unread what waits and what is being read, and return it."""
        left, self._waiting = self._waiting, []
        if self._running is not None and self._running.entry.is_reading:
            self._running.stop()
            left.insert(0, self._running.entry)
        for entry in left:
            entry.stop()
        return left

    def let_paint(self, milliseconds: int = 50) -> None:
        """Begin the next file a moment later: a report has just come into sight and is still to be painted."""
        if self._pause.isActive():
            self._pause.start(milliseconds)

    def _go_on(self) -> None:
        if self._running is None and not self._pause.isActive():
            self._read_next()

    def _read_next(self) -> None:
        if self._waiting:
            entry = self._waiting.pop(0)
            entry.progress = Progress(0, "")
            self._running = reading = _Reading(entry, self._backend, self._tasks, self._on_told)
            self._tasks.submit(reading.read, partial(self._on_read, reading), partial(self._on_unread, reading))
            self.progressed.emit(entry)

    def _on_told(self, reading: _Reading) -> None:
        told = reading.take_told()
        if reading is not self._running or reading.is_stopped or told is None:
            return
        if not reading.entry.is_editable:
            reading.entry.fingerprint = reading.fingerprint
        has_more = reading.entry.grow(*told)
        self.progressed.emit(reading.entry)
        if has_more:
            self.grew.emit(reading.entry)

    def _on_read(self, reading: _Reading, read: Read | None) -> None:
        """Hold the report, also when it came in spite of being stopped; None when it did not."""
        entry = reading.entry
        if read is not None:
            self._take(entry, read, reading.fingerprint)
        self._answer(entry, is_new=read is not None)

    def _take(self, entry: Entry, read: Read, fingerprint: Fingerprint | None) -> None:
        """Hold what was read; tables that were there before go on where they are those of the same file."""
        is_other_file = entry.is_editable and _content(fingerprint) != _content(entry.fingerprint)
        before = entry.kept
        if before.report is not None and (entry.is_rereading or is_other_file):
            from parser.workspace.carry import carried

            decided = {key: edit for key, (_, edit) in decisions(before.report.edits).items()}
            result = carried(before, read[0], decided, now(), fingerprint)
            entry.take_again(result, self._backend.assess(result.report))
            return
        entry.fingerprint = fingerprint
        report = entry.with_edits(read[0])
        entry.take(report, read[1] if report is read[0] else self._backend.assess(report))

    def _on_unread(self, reading: _Reading, why: str) -> None:
        reading.entry.fail(why)
        if reading.is_locked:
            reading.entry.lock.refuse(reading.password)
        self._answer(reading.entry, is_new=True)

    def _answer(self, entry: Entry, is_new: bool) -> None:
        self._running = None
        if is_new and entry in self._waiting:  # stopped and taken up again, while it came to its end
            self._waiting.remove(entry)
        self._pause.start(0)
        if is_new:
            self.answered.emit(entry)


class _Reading:
    """One file being read: what the worker last told about it, and whether anybody still waits."""

    def __init__(self, entry: Entry, backend: Backend, tasks: TaskRunner, on_told: Callable[[_Reading], None]) -> None:
        self.entry = entry
        self._backend, self._tasks, self._on_told = backend, tasks, on_told
        self._stopped, self._lock = Event(), Lock()
        self._told: Told | None = None
        self.password, self.is_locked = entry.lock.password, False  # whether it opens only with another one
        self.fingerprint: Fingerprint | None = None  # set before anything is told

    @property
    def is_stopped(self) -> bool:
        """Whether the clerk has stopped it."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Let the worker come to an early end."""
        self._stopped.set()

    def read(self) -> Read | None:
        """Return the report with what the rules say, None when it was stopped. Called in the worker."""
        self.fingerprint = fingerprint_of(self.entry.path, self.entry.fingerprint)
        try:
            report = self._open()
            form = self.entry.converted_to
            if form is not None and form != report.form:
                from parser.extract.refit import converted

                report = converted(report, form)
            return report, self._assess(report)
        except Cancelled:
            return None
        except PasswordNeeded:
            self.is_locked = True
            raise

    def _is_over(self) -> bool:
        if not self.is_stopped:
            give_way()
        return self.is_stopped or self._tasks.is_closed

    def _assess(self, report: Report) -> Assessment:
        return self._backend.assess(report, None, Watch(cancelled=self._is_over))

    def _open(self) -> Report:
        watch, form = Watch(self._tell, self._is_over), self.entry.chosen_form
        if form is not None:
            return self._backend.open_report_as(self.entry.path, form, watch, self.password)
        return self._backend.open_report(self.entry.path, watch, self.password)

    def take_told(self) -> Told | None:
        """Return what has been told since the last time."""
        with self._lock:
            told, self._told = self._told, None
        return told

    def _tell(self, progress: Progress) -> None:
        """Keep the latest for the window, which is called once however much is told meanwhile. Called in the worker."""
        is_whole = progress.report is not None and progress.tables_done
        told: Told = (progress, self._assess(progress.report) if progress.report and is_whole else None)
        with self._lock:
            before, self._told = self._told, told
            if before is not None and progress.report is None:
                kept = progress._replace(report=before[0].report, tables_done=before[0].tables_done)
                self._told = (kept, before[1])
        if before is None:
            self._tasks.deliver(lambda: self._on_told(self))


def _content(fingerprint: Fingerprint | None) -> str:
    return fingerprint.sha256 if fingerprint is not None else ""
