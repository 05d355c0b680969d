"""The open reports, where the clerk is in them, and every change made to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from desktop.after_reading import about_reading
from desktop.backend import Backend
from desktop.changes import Changes
from desktop.entries import Entry
from desktop.exporting import Exporter
from desktop.heading import Headings
from desktop.inbox import Inbox
from desktop.keeper import Keeper
from desktop.review import Review
from desktop.steps import Steps
from desktop.tasks import TaskRunner
from desktop.unlocking import Unlocking
from desktop.years import Years
from parser.model.finding import Finding, Suggestion
from parser.model.report import Cell, CellKey, Edit, Report
from parser.workspace.kept import Opened

_GLANCE = 1500  # ms in sight before the clerk may have begun to read


class Session(QObject):
    """The one object that changes anything. Views ask it and listen; its signals are facts."""

    entries_added = Signal(int, int)  # first and last position
    entry_removed = Signal(int)
    entry_changed = Signal(int)
    turning_away = Signal()  # what is in sight is about to be left: for another report, a finding, for good
    current_changed = Signal()  # another report is current, or the current one has begun or ceased to be there
    report_grew = Signal()  # more of the current report has been read
    cell_changed = Signal()  # another cell is current
    cells_edited = Signal(object)  # set of keys of the current report
    assessed = Signal()  # doubts, findings and suggestions of the current report are new
    finding_changed = Signal()
    nothing_open = Signal(object)  # an Entry: the clerk wants the next doubt, and there is none
    said = Signal(str, str)  # "info" | "error", a sentence for the user

    def __init__(self, backend: Backend, tasks: TaskRunner, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.backend, self.keeper = backend, keeper
        self.step = Steps(self)  # its ``ended`` follows the facts about the current report, once for all of a step
        self.inbox, self.exporter = Inbox(backend, tasks, keeper, self), Exporter(backend, tasks, keeper, self)
        self.changes = Changes(backend, tasks, keeper, self)
        self.unlocking = Unlocking(self.inbox)
        self.years = Years(backend, tasks, self.inbox, self.changes)
        self.headings = Headings(backend, tasks, keeper, self.changes, self.inbox)
        self.undo_stack, self.review = self.changes.undo_stack, Review(self, self.changes)
        self.key: CellKey | None = None
        self.finding: Finding | None = None
        self.position, self._form = -1, ""  # the form is that of the report last shown
        self._is_following = True  # at the start, until the clerk acts: go on to the first report that needs a person
        self._is_placed = False  # the current cell was chosen by us, in tables of which there is more to come
        self._goes_to_new = False  # files were given at the start: they come before where the workspace was left
        keeper.opened.connect(self._on_opened)
        self._listen(self.inbox, self.exporter)

    def _listen(self, inbox: Inbox, exporter: Exporter) -> None:
        inbox.entries_added.connect(self._on_added)
        inbox.entry_removed.connect(self._on_removed)
        inbox.searched.connect(self._on_searched)
        inbox.entry_changed.connect(self.entry_changed)
        inbox.grew.connect(self._on_grew)
        inbox.answered.connect(self._on_answered)
        inbox.known.connect(self._on_known)
        inbox.said.connect(self.said)
        self.changes.made.connect(self._on_changed)
        self.step.followed.connect(inbox.announce_noted)
        self.changes.assessed.connect(self._on_assessed)
        self.changes.said.connect(self.said)
        exporter.exported.connect(lambda entry: inbox.announce([entry]))
        exporter.said.connect(self.said)

    # ── what is there ────────────────────────────────────────────────────────────────
    @property
    def entries(self) -> list[Entry]:
        """The files of the queue."""
        return self.inbox.entries

    @property
    def entry(self) -> Entry | None:
        """The current file of the queue."""
        return self.entries[self.position] if 0 <= self.position < len(self.entries) else None

    @property
    def report(self) -> Report | None:
        """The current report, if it has been read."""
        return self.entry.report if self.entry else None

    @property
    def cell(self) -> Cell | None:
        """The current cell."""
        return self.report.cells.get(self.key) if self.report and self.key else None

    @property
    def suggestions(self) -> list[Suggestion]:
        """What is proposed for the current cell, best first."""
        return self.entry.suggestions_for(self.key) if self.entry and self.key else []

    @property
    def lit(self) -> frozenset[CellKey]:
        """The cells to light up: those of the chosen finding, else of the broken equations of the current cell."""
        if self.finding is not None:
            return frozenset(self.finding.keys)
        return self.entry.in_broken_equations_with(self.key) if self.entry and self.key else frozenset()

    # ── reading ──────────────────────────────────────────────────────────────────────
    def add(self, paths: Sequence[Path]) -> None:
        """Queue the report files among ``paths`` and in the folders among them, and read them."""
        if paths:
            self.inbox.add(paths)

    def select(self, position: int) -> None:
        """Make another file current."""
        if position != self.position and 0 <= position < len(self.entries):
            self.turning_away.emit()
            self._is_following = False
            if self.entry is not None and not self._is_placed:
                self.entry.last_key = self.key
            self.keeper.prefer(self.entries[position].path)
            self.inbox.reading.prefer(self.entries[position])
            self._move_to(position)

    def stay(self) -> None:
        """Go on to no other report by itself: the clerk has begun with this one."""
        self._is_following = False

    def stop_reading(self) -> None:
        """Leave unread what has not been read to the end; each is read once it is selected."""
        if self.entry in self.inbox.stop() and self.report is None:
            self._enter_report()

    def resume_reading(self) -> None:
        """Read the files left unread, the current one first."""
        self.inbox.resume(first=self.entry)
        if self.report is None:
            self._tell(self.current_changed)

    def read_again(self) -> None:
        """Read the file of the current report once more; decisions are carried over where the source is the same."""
        if self.entry is not None and not self.entry.is_reading and not self.keeper.is_read_only:
            self.inbox.read_again(self.entry)

    def _on_opened(self, opened: Opened) -> None:
        """Go where the workspace was left."""
        position = next((n for n, entry in enumerate(self.entries) if entry.path == opened.current), -1)
        if position >= 0:
            self._is_following = False
            self._move_to(position)
        self._goes_to_new = self.inbox.is_searching

    def _on_known(self, entries: list[Entry]) -> None:
        if len(entries) == 1:
            self.select(self.entries.index(entries[0]))

    def _on_added(self, first: int, last: int) -> None:
        self.entries_added.emit(first, last)
        if self.position < 0 or self._goes_to_new:
            self._is_following |= self._goes_to_new
            self._goes_to_new = False
            self.turning_away.emit()
            self._move_to(first)

    def _on_removed(self, position: int) -> None:
        self.changes.forget(lambda entry: entry not in self.entries)
        was_current = position == self.position
        self.position -= position < self.position
        self.entry_removed.emit(position)
        if was_current:
            self._move_to(min(position, len(self.entries) - 1))

    def _on_searched(self) -> None:
        self._goes_to_new = False

    def _on_answered(self, position: int) -> None:
        entry = self.entries[position]
        if entry.carried is not None:
            self.changes.forget(lambda other: other is entry)
        if position == self.position:
            self._on_grew(position)
            if told := about_reading(entry):
                self.said.emit(*told)
        elif self._is_following and self.entry is not None and entry.urgency > self.entry.urgency:
            self.turning_away.emit()
            self._move_to(position)

    def _on_grew(self, position: int) -> None:
        """Show what has been read of the current report; a cell the clerk has chosen stays current."""
        entry = self.entry
        if entry is None or position != self.position:
            return
        if self.key is None or entry.report is None or entry.form.id != self._form:
            self._enter_report()
            return
        self.finding = entry.same_finding(self.finding)
        with self.step:
            self._tell(self.report_grew, self.assessed)
            if self._is_placed and self.key != entry.first_to_look_at:
                self.key = entry.first_to_look_at
                self._tell(self.cell_changed)
        self._is_placed &= not entry.has_tables

    def _move_to(self, position: int) -> None:
        self.position = position
        self.look_at_source()
        self._enter_report()

    def look_at_source(self) -> None:
        """Look up in the background whether the current file is still what was read of it."""
        self.inbox.sources.check([self.entry] if self.entry is not None else [])

    def _enter_report(self) -> None:
        entry = self.entry
        self.finding, self._is_placed = None, True
        if entry is None or entry.report is None:
            self.key, self._form = None, ""
        else:
            left = entry.last_key if entry.last_key in entry.report.cells else None
            self.key, self._form = left or entry.first_to_look_at, entry.form.id
            entry.last_key, self._is_placed = None, left is None and not entry.has_tables
            self.inbox.reading.let_paint()
            QTimer.singleShot(_GLANCE, self, self.stay)
        self._tell(self.current_changed, self.cell_changed)

    def _tell(self, *facts: SignalInstance) -> None:
        with self.step:
            for fact in facts:
                fact.emit()
            self.step.note()

    # ── moving ───────────────────────────────────────────────────────────────────────
    def go_to(self, key: CellKey | None) -> None:
        """Make a cell of the current report current."""
        if self.report is None or key == self.key or (key is not None and key not in self.report.cells):
            return
        self.key, self._is_following, self._is_placed = key, False, False
        with self.step:
            if self.finding is not None and key not in self.finding.keys:
                self.finding = None
                self._tell(self.finding_changed)
            self._tell(self.cell_changed)

    def choose_finding(self, finding: Finding) -> None:
        """Light up the cells of a finding and go to the one to look at first."""
        self.turning_away.emit()
        entry = self.entry
        if entry is None or entry.report is None:
            return
        self.finding, self._is_following, self._is_placed = finding, False, False
        self.key = entry.first_suspect(finding) or self.key
        self._tell(self.finding_changed, self.cell_changed)

    # ── changing ─────────────────────────────────────────────────────────────────────
    def set_text(self, key: CellKey, text: str) -> bool:
        """Put typed text into a cell of the current report; False when it is no value."""
        return self.set_texts({key: text})

    def set_texts(self, texts: Mapping[CellKey, str], step: str = "") -> bool:
        """Put typed texts into the current report as one step; False, and nothing changed, when one is no value."""
        return self.changes.put_texts(self.entry, texts, step)

    def _on_changed(self, entry: Entry, edits: Sequence[Edit]) -> None:
        """Bring the view to where it happened."""
        position, keys = self.entries.index(entry), {edit.key for edit in edits}
        with self.step:
            self.select(position)
            self.finding = entry.same_finding(self.finding)
            self.cells_edited.emit(keys)
            self._tell(self.assessed)
            self.inbox.note(entry)
            if self.key not in keys:
                self.go_to(edits[0].key)

    def _on_assessed(self, entry: Entry) -> None:
        if entry is self.entry:
            self.finding = entry.same_finding(self.finding)
            self._tell(self.assessed)
        self.inbox.announce([entry])

    # ── exporting ────────────────────────────────────────────────────────────────────
    def export(self, path: Path) -> None:
        """Write the current report to ``path`` in the background."""
        if self.entry is not None:
            self.look_at_source()
            self.exporter.export(self.entry, path)

    def export_checked(self, folder: Path) -> None:
        """Write all checked reports into ``folder`` in the background."""
        self.exporter.export_checked(self.entries, folder)
