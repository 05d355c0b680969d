"""The open reports, where the clerk is in them, and every change made to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from desktop.backend import Backend
from desktop.commands import EditCommand, typed_changes
from desktop.decisions import CONFIRMED, SUGGESTED, suspects_of
from desktop.entries import Entry
from desktop.reading import ReadingQueue
from desktop.settings import login_name
from desktop.tasks import TaskRunner
from parser.model.finding import Finding, Suggestion
from parser.model.report import Cell, CellKey, Edit, Report, State

_GLANCE = 1500  # ms in sight before the clerk may have begun to read


class Session(QObject):
    """The one object that changes anything. Views ask it and listen; its signals are facts."""

    entries_added = Signal(int, int)  # first and last position
    entry_changed = Signal(int)
    current_changed = Signal()  # another report is current, or the current one has been read
    cell_changed = Signal()  # another cell is current
    cells_edited = Signal(object)  # set of keys of the current report
    assessed = Signal()  # doubts, findings and suggestions of the current report are new
    finding_changed = Signal()
    nothing_open = Signal(object)  # an Entry: the clerk wants the next doubt, and there is none
    said = Signal(str, str)  # "info" | "error", a sentence for the user

    def __init__(self, backend: Backend, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.backend, self._tasks = backend, tasks
        self._reading = ReadingQueue(backend, tasks, self)
        self.entries: list[Entry] = []
        self.is_searching = False  # looking through folders for reports
        self.position = -1
        self.key: CellKey | None = None
        self.finding: Finding | None = None
        self.undo_stack = QUndoStack(self)
        self._author = login_name()
        self._is_following = True  # at the start, until the clerk acts: go on to the first report that needs a person
        self._reading.answered.connect(self._on_answered)

    # ── what is there ────────────────────────────────────────────────────────────────
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
        entry, key = self.entry, self.key
        return [s for s in entry.assessment.suggestions if key in s.values][:3] if entry and key else []

    @property
    def lit(self) -> frozenset[CellKey]:
        """The cells to light up: those of the chosen finding, else of the broken equations of the current cell."""
        entry = self.entry
        if self.finding is not None:
            return frozenset(self.finding.keys)
        return entry.in_broken_equations_with(self.key) if entry is not None and self.key else frozenset()

    @property
    def unsaved(self) -> list[Entry]:
        """The files with work that is in no workbook yet."""
        return [entry for entry in self.entries if entry.is_unsaved]

    # ── reading ──────────────────────────────────────────────────────────────────────
    def add(self, paths: Sequence[Path]) -> None:
        """Queue the report files among ``paths`` and in the folders among them, and read them."""
        wanted = list(paths)
        if wanted:
            self.is_searching = True
            if self.position < 0:
                self.current_changed.emit()
            find = partial(self.backend.find_inputs, wanted)
            self._tasks.submit(find, self._on_found, self._on_not_found, urgent=True)

    def select(self, position: int) -> None:
        """Make another file current."""
        if position != self.position and 0 <= position < len(self.entries):
            self._is_following = False
            self._reading.prefer(self.entries[position])
            self._move_to(position)

    def stop_reading(self) -> None:
        """Leave the files that still wait unread, but for the current one; each is read once it is selected."""
        self._announce(self._reading.stop(but=self.entry))

    def resume_reading(self) -> None:
        """Read the files left unread."""
        unread = [entry for entry in self.entries if entry.is_unread]
        self._reading.add(unread)
        self._announce(unread)

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
            self._reading.add(fresh)
            self.entries_added.emit(first, len(self.entries) - 1)
            if self.position < 0:
                self._move_to(first)
        elif self.position < 0:
            self.current_changed.emit()
        if len(fresh) < len(files):
            self.said.emit("info", self.tr("{0} 份文件已在列表中，没有重复添加").format(len(files) - len(fresh)))
        elif not files:
            self.said.emit("info", self.tr("没有找到可以读取的报告文件"))

    def _on_answered(self, entry: Entry) -> None:
        position = self.entries.index(entry)
        if twin := next((e for e in self.entries if e is not entry and e.is_twin_of(entry)), None):
            entry.twin, twin.twin = twin.path, entry.path
            self._announce([twin])
        self.entry_changed.emit(position)
        if position == self.position:
            self._enter_report()
        elif self._is_following and self.entry is not None and entry.urgency > self.entry.urgency:
            self._move_to(position)

    def _announce(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.entry_changed.emit(self.entries.index(entry))

    def _move_to(self, position: int) -> None:
        self.position = position
        self._enter_report()

    def _stop_following(self) -> None:
        self._is_following = False

    def _enter_report(self) -> None:
        entry = self.entry
        self.finding = None
        if entry is None or entry.report is None:
            self.key = None
        else:
            self.key = entry.open[0] if entry.open else next(iter(entry.form.fields))
            self._reading.let_paint()
            QTimer.singleShot(_GLANCE, self, self._stop_following)
        self.current_changed.emit()
        self.cell_changed.emit()

    # ── moving ───────────────────────────────────────────────────────────────────────
    def go_to(self, key: CellKey | None) -> None:
        """Make a cell of the current report current."""
        if self.report is None or key == self.key or (key is not None and key not in self.report.cells):
            return
        self.key, self._is_following = key, False
        if self.finding is not None and key not in self.finding.keys:
            self.finding = None
            self.finding_changed.emit()
        self.cell_changed.emit()

    def go_to_doubt(self, step: int) -> None:
        """Go to the next (1) or previous (-1) open doubt, round the report."""
        entry = self.entry
        if entry is None or entry.report is None:
            return
        if not entry.open:
            self.nothing_open.emit(entry)
            return
        order = {key: place for place, key in enumerate(entry.form.fields)}
        here = order.get(self.key, -1) if self.key else -1
        round_trip = entry.open[::step]
        self.go_to(next((key for key in round_trip if (order[key] - here) * step > 0), round_trip[0]))

    def choose_finding(self, finding: Finding) -> None:
        """Light up the cells of a finding and go to the one to look at first."""
        entry = self.entry
        if entry is None or entry.report is None:
            return
        self.finding, self._is_following = finding, False
        suspects = [key for key in suspects_of(finding, entry.assessment) if key in entry.report.cells]
        if suspects:
            self.key = next((key for key in suspects if key in entry.open), suspects[0])
        self.finding_changed.emit()
        self.cell_changed.emit()

    # ── changing ─────────────────────────────────────────────────────────────────────
    def set_text(self, key: CellKey, text: str) -> bool:
        """Put typed text into a cell of the current report; False when it is no value."""
        return self.set_texts({key: text})

    def set_texts(self, texts: Mapping[CellKey, str]) -> bool:
        """Put typed texts into the current report as one step; False, and nothing changed, when one is no value."""
        entry = self.entry
        typed = typed_changes(entry, texts) if entry is not None and entry.report is not None else None
        if entry is None or typed is None:
            return False
        changes, reason = typed
        if changes:
            self._push(entry, changes, reason)
        return True

    def accept(self) -> None:
        """Confirm the current cell as it stands and go to the next doubt; refused for an unreadable cell."""
        entry, key, cell = self.entry, self.key, self.cell
        if entry is None or key is None or cell is None:
            return
        if cell.state is State.UNREADABLE:
            self.said.emit("info", self.tr("这一格读不出数：请输入数值，或按 Delete 记为空白"))
            return
        if key in entry.open:
            self._push(entry, {key: replace(cell, doubts=())}, CONFIRMED)
        self.go_to_doubt(1)

    def accept_suggestion(self, number: int) -> None:
        """Put the n-th suggestion (from 1) for the current cell into the report and go to the next doubt."""
        entry = self.entry
        if entry is None or entry.report is None or not 1 <= number <= len(self.suggestions):
            return
        chosen = self.suggestions[number - 1]
        changes = {
            key: replace(entry.report.cells[key], state=State.NUMBER, value=value, doubts=())
            for key, value in chosen.values.items()
        }
        self._push(entry, changes, f"{SUGGESTED}：{chosen.proof}")
        self.go_to_doubt(1)

    def _push(self, entry: Entry, changes: dict[CellKey, Cell], reason: str) -> None:
        assert entry.report is not None
        cells, at = entry.report.cells, datetime.now().astimezone()
        edits = [Edit(key, cells[key], after, reason, self._author, at) for key, after in changes.items()]
        self.undo_stack.push(EditCommand(reason.partition("：")[0], entry, edits, self._commit))

    def _commit(self, entry: Entry, edits: Sequence[Edit]) -> None:
        """Apply the edits and bring the view to where they happened."""
        assert entry.report is not None
        report = entry.report.apply(edits)
        entry.renew(report, self.backend.assess(report))
        position = self.entries.index(entry)
        self.select(position)
        self._renew_finding(entry)
        self.cells_edited.emit({edit.key for edit in edits})
        self.assessed.emit()
        self.entry_changed.emit(position)
        self.go_to(edits[0].key)

    def _renew_finding(self, entry: Entry) -> None:
        old = self.finding
        if old is not None:
            same = (f for f in entry.assessment.findings if (f.rule, f.keys) == (old.rule, old.keys))
            self.finding = next(same, None)

    # ── exporting ────────────────────────────────────────────────────────────────────
    def proposed_name(self) -> str:
        """Return a file name for the workbook of the current report; it says when something is still open."""
        entry = self.entry
        assert entry is not None
        assert entry.report is not None
        is_checked = not entry.open and not entry.error_count
        return self.backend.propose_name(entry.report, entry.assessment, is_checked)

    def export(self, path: Path) -> None:
        """Write the current report to ``path`` in the background."""
        entry, backend = self.entry, self.backend
        if entry is None or entry.report is None:
            return
        report, assessment, still_open = entry.report, entry.assessment, tuple(entry.open)
        self._tasks.submit(
            lambda: backend.export(report, assessment, path, still_open),
            lambda _: self._on_exported(entry, report, path),
            lambda why: self.said.emit("error", why),
            urgent=True,
        )

    def _on_exported(self, entry: Entry, report: Report, path: Path) -> None:
        entry.mark_exported(path, report)
        self._announce([entry])
        self.said.emit("info", self.tr("已导出：{0}").format(path))
