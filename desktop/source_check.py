"""Whether the files of the queue are still what was read of them, looked up one after the other in the background."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.entries import Entry, Source
from desktop.tasks import TaskRunner
from parser.workspace.kept import Fingerprint, fingerprint_of


class SourceCheck(QObject):
    """A file on a drive that has gone away may take long to answer: one at a time is asked for."""

    found = Signal(object)  # an Entry whose file has become another, or is the same again

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._waiting: list[Entry] = []
        self._is_busy = False

    def check(self, entries: Iterable[Entry]) -> None:
        """Look up the files of the entries that have been read; ``found`` says what is new."""
        waiting = set(self._waiting)
        self._waiting += [entry for entry in entries if entry.fingerprint is not None and entry not in waiting]
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting and not self._is_busy:
            self._is_busy = True
            entry = self._waiting.pop(0)
            known = entry.fingerprint
            look, looked = partial(fingerprint_of, entry.path, known), partial(self._on_looked, entry, known)
            self._tasks.submit(look, looked, lambda _why: looked(known))

    def _on_looked(self, entry: Entry, known: Fingerprint | None, now: Fingerprint | None) -> None:
        self._is_busy = False
        if known is not None and known is entry.fingerprint:  # not read again meanwhile
            before = entry.source
            if now is None:
                entry.source = Source.MISSING
            elif now.sha256 != known.sha256:
                entry.source = Source.CHANGED
            else:
                entry.source = Source.SAME
            if entry.source is not before:
                self.found.emit(entry)
        self._go_on()
