"""Files and folders become the entries of the queue, which are read in the background."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.backend import Backend
from desktop.entries import Entry
from desktop.reading import ReadingQueue
from desktop.tasks import TaskRunner


class Inbox(QObject):
    """Finds the report files, holds their entries and has them read; positions count the entries."""

    entries_added = Signal(int, int)  # first and last position
    searched = Signal()  # a search has come to its end, with or without files
    entry_changed = Signal(int)
    grew = Signal(int)  # more of the report there has been read
    answered = Signal(int)  # the file there has been read, or found unreadable
    said = Signal(str, str)  # "info" | "error", a sentence for the user

    def __init__(self, backend: Backend, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks
        self.entries: list[Entry] = []
        self.is_searching = False  # looking through folders for reports
        self.reading = ReadingQueue(backend, tasks, self)
        self.reading.progressed.connect(lambda entry: self.announce([entry]))
        self.reading.grew.connect(lambda entry: self.grew.emit(self.entries.index(entry)))
        self.reading.answered.connect(self._on_answered)

    def add(self, paths: Sequence[Path]) -> None:
        """Queue the report files among ``paths`` and in the folders among them, and read them."""
        self.is_searching = True
        find = partial(self._backend.find_inputs, list(paths))
        self._tasks.submit(find, self._on_found, self._on_not_found)

    def stop(self) -> list[Entry]:
        """Leave unread what has not been read to the end, and return it."""
        left = self.reading.stop()
        self.announce(left)
        return left

    def resume(self) -> None:
        """Read the files left unread."""
        unread = [entry for entry in self.entries if entry.is_unread]
        self.reading.add(unread)
        self.announce(unread)

    def announce(self, entries: Iterable[Entry]) -> None:
        """Say that the entries have changed."""
        for entry in entries:
            self.entry_changed.emit(self.entries.index(entry))

    def _on_not_found(self, message: str) -> None:
        self._on_found([])
        self.said.emit("error", message)

    def _on_found(self, files: list[Path]) -> None:
        self.is_searching = False
        known = {entry.path for entry in self.entries}
        fresh = [Entry(file) for file in dict.fromkeys(files) if file not in known]
        if fresh:
            first = len(self.entries)
            self.entries.extend(fresh)
            for entry in fresh:
                entry.begin()
            self.entries_added.emit(first, len(self.entries) - 1)
            self.reading.add(fresh)
        self.searched.emit()
        if len(fresh) < len(files):
            self.said.emit("info", self.tr("{0} 份文件已在列表中，没有重复添加").format(len(files) - len(fresh)))
        elif not files:
            self.said.emit("info", self.tr("没有找到可以读取的报告文件"))

    def _on_answered(self, entry: Entry) -> None:
        if twin := next((e for e in self.entries if e is not entry and e.is_twin_of(entry)), None):
            entry.twin, twin.twin = twin.path, entry.path
            self.announce([twin])
        self.announce([entry])
        self.answered.emit(self.entries.index(entry))
