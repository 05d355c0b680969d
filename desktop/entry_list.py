"""The entries of the queue, each found at once by its file, by itself, and by what it shares with another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from desktop.entries import Entry


class EntryList:
    """``entries`` in the order they came; with thousands of them nobody may look through them for each."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._positions: dict[Entry, int] = {}
        self._by_path: dict[Path, Entry] = {}
        self._by_mark: defaultdict[object, dict[Entry, None]] = defaultdict(dict)
        self._marks: dict[Entry, list[object]] = {}

    def extend(self, entries: Sequence[Entry]) -> None:
        """Put entries at the end."""
        for entry in entries:
            self._positions[entry] = len(self.entries)
            self._by_path[entry.path] = entry
            self.entries.append(entry)

    def remove(self, entry: Entry) -> int:
        """Take an entry out; return the position it had."""
        position = self._positions[entry]
        del self.entries[position], self._by_path[entry.path]
        self._positions = {other: place for place, other in enumerate(self.entries)}
        self._unmark(entry)
        return position

    def position_of(self, entry: Entry) -> int | None:
        """Return where an entry is, None when it is no longer there."""
        return self._positions.get(entry)

    def of(self, path: Path) -> Entry | None:
        """Return the entry of a file."""
        return self._by_path.get(path)

    def twin_of(self, entry: Entry) -> Entry | None:
        """Return another entry about the same office and the same year, or a copy of this one.

        Each entry is known by what it said when it was last asked about.
        """
        self._unmark(entry)
        self._marks[entry] = marks = entry.marks
        for mark in marks:
            self._by_mark[mark][entry] = None
        return next((other for mark in marks for other in self._by_mark[mark] if other is not entry), None)

    def _unmark(self, entry: Entry) -> None:
        for mark in self._marks.pop(entry, []):
            del self._by_mark[mark][entry]
