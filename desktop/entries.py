"""One file of the queue: how far it is, its report, and what is still open in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop.decisions import Decisions, broken_cells, decisions, open_doubts, suspects_of
from parser.model.finding import Assessment, Severity
from parser.model.report import Cell, CellKey, Report
from parser.model.template import Template
from parser.templates.load import template


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
    is_reading: bool = False
    failure: str | None = None
    report: Report | None = None
    assessment: Assessment = field(default_factory=Assessment)
    as_read: Mapping[CellKey, Cell] = field(default_factory=dict)
    decided: Decisions = field(default_factory=dict)
    open: list[CellKey] = field(default_factory=list)
    broken: frozenset[CellKey] = frozenset()
    exported_to: Path | None = None
    twin: Path | None = None  # another file about the same office and year
    _kept: tuple[Mapping[CellKey, Cell], set[CellKey]] | None = None

    def take(self, report: Report, assessment: Assessment) -> None:
        """Hold the report as it was just read."""
        self.is_reading, self.failure = False, None
        self.as_read = report.cells
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
        return self.report is not None and self._state() != self._kept

    @property
    def error_count(self) -> int:
        """Number of findings that must not stand."""
        return sum(f.severity is Severity.ERROR for f in self.assessment.findings)

    @property
    def is_unread(self) -> bool:
        """Whether nobody has tried to read it, and nobody is about to."""
        return self.report is None and self.failure is None and not self.is_reading

    @property
    def urgency(self) -> int:
        """How much the file needs a person: 3 not known yet, 2 doubts or errors, 1 none, 0 cannot be read."""
        if self.failure is not None:
            return 0
        if self.report is None:
            return 3
        return 2 if self.open or self.error_count else 1

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
        if self.report is None:
            return Stage.READING if self.is_reading else Stage.UNREAD
        if self.exported_to is not None:
            return Stage.CHANGED if self.is_unsaved else Stage.EXPORTED
        if self.open:
            return Stage.DOUBTFUL
        return Stage.BROKEN if self.error_count else Stage.CLEAN

    def _state(self) -> tuple[Mapping[CellKey, Cell], set[CellKey]]:
        assert self.report is not None
        return self.report.cells, set(self.decided)
