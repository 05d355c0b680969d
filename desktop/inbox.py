"""Files, folders and what the workspace holds become the entries of the queue, read in the background and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.backend import Backend
from desktop.entries import Entry
from desktop.entry_list import EntryList, already_joined, pictures_side_by_side
from desktop.keeper import Keeper
from desktop.reading import ReadingQueue
from desktop.soon import soon
from desktop.source_check import SourceCheck
from desktop.tasks import TaskRunner
from parser.model.finding import Assessment
from parser.model.report import Report
from parser.workspace.kept import Kept, Opened

_PAINTING = 100  # ms for the first report to be painted


class _Found(NamedTuple):
    """The report files that were looked for, and the folders that were looked through."""

    files: list[Path]
    folders: list[Path]


def _find(backend: Backend, paths: Sequence[Path], is_again: bool = False) -> _Found:
    folders = [path for path in paths if path.is_dir()]
    return _Found(backend.find_inputs(folders if is_again else paths), folders)


class Inbox(QObject):
    """Finds the report files, holds their entries and has them read and kept; positions count the entries."""

    entries_added = Signal(int, int)  # first and last position
    entry_removed = Signal(int)  # the position it had
    known = Signal(object)  # the entries that files just given have already
    pictures_found = Signal(object)  # those just given that lie side by side, a list a folder
    searching = Signal()  # a search for reports begins
    searched = Signal()  # it has come to its end, with or without files
    entry_changed = Signal(int)
    grew = Signal(int)  # more of the report there has been read, or it has come out of the workspace
    answered = Signal(int)  # the file there has been read, or found unreadable
    said = Signal(str, str)  # "info" | "error", a sentence for the user

    def __init__(self, backend: Backend, tasks: TaskRunner, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks, self._keeper = backend, tasks, keeper
        self._list = EntryList()
        self.entries = self._list.entries
        self.is_searching = False  # looking through folders for reports
        self.is_refused = False  # the workspace could not be opened
        self.reading = ReadingQueue(backend, tasks, self)
        self.reading.progressed.connect(lambda entry: self.announce([entry]))
        self.reading.grew.connect(self._on_grew)
        self.reading.answered.connect(self._on_answered)
        self.sources = SourceCheck(tasks, self)
        self.sources.found.connect(lambda entry: self.announce([entry]))
        self._early: list[Path] | None = None  # found before the workspace was open
        self._later: list[Path] = []  # to be loaded once the first report has been painted
        self._noted: dict[Entry, None] = {}  # see note
        self._hidden: dict[Path, None] = {}  # removed from the queue: the workspace still has their reports
        self.folders: list[Path] = []  # given by the clerk: looked through again on request
        keeper.opened.connect(self._on_opened)
        keeper.refused.connect(self._on_refused)
        keeper.loaded.connect(self._on_loaded)
        keeper.unloadable.connect(self._on_unloadable)

    def add(self, paths: Sequence[Path]) -> None:
        """Queue the report files among ``paths`` and in the folders among them, and read them."""
        self.is_searching = True
        self.searching.emit()
        given = [path.absolute() for path in paths]
        self._tasks.submit(partial(_find, self._backend, given), self._on_found, self._on_not_found)

    def add_typed(self, report: Report) -> None:
        """Queue a report that is to be typed in from paper; the path only gives it a name."""
        office = "".join(c for c in report.issuer or "" if c not in '<>:"/\\|?*').strip() or self.tr("未命名机关")
        name = self.tr("{0}{1}年报（录入）").format(office, report.year or "")
        taken = {entry.path.name for entry in self.entries} | {path.name for path in self._hidden}
        names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
        entry = Entry(self._keeper.folder / "typed" / next(name for name in names if name not in taken))
        self._hold([entry])
        self._keeper.add([entry.path])
        entry.take(report, self._backend.assess(report))
        self._on_answered(entry)
        self.known.emit([entry])

    def restore(self, *paths: Path) -> None:
        """Bring back files that were removed from the queue, with what was done in them, wherever they are now."""
        self._on_found(_Found([*paths], []), is_asked_for=len(paths) == 1)

    def rescan(self) -> None:
        """Queue what has come into the folders given before, but for what was removed from the queue, and exports."""
        if not self.folders:
            self.said.emit("info", self.tr("还没有添加过文件夹；请按 Ctrl+Shift+O 选择放报告的文件夹"))
            return
        find = partial(_find, self._backend, list(self.folders), is_again=True)
        self._tasks.submit(find, self._on_rescanned, lambda why: self.said.emit("error", why))

    @property
    def removed(self) -> list[Path]:
        """The files that were removed from the queue and whose reports the workspace still has, the last one first."""
        shown = {entry.path for entry in self.entries}
        return [path for path in reversed(self._hidden) if path not in shown]

    def remove(self, entry: Entry) -> None:
        """Take a file out of the queue; what was done in it stays in the workspace."""
        self.reading.drop(entry)
        position = self._list.remove(entry)
        self._keeper.hide(entry.path)
        self._hidden.pop(entry.path, None)
        self._hidden[entry.path] = None
        self.entry_removed.emit(position)
        self.announce(self._list.part(entry))

    def read_again(self, entry: Entry) -> None:
        """Read a file once more; what was decided in it is carried over."""
        self.reading.read_again(entry)
        self.announce([entry])

    def position_of(self, entry: Entry) -> int | None:
        """Return where an entry is, None when it is no longer there."""
        return self._list.position_of(entry)

    def stop(self) -> list[Entry]:
        """Leave unread what has not been read to the end, and return it."""
        left = self.reading.stop()
        self.announce(left)
        return left

    def resume(self, first: Entry | None) -> None:
        """Read the files left unread, beginning with ``first`` if it is one of them."""
        unread = [entry for entry in self.entries if entry.is_unread]
        self.reading.add(unread)
        if first is not None and first in unread and first.progress is None:
            self.reading.prefer(first)
        self.announce(unread)

    def show_again(self, entry: Entry) -> None:
        """Bring a report into sight that is laid into other cells."""
        self.known.emit([entry])
        self.say_grown(entry)  # first of all: the current cell may be one of the other form
        self.announce([entry])

    def look_for_twins_again(self, entry: Entry) -> None:
        """Look whether a report is about the same office and year as others, now that it says something else."""
        self.announce([entry, *self._list.look_for_twins(entry)])

    def note(self, entry: Entry) -> None:
        """Remember that an entry has changed: what the queue says of it can wait until its figures are painted."""
        self._noted[entry] = None

    def announce_noted(self) -> None:
        """Say which entries have changed since it was said last."""
        noted, self._noted = self._noted, {}
        self.announce(noted)

    def announce(self, entries: Iterable[Entry]) -> None:
        """Say that the entries have changed."""
        for entry in entries:
            position = self.position_of(entry)
            if position is not None:  # it may have been removed meanwhile
                self.entry_changed.emit(position)

    def say_grown(self, entry: Entry) -> None:
        """Say that there is more to see of the file, or less."""
        position = self.position_of(entry)
        if position is not None:
            self.grew.emit(position)

    def _on_not_found(self, message: str) -> None:
        self._on_found(_Found([], []))
        self.said.emit("error", message)

    def _on_found(self, found: _Found, is_asked_for: bool = True) -> None:
        done_with = {entry.exported_to for entry in self.entries} | already_joined(found.files, self._hidden)
        files = [file for file in found.files if not found.folders or file not in done_with]
        self.folders += [folder for folder in found.folders if folder not in self.folders]
        if not self._keeper.is_open:
            self._early = [*(self._early or []), *files]
            if self.is_refused:
                self._on_refused()  # they wait until the workspace is opened after all
            return
        self.is_searching = False
        if found.folders:
            self._keeper.add([], self.folders)
        given = dict.fromkeys(files)
        again = [entry for file in given if (entry := self._list.of(file)) is not None]
        fresh = [Entry(file) for file in given if self._list.of(file) is None]
        if fresh:
            self._hold(fresh)
            self._keeper.add([entry.path for entry in fresh])
            self._keeper.load([entry.path for entry in fresh if entry.path in self._hidden])
            self.reading.add(entry for entry in fresh if entry.path not in self._hidden)
        self.searched.emit()
        if is_asked_for and len(fresh) == len(files) == 1 and not found.folders:
            self.known.emit(fresh)  # a single file is what the clerk wants to see
        if again:
            self.sources.check(again)
            self.known.emit(again)
        if is_asked_for and (pictures := pictures_side_by_side(fresh)):
            self.pictures_found.emit(pictures)
        if len(fresh) < len(files):
            self.said.emit("info", self.tr("{0} 份文件已在列表中，没有重复添加").format(len(files) - len(fresh)))
        elif not files:
            self.said.emit("info", self.tr("没有找到可以读取的报告文件"))

    def _on_rescanned(self, found: _Found) -> None:
        known = {entry.path for entry in self.entries} | {entry.exported_to for entry in self.entries}
        fresh = [file for file in dict.fromkeys(found.files) if file not in known and file not in self._hidden]
        if fresh:
            self._on_found(_Found(fresh, []), is_asked_for=False)
        words = self.tr("新找到 {0} 份报告文件").format(len(fresh)) if fresh else self.tr("没有新的报告文件")
        self.said.emit("info", words)

    def _hold(self, entries: list[Entry]) -> None:
        first = len(self.entries)
        self._list.extend(entries)
        for entry in entries:
            entry.begin()
        self.entries_added.emit(first, len(self.entries) - 1)

    def _on_grew(self, entry: Entry) -> None:
        if self.position_of(entry) is not None:  # not removed while it was read
            self._keep(entry)
            self.say_grown(entry)

    def _on_answered(self, entry: Entry) -> None:
        position = self.position_of(entry)
        if position is None:
            return
        self._keep(entry)
        self.announce([entry, *self._list.look_for_twins(entry)])
        self.answered.emit(position)
        entry.carried = None

    def _keep(self, entry: Entry) -> None:
        """Have the workspace keep what was read, before anybody changes it."""
        if not entry.is_editable or entry.is_kept_whole:
            return
        if not entry.is_kept:
            self._keeper.begin_reading(entry.path, entry.reading)
        elif entry.is_complete:
            self._keeper.complete_reading(entry.path, entry.reading)
        entry.is_kept, entry.is_kept_whole = True, entry.is_complete

    # ── what the workspace holds ─────────────────────────────────────────────────────
    def _on_opened(self, opened: Opened) -> None:
        self.is_refused = False
        self._hidden.update(dict.fromkeys(opened.hidden))
        self.folders = [*opened.folders, *(folder for folder in self.folders if folder not in opened.folders)]
        if opened.paths:
            self._hold([Entry(path) for path in opened.paths])
            first = opened.current if opened.current in opened.paths else opened.paths[0]
            self._later = [path for path in opened.paths if path != first]
            self._keeper.load([first])
        if self._early is not None:
            early, self._early, self.is_searching = _Found(self._early, list(self.folders)), None, True
            soon(self, lambda: self._on_found(early))  # once everybody knows what the workspace holds

    def _on_refused(self) -> None:
        self.is_refused, self.is_searching = True, False
        self.searched.emit()

    def _on_loaded(self, kept: Kept, assessment: Assessment | None) -> None:
        entry = self._list.of(kept.path)
        if entry is None:  # removed from the queue meanwhile
            self._load_the_others()
            return
        if kept.report is not None and assessment is not None:
            entry.restore(kept, assessment)
            self.sources.check([entry])
            self.announce([entry, *self._list.look_for_twins(entry)])
            self.say_grown(entry)
        if kept.problem:
            entry.before = kept
            self._on_unloadable(kept.path, kept.problem)
        elif not entry.is_complete:
            self.reading.add([entry])
        self._load_the_others()

    def _load_the_others(self) -> None:
        if self._later:
            later, self._later = self._later, []
            QTimer.singleShot(_PAINTING, self, lambda: self._keeper.load(later))

    def _on_unloadable(self, path: Path, why: str) -> None:
        self._load_the_others()
        if entry := self._list.of(path):
            entry.fail(why)
            self.announce([entry])
            self.say_grown(entry)
