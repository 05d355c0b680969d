"""What is decided in a report becomes what is still open in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parser.model.decision import CHECK_MARK, Decisions, Standing, decisions
from parser.model.finding import Assessment, Finding, Severity
from parser.model.report import Cell, CellKey, Doubt, Reason, Report, State
from parser.rules.explained import suspects_of

ODD = Doubt(Reason.READINGS_DIFFER, "同数对照时剔除的格，请核对原文")

WorkState = tuple[Mapping[CellKey, Cell], Mapping[CellKey, str]]  # the cells, and why each of the decided is so


def must_be_settled(finding: Finding) -> bool:
    """Whether the finding is an error that was neither corrected nor explained."""
    return finding.severity is Severity.ERROR and not finding.explained


def worst_first(report: Report, assessment: Assessment, cells: Iterable[CellKey]) -> list[CellKey]:
    """Return the cells in the order to look at them: what a person picked out, what cannot be read, broken sums.

    Of the figures in a broken sum those come first for which another value is offered.
    """
    offered = {key for suggestion in assessment.suggestions for key in suggestion.values}

    def badness(key: CellKey) -> int:
        cell = report.cells[key]
        if cell.state is State.UNREADABLE or ODD in cell.doubts:
            return 0
        if key in assessment.suspects:
            return (1 if cell.doubts else 3) + (key not in offered)
        return 5

    return sorted(cells, key=badness)


def open_doubts(report: Report, assessment: Assessment, standing: Standing, order: Iterable[CellKey]) -> list[CellKey]:
    """Return the cells a person still has to look at, in the given order; ``standing`` is what was decided so far.

    A decided cell stays closed until a number in its broken equation changes afterwards; a cell that only a broken
    equation speaks against, as soon as that is explained by another of its cells.
    """
    decided, changed, cells, suspects = standing.decisions, standing.last_changes, report.cells, assessment.suspects
    questioned = (k for k in order if k in suspects or cells[k].doubts or cells[k].state is State.UNREADABLE)
    return [key for key in questioned if _is_open(report, assessment, decided, changed, key)]


def _is_open(
    report: Report, assessment: Assessment, decided: Decisions, changed: Mapping[CellKey, int], key: CellKey
) -> bool:
    cell, equations = report.cells[key], assessment.suspects.get(key, ())
    is_suspect = any(f.equation in equations and not f.explained for f in assessment.findings)
    if not cell.doubts and not is_suspect and cell.state is not State.UNREADABLE:
        return False
    if key not in decided or cell.state is State.UNREADABLE:
        return True
    since = decided[key][0]
    involved = {other for f in assessment.findings if f.equation in equations for other in f.keys if other != key}
    return any(changed.get(other, -1) > since for other in involved)


def broken_cells(report: Report, assessment: Assessment) -> frozenset[CellKey]:
    """Return the cells that carry the sign of a broken equation: its suspects, or all its cells if it has none."""
    marked: set[CellKey] = set()
    for finding in assessment.findings:
        if must_be_settled(finding):
            marked.update(suspects_of(finding, assessment))
    return frozenset(key for key in marked if key in report.cells and report.cells[key].state is not State.ABSENT)


def state_of(cells: Mapping[CellKey, Cell], decided: Decisions) -> WorkState:
    """Return what people have made of a report, to compare."""
    made = {key: edit for key, (_, edit) in decided.items() if key != CHECK_MARK}
    return cells, {key: edit.reason + ("" if key.is_cell else edit.after.raw) for key, edit in made.items()}


def state_before(report: Report, count: int) -> WorkState:
    """Return the state of the report after its first ``count`` edits."""
    cells = dict(report.cells)
    for edit in reversed(report.edits[count:]):
        if edit.key in cells:
            cells[edit.key] = edit.before
    return state_of(cells, decisions(report.edits[:count]))
