"""One file of the queue: how far it is, its report, and what is still open in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.check_mark import is_still_checked
from desktop.decisions import WorkState, broken_cells, must_be_settled, open_doubts, state_before, state_of, worst_first
from desktop.lock import Lock
from desktop.rounds import Round
from desktop.stages import Source, Stage
from parser.model.decision import CONVERTED, Decisions, Standing, decisions, is_as_printed
from parser.model.finding import Assessment, Finding, Suggestion
from parser.model.report import Cell, CellKey, Report, State
from parser.model.watch import Progress
from parser.rules.explained import judged, suspects_of
from parser.workspace.kept import Fingerprint, Kept, Reading

if TYPE_CHECKING:  # the forms come with the first report
    from parser.model.template import Template
    from parser.workspace.carry import Carried

__all__ = ["PAGED_SUFFIXES", "Entry", "Source", "Stage"]
_PAGED_KINDS = frozenset({"pdf", "scan", "image"})
PAGED_SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif"})


@dataclass(eq=False)
class Entry:
    """A file of the queue; only the session changes it."""

    path: Path
    is_reading: bool = False  # waits for its turn, or is being read
    progress: Progress | None = None  # how far it is, once its turn has come
    was_stopped: bool = False
    failure: str | None = None
    has_failed_before: bool = False  # and is read, or was read, again
    shortfall: str | None = None  # why there are tables and no more
    report: Report | None = None
    has_tables: bool = False  # the tables of ``report`` are complete: they may be changed
    is_complete: bool = False  # ``report`` is all there is
    assessment: Assessment = field(default_factory=Assessment)
    previous: Report | None = None  # of the same office for the year before: ``assessment`` compares with it
    as_read: Mapping[CellKey, Cell] = field(default_factory=dict)
    decided: Decisions = field(default_factory=dict)
    open: list[CellKey] = field(default_factory=list)
    round: Round = field(default_factory=Round)
    broken: frozenset[CellKey] = frozenset()
    exported_to: Path | None = None
    twins: tuple[Path, ...] = ()  # the other files about the same office and year, or with the same content
    fingerprint: Fingerprint | None = None  # of the file when it was read
    source: Source = Source.SAME
    is_rereading: bool = False  # has been read before, and is to be read again
    is_kept: bool = False  # the workspace has its tables
    is_kept_whole: bool = False
    carried: Carried | None = None  # what became of earlier decisions when it was read again
    before: Kept | None = None  # what the workspace holds, when that cannot be shown
    lock: Lock = field(default_factory=Lock)
    last_key: CellKey | None = None  # the cell that was current when it was last left
    is_checked: bool = False  # a person called the report checked as it is now
    _kept: WorkState | None = None
    _standing: Standing = field(default_factory=Standing)

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
        self.is_complete, self.previous = True, None

    def restore(self, kept: Kept, assessment: Assessment) -> None:
        """Hold the report as it was left in the workspace."""
        assert kept.report is not None
        self._leave_off()
        self.previous = None
        self.has_tables, self.as_read, self.is_complete = True, kept.as_read, kept.is_complete
        self.is_kept, self.is_kept_whole = True, kept.is_complete
        self.fingerprint, self.last_key, self.exported_to = kept.fingerprint, kept.cell, kept.exported_to
        self.renew(kept.report, assessment)
        self._kept = state_before(kept.report, kept.exported_edits)

    def begin_again(self) -> None:
        """Wait to be read once more, with the report as it is until then."""
        self.has_failed_before = self.failure is not None
        self.is_rereading, self.is_complete, self.failure = self.kept.report is not None, False, None

    def take_again(self, carried: Carried, assessment: Assessment) -> None:
        """Hold the report as it was read once more, the earlier decisions carried over."""
        self._leave_off()
        self.previous = None
        self.as_read, self.is_complete, self.is_rereading, self.carried = carried.reading.as_read, True, False, carried
        self.fingerprint, self.source = carried.reading.fingerprint, Source.SAME
        self.has_tables, self.before, self.is_kept, self.is_kept_whole = True, None, False, False
        self.renew(carried.report, assessment)

    @property
    def kept(self) -> Kept:
        """What was known of the report before it is read again."""
        if self.before is not None:
            return self.before
        return Kept(self.path, self.report, self.as_read, self.fingerprint, exported_to=self.exported_to)

    @property
    def reading(self) -> Reading:
        """What the file was read to be, for the workspace, before anybody changes it."""
        assert self.report is not None
        if self.carried is not None:
            return self.carried.reading
        return Reading(self.report, self.as_read, self.fingerprint, self.is_complete, came_with=self.report.edits)

    def stop(self) -> None:
        """Be unread again, but for tables that are complete."""
        self._leave_off()
        self.was_stopped = True

    def fail(self, why: str) -> None:
        """Be unreadable, but for tables that are complete."""
        self._leave_off()
        self.failure, self.shortfall = (why, None) if self.report is None else (None, why)
        self.is_complete |= self.is_rereading  # as it was before

    def with_edits(self, fresh: Report) -> Report:
        """Return the report just read with what the clerk did since its tables were complete."""
        if not self.is_editable or self.report is None or not self.report.edits:
            return fresh
        mine = {edit.key: self.report.cells[edit.key] for edit in self.report.edits if edit.key.is_cell}
        return replace(fresh, cells={**fresh.cells, **mine}, edits=self.report.edits)

    def _leave_off(self) -> None:
        self.is_reading, self.failure, self.progress = False, None, None
        self.lock.open()
        if not self.has_tables:
            self.report, self.open, self.assessment, self.is_checked = None, [], Assessment(), False

    def _start_on(self, report: Report, assessment: Assessment, has_tables: bool) -> None:
        self.has_tables, self.as_read, self.round, self.previous = has_tables, report.cells, Round(), None
        self.renew(report, assessment)
        self._kept = state_of(report.cells, decisions(report.edits))

    def renew(self, report: Report, assessment: Assessment) -> None:
        """Hold the report after an edit."""
        self._standing.take(report.edits)
        self.report, self.decided = report, self._standing.decisions
        self.assessment = assessment = judged(report, assessment, self.decided)
        self.open = open_doubts(report, assessment, self._standing, self.form.fields)
        self.round.renew(worst_first(report, assessment, self.open))
        self.broken = broken_cells(report, assessment)
        self.is_checked = is_still_checked(report, self.decided)

    def mark_exported(self, path: Path, report: Report) -> None:
        """Remember that ``report`` is in the workbook ``path``."""
        self.exported_to = path
        self._kept = state_of(report.cells, decisions(report.edits))

    @property
    def form(self) -> Template:
        """The form whose cells the report has."""
        from parser.templates.load import template

        assert self.report is not None
        return template(self.report.form)

    @property
    def chosen_form(self) -> str | None:
        """The form that a person chose for the report, None where its labels decide."""
        return self._form_made(is_converted=False)

    @property
    def converted_to(self) -> str | None:
        """The form that a person had the report converted into from the one it uses, None for none."""
        return self._form_made(is_converted=True)

    def _form_made(self, is_converted: bool) -> str | None:
        _, edit = self.decided.get(CellKey.of_head("form"), (0, None))
        return edit.after.raw if edit is not None and (edit.reason == CONVERTED) is is_converted else None

    @property
    def is_unexported(self) -> bool:
        """Whether somebody's work is in no workbook yet."""
        return self.has_tables and self._state != self._kept

    @property
    def _state(self) -> WorkState | None:
        return state_of(self.report.cells, self.decided) if self.report is not None else None

    @property
    def is_editable(self) -> bool:
        """Whether there are complete tables to change."""
        return self.report is not None and self.has_tables

    @property
    def is_paged(self) -> bool:
        """Whether the source is page images, which our own workbooks do not hold; told by the name while unread."""
        if self.report is not None:
            return self.report.kind in _PAGED_KINDS and self.path.suffix.lower() != ".xlsx"
        return self.path.suffix.lower() in PAGED_SUFFIXES

    @property
    def first_to_look_at(self) -> CellKey:
        """The worst of the open cells, else that to which the first error points, else the first that is there."""
        errors = (self.first_suspect(finding) for finding in self.assessment.findings if must_be_settled(finding))
        there = (k for k, cell in self.report.cells.items() if cell.state is not State.ABSENT) if self.report else ()
        return self.round.first or next(filter(None, errors), None) or next(iter(there), next(iter(self.form.fields)))

    @property
    def error_count(self) -> int:
        """Number of errors that were neither corrected nor explained."""
        return sum(must_be_settled(finding) for finding in self.assessment.findings)

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

    def suggestions_for(self, key: CellKey) -> list[Suggestion]:
        """Return what is proposed to change in the cell, best first; nothing once a person called it as printed.

        Nor is anything proposed that would change another cell which a person has decided, out of sight.
        """
        is_settled = key in self.decided and key not in self.open and is_as_printed(self.decided[key][1])
        if self.report is None or is_settled:
            return []
        cells, decided = self.report.cells, self.decided.keys() - {key}
        now = cells[key].value
        offered = (s for s in self.assessment.suggestions if s.values.get(key, now) != now)
        return [s for s in offered if all(cells[k].value == s.values[k] for k in decided & s.values.keys())][:3]

    def first_suspect(self, finding: Finding) -> CellKey | None:
        """Return the cell to look at first because of a finding; of figures that are all certain the sum, the last."""
        cells = self.report.cells if self.report else {}
        suspects = [key for key in suspects_of(finding, self.assessment) if key in cells]
        best = min(suspects, key=lambda key: (key not in self.open, not self.suggestions_for(key)), default=None)
        is_certain = best is not None and best not in self.open and not self.suggestions_for(best)
        return suspects[-1] if is_certain and finding.equation and cells[suspects[-1]].value is not None else best

    def same_finding(self, old: Finding | None) -> Finding | None:
        """Return what has become of a finding after a change, None when it is resolved."""
        same = (f for f in self.assessment.findings if old is not None and (f.rule, f.keys) == (old.rule, old.keys))
        return next(same, None)

    @property
    def marks(self) -> list[object]:
        """What only a copy of the file, or another one about the same office and year, has too."""
        marks: list[object] = [self.fingerprint.sha256] if self.fingerprint else []
        if self.report is not None and self.report.issuer and self.report.year is not None:
            marks.append((self.report.issuer, self.report.year))
        return marks

    def in_broken_equations_with(self, key: CellKey) -> frozenset[CellKey]:
        """Return the cells of the broken equations that ``key`` can explain."""
        if key not in self.broken:
            return frozenset()
        errors = (f for f in self.assessment.findings if must_be_settled(f) and key in f.keys)
        return frozenset(other for f in errors if key in suspects_of(f, self.assessment) for other in f.keys)

    @property
    def stage(self) -> Stage:
        """How far the file is."""
        if self.failure is not None:
            return Stage.FAILED
        if self.is_reading or self.report is None:
            return Stage.READING if self.is_reading else Stage.UNREAD
        if self.exported_to is not None and not self.is_unexported:
            return Stage.EXPORTED
        if self.is_checked:
            return Stage.CHECKED
        if self.exported_to is not None:
            return Stage.CHANGED
        return Stage.DOUBTFUL if self.open else Stage.BROKEN if self.error_count else Stage.CLEAN
