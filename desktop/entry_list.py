"""The entries of the queue, each found at once by its file, by itself, and by what it shares with another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
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

    def look_for_twins(self, entry: Entry) -> list[Entry]:
        """Have an entry and its doubles know each other; return those that have changed besides it."""
        changed = self._tell(entry, twins := self.twins_of(entry))
        entry.twins = tuple(twin.path for twin in twins)
        return changed

    def part(self, entry: Entry) -> list[Entry]:
        """Have an entry that is gone and its doubles know of each other no more; return those that have changed."""
        changed, entry.twins = self._tell(entry, []), ()
        return changed

    def _tell(self, entry: Entry, twins: Sequence[Entry]) -> list[Entry]:
        """Have the doubles of an entry know of it, and those that are none any more forget it."""
        before = [other for path in entry.twins if (other := self.of(path)) is not None]
        lost = [other for other in before if other not in twins]
        new = [other for other in twins if entry.path not in other.twins]
        for other in lost:
            other.twins = tuple(path for path in other.twins if path != entry.path)
        for other in new:
            other.twins = (*other.twins, entry.path)
        return lost + new

    def twins_of(self, entry: Entry) -> list[Entry]:
        """Return the other entries about the same office and the same year, and the copies of this one.

        Each entry is known by what it said when it was last asked about.
        """
        self._unmark(entry)
        self._marks[entry] = marks = entry.marks
        for mark in marks:
            self._by_mark[mark][entry] = None
        return list(dict.fromkeys(other for mark in marks for other in self._by_mark[mark] if other is not entry))

    def _unmark(self, entry: Entry) -> None:
        for mark in self._marks.pop(entry, []):
            del self._by_mark[mark][entry]


def pictures_side_by_side(entries: Iterable[Entry]) -> list[list[Path]]:
    """Return the pictures among the files, by folders that have several: they may be pages of one report."""
    from parser.readers.picture_pages import PICTURE_SUFFIXES

    folders: defaultdict[Path, list[Path]] = defaultdict(list)
    for entry in entries:
        if entry.path.suffix.lower() in PICTURE_SUFFIXES:
            folders[entry.path.parent].append(entry.path)
    return [files for files in folders.values() if len(files) > 1]


def already_joined(files: Iterable[Path], removed: Collection[Path]) -> set[Path]:
    """Return the pictures among the files that were taken off the list and of which there is one PDF beside them."""
    from parser.export.names import is_joined

    folders = {file.parent for file in files if is_joined(file)}
    return {file for file in files if file in removed and file.parent in folders and not is_joined(file)}
