"""Each report is compared with the one of the same office for the year before, wherever in the queue that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from desktop.backend import Backend
from desktop.changes import Changes
from desktop.entries import Entry
from desktop.inbox import Inbox
from desktop.tasks import TaskRunner
from parser.model.finding import Assessment
from parser.model.report import Report

_PAUSE = 250  # ms: reports come in, and figures are typed, faster than anybody looks at another year


class _Entered(NamedTuple):
    """A report of the queue as it stands, and the one it was compared with last."""

    entry: Entry
    report: Report
    compared: Report | None


class _Compared(NamedTuple):
    """A report, the one to compare it with now, and what the rules say then."""

    entry: Entry
    report: Report
    previous: Report | None
    assessment: Assessment


class Years(QObject):
    """Looks through the queue, in the background, whenever a report has come, has gone or says something else."""

    def __init__(self, backend: Backend, tasks: TaskRunner, inbox: Inbox, changes: Changes) -> None:
        super().__init__(changes)
        self._backend, self._tasks, self._inbox, self._changes = backend, tasks, inbox, changes
        self._is_comparing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._compare)
        inbox.answered.connect(self._look_again)
        inbox.grew.connect(self._look_again)
        inbox.entry_removed.connect(self._look_again)
        changes.made.connect(self._look_again)

    def _look_again(self) -> None:
        self._pause.start()

    def _compare(self) -> None:
        if self._is_comparing:
            self._look_again()
            return
        entered = [
            _Entered(entry, entry.report, entry.previous)
            for entry in self._inbox.entries
            if entry.report is not None and entry.is_editable
        ]
        if len(entered) > 1 or any(one.compared is not None for one in entered):
            self._is_comparing = True
            self._tasks.submit(lambda: _compared(self._backend, entered), self._on_compared, self._on_failed)

    def _on_compared(self, compared: Sequence[_Compared]) -> None:
        self._is_comparing = False
        for entry, report, previous, assessment in compared:
            if entry.report is report and entry not in self._changes.unassessed:
                entry.previous = previous
                entry.renew(report, assessment)
                self._changes.assessed.emit(entry)
            else:  # it was changed meanwhile
                self._look_again()

    def _on_failed(self, why: str) -> None:
        self._is_comparing = False
        self._changes.said.emit("error", why)


def _compared(backend: Backend, entered: Sequence[_Entered]) -> list[_Compared]:
    """Return the reports that are to be compared with another one than before. Called in a worker."""
    from parser.rules.year_before import years_before

    compared: list[_Compared] = []
    found = years_before([one.report for one in entered])
    for (entry, report, before), previous in zip(entered, found, strict=True):
        if previous is not before:
            compared.append(_Compared(entry, report, previous, backend.assess(report, previous)))
    return compared
