"""One file of the queue: how far it is, its report, and what is still open in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from desktop.decisions import Decisions, broken_cells, decisions, open_doubts, suspects_of
from parser.model.finding import Assessment, Finding, Severity
from parser.model.place import Place
from parser.model.report import Cell, CellKey, Report
from parser.model.template import Template
from parser.model.watch import Progress
from parser.templates.load import template

_PAGED_KINDS = frozenset({"pdf", "scan", "image"})
PAGED_SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif"})


class Stage(StrEnum):
    """How far a file is, as the queue tells it."""

    UNREAD = "unread"
    READING = "reading"
    FAILED = "failed"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"  # no doubt is open, but an error of the form stands
    CLEAN = "clean"
    EXPORTED = "exported"
    CHANGED = "changed"  # changed after the export


@dataclass(eq=False)
class Entry:
    """A file of the queue; only the session changes it."""

    path: Path
    is_reading: bool = False  # waits for its turn, or is being read
    progress: Progress | None = None  # how far it is, once its turn has come
    was_stopped: bool = False
    failure: str | None = None
    shortfall: str | None = None  # why there are tables and no more
    report: Report | None = None
    has_tables: bool = False  # the tables of ``report`` are complete: they may be changed
    is_complete: bool = False  # ``report`` is all there is
    assessment: Assessment = field(default_factory=Assessment)
    as_read: Mapping[CellKey, Cell] = field(default_factory=dict)
    decided: Decisions = field(default_factory=dict)
    open: list[CellKey] = field(default_factory=list)
    broken: frozenset[CellKey] = frozenset()
    exported_to: Path | None = None
    twin: Path | None = None  # another file about the same office and year
    _kept: tuple[Mapping[CellKey, Cell], set[CellKey]] | None = None

    # ── being read ───────────────────────────────────────────────────────────────────
    def begin(self) -> None:
        """Wait to be read."""
        self.is_reading, self.was_stopped, self.progress = True, False, None
        self.failure = self.shortfall = None

    def grow(self, progress: Progress, assessment: Assessment | None) -> bool:
        """Hold how far reading is; return whether there is more of the report.

        Rules are asked only about complete tables. Those stay as they are: the clerk may have changed them.
        """
        self.progress = progress
        if progress.report is None or self.is_editable:
            return False
        self._start_on(progress.report, assessment or Assessment(), progress.tables_done)
        return True

    def take(self, report: Report, assessment: Assessment) -> None:
        """Hold the report as it was just read to the end; it goes through ``with_edits`` first."""
        self._leave_off()
        if self.report is not None and self.report.edits:
            self.renew(report, assessment)
        else:
            self._start_on(report, assessment, has_tables=True)
        self.is_complete = True

    def stop(self) -> None:
        """Be unread again, but for tables that are complete."""
        self._leave_off()
        self.was_stopped = True

    def fail(self, why: str) -> None:
        """Be unreadable, but for tables that are complete."""
        self._leave_off()
        self.failure, self.shortfall = (why, None) if self.report is None else (None, why)

    def with_edits(self, fresh: Report) -> Report:
        """Return the report just read with what the clerk did since its tables were complete."""
        if not self.is_editable or self.report is None or not self.report.edits:
            return fresh
        return replace(fresh, cells=self.report.cells, edits=self.report.edits)

    def _leave_off(self) -> None:
        self.is_reading, self.failure, self.progress = False, None, None
        if not self.has_tables:
            self.report, self.open, self.assessment = None, [], Assessment()

    def _start_on(self, report: Report, assessment: Assessment, has_tables: bool) -> None:
        self.has_tables, self.as_read = has_tables, report.cells
        self.renew(report, assessment)
        self._kept = self._state()

    def renew(self, report: Report, assessment: Assessment) -> None:
        """Hold the report after an edit."""
        self.report, self.assessment = report, assessment
        self.decided = decisions(report.edits)
        self.open = open_doubts(report, assessment, self.decided, self.form.fields)
        self.broken = broken_cells(report, assessment)

    def mark_exported(self, path: Path, report: Report) -> None:
        """Remember that ``report`` is in the workbook ``path``."""
        self.exported_to = path
        self._kept = (report.cells, set(decisions(report.edits)))

    @property
    def form(self) -> Template:
        """The form whose cells the report has."""
        assert self.report is not None
        return template(self.report.form)

    @property
    def is_unsaved(self) -> bool:
        """Whether somebody's work is in no workbook yet."""
        return self.is_editable and self._state() != self._kept

    @property
    def is_editable(self) -> bool:
        """Whether there are complete tables to change."""
        return self.report is not None and self.has_tables

    @property
    def is_paged(self) -> bool:
        """Whether the source is made of page images; told by the name as long as the file is unread.

        One of our own workbooks remembers the kind of its source and does not hold the pages.
        """
        if self.report is not None:
            return self.report.kind in _PAGED_KINDS and self.path.suffix.lower() != ".xlsx"
        return self.path.suffix.lower() in PAGED_SUFFIXES

    @property
    def first_to_look_at(self) -> CellKey:
        """The first cell that is open, else the first of the form."""
        return self.open[0] if self.open else next(iter(self.form.fields))

    def place_near(self, key: CellKey) -> Place | None:
        """Return where a cell stands in the source; where the last one before it does when it stands nowhere."""
        place = None
        for here in self.form.fields if self.report is not None else ():
            place = self.report.cells[here].place or place if self.report is not None else None
            if here == key:
                break
        return place

    @property
    def error_count(self) -> int:
        """Number of findings that must not stand."""
        return sum(f.severity is Severity.ERROR for f in self.assessment.findings)

    @property
    def is_unread(self) -> bool:
        """Whether it has not been read to the end, and nobody is about to."""
        return (self.report is None or not self.is_complete) and self.failure is None and not self.is_reading

    @property
    def urgency(self) -> int:
        """How much the file needs a person: 3 not known yet, 2 doubts or errors, 1 none, 0 cannot be read."""
        if self.failure is not None:
            return 0
        if not self.is_editable:
            return 3
        return 2 if self.open or self.error_count else 1

    def same_finding(self, old: Finding | None) -> Finding | None:
        """Return what has become of a finding after a change, None when it is resolved."""
        same = (f for f in self.assessment.findings if old is not None and (f.rule, f.keys) == (old.rule, old.keys))
        return next(same, None)

    def is_twin_of(self, other: Entry) -> bool:
        """Whether both are about the same office and the same year."""
        mine, its = self.report, other.report
        if mine is None or its is None or not mine.issuer or mine.year is None:
            return False
        return (mine.issuer, mine.year) == (its.issuer, its.year)

    def in_broken_equations_with(self, key: CellKey) -> frozenset[CellKey]:
        """Return the cells of the broken equations that ``key`` can explain."""
        if key not in self.broken:
            return frozenset()
        errors = (f for f in self.assessment.findings if f.severity is Severity.ERROR and key in f.keys)
        return frozenset(other for f in errors if key in suspects_of(f, self.assessment) for other in f.keys)

    @property
    def stage(self) -> Stage:
        """How far the file is."""
        if self.failure is not None:
            return Stage.FAILED
        if self.is_reading:
            return Stage.READING
        if self.report is None:
            return Stage.UNREAD
        if self.exported_to is not None:
            return Stage.CHANGED if self.is_unsaved else Stage.EXPORTED
        if self.open:
            return Stage.DOUBTFUL
        return Stage.BROKEN if self.error_count else Stage.CLEAN

    def _state(self) -> tuple[Mapping[CellKey, Cell], set[CellKey]]:
        assert self.report is not None
        return self.report.cells, set(self.decided)
